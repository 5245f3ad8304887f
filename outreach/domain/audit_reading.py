"""Reads the lines of an export of the audit log, as `docs/audit-format.md` defines them.

A line as the exporter wrote it is checked by its bytes alone, which is fast. One that a tool has
written anew (other spaces, other line ends) is parsed, and its event made canonical again.
"""

import json
from binascii import b2a_base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import rfc8785

from outreach.domain.audit_export import FORMAT, VERSION, Head
from outreach.domain.errors import OutreachError
from outreach.domain.merkle import HASH_SIZE, covering_nodes, hash_leaf
from outreach.domain.signed_note import strict_base64

LINE_LIMIT = 1 << 20
"""Bytes of the longest line that is read."""
_LARGEST = 1 << 53  # beyond it JSON numbers are not exact
_BEGINNING = b'{"event":'
_LEAF_TEXT = 44  # base64 of 32 bytes
_END = b'"}\n'

Fields = Mapping[str, object]


class NotAnExport(OutreachError):
    """The file does not begin as an export of this kind and version does."""


class LineUnreadable(ValueError):
    """A line that is none of the format's."""


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry's line: the hash sealed for it, and the hash its event has, None if it has none."""

    index: int
    leaf: bytes
    event_hash: bytes | None
    proof: tuple[bytes, ...] | None


@dataclass(frozen=True, slots=True)
class CheckpointLine:
    """A checkpoint's line: the signed note, not yet believed."""

    note: str


def plain_leaf(line: bytes, index: int) -> bytes | None:
    """The leaf hash of a line that is exactly right for this index, or None for any other line."""
    middle = b',"index":%d,"leaf":"' % index
    leaf_at = len(line) - _LEAF_TEXT - len(_END)
    event_end = leaf_at - len(middle)
    if not (line.startswith(_BEGINNING) and line.startswith(middle, event_end)):
        return None
    leaf = sha256(b"\x00" + line[len(_BEGINNING) : event_end]).digest()
    return leaf if line[leaf_at:] == b2a_base64(leaf, newline=False) + _END else None


def read_line(line: bytes) -> EntryLine | CheckpointLine:
    """Raises LineUnreadable."""
    fields = _fields(line)
    if "checkpoint" in fields:
        return CheckpointLine(_text(fields, "checkpoint"))
    return EntryLine(
        index=_whole(fields, "index"),
        leaf=_hash(_text(fields, "leaf")),
        event_hash=_event_hash(fields),
        proof=_hashes(fields, "proof") if "proof" in fields else None,
    )


def read_head(line: bytes) -> Head:
    """Raises NotAnExport."""
    try:
        head = _head(_fields(line.removeprefix(b"\xef\xbb\xbf")))
        _check_spans(head)
    except LineUnreadable:
        raise NotAnExport("The first line is not that of an audit export.") from None
    return head


def _head(fields: Fields) -> Head:
    if fields.get("format") != FORMAT or fields.get("version") != VERSION:
        raise NotAnExport(f"This is not an audit export of version {VERSION}.")
    older = _whole(fields, "from") if "from" in fields else None
    return Head(
        origin=_text(fields, "origin"),
        keys=tuple(_texts(fields, "keys")),
        start=_whole(fields, "start"),
        end=_whole(fields, "end"),
        size=_whole(fields, "size"),
        left=_hashes(fields, "left"),
        right=_hashes(fields, "right"),
        consistency_from=older,
        consistency=() if older is None else _hashes(fields, "consistency"),
    )


def _check_spans(head: Head) -> None:
    if not head.start <= head.end <= head.size:
        raise LineUnreadable("span")
    for start, end, nodes in ((0, head.start, head.left), (head.end, head.size, head.right)):
        if len(nodes) != sum(1 for _ in covering_nodes(start, end)):
            raise LineUnreadable("nodes")


def _fields(line: bytes) -> Fields:
    if len(line) > LINE_LIMIT:
        raise LineUnreadable("too long")
    try:
        fields = json.loads(line, object_pairs_hook=_each_once)
    except (ValueError, RecursionError):
        raise LineUnreadable("not JSON") from None
    if not isinstance(fields, dict):
        raise LineUnreadable("not an object")
    return fields


def _each_once(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    """Two fields of one name would be read differently by different tools."""
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise LineUnreadable("a field twice")
    return fields


def _event_hash(fields: Fields) -> bytes | None:
    event = fields.get("event")
    if event is None:
        return None
    if not isinstance(event, dict):
        raise LineUnreadable("event")
    try:
        return hash_leaf(rfc8785.dumps(event))
    except (rfc8785.CanonicalizationError, RecursionError):
        raise LineUnreadable("event") from None


def _text(fields: Fields, name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str):
        raise LineUnreadable(name)
    return value


def _whole(fields: Fields, name: str) -> int:
    value = fields.get(name)
    if type(value) is not int or not 0 <= value < _LARGEST:
        raise LineUnreadable(name)
    return value


def _texts(fields: Fields, name: str) -> list[str]:
    values = fields.get(name)
    if not isinstance(values, list):
        raise LineUnreadable(name)
    return [_text({name: value}, name) for value in values]


def _hashes(fields: Fields, name: str) -> tuple[bytes, ...]:
    return tuple(_hash(text) for text in _texts(fields, name))


def _hash(text: str) -> bytes:
    value = strict_base64(text)
    if value is None or len(value) != HASH_SIZE:
        raise LineUnreadable("hash")
    return value
