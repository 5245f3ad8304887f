"""Pausing, resuming and cancelling, by pages and by the service itself."""

import pytest

from outreach.domain.access import Role
from outreach.domain.campaign import CampaignStatus
from outreach.domain.errors import ChangedMeanwhile
from outreach.domain.pausing import PauseKind
from outreach.sending import pauses, queries, service
from outreach.sending.queries import Funnel
from outreach.transaction import transaction
from tests.conftest import both_databases, sign_in
from tests.factories import acting, cast
from tests.sending.stage import actions, send, status_of, statuses


@both_databases
def test_nothing_is_claimed_while_paused_and_everything_after(released, as_requester) -> None:
    campaign = released()
    answer = as_requester.post(f"/campaigns/{campaign.id}/pause", data={"reason": "Too early"})
    assert answer.status_code == 302
    assert status_of(campaign) is CampaignStatus.PAUSED
    assert send() == 0
    as_requester.post(f"/campaigns/{campaign.id}/resume")
    assert send() == 1
    assert set(statuses(campaign)) == {"accepted"}
    assert {"campaign.paused", "campaign.resumed"} <= set(actions(campaign))


@both_databases
def test_cancelling_ends_what_waits_and_keeps_the_sum(released, as_requester) -> None:
    campaign = released()
    answer = as_requester.post(f"/campaigns/{campaign.id}/stop", data={"reason": "A mistake"})
    assert answer.status_code == 302
    assert status_of(campaign) is CampaignStatus.CANCELLED
    assert send() == 0
    assert queries.funnel(campaign.id) == Funnel(cancelled=5)


def test_cancelling_asks_for_a_reason(released, as_requester) -> None:
    campaign = released()
    answer = as_requester.post(f"/campaigns/{campaign.id}/stop", data={"reason": " "})
    assert "Enter a reason" in answer.text
    assert status_of(campaign) is CampaignStatus.SENDING


def test_a_reason_with_a_phone_number_is_not_kept(released, as_requester) -> None:
    campaign = released()
    as_requester.post(f"/campaigns/{campaign.id}/pause", data={"reason": "07700 900123 rang"})
    assert status_of(campaign) is CampaignStatus.SENDING


def test_pausing_twice_says_that_somebody_was_faster(released, as_requester) -> None:
    campaign = released()
    as_requester.post(f"/campaigns/{campaign.id}/pause", data={"reason": ""})
    answer = as_requester.post(f"/campaigns/{campaign.id}/pause", data={"reason": ""})
    assert answer.status_code == 409
    assert "paused" in answer.text


def test_a_requester_cannot_resume_what_the_service_stopped(released, as_requester) -> None:
    campaign = released()
    stop(campaign, PauseKind.FAILURES)
    answer = as_requester.post(f"/campaigns/{campaign.id}/resume")
    assert answer.status_code == 409
    assert "only an approver may resume it" in answer.text
    assert status_of(campaign) is CampaignStatus.PAUSED


def test_an_approver_resumes_after_a_failed_pilot_and_the_rest_follows(released, anonymous) -> None:
    campaign = released(is_pilot_passed=False)
    stop(campaign, PauseKind.PILOT)
    client = sign_in(anonymous, cast().approver)
    assert client.post(f"/campaigns/{campaign.id}/resume").status_code == 302
    assert status_of(campaign) is CampaignStatus.SENDING
    assert queries.find_campaign(campaign.id).is_pilot_passed


def test_nobody_resumes_after_the_template_changed_at_notify(released, anonymous) -> None:
    campaign = released()
    stop(campaign, PauseKind.TEMPLATE)
    client = sign_in(anonymous, cast().approver)
    answer = client.post(f"/campaigns/{campaign.id}/resume")
    assert answer.status_code == 409
    assert "another version of the template" in answer.text


def test_nobody_resumes_a_campaign_that_is_not_as_approved(released) -> None:
    campaign = released()
    with transaction():
        service.pause(campaign, by=acting(cast().requester, Role.REQUESTER))
    with transaction():
        queries.lock_campaign(campaign.id).template_body = "Something else"
    with pytest.raises(ChangedMeanwhile), transaction():
        service.resume(campaign, by=acting(cast().requester, Role.REQUESTER))


def stop(campaign, kind: PauseKind) -> None:
    with transaction():
        assert pauses.stop(campaign.id, kind, "Too many failures.")
