"""How fast texts may leave, so that Notify's bucket never empties by our doing.

The bucket (contract section 10) holds 1,000, gains 50 a second, and every call takes one, refused
ones too: whoever goes on at 50 a second after a refusal gets nothing but refusals. So slots are
evenly spaced, lateness is made up for by a burst far smaller than the bucket, and a refusal, which
only another user of the key can cause, stops everything for a while before sending comes back
slower.

Between two refusals the bucket went from empty to empty, so what was accepted in between, divided
by the time, is what the other user leaves.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

DEFAULT_RATE = 48.0
SLOWEST = 1.0
CATCH_UP = timedelta(seconds=1)
"""How much lateness is made up for at once: at most a second's messages above the even spacing."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=2), timedelta(seconds=60)
CALM = timedelta(seconds=15)
"""A refusal this soon after sending came back doubles the pause."""
MEMORY = timedelta(minutes=10)
"""How long what the other user left is believed."""
FIRST_CUT = 0.7
SAFE_SHARE = 0.93
LOWEST_SHARE = 0.5
"""An estimate may halve the rate at most: it is too low where we had little to send."""
FAST_RISE, SLOW_RISE = 0.02, 0.001
"""Share of the top rate by which the rate rises each second: below what is known to be left, above
it."""


@dataclass(frozen=True)
class Pace:
    """Shared by all workers of a Notify key. Rates are messages a second.

    `left` is what another user of the key left us when that was last measured, at `refused_at`;
    `accepted` counts what Notify took since. `refusals` counts stops close upon each other.
    """

    rate: float = DEFAULT_RATE
    next_slot_at: datetime | None = None
    left: float | None = None
    refused_at: datetime | None = None
    accepted: int = 0
    refusals: int = 0
    changed_at: datetime | None = None


def reserve(pace: Pace, count: int, now: datetime) -> tuple[list[datetime], Pace]:
    """The moments at which `count` messages may go, and the pace after them."""
    first = max(pace.next_slot_at or now, now - CATCH_UP)
    step = timedelta(seconds=1 / pace.rate)
    slots = [first + step * place for place in range(count)]
    return slots, replace(pace, next_slot_at=first + step * count)


def after_refusal(pace: Pace, now: datetime) -> tuple[Pace, datetime]:
    """The slower pace after a 429 for the minute, and when sending may come back."""
    left = _measured(pace, now)
    base = pace.rate * FIRST_CUT if left is None else left * SAFE_SHARE
    refusals = pace.refusals + 1 if _is_soon(pace, now) else 1
    pause = _pause(refusals)
    slower = replace(
        pace,
        rate=max(SLOWEST, min(base, pace.rate)),
        left=left,
        refused_at=now,
        accepted=0,
        refusals=refusals,
        changed_at=now + pause,
        next_slot_at=now + pause,
    )
    return slower, now + pause


def risen(pace: Pace, now: datetime, top: float) -> Pace:
    """The pace a little faster, by the time that passed; never above `top`."""
    if pace.rate >= top or pace.changed_at is None:
        return replace(pace, rate=top, changed_at=now)
    if now <= pace.changed_at:
        return pace
    seconds = (now - pace.changed_at).total_seconds()
    return replace(pace, rate=min(_climb(pace, seconds, top, now), top), changed_at=now)


def daily_limit_ends(now: datetime) -> datetime:
    """Notify's daily count starts afresh at 00:00 UTC (contract section 10)."""
    return datetime.combine(now.astimezone(UTC).date() + timedelta(days=1), time(0), UTC)


def _measured(pace: Pace, now: datetime) -> float | None:
    if pace.refused_at is None or now - pace.refused_at > MEMORY:
        return None
    seconds = max((now - pace.refused_at).total_seconds(), 0.5)
    return max(pace.accepted / seconds, pace.rate * LOWEST_SHARE, SLOWEST)


def _is_soon(pace: Pace, now: datetime) -> bool:
    """Whether sending had only just come back."""
    return pace.refused_at is not None and now <= pace.refused_at + _pause(pace.refusals) + CALM


def _pause(refusals: int) -> timedelta:
    return min(FIRST_PAUSE * (1 << min(max(refusals, 1) - 1, 5)), LONGEST_PAUSE)


def _climb(pace: Pace, seconds: float, top: float, now: datetime) -> float:
    is_known = pace.left is not None and pace.refused_at is not None
    is_fresh = is_known and pace.refused_at is not None and now - pace.refused_at <= MEMORY
    target = pace.left * SAFE_SHARE if is_fresh and pace.left is not None else top
    fast = FAST_RISE * top
    if pace.rate + fast * seconds <= target:
        return pace.rate + fast * seconds
    used = max(0.0, (target - pace.rate) / fast)
    return max(pace.rate, target) + SLOW_RISE * top * (seconds - used)
