"""The audit log in real databases: what recording costs a request, sealing, proofs, export, verify.

SQLite with a full flush at every commit, and PostgreSQL without one, which makes requests shorter
and so the share of recording larger. The log grows to a million entries. Shares are given in
processor time too, which other work does not change.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock
from uuid import UUID

from flask import Flask
from sqlalchemy import insert

from bench.audit import COMMAND, SEALING_BATCH, judge, record, timed
from bench.quick import is_quick
from bench.smallest_request import SmallestRequest
from outreach.audit import sealing, signing, tree
from outreach.audit import service as audit
from outreach.domain.audit import AuditRecord
from outreach.extensions import db
from outreach.factory import create_app
from outreach.models import AuditEvent
from outreach.transaction import transaction
from tests.databases import make_sqlite_template, postgres_cluster
from tests.settings import (
    API_KEY,
    CALLBACK_TOKEN,
    DATA_KEYS,
    PUBLIC_URL,
    STAFF_URL,
    make_settings,
)


@dataclass(frozen=True)
class Size:
    """How much is measured: entries of the log, those sealed at once, requests after warm ones."""

    logs: tuple[int, ...] = (20_000, 100_000, 1_000_000)
    batch: int = SEALING_BATCH
    requests: int = 400
    warm: int = 30


QUICK = Size(logs=(1_200,), batch=600, requests=5, warm=1)


@contextmanager
def databases(folder: Path) -> Iterator[dict[str, str]]:
    """The address of a fresh, migrated database of each kind."""
    template = make_sqlite_template(folder)
    with postgres_cluster() as cluster:
        yield {"SQLite": f"sqlite:///{template}", "PostgreSQL": cluster.new_database()}


@contextmanager
def application(url: str, folder: Path) -> Iterator[Flask]:
    app = create_app(make_settings(database_url=url, instance_path=folder))
    app.config.update(WTF_CSRF_ENABLED=False)
    with app.app_context():
        yield app
        app.extensions["outreach_engine"].close()
        db.session.remove()
        db.engine.dispose()


def show_recording(app: Flask, size: Size) -> bool:
    """The same request with its event and without, in turn, so that both meet the same machine."""
    request = SmallestRequest(app)
    told, untold = [], []
    for _ in range(size.requests + size.warm):
        told.append(request())
        with mock.patch.object(audit, "record", return_value=None):
            untold.append(request())
    shares = []
    for which, name in enumerate(("by the clock", "of the processor")):
        with_event = statistics.median(took[which] for took in told[size.warm :])
        without = statistics.median(took[which] for took in untold[size.warm :])
        shares.append(with_event / without - 1)
        print(
            f"smallest request that changes something, {name}: {with_event * 1000:.2f} ms with"
            f" its event, {without * 1000:.2f} ms without: {shares[-1]:+.1%}"
        )
    return judge("recording", max(shares), "of the request")


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


def grow_to(size: int, batch: int) -> float:
    """Write and seal in batches; the median time of sealing one."""
    times = []
    start = tree_size()
    while start < size:
        count = min(batch, size - start)
        with transaction():
            db.session.execute(insert(AuditEvent), rows(start, count))
        times.append(timed(partial(seal, 2 * count)))
        start = tree_size()
    median = statistics.median(times)
    print(f"at {size:,}: seal {batch:,} in {median:.2f} s (median of all batches)")
    return median


def tree_size() -> int:
    newest = tree.newest()
    assert newest is not None
    return newest.tree_size


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
    return medians


def prove(places: list[int], act: Callable[[int], object]) -> list[float]:
    found = []
    for place in places:
        db.session.rollback()
        found.append(timed(partial(act, place)))
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
    """Seconds an event, of the export and of the verifying. Before it a tenth of the log, with a
    proof on each line."""
    file, tenth = folder / "export.jsonl", size // 10
    last = ["--from", str(size - tenth), "--proofs"]
    took, peak, _ = command(url, folder, "export", str(file), *last)
    assert command(url, folder, "verify", str(file), "--key", key)[2].startswith("HOLDS")
    print(
        f"export the last {tenth:,} with a proof each: {took:.1f} s,"
        f" {took / tenth * 1e6:.0f} us an event, peak {peak / 1e6:.0f} MB; verifies"
    )
    wrote, peak, _ = command(url, folder, "export", str(file))
    print(
        f"export {size:,} ({file.stat().st_size / 1e6:.0f} MB): {wrote:.1f} s,"
        f" {wrote / size * 1e6:.0f} us an event, peak {peak / 1e6:.0f} MB"
    )
    took, peak, said = command(url, folder, "verify", str(file), "--key", key)
    assert said.startswith("HOLDS"), said
    print(f"verify {size:,}: {took:.2f} s, peak {peak / 1e6:.0f} MB")
    file.unlink()
    return wrote / size, took / size


def show_growth(found: list[Figures]) -> None:
    """Each figure at every larger size, as a multiple of that at the smallest."""
    least = found[0]
    print(f"growth from {least.size:,} entries (1.0 is not at all, for all but the whole file):")
    for name in ("sealing", "inclusion", "consistency", "export", "verify"):
        first = getattr(least, name)
        grown = (f"{getattr(each, name) / first:.2f} at {each.size:,}" for each in found[1:])
        print(f"  {name} {first * 1000:.3f} ms; times {', '.join(grown)}")


def measure(kind: str, url: str, folder: Path, wanted: Size) -> bool:
    """Whether every target is met, at the largest log."""
    print(f"-- {kind}")
    with application(url, folder) as app:
        met = show_recording(app, wanted)
        seal(wanted.batch)
        found = []
        for size in wanted.logs:
            sealing_, proofs = grow_to(size, wanted.batch), show_proofs(size)
            key = signing.verifiers()[0].text()
            db.session.remove()
            found.append(Figures(size, sealing_, *proofs, *show_export(url, folder, size, key)))
        show_growth(found)
    largest = found[-1]
    return all(
        [
            met,
            judge("seal 10,000", largest.sealing),
            judge("inclusion proof", largest.inclusion),
            judge("verify 1,000,000", largest.verify * largest.size),
        ]
    )


def main() -> int:
    quick = is_quick("bench.audit_database")
    wanted = QUICK if quick else Size()
    with TemporaryDirectory() as name, databases(Path(name)) as urls:
        kinds = list(urls)[:1] if quick else list(urls)
        met = [measure(kind, urls[kind], Path(name), wanted) for kind in kinds]
    return 0 if quick or all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
