"""The export of the audit log: JSON Lines that verify anywhere. `docs/audit-format.md` defines it.

A head, one line an entry, signed checkpoints in between, and a checkpoint as the last line. Every
line is RFC 8785 JSON, so the bytes of an event stand in it exactly as they were hashed.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import rfc8785

from outreach.domain.checkpoint import read_checkpoint
from outreach.domain.merkle import GetHash, consistency_proof, covering_nodes
from outreach.domain.signed_note import read_note

FORMAT = "outreach-audit-export"
VERSION = 1
CHECKPOINT_EVERY = 1000
"""Entries between the checkpoints an export carries, so that damage is narrowed down this far."""


@dataclass(frozen=True, slots=True)
class Head:
    """What an export covers: entries from start up to end, of the log when it had `size` entries.

    `left` and `right` are the perfect nodes over the entries before and after, in order, with
    which the range leads to the signed root. `consistency` proves that the tree of
    `consistency_from` entries is the beginning of this one.
    """

    origin: str
    keys: tuple[str, ...]
    start: int
    end: int
    size: int
    left: tuple[bytes, ...] = ()
    right: tuple[bytes, ...] = ()
    consistency_from: int | None = None
    consistency: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One sealed event. `event` is its canonical JSON, or None where it can no longer be found.

    `leaf` is the hash that was sealed, read from the tree and not computed from the event: that is
    what shows which event was changed. `proof` is an inclusion proof, where one was asked for.
    """

    index: int
    leaf: bytes
    event: bytes | None
    proof: Sequence[bytes] | None = None


def head_of(
    origin: str,
    keys: Iterable[str],
    span: tuple[int, int],
    size: int,
    get_hash: GetHash,
    consistency_from: int | None = None,
) -> Head:
    """The head of an export of the entries from span[0] up to span[1], with its proofs."""
    start, end = span
    if not 0 <= start <= end <= size:
        raise ValueError(f"no entries from {start} to {end} in a log of {size}")
    older = consistency_from
    return Head(
        origin=origin,
        keys=tuple(keys),
        start=start,
        end=end,
        size=size,
        left=tuple(get_hash(level, index) for level, index in covering_nodes(0, start)),
        right=tuple(get_hash(level, index) for level, index in covering_nodes(end, size)),
        consistency_from=older,
        consistency=() if older is None else tuple(consistency_proof(older, size, get_hash)),
    )


def export_lines(
    head: Head, entries: Iterable[Entry], checkpoints: Iterable[str]
) -> Iterator[bytes]:
    """As `sized_lines`, for checkpoints that can be read."""
    sized = ((read_checkpoint(read_note(note).text).size, note) for note in checkpoints)
    return sized_lines(head, entries, sized)


def sized_lines(
    head: Head, entries: Iterable[Entry], checkpoints: Iterable[tuple[int, str]]
) -> Iterator[bytes]:
    """The file, line by line with line ends, in memory that does not grow.

    Checkpoints are signed notes with their sizes, by rising size, the last of size `head.size`;
    those outside the range are left out. Nothing is checked here: a note that was tampered with
    has to be in the file, where it shows. Entries come in order.
    """
    yield head_line(head)
    waiting = _within(head, checkpoints)
    size, note = next(waiting)
    for entry in entries:
        yield entry_line(entry)
        while size <= entry.index + 1 and size < head.size:
            yield checkpoint_line(note)
            size, note = next(waiting)
    yield checkpoint_line(note)


def spaced(sized: Iterable[tuple[int, str]], every: int = CHECKPOINT_EVERY) -> Iterator[str]:
    """From (size, note) by rising size: notes at least `every` entries apart, and the last."""
    last: str | None = None
    given = 0
    for size, note in sized:
        last = note
        if size - given >= every:
            given, last = size, None
            yield note
    if last is not None:
        yield last


def head_line(head: Head) -> bytes:
    fields: dict[str, str | int | list[str]] = {
        "format": FORMAT,
        "version": VERSION,
        "origin": head.origin,
        "keys": list(head.keys),
        "start": head.start,
        "end": head.end,
        "size": head.size,
        "left": _texts(head.left),
        "right": _texts(head.right),
    }
    if head.consistency_from is not None:
        fields |= {"from": head.consistency_from, "consistency": _texts(head.consistency)}
    return rfc8785.dumps(fields) + b"\n"


def entry_line(entry: Entry) -> bytes:
    """The event's own bytes with its index and sealed hash around them."""
    event = b"null" if entry.event is None else entry.event
    proof = b"" if entry.proof is None else b',"proof":' + rfc8785.dumps(_texts(entry.proof))
    leaf = b64encode(entry.leaf)
    return b'{"event":%b,"index":%d,"leaf":"%b"%b}\n' % (event, entry.index, leaf, proof)


def checkpoint_line(note: str) -> bytes:
    return rfc8785.dumps({"checkpoint": note}) + b"\n"


def _within(head: Head, checkpoints: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Those the range can check, and the last one; ValueError if that is not of the head's size."""
    size = -1
    for size, note in checkpoints:
        if head.start < size <= head.end or size == head.size:
            yield size, note
    if size != head.size:
        raise ValueError("the last checkpoint is not the one the export is for")


def _texts(hashes: Iterable[bytes]) -> list[str]:
    return [b64encode(one).decode() for one in hashes]
