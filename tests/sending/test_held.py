"""Texts a person decides about, and second texts after a temporary failure."""

from collections import Counter

import pytest
from flask import g

from outreach.domain.access import Role
from outreach.domain.campaign import CampaignStatus
from outreach.domain.errors import MoveRefused
from outreach.extensions import db
from outreach.models import AuditEvent, Message
from outreach.notify.results import Ambiguous
from outreach.sending import gate, queries, retry, service
from outreach.transaction import transaction
from tests.conftest import both_databases, sign_in
from tests.factories import acting, cast
from tests.sending.stage import (
    later,
    messages,
    reconcile_now,
    send,
    status_of,
    statuses,
)


@pytest.fixture
def held(released, notify):
    """A campaign whose five texts had no answer, and whose look-ups failed for an hour."""
    campaign = released()
    notify.answers = [Ambiguous("no answer in time")] * 5
    send()
    notify.is_down = True
    with later(minutes=61):
        reconcile_now()
    notify.is_down = False
    return campaign


@both_databases
def test_an_unclear_text_is_held_and_never_sent_by_itself(held, notify) -> None:
    assert set(statuses(held)) == {"held"}
    with later(days=1):
        assert reconcile_now() == 0
        assert send() == 0
    assert queries.funnel(held.id).held == 5


def test_a_failing_look_up_is_repeated_for_an_hour(released, notify) -> None:
    campaign = released()
    notify.answers = [Ambiguous("no answer in time")] * 5
    send()
    notify.is_down = True
    for minutes in (10, 20, 30):
        with later(minutes=minutes):
            reconcile_now()
    assert set(statuses(campaign)) == {"sending"}


def test_what_is_older_than_notify_keeps_is_held(released, notify) -> None:
    campaign = released()
    notify.answers = [Ambiguous("no answer in time")] * 5
    send()
    with later(days=6, minutes=1):
        reconcile_now()
    assert set(statuses(campaign)) == {"held"}
    assert "older than GOV.UK Notify keeps" in messages(campaign)[0].reason


def test_the_page_shows_rows_and_reasons_and_no_number(held, as_requester) -> None:
    page = as_requester.get(f"/campaigns/{held.id}/held").text
    assert "could not be asked for an hour" in page
    assert "Look again" in page
    assert "9001" not in page


@both_databases
def test_looking_again_settles_it(held, notify, as_requester) -> None:
    decide(as_requester, held, 0, "look-again")
    assert reconcile_now() == 1
    assert Counter(statuses(held)) == Counter(pending=1, held=4)
    send(1)
    assert len(notify.sent) == 1


@both_databases
def test_a_person_may_send_it_or_leave_it(held, notify, as_requester) -> None:
    decide(as_requester, held, 0, "send-it")
    decide(as_requester, held, 1, "leave-it")
    assert Counter(statuses(held)) == Counter(pending=1, cancelled=1, held=3)
    send(1)
    assert len(notify.sent) == 1
    events = db.session.query(AuditEvent).filter_by(action="message.held_resolved")
    assert [event.changes["decision"] for event in events] == ["send-it", "leave-it"]
    assert queries.run_of(held.id).billed_fragments == sum(
        m.fragments for m in messages(held) if m.status.value in {"held", "accepted"}
    )


def test_two_people_do_not_decide_about_the_same_text(held, as_requester) -> None:
    decide(as_requester, held, 0, "leave-it")
    answer = post(as_requester, held, 0, "send-it")
    assert answer.status_code == 409
    assert "not held any more" in answer.text


def test_a_held_text_of_a_cancelled_campaign_can_be_left_and_not_sent(held, as_requester) -> None:
    with transaction():
        service.cancel(held, by=acting(cast().requester, Role.REQUESTER))
    answer = post(as_requester, held, 0, "send-it")
    assert answer.status_code == 409
    assert "is cancelled, so the text cannot be sent" in answer.text
    decide(as_requester, held, 0, "leave-it")
    assert Counter(statuses(held)) == Counter(cancelled=1, held=4)


def decide(client, campaign, place: int, act: str) -> None:
    url = f"/campaigns/{campaign.id}/held/{messages(campaign)[place].id}/{act}"
    assert client.get(url).status_code == 200
    assert post(client, campaign, place, act).status_code == 302


def post(client, campaign, place: int, act: str):
    return client.post(f"/campaigns/{campaign.id}/held/{messages(campaign)[place].id}/{act}")


@pytest.fixture
def failed(released):
    """A campaign with a delivered text, three temporary failures, and one under way."""
    campaign = released()
    send()
    kinds = ["delivered", *["temporary-failure"] * 3, "accepted"]
    with transaction():
        for message, kind in zip(messages(campaign), kinds, strict=True):
            db.session.get(Message, message.id).status = kind
    return campaign


@both_databases
def test_second_texts_are_asked_for_and_approved_by_another(
    failed, notify, as_requester, anonymous
) -> None:
    before = queries.funnel(failed.id)
    url = f"/campaigns/{failed.id}/second-texts"
    assert "Ask an approver" in as_requester.get(url).text
    assert as_requester.post(url).status_code == 302
    assert len(messages(failed)) == 5
    assert "wait for an approver" in as_requester.get(url).text
    assert as_requester.post(url).status_code == 409
    g.pop("_login_user", None)  # the test's own context remembers who asked last
    assert sign_in(anonymous, cast().approver).post(url).status_code == 302
    assert len(messages(failed)) == 8
    assert queries.funnel(failed.id).uploaded == before.uploaded == 5
    assert queries.funnel(failed.id).waiting == 3
    notify.sent.clear()
    send(2)
    assert len(notify.sent) == 3
    assert queries.funnel(failed.id).failed == 0


@both_databases
def test_a_completed_campaign_sends_second_texts_and_completes_again(failed, notify) -> None:
    """Receipts are mostly all there, and the campaign completed, before anybody asks."""
    with transaction():
        db.session.get(Message, messages(failed)[4].id).status = "delivered"
    gate.judge_running_campaigns()
    assert status_of(failed) is CampaignStatus.COMPLETED
    with transaction():
        retry.ask(failed.id, by=acting(cast().requester, Role.REQUESTER))
    with transaction():
        assert retry.approve(failed.id, by=acting(cast().approver, Role.APPROVER)) == 3
    assert status_of(failed) is CampaignStatus.SENDING
    notify.sent.clear()
    send(2)
    assert len(notify.sent) == 3
    with transaction():
        for message in messages(failed)[5:]:
            db.session.get(Message, message.id).status = "delivered"
    gate.judge_running_campaigns()
    assert status_of(failed) is CampaignStatus.COMPLETED


def test_a_completed_campaign_is_neither_resumed_nor_released_again(failed) -> None:
    with transaction():
        for message in messages(failed):
            db.session.get(Message, message.id).status = "delivered"
    gate.judge_running_campaigns()
    for act in (service.resume, service.release):
        with pytest.raises(MoveRefused), transaction():
            act(queries.find_campaign(failed.id), by=acting(cast().approver, Role.APPROVER))
    assert len(messages(failed)) == 5


def test_nobody_gets_a_third_text(failed, notify) -> None:
    asker, approver = (
        acting(cast().requester, Role.REQUESTER),
        acting(cast().approver, Role.APPROVER),
    )
    with transaction():
        retry.ask(failed.id, by=asker)
    with transaction():
        assert retry.approve(failed.id, by=approver) == 3
    send()
    with transaction():
        for message in messages(failed)[5:]:
            db.session.get(Message, message.id).status = "temporary-failure"
    assert retry.count_retryable(failed.id) == 0


def test_the_person_who_asked_does_not_approve(failed, client_as) -> None:
    both = client_as(Role.REQUESTER, Role.APPROVER)
    url = f"/campaigns/{failed.id}/second-texts"
    assert both.post(url).status_code == 302
    assert "Approve second texts" not in both.get(url).text
    assert both.post(url).status_code == 409
    assert len(messages(failed)) == 5
