"""Received texts: how long Notify waits for its 2xx, and whether a STOP is ever too late.

Callbacks come at 100 a second, each at its own moment whatever became of the one before, first with
nothing else to do and then while a campaign sends from another process. Beside them stands the
smallest page Flask can serve, under the same gunicorn at the same pace, for what the machine itself
costs. Then STOP races the claim 1,000 times on each database. Loopback only.
"""

import json
import multiprocessing
import shutil
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.synchronize import Event
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from flask import Flask
from sqlalchemy import func, select

from bench.quick import is_quick
from bench.serving import p99, paced, served, told
from outreach.domain.campaign import CampaignStatus
from outreach.domain.message import MessageStatus
from outreach.extensions import db
from outreach.factory import create_app
from outreach.jobs.pool import close_pools
from outreach.models import Campaign, Message, ReceivedText
from outreach.notify.results import Accepted, SendResult
from outreach.sending.delivery import run_slice
from outreach.sending.jobs import send_pool
from outreach.transaction import transaction
from outreach.web.logs import configure_logging
from tests.databases import free_port, make_sqlite_template, postgres_cluster
from tests.factories import a_list, make_campaign
from tests.replies.race import race
from tests.replies.stage import text_everybody
from tests.settings import CALLBACK_TOKEN, make_settings

PACE = 100
TARGET_P99_MS = 50.0
TEXTS = ("STOP", "who is this?", "ok thanks", "wrong number mate", "can you help me quit", "Stop!!")
_processes = multiprocessing.get_context("spawn")


def smallest() -> Flask:
    app = Flask("smallest")
    app.add_url_rule("/", view_func=lambda: ("", 204), methods=["POST"])
    return app


def site(database_url: str, port: str, folder: str) -> Flask:
    configure_logging()  # as `outreach serve` does: a line a request
    staff_url = f"http://127.0.0.1:{port}"
    return create_app(
        make_settings(database_url=database_url, staff_url=staff_url, instance_path=Path(folder))
    )


def post(port: int, path: str, body: dict[str, str]) -> None:
    data = json.dumps(body).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n"
        f"Authorization: Bearer {CALLBACK_TOKEN}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(data)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), 30) as connection:
        connection.sendall(head.encode() + data)
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))
    if not answer.startswith(b"HTTP/1.1 204"):
        raise RuntimeError(answer[:200].decode(errors="replace"))


def _body(number: int) -> dict[str, str]:
    """From one of 300 people that a campaign texted an hour ago."""
    return {
        "id": str(uuid4()),
        "source_number": f"447700900{number % 300 + 1:03}",
        "destination_number": "07700900500",
        "message": TEXTS[number % len(TEXTS)],
        "date_received": "2026-11-24T01:11:56.000000Z",
    }


def fill(app: Flask) -> None:
    """A campaign that texted 300 people, and one to 690 others that goes on once somebody sends."""
    numbers = [f"07700 900{number:03}" for number in range(1, 991)]
    names = ["Jo"] * len(numbers)
    done = make_campaign(app, CampaignStatus.SENDING, recipients=a_list(numbers[:300], names))
    text_everybody(done)
    going = make_campaign(app, CampaignStatus.SENDING, recipients=a_list(numbers[300:], names))
    with transaction():
        db.session.get_one(Campaign, going.id).is_pilot_passed = True


class _Quick:
    """A Notify that answers in 60 ms."""

    def send_text(self, **_: object) -> SendResult:
        time.sleep(0.06)
        return Accepted(str(uuid4()), 1, "", "447700900500")


def send(database_url: str, folder: str, ending: Event) -> None:
    """A worker's sending, in a process of its own."""
    app = create_app(make_settings(database_url=database_url, instance_path=Path(folder)))
    app.extensions["outreach_gateway"] = _Quick()
    with app.app_context():
        while not ending.is_set():
            if not run_slice("bench", send_pool()):
                time.sleep(0.1)
        close_pools(app)
        db.session.remove()
        db.engine.dispose()


@contextmanager
def sending(database_url: str, folder: str) -> Iterator[None]:
    ending = _processes.Event()
    process = _processes.Process(target=send, args=(database_url, folder, ending))
    process.start()
    try:
        time.sleep(3)  # until it has started
        yield
    finally:
        ending.set()
        process.join(40)
        process.close()


@contextmanager
def opened(database_url: str, folder: str) -> Iterator[Flask]:
    app = create_app(make_settings(database_url=database_url, instance_path=Path(folder)))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def measure(name: str, database_url: str, folder: str, seconds: int) -> bool:
    with opened(database_url, folder) as app:
        fill(app)
    small, ours = free_port(), free_port()
    path = "/notify/received-text"
    call = f"bench.replies_intake:site('{database_url}', '{ours}', '{folder}')"
    with served("bench.replies_intake:smallest()", small), served(call, ours):
        post(small, "/", _body(0))
        post(ours, path, _body(0))
        bare = paced(lambda number: post(small, "/", _body(number)), PACE, seconds)
        alone = paced(lambda number: post(ours, path, _body(number)), PACE, seconds)
        with sending(database_url, folder):
            beside = paced(lambda number: post(ours, path, _body(number)), PACE, seconds)
    with opened(database_url, folder):
        stored = db.session.scalar(select(func.count()).select_from(ReceivedText))
        sent = db.session.scalar(
            select(func.count()).where(Message.status == MessageStatus.ACCEPTED)
        )
    posted = 2 * PACE * seconds + 1
    target = f"target: p99 {TARGET_P99_MS:.0f} ms"
    print(f"{name}: {posted:,} callbacks at {PACE}/s, {stored:,} stored; {target}")
    print(f"  smallest page {told(bare)}")
    print(f"  callback alone {told(alone)}")
    print(f"  callback while {sent:,} texts are sent {told(beside)}")
    return stored == posted and max(p99(alone), p99(beside)) <= TARGET_P99_MS


def run_race(name: str, database_url: str, folder: str, tries: int) -> bool:
    began = time.perf_counter()
    with opened(database_url, folder) as app:
        found = race(app, database_url, Path(folder), tries, seed=20261124)
    print(
        f"{name}: {found.tries:,} STOPs against the claim: {found.before:,} texts were under way "
        f"before the acknowledgement, {found.withheld:,} withheld, {found.after} sent after it, "
        f"{found.refused} callbacks refused ({time.perf_counter() - began:.0f} s)"
    )
    return found.after == 0 and found.refused == 0


def main() -> int:
    quick, met = is_quick("bench.replies_intake"), True
    turns = ((measure, 1 if quick else 10), (run_race, 5 if quick else 1_000))
    with TemporaryDirectory() as name:
        folder = Path(name)
        template = make_sqlite_template(folder)
        for run, size in turns:
            path = folder / f"{run.__name__}.db"
            shutil.copy(template, path)
            met = run("SQLite", f"sqlite:///{path}", name, size) and met
        if quick:
            return 0
        with postgres_cluster() as cluster:
            for run, size in turns:
                met = run("PostgreSQL", cluster.new_database(), name, size) and met
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
