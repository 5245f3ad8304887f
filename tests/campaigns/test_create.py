"""Starting a campaign: a title, a draft, two keys of its own and an event."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.domain.access import Role
from outreach.domain.campaign import CampaignStatus
from outreach.extensions import db
from outreach.models import Campaign, DataKey
from tests.campaigns.reading import errors, events_of
from tests.components.html import read_page
from tests.conftest import both_databases


def the_campaign() -> Campaign:
    return db.session.scalars(select(Campaign)).one()


@both_databases
def test_requester_starts_a_draft_and_lands_on_its_task_list(requester: FlaskClient) -> None:
    answer = requester.post("/campaigns/new", data={"title": "  Spring outreach "})
    campaign = the_campaign()
    assert answer.headers["Location"] == f"/campaigns/{campaign.id}"
    assert (campaign.title, campaign.status) == ("Spring outreach", CampaignStatus.DRAFT)
    assert campaign.data_key_id != campaign.outcome_key_id
    purposes = {key.purpose for key in db.session.scalars(select(DataKey))}
    assert purposes == {"campaign", "outcomes"}
    (event,) = events_of(campaign.id)
    assert (event.action, event.role) == ("campaign.created", "requester")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "Enter a title"),
        ("   ", "Enter a title"),
        ("x" * 121, "The title must be 120 characters or fewer. It has 121"),
        ("Call 07700 900123", "Leave out phone numbers and referral codes. They are kept sealed"),
    ],
)
def test_bad_title_is_refused_and_comes_back_as_typed(
    requester: FlaskClient, typed: str, message: str
) -> None:
    soup = read_page(requester.post("/campaigns/new", data={"title": typed}).text)
    assert errors(soup) == {"#title": message}
    assert soup.title is not None
    assert soup.title.text.startswith("Error:")
    field = soup.find(id="title")
    assert field is not None
    assert str(field.get("value", "")).strip() == typed.strip()
    assert db.session.scalars(select(Campaign)).first() is None


@pytest.mark.parametrize("role", [Role.APPROVER, Role.AUDITOR, Role.ADMIN, Role.PARTNER])
def test_others_cannot_start_a_campaign(client_as: Callable[..., FlaskClient], role: Role) -> None:
    client = client_as(role)
    assert client.get("/campaigns/new").status_code == 403
    assert client.post("/campaigns/new", data={"title": "Mine"}).status_code == 403


def test_signed_out_person_is_led_to_sign_in_and_back(anonymous: FlaskClient) -> None:
    answer = anonymous.get("/campaigns/new")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/sign-in?next=%2Fcampaigns%2Fnew"


def test_changed_title_is_recorded(
    requester: FlaskClient, see: Callable[..., BeautifulSoup]
) -> None:
    requester.post("/campaigns/new", data={"title": "First words"})
    path = f"/campaigns/{the_campaign().id}/title"
    assert see(requester, path).find(id="title", value="First words")
    requester.post(path, data={"title": "Better words"})
    campaign = the_campaign()
    assert campaign.title == "Better words"
    assert events_of(campaign.id)[-1].changes == {"title": "Better words"}
