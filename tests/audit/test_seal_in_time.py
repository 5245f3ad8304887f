"""Real workers seal every event within ten seconds, with several writers at once, and while one of
two workers is killed."""

import threading
import time
from bisect import bisect
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from outreach.audit import sealing, service
from outreach.domain.audit import AuditAction
from outreach.extensions import db
from outreach.models import AuditCheckpoint, AuditEvent, AuditLeaf, WorkerHeartbeat
from outreach.transaction import transaction
from tests.audit.log import WRITER, assert_whole, seal
from tests.conftest import both_databases
from tests.notify.by_simulator import killed_at_the_end, wait_until
from tests.simulator.fixtures import notify, simulator_process
from tests.simulator.server import SimulatorProcess

__all__ = ["notify", "simulator_process"]

WRITERS = 4
AT_MOST = timedelta(seconds=10)


@both_databases
@pytest.mark.timeout(120)
def test_every_event_is_sealed_within_ten_seconds(app: Flask, notify: SimulatorProcess) -> None:
    with killed_at_the_end(app, notify):
        with killed_at_the_end(app, notify):
            wait_until(lambda: workers() == 2)
            write_for(app, 3)
        write_for(app, 3)  # the other worker goes on alone
        wait_until(lambda: not sealing.has_unsealed())
    seal()  # what the worker itself did at its end
    assert_whole()
    found = list(delays())
    assert len(found) > 200
    assert max(found) < AT_MOST


def workers() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(WorkerHeartbeat)) or 0


def write_for(app: Flask, seconds: float) -> None:
    """Several writers, each with transactions of its own."""
    until = time.monotonic() + seconds

    def write() -> None:
        with app.app_context():
            while time.monotonic() < until:
                with transaction():
                    service.record(AuditAction.HOLD_PLACED, WRITER, "hold", 1)
                time.sleep(0.02)
            db.session.remove()

    threads = [threading.Thread(target=write) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def delays() -> Iterator[timedelta]:
    """From each event to the head that covers it first."""
    heads = db.session.execute(
        select(AuditCheckpoint.tree_size, AuditCheckpoint.created_at).order_by(
            AuditCheckpoint.tree_size
        )
    ).all()
    sizes = [head.tree_size for head in heads]
    rows = db.session.execute(
        select(AuditLeaf.leaf_index, AuditEvent.at).join(
            AuditEvent, AuditEvent.id == AuditLeaf.event_row_id
        )
    )
    for row in rows:
        yield heads[bisect(sizes, row.leaf_index)].created_at - row.at
