"""How fast and how evenly texts leave: `python -m bench.sending [part …]`.

Each part prints figures with their ratio to something measured in the same run, because absolute
figures are this machine's. Parts: speed, pace, shared, callback, growth.
"""

import argparse
import os
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import requests
from sqlalchemy import event

from bench.outbox import bare_outbox
from outreach.extensions import db
from outreach.factory import create_app
from outreach.jobs.pool import close_pools
from outreach.notify.results import Accepted, SendResult
from outreach.sending.delivery import run_slice
from outreach.sending.jobs import send_pool
from tests.chaos.campaign import release_campaign
from tests.chaos.site import ChaosSite
from tests.settings import CALLBACK_TOKEN

LATENCY_MS = 60
FREE_RATE = 5_000
DATABASES = ("sqlite", "postgresql")
TICKS = os.sysconf("SC_CLK_TCK")


@contextmanager
def site(database: str, **options: object) -> Iterator[ChaosSite]:
    folder = Path(tempfile.mkdtemp(prefix="outreach-bench-"))
    try:
        with ChaosSite(folder, database, workers=1, seed=1, **options) as made:
            yield made
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def speed(messages: int) -> None:
    """One worker without a bucket, against a bare outbox: the same client, claims and threads."""
    for database in DATABASES:
        with site(database, latency_ms=LATENCY_MS) as made:
            made.control.callbacks(receipts=None)  # their cost is measured by itself
            bare = bare_outbox(database, made, messages)
            made.control.reset()
            made.control.callbacks(receipts=None)
            app = create_app(made.settings)
            release_campaign(
                app,
                made.control,
                messages,
                send_rate=FREE_RATE,
                pilot_percent=100,
                pilot_messages=messages,
            )
            made.start_workers("outreach.cli.main", "worker")
            ours, cpu = _rate(made, messages)
            print(
                f"speed, {database}: {ours:.0f} messages/s with {cpu:.0%} of a core; bare outbox "
                f"{bare:.0f}/s; ratio {ours / bare:.2f}",
                flush=True,
            )
            _close(app)


def pace(seconds: int) -> None:
    """With the real bucket: 95% of 3,000 a minute without one refusal, and what that costs."""
    messages = 48 * (seconds + 10)
    with site("sqlite", rate_limit="3000", latency_ms=LATENCY_MS) as made:
        app = create_app(made.settings)
        release_campaign(app, made.control, messages, pilot_percent=100, pilot_messages=messages)
        made.start_workers("outreach.cli.main", "worker")
        _wait_until(lambda: _accepted(made) > 0)
        began, first, cpu = time.monotonic(), _accepted(made), _cpu(made)
        time.sleep(seconds)
        took = time.monotonic() - began
        rate = (_accepted(made) - first) / took * 60
        seen = made.control.statistics()
        print(
            f"pace: {rate:.0f} a minute over {took:.0f} s, {rate / 3000:.1%} of the ceiling; "
            f"busiest minute {seen.busiest_60s}; refusals {seen.refused_429_rate}; "
            f"{(_cpu(made) - cpu) / took:.0%} of a core",
            flush=True,
        )
        _close(app)


def shared(other: int) -> None:
    """Another user of the key empties the bucket: when are we back at 90% of what is left?"""
    with site("sqlite", rate_limit="3000", latency_ms=LATENCY_MS) as made:
        app = create_app(made.settings)
        release_campaign(app, made.control, 10_000, pilot_percent=100, pilot_messages=10_000)
        made.start_workers("outreach.cli.main", "worker")
        _wait_until(lambda: _accepted(made) > 50)
        made.control.limits(key_type="normal", tokens=5, other_caller=other)
        _wait_until(lambda: made.control.statistics().refused_429_rate > 0)
        began, counts = time.monotonic(), [_accepted(made)]
        for second in range(1, 121):
            time.sleep(max(0, began + second - time.monotonic()))
            counts.append(_accepted(made))
        left = 50 - other
        goal = [
            second
            for second in range(10, 121)
            if (counts[second] - counts[second - 10]) / 10 >= 0.9 * left
        ]
        late = (counts[120] - counts[60]) / 60
        print(
            f"shared: {other}/s by another user leave {left}/s; at 90% of that over ten seconds "
            f"after {goal[0] if goal else 'more than 120'} s; {late:.1f}/s in the second minute "
            f"({late / left:.0%}); refusals {made.control.statistics().refused_429_rate}",
            flush=True,
        )
        _close(app)


def callback(seconds: int) -> None:
    """Receipts at 100 a second while a campaign sends at the ceiling: how long is the 99th?"""
    for database in DATABASES:
        messages = 48 * (2 * seconds + 40)
        with site(database, rate_limit="3000", latency_ms=LATENCY_MS) as made:
            app = create_app(made.settings)
            release_campaign(
                app, made.control, messages, pilot_percent=100, pilot_messages=messages
            )
            made.control.callbacks(receipts=None)  # ours are posted below, and timed
            made.start_workers("outreach.cli.main", "worker")
            _wait_until(lambda made=made: _accepted(made) > 48 * 15)
            alive = _a_hundred_a_second(
                lambda session, _, made=made: session.get(f"{made.staff_url}/healthz").status_code,
                200,
                seconds,
            )
            times = _post_receipts(made, seconds)
            print(
                f"callback, {database}: {len(times) / seconds:.0f}/s while sending; median "
                f"{statistics.median(times):.1f} ms, p99 {_share(times, 0.99):.1f} ms, longest "
                f"{max(times):.1f} ms; /healthz in the same run: median "
                f"{statistics.median(alive):.1f} ms, p99 {_share(alive, 0.99):.1f} ms",
                flush=True,
            )
            _close(app)


def growth(sizes: tuple[int, ...]) -> None:
    """Time and statements per message by the size of the list; Notify answers at once."""
    for database in DATABASES:
        base = None
        for size in sizes:
            with site(database) as made:
                app = create_app(made.settings)
                began = time.monotonic()
                release_campaign(app, made.control, size, send_rate=100_000)
                prepared = time.monotonic() - began
                per_message, statements = _slices(app, size)
                base = base or per_message
                print(
                    f"growth, {database}: {size:,} messages: {per_message * 1000:.2f} ms and "
                    f"{statements:.2f} statements a message (ratio {per_message / base:.2f}); "
                    f"drafting to release {prepared:.1f} s",
                    flush=True,
                )
                _close(app)


class InstantNotify:
    """Takes everything at once."""

    def send_text(self, *, reference: str, **_: object) -> SendResult:
        return Accepted(reference, 1, "", "")

    def close(self) -> None:
        """Nothing to close."""


def _slices(app, size: int) -> tuple[float, float]:
    """Seconds and statements a message, over at most 5,000 of them."""
    app.extensions["outreach_gateway"].close()
    app.extensions["outreach_gateway"] = InstantNotify()
    count = [0]
    with app.app_context():
        db.session.execute(db.text("UPDATE campaign SET is_pilot_passed = true"))
        db.session.commit()
        listen = event.listen(db.engine, "before_cursor_execute", lambda *_: _add(count))
        pool, wanted = send_pool(), min(size, 5_000)
        began = time.monotonic()
        while _done(app) < wanted and run_slice("bench", pool):
            pass
        pool.drain(60)
        took = time.monotonic() - began
        done = _done(app)
        del listen
        close_pools(app)
        return took / done, count[0] / done


def _add(count: list[int]) -> None:
    count[0] += 1


def _done(app) -> int:
    with db.engine.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT count(*) FROM message WHERE status <> 'pending'"
        ).scalar()
    return int(found or 0)


def _post_receipts(made: ChaosSite, seconds: int) -> list[float]:
    """Milliseconds of each."""
    waiting = [(message.id, message.reference) for message in made.control.messages()]
    headers = {"Authorization": f"Bearer {CALLBACK_TOKEN}"}

    def post(session: requests.Session, number: int) -> int:
        uid, reference = waiting[number % len(waiting)]  # a receipt may come twice
        body = {"id": uid, "reference": reference, "status": "delivered", "to": "x"}
        url = f"{made.staff_url}/notify/delivery-receipt"
        return session.post(url, json=body, headers=headers, timeout=30).status_code

    return _a_hundred_a_second(post, 204, seconds)


def _a_hundred_a_second(
    ask: Callable[[requests.Session, int], int], expected: int, seconds: int
) -> list[float]:
    """Milliseconds of each request, from eight senders that together make a hundred a second."""
    times: list[float] = []
    began = time.monotonic()

    def run(place: int) -> None:
        with requests.Session() as session:
            for number in range(place, 100 * seconds, 8):
                time.sleep(max(0, began + number / 100 - time.monotonic()))
                start = time.perf_counter()
                status = ask(session, number)
                times.append((time.perf_counter() - start) * 1000)
                assert status == expected, status
                if time.monotonic() - began > seconds:
                    return

    threads = [threading.Thread(target=run, args=(place,)) for place in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def _rate(made: ChaosSite, messages: int) -> tuple[float, float]:
    """Messages a second without the first and last twentieth, and the worker's share of a core."""
    _wait_until(lambda: _accepted(made) >= messages // 20)
    began, first, cpu = time.monotonic(), _accepted(made), _cpu(made)
    _wait_until(lambda: _accepted(made) >= messages * 19 // 20)
    took = time.monotonic() - began
    return (_accepted(made) - first) / took, (_cpu(made) - cpu) / took


def _accepted(made: ChaosSite) -> int:
    return made.control.statistics().accepted


def _cpu(made: ChaosSite) -> float:
    """Seconds of processor time of the worker."""
    fields = Path(f"/proc/{made.worker_pids()[0]}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _wait_until(is_so: Callable[[], bool], seconds: float = 600) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "nothing moved for too long"
        time.sleep(0.1)


def _share(times: list[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def _close(app) -> None:
    app.extensions["outreach_gateway"].close()
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.sending", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", default=["speed", "pace", "shared", "callback", "growth"]
    )
    parser.add_argument("--quick", action="store_true", help="shorter runs, for a look")
    options = parser.parse_args()
    quick = options.quick
    runs: dict[str, Callable[[], None]] = {
        "speed": lambda: speed(3_000 if quick else 8_000),
        "pace": lambda: pace(60 if quick else 300),
        "shared": lambda: shared(20),
        "callback": lambda: callback(10 if quick else 30),
        "growth": lambda: growth((1_000, 10_000) if quick else (1_000, 10_000, 100_000)),
    }
    for part in options.parts:
        runs[part]()


if __name__ == "__main__":
    main()
