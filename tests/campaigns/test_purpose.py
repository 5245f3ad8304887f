"""Purpose, lawful basis and operation reference."""

from collections.abc import Callable

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from outreach.campaigns import queries
from tests.campaigns.reading import errors, events_of, words
from tests.components.html import read_page
from tests.factories import make_campaign

GIVEN = {
    "purpose": "Offer help\r\n\r\nto people",
    "lawful_basis": "Public task",
    "operation_reference": "LARKSPUR-7",
}


def test_purpose_is_stored_and_its_words_stay_out_of_the_event(
    app: Flask, requester: FlaskClient
) -> None:
    campaign_id = make_campaign(app, is_complete=False).id
    answer = requester.post(f"/campaigns/{campaign_id}/purpose", data=GIVEN)
    assert answer.headers["Location"] == f"/campaigns/{campaign_id}"
    campaign = queries.get(campaign_id)
    assert campaign is not None
    assert campaign.purpose == "Offer help\n\nto people"
    (event,) = events_of(campaign_id, "campaign.purpose_changed")
    assert event.changes == {"fields": "purpose, lawful_basis, operation_reference"}


def test_saving_the_same_again_records_nothing(app: Flask, requester: FlaskClient) -> None:
    campaign_id = make_campaign(app, is_complete=False).id
    for _ in range(2):
        requester.post(f"/campaigns/{campaign_id}/purpose", data=GIVEN)
    assert len(events_of(campaign_id, "campaign.purpose_changed")) == 1


def test_change_link_leads_back_to_the_answers(app: Flask, requester: FlaskClient) -> None:
    campaign_id = make_campaign(app).id
    answer = requester.post(f"/campaigns/{campaign_id}/purpose?back=check", data=GIVEN)
    assert answer.headers["Location"] == f"/campaigns/{campaign_id}/check"


def test_missing_answers_are_named_and_the_others_are_kept(
    app: Flask, requester: FlaskClient
) -> None:
    path = f"/campaigns/{make_campaign(app, is_complete=False).id}/purpose"
    given = {**GIVEN, "lawful_basis": " ", "operation_reference": "Ring 07700 900123"}
    soup = read_page(requester.post(path, data=given).text)
    assert errors(soup) == {
        "#lawful_basis": "Enter why these people may be texted",
        "#operation_reference": "Leave out phone numbers and referral codes. They are kept sealed",
    }
    purpose = soup.find(id="purpose")
    assert purpose is not None
    assert "Offer help" in purpose.text


def test_page_tells_of_the_terms_of_notify(
    app: Flask, requester: FlaskClient, see: Callable[..., BeautifulSoup]
) -> None:
    campaign = make_campaign(app, is_complete=False)
    page = words(see(requester, f"/campaigns/{campaign.id}/purpose"))
    assert "terms of use forbid unsolicited messages" in page
    assert "Never write an operation’s name or reference" in page
