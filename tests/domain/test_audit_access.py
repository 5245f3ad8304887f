from datetime import UTC, date, datetime, timedelta

import pytest

from outreach.domain.audit import AuditAction, AuditCategory
from outreach.domain.audit_access import LOOKS, Looks, access_report, stands_out

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
FIRST, LAST = date(2026, 3, 2), date(2026, 3, 15)


def looks(
    who: str, times: int, *, at: datetime = MONDAY, action: AuditAction = AuditAction.REPLY_READ
) -> Looks:
    return Looks(who, "approver", action.value, "c1", at, times)


def marks(*given: Looks) -> dict[str, list[str]]:
    return {p.who: p.marks for p in access_report(given, FIRST, LAST).people}


def test_what_counts_as_looking_is_looking_or_passing_on() -> None:
    assert {one.category for one in LOOKS} <= {AuditCategory.CONSULTATION, AuditCategory.DISCLOSURE}
    assert AuditAction.SESSION_SIGNED_IN not in LOOKS


@pytest.mark.parametrize(
    ("times", "others", "expected"),
    [
        (19, [1, 1, 1], False),
        (20, [1, 1, 1], True),
        (61, [20, 20, 20], True),
        (60, [20, 20, 20], False),
        (100, [30, 30, 400], True),
        (100, [], False),
        (20, [0, 0], True),
    ],
)
def test_who_looks_far_more_than_the_middle_of_the_others_stands_out(
    times: int, others: list[int], expected: bool
) -> None:
    assert stands_out(times, others) is expected


def test_people_who_stand_out_come_first_and_then_by_how_often() -> None:
    report = access_report(
        [looks("a", 10), looks("b", 12), looks("c", 11), looks("d", 40)], FIRST, LAST
    )
    assert [p.who for p in report.people] == ["d", "b", "c", "a"]
    assert report.people[0].marks == ["looks far more often than the others"]


def test_full_numbers_are_judged_on_their_own() -> None:
    numbers = AuditAction.NUMBER_REVEALED
    found = marks(
        looks("a", 100), looks("b", 110), looks("c", 60), looks("c", 30, action=numbers),
        looks("b", 2, action=numbers),
    )  # fmt: skip
    assert found == {"c": ["saw far more full numbers than the others"], "a": [], "b": []}


def test_one_day_far_over_a_persons_own_usual_is_marked() -> None:
    usual = [looks("a", 4, at=MONDAY + timedelta(days=n)) for n in range(4)]
    assert marks(*usual, looks("a", 30, at=MONDAY + timedelta(days=7)))["a"] == [
        "has one day far over their usual"
    ]
    assert marks(*usual, looks("a", 16, at=MONDAY + timedelta(days=7)))["a"] == []
    assert marks(looks("a", 30))["a"] == []  # nothing to compare with


@pytest.mark.parametrize(
    ("at", "is_out"),
    [
        (datetime(2026, 3, 2, 6, tzinfo=UTC), True),
        (datetime(2026, 3, 2, 7, tzinfo=UTC), False),
        (datetime(2026, 3, 2, 18, tzinfo=UTC), False),
        (datetime(2026, 3, 2, 19, tzinfo=UTC), True),
        (datetime(2026, 3, 7, 12, tzinfo=UTC), True),
        (datetime(2026, 7, 1, 6, tzinfo=UTC), False),  # 7am in London's summer
        (datetime(2026, 7, 1, 18, tzinfo=UTC), True),
    ],
)
def test_hours_of_work_are_londons(at: datetime, is_out: bool) -> None:
    (person,) = access_report([looks("a", 5, at=at)], at.date(), at.date()).people
    assert person.out_of_hours == (5 if is_out else 0)


def test_looking_mostly_out_of_hours_is_marked() -> None:
    night = MONDAY.replace(hour=23)
    assert "looks mostly outside working hours" in marks(looks("a", 20, at=night))["a"]
    assert marks(looks("a", 20, at=night), looks("a", 25))["a"] == []


def test_every_day_has_its_bar_and_campaigns_count_people() -> None:
    other = Looks("b", None, AuditAction.NUMBER_REVEALED.value, "c2", MONDAY, 2)
    report = access_report([looks("a", 5), looks("b", 1), other], FIRST, LAST)
    assert len(report.days) == 14
    assert [(d.times, d.numbers) for d in report.days[:2]] == [(8, 2), (0, 0)]
    assert report.highest == 8
    assert report.campaigns == [("c1", 6, 2), ("c2", 2, 1)]
    assert report.people[0].busiest == (FIRST, 5)


def test_with_nobody_there_is_a_report_of_nothing() -> None:
    report = access_report([], FIRST, LAST)
    assert (report.people, report.campaigns, report.highest) == ([], [], 0)
