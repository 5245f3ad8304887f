"""Times as people in the United Kingdom type them, and the moments they mean."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.local_time import (
    TimeSkipped,
    TimeUnreadable,
    clock_words,
    day_begins,
    day_words,
    london_moment,
    read_time,
    window_words,
)
from outreach.domain.send_window import LONDON, SendWindow


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *[(typed, time(9)) for typed in ("9", "9am", " 9 AM ", "09:00", "0900", "9.00", "9 a.m.")],
        *[(typed, time(17, 30)) for typed in ("5:30pm", "17:30", "1730", "17.30", "5.30 p.m.")],
        *[(typed, time(12)) for typed in ("midday", "noon", "12pm", "12", "12:00")],
        *[(typed, time(0)) for typed in ("midnight", "12am", "0", "00:00")],
    ],
)
def test_time_is_read_however_it_is_written(typed: str, meant: time) -> None:
    assert read_time(typed) == meant


@pytest.mark.parametrize(
    "typed", ["", "nine", "24", "25:00", "9:60", "13pm", "0am", "9:5", "9am pm", "9:00:00", "-9"]
)
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(TimeUnreadable):
        read_time(typed)


@given(st.times().map(lambda at: at.replace(second=0, microsecond=0)))
def test_words_for_a_time_are_read_as_that_time(at: time) -> None:
    assert read_time(clock_words(at)) == at


def test_day_begins_at_midnight_in_london_and_days_never_run_out() -> None:
    assert day_begins(None) is None
    assert day_begins(date(2026, 7, 6)) == datetime(2026, 7, 5, 23, tzinfo=UTC)
    assert day_begins(date(2026, 3, 28), later=2) == datetime(2026, 3, 29, 23, tzinfo=UTC)
    assert day_begins(date(1, 1, 1)) is not None
    assert day_begins(date(9999, 12, 31), later=1) == datetime.max.replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "at", "moment"),
    [
        (date(2026, 1, 5), time(9), datetime(2026, 1, 5, 9, tzinfo=UTC)),
        (date(2026, 7, 6), time(9), datetime(2026, 7, 6, 8, tzinfo=UTC)),
        (date(2026, 10, 25), time(1, 30), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        (date(2027, 3, 28), time(2), datetime(2027, 3, 28, 1, tzinfo=UTC)),
        (date(2027, 3, 28), time(0, 59), datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
    ],
)
def test_moment_follows_the_clocks_in_london(day: date, at: time, moment: datetime) -> None:
    assert london_moment(day, at) == moment


@pytest.mark.parametrize("at", [time(1), time(1, 30), time(1, 59)])
def test_hour_that_the_clocks_skip_is_named(at: time) -> None:
    with pytest.raises(TimeSkipped):
        london_moment(date(2027, 3, 28), at)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.times())
def test_moment_shows_the_same_time_in_london(day: date, at: time) -> None:
    try:
        moment = london_moment(day, at)
    except TimeSkipped:
        return
    assert moment.astimezone(LONDON).replace(tzinfo=None) == datetime.combine(day, at)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (range(7), "every day"),
        (range(6), "Monday to Saturday"),
        ([2, 3, 4], "Wednesday to Friday"),
        ([5, 6], "Saturday and Sunday"),
        ([0, 2, 4], "Monday, Wednesday and Friday"),
        ([6], "Sunday"),
    ],
)
def test_days_are_told_as_people_tell_them(days: list[int], words: str) -> None:
    assert day_words(frozenset(days)) == words


def test_window_is_a_part_of_a_sentence() -> None:
    expected = "9am to 8pm, Monday to Saturday, never on a bank holiday"
    assert window_words(SendWindow()) == expected
