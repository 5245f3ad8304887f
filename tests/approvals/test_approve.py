"""Approving: by another person, what was read, once."""

import threading
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach import clock
from outreach.approvals import service
from outreach.campaigns import queries
from outreach.domain.access import Role
from outreach.domain.campaign import CampaignStatus
from outreach.domain.errors import ChangedMeanwhile, Incomplete, NotAllowed
from outreach.extensions import db
from outreach.models import AllowedTemplate, Setting, Upload, User, UserSession
from outreach.notify.results import Template
from outreach.transaction import transaction
from tests.approvals.conftest import TICKED
from tests.campaigns.reading import actions_of, events_of
from tests.conftest import HostClient, both_databases, sign_in
from tests.factories import acting, cast, give_role, make_campaign, notify_of

Approve = Callable[..., tuple[int, str]]


def live(app: Flask, campaign_id: UUID) -> Template:
    campaign = queries.lock(campaign_id)
    return notify_of(app).templates[campaign.template_id]


def status_of(campaign_id: UUID) -> CampaignStatus:
    return queries.lock(campaign_id).status


@both_databases
def test_approval_is_bound_to_what_was_read(
    app: Flask, approver: FlaskClient, approve: Approve
) -> None:
    campaign_id = make_campaign(app, CampaignStatus.SUBMITTED).id
    status, page = approve(approver, campaign_id)
    assert status == 200
    assert "You approved this campaign" in page
    campaign = queries.lock(campaign_id)
    assert campaign.status is CampaignStatus.APPROVED
    assert campaign.approved_by_id == cast().approver.id
    (event,) = events_of(campaign_id, "campaign.approved")
    assert event.changes == {
        "content_digest": campaign.content_digest,
        "template_version": 1,
        "recipients": 5,
    }


def test_requester_without_the_role_cannot_approve(app: Flask, requester: FlaskClient) -> None:
    campaign_id = make_campaign(app, CampaignStatus.SUBMITTED).id
    assert requester.post(f"/approvals/{campaign_id}", data={}).status_code == 403


def test_person_cannot_approve_their_own_draft_whatever_their_roles(
    app: Flask, signed_in: Callable[[User], FlaskClient], notify: object, approve: Approve
) -> None:
    campaign_id = make_campaign(app, CampaignStatus.SUBMITTED).id
    give_role(cast().requester, Role.APPROVER)
    rosa = signed_in(cast().requester)
    status, page = approve(rosa, campaign_id)
    assert status == 409
    assert "because you drafted it" in page
    assert status_of(campaign_id) is CampaignStatus.SUBMITTED
    shown = rosa.get(f"/approvals/{campaign_id}").text
    assert "because you drafted it" in shown
    assert ">Approve<" not in shown


@pytest.mark.parametrize("hand", ["uploaded", "edited", "submitted"])
def test_any_hand_in_it_is_enough_to_be_refused(app: Flask, hand: str) -> None:
    campaign_id = make_campaign(app, CampaignStatus.SUBMITTED).id
    approver_id = cast().approver.id
    with transaction():
        campaign = queries.lock(campaign_id)
        if hand == "uploaded":
            db.session.query(Upload).update({"uploaded_by_id": approver_id})
        elif hand == "edited":
            campaign.editor_ids = [*campaign.editor_ids, approver_id]
        else:
            campaign.submitted_by_id = approver_id
        digest = campaign.content_digest or ""
    by, template = acting(cast().approver, Role.APPROVER), live(app, campaign_id)
    for act in (
        lambda it: service.approve(it, template, by=by, seen_digest=digest),
        lambda it: service.return_to_requester(it, by=by, reason="No."),
        lambda it: service.release(it, template, by=by),
    ):
        with pytest.raises(NotAllowed, match="Another approver has to"), transaction():
            act(queries.lock(campaign_id))
    assert status_of(campaign_id) is CampaignStatus.SUBMITTED


@pytest.mark.parametrize("page", ["", "/release"])
def test_who_signed_in_long_ago_is_asked_again_before_the_act(
    app: Flask, notify: object, approve: Approve, page: str
) -> None:
    status = CampaignStatus.APPROVED if page else CampaignStatus.SUBMITTED
    campaign_id = make_campaign(app, status).id
    app.test_client_class = HostClient
    at = clock.now() - timedelta(minutes=40)
    stale = sign_in(app.test_client(), cast().approver, at)
    with transaction():
        db.session.query(UserSession).update({"seen_at": clock.now()})
    data = {**TICKED, "seen_digest": queries.lock(campaign_id).content_digest or ""}
    answer = stale.post(f"/approvals/{campaign_id}{page}", data=data)
    assert answer.status_code == 403
    assert "Confirm that it is you" in answer.text
    assert status_of(campaign_id) is status


def test_page_that_was_read_before_a_change_cannot_be_approved(
    app: Flask, approver: FlaskClient, approve: Approve
) -> None:
    campaign_id = make_campaign(app, CampaignStatus.SUBMITTED).id
    status, page = approve(approver, campaign_id, seen="0" * 64)
    assert status == 409
    assert "has changed since you opened this page" in page
    assert 'id="has_read_texts"' in page
    assert "checked" not in page
    assert status_of(campaign_id) is CampaignStatus.SUBMITTED


def test_price_that_rose_over_the_budget_stops_the_approval(app: Flask) -> None:
    campaign_id = make_campaign(app, CampaignStatus.SUBMITTED, budget_pence=27).id
    with transaction():
        db.session.merge(Setting(name="pence_per_fragment", value="3.1"))
    template, by = live(app, campaign_id), acting(cast().approver, Role.APPROVER)
    digest = queries.lock(campaign_id).content_digest or ""
    with pytest.raises(Incomplete, match="more than the budget"), transaction():
        service.approve(queries.lock(campaign_id), template, by=by, seen_digest=digest)


def test_withdrawn_message_stops_the_approval(
    app: Flask, approver: FlaskClient, approve: Approve
) -> None:
    campaign_id = make_campaign(app, CampaignStatus.SUBMITTED).id
    with transaction():
        db.session.query(AllowedTemplate).delete()
    status, page = approve(approver, campaign_id)
    assert status == 409
    assert "an administrator has withdrawn this one" in page
    assert status_of(campaign_id) is CampaignStatus.SUBMITTED


def test_second_approver_gets_a_clear_page(
    app: Flask, approver: FlaskClient, other_approver: FlaskClient, approve: Approve
) -> None:
    campaign_id = make_campaign(app, CampaignStatus.SUBMITTED).id
    approve(approver, campaign_id)
    status, page = approve(other_approver, campaign_id)
    assert status == 200
    assert "approved by Ade Approver before you pressed the button" in page
    assert queries.lock(campaign_id).approved_by_id == cast().approver.id
    assert len(events_of(campaign_id, "campaign.approved")) == 1


def test_approval_after_a_return_says_what_happened(
    app: Flask, approver: FlaskClient, other_approver: FlaskClient, approve: Approve
) -> None:
    campaign_id = make_campaign(app, CampaignStatus.SUBMITTED).id
    approver.post(f"/approvals/{campaign_id}/return", data={"reason": "Shorten it."})
    status, page = approve(other_approver, campaign_id, seen="0" * 64)
    assert status == 200
    assert "now returned to its requester: somebody acted on it before you" in page


@both_databases
def test_of_two_who_press_at_once_one_wins(app: Flask) -> None:
    campaign_id = make_campaign(app, CampaignStatus.SUBMITTED).id
    template, digest = live(app, campaign_id), queries.lock(campaign_id).content_digest or ""
    db.session.rollback()
    people = [acting(user, Role.APPROVER) for user in (cast().approver, cast().other_approver)]
    db.session.rollback()
    barrier, told = threading.Barrier(2), []

    def press(number: int) -> None:
        with app.app_context():
            barrier.wait()
            try:
                with transaction():
                    campaign = queries.lock(campaign_id)
                    service.approve(campaign, template, by=people[number], seen_digest=digest)
            except (service.AlreadyDecided, ChangedMeanwhile) as refusal:
                told.append(str(refusal))
            finally:
                db.session.remove()

    threads = [threading.Thread(target=press, args=(number,)) for number in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert len(told) == 1
    assert "before you pressed the button" in told[0]
    assert actions_of(campaign_id, "campaign.approved") == ["campaign.approved"]
    assert status_of(campaign_id) is CampaignStatus.APPROVED
