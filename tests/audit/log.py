"""A log in a real database: to write events into it, to seal them, to export them."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine, func, select, text
from sqlalchemy.engine import Connection

from outreach.audit import sealing, service, signing, tree
from outreach.audit.stored import event_bytes, sealed_columns
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction
from outreach.domain.checkpoint import open_checkpoint
from outreach.domain.merkle import hash_leaf, root_of
from outreach.extensions import db
from outreach.models import AuditCheckpoint, AuditEvent, AuditLeaf
from outreach.transaction import transaction

NAME = "help.test/audit"
WRITER = Actor.job("tests")


def write(count: int, *, start: int = 0) -> None:
    """Events in one transaction."""
    with transaction():
        for number in range(start, start + count):
            service.record(
                AuditAction.SETTING_CHANGED,
                WRITER,
                "setting",
                number,
                changes={"number": number, "note": "Ünï “quoted”"},
                reason="a reason" if number % 3 else None,
            )


def seal(limit: int = 10_000) -> int:
    with transaction():
        return sealing.seal(limit, NAME)


def make_log(*batches: int) -> None:
    """A log that was sealed after each batch. The first entry tells that the key was made."""
    start = 0
    for size in batches:
        write(size, start=start)
        seal()
        start += size


def counts() -> tuple[int, int]:
    """Events, and those of them that are sealed."""
    db.session.rollback()
    tables = (AuditEvent, AuditLeaf)
    events, leaves = (db.session.scalar(select(func.count()).select_from(t)) for t in tables)
    return events or 0, leaves or 0


def assert_whole() -> None:
    """One leaf for every event, no gap, and the signed root is that of the events."""
    events, leaves = counts()
    assert events == leaves
    rows = db.session.execute(
        select(*sealed_columns(), AuditLeaf.leaf_index, AuditLeaf.leaf_hash)
        .join(AuditLeaf, AuditLeaf.event_row_id == AuditEvent.id)
        .order_by(AuditLeaf.leaf_index)
    ).all()
    assert [row.leaf_index for row in rows] == list(range(events))
    hashes = [hash_leaf(event_bytes(row) or b"") for row in rows]
    assert hashes == [row.leaf_hash for row in rows]
    for checkpoint in db.session.scalars(select(AuditCheckpoint)):
        signed = open_checkpoint(checkpoint.note, signing.verifiers()).checkpoint
        assert signed.root == checkpoint.root_hash == root_of(hashes[: signed.size])
        assert (signed.size, signed.origin) == (checkpoint.tree_size, NAME)
    assert tree.newest().tree_size == events


@contextmanager
def as_superuser() -> Iterator[Connection]:
    """The tables without their guards: as somebody who owns the database sees them."""
    db.session.rollback()
    if db.engine.dialect.name == "postgresql":
        with db.engine.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            yield connection
        return
    engine = create_engine(db.engine.url)  # without foreign keys, which SQLite asks to be told of
    with engine.begin() as connection:
        guards = connection.execute(
            text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        ).all()
        for name, _ in guards:
            connection.execute(text(f"DROP TRIGGER {name}"))
        yield connection
        for _, sql in guards:
            connection.execute(text(sql))
    engine.dispose()
