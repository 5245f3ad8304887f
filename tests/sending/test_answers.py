"""Every answer of Notify's has its action (contract section 16)."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from outreach import clock
from outreach.domain.campaign import CampaignStatus
from outreach.extensions import db
from outreach.jobs import context, dispatcher
from outreach.models import AuditEvent, Dispatcher
from outreach.notify.results import (
    Accepted,
    Ambiguous,
    DailyLimitReached,
    KeyRefused,
    RateLimited,
    Refused,
)
from outreach.sending import queries
from tests.conftest import both_databases
from tests.sending.stage import later, messages, reconcile_now, send, status_of, statuses

TOO_LONG = Refused(400, "BadRequestError", "Your message is too long. Text messages cannot be")
NO_TEMPLATE = Refused(400, "BadRequestError", "Template has been deleted")


def pace() -> Dispatcher:
    db.session.rollback()
    return db.session.get(Dispatcher, dispatcher.key_name(context.settings()))


@both_databases
def test_a_refusal_marks_its_row_in_plain_words_and_is_not_paid_for(released, notify) -> None:
    campaign = released()
    notify.answers = [TOO_LONG]
    send()
    assert Counter(statuses(campaign)) == Counter(accepted=4, refused=1)
    refused = next(m for m in messages(campaign) if m.status.value == "refused")
    assert refused.reason == "With this row's details the text is longer than 918 characters."
    assert queries.funnel(campaign.id).failed == 1
    paid = sum(m.fragments for m in messages(campaign) if m is not refused)
    assert queries.run_of(campaign.id).billed_fragments == paid


def test_what_would_refuse_everybody_stops_the_campaign(released, notify) -> None:
    campaign = released()
    notify.answers = [NO_TEMPLATE] * 5
    send()
    assert set(statuses(campaign)) == {"pending"}
    assert status_of(campaign) is CampaignStatus.PAUSED
    assert "deleted in Notify" in queries.find_campaign(campaign.id).pause_reason


@both_databases
@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_key_stops_the_campaign_and_sends_nothing_more(released, notify, status) -> None:
    campaign = released()
    notify.answers = [KeyRefused(status, "AuthError", "Invalid token: API key not found")] * 5
    send()
    assert set(statuses(campaign)) == {"pending"}
    assert status_of(campaign) is CampaignStatus.PAUSED
    event = db.session.query(AuditEvent).filter_by(action="campaign.auto_paused").one()
    assert "An administrator has to check the key" in event.reason


@both_databases
def test_a_429_for_the_minute_pauses_everything_and_comes_back_slower(released, notify) -> None:
    campaign = released()
    notify.answers = [RateLimited("Exceeded rate limit for key type LIVE of 3000")]
    send()
    assert "pending" in statuses(campaign)
    assert pace().rate < 48
    assert send() == 0
    with later(seconds=3):
        send(2)
    assert set(statuses(campaign)) == {"accepted"}
    assert len({text.reference for text in notify.sent}) == len(notify.sent) == 5


@both_databases
def test_the_daily_limit_pauses_everything_until_midnight_utc(released, notify) -> None:
    campaign = released()
    notify.answers = [DailyLimitReached("Exceeded send limits (sms: 250000) for today")]
    evening = datetime(2026, 11, 24, 18, tzinfo=UTC)
    with clock.set_to(lambda: evening):
        send()
    assert pace().paused_until == datetime(2026, 11, 25, tzinfo=UTC)
    assert pace().rate == 48
    with clock.set_to(lambda: datetime(2026, 11, 24, 23, 30, tzinfo=UTC)):
        assert send() == 0
    with clock.set_to(lambda: datetime(2026, 11, 25, 0, 0, 1, tzinfo=UTC)):
        send()
    assert set(statuses(campaign)) == {"accepted"}


@both_databases
def test_without_an_answer_it_stays_unconfirmed_until_it_is_looked_up(released, notify) -> None:
    campaign = released()
    notify.answers = [Ambiguous("no answer in time")] * 5
    send()
    assert set(statuses(campaign)) == {"sending"}
    assert queries.funnel(campaign.id).waiting == 5
    with later(seconds=119):
        assert reconcile_now() == 0
    with later(seconds=125):
        assert reconcile_now() == 5
        send(2)  # the first of them with few, to see whether Notify answers again
    assert set(statuses(campaign)) == {"accepted"}
    assert len(notify.sent) == 5


def test_a_notify_that_does_not_answer_is_left_alone_for_a_while(released, notify) -> None:
    from tests.factories import a_list

    numbers = [f"07700 9003{n:02}" for n in range(40)]
    campaign = released(recipients=a_list(numbers, ["Jo"] * 40))
    notify.answers = [Ambiguous("no answer in time")] * 40
    send()
    assert pace().paused_until is not None
    assert send() == 0
    assert queries.funnel(campaign.id).waiting == 40


@both_databases
def test_another_template_version_in_a_201_stops_the_campaign(released, notify) -> None:
    campaign = released(is_pilot_passed=False)
    notify.edit_template(campaign.template_id, "Other words for ((name))")
    send()
    assert status_of(campaign) is CampaignStatus.PAUSED
    assert (
        "Version 1 of the template was approved" in queries.find_campaign(campaign.id).pause_reason
    )
    assert Counter(statuses(campaign)) == Counter(accepted=1, pending=4)


def test_what_was_taken_is_remembered_with_its_id_and_version(released, notify) -> None:
    campaign = released()
    send()
    ids = {str(message.notification_id) for message in messages(campaign)}
    assert ids == {record.id for record in notify.records}
    assert {message.template_version for message in messages(campaign)} == {1}


def test_an_accepted_text_survives_an_id_that_is_none(released, notify) -> None:
    """The gateway promises text; a malformed id must not lose the acceptance."""
    campaign = released()
    notify.answers = [Accepted("not-a-uuid", 1, "Hello", "447700900500")]
    send()
    with later(minutes=10):
        reconcile_now()
    assert "sending" not in statuses(campaign)
