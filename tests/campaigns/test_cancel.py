"""Ending a campaign that was never released."""

from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach.campaigns import queries
from outreach.domain.campaign import CampaignStatus
from tests.campaigns.reading import errors, events_of
from tests.components.html import read_page
from tests.factories import make_campaign

BEFORE_RELEASE = [
    CampaignStatus.DRAFT,
    CampaignStatus.SUBMITTED,
    CampaignStatus.RETURNED,
    CampaignStatus.APPROVED,
]
WHY = {"reason": "The partner closes next week."}


def post(client: FlaskClient, campaign_id: UUID) -> str:
    return client.post(f"/campaigns/{campaign_id}/cancel", data=WHY, follow_redirects=True).text


@pytest.mark.parametrize("status", BEFORE_RELEASE)
def test_requester_cancels_with_a_reason(
    app: Flask, requester: FlaskClient, status: CampaignStatus
) -> None:
    campaign_id = make_campaign(app, status).id
    page = post(requester, campaign_id)
    assert "The campaign was cancelled. Nobody was texted." in page
    assert "Cancelled because: The partner closes next week." in page
    campaign = queries.lock(campaign_id)
    assert campaign.status is CampaignStatus.CANCELLED
    assert campaign.ended_at is not None
    (event,) = events_of(campaign_id, "campaign.cancelled")
    assert (event.reason, event.changes) == (WHY["reason"], {"was": status.value})


def test_approver_may_pull_the_brake_too(app: Flask, approver: FlaskClient) -> None:
    campaign_id = make_campaign(app, CampaignStatus.SUBMITTED).id
    assert "The campaign was cancelled" in post(approver, campaign_id)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "Enter why it is cancelled"),
        ("07700 900123 complained", "Leave out phone numbers and referral codes"),
    ],
)
def test_reason_is_needed_without_a_number(
    app: Flask, requester: FlaskClient, typed: str, message: str
) -> None:
    campaign_id = make_campaign(app).id
    answer = requester.post(f"/campaigns/{campaign_id}/cancel", data={"reason": typed})
    assert errors(read_page(answer.text))["#reason"].startswith(message)
    assert queries.lock(campaign_id).status is CampaignStatus.DRAFT


def test_second_press_changes_nothing(app: Flask, requester: FlaskClient) -> None:
    campaign_id = make_campaign(app, CampaignStatus.CANCELLED).id
    answer = requester.post(f"/campaigns/{campaign_id}/cancel", data=WHY)
    assert answer.status_code == 409
    assert "This campaign is now cancelled" in answer.text
    assert len(events_of(campaign_id, "campaign.cancelled")) == 1


def test_running_campaign_is_cancelled_where_it_is_sent(app: Flask, requester: FlaskClient) -> None:
    campaign_id = make_campaign(app, CampaignStatus.SENDING).id
    answer = requester.get(f"/campaigns/{campaign_id}/cancel")
    assert answer.headers["Location"] == f"/campaigns/{campaign_id}/stop"
