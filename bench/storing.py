"""Checking, sealing and storing a list of 100,000 rows, against the floor for storing it.

The floor reads the file, makes one HMAC and one AES-GCM box a row, and inserts the rows into the
same table, in bulk and in one transaction: nobody can store a sealed list for less. Ours is the
worker's whole job: the file opened from its spool, every row judged, looked up among suppressions,
holds, the campaign's rows and the frequency cap, given a code, sealed, digested and stored with its
report. Both run in turn on SQLite and on PostgreSQL; the best of each counts. Once more a process
of its own does the job, and tells the most memory it ever held.
"""

import csv
import hmac
import io
import json
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, cast
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import Flask
from sqlalchemy import Table, delete, insert

from bench.intake import BODY
from bench.quick import is_quick
from outreach.domain.access import Role
from outreach.extensions import db
from outreach.factory import create_app
from outreach.models import Campaign, Recipient, RowProblem, Upload
from outreach.recipients import jobs, service
from outreach.recipients.reader import open_list
from outreach.recipients.sample import sample_list
from outreach.transaction import transaction
from tests import factories
from tests.databases import make_sqlite_template, postgres_cluster
from tests.settings import make_settings

AT_MOST_TIMES_THE_FLOOR = 3.0
MEMORY_AT_MOST_MB = 250.0
INSERT_ROWS = 5_000
# What the process itself held since it began; the kernel's ru_maxrss would count its parent too.
WORKER = """
import sys
from pathlib import Path
from outreach.factory import create_app
from outreach.jobs import worker
from outreach.recipients.jobs import check_list
from tests.settings import make_settings

url, folder, upload = sys.argv[1:]
with create_app(make_settings(database_url=url, instance_path=Path(folder))).app_context():
    check_list(upload)
print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
"""


class Site(NamedTuple):
    """The service on a database of its own."""

    name: str
    url: str
    folder: Path
    app: Flask


class Time(NamedTuple):
    """Seconds by the clock, and of this process's processor time."""

    clock: float
    processor: float


def timed(work: Callable[[], object]) -> Time:
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return Time(time.perf_counter() - clock, time.process_time() - processor)


def floor(data: bytes, upload: Upload) -> None:
    """Read, digest, seal and insert, and nothing else."""
    key = AESGCM(secrets.token_bytes(32))
    digest_key = secrets.token_bytes(32)
    upload_id, campaign_id = upload.id, upload.campaign_id
    rows = csv.reader(io.StringIO(data.decode()))
    next(rows)

    def sealed_rows() -> Iterator[dict[str, Any]]:
        for place, row in enumerate(rows, start=1):
            number = f"{place}{row[0]}".encode()
            nonce = secrets.token_bytes(12)
            yield {
                "campaign_id": campaign_id,
                "upload_id": upload_id,
                "row_number": place,
                "phone_digest": hmac.digest(digest_key, number, "sha256"),
                "code_digest": None,
                "sealed": nonce + key.encrypt(nonce, json.dumps(row).encode(), None),
                "fragments": 1,
                "price_multiplier": 1,
            }

    ready = list(sealed_rows())
    table = cast(Table, Recipient.__table__)  # without the ORM, which costs twice as much
    with transaction():
        for start in range(0, len(ready), INSERT_ROWS):
            db.session.execute(insert(table), ready[start : start + INSERT_ROWS])


def start(campaign_id: UUID, data: bytes) -> UUID:
    """A list left to the worker."""
    with transaction():
        campaign = db.session.get_one(Campaign, campaign_id)
        people = factories.cast()
        by = factories.acting(people.requester, Role.REQUESTER)
        file = open_list(data, filename="list.csv", wanted=("name", "reference"))
        return service.start_upload(campaign, file, by=by, data=data).id


def empty() -> None:
    with transaction():
        for model in (Recipient, RowProblem):
            db.session.execute(delete(model))


def compare(site: Site, data: bytes, times: int) -> bool:
    with site.app.app_context():
        template = factories.notify_of(site.app).add_template(body=BODY)
        few = sample_list(3)
        campaign_id = factories.make_campaign(site.app, template=template, recipients=few).id
        floors: list[Time] = []
        ours: list[Time] = []
        for _ in range(times):
            for found, work in ((floors, floor_of), (ours, check_of)):
                upload_id = start(campaign_id, data)
                found.append(timed(work(upload_id, data)))
                empty()
        upload_id = start(campaign_id, data)
        memory = peak_of_worker(site, upload_id)
        assert db.session.get_one(Upload, upload_id).status == "checked"
        db.session.remove()
        db.engine.dispose()
    is_fast = report(
        site.name,
        Time(*map(min, zip(*floors, strict=True))),
        Time(*map(min, zip(*ours, strict=True))),
    )
    print(
        f"{site.name}: peak memory of the worker {memory:.0f} MB"
        f" (target: under {MEMORY_AT_MOST_MB:g})"
    )
    return is_fast and memory < MEMORY_AT_MOST_MB


def peak_of_worker(site: Site, upload_id: UUID) -> float:
    """In MB, of a process that does nothing but this check."""
    done = subprocess.run(  # noqa: S603 our own code
        [sys.executable, "-c", WORKER, site.url, str(site.folder), str(upload_id)],
        stdout=subprocess.PIPE,
        check=True,
    )
    return int(done.stdout) * 1024 / 1e6


def floor_of(upload_id: UUID, data: bytes) -> Callable[[], None]:
    upload = db.session.get_one(Upload, upload_id)
    return lambda: floor(data, upload)


def check_of(upload_id: UUID, data: bytes) -> Callable[[], object]:
    return lambda: jobs.check_list(str(upload_id))


def report(name: str, bare: Time, ours: Time) -> bool:
    ratio, by_processor = ours.clock / bare.clock, ours.processor / bare.processor
    print(
        f"{name}: floor {bare.clock:.2f} s, check and store {ours.clock:.2f} s: "
        f"{ratio:.2f} times by the clock, {by_processor:.2f} by this process's processor time"
        f" (target: at most {AT_MOST_TIMES_THE_FLOOR:g})"
    )
    return ratio <= AT_MOST_TIMES_THE_FLOOR


@contextmanager
def sites() -> Iterator[Iterator[Site]]:
    with tempfile.TemporaryDirectory() as name, postgres_cluster() as cluster:
        folder = Path(name)
        sqlite = f"sqlite:///{make_sqlite_template(folder)}"
        addresses = {"SQLite": sqlite, "PostgreSQL": cluster.new_database()}
        yield (
            Site(
                kind, url, folder, create_app(make_settings(database_url=url, instance_path=folder))
            )
            for kind, url in addresses.items()
        )


def main() -> None:
    quick = is_quick("bench.storing")
    data = sample_list(200 if quick else 100_000, seed=1)
    with sites() as every:
        met = [compare(site, data, times=1 if quick else 3) for site in every]
    sys.exit(not (quick or all(met)))


if __name__ == "__main__":
    main()
