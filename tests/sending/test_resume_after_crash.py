"""A worker that stops between any two commits: nobody is texted twice, and nobody is forgotten."""

from collections import Counter

import pytest

from outreach.domain.access import Role
from outreach.domain.campaign import CampaignStatus
from outreach.domain.pausing import PauseKind
from outreach.extensions import db
from outreach.jobs import context, dispatcher
from outreach.models import LastContact
from outreach.sending import delivery, queries, reconcile, record, service
from outreach.sending.claim import claim
from outreach.sending.delivery import Posting, Tried
from outreach.sending.queries import Funnel
from outreach.transaction import transaction
from tests.conftest import both_databases
from tests.factories import acting, cast
from tests.sending.stage import (
    actions,
    claim_only,
    later,
    messages,
    reconcile_now,
    send,
    status_of,
    statuses,
)
from tests.settings import PUBLIC_URL


def post(notify, batch, count: int | None = None) -> list[Tried]:
    """Really hand them to Notify, as the sending threads do, and write nothing down."""
    work = delivery.poster(lambda: notify)
    return [work(Posting(message, batch)) for message in batch.messages[:count]]


def claim_and_die() -> None:
    with transaction():
        claim(dispatcher.key_name(context.settings()), "a-worker-that-dies", PUBLIC_URL)
        raise KeyboardInterrupt


def assert_each_got_one_text(campaign, notify) -> None:
    assert set(Counter(text.to for text in notify.sent).values()) == {1}
    assert len(notify.sent) == len(messages(campaign))
    assert queries.funnel(campaign.id) == Funnel(sent=5)
    billed = sum(message.fragments for message in messages(campaign))
    assert queries.run_of(campaign.id).billed_fragments == billed
    assert db.session.query(LastContact).count() == 5


@both_databases
@pytest.mark.parametrize("posted", [0, 2, 5])
def test_a_stop_after_the_claim_and_some_requests(released, notify, posted) -> None:
    campaign = released()
    post(notify, claim_only(), posted)
    with later(minutes=2):
        assert reconcile_now() == 0  # a request may still be alive
        assert send() == 0  # and nothing is sent again before that is settled
    with later(minutes=10):
        assert reconcile_now() == 5
        assert Counter(statuses(campaign)) == Counter(accepted=posted, pending=5 - posted)
        send(2)
    assert_each_got_one_text(campaign, notify)
    assert "messages.reconciled" in actions(campaign)


@both_databases
def test_a_stop_before_the_claim_was_committed(released, notify) -> None:
    campaign = released()
    with pytest.raises(KeyboardInterrupt):
        claim_and_die()
    send(2)
    assert_each_got_one_text(campaign, notify)


@both_databases
def test_another_worker_takes_over_within_seconds_of_a_death(released, notify) -> None:
    campaign = released(is_pilot_passed=False)  # one goes first, four stay
    post(notify, claim_only())
    with transaction():
        queries.lock_campaign(campaign.id).is_pilot_passed = True
    assert send() == 0
    with later(seconds=11):
        assert send() == 1
    assert len(notify.sent) == 5


@both_databases
def test_a_stop_in_the_middle_of_a_look_up(released, notify) -> None:
    campaign = released()
    post(notify, claim_only(), 2)
    with later(minutes=10):
        assert len(reconcile.take_due()) == 5
        assert reconcile_now() == 0  # that worker may still be asking
    with later(minutes=20):
        assert reconcile_now() == 5
        send(2)
    assert_each_got_one_text(campaign, notify)


@both_databases
def test_a_result_that_is_written_twice_counts_once(released, notify) -> None:
    campaign = released()
    tried = post(notify, claim_only())
    record.write(tried)
    record.write(tried)
    assert_each_got_one_text(campaign, notify)
    sent = [action for action in actions(campaign) if action == "messages.sent"]
    assert len(sent) == 1


@both_databases
def test_an_answer_that_comes_after_the_look_up_is_still_proof(released, notify) -> None:
    campaign = released()
    tried = post(notify, claim_only())
    notify.records.clear()  # as if Notify had stored them only after it was asked
    with later(minutes=10):
        reconcile_now()
        assert set(statuses(campaign)) == {"pending"}
        record.write(tried)
        send(2)
    assert_each_got_one_text(campaign, notify)


def test_a_worker_that_slept_does_not_post_on_a_lost_lease(released, notify) -> None:
    campaign = released()
    batch = claim_only()
    with later(minutes=1):
        record.write(post(notify, batch))
    assert notify.sent == []
    assert set(statuses(campaign)) == {"pending"}
    assert queries.run_of(campaign.id).billed_fragments == 0


def test_nothing_is_posted_once_somebody_saw_that_none_may_follow(released, notify) -> None:
    """A refusal that one thread gets stops those that have their message in hand already."""
    released()
    batch = claim_only()
    batch.is_stopped.set()
    assert {each.outcome for each in post(notify, batch)} == {delivery.Unsent.STOPPED}
    assert notify.sent == []


@both_databases
def test_another_version_found_at_a_look_up_stops_the_campaign(released, notify) -> None:
    """Its 201 was lost, and with it the news that the template was changed at Notify."""
    campaign = released()
    notify.edit_template(campaign.template_id, "Something nobody approved. Reply STOP to opt out.")
    post(notify, claim_only(), 2)
    with later(minutes=10):
        reconcile_now()
        assert status_of(campaign) is CampaignStatus.PAUSED
        assert queries.run_of(campaign.id).pause_kind is PauseKind.TEMPLATE
        assert send() == 0
    assert Counter(statuses(campaign)) == Counter(accepted=2, pending=3)


def test_a_cancelled_campaign_does_not_get_back_what_was_in_flight(released, notify) -> None:
    campaign = released()
    post(notify, claim_only(), 1)
    with transaction():
        service.cancel(campaign, by=acting(cast().requester, Role.REQUESTER))
    with later(minutes=10):
        reconcile_now()
    assert Counter(statuses(campaign)) == Counter(accepted=1, cancelled=4)
    assert queries.funnel(campaign.id) == Funnel(sent=1, cancelled=4)
