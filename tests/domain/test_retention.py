"""When personal data is due to go, in plain values."""

from datetime import UTC, datetime, timedelta

import pytest

from outreach.domain.campaign import CampaignStatus as S
from outreach.domain.retention import (
    KIND_WORDS,
    Age,
    ErasureBlocked,
    ErasureKind,
    Unfinished,
    is_quiet,
    is_run_due,
)

DAY_1 = datetime(2026, 11, 1, 12, tzinfo=UTC)
DAY_9 = DAY_1 + timedelta(days=8)
KEEP = timedelta(days=30)
OPEN = (S.DRAFT, S.SUBMITTED, S.RETURNED, S.APPROVED)


@pytest.mark.parametrize("status", [S.COMPLETED, S.CANCELLED])
def test_an_ended_campaign_is_due_that_many_days_later(status: S) -> None:
    assert Age(status, DAY_1, last_change_at=DAY_9).due_at(KEEP) == DAY_1 + KEEP


@pytest.mark.parametrize("status", [S.SENDING, S.PAUSED])
def test_a_running_campaign_is_never_due(status: S) -> None:
    assert Age(status, None, last_change_at=DAY_1).due_at(KEEP) is None


@pytest.mark.parametrize("status", OPEN)
def test_a_list_never_sent_is_due_after_the_last_change(status: S) -> None:
    assert Age(status, None, last_change_at=DAY_1).due_at(KEEP) == DAY_1 + KEEP


def test_a_start_time_to_come_puts_it_off() -> None:
    age = Age(S.APPROVED, None, last_change_at=DAY_1, start_at=DAY_9)
    assert age.due_at(KEEP) == DAY_9 + KEEP
    past = Age(S.APPROVED, None, last_change_at=DAY_9, start_at=DAY_1)
    assert past.due_at(KEEP) == DAY_9 + KEEP


@pytest.mark.parametrize("status", OPEN)
def test_a_draft_without_a_list_is_left_alone(status: S) -> None:
    assert Age(status, None, last_change_at=DAY_1, has_list=False).due_at(KEEP) is None


def test_every_reason_is_a_sentence_with_its_count() -> None:
    blocked = Unfinished(
        waiting=1, silent=1200, open_replies=2, legal_hold="Order of 3 May."
    ).reasons
    assert blocked == [
        "A legal hold keeps it: Order of 3 May.",
        "1 text is not settled: nobody knows yet whether they were sent.",
        "1,200 texts are without a receipt, which may still come.",
        "2 replies wait to be read.",
    ]
    assert Unfinished(open_replies=1).reasons == ["1 reply waits to be read."]
    assert Unfinished(is_running=True, waiting=9, silent=9).reasons == [
        "It has not ended. Complete or cancel it first."
    ]
    assert Unfinished().reasons == []
    assert str(ErasureBlocked(blocked)) == " ".join(blocked)


def test_quiet_hours_are_londons() -> None:
    assert is_quiet(datetime(2026, 11, 24, 3, 0, tzinfo=UTC))
    assert not is_quiet(datetime(2026, 11, 24, 5, 0, tzinfo=UTC))
    assert is_quiet(datetime(2026, 7, 1, 2, 30, tzinfo=UTC))  # half past three in summer
    assert not is_quiet(datetime(2026, 7, 1, 4, 0, tzinfo=UTC))


NIGHT = datetime(2026, 11, 24, 3, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "last", "is_due"),
    [
        (NIGHT, None, True),
        (NIGHT + timedelta(hours=9), None, False),
        (NIGHT, NIGHT - timedelta(days=1), True),
        (NIGHT + timedelta(hours=1), NIGHT, False),
        (NIGHT + timedelta(hours=20), NIGHT, False),
        (NIGHT + timedelta(hours=27), NIGHT, True),
    ],
)
def test_a_run_is_due_once_a_night_or_made_up_for(
    now: datetime, last: datetime | None, is_due: bool
) -> None:
    assert is_run_due(now, last) is is_due


@pytest.mark.parametrize("days", range(24, 27))
def test_the_quiet_hour_comes_once_when_the_clocks_change(days: int) -> None:
    """Sunday 25 October 2026 has 25 hours, and its hour from 1am to 2am twice."""
    begins = datetime(2026, 10, days, tzinfo=UTC)
    quiet = [minute for minute in range(24 * 60) if is_quiet(begins + timedelta(minutes=minute))]
    assert len(quiet) == 120
    assert quiet == list(range(quiet[0], quiet[0] + 120))


def test_every_kind_has_words() -> None:
    assert set(KIND_WORDS) == set(ErasureKind)
