"""How fast and how evenly texts leave, in three parts: speed, pace, shared.

Each prints figures with their ratio to something measured in the same run, because absolute figures
are this machine's.
"""

import time
from collections.abc import Sequence

from bench.outbox import bare_outbox
from bench.quick import is_quick
from bench.sending_site import (
    DATABASES,
    accepted_by,
    opened,
    processor_of,
    site,
    start,
    wait_until,
)
from tests.chaos.campaign import release_campaign
from tests.chaos.site import ChaosSite

FREE_RATE = 5_000
CEILING = 3_000
"""Notify's, a minute."""


def speed(messages: int, databases: Sequence[str] = DATABASES) -> None:
    """One worker without a bucket, against a bare outbox: the same client, claims and threads."""
    for database in databases:
        with site(database) as made:
            made.control.callbacks(receipts=None)  # their cost is measured by itself
            bare = bare_outbox(database, made, messages)
            made.control.reset()
            made.control.callbacks(receipts=None)
            ours, cpu = _send(made, messages)
        print(
            f"speed, {database}: {ours:.0f} messages/s with {cpu:.0%} of a core; bare outbox "
            f"{bare:.0f}/s; ratio {ours / bare:.2f}",
            flush=True,
        )


def _send(made: ChaosSite, messages: int) -> tuple[float, float]:
    """Messages a second without the first and last twentieth, and the worker's share of a core."""
    with opened(made) as app:
        release_campaign(
            app,
            made.control,
            messages,
            send_rate=FREE_RATE,
            pilot_percent=100,
            pilot_messages=messages,
        )
        start(made, accepted=messages // 20 - 1)
        began, first, cpu = time.monotonic(), accepted_by(made), processor_of(made)
        wait_until(lambda: accepted_by(made) >= messages * 19 // 20)
        took = time.monotonic() - began
        return (accepted_by(made) - first) / took, (processor_of(made) - cpu) / took


def pace(seconds: int) -> None:
    """With the real bucket: 95% of 3,000 a minute without one refusal, and what that costs."""
    messages = 48 * (seconds + 10)
    with site("sqlite", rate_limit=str(CEILING)) as made, opened(made) as app:
        release_campaign(app, made.control, messages, pilot_percent=100, pilot_messages=messages)
        start(made)
        began, first, cpu = time.monotonic(), accepted_by(made), processor_of(made)
        time.sleep(seconds)
        took = time.monotonic() - began
        rate = (accepted_by(made) - first) / took * 60
        seen = made.control.statistics()
        print(
            f"pace: {rate:.0f} a minute over {took:.0f} s, {rate / CEILING:.1%} of the ceiling; "
            f"busiest minute {seen.busiest_60s}; refusals {seen.refused_429_rate}; "
            f"{(processor_of(made) - cpu) / took:.0%} of a core",
            flush=True,
        )


def shared(other: int, seconds: int) -> None:
    """Another user of the key empties the bucket: when are we back at 90% of what is left?"""
    with site("sqlite", rate_limit=str(CEILING)) as made, opened(made) as app:
        release_campaign(app, made.control, 10_000, pilot_percent=100, pilot_messages=10_000)
        start(made, accepted=50)
        made.control.limits(key_type="normal", tokens=5, other_caller=other)
        wait_until(lambda: made.control.statistics().refused_429_rate > 0)
        counts = _count_each_second(made, seconds)
        refused = made.control.statistics().refused_429_rate
    left = CEILING // 60 - other
    tens = range(10, seconds + 1)
    goal = [s for s in tens if (counts[s] - counts[s - 10]) / 10 >= 0.9 * left]
    half = seconds // 2
    late = (counts[seconds] - counts[half]) / (seconds - half)
    print(
        f"shared: {other}/s by another user leave {left}/s; at 90% of that over ten seconds "
        f"after {goal[0] if goal else f'more than {seconds}'} s; {late:.1f}/s in the second half "
        f"of {seconds} s ({late / left:.0%}); refusals {refused}",
        flush=True,
    )


def _count_each_second(made: ChaosSite, seconds: int) -> list[int]:
    """Accepted so far, at the beginning and after each second."""
    began, counts = time.monotonic(), [accepted_by(made)]
    for second in range(1, seconds + 1):
        time.sleep(max(0, began + second - time.monotonic()))
        counts.append(accepted_by(made))
    return counts


def main() -> None:
    if is_quick("bench.sending"):
        speed(200, ["sqlite"])
        pace(2)
        shared(20, seconds=2)
        return
    speed(8_000)
    pace(300)
    shared(20, seconds=120)


if __name__ == "__main__":
    main()
