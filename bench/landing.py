"""The landing page against the smallest page Flask can serve: same gunicorn, same run, by turns.

Also how long a page takes when 200 a second are asked for, each at its own moment whatever became
of the one before. Loopback only. `wrk` makes the load where it is installed; a small generator in
Python otherwise, which costs the machine more and so flatters the ratio.
"""

import re
import shutil
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from flask import Flask

from bench.quick import is_quick
from bench.serving import p99, paced, served, told
from outreach.accounts import service as accounts
from outreach.domain.actor import Actor
from outreach.domain.referral import new_code, spoken
from outreach.extensions import db
from outreach.factory import create_app
from outreach.transaction import transaction
from outreach.web.logs import configure_logging
from tests.databases import free_port, migrate, postgres_cluster
from tests.referrals.released import release
from tests.settings import make_settings

SECONDS, CONNECTIONS, PACE = 1, 16, 200
TARGET_RATIO, TARGET_P99_MS = 0.5, 50.0


class Size(NamedTuple):
    rounds: int = 12
    paced_seconds: int = 10
    recipients: int = 20_000


def smallest() -> Flask:
    app = Flask("smallest")
    app.add_url_rule("/", view_func=lambda: "hello")
    return app


def site(database_url: str, port: str, folder: str) -> Flask:
    configure_logging()  # as `outreach serve` does: a line a request
    public_url = f"http://127.0.0.1:{port}"
    settings = make_settings(
        database_url=database_url, public_url=public_url, instance_path=Path(folder)
    )
    return create_app(settings)


def fill(database_url: str, folder: str, recipients: int) -> str:
    """A released campaign of so many; one of its codes, as it is written."""
    settings = make_settings(database_url=database_url, instance_path=Path(folder))
    with create_app(settings).app_context():
        with transaction():
            accounts.add_organisation(
                name="Riverside Support",
                phone="0808 157 0123",
                website="https://riverside.example.org",
                by=Actor.job("bench"),
            )
        code = release(recipients).people[recipients // 2].code
        db.session.remove()
        db.engine.dispose()
    return spoken(code)


def fetch(port: int, path: str) -> bytes:
    with socket.create_connection(("127.0.0.1", port)) as connection:
        request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
        connection.sendall(request.encode())
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))
    if not answer.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(answer[:200].decode(errors="replace"))
    return answer


def look(port: int, path: str) -> None:
    fetch(port, path)


def load_by_wrk(port: int, path: str) -> float:
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}", f"http://127.0.0.1:{port}{path}"]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
    if "Non-2xx" in told:
        raise RuntimeError(told)
    return float(re.findall(r"Requests/sec:\s+([\d.]+)", told)[0])


def load_by_python(port: int, path: str) -> float:
    ends, counts = time.perf_counter() + SECONDS, [0] * CONNECTIONS

    def ask(number: int) -> None:
        while time.perf_counter() < ends:
            fetch(port, path)
            counts[number] += 1

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / SECONDS


def measure(name: str, database_url: str, load: Callable[[int, str], float], size: Size) -> bool:
    with TemporaryDirectory() as folder:
        code = fill(database_url, folder, size.recipients)
        small, ours = free_port(), free_port()
        call = f"bench.landing:site('{database_url}', '{ours}', '{folder}')"
        with served("bench.landing:smallest()", small), served(call, ours):
            answer = fetch(ours, f"/h/{code}")
            pairs = [
                (load(small, "/"), load(ours, f"/h/{code}"), load(ours, f"/h/{spoken(new_code())}"))
                for _ in range(size.rounds)
            ]
            times = paced(lambda _: look(ours, f"/h/{code}"), PACE, size.paced_seconds)
    bare, valid, unknown = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(ours / least for least, ours, _ in pairs)
    print(f"{name}: {len(answer):,} bytes with headers, {size.recipients:,} recipients")
    print(f"  smallest page {bare:,.0f}/s; valid code {valid:,.0f}/s; unknown {unknown:,.0f}/s")
    print(f"  ratio {ratio:.2f} (target {TARGET_RATIO}, median of {size.rounds} rounds by turns)")
    print(f"  at {PACE}/s: {told(times)} of {len(times):,} (target: p99 {TARGET_P99_MS:.0f} ms)")
    return ratio >= TARGET_RATIO and p99(times) <= TARGET_P99_MS


def main() -> int:
    quick = is_quick("bench.landing")
    size = Size(rounds=1, paced_seconds=1, recipients=20) if quick else Size()
    tool = "wrk" if shutil.which("wrk") else "the generator in Python"
    load = load_by_wrk if tool == "wrk" else load_by_python
    print(f"Landing page; load by {tool}, {CONNECTIONS} connections, {SECONDS} s a turn")
    with TemporaryDirectory() as folder:
        sqlite = f"sqlite:///{folder}/outreach.db"
        migrate(sqlite)
        met = measure("SQLite", sqlite, load, size)
    if quick:
        return 0
    with postgres_cluster() as cluster:
        met = measure("PostgreSQL", cluster.new_database(), load, size) and met
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
