"""How long a sign-in lasts, and how long ago somebody must have proved who they are.

NIST SP 800-63B section 4.2.3 asks for a new sign-in after 12 hours and after 30 minutes of
inactivity; ASVS 5.0 asks that both are set down (7.1.1, 7.3.1, 7.3.2) and that a person proves
again who they are before an act that matters (7.5.3).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
WARNING = timedelta(minutes=5)
"""How long before the end a page says so: at least 20 seconds by WCAG 2.2, 2.2.1."""
FRESH = timedelta(minutes=15)
FRESH_TO_SEND = timedelta(minutes=30)
"""A form opened while fresh may be filled in and sent for this long."""
KEPT_FORM = timedelta(hours=1)
REMEMBERED = timedelta(days=30)
"""How long an ended session is still shown to its person."""


class SessionEnd(StrEnum):
    """Why a session is over."""

    SIGNED_OUT = "signed-out"
    IDLE = "idle"
    TOO_LONG = "too-long"
    ENDED_BY_OWNER = "ended-by-owner"
    ENDED_BY_ADMIN = "ended-by-admin"
    PASSWORD_CHANGED = "password-changed"  # noqa: S105 - a reason, not a password
    ROLES_CHANGED = "roles-changed"
    SECOND_STEP_CHANGED = "second-step-changed"
    DISABLED = "disabled"


def proof_from_elsewhere(proved_at: datetime | None, now: datetime) -> datetime:
    """When a person counts as having proved who they are, where somebody else says so: never
    later than now, and where it is not said, too long ago for any act that matters."""
    return min(proved_at, now) if proved_at is not None else now - FRESH_TO_SEND


RAN_OUT = frozenset({SessionEnd.IDLE, SessionEnd.TOO_LONG})
"""Ends that nobody asked for: the work under way is kept."""


@dataclass(frozen=True)
class SessionTimes:
    """`seen_at` is the person's last act, `confirmed_at` the last proof of who they are."""

    created_at: datetime
    seen_at: datetime
    confirmed_at: datetime

    def ran_out(self, now: datetime) -> SessionEnd | None:
        """Why it is over at `now`, or None while it lasts."""
        if now - self.created_at >= LONGEST:
            return SessionEnd.TOO_LONG
        if now - self.seen_at >= IDLE:
            return SessionEnd.IDLE
        return None

    def is_fresh(self, now: datetime, *, is_sending: bool) -> bool:
        """Whether an act that matters may go ahead; a form that is being sent has longer."""
        return now - self.confirmed_at < (FRESH_TO_SEND if is_sending else FRESH)

    def seconds_left(self, now: datetime) -> int:
        """Until it ends, if nothing more is done from `now` on."""
        ends = min(now + IDLE, self.created_at + LONGEST)
        return max(int((ends - now).total_seconds()), 0)
