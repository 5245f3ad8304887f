"""The application with the genuine client, against a simulator: what leaves really arrives."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask

from outreach.config import Settings
from outreach.extensions import db
from outreach.jobs.engine import Engine, ticks
from outreach.models import Setting
from outreach.notify.gateway import NotifyGateway
from outreach.transaction import transaction
from tests.settings import CALLBACK_TOKEN, DATA_KEYS, PUBLIC_URL, STAFF_URL
from tests.simulator.control_client import SimulatedMessage
from tests.simulator.server import SimulatorProcess


@contextmanager
def genuine_gateway(app: Flask, notify: SimulatorProcess) -> Iterator[NotifyGateway]:
    """In the place of the application's own."""
    gateway = NotifyGateway(notify.api_key, notify.base_url, timeout=5.0)
    app.extensions["outreach_gateway"] = gateway
    try:
        yield gateway
    finally:
        gateway.close()


def choose_template(notify: SimulatorProcess, setting: str, body: str, subject: str) -> None:
    """A new email template at Notify, and the setting that names it."""
    template_id = notify.control.add_template(setting, body, type="email", subject=subject)
    with transaction():
        db.session.merge(Setting(name=setting, value=template_id))


def work_at(app: Flask, *names: str) -> None:
    """A round of the worker: these ticks by their names, and the jobs that they ask for."""
    found = {each.function.__name__: each.function for each in ticks()}
    for name in names:
        found[name]()
    engine: Engine = app.extensions["outreach_engine"]
    while (task := engine.huey.dequeue()) is not None:
        engine.huey.execute(task)
    db.session.rollback()


def emails(notify: SimulatorProcess) -> list[SimulatedMessage]:
    """What the simulator was given to deliver as emails, the oldest first."""
    messages = notify.control.messages()
    return [each for each in reversed(messages) if each.notification_type == "email"]


@contextmanager
def killed_at_the_end(app: Flask, notify: SimulatorProcess) -> Iterator[None]:
    """A real worker on the application's database, ended as a power cut would."""
    settings: Settings = app.extensions["outreach_settings"]
    own = {
        "OUTREACH_SECRET_KEY": settings.secret_key,
        "OUTREACH_DATA_KEYS": DATA_KEYS,
        "OUTREACH_NOTIFY_API_KEY": notify.api_key,
        "OUTREACH_NOTIFY_BASE_URL": notify.base_url,
        "OUTREACH_CALLBACK_TOKENS": CALLBACK_TOKEN,
        "OUTREACH_PUBLIC_URL": PUBLIC_URL,
        "OUTREACH_STAFF_URL": STAFF_URL,
        "OUTREACH_DATABASE_URL": settings.database_url,
        "OUTREACH_INSTANCE_PATH": str(settings.instance_path),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "outreach.cli.main", "worker"],
        env={**os.environ, **own},
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.kill()
        process.wait()


def wait_until(is_so: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)
