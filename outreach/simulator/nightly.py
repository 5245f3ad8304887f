"""Notify's nightly jobs: the 72-hour rule and the purges of what is past retention."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from outreach.simulator.clock import Clock
from outreach.simulator.delivery import Delivery
from outreach.simulator.scheduler import Scheduler
from outreach.simulator.service import Service
from outreach.simulator.store import Store

LONDON = ZoneInfo("Europe/London")
TIME_OUT_AT = time(0, 5, tzinfo=UTC)
PURGE_RECEIVED_AT = time(1, 40, tzinfo=UTC)
PURGE_SENT_AT = time(3, 0, tzinfo=UTC)


class Nightly:
    """Each job plans its next night when it has run (contract sections 5 and 9)."""

    def __init__(
        self,
        service: Service,
        store: Store,
        scheduler: Scheduler,
        delivery: Delivery,
        clock: Clock,
    ) -> None:
        self._service = service
        self._store = store
        self._scheduler = scheduler
        self._delivery = delivery
        self._clock = clock

    def plan(self) -> None:
        """Put all jobs into the scheduler for the coming night."""
        now = self._clock.now()
        self._plan(TIME_OUT_AT, self._delivery.time_out, now)
        self._plan(PURGE_RECEIVED_AT, self._purge_received, now)
        self._plan(PURGE_SENT_AT, self._purge_sent, now)

    def _plan(self, at: time, job: Callable[[datetime], int], after: datetime) -> None:
        due = datetime.combine(after.date(), at)
        if due <= after:
            due += timedelta(days=1)

        def run(moment: datetime) -> None:
            job(moment)
            self._plan(at, job, moment)

        self._scheduler.at(due.timestamp(), run)

    def run_now(self) -> dict[str, int]:
        """Run all jobs at once; how many messages each touched."""
        now = self._clock.now()
        return {
            "timed_out": self._delivery.time_out(now),
            "received_purged": self._purge_received(now),
            "sent_purged": self._purge_sent(now),
        }

    def _purge_sent(self, now: datetime) -> int:
        return self._store.purge_sent(self._oldest_kept(now))

    def _purge_received(self, now: datetime) -> int:
        return self._store.purge_received(self._oldest_kept(now))

    def _oldest_kept(self, now: datetime) -> datetime:
        """London midnight as many days ago as messages are kept."""
        day = now.astimezone(LONDON).date() - timedelta(days=self._service.retention_days)
        return datetime.combine(day, time(0), tzinfo=LONDON)
