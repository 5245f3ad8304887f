"""The report's lines: sums that hold, prices made of published figures, no star undone."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.disclosure_control import publish
from outreach.domain.funder_report import (
    FIGURES,
    NONE_TO_DIVIDE_BY,
    NOT_YET,
    FunderReport,
    Published,
    compare,
    sent_lines,
    told_apart,
)
from outreach.domain.message import MessageStatus as M
from outreach.domain.outcome import OutcomeKind as K

STATUSES = {
    M.DELIVERED: 800,
    M.ACCEPTED: 50,
    M.PERMANENT_FAILURE: 100,
    M.TEMPORARY_FAILURE: 20,
    M.TECHNICAL_FAILURE: 1,
    M.REFUSED: 4,
    M.SUPPRESSED: 5,
    M.CANCELLED: 10,
    M.PENDING: 10,
}


def report(counts: dict[str, int] | None = None, name: str = "Autumn support") -> FunderReport:
    """A report whose partner figures were published from these true counts."""
    published = None
    if counts is not None:
        shown = {figure: publish(counts.get(figure, 0), 1_000) for figure in FIGURES}
        published = Published("2026-W47", shown)
    return FunderReport(
        name=name,
        released_on=date(2026, 11, 2),
        approved=sum(STATUSES.values()),
        statuses=STATUSES,
        cost_pence=Decimal("2333.6"),
        opt_outs=12,
        wrong_persons=3,
        published=published,
    )


def values(lines: Iterable[object]) -> dict[str, str]:
    return {line.label: line.value for line in lines}  # type: ignore[attr-defined]


def test_the_parts_add_up_to_what_was_approved() -> None:
    whole, *parts = report().text_lines()
    assert whole.value == "1,000"
    assert sum(part.size or 0 for part in parts) == 1_000
    assert report().sent == 971


def test_failures_are_told_apart() -> None:
    told = values(report().text_lines())
    assert told["Failed: number does not work"] == "100"
    assert told["Failed: phone out of reach"] == "20"
    assert told["Refused by Notify"] == "4"
    assert told["Waiting"] == "10"


def test_partner_figures_by_the_rule() -> None:
    told = values(
        report(
            {
                K.MADE_CONTACT: 23,
                K.STARTED_SUPPORT: 8,
                K.ALREADY_SUPPORTED: 41,
                K.DECLINED: 7,
                "visits": 112,
            }
        ).partner_lines()
    )
    assert told == {
        "Went on to the charity’s website": "110",
        "Made contact": "25",
        "Started support": "10",
        "Already supported": "40",
        "Declined support": "*",
        "First contacts": "35",
    }


def test_prices_are_made_of_what_is_shown() -> None:
    told = values(report({K.MADE_CONTACT: 23}).cost_lines())
    assert told == {
        "Cost of all texts": "£23.34",
        "Cost for each text delivered": "£0.03",
        "Cost for each first contact": "about £0.93",  # £23.336 by 25, and not by 23
    }


def test_prices_that_cannot_be_told() -> None:
    assert report().per_first_contact == NOT_YET
    assert report({}).per_first_contact == NONE_TO_DIVIDE_BY
    assert report({K.DECLINED: 3}).per_first_contact == "*"


def test_a_campaign_by_itself_gets_no_sum_row() -> None:
    assert len(compare([report()])) == 1


def test_the_comparison_sums_what_is_shown() -> None:
    rows = compare([report({K.MADE_CONTACT: 23}), report({K.DECLINED: 2}, "Spring")])
    assert [row[0] for row in rows] == ["Autumn support", "Spring", "Together"]
    assert [row[6] for row in rows] == ["25", "*", "25"]
    assert rows[-1][1] == "1,942"
    assert rows[-1][7] == "about £1.87"


def test_no_sum_of_prices_before_every_campaign_is_published() -> None:
    rows = compare([report({K.MADE_CONTACT: 23}), report(None)])
    assert rows[-1][7] == NONE_TO_DIVIDE_BY
    assert [row[6] for row in rows] == ["25", NOT_YET, "25"]


counts = st.fixed_dictionaries({figure: st.integers(0, 40) for figure in FIGURES})


@given(st.lists(counts, min_size=1, max_size=3))
def test_nothing_in_report_or_comparison_undoes_a_star(campaigns: list[dict[str, int]]) -> None:
    """Each starred count of each campaign may be any of 1 to 7 and every word stays as it is."""

    def everything(of: list[dict[str, int]]) -> object:
        reports = [report(each, str(number)) for number, each in enumerate(of)]
        return [each.all_lines() for each in reports], compare(reports)

    published = everything(campaigns)
    for number, campaign in enumerate(campaigns):
        for figure, count in campaign.items():
            if not 1 <= count <= 7:
                continue
            for other in range(1, 8):
                told = [dict(each) for each in campaigns]
                told[number][figure] = other
                assert everything(told) == published


def test_campaigns_of_one_name_are_told_apart_by_their_day() -> None:
    twice = [report(name="Free, private and local support"), report(name="Spring")]
    assert told_apart(twice) == ["Free, private and local support", "Spring"]
    again = replace(twice[0], released_on=date(2026, 3, 9))
    named = told_apart([*twice, again])
    assert named[1:] == ["Spring", "Free, private and local support, 9 Mar 2026"]
    assert named[0] != named[2]
    short = [line.label for line in sent_lines([*twice, again])]
    assert short[2] == "Free, private and…, 9 Mar 2026"
    assert max(map(len, short)) <= 34
