"""Dates and times as people in the United Kingdom type and mean them."""

import re
from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta

from outreach.domain.send_window import LONDON, SendWindow

_CLOCK = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?")
_NAMED = {"midday": time(12), "noon": time(12), "midnight": time(0)}


class TimeUnreadable(ValueError):
    """What was typed is not a time of day."""


class TimeSkipped(ValueError):
    """The clocks go forward over this time, so that it does not happen on this day."""


def read_time(typed: str) -> time:
    """`9am`, `9:30`, `0930`, `17.30`, `5:30pm` or `midday`. Raises TimeUnreadable."""
    words = typed.strip().lower()
    if words in _NAMED:
        return _NAMED[words]
    found = _CLOCK.fullmatch(words)
    if found is None:
        raise TimeUnreadable(typed)
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").replace(".", "")
    if half and not 1 <= hour <= 12:
        raise TimeUnreadable(typed)
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        raise TimeUnreadable(typed)
    return time(hour, minute)


def london_moment(day: date, at: time) -> datetime:
    """The moment, in UTC, when London's clocks show this time on this day.

    In the hour that happens twice when the clocks go back it is the later one, so that nothing
    leaves before it was meant to. Raises TimeSkipped.
    """
    local = datetime.combine(day, at, LONDON).replace(fold=1)
    moment = local.astimezone(UTC)
    if moment.astimezone(LONDON).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise TimeSkipped(f"{at:%H:%M} on {day}")
    return moment


def day_begins(day: date | None, later: int = 0) -> datetime | None:
    """The moment a day begins in London, or the day some days later; the last moment there is where
    the days run out. None where no day is given."""
    if day is None:
        return None
    try:
        midnight = datetime.combine(day + timedelta(days=later), time(0), LONDON)
        return midnight.astimezone(UTC)
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)


DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def clock_words(at: time) -> str:
    """`9am`, `5:30pm`, `midday`, `midnight`."""
    if at.minute == 0 and at.hour in {0, 12}:
        return "midday" if at.hour else "midnight"
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"


def day_words(days: Collection[int]) -> str:
    """`Monday to Saturday`, `every day`, `Monday, Wednesday and Friday`; Monday is 0."""
    ordered = sorted(days)
    if len(ordered) == 7:
        return "every day"
    names = [DAY_NAMES[day] for day in ordered]
    if len(ordered) > 2 and ordered[-1] - ordered[0] == len(ordered) - 1:
        return f"{names[0]} to {names[-1]}"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def window_words(window: SendWindow) -> str:
    """The hours and days as a sentence's part, with what always holds."""
    hours = f"{clock_words(window.opens)} to {clock_words(window.closes)}"
    return f"{hours}, {day_words(window.days)}, never on a bank holiday"
