"""Acts that fall due at a time of the simulator's clock, done in order by one thread."""

import heapq
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from threading import Condition, Thread

from outreach.simulator.clock import Clock

log = logging.getLogger(__name__)

Act = Callable[[datetime], None]
TICK = 0.01  # seconds; how finely due times are kept when many acts wait


class Scheduler:
    """A heap of due acts. Each is told the time it was due, so that a clock pushed forward by
    days leaves the times that would have come about by waiting."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._heap: list[tuple[float, int, Act]] = []
        self._numbers = count()
        self._changed = Condition()
        self._busy = False
        self._stopped = False
        self._thread = Thread(target=self._run, name="scheduler", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
        if self._thread.is_alive():
            self._thread.join()

    def clear(self) -> None:
        """Forget everything, what an act under way puts in too."""
        with self._changed:
            self._heap = []
            self._changed.wait_for(lambda: not self._busy, timeout=10)
            self._heap = []

    def at(self, due: float, act: Act) -> None:
        """Do something at a time in epoch seconds of the simulator's clock."""
        with self._changed:
            heapq.heappush(self._heap, (due, next(self._numbers), act))
            if self._heap[0][0] == due:
                self._changed.notify()

    def after(self, seconds: float, act: Act) -> None:
        self.at(self._clock.timestamp() + seconds, act)

    def wake(self) -> None:
        """Look again, after the clock was pushed forward."""
        with self._changed:
            self._changed.notify()

    @property
    def waiting(self) -> int:
        return len(self._heap)

    def settle(self, timeout: float) -> bool:
        """Wait until nothing is overdue; False when that takes longer than `timeout` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._busy and self._wait() > 0, timeout)

    def _wait(self) -> float:
        """Seconds until the next act is due, at most one."""
        if not self._heap:
            return 1.0
        return min(1.0, self._heap[0][0] - self._clock.timestamp())

    def _run(self) -> None:
        """One act at a time, as an act may put in another that is due before the next."""
        while (due := self._next()) is not None:
            _do(*due)
            with self._changed:
                self._busy = False
                if self._wait() > 0:
                    self._changed.notify_all()

    def _next(self) -> tuple[float, Act] | None:
        """Wait for the next act that is due; None when stopped."""
        with self._changed:
            while not self._stopped and (wait := self._wait()) > 0:
                self._changed.wait(max(wait, TICK))
            if self._stopped:
                return None
            due, _, act = heapq.heappop(self._heap)
            self._busy = True
            return due, act


def _do(due: float, act: Act) -> None:
    try:
        act(datetime.fromtimestamp(due, UTC))
    except Exception:
        log.exception("An act of the simulator failed")
