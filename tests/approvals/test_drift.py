"""A template, list or partner that is not what was submitted: the campaign goes back."""

from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete

from outreach.campaigns import queries
from outreach.domain.campaign import CampaignStatus
from outreach.extensions import db
from outreach.models import Campaign, Recipient
from outreach.transaction import transaction
from tests.campaigns.reading import actions_of, events_of
from tests.factories import an_organisation, make_campaign
from tests.fakes.notify import FakeNotify

Approve = Callable[..., tuple[int, str]]


def edit_template(notify: FakeNotify, campaign: Campaign) -> None:
    notify.edit_template(campaign.template_id, "Hi ((name)) ((link)). Reply STOP to opt out.")


def drop_a_row(notify: FakeNotify, campaign: Campaign) -> None:
    row = db.session.query(Recipient).filter_by(campaign_id=campaign.id).first()
    assert row is not None
    db.session.execute(delete(Recipient).where(Recipient.id == row.id))


def change_partner(notify: FakeNotify, campaign: Campaign) -> None:
    an_organisation().website = "https://elsewhere.example.org"


CHANGES = [
    (edit_template, "it is now version 2, and version 1 was chosen"),
    (drop_a_row, "are not what they were when the campaign was submitted"),
    (change_partner, "are not what they were when the campaign was submitted"),
]


def drifted(
    app: Flask, notify: FakeNotify, status: CampaignStatus, drift: Callable[..., None]
) -> UUID:
    campaign_id = make_campaign(app, status).id
    with transaction():
        drift(notify, queries.lock(campaign_id))
    return campaign_id


@pytest.mark.parametrize(("drift", "why"), CHANGES)
def test_changed_campaign_is_returned_and_not_approved(
    app: Flask,
    notify: FakeNotify,
    approver: FlaskClient,
    approve: Approve,
    drift: Callable[..., None],
    why: str,
) -> None:
    campaign_id = drifted(app, notify, CampaignStatus.SUBMITTED, drift)
    status, page = approve(approver, campaign_id)
    assert status == 200
    assert "The campaign was sent back to its requester" in page
    campaign = queries.lock(campaign_id)
    assert campaign.status is CampaignStatus.RETURNED
    assert why in (campaign.returned_reason or "")
    assert actions_of(campaign_id, "campaign.approved") == []
    (event,) = events_of(campaign_id, "campaign.returned")
    assert why in (event.reason or "")


@pytest.mark.parametrize(("drift", "why"), CHANGES)
def test_changed_campaign_loses_its_approval_and_is_not_released(
    app: Flask,
    notify: FakeNotify,
    approver: FlaskClient,
    drift: Callable[..., None],
    why: str,
) -> None:
    campaign_id = drifted(app, notify, CampaignStatus.APPROVED, drift)
    answer = approver.post(f"/approvals/{campaign_id}/release", follow_redirects=True)
    assert "The campaign was sent back to its requester" in answer.text
    campaign = queries.lock(campaign_id)
    assert (campaign.status, campaign.approved_at) == (CampaignStatus.RETURNED, None)
    (event,) = events_of(campaign_id, "campaign.approval_voided")
    assert why in (event.reason or "")
    assert actions_of(campaign_id, "campaign.released") == []


@pytest.mark.parametrize(
    ("status", "page"),
    [(CampaignStatus.SUBMITTED, ""), (CampaignStatus.APPROVED, "/release")],
)
def test_deleted_template_is_refused_with_a_sentence(
    app: Flask,
    notify: FakeNotify,
    approver: FlaskClient,
    approve: Approve,
    status: CampaignStatus,
    page: str,
) -> None:
    campaign = make_campaign(app, status)
    campaign_id = campaign.id
    notify.archive_template(campaign.template_id)
    if page:
        answer = approver.post(f"/approvals/{campaign_id}{page}")
        code, text = answer.status_code, answer.text
    else:
        code, text = approve(approver, campaign_id)
    assert code == 409
    assert "It may have been deleted there" in text
    assert queries.lock(campaign_id).status is status


def test_notify_is_never_asked_inside_a_transaction(
    app: Flask, notify: FakeNotify, approver: FlaskClient, approve: Approve
) -> None:
    campaign_id = make_campaign(app, CampaignStatus.SUBMITTED).id
    open_at_call: list[bool] = []
    for name in ("list_templates", "preview"):
        genuine = getattr(notify, name)

        def asked(*args: object, genuine: Callable[..., object] = genuine) -> object:
            open_at_call.append(db.session().in_transaction())
            return genuine(*args)

        setattr(notify, name, asked)
    approver.get(f"/approvals/{campaign_id}")
    approve(approver, campaign_id)
    assert open_at_call
    assert not any(open_at_call)
