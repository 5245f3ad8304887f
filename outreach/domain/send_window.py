"""When texts may leave: hours and days in UK local time, never on a bank holiday (design section
5)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
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
        return self.opens_on(local.date(), bank_holidays) and (
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
            if opening > now and self.opens_on(opening.date(), bank_holidays):
                return opening
        return None

    def closing(self, now: datetime) -> datetime:
        """When the window that is open at `now` closes."""
        return datetime.combine(now.astimezone(LONDON).date(), self.closes, LONDON)

    def finish(
        self, now: datetime, duration: timedelta, bank_holidays: Collection[date]
    ) -> datetime | None:
        """When work of this `duration` ends if it goes on only while the window is open.

        None where it does not fit into the next sixty openings.
        """
        moment: datetime | None = now
        for _ in range(LATEST_LOOK_AHEAD.days):
            moment = self.next_opening(moment, bank_holidays) if moment else None
            if moment is None:
                return None
            closing = self.closing(moment).astimezone(UTC)
            moment = moment.astimezone(UTC)
            if moment + duration <= closing:
                return moment + duration
            duration -= closing - moment
            moment = closing
        return None

    def opens_on(self, day: date, bank_holidays: Collection[date]) -> bool:
        return day.weekday() in self.days and day not in bank_holidays
