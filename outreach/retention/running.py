"""A whole run, step by step, each in a transaction of its own: for the worker and the command."""

import logging
from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import text

from outreach import clock
from outreach.domain.actor import Actor
from outreach.domain.retention import ErasureBlocked
from outreach.extensions import db
from outreach.retention import queries, service, tidying
from outreach.transaction import transaction

log = logging.getLogger(__name__)

REWRITTEN = ("recipient", "message", "row_problem", "upload", "received_text", "confirmation_text")


def begin_due(*, by: Actor) -> list[UUID]:
    """Destroy the keys of every campaign whose time has come; which ones that were."""
    due = queries.due_campaigns(clock.now())
    db.session.rollback()
    return [campaign_id for campaign_id in due if _begin(campaign_id, by)]


def blank(*, by: Actor) -> Iterator[None]:
    """Blank what was begun, a slice a step, until nothing is left that no other worker has."""
    while True:
        with transaction():
            more = service.advance(by=by)
        if not more:
            return
        yield


def tidy(*, by: Actor) -> int:
    """Everything that belongs to no campaign; how many rows went."""
    total = 0
    for step in tidying.steps():
        count = 1
        while count:
            with transaction():
                count = step(by)
            total += count
    return total


def wipe_traces() -> None:
    """Bring what was overwritten into the database file, or let its place be used again.

    On SQLite old pages go out of the write-ahead log; nothing happens while somebody reads them. On
    PostgreSQL old versions of rows are vacuumed; see docs/retention.md for what that leaves.
    """
    db.session.rollback()
    is_sqlite = db.engine.dialect.name == "sqlite"
    statement = "PRAGMA wal_checkpoint(TRUNCATE)" if is_sqlite else f"VACUUM {', '.join(REWRITTEN)}"
    if is_sqlite:
        connection = db.engine.raw_connection()
        try:
            connection.execute(statement)  # outside any transaction
        finally:
            connection.close()
        return
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as vacuuming:
        vacuuming.execute(text(statement))


def _begin(campaign_id: UUID, by: Actor) -> bool:
    try:
        with transaction():
            return service.begin(campaign_id, by=by)
    except ErasureBlocked:  # something came in meanwhile; the next run looks again
        log.info("the erasure of campaign %s has to wait", campaign_id)
    except Exception:  # holds up no other campaign, and is tried again at the next run
        log.exception("campaign %s could not be erased", campaign_id)
    return False
