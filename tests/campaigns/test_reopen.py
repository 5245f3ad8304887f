"""Changing what was submitted or approved takes it back, whatever way it is changed."""

from collections.abc import Callable
from datetime import time

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from outreach.campaigns import queries, service
from outreach.domain.access import Role
from outreach.domain.actor import Actor
from outreach.domain.campaign import CampaignStatus
from outreach.domain.errors import MoveRefused
from outreach.domain.landing_text import LandingText
from outreach.domain.send_window import SendWindow
from outreach.models import Campaign
from outreach.transaction import transaction
from tests.campaigns.reading import actions_of, events_of, words
from tests.factories import acting, allow, an_organisation, cast, make_campaign
from tests.fakes.notify import FakeNotify

WAITING = [CampaignStatus.SUBMITTED, CampaignStatus.APPROVED]


def change_purpose(campaign: Campaign, by: Actor) -> None:
    service.set_purpose(
        campaign, purpose="Other", lawful_basis="Other", operation_reference="OTHER-1", by=by
    )


def change_page(campaign: Campaign, by: Actor) -> None:
    assert campaign.partner is not None
    service.set_partner(campaign, campaign.partner, [LandingText("en", "H", "B")], by=by)


def change_schedule(campaign: Campaign, by: Actor) -> None:
    window = SendWindow(time(10), time(11))
    service.set_schedule(campaign, window, start_at=None, budget_pence=10_000, by=by)


def change_budget(campaign: Campaign, by: Actor) -> None:
    window = campaign.send_window
    assert window is not None
    service.set_schedule(campaign, window, start_at=None, budget_pence=10_001, by=by)


CHANGES = [change_purpose, change_page, change_schedule, change_budget]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("status", WAITING)
def test_change_of_content_makes_it_a_draft_that_nobody_approved(
    app: Flask, status: CampaignStatus, change: Callable[[Campaign, Actor], None]
) -> None:
    campaign_id = make_campaign(app, status).id
    with transaction():
        change(queries.lock(campaign_id), acting(cast().requester, Role.REQUESTER))
    campaign = queries.lock(campaign_id)
    assert campaign.status is CampaignStatus.DRAFT
    assert (campaign.content_digest, campaign.approved_at, campaign.submitted_at) == (None,) * 3
    was_approved = status is CampaignStatus.APPROVED
    expected = "campaign.approval_voided" if was_approved else "campaign.reopened"
    assert actions_of(campaign_id)[-2] == expected


@pytest.mark.parametrize("status", [CampaignStatus.SENDING, CampaignStatus.COMPLETED])
def test_running_or_ended_campaign_cannot_be_changed(app: Flask, status: CampaignStatus) -> None:
    campaign_id = make_campaign(app, status).id
    for change in CHANGES:
        with pytest.raises(MoveRefused, match="can no longer be changed"), transaction():
            change(queries.lock(campaign_id), acting(cast().requester, Role.REQUESTER))
    assert queries.lock(campaign_id).purpose != "Other"


def test_same_content_again_voids_nothing(app: Flask, notify: FakeNotify) -> None:
    campaign = make_campaign(app, CampaignStatus.APPROVED)
    campaign_id, template = campaign.id, notify.templates[campaign.template_id]
    with transaction():
        campaign = queries.lock(campaign_id)
        service.set_message(campaign, template, by=acting(cast().requester, Role.REQUESTER))
    assert queries.lock(campaign_id).status is CampaignStatus.APPROVED


def test_requester_takes_an_approved_campaign_back(
    app: Flask, requester: FlaskClient, see: Callable[..., BeautifulSoup]
) -> None:
    campaign_id = make_campaign(app, CampaignStatus.APPROVED).id
    page = see(requester, f"/campaigns/{campaign_id}/purpose")
    assert "Take this campaign back to change it?" in words(page)
    answer = requester.post(f"/campaigns/{campaign_id}/reopen", follow_redirects=True)
    assert "The campaign is a draft again" in answer.text
    assert queries.lock(campaign_id).status is CampaignStatus.DRAFT
    voided = events_of(campaign_id, "campaign.approval_voided")
    assert [event.reason for event in voided] == ["The requester took it back."]


def test_stale_form_still_saves_and_says_what_it_did(app: Flask, requester: FlaskClient) -> None:
    campaign_id = make_campaign(app, CampaignStatus.SUBMITTED).id
    answer = requester.post(
        f"/campaigns/{campaign_id}/title", data={"title": "Renamed"}, follow_redirects=True
    )
    assert "You changed this campaign, so it is a draft again" in answer.text
    assert queries.lock(campaign_id).title == "Renamed"


def test_everybody_who_changes_the_draft_is_remembered(app: Flask) -> None:
    campaign_id = make_campaign(app).id
    people = cast()
    with transaction():
        by = acting(people.approver, Role.REQUESTER)
        service.set_title(queries.lock(campaign_id), "By a colleague", by=by)
    assert queries.hands(queries.lock(campaign_id)).edited_by == {
        people.requester.id,
        people.approver.id,
    }


def test_partner_of_another_name_is_another_content(app: Flask) -> None:
    campaign_id = make_campaign(app, CampaignStatus.SUBMITTED).id
    with transaction():
        an_organisation().phone = "0800 000 0000"
    campaign = queries.lock(campaign_id)
    assert queries.content_digest(campaign) != campaign.content_digest


def test_message_not_on_the_list_is_refused(app: Flask, notify: FakeNotify) -> None:
    campaign_id = make_campaign(app).id
    stranger = notify.add_template("Stranger")
    by = acting(cast().requester, Role.REQUESTER)
    with pytest.raises(service.Incomplete, match="not on the list"), transaction():
        service.set_message(queries.lock(campaign_id), stranger, by=by)
    allow(stranger)
    with transaction():
        service.set_message(queries.lock(campaign_id), stranger, by=by)
