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
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask

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

ROUNDS, SECONDS, CONNECTIONS = 12, 1, 16
PACE, PACED_SECONDS = 200, 10
TARGET_RATIO, TARGET_P99_MS = 0.5, 50.0
RECIPIENTS = 20_000
ROOT = Path(__file__).resolve().parents[1]


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


def fill(database_url: str, folder: str) -> str:
    """A released campaign of RECIPIENTS; one of its codes, as it is written."""
    settings = make_settings(database_url=database_url, instance_path=Path(folder))
    with create_app(settings).app_context():
        with transaction():
            accounts.add_organisation(
                name="Riverside Support",
                phone="0808 157 0123",
                website="https://riverside.example.org",
                by=Actor.job("bench"),
            )
        code = release(RECIPIENTS).people[RECIPIENTS // 2].code
        db.session.remove()
        db.engine.dispose()
    return spoken(code)


@contextmanager
def served(call: str, port: int) -> Iterator[None]:
    """Two synchronous processes of gunicorn, as `outreach serve` starts them."""
    command = [
        *(sys.executable, "-m", "gunicorn", "--workers=2", "--worker-class=sync"),
        *(f"--bind=127.0.0.1:{port}", "--log-level=error", "--no-control-socket", call),
    ]
    with Path("/dev/null").open("w") as nowhere:
        server = subprocess.Popen(command, cwd=ROOT, stderr=nowhere)  # noqa: S603 - our own words
        try:
            wait_for(port)
            yield
        finally:
            server.terminate()
            server.wait()


def wait_for(port: int) -> None:
    for _ in range(400):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("gunicorn did not start")


def fetch(port: int, path: str) -> bytes:
    with socket.create_connection(("127.0.0.1", port)) as connection:
        request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
        connection.sendall(request.encode())
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))
    if not answer.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(answer[:200].decode(errors="replace"))
    return answer


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


def latencies(port: int, path: str) -> list[float]:
    """Milliseconds from the moment each request was due, PACE a second."""
    began = time.perf_counter() + 0.2

    def ask(number: int) -> float:
        due = began + number / PACE
        time.sleep(max(0.0, due - time.perf_counter()))
        fetch(port, path)
        return (time.perf_counter() - due) * 1000

    with ThreadPoolExecutor(32) as pool:
        return sorted(pool.map(ask, range(PACE * PACED_SECONDS)))


def measure(name: str, database_url: str, load: Callable[[int, str], float]) -> bool:
    with TemporaryDirectory() as folder:
        code, small, ours = fill(database_url, folder), free_port(), free_port()
        call = f"bench.landing:site('{database_url}', '{ours}', '{folder}')"
        with served("bench.landing:smallest()", small), served(call, ours):
            answer = fetch(ours, f"/h/{code}")
            pairs = [
                (load(small, "/"), load(ours, f"/h/{code}"), load(ours, f"/h/{spoken(new_code())}"))
                for _ in range(ROUNDS)
            ]
            times = latencies(ours, f"/h/{code}")
    bare, valid, unknown = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(ours / least for least, ours, _ in pairs)
    p99 = times[len(times) * 99 // 100]
    print(f"{name}: {len(answer):,} bytes with headers, {RECIPIENTS:,} recipients")
    print(f"  smallest page {bare:,.0f}/s; valid code {valid:,.0f}/s; unknown {unknown:,.0f}/s")
    print(f"  ratio {ratio:.2f} (target {TARGET_RATIO}, median of {ROUNDS} rounds by turns)")
    print(
        f"  at {PACE}/s: p50 {times[len(times) // 2]:.1f} ms, p99 {p99:.1f} ms "
        f"(target {TARGET_P99_MS:.0f} ms), worst {times[-1]:.1f} ms of {len(times):,}"
    )
    return ratio >= TARGET_RATIO and p99 <= TARGET_P99_MS


def main() -> int:
    tool = "wrk" if shutil.which("wrk") else "the generator in Python"
    load = load_by_wrk if tool == "wrk" else load_by_python
    print(f"Landing page; load by {tool}, {CONNECTIONS} connections, {SECONDS} s a turn")
    with TemporaryDirectory() as folder:
        sqlite = f"sqlite:///{folder}/outreach.db"
        migrate(sqlite)
        met = measure("SQLite", sqlite, load)
    with postgres_cluster() as cluster:
        met = measure("PostgreSQL", cluster.new_database(), load) and met
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
