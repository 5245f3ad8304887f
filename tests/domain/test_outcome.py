"""Outcomes: their words, their weeks, their tokens."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.outcome import OutcomeKind, iso_week, last_full_week, token


@pytest.mark.parametrize(
    ("moment", "week"),
    [
        (datetime(2026, 11, 24, tzinfo=UTC), "2026-W48"),
        (datetime(2026, 1, 1, tzinfo=UTC), "2026-W01"),
        (datetime(2027, 1, 1, tzinfo=UTC), "2026-W53"),
        (datetime(2026, 6, 7, 22, 59, tzinfo=UTC), "2026-W23"),
        (datetime(2026, 6, 7, 23, 0, tzinfo=UTC), "2026-W24"),  # Monday in London already
    ],
)
def test_a_week_is_londons(moment: datetime, week: str) -> None:
    assert iso_week(moment) == week


@pytest.mark.parametrize(
    ("moment", "week"),
    [
        (datetime(2026, 11, 24, tzinfo=UTC), "2026-W47"),
        (datetime(2027, 1, 4, tzinfo=UTC), "2026-W53"),
        (datetime(2026, 11, 22, 23, 59, tzinfo=UTC), "2026-W46"),
    ],
)
def test_the_last_week_that_is_over(moment: datetime, week: str) -> None:
    assert last_full_week(moment) == week


@given(st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2099, 1, 1)))  # noqa: DTZ001
def test_weeks_compare_as_text(naive: datetime) -> None:
    moment = naive.replace(tzinfo=UTC)
    assert last_full_week(moment) < iso_week(moment)


def test_a_token_depends_on_the_code_and_on_the_campaigns_key() -> None:
    first, second = b"1" * 32, b"2" * 32
    assert token(first, "ABCDEFGHJ") == token(first, "ABCDEFGHJ")
    tokens = {token(key, code) for key in (first, second) for code in ("ABCDEFGHJ", "ABCDEFGHK")}
    assert len(tokens) == 4
    assert {len(each) for each in tokens} == {32}


def test_every_outcome_has_words_and_all_but_one_are_first_contacts() -> None:
    assert [kind.words for kind in OutcomeKind] == [
        "Made contact",
        "Started support",
        "Already supported",
        "Declined support",
    ]
    assert [kind for kind in OutcomeKind if not kind.is_first_contact] == [
        OutcomeKind.ALREADY_SUPPORTED
    ]
