"""When the rest may follow the pilot, and when failures stop a campaign."""

from datetime import UTC, datetime, timedelta

import pytest

from outreach.domain.message import MessageStatus
from outreach.domain.pilot import Answers, PilotVerdict, judge_later, judge_pilot

M = MessageStatus
SENT_AT = datetime(2026, 11, 24, 9, tzinfo=UTC)


def verdict(minutes: int = 1, **counts: int) -> PilotVerdict:
    return judged(minutes, **counts)[0]


def judged(minutes: int = 1, **counts: int) -> tuple[PilotVerdict, str | None]:
    answers = Answers.of({M(name.replace("_", "-")): count for name, count in counts.items()})
    return judge_pilot(answers, SENT_AT, SENT_AT + timedelta(minutes=minutes), 40)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"pending": 20}, "wait"),
        ({"sending": 1, "delivered": 19}, "wait"),
        ({"accepted": 20}, "wait"),
        ({"accepted": 5, "delivered": 15}, "wait"),
        ({"accepted": 4, "delivered": 16}, "pass"),
        ({"delivered": 20}, "pass"),
        ({"delivered": 12, "permanent_failure": 8}, "pass"),
        ({"delivered": 11, "permanent_failure": 9}, "stop"),
        ({"delivered": 11, "permanent_failure": 4, "refused": 5}, "stop"),
        ({"refused": 20}, "stop"),
        ({"temporary_failure": 20}, "pass"),
        ({"delivered": 15, "held": 5}, "pass"),
        ({"suppressed": 20}, "pass"),
        ({"delivered": 1}, "pass"),
        ({"permanent_failure": 1}, "stop"),
    ],
)
def test_the_verdict(counts: dict[str, int], expected: str) -> None:
    assert verdict(**counts).value == expected


def test_after_an_hour_it_is_judged_by_what_has_come() -> None:
    assert verdict(59, accepted=10, delivered=10) is PilotVerdict.WAIT
    assert verdict(60, accepted=10, delivered=10) is PilotVerdict.PASS
    assert verdict(60, accepted=10, delivered=3, permanent_failure=7) is PilotVerdict.STOP


def test_without_half_of_the_receipts_after_an_hour_nothing_can_be_said() -> None:
    found, reason = judged(60, accepted=11, delivered=9)
    assert found is PilotVerdict.STOP
    assert reason is not None
    assert "Only 9 of 20 texts of the pilot have a delivery receipt" in reason


def test_later_failures_are_judged_from_fifty_answers_on() -> None:
    assert judge_later(Answers(permanent=30, all=49), 40) is None
    assert judge_later(Answers(permanent=20, all=50), 40) is None
    assert judge_later(Answers(permanent=21, all=50), 40) is not None


def test_only_answers_since_sending_last_started_count() -> None:
    recent = Answers(permanent=60, all=100).since(40, 60)
    assert (recent.permanent, recent.all) == (20, 40)
