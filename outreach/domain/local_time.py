"""Dates and times as people in the United Kingdom type and mean them."""

import re
from datetime import UTC, date, datetime, time

from outreach.domain.send_window import LONDON

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
