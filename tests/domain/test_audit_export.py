"""What an export says when nothing is wrong with it."""

import json
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.domain.audit_damage import NotProven
from outreach.domain.audit_export import Entry, Head, export_lines, head_line, spaced
from outreach.domain.audit_reading import NotAnExport
from outreach.domain.audit_verify import Trust, Verification, verify_export
from outreach.domain.checkpoint import cosign_checkpoint
from outreach.domain.merkle import root_of
from outreach.domain.signed_note import KeyType, read_note
from tests.sealed_log import ORIGIN, SealedLog, signer

LOG = SealedLog(700, sealed_at=range(50, 700, 50))
TRUST = Trust([LOG.key.verifier])


def holds(lines: list[bytes], trust: Trust = TRUST) -> Verification:
    return verify_export(lines, trust)


def test_a_whole_export_holds() -> None:
    verification = holds(LOG.export())
    assert verification.head == LOG.head()
    assert verification.signed.checkpoint.root == root_of(LOG.leaves)
    assert verification.checkpoints == 14
    assert verification.compared_with is None


def test_it_holds_in_itself_with_no_key_given() -> None:
    assert holds(LOG.export(), Trust()).head.keys == (LOG.key.verifier.text(),)


def test_every_line_is_one_json_object_of_few_kinds() -> None:
    lines = [json.loads(line) for line in LOG.export()]
    assert lines[0]["format"] == "outreach-audit-export"
    kinds = {tuple(sorted(line)) for line in lines[1:]}
    assert kinds == {("event", "index", "leaf"), ("checkpoint",)}
    assert lines[-1]["checkpoint"].startswith(f"{ORIGIN}\n700\n")


@pytest.mark.parametrize("size", [0, 1, 2, 255, 256, 257])
def test_logs_of_any_size_hold(size: int) -> None:
    log = SealedLog(size)
    assert holds(log.export()).signed.checkpoint.size == size


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 700), st.integers(0, 700), st.booleans())
def test_any_range_holds(a: int, b: int, proofs: bool) -> None:
    head = LOG.head(min(a, b), max(a, b))
    lines = LOG.export(head, proofs=proofs)
    verification = holds(lines)
    assert verification.head == head
    assert len(lines) == head.end - head.start + 1 + verification.checkpoints


@given(st.integers(0, 700), st.integers(0, 700), st.integers(0, 700))
@settings(max_examples=60, deadline=None)
def test_a_range_is_compared_with_any_older_checkpoint(a: int, b: int, older: int) -> None:
    head = LOG.head(min(a, b), max(a, b), older=older)
    trust = Trust([LOG.key.verifier], checkpoint=LOG.checkpoint(older))
    compared = holds(LOG.export(head), trust).compared_with
    assert compared is not None
    assert compared.size == older


@pytest.mark.parametrize("older", [0, 1, 49, 50, 321, 699, 700])
def test_a_whole_export_is_compared_with_any_older_checkpoint_without_a_proof(older: int) -> None:
    trust = Trust([LOG.key.verifier], checkpoint=LOG.checkpoint(older))
    assert holds(LOG.export(), trust).compared_with is not None


def test_a_range_without_the_proof_says_that_it_cannot_be_compared() -> None:
    trust = Trust([LOG.key.verifier], checkpoint=LOG.checkpoint(20))
    lines = LOG.export(LOG.head(100, 200))
    with pytest.raises(NotProven, match="nothing of the log at 20 entries"):
        holds(lines, trust)


@pytest.mark.parametrize(
    ("checkpoint", "message"),
    [
        ("not a note", "of no use"),
        (SealedLog(20, key=signer(2)).checkpoint(20), "None of the log's keys|None of the keys"),
        (SealedLog(20).checkpoint(20).replace(ORIGIN, "other"), "None of the keys"),
    ],
)
def test_a_checkpoint_that_is_of_no_use_is_named_so(checkpoint: str, message: str) -> None:
    with pytest.raises(NotProven, match=message):
        holds(LOG.export(), Trust([LOG.key.verifier], checkpoint=checkpoint))


def test_a_witness_must_have_cosigned_if_asked_for() -> None:
    witness = signer(9, "charity.example/witness", KeyType.COSIGNATURE)
    trust = Trust([LOG.key.verifier], [witness.verifier])
    with pytest.raises(NotProven, match=r"not cosigned by charity\.example/witness"):
        holds(LOG.export(), trust)
    cosigned = cosign_checkpoint(LOG.checkpoints[-1], witness, 1_767_225_600)
    lines = list(export_lines(LOG.head(), LOG.entries(LOG.head()), [cosigned]))
    (cosigner,) = holds(lines, trust).signed.cosigners()
    assert cosigner.seconds == 1_767_225_600


def test_checkpoints_of_a_former_key_hold_when_both_are_trusted() -> None:
    log = SealedLog(120, sealed_at=[60])
    later = signer(2)
    notes = [log.checkpoint(60), log.checkpoint(120, later)]
    lines = list(export_lines(log.head(), log.entries(log.head()), notes))
    assert holds(lines, Trust([log.key.verifier, later.verifier])).checkpoints == 2


@pytest.mark.parametrize("end", [b"\r\n", b" \n", b"\n"])
def test_a_file_that_a_tool_wrote_anew_still_holds(end: bytes) -> None:
    """Other spaces, escapes, order of fields and line ends: the same information."""
    again = [
        json.dumps(json.loads(line), sort_keys=False, indent=None).encode() + end
        for line in LOG.export(LOG.head(100, 300), proofs=True)
    ]
    again[0] = b"\xef\xbb\xbf" + again[0]
    again[-1] = again[-1].rstrip()
    assert holds(again).head.start == 100


def test_it_is_written_and_read_without_holding_it() -> None:
    """The writer takes one entry for each line asked for, and the reader asks one by one."""
    taken = 0

    def entries() -> Iterator[Entry]:
        nonlocal taken
        for entry in LOG.entries(LOG.head()):
            taken += 1
            yield entry

    lines = export_lines(LOG.head(), entries(), iter(LOG.checkpoints))
    for _ in range(10):
        next(lines)
    assert taken == 9
    assert verify_export(export_lines(LOG.head(), entries(), iter(LOG.checkpoints)), TRUST)


def test_checkpoints_are_spaced_out_and_the_last_one_always_stays() -> None:
    sized = [(size, str(size)) for size in (1, 400, 999, 1000, 1001, 1900, 2500, 2600)]
    assert list(spaced(sized, 1000)) == ["1000", "2500", "2600"]
    assert list(spaced(sized[:4], 1000)) == ["1000"]
    assert list(spaced([], 1000)) == []


def test_an_export_ends_with_the_checkpoint_it_is_for() -> None:
    with pytest.raises(ValueError, match="not the one the export is for"):
        list(export_lines(LOG.head(), LOG.entries(LOG.head()), LOG.checkpoints[:-1]))


def test_no_head_is_made_for_entries_that_are_not_there() -> None:
    with pytest.raises(ValueError, match="no entries from 10 to 701 in a log of 700"):
        LOG.head(10, 701)


HEAD = LOG.head(3, 600)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\n",
        b"id,at,actor\n",
        b"[1]\n",
        b"\xff\xfe{}\n",
        b'{"format":"outreach-audit-export"}\n',
        head_line(HEAD).replace(b'"version":1', b'"version":2'),
        head_line(HEAD).replace(b'"start":3', b'"start":2'),
        head_line(HEAD).replace(b'"start":3', b'"start":-3'),
        head_line(HEAD).replace(b'"start":3', b'"start":3.5'),
        head_line(HEAD).replace(b'"start":3', b'"start":true'),
        head_line(HEAD).replace(b'"start":3', b'"start":3,"start":3'),
        head_line(HEAD).replace(b'"start":3', b'"start":601'),
        head_line(HEAD).replace(b'"left":["', b'"left":["AAAA'),
        head_line(HEAD).replace(b'"keys":["', b'"keys":["x'),
        head_line(HEAD).replace(b'"keys":[', b'"keys":[7,'),
        head_line(HEAD).replace(b'"size":700', b'"size":' + b"7" * 5000),
        b'{"a":' * 100_000 + b"\n",
    ],
)
def test_a_file_that_is_no_export_is_named_so(line: bytes) -> None:
    with pytest.raises(NotAnExport):
        verify_export([line, *LOG.export(HEAD)[1:]], Trust())


def test_the_last_line_is_a_note_anybody_can_read() -> None:
    note = read_note(json.loads(LOG.export()[-1])["checkpoint"])
    assert [signature.name for signature in note.signatures] == [ORIGIN]
    assert isinstance(LOG.head(), Head)
