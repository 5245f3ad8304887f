"""Releasing an approved campaign."""

import pytest

from outreach.domain.access import Role
from outreach.domain.campaign import CampaignStatus
from outreach.domain.errors import ChangedMeanwhile, Incomplete, MoveRefused
from outreach.extensions import db
from outreach.models import AuditEvent, Message, Recipient
from outreach.sending import queries, service
from outreach.sending.queries import Funnel
from outreach.transaction import transaction
from tests.conftest import both_databases
from tests.factories import a_list, acting, cast, make_campaign
from tests.sending.stage import approve, messages, send, statuses

FIFTY = a_list([f"07700 9005{n:02}" for n in range(50)], ["Jo"] * 50)


def release(campaign) -> None:
    with transaction():
        service.release(campaign, by=acting(cast().approver, Role.APPROVER))


def approved(app, **options):
    campaign = make_campaign(app, CampaignStatus.SUBMITTED, **options)
    with transaction():
        approve(campaign)
    return campaign


@both_databases
def test_every_accepted_recipient_gets_one_message_with_its_own_reference(released) -> None:
    campaign = released(recipients=FIFTY)
    found = messages(campaign)
    assert len(found) == 50
    assert len({message.reference for message in found}) == 50
    assert {message.status.value for message in found} == {"pending"}
    assert queries.funnel(campaign.id) == Funnel(waiting=50)


@both_databases
def test_slices_send_everything_once(released, notify) -> None:
    campaign = released(recipients=FIFTY)
    send(3)
    assert len({text.to for text in notify.sent}) == len(notify.sent) == 50
    assert set(statuses(campaign)) == {"accepted"}
    assert queries.funnel(campaign.id) == Funnel(sent=50)


def test_the_text_carries_the_recipients_own_link_and_code(released, notify) -> None:
    released()
    send()
    personalisations = [text.personalisation for text in notify.sent]
    codes = {values["code"] for values in personalisations}
    assert len(codes) == 5
    assert all(values["link"].endswith(f"/h/{values['code']}") for values in personalisations)
    assert {values["name"] for values in personalisations} >= {"Jo", "Kim"}


def test_a_pilot_is_drawn_and_the_release_is_recorded(released) -> None:
    campaign = released(recipients=FIFTY, is_pilot_passed=False)
    assert sum(message.is_pilot for message in messages(campaign)) == 2  # 5% of 50
    event = db.session.query(AuditEvent).filter_by(action="campaign.released").one()
    assert event.changes["messages"] == 50
    assert event.changes["pilot"] == 2


def test_the_pilot_goes_alone(released, notify) -> None:
    campaign = released(recipients=FIFTY, is_pilot_passed=False)
    send(3)
    assert len(notify.sent) == 2
    assert {m.status.value for m in messages(campaign) if m.is_pilot} == {"accepted"}


def test_what_has_not_been_approved_is_not_released(app, notify) -> None:
    campaign = make_campaign(app, CampaignStatus.SUBMITTED)
    with pytest.raises(MoveRefused):
        release(campaign)
    assert messages(campaign) == []


def test_a_list_that_changed_after_the_approval_is_not_released(app, notify) -> None:
    campaign = approved(app)
    with transaction():
        db.session.delete(db.session.query(Recipient).first())
    with pytest.raises(ChangedMeanwhile):
        release(campaign)
    assert queries.find_campaign(campaign.id).status is CampaignStatus.APPROVED


def test_two_releases_make_one_set_of_messages(app, notify) -> None:
    campaign = approved(app)
    release(campaign)
    with pytest.raises(MoveRefused):
        release(campaign)
    assert db.session.query(Message).count() == 5


def test_a_list_that_costs_more_than_the_budget_is_not_released(app, notify, settings) -> None:
    campaign = approved(app, budget_pence=40)
    settings(pence_per_fragment="99")
    with pytest.raises(Incomplete, match="budget"):
        release(campaign)


def test_the_funnel_adds_up_before_and_after_the_release(app, notify) -> None:
    faulty = a_list(["07700 900123", "07700 900124", "12", "07700 900123"], ["Jo"] * 4)
    campaign = make_campaign(app, CampaignStatus.SUBMITTED, recipients=faulty)
    assert queries.funnel(campaign.id) == Funnel(refused=2, waiting=2)
    with transaction():
        approve(campaign)
    release(campaign)
    send()
    funnel = queries.funnel(campaign.id)
    assert funnel == Funnel(refused=2, waiting=1, sent=1)
    assert funnel.uploaded == 4
    assert sorted(statuses(campaign)) == ["accepted", "pending"]
