"""The pilot, failures later on, and the end of a campaign."""

from collections import Counter

import pytest

from outreach.domain.campaign import CampaignStatus
from outreach.extensions import db
from outreach.models import Message
from outreach.sending import gate, queries
from outreach.transaction import transaction
from tests.conftest import both_databases
from tests.factories import a_list
from tests.sending.stage import actions, later, messages, send, status_of, statuses

HUNDRED = a_list([f"07700 9004{n:02}" for n in range(100)], ["Jo"] * 100)


def receive(campaign, **outcomes: int) -> None:
    """Final receipts for this many accepted messages, by kind."""
    open_ones = [m.id for m in messages(campaign) if m.status.value == "accepted"]
    with transaction():
        for kind, count in outcomes.items():
            for _ in range(count):
                message = db.session.get(Message, open_ones.pop(0))
                message.status = kind.replace("_", "-")


def judge() -> None:
    gate.judge_running_campaigns()
    db.session.rollback()


@both_databases
def test_the_rest_follows_when_four_in_five_receipts_are_in(released, notify) -> None:
    campaign = released(recipients=HUNDRED, is_pilot_passed=False)  # a pilot of five
    send(2)
    receive(campaign, delivered=3)
    judge()
    send()
    assert len(notify.sent) == 5
    receive(campaign, temporary_failure=1)
    judge()
    assert queries.find_campaign(campaign.id).is_pilot_passed
    send(3)
    assert len(notify.sent) == 100
    assert "campaign.pilot_passed" in actions(campaign)


@both_databases
def test_a_pilot_with_too_many_permanent_failures_stops_and_says_why(released, notify) -> None:
    campaign = released(recipients=HUNDRED, is_pilot_passed=False)
    send(2)
    receive(campaign, permanent_failure=3, delivered=2)
    judge()
    assert status_of(campaign) is CampaignStatus.PAUSED
    assert queries.find_campaign(campaign.id).pause_reason.startswith(
        "3 of 5 answers about the pilot are permanent failures or refusals (60%)"
    )
    assert Counter(statuses(campaign))["pending"] == 95


def test_a_pilot_without_receipts_stops_after_an_hour(released) -> None:
    campaign = released(recipients=HUNDRED, is_pilot_passed=False)
    send(2)
    receive(campaign, delivered=2)
    with later(minutes=59):
        judge()
        assert status_of(campaign) is CampaignStatus.SENDING
    with later(minutes=61):
        judge()
    assert "Check the callback address in Notify" in queries.find_campaign(campaign.id).pause_reason


def test_failures_later_on_stop_the_campaign_too(released) -> None:
    campaign = released(recipients=HUNDRED)
    send(3)
    receive(campaign, permanent_failure=25, delivered=24)
    judge()
    assert status_of(campaign) is CampaignStatus.SENDING  # too few to judge by
    receive(campaign, delivered=1)
    judge()
    assert status_of(campaign) is CampaignStatus.PAUSED
    assert (
        "25 of 50 answers about the latest texts" in queries.find_campaign(campaign.id).pause_reason
    )


def test_the_limit_is_a_setting(released, settings) -> None:
    settings(failure_limit_percent=60)
    campaign = released(recipients=HUNDRED)
    send(3)
    receive(campaign, permanent_failure=25, delivered=25)
    judge()
    assert status_of(campaign) is CampaignStatus.SENDING


@both_databases
def test_a_campaign_ends_when_every_receipt_is_in(released) -> None:
    campaign = released()
    send()
    receive(campaign, delivered=4)
    judge()
    assert status_of(campaign) is CampaignStatus.SENDING
    receive(campaign, temporary_failure=1)
    judge()
    assert status_of(campaign) is CampaignStatus.COMPLETED
    assert queries.find_campaign(campaign.id).ended_at is not None
    assert actions(campaign)[-1] == "campaign.completed"


def test_a_silent_text_does_not_keep_a_campaign_open_for_ever(released) -> None:
    campaign = released()
    send()
    receive(campaign, delivered=4)
    with later(hours=95):
        judge()
        assert status_of(campaign) is CampaignStatus.SENDING
    with later(hours=97):
        judge()
    assert status_of(campaign) is CampaignStatus.COMPLETED


@pytest.mark.parametrize("word", ["sent", "absent"])
def test_a_text_that_gets_no_receipt_does_not_either(released, word) -> None:
    campaign = released()
    send()
    receive(campaign, delivered=4)
    with transaction():
        last = next(m.id for m in messages(campaign) if m.status.value == "accepted")
        db.session.get(Message, last).notify_status = word
    judge()
    assert status_of(campaign) is CampaignStatus.COMPLETED


@pytest.mark.parametrize("waiting", ["pending", "sending", "held"])
def test_a_campaign_does_not_end_while_a_text_waits(released, waiting) -> None:
    campaign = released()
    send()
    receive(campaign, delivered=5)
    with transaction():
        db.session.get(Message, messages(campaign)[0].id).status = waiting
    judge()
    assert status_of(campaign) is CampaignStatus.SENDING
