"""When texts may leave: hours and days in UK local time, never on a bank holiday (design section 5)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
LATEST_LOOK_AHEAD = timedelta(days=60)


@dataclass(frozen=True)
class SendWindow:
    """Local hours and days. `days` counts Monday as 0; `closes` itself is outside the window."""

    opens: time = time(9)
    closes: time = time(20)
    days: frozenset[int] = frozenset(range(6))

    def is_open(self, now: datetime, bank_holidays: Collection[date]) -> bool:
        local = now.astimezone(LONDON)
        return self._is_day(local.date(), bank_holidays) and (
            self.opens <= local.time() < self.closes
        )

    def next_opening(self, now: datetime, bank_holidays: Collection[date]) -> datetime | None:
        """The next moment texts may leave, `now` itself where the window is open.

        None where no day within sixty qualifies.
        """
        if self.is_open(now, bank_holidays):
            return now
        day = now.astimezone(LONDON).date()
        for offset in range(LATEST_LOOK_AHEAD.days):
            opening = datetime.combine(day + timedelta(days=offset), self.opens, LONDON)
            if opening > now and self._is_day(opening.date(), bank_holidays):
                return opening
        return None

    def _is_day(self, day: date, bank_holidays: Collection[date]) -> bool:
        return day.weekday() in self.days and day not in bank_holidays
