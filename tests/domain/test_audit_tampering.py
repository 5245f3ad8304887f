"""The tamper table: what is done to the log, and what the verifier calls it.

Three kinds of attacker: one who edits the file, one who edits the tables below a tree that stays
as it was sealed, and one who also makes the tree anew. Only the last needs more than the file to
be found out, and only with the log's own key.
"""

import json
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.domain.audit_damage import AuditDamaged, Damage
from outreach.domain.audit_reading import NotAnExport
from outreach.domain.audit_verify import Trust, verify_export
from tests.tampering import KEY, LINES, LOG, Lines, damage_of, forged_event, place


def without(*indexes: int) -> Lines:
    gone = {place(index) for index in indexes}
    return [line for at, line in enumerate(LINES) if at not in gone]


def with_line(index: int, line: bytes) -> Lines:
    return [line if at == place(index) else old for at, old in enumerate(LINES)]


def edited(index: int, old: bytes, new: bytes) -> Lines:
    line = LINES[place(index)]
    assert old in line
    return with_line(index, line.replace(old, new))


def inserted_before(index: int, line: bytes) -> Lines:
    return [*LINES[: place(index)], line, *LINES[place(index) :]]


def swapped(a: int, b: int) -> Lines:
    lines = list(LINES)
    lines[place(a)], lines[place(b)] = lines[place(b)], lines[place(a)]
    return lines


def moved(index: int, to: int) -> Lines:
    rest = without(index)
    at = place(to, rest)
    return [*rest[:at], LINES[place(index)], *rest[at:]]


def entry(index: int, event: bytes) -> bytes:
    leaf = json.dumps(json.loads(LINES[place(0)])["leaf"]).encode()
    return b'{"event":%b,"index":%d,"leaf":%b}\n' % (event, index, leaf)


FILE_TAMPERING: list[tuple[str, Lines, Damage, int]] = [
    ("a field edited", edited(57, b'"approver"', b'"requester"'), Damage.CHANGED, 57),
    ("a time edited", edited(57, b"T09:00:57", b"T09:00:58"), Damage.CHANGED, 57),
    ("a field added", edited(57, b'"rows":57', b'"rows":57,"x":1'), Damage.CHANGED, 57),
    ("the first edited", edited(0, b'"approver"', b'"requester"'), Damage.CHANGED, 0),
    ("the last edited", edited(299, b'"approver"', b'"requester"'), Damage.CHANGED, 299),
    ("a sealed hash edited", edited(57, b'"leaf":"', b'"leaf":"AA'), Damage.CHANGED, 57),
    ("a line overwritten", with_line(57, b"x" * 300 + b"\n"), Damage.CHANGED, 57),
    ("a line emptied", with_line(57, b"\n"), Damage.CHANGED, 57),
    ("an event that is a list", with_line(57, entry(57, b"[]")), Damage.CHANGED, 57),
    ("an event with a name twice", with_line(57, entry(57, b'{"a":1,"a":2}')), Damage.CHANGED, 57),
    ("an event blanked", with_line(57, entry(57, b"null")), Damage.REMOVED, 57),
    ("one deleted", without(57), Damage.REMOVED, 57),
    ("four deleted", without(57, 58, 59, 60), Damage.REMOVED, 57),
    ("two apart deleted", without(57, 200), Damage.REMOVED, 57),
    ("the first deleted", without(0), Damage.REMOVED, 0),
    ("one before a checkpoint deleted", without(49), Damage.REMOVED, 49),
    ("one copied", inserted_before(58, LINES[place(57)]), Damage.INSERTED, 57),
    ("an old one copied", inserted_before(200, LINES[place(57)]), Damage.INSERTED, 57),
    ("one added at the end", inserted_before(299, entry(300, b"{}")), Damage.INSERTED, 300),
    ("one added after the end", [*LINES, entry(300, b"{}")], Damage.INSERTED, 300),
    ("two swapped", swapped(57, 58), Damage.REORDERED, 57),
    ("two far apart swapped", swapped(57, 250), Damage.REORDERED, 57),
    ("one moved down", moved(57, 60), Damage.REORDERED, 57),
    ("one moved up", moved(200, 57), Damage.REORDERED, 57),
    ("one moved past a checkpoint", moved(48, 52), Damage.REORDERED, 48),
    ("the last ones deleted", without(297, 298, 299), Damage.CUT_OFF, 297),
    ("cut after a line", LINES[: place(57) + 1], Damage.CUT_OFF, 58),
    ("cut after a checkpoint", LINES[: place(49) + 2], Damage.CUT_OFF, 50),
    ("cut within a line", [*LINES[: place(57)], LINES[place(57)][:40]], Damage.CUT_OFF, 57),
    ("cut to its head", LINES[:1], Damage.CUT_OFF, 0),
    ("the last checkpoint deleted", LINES[:-1], Damage.CUT_OFF, 300),
]


@pytest.mark.parametrize(
    ("lines", "kind", "index"),
    [row[1:] for row in FILE_TAMPERING],
    ids=[row[0] for row in FILE_TAMPERING],
)
def test_a_tampered_file_is_named(lines: Lines, kind: Damage, index: int) -> None:
    damage = damage_of(lines)
    assert (damage.kind, damage.index) == (kind, index)
    assert str(damage).startswith(f"entry {index}: {kind}. ")
    assert damage_of(lines, Trust()).kind == kind  # a key is not needed to see it


def test_what_a_good_signature_reaches_is_said() -> None:
    assert str(damage_of(without(157))).endswith("Signed and right: entries 0 to 149.")
    assert "Signed and right" not in str(damage_of(without(27)))


def shifted_up() -> list[bytes | None]:
    return [*LOG.events[:57], *LOG.events[58:], None]


TABLE_TAMPERING: list[tuple[str, list[bytes | None], Damage, int]] = [
    ("edited", [*LOG.events[:57], forged_event(57), *LOG.events[58:]], Damage.CHANGED, 57),
    ("deleted", [*LOG.events[:57], None, *LOG.events[58:]], Damage.REMOVED, 57),
    ("deleted and closed up", shifted_up(), Damage.REMOVED, 57),
    ("inserted", [*LOG.events[:57], forged_event(9), *LOG.events[57:]], Damage.INSERTED, 57),
    (
        "swapped",
        [*LOG.events[:57], LOG.events[70], *LOG.events[58:70], LOG.events[57], *LOG.events[71:]],
        Damage.REORDERED,
        57,
    ),
    ("turned round", [*LOG.events[:57], *LOG.events[:56:-1]], Damage.REORDERED, 57),
    ("last ones deleted", [*LOG.events[:290], *[None] * 10], Damage.REMOVED, 290),
    (
        "one put in another's place",
        [*LOG.events[:57], LOG.events[3], *LOG.events[58:]],
        Damage.CHANGED,
        57,
    ),
]


@pytest.mark.parametrize(
    ("events", "kind", "index"),
    [row[1:] for row in TABLE_TAMPERING],
    ids=[row[0] for row in TABLE_TAMPERING],
)
def test_tampered_tables_under_a_sealed_tree_are_named(
    events: list[bytes | None], kind: Damage, index: int
) -> None:
    damage = damage_of(LOG.export_of(events))
    assert (damage.kind, damage.index) == (kind, index)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_single_byte_can_be_changed_unseen(data: st.DataObject) -> None:
    whole = b"".join(LINES)
    at = data.draw(st.integers(0, len(whole) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda one: one != whole[at]))
    bent = list(BytesIO(whole[:at] + bytes([byte]) + whole[at + 1 :]))
    same = [json.loads(line) for line in LINES]
    try:
        verify_export(bent, Trust([KEY]))
    except (AuditDamaged, NotAnExport):
        return
    # What passes says the same to any reader: white space, or the list of keys, which is not used
    # when a key is given.
    again = [json.loads(line) for line in bent]
    assert [*again[1:]] == [*same[1:]]
    assert {**again[0], "keys": []} == {**same[0], "keys": []}
