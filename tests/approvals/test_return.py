"""Returning a campaign with a reason, approved or not."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from outreach.campaigns import queries
from outreach.domain.campaign import CampaignStatus
from tests.campaigns.reading import errors, events_of, words
from tests.components.html import read_page
from tests.factories import make_campaign

WHY = {"reason": "Say who wrote this.\nAnd shorten it."}


@pytest.mark.parametrize(
    ("status", "action"),
    [
        (CampaignStatus.SUBMITTED, "campaign.returned"),
        (CampaignStatus.APPROVED, "campaign.approval_voided"),
    ],
)
def test_returned_campaign_tells_its_requester_why(
    app: Flask,
    approver: FlaskClient,
    requester: FlaskClient,
    see: Callable[..., BeautifulSoup],
    status: CampaignStatus,
    action: str,
) -> None:
    campaign_id = make_campaign(app, status).id
    answer = approver.post(f"/approvals/{campaign_id}/return", data=WHY, follow_redirects=True)
    assert "The campaign was returned to its requester" in answer.text
    campaign = queries.lock(campaign_id)
    assert campaign.status is CampaignStatus.RETURNED
    assert (campaign.content_digest, campaign.approved_at, campaign.approved_by_id) == (None,) * 3
    (event,) = events_of(campaign_id, action)
    assert event.reason == WHY["reason"]
    assert "Say who wrote this. And shorten it." in words(
        see(requester, f"/campaigns/{campaign_id}")
    )


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (" ", "Enter what has to be changed"),
        ("Row of 07700 900123", "Leave out phone numbers and referral codes"),
        ("x" * 2001, "What has to be changed must be 2,000 characters or fewer"),
    ],
)
def test_reason_is_needed_without_a_number(
    app: Flask, approver: FlaskClient, typed: str, message: str
) -> None:
    campaign_id = make_campaign(app, CampaignStatus.SUBMITTED).id
    answer = approver.post(f"/approvals/{campaign_id}/return", data={"reason": typed})
    soup = read_page(answer.text)
    assert errors(soup)["#reason"].startswith(message)
    field = soup.find(id="reason")
    assert field is not None
    assert field.get_text().strip() == typed.strip()
    assert queries.lock(campaign_id).status is CampaignStatus.SUBMITTED


def test_draft_cannot_be_returned(app: Flask, approver: FlaskClient) -> None:
    campaign_id = make_campaign(app).id
    answer = approver.post(f"/approvals/{campaign_id}/return", data=WHY, follow_redirects=True)
    assert "This campaign is now a draft" in answer.text
    assert events_of(campaign_id, "campaign.returned") == []


def test_requester_cannot_return(app: Flask, requester: FlaskClient) -> None:
    campaign_id = make_campaign(app, CampaignStatus.SUBMITTED).id
    assert requester.post(f"/approvals/{campaign_id}/return", data=WHY).status_code == 403
