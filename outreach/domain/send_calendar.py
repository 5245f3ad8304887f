"""A month of sends: which days texts may leave on, which they left on, and what that rules out.

All days are London's: that is where the send window's clock hangs.
"""

import calendar
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from outreach.domain.send_window import LATEST_LOOK_AHEAD, LONDON, SendWindow

_MONTH = re.compile(r"(\d{4})-(\d{2})")
FIRST_YEAR, LAST_YEAR = 2020, 2199


@dataclass(frozen=True, order=True)
class Month:
    """`number` counts from 1."""

    year: int
    number: int

    def __str__(self) -> str:
        """As it stands in an address: `2026-11`."""
        return f"{self.year}-{self.number:02}"

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    @property
    def previous(self) -> "Month | None":
        return _month_of(self.first - timedelta(days=1))

    @property
    def following(self) -> "Month | None":
        return _month_of(self.last + timedelta(days=1))

    def weeks(self) -> Iterator[tuple[date | None, ...]]:
        """Monday first; None stands for a day of another month."""
        for week in calendar.Calendar().monthdatescalendar(self.year, self.number):
            yield tuple(day if day.month == self.number else None for day in week)


def read_month(typed: str, today: date) -> Month:
    """The month that an address names, or this one where it names none."""
    found = _MONTH.fullmatch(typed)
    year, number = (int(found[1]), int(found[2])) if found else (0, 0)
    if FIRST_YEAR <= year <= LAST_YEAR and 1 <= number <= 12:
        return Month(year, number)
    return Month(today.year, today.month)


@dataclass(frozen=True)
class Plan:
    """When a campaign's texts may leave: from the first opening until about the last of them."""

    window: SendWindow
    begins: datetime
    ends: datetime

    def is_on(self, day: date, bank_holidays: Collection[date]) -> bool:
        begins, ends = self.begins.astimezone(LONDON).date(), self.ends.astimezone(LONDON).date()
        return begins <= day <= ends and self.window.opens_on(day, bank_holidays)


def plan(
    window: SendWindow, start: datetime, duration: timedelta, bank_holidays: Collection[date]
) -> Plan | None:
    """The plan of sending that takes `duration` inside the window and may begin at `start`.

    None where the window does not open within sixty days. Where it would not be done within sixty
    openings, the plan goes on for sixty days: further ahead nobody can tell.
    """
    begins = window.next_opening(start, bank_holidays)
    if begins is None:
        return None
    ends = window.finish(begins, duration, bank_holidays)
    return Plan(window, begins, ends or begins + LATEST_LOOK_AHEAD)


def free_again(texted_on: date, cap_days: int) -> date:
    """The first whole day on which the frequency cap lets numbers texted on that day be texted
    again, whatever the time of day it was."""
    return texted_on + timedelta(days=cap_days + 1)


def held_since(day: date, cap_days: int) -> date:
    """The day whose texts this is the `free_again` of."""
    return day - timedelta(days=cap_days + 1)


def _month_of(day: date) -> Month | None:
    return Month(day.year, day.month) if FIRST_YEAR <= day.year <= LAST_YEAR else None
