"""When personal data goes, and what stands against it (design section 10).

A campaign's data is due a number of days after the campaign ended. A list that was never sent is
due as many days after anybody last changed the campaign, and not before that time has passed since
its start time either: nobody has a use for it by then, and a copy of the campaign can take a fresh
list. A campaign that is sending or paused has not ended, so that nothing of it is due.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from outreach.domain.campaign import CampaignStatus
from outreach.domain.errors import OutreachError
from outreach.domain.send_window import LONDON

QUIET_FROM, QUIET_UNTIL = time(3), time(5)
"""London time; the clocks change before it, so that these hours come once on every day."""
LONGEST_BETWEEN_RUNS = timedelta(hours=26)
"""A worker that is off at night makes up for it by day."""
RECEIPT_MAY_COME = timedelta(hours=96)
"""Notify gives up on a silent message 72 to 96 hours after it was made (contract section 9)."""


class ErasureKind(StrEnum):
    """What is erased of a campaign, in this order."""

    KEYS = "keys"
    """Their halves in the key store, by which backups would open."""
    RECIPIENTS = "recipients"
    MESSAGES = "messages"
    LIST_REPORTS = "list-reports"
    LISTS = "lists"
    REPLIES = "replies"
    CONFIRMATIONS = "confirmations"


KIND_WORDS: dict[ErasureKind, str] = {
    ErasureKind.KEYS: "Keys, so that backups hold nothing either",
    ErasureKind.RECIPIENTS: "Numbers, personalisation and referral codes",
    ErasureKind.MESSAGES: "Links between texts and numbers, here and at GOV.UK Notify",
    ErasureKind.LIST_REPORTS: "Rows that were refused, with the ends of their numbers",
    ErasureKind.LISTS: "Uploaded lists: held files, faults and example rows",
    ErasureKind.REPLIES: "Replies",
    ErasureKind.CONFIRMATIONS: "Texts that confirmed an opt-out",
}

REMAINS = (
    "the counts: how many were uploaded, refused, sent, delivered and failed",
    "the funder’s report, with the partner’s rounded figures",
    "what the campaign was for, its message, and who approved it",
    "the audit log, which holds no number",
    "the suppression list, and when a number was last texted, both under keyed digests",
)
"""What an erasure leaves, for every page and preview that announces one."""


class ErasureBlocked(OutreachError):
    """Something is unfinished. `reasons` are sentences."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class Age:
    """What decides when a campaign's personal data is due. `has_list`: whether it holds any."""

    status: CampaignStatus
    ended_at: datetime | None
    last_change_at: datetime
    start_at: datetime | None = None
    has_list: bool = True

    def due_at(self, keep: timedelta) -> datetime | None:
        """None where nothing is due, however long one waits."""
        if self.status.is_over:
            return (self.ended_at or self.last_change_at) + keep
        if self.status.is_running or not self.has_list:
            return None
        return max(self.last_change_at, self.start_at or self.last_change_at) + keep


@dataclass(frozen=True)
class Unfinished:
    """What keeps a campaign's data from being erased, in counts; nothing of it erases unread."""

    is_running: bool = False
    waiting: int = 0
    """Texts that may still leave, or of which nobody knows whether they left."""
    silent: int = 0
    """Texts at Notify whose receipt may still come."""
    open_replies: int = 0
    legal_hold: str | None = None
    """The reason that was given for it."""

    @property
    def reasons(self) -> list[str]:
        return list(self._reasons())

    def _reasons(self) -> Iterator[str]:
        if self.legal_hold is not None:
            yield f"A legal hold keeps it: {self.legal_hold.rstrip('.')}."
        if self.is_running:
            yield "It has not ended. Complete or cancel it first."
        elif self.waiting:
            yield f"{_texts(self.waiting)} not settled: nobody knows yet whether they were sent."
        if self.silent and not self.is_running:
            yield f"{_texts(self.silent)} without a receipt, which may still come."
        if self.open_replies:
            is_one = self.open_replies == 1
            yield f"{self.open_replies:,} {'reply waits' if is_one else 'replies wait'} to be read."


def is_quiet(now: datetime) -> bool:
    return QUIET_FROM <= now.astimezone(LONDON).time() < QUIET_UNTIL


def is_run_due(now: datetime, last_run: datetime | None) -> bool:
    """Once a day at a quiet hour, or when a day and more has passed without one.

    The very first run waits for a quiet hour, so that nothing goes before anybody could look.
    """
    if last_run is None:
        return is_quiet(now)
    if now - last_run > LONGEST_BETWEEN_RUNS:
        return True
    is_done_today = now.astimezone(LONDON).date() == last_run.astimezone(LONDON).date()
    return is_quiet(now) and not is_done_today


def _texts(count: int) -> str:
    return "1 text is" if count == 1 else f"{count:,} texts are"
