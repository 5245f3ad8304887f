"""Submitting: only whole, only within the budget, only once, and with what is at Notify now."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete

from outreach.campaigns import queries
from outreach.domain.campaign import CampaignStatus
from outreach.extensions import db
from outreach.models import AllowedTemplate, Campaign
from outreach.transaction import transaction
from tests.campaigns.reading import actions_of, errors, events_of, words
from tests.components.html import read_page
from tests.conftest import both_databases
from tests.factories import cast, make_campaign
from tests.fakes.notify import FakeNotify

SURE = {"declaration": "y"}


def submit(client: FlaskClient, campaign: Campaign) -> tuple[int, BeautifulSoup]:
    answer = client.post(f"/campaigns/{campaign.id}/check", data=SURE, follow_redirects=True)
    return answer.status_code, read_page(answer.text)


def status_of(campaign: Campaign) -> CampaignStatus:
    found = queries.lock(campaign.id)
    return found.status


@both_databases
def test_submitted_campaign_waits_with_its_digest_and_an_event(
    app: Flask, requester: FlaskClient
) -> None:
    campaign_id = make_campaign(app).id
    status, page = submit(requester, queries.lock(campaign_id))
    assert status == 200
    assert "Campaign submitted Nothing is sent before somebody else approves it" in words(page)
    campaign = queries.lock(campaign_id)
    assert campaign.status is CampaignStatus.SUBMITTED
    assert campaign.submitted_by_id == cast().requester.id
    assert campaign.content_digest == queries.content_digest(campaign)
    (event,) = events_of(campaign_id, "campaign.submitted")
    assert event.changes == {
        "content_digest": campaign.content_digest,
        "recipients": 5,
        "fragments": 11,
        "template_version": 1,
    }


def test_declaration_is_needed(app: Flask, requester: FlaskClient) -> None:
    campaign = make_campaign(app)
    answer = requester.post(f"/campaigns/{campaign.id}/check", data={})
    soup = read_page(answer.text)
    assert errors(soup) == {"#declaration": "Confirm that you have read what will be sent"}
    assert status_of(campaign) is CampaignStatus.DRAFT


def test_second_press_is_harmless_and_says_so(app: Flask, requester: FlaskClient) -> None:
    campaign_id = make_campaign(app).id
    for _ in range(2):
        status, page = submit(requester, queries.lock(campaign_id))
    assert status == 200
    assert "Rosa Requester has submitted it already" in words(page)
    assert actions_of(campaign_id, "campaign.submitted") == ["campaign.submitted"]


def test_unfinished_campaign_is_refused(app: Flask, requester: FlaskClient) -> None:
    campaign = make_campaign(app, is_complete=False)
    status, page = submit(requester, campaign)
    assert status == 409
    assert "Choose a message first." in errors(page)[""]
    assert status_of(campaign) is CampaignStatus.DRAFT


def test_campaign_over_its_budget_is_refused(app: Flask, requester: FlaskClient) -> None:
    campaign = make_campaign(app, budget_pence=26)
    status, page = submit(requester, campaign)
    assert status == 409
    assert "would cost £0.26 without VAT, more than the budget" in errors(page)[""]
    assert status_of(campaign) is CampaignStatus.DRAFT


def test_budget_that_is_just_enough_will_do(app: Flask, requester: FlaskClient) -> None:
    campaign = make_campaign(app, budget_pence=27)
    assert submit(requester, campaign)[0] == 200
    assert status_of(campaign) is CampaignStatus.SUBMITTED


def test_template_changed_meanwhile_is_refused(
    app: Flask, notify: FakeNotify, requester: FlaskClient
) -> None:
    campaign = make_campaign(app)
    notify.edit_template(campaign.template_id, "Hi ((name)), ((link)). Reply STOP.")
    status, page = submit(requester, campaign)
    assert status == 409
    assert "it is now version 2, and version 1 was chosen" in errors(page)[""]
    assert status_of(campaign) is CampaignStatus.DRAFT


def test_template_deleted_meanwhile_is_refused(
    app: Flask, notify: FakeNotify, requester: FlaskClient
) -> None:
    campaign = make_campaign(app)
    notify.archive_template(campaign.template_id)
    status, page = submit(requester, campaign)
    assert status == 409
    assert "It may have been deleted there" in errors(page)[""]
    assert status_of(campaign) is CampaignStatus.DRAFT


def test_template_withdrawn_meanwhile_is_refused(app: Flask, requester: FlaskClient) -> None:
    campaign = make_campaign(app)
    with transaction():
        db.session.execute(delete(AllowedTemplate))
    status, page = submit(requester, queries.lock(campaign.id))
    assert status == 409
    assert "an administrator has withdrawn this one" in errors(page)[""]


@pytest.mark.parametrize("fault", ["is_down", "is_key_refused"])
def test_without_notify_nothing_is_submitted_and_the_tick_stays(
    app: Flask, notify: FakeNotify, requester: FlaskClient, fault: str
) -> None:
    campaign = make_campaign(app)
    setattr(notify, fault, True)
    status, page = submit(requester, campaign)
    assert status == 409
    assert "GOV.UK Notify" in errors(page)[""]
    assert page.select_one("#declaration[checked]")
    assert status_of(campaign) is CampaignStatus.DRAFT


@pytest.mark.parametrize("status", [CampaignStatus.SENDING, CampaignStatus.CANCELLED])
def test_running_or_ended_campaign_cannot_be_submitted(
    app: Flask, requester: FlaskClient, status: CampaignStatus
) -> None:
    campaign = make_campaign(app, status)
    answer = requester.post(f"/campaigns/{campaign.id}/check", data=SURE)
    assert answer.status_code == 409
    assert "it can no longer be changed" in answer.text
    assert status_of(campaign) is status


def test_returned_campaign_can_be_submitted_again(
    app: Flask, requester: FlaskClient, see: Callable[..., BeautifulSoup]
) -> None:
    campaign = make_campaign(app, CampaignStatus.RETURNED)
    assert "Say who wrote this." in words(see(requester, f"/campaigns/{campaign.id}"))
    assert submit(requester, campaign)[0] == 200
    again = queries.lock(campaign.id)
    assert (again.status, again.returned_reason) == (CampaignStatus.SUBMITTED, None)


def test_approver_cannot_submit(app: Flask, approver: FlaskClient) -> None:
    campaign = make_campaign(app)
    assert approver.post(f"/campaigns/{campaign.id}/check", data=SURE).status_code == 403
