"""The partner, and what the landing page says in English and perhaps in Welsh."""

from collections.abc import Callable
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete

from outreach.campaigns import queries
from outreach.domain.campaign import CampaignStatus
from outreach.extensions import db
from outreach.models import Organisation
from outreach.transaction import transaction
from tests.campaigns.reading import errors, events_of, words
from tests.components.html import read_page
from tests.factories import an_organisation, make_campaign

See = Callable[..., BeautifulSoup]


@pytest.fixture
def campaign_id(app: Flask) -> UUID:
    return make_campaign(app, is_complete=False).id


def pages(campaign_id: UUID) -> dict[str, tuple[str, str, int]]:
    campaign = queries.get(campaign_id)
    assert campaign is not None
    return {
        page.language: (page.heading, page.body, page.version) for page in campaign.landing_pages
    }


def given(**changes: str) -> dict[str, str]:
    usual = {"partner": str(an_organisation().id), "heading": "Help", "body": "One.\r\n\r\nTwo."}
    return {**usual, **changes}


def test_what_is_offered_can_be_accepted_in_one_press(
    requester: FlaskClient, campaign_id: UUID, see: See
) -> None:
    path = f"/campaigns/{campaign_id}/partner"
    soup = see(requester, path)
    fields = {
        str(field["name"]): field.get_text() if field.name == "textarea" else str(field["value"])
        for field in soup.select("main form input[checked], main form textarea, main form #heading")
    }
    assert fields["heading"] == "Free, private support"
    assert requester.post(path, data=fields).status_code == 302
    assert set(pages(campaign_id)) == {"en"}
    campaign = queries.get(campaign_id)
    assert campaign is not None
    assert campaign.partner is not None
    assert campaign.partner.name == "Riverside Support"


def test_partner_and_funder_know_it_by_a_name_of_its_own(
    requester: FlaskClient, campaign_id: UUID, see: See
) -> None:
    path = f"/campaigns/{campaign_id}/partner"
    requester.post(path, data=given(public_name="Autumn support"))
    assert queries.lock(campaign_id).name_outside == "Autumn support"
    assert see(requester, path).select_one("#public_name[value='Autumn support']")
    assert "Autumn support" in words(see(requester, f"/campaigns/{campaign_id}/check"))


def test_without_a_name_the_heading_is_what_they_see(
    requester: FlaskClient, campaign_id: UUID
) -> None:
    requester.post(f"/campaigns/{campaign_id}/partner", data=given(public_name=" "))
    campaign = queries.lock(campaign_id)
    assert campaign.public_name is None
    assert campaign.name_outside == "Help" != campaign.title


def test_name_outside_is_approved_with_the_rest(requester: FlaskClient, app: Flask) -> None:
    campaign_id = make_campaign(app, CampaignStatus.SUBMITTED).id
    before = queries.lock(campaign_id).content_digest
    page = queries.lock(campaign_id).landing_pages[0]
    data = given(heading=page.heading, body=page.body, public_name="Autumn support")
    requester.post(f"/campaigns/{campaign_id}/partner", data=data)
    campaign = queries.lock(campaign_id)
    assert campaign.status is CampaignStatus.DRAFT
    assert queries.content_digest(campaign) != before


def test_preview_shows_what_was_typed_and_stores_nothing(
    requester: FlaskClient, campaign_id: UUID
) -> None:
    data = given(heading="A calmer heading", body="First.\n\n* one\n* two", act="preview")
    soup = read_page(requester.post(f"/campaigns/{campaign_id}/partner", data=data).text)
    preview = soup.select_one(".app-phone__screen")
    assert preview is not None
    assert preview.get_text(" ", strip=True).startswith("A calmer heading First. one two")
    assert [item.text for item in preview.select("li")] == ["one", "two"]
    assert "0808 157 0123" in preview.text
    assert pages(campaign_id) == {}


def test_languages_are_stored_changed_and_taken_away(
    requester: FlaskClient, campaign_id: UUID
) -> None:
    path = f"/campaigns/{campaign_id}/partner"
    welsh = {"heading_cy": "Cymorth", "body_cy": "Siaradwch."}
    requester.post(path, data=given(**welsh))
    assert pages(campaign_id) == {
        "en": ("Help", "One.\n\nTwo.", 1),
        "cy": ("Cymorth", "Siaradwch.", 1),
    }
    requester.post(path, data=given(**welsh, body="Other."))
    assert {tag: version for tag, (_, _, version) in pages(campaign_id).items()} == {
        "en": 2,
        "cy": 1,
    }
    requester.post(path, data=given(body="Other.", heading_cy="", body_cy=""))
    assert set(pages(campaign_id)) == {"en"}
    last = events_of(campaign_id, "campaign.landing_changed")[-1]
    assert last.changes == {"language": "cy", "version": 1, "removed": True}


def test_half_of_the_welsh_is_not_enough(requester: FlaskClient, campaign_id: UUID) -> None:
    path = f"/campaigns/{campaign_id}/partner"
    soup = read_page(requester.post(path, data=given(heading_cy="Cymorth")).text)
    assert errors(soup) == {"#body_cy": "Enter the text in Welsh too"}
    assert soup.select_one("details[open] #heading_cy[value=Cymorth]")
    soup = read_page(requester.post(path, data=given(body_cy="Siaradwch.")).text)
    assert errors(soup) == {"#heading_cy": "Enter the heading in Welsh too"}


def test_text_that_would_not_fit_the_page_is_refused(
    requester: FlaskClient, campaign_id: UUID
) -> None:
    path = f"/campaigns/{campaign_id}/partner"
    soup = read_page(requester.post(path, data=given(body="word " * 1000)).text)
    assert "characters too long" in errors(soup)["#body"]
    assert "word word" in soup.select("#body")[0].text


def test_nothing_given_is_named_field_by_field(requester: FlaskClient, campaign_id: UUID) -> None:
    an_organisation("Harbour")
    data = {"heading": " ", "body": "", "heading_cy": "", "body_cy": ""}
    soup = read_page(requester.post(f"/campaigns/{campaign_id}/partner", data=data).text)
    assert set(errors(soup)) == {"#partner", "#heading", "#body"}


def test_without_partners_the_page_says_who_adds_them(
    app: Flask, requester: FlaskClient, campaign_id: UUID, see: See
) -> None:
    with transaction():
        db.session.execute(delete(Organisation))
    assert "No partner yet" in words(see(requester, f"/campaigns/{campaign_id}/partner"))


def test_markup_in_the_text_stays_text(requester: FlaskClient, campaign_id: UUID) -> None:
    data = given(heading="<b>x</b>", body="<script>alert(1)</script>", act="preview")
    soup = read_page(requester.post(f"/campaigns/{campaign_id}/partner", data=data).text)
    preview = soup.select_one(".app-phone__screen")
    assert preview is not None
    assert preview.find(["b", "script"]) is None
