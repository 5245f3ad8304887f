"""What a partner may record under a code, and the week it counts in (design section 8)."""

import hmac
from datetime import date, datetime, timedelta
from enum import StrEnum

from outreach.domain.send_window import LONDON


class OutcomeKind(StrEnum):
    MADE_CONTACT = "made_contact"
    STARTED_SUPPORT = "started_support"
    ALREADY_SUPPORTED = "already_supported"
    DECLINED = "declined"

    @property
    def words(self) -> str:
        return WORDS[self]

    @property
    def is_first_contact(self) -> bool:
        """Whether the person was new to the charity."""
        return self is not OutcomeKind.ALREADY_SUPPORTED


WORDS: dict[OutcomeKind, str] = {
    OutcomeKind.MADE_CONTACT: "Made contact",
    OutcomeKind.STARTED_SUPPORT: "Started support",
    OutcomeKind.ALREADY_SUPPORTED: "Already supported",
    OutcomeKind.DECLINED: "Declined support",
}


def token(outcome_key: bytes, code: str) -> bytes:
    """What an outcome is kept under, 32 bytes. Only the campaign's key tells whose it is."""
    return hmac.digest(outcome_key, code.encode(), "sha256")


def iso_week(moment: datetime) -> str:
    """The week in London, Monday to Sunday: `2026-W48`. Weeks compare as text."""
    year, week, _ = moment.astimezone(LONDON).isocalendar()
    return f"{year}-W{week:02}"


def last_full_week(moment: datetime) -> str:
    """The last week that is over."""
    return iso_week(moment.astimezone(LONDON) - timedelta(days=7))


def last_day(week: str) -> date:
    """The Sunday of an ISO week such as `2026-W48`."""
    return date.fromisocalendar(int(week[:4]), int(week[6:]), 7)
