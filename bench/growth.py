"""Time and statements a message by the size of the list; Notify answers at once."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import event

from bench.quick import is_quick
from bench.sending_site import DATABASES, opened, site
from outreach.extensions import db
from outreach.jobs.pool import close_pools
from outreach.notify.results import Accepted, SendResult
from outreach.sending.delivery import run_slice
from outreach.sending.jobs import send_pool
from tests.chaos.campaign import release_campaign

SIZES = (1_000, 10_000, 100_000)
MOST_SENT = 5_000


class InstantNotify:
    """Takes everything at once."""

    def send_text(self, *, reference: str, **_: object) -> SendResult:
        return Accepted(reference, 1, "", "")

    def close(self) -> None:
        """Nothing to close."""


def growth(database: str, sizes: tuple[int, ...]) -> None:
    base = None
    for size in sizes:
        with site(database) as made, opened(made) as app:
            began = time.monotonic()
            release_campaign(app, made.control, size, send_rate=100_000)
            prepared = time.monotonic() - began
            per_message, statements = _send(app, size)
            base = base or per_message
            print(
                f"growth, {database}: {size:,} messages: {per_message * 1000:.2f} ms and "
                f"{statements:.2f} statements a message (ratio {per_message / base:.2f}); "
                f"drafting to release {prepared:.1f} s",
                flush=True,
            )


def _send(app: Flask, size: int) -> tuple[float, float]:
    """Seconds and statements a message, over at most MOST_SENT of them."""
    app.extensions["outreach_gateway"].close()
    app.extensions["outreach_gateway"] = InstantNotify()
    with app.app_context():
        db.session.execute(db.text("UPDATE campaign SET is_pilot_passed = true"))
        db.session.commit()
        pool, wanted = send_pool(), min(size, MOST_SENT)
        with _statements() as count:
            began = time.monotonic()
            while _done() < wanted and run_slice("bench", pool):
                pass
            pool.drain(60)
            took = time.monotonic() - began
        done = _done()
        assert done >= wanted, f"only {done} of {wanted} messages left"
        close_pools(app)
        return took / done, count[0] / done


@contextmanager
def _statements() -> Iterator[list[int]]:
    """Counts what goes to the database meanwhile."""
    count = [0]

    def add(*_: object) -> None:
        count[0] += 1

    event.listen(db.engine, "before_cursor_execute", add)
    yield count
    event.remove(db.engine, "before_cursor_execute", add)


def _done() -> int:
    with db.engine.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT count(*) FROM message WHERE status <> 'pending'"
        ).scalar()
    return int(found or 0)


def main() -> None:
    if is_quick("bench.growth"):
        growth("sqlite", (200,))
        return
    for database in DATABASES:
        growth(database, SIZES)


if __name__ == "__main__":
    main()
