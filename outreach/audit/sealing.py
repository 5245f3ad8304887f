"""Sealing: events that are committed get their place in the tree, and its new head is signed.

Nobody's request waits for it. Several workers may try at once; one seals and the others leave it.
Ids are given before a commit, so a lower one may appear after a higher one was sealed: what counts
is whether an event has a leaf, never how high its number is.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, cast

from sqlalchemy import Select, Table, and_, func, insert, select

from outreach import clock
from outreach.audit import signing, tree
from outreach.audit.stored import event_bytes, sealed_columns
from outreach.domain.actor import Actor
from outreach.domain.checkpoint import Checkpoint, open_checkpoint, sign_checkpoint
from outreach.domain.errors import OutreachError
from outreach.domain.merkle import hash_leaf
from outreach.domain.signed_note import SignerKey
from outreach.domain.tiles import Tile, TileWriter
from outreach.extensions import db
from outreach.models import AuditCheckpoint, AuditEvent, AuditLeaf, AuditTile

SEALER = Actor.job("seal_events")
LONGEST_TRANSACTION = timedelta(minutes=10)
"""A commit may come this long after its event got its number; `left_behind` looks for others."""
_LEAVES = insert(cast(Table, AuditLeaf.__table__))
_COLUMNS = ("leaf_index", "event_row_id", "leaf_hash")
_LOCK = 0x6F757472656163  # any number that no other lock of the database uses


class TreeBroken(OutreachError):
    """What is stored is not what was signed last, so nothing more may be signed."""


def has_unsealed() -> bool:
    """Whether there is something to do; reads only, and takes no lock."""
    return db.session.execute(_unsealed(_floor()).limit(1)).first() is not None


def seal(limit: int, log_name: str, *, everywhere: bool = False) -> int:
    """Seal up to `limit` events within the open transaction; how many there were.

    None where another worker is sealing. `everywhere` looks below the floor too. Raises TreeBroken
    and vault.SealBroken.
    """
    if not _take_lock():
        return 0
    last = tree.newest()
    if last is None and signing.newest_key() is None:
        signing.make_key(log_name, by=SEALER)
        db.session.flush()
    leaves = _waiting(limit, None if everywhere else _floor())
    if not leaves:
        return 0
    key = signing.signer()
    if key is None:
        raise TreeBroken("The log has a signed head, and no key that it was signed with.")
    writer = _resume(last, key)
    start, tiles = writer.size, list(writer.extend(leaf for _, leaf in leaves))
    _store(start, leaves, tiles)
    _sign(writer, key)
    return len(leaves)


def left_behind() -> int:
    """How many events are unsealed though the sealer has passed them: always 0, unless a
    transaction took longer than `LONGEST_TRANSACTION` or somebody wrote into the tables."""
    floor = _floor()
    unsealed = _unsealed(None).where(AuditEvent.id <= floor).subquery()
    return db.session.scalar(select(func.count()).select_from(unsealed)) or 0


def oldest_unsealed_seconds() -> float | None:
    """How long the event that waits longest has waited; None where nothing waits."""
    row = db.session.execute(_unsealed(_floor(), AuditEvent.at).limit(1)).first()
    return (clock.now() - row.at).total_seconds() if row is not None else None


def check_last(key: SignerKey | None = None) -> None:
    """Raises TreeBroken unless what is stored leads to what was signed last."""
    _resume(tree.newest(), key)


def _take_lock() -> bool:
    """SQLite has one writer at a time anyway, from the beginning of the transaction."""
    if db.engine.dialect.name != "postgresql":
        return True
    return bool(db.session.scalar(select(func.pg_try_advisory_xact_lock(_LOCK))))


def _floor() -> int:
    """A row number at and under which no event can still be committed.

    It is counted back from the last sealing, not from now: while no worker ran, a transaction may
    have committed under what was sealed already.
    """
    last = db.session.scalar(select(func.max(AuditCheckpoint.tree_size)))
    if last is None:
        return 0
    sealed_at = db.session.get_one(AuditCheckpoint, last).created_at
    size = db.session.scalar(
        select(AuditCheckpoint.tree_size)
        .where(AuditCheckpoint.created_at <= sealed_at - LONGEST_TRANSACTION)
        .order_by(AuditCheckpoint.tree_size.desc())
        .limit(1)
    )
    leaf = db.session.get(AuditLeaf, size - 1) if size else None
    return leaf.event_row_id if leaf else 0


def _unsealed(floor: int | None, *columns: Any) -> Select[*tuple[Any, ...]]:
    """Events over the floor that have no leaf, in the order in which they are to be sealed."""
    is_leaf = AuditLeaf.event_row_id == AuditEvent.id
    query = select(*columns, AuditEvent.id).order_by(AuditEvent.id)
    if floor is None:
        return query.outerjoin(AuditLeaf, is_leaf).where(AuditLeaf.leaf_index.is_(None))
    # on both sides of the join, so that no old leaf is looked at
    recent = query.outerjoin(AuditLeaf, and_(is_leaf, AuditLeaf.event_row_id > floor))
    return recent.where(AuditEvent.id > floor, AuditLeaf.leaf_index.is_(None))


def _resume(last: AuditCheckpoint | None, key: SignerKey | None) -> TileWriter:
    """The tree as it was signed last, ready to grow."""
    if last is None:
        if db.session.scalar(select(func.count()).select_from(AuditLeaf)):
            raise TreeBroken("There are sealed entries and no signed head.")
        return TileWriter()
    signed = _opened(last)
    try:
        writer = TileWriter(signed.size, tree.unfinished(signed.size))
    except ValueError:
        raise TreeBroken("Sealed entries are missing.") from None
    if writer.root() != signed.root:
        raise TreeBroken("The sealed entries are not those that were signed last.")
    if key is not None and signed.origin != key.name:
        raise TreeBroken("The last signed head is of another log.")
    beyond = select(AuditLeaf.leaf_index).where(AuditLeaf.leaf_index >= signed.size).limit(1)
    if db.session.scalar(beyond) is not None:
        raise TreeBroken("There are sealed entries that no head covers.")
    return writer


def _opened(last: AuditCheckpoint) -> Checkpoint:
    """What the last head says, once its signature is found to be one of ours."""
    try:
        signed = open_checkpoint(last.note, signing.verifiers()).checkpoint
    except OutreachError as fault:
        raise TreeBroken(f"The last signed head is not ours. {fault}") from None
    if signed.size != last.tree_size:
        raise TreeBroken("The last signed head is of another size.")
    return signed


def _waiting(limit: int, floor: int | None) -> list[tuple[int, bytes]]:
    """Row number and leaf of each event to be sealed, in order. The rows are not kept."""
    found = db.session.execute(_unsealed(floor, *sealed_columns()).limit(limit))
    return [(event.id, hash_leaf(event_bytes(event) or b"")) for event in found]


def _store(start: int, leaves: Sequence[tuple[int, bytes]], tiles: Sequence[Tile]) -> None:
    _store_leaves([(start + place, *leaf) for place, leaf in enumerate(leaves)])
    if tiles:
        full = [
            {"level": t.level, "tile_index": t.index, "hashes": t.hashes, "root": t.root}
            for t in tiles
        ]
        db.session.execute(insert(AuditTile), full)


def _store_leaves(rows: Sequence[tuple[int, int, bytes]]) -> None:
    """On PostgreSQL by COPY: a statement for each row takes three times as long there."""
    if db.engine.dialect.name != "postgresql":
        db.session.execute(_LEAVES, [dict(zip(_COLUMNS, row, strict=True)) for row in rows])
        return
    cursor: Any = db.session.connection().connection.cursor()
    with cursor.copy(f"COPY audit_leaf ({', '.join(_COLUMNS)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _sign(writer: TileWriter, key: SignerKey) -> None:
    checkpoint = Checkpoint(key.name, writer.size, writer.root())
    db.session.add(
        AuditCheckpoint(
            tree_size=checkpoint.size,
            root_hash=checkpoint.root,
            note=sign_checkpoint(checkpoint, key),
            created_at=clock.now(),
        )
    )
