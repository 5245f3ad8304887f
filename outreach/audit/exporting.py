"""The export, line by line from the tables, in memory that does not grow with the log.

It is read in steps by place in the log. What is sealed never changes, so no long transaction is
needed, and events written meanwhile come after the end.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from outreach.audit import service, signing, tree
from outreach.audit.stored import StoredEvent, event_bytes, sealed_columns
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction, Scalar
from outreach.domain.audit_export import CHECKPOINT_EVERY, Entry, Head, head_of, sized_lines
from outreach.domain.errors import OutreachError
from outreach.domain.merkle import HASH_SIZE, inclusion_proof
from outreach.domain.tiles import WIDTH, TileMissing
from outreach.extensions import db
from outreach.models import AuditCheckpoint, AuditEvent, AuditLeaf

STEP = 20 * WIDTH
"""Entries read at once."""
NOTES_STEP = 500


class ExportRefused(OutreachError):
    """The log has not what was asked for."""


@dataclass(frozen=True)
class Wanted:
    """What to export: the entries from `start` up to `end`, of the log as it was signed at `size`.

    None is the beginning, the end, the newest signed head. `older` asks for a proof that the log
    of that many entries is the beginning of this one.
    """

    start: int = 0
    end: int | None = None
    size: int | None = None
    older: int | None = None
    has_proofs: bool = False


def wanted(
    days: tuple[datetime, datetime] | None,
    entries: tuple[int, int] | None,
    *,
    has_proofs: bool = False,
) -> Wanted:
    """From a form: the entries of some days (from a moment up to another), some entries (the first
    and the last), or all of them. Raises ExportRefused."""
    if days is not None:
        first, last = _places(*days)
    elif entries is not None:
        first, last = entries
    else:
        return Wanted(has_proofs=has_proofs)
    return Wanted(first, last + 1, has_proofs=has_proofs)


def refuse_over(most: int, head: Head) -> None:
    """Raises ExportRefused where it is more than `most` entries."""
    count = head.end - head.start
    if count > most:
        raise ExportRefused(
            f"These are {count:,} entries. Up to {most:,} can be exported here: choose fewer, or"
            " ask an operator to run `outreach audit export`."
        )


def head(wanted: Wanted) -> Head:
    """The first line: what is covered, and what leads from there to the signed root.

    Raises ExportRefused.
    """
    newest = tree.newest() if wanted.size is None else tree.at_size(wanted.size)
    name = signing.origin()
    if newest is None or name is None:
        raise ExportRefused("Nothing has been sealed yet, so there is nothing to export.")
    size = newest.tree_size
    end = size if wanted.end is None else wanted.end
    if not 0 <= wanted.start <= end <= size or not 0 <= (wanted.older or 0) <= size:
        raise ExportRefused(f"The log has {size:,} sealed entries, numbered from 0.")
    keys = [key.text() for key in signing.verifiers()]
    try:
        return head_of(name, keys, (wanted.start, end), size, tree.tree(size), wanted.older)
    except TileMissing:
        raise ExportRefused("Parts of the sealed tree are missing, so it proves nothing.") from None


def lines(head: Head, *, has_proofs: bool = False) -> Iterator[bytes]:
    """The whole file. The session is left clean after every step."""
    return sized_lines(head, _entries(head, has_proofs), _notes(head))


def record_export(head: Head, *, by: Actor, where: str) -> None:
    """The event that tells of it; before the first line leaves."""
    changes: dict[str, Scalar] = {
        "from": head.start,
        "to": head.end - 1,
        "entries": head.end - head.start,
        "size": head.size,
        "where": where,
    }
    service.record(AuditAction.AUDIT_EXPORTED, by, "audit_log", "log", changes=changes)


def _places(since: datetime, until: datetime) -> tuple[int, int]:
    """The first and the last place of the sealed events of a time. Others may lie in between."""
    row = db.session.execute(
        select(func.min(AuditLeaf.leaf_index), func.max(AuditLeaf.leaf_index))
        .join(AuditEvent, AuditEvent.id == AuditLeaf.event_row_id)
        .where(AuditEvent.at >= since, AuditEvent.at < until)
    ).one()
    first, last = row
    if first is None:
        raise ExportRefused("There is no sealed event on these days.")
    return first, last


def _entries(head: Head, has_proofs: bool) -> Iterator[Entry]:
    """Every place in order. A leaf or an event that is gone leaves a gap, which is what shows."""
    for start in range(head.start - head.start % STEP, head.end, STEP):
        first, end = max(start, head.start), min(start + STEP, head.end)
        rows = {row.leaf_index: row for row in _rows(first, end)}
        sealed = _sealed_hashes(start, end)
        prove = _prover(head.size) if has_proofs else None
        for index in range(first, end):
            row = rows.get(index)
            leaf = sealed.get(index) or (row.leaf_hash if row else None)
            if leaf is not None:
                event = event_bytes(row) if row else None
                yield Entry(index, leaf, event, prove(index) if prove else None)
        db.session.rollback()


def _rows(start: int, end: int) -> Iterable[StoredEvent]:
    query = (
        select(*sealed_columns(), AuditLeaf.leaf_index, AuditLeaf.leaf_hash)
        .select_from(AuditLeaf)
        .outerjoin(AuditEvent, AuditEvent.id == AuditLeaf.event_row_id)
        .where(AuditLeaf.leaf_index >= start, AuditLeaf.leaf_index < end)
    )
    return db.session.execute(query)


def _sealed_hashes(start: int, end: int) -> dict[int, bytes]:
    """By place, from the full tiles; those of the unfinished one stand with the rows."""
    found = {}
    for tile_index, hashes in tree.full_leaf_tiles(start // WIDTH, -(-end // WIDTH)):
        for place in range(len(hashes) // HASH_SIZE):
            leaf = hashes[place * HASH_SIZE : (place + 1) * HASH_SIZE]
            found[tile_index * WIDTH + place] = leaf
    return found


def _prover(size: int) -> Callable[[int], Sequence[bytes]]:
    nodes = tree.tree(size)
    return lambda index: inclusion_proof(index, size, nodes)


def _notes(head: Head) -> Iterator[tuple[int, str]]:
    """Signed heads by rising size, at least `CHECKPOINT_EVERY` entries apart, and the last."""
    row = _first_over(head.start, head)
    while row is not None:
        size = row.tree_size
        yield size, tree.with_cosignatures(row)
        row = _first_over(size + CHECKPOINT_EVERY - 1, head)
    last = tree.at_size(head.size)
    if last is not None:
        yield last.tree_size, tree.with_cosignatures(last)


def _first_over(size: int, head: Head) -> AuditCheckpoint | None:
    query = select(AuditCheckpoint).where(
        AuditCheckpoint.tree_size > size,
        AuditCheckpoint.tree_size <= head.end,
        AuditCheckpoint.tree_size < head.size,
    )
    return db.session.scalar(query.order_by(AuditCheckpoint.tree_size).limit(1))
