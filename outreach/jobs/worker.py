"""The worker process: Huey's consumer, the tick that finds due work, and the heartbeat."""

import logging
import os
import socket
import threading
import time

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from outreach import clock, keychain
from outreach.extensions import db
from outreach.jobs.engine import Engine, Tick, tick, ticks
from outreach.jobs.pool import close_pools
from outreach.models import WorkerHeartbeat
from outreach.transaction import transaction

log = logging.getLogger(__name__)

HEARTBEAT_SECONDS = 5
DATABASE_SECONDS = 2
SHUTDOWN_SECONDS = 30
"""For the slice under way, and again for requests without an answer: each has its time limit."""
WORKER_NAME = f"{socket.gethostname()}-{os.getpid()}"[-80:]


@tick(HEARTBEAT_SECONDS)
def beat() -> None:
    """Tell the database that this worker is alive."""
    now = clock.now()
    with transaction():
        row = db.session.get(WorkerHeartbeat, WORKER_NAME)
        if row is None:
            row = WorkerHeartbeat(name=WORKER_NAME, started_at=now)
            db.session.add(row)
        row.beat_at = now


class Ticker(threading.Thread):
    """Calls every tick at its pace until told to stop.

    A tick that fails is logged and called again.
    """

    def __init__(self, app: Flask) -> None:
        super().__init__(name="ticker", daemon=True)
        self._app = app
        self._stopping = threading.Event()

    def run(self) -> None:
        due = dict.fromkeys(ticks(), 0.0)
        while not self._stopping.wait(0.1):
            for each, at in due.items():
                if time.monotonic() >= at:
                    self._call(each)
                    due[each] = time.monotonic() + each.seconds

    def stop(self) -> None:
        self._stopping.set()
        self.join(timeout=10)

    def _call(self, each: Tick) -> None:
        try:
            with self._app.app_context():
                each.function()
        except Exception:
            log.exception("tick %s failed; it will be tried again", each.function.__name__)


def _wait_for_keys(app: Flask) -> None:
    """Nothing is done before the keys are checked. Raises SettingsRefused where they are wrong."""
    while True:
        try:
            with app.app_context():
                return keychain.refresh()
        except SQLAlchemyError:
            log.warning("waiting for the database")
            time.sleep(DATABASE_SECONDS)


def run_worker(app: Flask, threads: int = 2) -> None:
    """Work until SIGTERM or SIGINT.

    The slice under way is finished, the rest stays in the tables.
    """
    engine: Engine = app.extensions["outreach_engine"]
    consumer = engine.huey.create_consumer(
        workers=threads,
        worker_type="thread",
        periodic=False,
        initial_delay=0.05,
        max_delay=0.2,
        graceful_signal="TERM",
        shutdown_timeout=SHUTDOWN_SECONDS,
    )
    _wait_for_keys(app)
    ticker = Ticker(app)
    ticker.start()
    try:
        consumer.run()
    finally:
        ticker.stop()
        close_pools(app, timeout=SHUTDOWN_SECONDS)
        with app.app_context(), transaction():
            row = db.session.get(WorkerHeartbeat, WORKER_NAME)
            if row is not None:
                db.session.delete(row)
