"""The tamper table, continued: an attacker who makes the tree anew, or the signatures, or both.

The tree made anew is found by the old signatures; signatures made anew, by the key; with the
log's own key, only by a checkpoint that was kept elsewhere.
"""

import json
from collections.abc import Callable

import pytest

from outreach.domain.audit_damage import Damage
from outreach.domain.audit_export import export_lines
from outreach.domain.audit_verify import Trust, verify_export
from outreach.domain.checkpoint import cosign_checkpoint
from outreach.domain.merkle import hash_leaf
from outreach.domain.signed_note import KeyType
from tests.sealed_log import ORIGIN, SealedLog, signer
from tests.tampering import KEY, LINES, LOG, SIZE, Lines, damage_of, forged_event, place


def rebuilt(change: Callable[[SealedLog], None]) -> SealedLog:
    """A log whose tree was made anew over other events, under the checkpoints of the true one."""
    log = SealedLog(SIZE, sealed_at=range(50, SIZE, 50))
    change(log)
    log.leaves = [hash_leaf(event) for event in log.events]
    notes = log.checkpoints
    log.seal_again()
    log.checkpoints = notes
    return log


def edit(log: SealedLog) -> None:
    log.events[157] = forged_event(157)


def delete(log: SealedLog) -> None:
    del log.events[157]


def insert(log: SealedLog) -> None:
    log.events.insert(157, forged_event(157))


def swap(log: SealedLog) -> None:
    log.events[157], log.events[158] = log.events[158], log.events[157]


@pytest.mark.parametrize("change", [edit, swap])
def test_a_tree_made_anew_is_narrowed_down_to_two_signatures(
    change: Callable[[SealedLog], None],
) -> None:
    damage = damage_of(rebuilt(change).export())
    assert (damage.kind, damage.index) == (Damage.CHANGED, 150)
    assert "One or more of the entries 150 to 199 are not those that were signed" in str(damage)


@pytest.mark.parametrize("change", [delete, insert])
def test_a_tree_made_anew_of_another_size_has_no_checkpoint(
    change: Callable[[SealedLog], None],
) -> None:
    """An exporter will not write it, so the attacker writes the file as well."""
    log = rebuilt(change)
    with pytest.raises(ValueError, match="not the one the export is for"):
        log.export()
    lines = list(export_lines(log.head(), log.entries(log.head()), [log.checkpoint(log.size)]))
    notes = [line for line in LINES if line.startswith(b'{"checkpoint"')]
    damage = damage_of([*lines[:151], *lines[151:201], notes[3], *lines[201:]])
    assert (damage.kind, damage.index) == (Damage.CHANGED, 0)


@pytest.mark.parametrize("change", [edit, delete, insert, swap])
def test_signing_anew_with_another_key_is_a_forged_signature(
    change: Callable[[SealedLog], None],
) -> None:
    log = rebuilt(change)
    another = signer(66)
    log.seal_again(range(50, log.size, 50), another)
    honest_head = damage_of(log.export(), Trust())
    assert (honest_head.kind, honest_head.index) == (Damage.FORGED_SIGNATURE, 0)
    log.key = another
    forged_head = damage_of(log.export())
    assert (forged_head.kind, forged_head.index) == (Damage.FORGED_SIGNATURE, 0)
    against = damage_of(log.export(), Trust(checkpoint=LOG.checkpoint(100)))
    assert against.kind == Damage.FORGED_SIGNATURE


@pytest.mark.parametrize("change", [edit, swap])
def test_signing_anew_with_the_log_s_own_key_is_a_split_view(
    change: Callable[[SealedLog], None],
) -> None:
    log = rebuilt(change)
    log.seal_again(range(50, SIZE, 50))
    assert verify_export(log.export(), Trust([KEY])), "in itself it holds: that is the danger"
    for older in (158, 200, SIZE):
        damage = damage_of(log.export(), Trust([KEY], checkpoint=LOG.checkpoint(older)))
        assert (damage.kind, damage.index) == (Damage.SPLIT_VIEW, None)
        assert f"the first {older} entries" in str(damage)
    assert verify_export(log.export(), Trust([KEY], checkpoint=LOG.checkpoint(157)))


def test_a_split_view_shows_in_a_range_too() -> None:
    log = rebuilt(edit)
    log.seal_again(range(50, SIZE, 50))
    trust = Trust([KEY], checkpoint=LOG.checkpoint(200))
    assert damage_of(log.export(log.head(250, 260, older=200)), trust).kind == Damage.SPLIT_VIEW


def test_rolling_back_to_a_backup_is_found_by_a_later_checkpoint() -> None:
    backup = SealedLog(200, sealed_at=[100])
    assert verify_export(backup.export(), Trust([KEY]))
    damage = damage_of(backup.export(), Trust([KEY], checkpoint=LOG.checkpoint(300)))
    assert (damage.kind, damage.index) == (Damage.CUT_OFF, 200)
    assert "signed at 300 entries: rolled back" in str(damage)


def test_going_on_after_a_roll_back_is_a_split_view() -> None:
    backup = SealedLog(200)
    backup.events += [event.replace(b"a reason", b"an excuse") for event in LOG.events[200:]]
    backup.leaves = [hash_leaf(event) for event in backup.events]
    backup.seal_again()
    trust = Trust([KEY], checkpoint=LOG.checkpoint(300))
    assert damage_of(backup.export(), trust).kind == Damage.SPLIT_VIEW


def replaced_last(old: str, new: str) -> Lines:
    line = json.loads(LINES[-1])
    assert old in line["checkpoint"]
    line["checkpoint"] = line["checkpoint"].replace(old, new)
    return [*LINES[:-1], json.dumps(line).encode() + b"\n"]


@pytest.mark.parametrize(
    "lines",
    [
        replaced_last("\n300\n", "\n301\n"),
        replaced_last("\n300\n", "\n0300\n"),
        replaced_last(ORIGIN + "\n", "other.example/audit\n"),
        replaced_last("— outreach", "— 0utreach"),
        replaced_last("=\n\n— ", "=\nan extension\n\n— "),
        replaced_last("\n\n— ", "\n— "),
    ],
)
def test_a_checkpoint_tampered_with_is_a_forged_signature(lines: Lines) -> None:
    damage = damage_of(lines)
    assert (damage.kind, damage.index) == (Damage.FORGED_SIGNATURE, 250)


def test_a_checkpoint_of_another_log_by_the_same_key_is_forged() -> None:
    other = SealedLog(SIZE)
    note = other.checkpoints[-1]
    head = LINES[0].replace(b'"origin":"outreach', b'"origin":"0utreach')
    lines = [head, *(line for line in LINES[1:-1] if not line.startswith(b'{"checkpoint"'))]
    lines.append(json.dumps({"checkpoint": note}).encode() + b"\n")
    assert damage_of(lines).kind == Damage.FORGED_SIGNATURE


def test_a_forged_cosignature_is_a_forged_signature() -> None:
    witness = signer(9, "charity.example/witness", KeyType.COSIGNATURE)
    note = cosign_checkpoint(LOG.checkpoint(250), witness, 7)
    moved_line = note.splitlines(keepends=True)[-1]
    last = LOG.checkpoints[-1] + moved_line
    lines = [*LINES[:-1], json.dumps({"checkpoint": last}).encode() + b"\n"]
    assert verify_export(lines, Trust([KEY])), "unknown keys are ignored"
    assert damage_of(lines, Trust([KEY], [witness.verifier])).kind == Damage.FORGED_SIGNATURE


def test_checkpoints_out_of_their_order_are_named() -> None:
    first = LINES[place(49) + 1]
    lines = [line for line in LINES if line != first]
    at = place(80, lines)
    damage = damage_of([*lines[:at], first, *lines[at:]])
    assert (damage.kind, damage.index) == (Damage.REORDERED, 50)


RANGE = LOG.export(LOG.head(100, 200), proofs=True)


def test_a_tampered_range_is_named() -> None:
    gone = [line for line in RANGE if b',"index":157,' not in line]
    assert (damage_of(gone).kind, damage_of(gone).index) == (Damage.REMOVED, 157)
    bent = [line.replace(b'"rows":157', b'"rows":158') for line in RANGE]
    assert (damage_of(bent).kind, damage_of(bent).index) == (Damage.CHANGED, 157)
    cut = RANGE[:40]
    assert damage_of(cut).kind == Damage.CUT_OFF


def test_a_range_of_entries_that_were_never_in_the_log_is_refused() -> None:
    log = rebuilt(edit)
    lines = log.export(log.head(100, 200))
    assert (damage_of(lines).kind, damage_of(lines).index) == (Damage.CHANGED, 150)


def test_the_nodes_beside_a_range_cannot_be_bent() -> None:
    head = json.loads(RANGE[0])
    for side in ("left", "right"):
        bent = {**head, side: [*head[side][:-1], json.loads(LINES[place(0)])["leaf"]]}
        lines = [json.dumps(bent).encode() + b"\n", *RANGE[1:]]
        assert damage_of(lines).kind == Damage.CHANGED


def test_an_inclusion_proof_that_leads_elsewhere_is_named() -> None:
    for tamper in (drop_hash, swap_hashes):
        lines = [tamper(line) if b',"index":157,' in line else line for line in RANGE]
        damage = damage_of(lines)
        assert (damage.kind, damage.index) == (Damage.CHANGED, 157)
    lines = [swap_hashes(line) if b',"index":1' in line else line for line in RANGE]
    assert damage_of(lines).kind == Damage.CHANGED


def drop_hash(line: bytes) -> bytes:
    fields = json.loads(line)
    return json.dumps({**fields, "proof": fields["proof"][1:]}).encode() + b"\n"


def swap_hashes(line: bytes) -> bytes:
    fields = json.loads(line)
    return json.dumps({**fields, "proof": fields["proof"][::-1]}).encode() + b"\n"
