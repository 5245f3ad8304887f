"""When the rest may follow the pilot, and when failures stop a campaign (design section 3).

The policy: the pilot is judged once nothing of it is on its way and four in five of its texts have
a final answer, or an hour after its last text went, by what has come until then. A refusal by
Notify counts as a permanent failure. With fewer than half of the answers after that hour nothing
can be said, which stops the campaign too: most likely the callbacks do not arrive.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from outreach.domain.message import WAITING, MessageStatus

LIMIT_PERCENT = 40
ENOUGH_PERCENT = 80
PATIENCE = timedelta(hours=1)
LATER_ANSWERS = 50
"""After the pilot, failures are judged once this many answers came since sending last started."""

_M = MessageStatus
_PERMANENT = frozenset({_M.PERMANENT_FAILURE, _M.REFUSED})
_ANSWERS = _PERMANENT | {_M.DELIVERED, _M.TEMPORARY_FAILURE, _M.TECHNICAL_FAILURE}


class PilotVerdict(StrEnum):
    WAIT = "wait"
    PASS = "pass"  # noqa: S105 - not a password
    STOP = "stop"


@dataclass(frozen=True)
class Answers:
    """Texts by what came of them."""

    under_way: int = 0
    silent: int = 0
    permanent: int = 0
    all: int = 0

    @classmethod
    def of(cls, counts: Mapping[MessageStatus, int]) -> "Answers":
        return cls(
            under_way=sum(counts.get(s, 0) for s in WAITING - {_M.HELD}),
            silent=counts.get(_M.ACCEPTED, 0),
            permanent=sum(counts.get(s, 0) for s in _PERMANENT),
            all=sum(counts.get(s, 0) for s in _ANSWERS),
        )

    def since(self, permanent: int, answers: int) -> "Answers":
        """What came after these many."""
        return Answers(self.under_way, self.silent, self.permanent - permanent, self.all - answers)

    def is_over(self, limit_percent: int) -> bool:
        return self.permanent * 100 > self.all * limit_percent

    @property
    def percent(self) -> int:
        return self.permanent * 100 // self.all if self.all else 0


def judge_pilot(
    answers: Answers, last_sent_at: datetime | None, now: datetime, limit_percent: int
) -> tuple[PilotVerdict, str | None]:
    """What happens next, and where it is a stop, why."""
    if answers.under_way:
        return PilotVerdict.WAIT, None
    tried = answers.all + answers.silent
    is_late = last_sent_at is None or now - last_sent_at >= PATIENCE
    if answers.all * 100 < tried * ENOUGH_PERCENT and not is_late:
        return PilotVerdict.WAIT, None
    if answers.all * 2 < tried:
        return PilotVerdict.STOP, _too_few(answers, tried)
    if answers.is_over(limit_percent):
        return PilotVerdict.STOP, _too_many("the pilot", answers, limit_percent)
    return PilotVerdict.PASS, None


def judge_later(answers: Answers, limit_percent: int) -> str | None:
    """Why the campaign must stop, if it must. `answers` are those since sending last started."""
    if answers.all < LATER_ANSWERS or not answers.is_over(limit_percent):
        return None
    return _too_many("the latest texts", answers, limit_percent)


def _too_many(of: str, answers: Answers, limit_percent: int) -> str:
    return (
        f"{answers.permanent} of {answers.all} answers about {of} are permanent failures or "
        f"refusals ({answers.percent}%), which is over the limit of {limit_percent}%. "
        "The list may be old or wrong."
    )


def _too_few(answers: Answers, tried: int) -> str:
    return (
        f"Only {answers.all} of {tried} texts of the pilot have a delivery receipt after an hour, "
        "so nothing can be said about the list. Check the callback address in Notify."
    )
