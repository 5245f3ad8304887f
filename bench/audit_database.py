"""The audit log in real databases: what recording costs a request, sealing, proofs, export, verify.

SQLite with a full flush at every commit, and PostgreSQL without one, which makes requests shorter
and so the share of recording larger. `AUDIT_BENCH_SIZE` sets the size of the log: a million entries
unless told otherwise. Shares are given in processor time too, which other work does not change.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import insert

from bench.audit import COMMAND, SEALING_BATCH, judge, record, timed
from outreach.accounts import service as accounts
from outreach.audit import sealing, signing, tree
from outreach.audit import service as audit
from outreach.campaigns import beginning
from outreach.domain.access import Role
from outreach.domain.actor import Actor
from outreach.domain.audit import ActorKind, AuditRecord
from outreach.extensions import db
from outreach.factory import create_app
from outreach.models import AuditEvent
from outreach.transaction import transaction
from tests.conftest import sign_in
from tests.databases import make_sqlite_template, postgres_cluster
from tests.settings import (
    API_KEY,
    CALLBACK_TOKEN,
    DATA_KEYS,
    PUBLIC_URL,
    STAFF_URL,
    make_settings,
)

SIZE = int(os.environ.get("AUDIT_BENCH_SIZE", "1_000_000"))
WARM = 30


@contextmanager
def databases(folder: Path) -> Iterator[dict[str, str]]:
    """The address of a fresh, migrated database of each kind."""
    template = make_sqlite_template(folder)
    with postgres_cluster() as cluster:
        yield {"SQLite": f"sqlite:///{template}", "PostgreSQL": cluster.new_database()}


@contextmanager
def application(url: str, folder: Path) -> Iterator[Flask]:
    app = create_app(make_settings(database_url=url, instance_path=folder))
    app.config.update(WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False)
    with app.app_context():
        yield app
        app.extensions["outreach_engine"].close()
        db.session.remove()
        db.engine.dispose()


class SmallestRequest:
    """A campaign gets another title: one row changes, and an event tells of it."""

    def __init__(self, app: Flask) -> None:
        with transaction():
            user = accounts.invite(
                f"{uuid4().hex}@example.org", [Role.REQUESTER], by=Actor.job("bench")
            )
        requester = Actor(ActorKind.PERSON, str(user.id), "requester", user.id)
        with transaction():
            self.path = f"/campaigns/{beginning.create('Spring', by=requester).id}/title"
        client = sign_in(app.test_client(), user)
        self.host = STAFF_URL.removeprefix("http://")
        self.cookie = f"outreach={client.get_cookie('outreach', domain=self.host).value}"
        self.app = app.wsgi_app
        self.count = 0

    def __call__(self) -> tuple[float, float]:
        """Seconds by the clock and of the processor."""
        self.count += 1
        body = f"title=Spring+{self.count}".encode()
        environ = {
            "REQUEST_METHOD": "POST", "PATH_INFO": self.path, "QUERY_STRING": "",
            "SERVER_NAME": self.host, "SERVER_PORT": "80", "HTTP_HOST": self.host,
            "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1", "HTTP_COOKIE": self.cookie,
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)), "wsgi.input": BytesIO(body),
            "wsgi.errors": sys.stderr, "wsgi.url_scheme": "http", "wsgi.version": (1, 0),
            "wsgi.multithread": False, "wsgi.multiprocess": False, "wsgi.run_once": False,
        }  # fmt: skip
        statuses: list[str] = []
        begun = time.perf_counter(), time.process_time()
        answer = self.app(environ, lambda status, *_: statuses.append(status))
        b"".join(answer)
        answer.close()
        took = time.perf_counter() - begun[0], time.process_time() - begun[1]
        assert statuses[0].startswith("302"), statuses
        return took


def show_recording(app: Flask, requests: int = 400) -> None:
    """The same request with its event and without, in turn, so that both meet the same machine."""
    request = SmallestRequest(app)
    told, untold = [], []
    for _ in range(requests + WARM):
        told.append(request())
        with mock.patch.object(audit, "record", return_value=None):
            untold.append(request())
    shares = []
    for which, name in enumerate(("by the clock", "of the processor")):
        with_event = statistics.median(took[which] for took in told[WARM:])
        without = statistics.median(took[which] for took in untold[WARM:])
        shares.append(with_event / without - 1)
        print(
            f"smallest request that changes something, {name}: {with_event * 1000:.2f} ms with"
            f" its event, {without * 1000:.2f} ms without: {shares[-1]:+.1%}"
        )
    judge("recording", max(shares), "of the request")


def rows(start: int, count: int) -> list[dict[str, object]]:
    return [row(record(number)) for number in range(start, start + count)]


def row(event: AuditRecord) -> dict[str, object]:
    """As `outreach.audit.service` writes it."""
    return {
        "event_id": UUID(event.id),
        "at": event.at,
        "actor_kind": event.actor_kind.value,
        "actor": event.actor,
        "role": event.role,
        "action": event.action.value,
        "category": event.action.category.value,
        "object_type": event.object_type,
        "object_id": event.object_id,
        "campaign_id": None,
        "changes": dict(event.changes),
        "reason": event.reason,
    }


def seal(limit: int) -> None:
    with transaction():
        assert sealing.seal(limit, "bench.example/audit")


@dataclass(frozen=True)
class Figures:
    """Seconds at one size of the log; of the export and the verifying, seconds an event."""

    size: int
    sealing: float
    inclusion: float
    consistency: float
    export: float
    verify: float


def grow_to(size: int) -> float:
    """Write and seal in batches; the median time of sealing one."""
    times = []
    start = tree.newest().tree_size
    while start < size:
        count = min(SEALING_BATCH, size - start)
        with transaction():
            db.session.execute(insert(AuditEvent), rows(start, count))
        times.append(timed(lambda count=count: seal(2 * count)))
        start = tree.newest().tree_size
    median = statistics.median(times)
    print(f"at {size:,}: seal {SEALING_BATCH:,} in {median:.2f} s (median of all batches)")
    judge("seal 10,000", median)
    return median


def show_proofs(size: int) -> tuple[float, float]:
    """The medians of inclusion and of consistency."""
    places = [number * (size - 1) // 200 for number in range(200)]
    inclusion = prove(places, lambda place: tree.prove_inclusion(place, size))
    growth = prove(places, lambda place: tree.prove_consistency(place + 1, size))
    medians = statistics.median(inclusion), statistics.median(growth)
    print(
        f"at {size:,}: inclusion proof {medians[0] * 1000:.2f} ms"
        f" (99%: {inclusion[197] * 1000:.2f} ms), consistency proof"
        f" {medians[1] * 1000:.2f} ms, from the tables"
    )
    judge("inclusion proof", medians[0])
    return medians


def prove(places: list[int], act: Callable[[int], object]) -> list[float]:
    found = []
    for place in places:
        db.session.rollback()
        found.append(timed(lambda place=place: act(place)))
    return sorted(found)


def command(url: str, folder: Path, *arguments: str) -> tuple[float, int, str]:
    """Seconds, peak memory in bytes, what it said."""
    environ = {
        **os.environ,
        "OUTREACH_SECRET_KEY": "k" * 40,
        "OUTREACH_DATA_KEYS": DATA_KEYS,
        "OUTREACH_NOTIFY_API_KEY": API_KEY,
        "OUTREACH_CALLBACK_TOKENS": CALLBACK_TOKEN,
        "OUTREACH_PUBLIC_URL": PUBLIC_URL,
        "OUTREACH_STAFF_URL": STAFF_URL,
        "OUTREACH_DATABASE_URL": url,
        "OUTREACH_INSTANCE_PATH": str(folder),
    }
    begun = time.perf_counter()
    done = subprocess.run(  # noqa: S603  ours
        [sys.executable, "-c", COMMAND, "audit", *arguments],
        check=True, capture_output=True, text=True, env=environ,
    )  # fmt: skip
    took = time.perf_counter() - begun
    peak = done.stdout.splitlines()[-1]
    assert peak.startswith("VmHWM"), done.stdout
    return took, int(peak.split()[1]) * 1024, done.stdout


def show_export(url: str, folder: Path, size: int, key: str) -> tuple[float, float]:
    """Seconds an event, of the export and of the verifying. A range of 1,000 with a proof on each
    line stands beside it: its memory is that of the start."""
    file, small = folder / "export.jsonl", folder / "small.jsonl"
    last = ["--from", str(size - 1_000), "--to", str(size - 1)]
    took, least, _ = command(url, folder, "export", str(small), *last, "--proofs")
    assert command(url, folder, "verify", str(small), "--key", key)[2].startswith("HOLDS")
    print(f"export the last 1,000 with proofs: {took:.1f} s, peak {least / 1e6:.0f} MB")
    wrote, peak, _ = command(url, folder, "export", str(file))
    print(
        f"export {size:,} ({file.stat().st_size / 1e6:.0f} MB): {wrote:.1f} s,"
        f" {wrote / size * 1e6:.0f} us an event, peak {peak / 1e6:.0f} MB"
    )
    took, peak, said = command(url, folder, "verify", str(file), "--key", key)
    assert said.startswith("HOLDS"), said
    print(f"verify {size:,}: {took:.2f} s, peak {peak / 1e6:.0f} MB")
    judge("verify 1,000,000", took)
    file.unlink()
    return wrote / size, took / size


def show_growth(found: list[Figures]) -> None:
    """Each figure at every size, as a multiple of that at the smallest."""
    least = found[0]
    print(f"growth from {least.size:,} entries (1.0 is not at all, for all but the whole file):")
    for name in ("sealing", "inclusion", "consistency", "export", "verify"):
        first = getattr(least, name)
        grown = (f"{getattr(each, name) / first:.2f} at {each.size:,}" for each in found[1:])
        print(f"  {name} {first * 1000:.3f} ms; times {', '.join(grown)}")


def measure(kind: str, url: str, folder: Path) -> None:
    print(f"-- {kind}")
    with application(url, folder) as app:
        show_recording(app)
        seal(SEALING_BATCH)
        found = []
        for size in sorted({max(SIZE // part, 2 * SEALING_BATCH) for part in (50, 10, 1)}):
            sealing_, proofs = grow_to(size), show_proofs(size)
            key = signing.verifiers()[0].text()
            db.session.remove()
            found.append(Figures(size, sealing_, *proofs, *show_export(url, folder, size, key)))
        show_growth(found)


def main() -> None:
    with TemporaryDirectory() as name, databases(Path(name)) as urls:
        for kind, url in urls.items():
            measure(kind, url, Path(name))


if __name__ == "__main__":
    main()
