"""The one place that reads the clock, so that a test can set it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

_read: Callable[[], datetime] = lambda: datetime.now(UTC)  # noqa: E731 - replaced as a value


def now() -> datetime:
    """The present moment, aware and in UTC."""
    return _read()


@contextmanager
def set_to(read: Callable[[], datetime]) -> Iterator[None]:
    """Within the block, `now()` is what `read` gives."""
    global _read
    before, _read = _read, read
    try:
        yield
    finally:
        _read = before
