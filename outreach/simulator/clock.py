"""A clock that can be pushed forward, so that a test need not wait three days for a timeout."""

import time
from datetime import UTC, datetime, timedelta
from threading import Lock

LONGEST_STEP = 366 * 24 * 3600.0


class Clock:
    """Real UTC time plus an offset that only grows. Tokens are checked against the real time."""

    def __init__(self) -> None:
        self._offset = timedelta(0)
        self._lock = Lock()

    def now(self) -> datetime:
        return datetime.now(UTC) + self._offset

    def timestamp(self) -> float:
        """Seconds since the epoch by this clock."""
        return time.time() + self._offset.total_seconds()

    @property
    def offset_seconds(self) -> float:
        return self._offset.total_seconds()

    def advance(self, seconds: float) -> None:
        """Push the clock forward. Raises ValueError for a step back or an absurd one."""
        if not 0 <= seconds <= LONGEST_STEP:
            raise ValueError("The clock can only go forward, by at most a year at a time.")
        with self._lock:
            self._offset += timedelta(seconds=seconds)

    def reset(self) -> None:
        with self._lock:
            self._offset = timedelta(0)
