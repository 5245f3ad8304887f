"""Releasing: a page with the figures, then the sending of exactly what was approved."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, func, select

from outreach import clock
from outreach.campaigns import queries
from outreach.domain.campaign import CampaignStatus
from outreach.domain.send_window import SendWindow
from outreach.extensions import db
from outreach.models import AllowedTemplate, Message
from outreach.transaction import transaction
from tests.campaigns.reading import actions_of, words
from tests.conftest import both_databases
from tests.factories import make_campaign
from tests.fakes.notify import FakeNotify

See = Callable[..., BeautifulSoup]


def release(client: FlaskClient, campaign_id: UUID) -> tuple[int, str, str]:
    answer = client.post(f"/approvals/{campaign_id}/release")
    return answer.status_code, answer.headers.get("Location", ""), answer.text


def messages_of(campaign_id: UUID) -> int:
    statement = select(func.count()).where(Message.campaign_id == campaign_id)
    return db.session.scalar(statement) or 0


def test_page_before_release_says_what_will_happen(
    app: Flask, approver: FlaskClient, see: See
) -> None:
    with clock.set_to(lambda: datetime(2026, 11, 24, 21, tzinfo=UTC)):
        campaign = make_campaign(app, CampaignStatus.APPROVED, window=SendWindow())
        page = words(see(approver, f"/approvals/{campaign.id}/release"))
    assert "People to be texted 5" in page
    assert "Cost without VAT £0.27" in page
    assert "First text leaves 25 November 2026 at 9am" in page
    assert "Approved by Ade Approver, 24 November 2026 at 9pm" in page


@both_databases
def test_approver_releases_what_they_approved(app: Flask, approver: FlaskClient) -> None:
    campaign_id = make_campaign(app, CampaignStatus.APPROVED).id
    status, location, _ = release(approver, campaign_id)
    assert (status, location) == (302, f"/campaigns/{campaign_id}/progress")
    assert queries.lock(campaign_id).status is CampaignStatus.SENDING
    assert messages_of(campaign_id) == 5


def test_second_press_releases_nothing_more(
    app: Flask, approver: FlaskClient, other_approver: FlaskClient
) -> None:
    campaign_id = make_campaign(app, CampaignStatus.APPROVED).id
    release(approver, campaign_id)
    status, location, _ = release(other_approver, campaign_id)
    assert (status, location) == (302, f"/campaigns/{campaign_id}")
    page = other_approver.get(location).text
    assert "This campaign is now sending: somebody acted on it before you" in page
    assert messages_of(campaign_id) == 5
    assert actions_of(campaign_id, "campaign.released") == ["campaign.released"]


def test_campaign_that_nobody_approved_is_not_released(app: Flask, approver: FlaskClient) -> None:
    campaign_id = make_campaign(app, CampaignStatus.SUBMITTED).id
    status, _, page = release(approver, campaign_id)
    assert status == 409
    assert "has to be approved before it can be released" in page
    assert messages_of(campaign_id) == 0
    answer = approver.get(f"/approvals/{campaign_id}/release")
    assert answer.headers["Location"] == f"/approvals/{campaign_id}"


def test_message_withdrawn_after_the_approval_is_not_released(
    app: Flask, approver: FlaskClient
) -> None:
    campaign_id = make_campaign(app, CampaignStatus.APPROVED).id
    with transaction():
        db.session.execute(delete(AllowedTemplate))
    status, _, page = release(approver, campaign_id)
    assert status == 409
    assert "An administrator has withdrawn this message" in page
    assert queries.lock(campaign_id).status is CampaignStatus.APPROVED


@pytest.mark.parametrize("fault", ["is_down", "is_key_refused"])
def test_without_notify_nothing_is_released(
    app: Flask, notify: FakeNotify, approver: FlaskClient, fault: str
) -> None:
    campaign_id = make_campaign(app, CampaignStatus.APPROVED).id
    setattr(notify, fault, True)
    status, _, page = release(approver, campaign_id)
    assert status == 409
    assert "There is a problem" in page
    assert "GOV.UK Notify" in page
    assert queries.lock(campaign_id).status is CampaignStatus.APPROVED
    setattr(notify, fault, False)
    assert release(approver, campaign_id)[0] == 302


def test_requester_cannot_release(app: Flask, requester: FlaskClient) -> None:
    campaign_id = make_campaign(app, CampaignStatus.APPROVED).id
    assert release(requester, campaign_id)[0] == 403
