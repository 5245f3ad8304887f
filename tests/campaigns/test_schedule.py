"""Send window, start and budget, in the ways people type them."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from outreach import clock
from outreach.campaigns import queries
from outreach.models import Campaign
from tests.campaigns.reading import errors, events_of
from tests.components.html import read_page
from tests.factories import make_campaign

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with clock.set_to(lambda: NOW):
        yield


@pytest.fixture
def campaign_id(app: Flask) -> UUID:
    return make_campaign(app, is_complete=False).id


def given(**changes: object) -> dict[str, object]:
    usual = {
        "opens": "9am",
        "closes": "8pm",
        "days": ["0", "1", "2", "3", "4", "5"],
        "start_on": ["", "", ""],
        "start_time": "",
        "budget": "250",
    }
    return {**usual, **changes}


def post(client: FlaskClient, campaign_id: UUID, **changes: object) -> BeautifulSoup | None:
    answer = client.post(f"/campaigns/{campaign_id}/schedule", data=given(**changes))
    return read_page(answer.text) if answer.status_code == 200 else None


def stored(campaign_id: UUID) -> Campaign:
    campaign = queries.get(campaign_id)
    assert campaign is not None
    return campaign


def test_page_offers_the_usual_window(
    requester: FlaskClient, campaign_id: UUID, see: Callable[..., BeautifulSoup]
) -> None:
    soup = see(requester, f"/campaigns/{campaign_id}/schedule")
    values = {str(field["id"]): field.get("value") for field in soup.select("main input[id]")}
    assert (values["opens"], values["closes"]) == ("9am", "8pm")
    checked = [str(box["value"]) for box in soup.select("input[name=days][checked]")]
    assert checked == ["0", "1", "2", "3", "4", "5"]


def test_window_and_budget_are_stored(requester: FlaskClient, campaign_id: UUID) -> None:
    assert post(requester, campaign_id, opens="10.30", closes="midday", budget="£1,250.50") is None
    campaign = stored(campaign_id)
    assert (campaign.window_opens, campaign.window_closes) == (time(10, 30), time(12))
    assert campaign.window_days == [0, 1, 2, 3, 4, 5]
    assert (campaign.start_at, campaign.budget_pence) == (None, 125_050)
    (event,) = events_of(campaign_id, "campaign.schedule_changed")
    assert event.changes["window"] == "10:30 to 12:00"


def test_start_is_london_time(requester: FlaskClient, campaign_id: UUID) -> None:
    post(requester, campaign_id, start_on=["1", "6", "2027"], start_time="2pm")
    assert stored(campaign_id).start_at == datetime(2027, 6, 1, 13, tzinfo=UTC)


def test_start_without_a_time_is_when_the_window_opens(
    requester: FlaskClient, campaign_id: UUID
) -> None:
    post(requester, campaign_id, start_on=["1", "12", "2026"])
    assert stored(campaign_id).start_at == datetime(2026, 12, 1, 9, tzinfo=UTC)


def test_stored_answers_come_back(
    requester: FlaskClient, campaign_id: UUID, see: Callable[..., BeautifulSoup]
) -> None:
    post(requester, campaign_id, start_on=["1", "6", "2027"], start_time="2pm", budget="99.50")
    soup = see(requester, f"/campaigns/{campaign_id}/schedule")
    values = [str(field.get("value", "")) for field in soup.select("[name=start_on]")]
    assert values == ["1", "6", "2027"]
    assert soup.select_one("#start_time[value='2pm']")
    assert soup.select_one("#budget[value='99.50']")


@pytest.mark.parametrize(
    ("changes", "where", "message"),
    [
        ({"opens": ""}, "#opens", "Enter the time texts may start"),
        ({"opens": "nine"}, "#opens", "must be a time, like 9am"),
        ({"opens": "25:00"}, "#opens", "must be a time, like 9am"),
        ({"closes": "8am"}, "#closes", "must be later than their start"),
        ({"closes": "9am"}, "#closes", "must be later than their start"),
        ({"days": []}, "#days", "Choose at least one day"),
        ({"start_on": ["", "6", "2027"]}, "#start_on-day", "must include a day"),
        ({"start_on": ["1"]}, "#start_on-day", "must include a month and year"),
        ({"start_on": ["31", "2", "2027"]}, "#start_on-day", "must be a real date"),
        ({"start_on": ["a", "b", "c"]}, "#start_on-day", "must be a real date"),
        ({"start_on": ["23", "11", "2026"]}, "#start_on-day", "must be in the future"),
        (
            {"start_on": ["24", "11", "2026"], "start_time": "11:59"},
            "#start_on-day",
            "must be in the future",
        ),
        (
            {"start_on": ["28", "3", "2027"], "start_time": "1:30am"},
            "#start_time",
            "The clocks go forward over this time",
        ),
        ({"start_time": "2pm"}, "#start_on-day", "Enter the day that the start time is on"),
        (
            {"start_on": ["1", "6", "2027"], "start_time": "late"},
            "#start_time",
            "must be a time, like 9am",
        ),
        ({"budget": ""}, "#budget", "Enter the budget"),
        ({"budget": "lots"}, "#budget", "must be an amount"),
        ({"budget": "0"}, "#budget", "must be between £0.01 and £1,000,000"),
        ({"budget": "-5"}, "#budget", "must be between £0.01 and £1,000,000"),
        ({"budget": "1.005"}, "#budget", "must be pounds and pence"),
        ({"budget": "NaN"}, "#budget", "must be pounds and pence"),
        ({"budget": "1e9"}, "#budget", "must be between £0.01 and £1,000,000"),
    ],
)
def test_bad_answer_is_named_and_kept(
    requester: FlaskClient, campaign_id: UUID, changes: dict[str, object], where: str, message: str
) -> None:
    soup = post(requester, campaign_id, **changes)
    assert soup is not None
    found = errors(soup)
    assert set(found) == {where}
    assert message in found[where]
    assert stored(campaign_id).budget_pence is None
    for name, typed in changes.items():
        if isinstance(typed, str):
            field = soup.find(id=name)
            assert field is not None
            assert field.get("value", "") == typed


def test_the_hour_that_comes_twice_is_the_later_one(
    requester: FlaskClient, campaign_id: UUID
) -> None:
    post(requester, campaign_id, start_on=["31", "10", "2027"], start_time="1:30am")
    assert stored(campaign_id).start_at == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
