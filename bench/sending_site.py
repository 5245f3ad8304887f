"""A site that sends to the simulator, for the benchmarks of sending, receipts and growth."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from outreach.extensions import db
from outreach.factory import create_app
from tests.chaos.site import ChaosSite

LATENCY_MS = 60
DATABASES = ("sqlite", "postgresql")
TICKS = os.sysconf("SC_CLK_TCK")


@contextmanager
def site(
    database: str, *, latency_ms: int = LATENCY_MS, rate_limit: str = "off"
) -> Iterator[ChaosSite]:
    """Simulator, web site and database; `start` adds the worker."""
    folder = Path(tempfile.mkdtemp(prefix="outreach-bench-"))
    try:
        with ChaosSite(
            folder, database, workers=1, seed=1, rate_limit=rate_limit, latency_ms=latency_ms
        ) as made:
            yield made
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def opened(made: ChaosSite) -> Iterator[Flask]:
    """The site's application in this process."""
    app = create_app(made.settings)
    yield app
    app.extensions["outreach_gateway"].close()
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def start(made: ChaosSite, *, accepted: int = 0) -> None:
    """The worker, and wait until more than so many texts are accepted."""
    made.start_workers("outreach.cli.main", "worker")
    wait_until(lambda: accepted_by(made) > accepted)


def accepted_by(made: ChaosSite) -> int:
    return made.control.statistics().accepted


def processor_of(made: ChaosSite) -> float:
    """Seconds of processor time of the worker."""
    fields = Path(f"/proc/{made.worker_pids()[0]}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def wait_until(is_so: Callable[[], bool], seconds: float = 600) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "nothing moved for too long"
        time.sleep(0.1)
