"""NHS England's rule, and a proof by trial that no star can be undone."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.domain.disclosure_control import (
    Shown,
    per_one,
    publish,
    total,
    words,
)

MANY = 1_000
counts = st.integers(0, 60)
small = range(1, 8)
cells = st.dictionaries(st.sampled_from("abcdefgh"), counts, min_size=1)


def everything_published(values: dict[str, int]) -> tuple[object, ...]:
    """Cells, total, totals of every pair, and a price for one of the total."""
    shown = {name: publish(value, MANY) for name, value in values.items()}
    pairs = [total((shown[a], shown[b])) for a in sorted(shown) for b in sorted(shown)]
    whole = total(shown.values())
    return shown, whole, tuple(pairs), per_one(12_345, whole)


MANY = 1_000


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (0, 0),
        (1, None),
        (7, None),
        (8, 10),
        (12, 10),
        (13, 15),
        (17, 15),
        (18, 20),
        (1_232, 1_230),
        (1_233, 1_235),
    ],
)
def test_the_rule(count: int, shown: Shown) -> None:
    assert publish(count, MANY) == shown


@given(st.integers(0, 10**9))
def test_what_is_shown_is_a_star_or_the_nearest_five(count: int) -> None:
    shown = publish(count, MANY)
    if shown is None:
        assert 1 <= count <= 7
    else:
        assert shown % 5 == 0
        assert abs(shown - count) <= 2


def test_a_negative_count_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="negative"):
        publish(-1, MANY)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([], 0),
        ([0, 0], 0),
        ([None], None),
        ([None, None, 0], None),
        ([10, None, 0], 10),
        ([10, 25], 35),
    ],
)
def test_a_total_is_the_sum_of_what_is_shown(cells: list[Shown], expected: Shown) -> None:
    assert total(cells) == expected


def test_how_it_is_written() -> None:
    assert [words(None), words(0), words(1_235)] == ["*", "0", "1,235"]


def test_a_price_needs_a_count_to_divide_by() -> None:
    assert per_one(1_000, 20) == Fraction(50)
    assert per_one(1_000, None) is None
    assert per_one(1_000, 0) is None


@given(cells)
def test_no_star_can_be_undone(values: dict[str, int]) -> None:
    """Whatever of 1 to 7 a starred count were, every published cell and sum would be the same."""
    published = everything_published(values)
    for name, count in values.items():
        if count in small:
            for other in small:
                assert everything_published({**values, name: other}) == published


@settings(deadline=None)
@given(st.lists(cells, min_size=2, max_size=6))
def test_no_star_can_be_undone_across_successive_reports(weeks: list[dict[str, int]]) -> None:
    """For every star of every week, and each of 1 to 7, there is a course of weeks that never goes
    down where the true one did not, shows the same in all reports, and has that number there."""
    names = sorted({name for week in weeks for name in week})
    course = [{name: week.get(name, 0) for name in names} for week in weeks]
    published = [everything_published(week) for week in course]
    for name in names:
        for place, week in enumerate(course):
            if week[name] not in small:
                continue
            for other in small:
                told = [
                    {**each, name: other if each[name] in small else each[name]} for each in course
                ]
                assert [everything_published(each) for each in told] == published
                assert told[place][name] == other
                _assert_not_lower(course, told, name)


def _assert_not_lower(course: list[dict[str, int]], told: list[dict[str, int]], name: str) -> None:
    for (a, b), (c, d) in zip(
        zip(course, course[1:], strict=False), zip(told, told[1:], strict=False), strict=True
    ):
        if a[name] <= b[name]:
            assert c[name] <= d[name]


def test_a_total_rounded_on_its_own_would_undo_a_star() -> None:
    """Why totals are not counted: with the rule alone, (1, 8, 8) gives the 1 away."""

    def naive(values: tuple[int, ...]) -> tuple[Shown, ...]:
        return (*(publish(value, MANY) for value in values), publish(sum(values), MANY))

    seen = naive((1, 8, 8))
    assert seen == (None, 10, 10, 15)
    fitting = {a for a, b, c in product(range(20), repeat=3) if naive((a, b, c)) == seen}
    assert fitting == {1}

    def ours(values: tuple[int, ...]) -> tuple[Shown, ...]:
        shown = [publish(value, MANY) for value in values]
        return (*shown, total(shown))

    fitting = {a for a, b, c in product(range(20), repeat=3) if ours((a, b, c)) == ours((1, 8, 8))}
    assert fitting == set(small)
