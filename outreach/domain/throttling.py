"""How long somebody must wait after wrong passwords or codes (ASVS 5.0, 6.1.1 and 6.3.1).

Nobody is locked out for good: the wait grows, has an end, and is forgotten after a day. Three
counts are kept, each with its own patience: of an account from one address, of an account from
anywhere, and of an address. So a stranger far away cannot lock a person out by trying their
name, and many names cannot be tried from one place.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

FORGOTTEN_AFTER = timedelta(hours=24)


@dataclass(frozen=True)
class Patience:
    """`free` wrong tries cost nothing; from then on each doubles the wait, up to `longest`."""

    free: int
    first: timedelta
    longest: timedelta

    def wait(self, failures: int) -> timedelta:
        """How long after the last of `failures` wrong tries the next one is heard."""
        over = failures - self.free
        if over < 0:
            return timedelta(0)
        return min(self.first * (1 << min(over, 20)), self.longest)


ACCOUNT_HERE = Patience(5, timedelta(seconds=30), timedelta(minutes=15))
ACCOUNT_ANYWHERE = Patience(50, timedelta(seconds=10), timedelta(minutes=2))
"""Low, so that the person it belongs to can still get in while it is being attacked."""
ADDRESS = Patience(60, timedelta(seconds=10), timedelta(minutes=5))
"""A whole police station may come from one address."""
SECOND_STEP = Patience(5, timedelta(seconds=60), timedelta(minutes=15))
"""Whoever is here knows the password. Four guesses an hour at six digits have one chance in twenty
of being right within a year, and each wrong one is an event in the audit log."""
MAIL = Patience(3, timedelta(minutes=15), timedelta(minutes=60))
"""Letters asked for without signing in, to one address."""


def seconds_to_wait(
    patience: Patience, failures: int, last_at: datetime | None, now: datetime
) -> int:
    """Whole seconds until the next try is heard, 0 where it may be made now."""
    if last_at is None or now - last_at >= FORGOTTEN_AFTER:
        return 0
    wait = patience.wait(failures)
    if not wait:
        return 0  # whoever came at the same moment may have been noted a little later than `now`
    left = wait - (now - last_at)
    return max(-int(-left.total_seconds() // 1), 0)


def in_words(seconds: int) -> str:
    """`30 seconds`, `1 minute`, `12 minutes`: rounded up."""
    if seconds < 60:
        return f"{max(seconds, 1)} second{'' if seconds == 1 else 's'}"
    minutes = -(-seconds // 60)
    return f"{minutes} minute{'' if minutes == 1 else 's'}"
