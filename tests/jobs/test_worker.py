"""A real worker process: it reports, and ends cleanly on SIGTERM."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from outreach.extensions import db
from outreach.factory import create_app
from outreach.jobs.engine import engine, job
from outreach.models import Dispatcher, WorkerHeartbeat
from outreach.sending import queries
from outreach.sending.queries import Funnel
from tests.chaos.campaign import release_campaign
from tests.settings import CALLBACK_TOKEN, DATA_KEYS, make_settings
from tests.simulator.server import SimulatorProcess


@pytest.fixture
def notify_server():
    with SimulatorProcess(rate_limit="off", latency=200) as server:
        yield server


@pytest.fixture
def environment(notify_server, tmp_path: Path, sqlite_template: Path) -> dict[str, str]:
    shutil.copy(sqlite_template, tmp_path / "outreach.db")
    return {
        "OUTREACH_SECRET_KEY": "s" * 40,
        "OUTREACH_DATA_KEYS": DATA_KEYS,
        "OUTREACH_NOTIFY_API_KEY": notify_server.api_key,
        "OUTREACH_NOTIFY_BASE_URL": notify_server.base_url,
        "OUTREACH_CALLBACK_TOKENS": CALLBACK_TOKEN,
        "OUTREACH_PUBLIC_URL": "http://help.test",
        "OUTREACH_STAFF_URL": "http://staff.test",
        "OUTREACH_DATABASE_URL": f"sqlite:///{tmp_path / 'outreach.db'}",
        "OUTREACH_INSTANCE_PATH": str(tmp_path),
    }


def wait_until(is_so: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.timeout(180)
def test_a_worker_told_to_stop_finishes_the_slice_and_keeps_the_rest(
    environment: dict[str, str], notify_server, tmp_path: Path
) -> None:
    settings = make_settings(
        database_url=environment["OUTREACH_DATABASE_URL"],
        instance_path=tmp_path,
        notify_api_key=notify_server.api_key,
        notify_base_url=notify_server.base_url,
    )
    app = create_app(settings)
    with app.app_context():
        sent = release_campaign(
            app, notify_server.control, 300, pilot_percent=100, pilot_messages=300
        )
        db.session.remove()
        command = [sys.executable, "-m", "outreach.cli.main", "worker"]
        process = subprocess.Popen(  # noqa: S603 - our own program
            command, env={**os.environ, **environment}, stderr=subprocess.DEVNULL
        )
        try:
            wait_until(lambda: notify_server.control.statistics().accepted > 20)
            assert db.session.query(WorkerHeartbeat).count() == 1
            process.send_signal(signal.SIGTERM)
            assert process.wait(40) == 0
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
        db.session.rollback()
        accepted = notify_server.control.statistics().accepted
        assert 20 < accepted < 300
        assert queries.funnel(sent.campaign_id) == Funnel(sent=accepted, waiting=300 - accepted)
        counts = queries.message_counts(sent.campaign_id)
        assert counts[queries.MessageStatus.SENDING] == 0
        assert db.session.query(WorkerHeartbeat).count() == 0
        assert db.session.query(Dispatcher).one().holder is None
        app.extensions["outreach_gateway"].close()
        db.session.remove()
        db.engine.dispose()


@job
def count_something(number: int) -> None:
    """A job of this test's own, never run."""


def test_a_nudge_does_not_queue_the_same_job_twice(tmp_path: Path, database_url: str) -> None:
    app: Flask = create_app(make_settings(database_url=database_url, instance_path=tmp_path))
    with app.app_context():
        for number in (1, 1, 2, 1):
            engine().nudge(count_something, number)
        waiting = [task.args for task in engine().huey.pending() if task.name == "count_something"]
        assert sorted(waiting) == [(1,), (2,)]
        db.session.remove()
        db.engine.dispose()
