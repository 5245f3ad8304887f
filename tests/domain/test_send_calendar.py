"""Months, the days a plan covers, and when the frequency cap lets numbers go."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.send_calendar import Month, free_again, held_since, plan, read_month
from outreach.domain.send_window import SendWindow

TODAY = date(2026, 11, 24)
CHRISTMAS = (date(2026, 12, 25), date(2026, 12, 28))


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("2026-12", Month(2026, 12)),
        ("2027-01", Month(2027, 1)),
        ("", Month(2026, 11)),
        ("2026-13", Month(2026, 11)),
        ("2026-00", Month(2026, 11)),
        ("1999-01", Month(2026, 11)),
        ("9999-12", Month(2026, 11)),
        ("next", Month(2026, 11)),
    ],
)
def test_month_is_read_from_an_address(typed: str, month: Month) -> None:
    assert read_month(typed, TODAY) == month


@given(st.integers(2020, 2199), st.integers(1, 12))
def test_weeks_hold_every_day_once_under_its_weekday(year: int, number: int) -> None:
    month = Month(year, number)
    weeks = list(month.weeks())
    days = [day for week in weeks for day in week if day]
    assert days == [
        month.first + timedelta(days=n) for n in range((month.last - month.first).days + 1)
    ]
    assert all(day.weekday() == place for week in weeks for place, day in enumerate(week) if day)
    assert read_month(str(month), TODAY) == month


def test_months_lead_to_their_neighbours_and_end_somewhere() -> None:
    assert Month(2026, 12).following == Month(2027, 1)
    assert Month(2027, 1).previous == Month(2026, 12)
    assert Month(2020, 1).previous is None
    assert Month(2199, 12).following is None


def test_plan_leaves_out_closed_days() -> None:
    window = SendWindow(time(9), time(10))
    made = plan(window, datetime(2026, 12, 24, 9, 30, tzinfo=UTC), timedelta(hours=2), CHRISTMAS)
    assert made is not None
    days = [date(2026, 12, 23) + timedelta(days=n) for n in range(10)]
    assert [day.day for day in days if made.is_on(day, CHRISTMAS)] == [24, 26, 29]


def test_small_plan_is_done_on_its_first_day() -> None:
    made = plan(SendWindow(), datetime(2026, 11, 24, 21, tzinfo=UTC), timedelta(seconds=1), ())
    assert made is not None
    assert [day for day in range(24, 30) if made.is_on(date(2026, 11, day), ())] == [25]


def test_plan_without_an_open_day_is_none() -> None:
    every_day = [TODAY + timedelta(days=n) for n in range(70)]
    start = datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert plan(SendWindow(), start, timedelta(0), every_day) is None


def test_plan_that_never_ends_goes_on_for_sixty_days() -> None:
    start = datetime(2026, 11, 24, 12, tzinfo=UTC)
    made = plan(SendWindow(), start, timedelta(days=900), ())
    assert made is not None
    assert made.ends - made.begins == timedelta(days=60)


@given(st.dates(date(2020, 1, 1), date(2190, 1, 1)), st.integers(1, 730), st.times())
def test_no_number_is_free_before_the_cap_has_passed(day: date, cap: int, at: time) -> None:
    texted = datetime.combine(day, at, UTC)
    freed = datetime.combine(free_again(day, cap), time(), UTC)
    assert timedelta(days=cap) <= freed - texted <= timedelta(days=cap + 1)
    assert held_since(free_again(day, cap), cap) == day
