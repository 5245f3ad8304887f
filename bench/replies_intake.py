"""Received texts: how long Notify waits for its 2xx, and whether a STOP is ever too late.

Callbacks come at 100 a second, each at its own moment whatever became of the one before, first with
nothing else to do and then while a campaign sends from another process. Beside them stands the
smallest page Flask can serve, under the same gunicorn at the same pace, for what the machine itself
costs. Then STOP races the claim 1,000 times on each database. Loopback only.
"""

import json
import multiprocessing
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing.synchronize import Event
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from flask import Flask
from sqlalchemy import func, select

from bench.landing import wait_for
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

PACE, SECONDS = 100, 10
TARGET_P99_MS = 50.0
RACE_TRIES = int(os.environ.get("OUTREACH_RACE_TRIES", "1000"))
TEXTS = ("STOP", "who is this?", "ok thanks", "wrong number mate", "can you help me quit", "Stop!!")
ROOT = Path(__file__).resolve().parents[1]
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


@contextmanager
def served(call: str, port: int) -> Iterator[None]:
    """Two synchronous processes of gunicorn, as `outreach serve` starts them."""
    command = [
        *(sys.executable, "-m", "gunicorn", "--workers=2", "--worker-class=sync"),
        *(f"--bind=127.0.0.1:{port}", "--log-level=error", "--no-control-socket", call),
    ]
    with Path(os.devnull).open("w") as nowhere:
        server = subprocess.Popen(command, cwd=ROOT, stderr=nowhere)  # noqa: S603 - our own words
        try:
            wait_for(port)
            yield
        finally:
            server.terminate()
            server.wait()


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


def latencies(port: int, path: str) -> list[float]:
    """Milliseconds from the moment each callback was due, PACE a second."""
    began = time.perf_counter() + 0.2

    def hand_in(number: int) -> float:
        due = began + number / PACE
        time.sleep(max(0.0, due - time.perf_counter()))
        post(port, path, _body(number))
        return (time.perf_counter() - due) * 1000

    with ThreadPoolExecutor(32) as pool:
        return sorted(pool.map(hand_in, range(PACE * SECONDS)))


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


def measure(name: str, database_url: str, folder: str) -> bool:
    with opened(database_url, folder) as app:
        fill(app)
    small, ours = free_port(), free_port()
    path = "/notify/received-text"
    call = f"bench.replies_intake:site('{database_url}', '{ours}', '{folder}')"
    with served("bench.replies_intake:smallest()", small), served(call, ours):
        post(small, "/", _body(0))
        post(ours, path, _body(0))
        bare = latencies(small, "/")
        alone = latencies(ours, path)
        with sending(database_url, folder):
            beside = latencies(ours, path)
    with opened(database_url, folder):
        stored = db.session.scalar(select(func.count()).select_from(ReceivedText))
        sent = db.session.scalar(
            select(func.count()).where(Message.status == MessageStatus.ACCEPTED)
        )
    print(f"{name}: {2 * PACE * SECONDS + 1:,} callbacks at {PACE}/s, {stored:,} stored")
    print(f"  smallest page {told(bare)}")
    print(f"  callback alone {told(alone)}")
    print(f"  callback while {sent:,} texts are sent {told(beside)}")
    return stored == 2 * PACE * SECONDS + 1 and max(p99(alone), p99(beside)) <= TARGET_P99_MS


def p99(times: list[float]) -> float:
    return times[len(times) * 99 // 100]


def told(times: list[float]) -> str:
    return (
        f"p50 {times[len(times) // 2]:.1f} ms, p99 {p99(times):.1f} ms "
        f"(target {TARGET_P99_MS:.0f} ms), worst {times[-1]:.1f} ms"
    )


def run_race(name: str, database_url: str, folder: str) -> bool:
    began = time.perf_counter()
    with opened(database_url, folder) as app:
        found = race(app, database_url, Path(folder), RACE_TRIES, seed=20261124)
    print(
        f"{name}: {found.tries:,} STOPs against the claim: {found.before:,} texts were under way "
        f"before the acknowledgement, {found.withheld:,} withheld, {found.after} sent after it, "
        f"{found.refused} callbacks refused ({time.perf_counter() - began:.0f} s)"
    )
    return found.after == 0 and found.refused == 0


def main() -> int:
    met = True
    with TemporaryDirectory() as name:
        folder = Path(name)
        template = make_sqlite_template(folder)
        for turn, run in (("intake", measure), ("race", run_race)):
            path = folder / f"{turn}.db"
            shutil.copy(template, path)
            met = run("SQLite", f"sqlite:///{path}", name) and met
        with postgres_cluster() as cluster:
            for run in (measure, run_race):
                met = run("PostgreSQL", cluster.new_database(), name) and met
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
