"""The sealed tree as it lies in the tables: its tiles, its signed heads, proofs from them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from outreach.domain.checkpoint import Checkpoint, read_checkpoint
from outreach.domain.merkle import consistency_proof, inclusion_proof, root_at
from outreach.domain.signed_note import read_note
from outreach.domain.tiles import HEIGHT, WIDTH, TiledTree, unfinished_widths
from outreach.extensions import db
from outreach.models import AuditCheckpoint, AuditCosignature, AuditEvent, AuditLeaf, AuditTile


@dataclass(frozen=True)
class Sealed:
    """Where an event stands in the log: its place and hash, and the first head that covers it."""

    index: int
    leaf: bytes
    checkpoint: AuditCheckpoint


def newest() -> AuditCheckpoint | None:
    """The newest signed head."""
    query = select(AuditCheckpoint).order_by(AuditCheckpoint.tree_size.desc()).limit(1)
    return db.session.scalar(query)


def newest_cosigned() -> AuditCheckpoint | None:
    """The newest head that a second body has signed too."""
    size = (
        select(AuditCosignature.tree_size)
        .order_by(AuditCosignature.tree_size.desc())
        .limit(1)
        .scalar_subquery()
    )
    return db.session.scalar(select(AuditCheckpoint).where(AuditCheckpoint.tree_size == size))


def at_size(size: int) -> AuditCheckpoint | None:
    return db.session.get(AuditCheckpoint, size)


def first_covering(size: int) -> AuditCheckpoint | None:
    """The oldest head of at least this size."""
    query = select(AuditCheckpoint).where(AuditCheckpoint.tree_size >= size)
    return db.session.scalar(query.order_by(AuditCheckpoint.tree_size).limit(1))


def signed_text(row: AuditCheckpoint) -> Checkpoint:
    """What was signed, read from the note and not from the columns beside it."""
    return read_checkpoint(read_note(row.note).text)


def with_cosignatures(row: AuditCheckpoint) -> str:
    """The signed note with every second body's line under it."""
    lines = db.session.scalars(
        select(AuditCosignature.line)
        .where(AuditCosignature.tree_size == row.tree_size)
        .order_by(AuditCosignature.created_at)
    )
    return row.note + "".join(lines)


def place_of(event_id: UUID) -> Sealed | None:
    """None for an event that is not sealed yet, or not there."""
    leaf = db.session.scalar(
        select(AuditLeaf)
        .join(AuditEvent, AuditEvent.id == AuditLeaf.event_row_id)
        .where(AuditEvent.event_id == event_id)
    )
    checkpoint = first_covering(leaf.leaf_index + 1) if leaf else None
    return Sealed(leaf.leaf_index, leaf.leaf_hash, checkpoint) if leaf and checkpoint else None


def full_leaf_tiles(start: int, end: int) -> Iterable[tuple[int, bytes]]:
    """Index and hashes of the full tiles of leaves from `start` up to `end`."""
    query = select(AuditTile.tile_index, AuditTile.hashes).where(
        AuditTile.level == 0, AuditTile.tile_index >= start, AuditTile.tile_index < end
    )
    return [(row.tile_index, row.hashes) for row in db.session.execute(query)]


def read_tile(level: int, index: int) -> bytes:
    """The tile's hashes joined: 8,192 bytes, fewer of the last one, none where there is no tile."""
    stored = db.session.scalar(
        select(AuditTile.hashes).where(AuditTile.level == level, AuditTile.tile_index == index)
    )
    return stored if stored is not None else b"".join(_loose(level, index * WIDTH))


def tree(size: int) -> TiledTree:
    """The tree of the first `size` leaves, for the proofs of one request: it keeps what it read.

    Any proof needs the unfinished tiles, so those are read at once, in one question to the
    database; each full tile that is needed, seldom more than two, is one question more.
    """
    edge = [b"".join(hashes) for hashes in unfinished(size)]

    def read(level: int, index: int) -> bytes:
        full = size >> (HEIGHT * (level + 1))
        if index < full:
            return read_tile(level, index)
        return edge[level] if index == full and level < len(edge) else b""

    return TiledTree(read)


def unfinished(size: int) -> list[list[bytes]]:
    """The hashes after the last full tile of each level, as `tiles.TileWriter` begins from."""
    widths = unfinished_widths(size)
    found: list[list[bytes]] = [[] for _ in widths]
    parts = [
        _nodes(level, (size >> (HEIGHT * level)) - width, width)
        for level, width in enumerate(widths)
        if width
    ]
    if parts:
        for row in sorted(db.session.execute(union_all(*parts)), key=lambda row: row.place):
            found[row.level].append(row.node)
    return found


def prove_inclusion(index: int, size: int) -> list[bytes]:
    return inclusion_proof(index, size, tree(size))


def prove_consistency(old_size: int, size: int) -> list[bytes]:
    return consistency_proof(old_size, size, tree(size))


def root(size: int) -> bytes:
    """The root that the stored hashes lead to."""
    return root_at(size, tree(size))


def _loose(level: int, start: int) -> list[bytes]:
    """The nodes at `start` and after it, fewer than a tile, in their order."""
    return [
        node for _, _, node in db.session.execute(_nodes(level, start, WIDTH).order_by("place"))
    ]


def _nodes(level: int, start: int, width: int) -> Select[int, int, bytes]:
    """Level, place and hash of `width` nodes from `start`, from where they stand as single rows:
    leaves, or the roots of the full tiles one level down."""
    if level == 0:
        return _rows(level, AuditLeaf.leaf_index, AuditLeaf.leaf_hash, start, width)
    roots = _rows(level, AuditTile.tile_index, AuditTile.root, start, width)
    return roots.where(AuditTile.level == level - 1)


def _rows(
    level: int,
    place: InstrumentedAttribute[int],
    node: InstrumentedAttribute[bytes],
    start: int,
    width: int,
) -> Select[int, int, bytes]:
    query = select(literal(level).label("level"), place.label("place"), node.label("node"))
    return query.where(place >= start, place < start + width)
