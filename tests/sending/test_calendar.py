"""The calendar of sends: what is planned, what went, what may not go, and for whom."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from outreach import clock
from outreach.domain.campaign import CampaignStatus
from outreach.domain.send_calendar import Month
from outreach.domain.send_window import SendWindow
from outreach.models import Campaign
from outreach.sending import calendar, holidays
from outreach.sending.calendar import Day
from tests.components.html import read_page
from tests.conftest import HostClient, both_databases, sign_in
from tests.factories import a_list, cast, make_campaign
from tests.sending.stage import send

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
DECEMBER = Month(2026, 12)


@pytest.fixture(autouse=True)
def frozen() -> Iterator[None]:
    with clock.set_to(lambda: NOW):
        yield


@pytest.fixture
def see(app: Flask) -> Callable[..., BeautifulSoup]:
    """A function that opens the calendar as the approver."""
    app.test_client_class = HostClient
    client: FlaskClient = sign_in(app.test_client(), cast().approver)

    def open_page(**query: str) -> BeautifulSoup:
        answer = client.get("/campaigns/calendar", query_string=query)
        assert answer.status_code == 200
        return read_page(answer.text)

    return open_page


def days(month: Month) -> dict[date, Day]:
    weeks = calendar.look(month).weeks
    return {day.day: day for week in weeks for day in week if day}


def said(soup: BeautifulSoup, day: str) -> str:
    """What the cell of that day says."""
    cell = soup.select_one(f'td:has(time[datetime="{day}"])')
    assert cell is not None
    return " ".join(cell.get_text(" ").split())


def test_empty_month_says_so_and_shows_bank_holidays(
    see: Callable[..., BeautifulSoup],
) -> None:
    page = see(month="2026-12")
    assert "Nothing was sent and nothing is planned in December 2026" in page.get_text()
    assert "Christmas Day : nothing may be sent" in said(page, "2026-12-25")
    assert said(page, "2026-12-24") == "Thursday 24 December 2026"


def test_months_are_linked_and_nonsense_is_this_month(see: Callable[..., BeautifulSoup]) -> None:
    page = see(month="2027-01")
    links = {str(a["href"]) for a in page.select("main a")}
    assert {
        "/campaigns/calendar?month=2026-12",
        "/campaigns/calendar?month=2027-02",
        "/campaigns/calendar",
    } <= links
    for typed in ("", "2026-13", "\x00", "0000-00"):
        this = see(month=typed)
        assert this.find("caption").get_text() == "November 2026"
        assert "Today" in said(this, "2026-11-24")
        assert "/campaigns/calendar" not in {a["href"] for a in this.select("main a")}


def test_campaign_stands_on_the_day_it_starts(
    app: Flask, see: Callable[..., BeautifulSoup]
) -> None:
    start = datetime(2026, 12, 3, 14, 30, tzinfo=UTC)
    make_campaign(app, CampaignStatus.APPROVED, window=SendWindow(), start_at=start)
    page = see(month="2026-12")
    assert said(page, "2026-12-03").endswith(
        "Spring outreach Approved Starts 2:30pm, window 9am to 8pm"
    )
    assert said(page, "2026-12-04") == "Friday 4 December 2026"


def test_campaign_too_large_for_one_day_goes_on_over_closed_days(
    app: Flask, settings: Callable[..., None]
) -> None:
    settings(send_rate="0.0001")
    start = datetime(2026, 12, 24, 9, tzinfo=UTC)
    make_campaign(app, CampaignStatus.SUBMITTED, window=SendWindow(), start_at=start)
    found = days(DECEMBER)
    planned = [day.day for day, what in found.items() if what.planned]
    assert planned == [24, 26]
    assert [day.day for day, what in found.items() if what.closed] == [25, 28]


@pytest.mark.parametrize("status", [CampaignStatus.COMPLETED, CampaignStatus.CANCELLED])
def test_ended_campaign_is_planned_no_more(app: Flask, status: CampaignStatus) -> None:
    make_campaign(app, status)
    assert not any(day.planned for day in days(Month(2026, 11)).values())


def test_draft_shows_once_it_has_a_start_time(app: Flask) -> None:
    make_campaign(app, window=SendWindow())
    assert not any(day.planned for day in days(Month(2026, 11)).values())
    make_campaign(app, window=SendWindow(), start_at=datetime(2026, 11, 27, 9, tzinfo=UTC))
    found = days(Month(2026, 11))
    assert [day.day for day, what in found.items() if what.planned] == [27]


def test_nothing_is_planned_where_bank_holidays_are_not_known(app: Flask) -> None:
    year = max(holidays.packaged()).year + 1
    start = datetime(year, 3, 2, 9, tzinfo=UTC)
    make_campaign(app, CampaignStatus.APPROVED, start_at=start)
    found = days(Month(year, 3))
    assert {day.closed for day in found.values()} == {"Bank holidays not known yet"}
    assert not any(day.planned for day in found.values())


@both_databases
def test_texts_that_went_are_counted_and_hold_their_numbers(
    app: Flask, released: Callable[..., Campaign], settings: Callable[..., None]
) -> None:
    settings(frequency_cap_days=30)
    released()
    just_before_midnight = datetime(2026, 11, 24, 23, 58, tzinfo=UTC)
    with clock.set_to(lambda: just_before_midnight):
        send(3)
    day = days(Month(2026, 11))[NOW.date()]
    assert [(sent.title, sent.texts) for sent in day.sent] == [("Spring outreach", 5)]
    assert day.held_until == date(2026, 12, 25)
    freed = [day for day in days(DECEMBER).values() if day.freed_from]
    assert [(day.day, day.freed_from) for day in freed] == [(day.held_until, NOW.date())]


def test_days_are_those_of_london(app: Flask, released: Callable[..., Campaign]) -> None:
    in_summer = datetime(2026, 7, 14, 23, 30, tzinfo=UTC)
    with clock.set_to(lambda: in_summer):
        released()
        send(3)
    assert [day.day for day, what in days(Month(2026, 7)).items() if what.sent] == [15]


def test_without_a_cap_no_number_is_held(
    app: Flask, released: Callable[..., Campaign], settings: Callable[..., None],
    see: Callable[..., BeautifulSoup],
) -> None:  # fmt: skip
    settings(frequency_cap_days=0)
    released()
    send(3)
    assert days(Month(2026, 11))[NOW.date()].held_until is None
    assert "No such limit is set" in see().get_text()


@both_databases
def test_two_lists_with_the_same_people_are_named(app: Flask) -> None:
    make_campaign(app, CampaignStatus.SUBMITTED, title="One")
    make_campaign(
        app,
        CampaignStatus.APPROVED,
        title="Two",
        recipients=a_list(["07700 900123", "07700 900999"]),
    )
    make_campaign(app, title="Only a draft")
    (pair,) = calendar.look(DECEMBER).pairs
    assert {pair.one.title, pair.other.title} == {"One", "Two"}
    assert pair.people == 1
