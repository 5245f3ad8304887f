"""Send windows in London time: clock changes, weekends, bank holidays."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from outreach.domain.send_window import LONDON, SendWindow

DAY = SendWindow()
CHRISTMAS = {date(2026, 12, 25), date(2026, 12, 28)}


def london(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=LONDON)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (london(2026, 11, 24, 9), True),
        (london(2026, 11, 24, 8, 59, 59), False),
        (london(2026, 11, 24, 19, 59, 59), True),
        (london(2026, 11, 24, 20), False),
        (london(2026, 11, 28, 12), True),  # Saturday
        (london(2026, 11, 29, 12), False),  # Sunday
        (london(2026, 12, 25, 12), False),
        (datetime(2026, 7, 1, 8, tzinfo=UTC), True),  # nine in summer
        (datetime(2026, 12, 1, 8, tzinfo=UTC), False),
    ],
)
def test_the_window_is_open_in_local_hours(moment: datetime, is_open: bool) -> None:
    assert DAY.is_open(moment, CHRISTMAS) is is_open


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        (london(2026, 11, 24, 12), london(2026, 11, 24, 12)),
        (london(2026, 11, 24, 6), london(2026, 11, 24, 9)),
        (london(2026, 11, 24, 21), london(2026, 11, 25, 9)),
        (london(2026, 11, 28, 21), london(2026, 11, 30, 9)),  # over Sunday
        (london(2026, 12, 24, 21), london(2026, 12, 26, 9)),  # over Christmas, a Saturday
        (london(2026, 12, 26, 21), london(2026, 12, 29, 9)),  # over Sunday and the day in lieu
        (london(2027, 3, 27, 21), london(2027, 3, 29, 9)),  # the clocks go forward on Sunday
        (london(2026, 10, 24, 21), london(2026, 10, 26, 9)),  # the clocks go back on Sunday
    ],
)
def test_the_next_opening(moment: datetime, opens: datetime) -> None:
    assert DAY.next_opening(moment, CHRISTMAS) == opens


def test_nine_in_london_stays_nine_across_a_clock_change() -> None:
    everyday = SendWindow(days=frozenset(range(7)))
    before = everyday.next_opening(london(2027, 3, 27, 21), ())
    assert before is not None
    assert before.astimezone(UTC).hour == 8  # 28 March, summer time
    after = everyday.next_opening(london(2026, 10, 24, 21), ())
    assert after is not None
    assert after.astimezone(UTC).hour == 9  # 25 October, winter time


def test_a_window_that_never_opens_has_no_next_opening() -> None:
    holidays = {date(2026, 11, 24) + timedelta(days=n) for n in range(90)}
    assert DAY.next_opening(london(2026, 11, 24, 6), holidays) is None
    assert DAY.finish(london(2026, 11, 24, 6), timedelta(hours=1), holidays) is None


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        (london(2026, 11, 24, 12), 3, london(2026, 11, 24, 15)),
        (london(2026, 11, 24, 6), 3, london(2026, 11, 24, 12)),
        (london(2026, 11, 24, 18), 3, london(2026, 11, 25, 10)),
        (london(2026, 11, 28, 19), 2, london(2026, 11, 30, 10)),
        (london(2026, 11, 24, 9), 22, london(2026, 11, 25, 20)),
    ],
)
def test_work_ends_inside_the_windows(start: datetime, hours: int, end: datetime) -> None:
    assert DAY.finish(start, timedelta(hours=hours), CHRISTMAS) == end


def test_work_that_spans_the_night_of_a_clock_change_is_not_an_hour_off() -> None:
    through = SendWindow(time(0), time(23, 59), frozenset(range(7)))
    end = through.finish(london(2027, 3, 27, 22, 59), timedelta(hours=4), ())
    assert end == london(2027, 3, 28, 4, 0)  # an hour before midnight, three after, one skipped
