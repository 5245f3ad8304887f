"""The one text that confirms an opt-out: only where it is wanted, once, and never twice."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from outreach import clock
from outreach.domain.optout import ConfirmationStatus
from outreach.extensions import db
from outreach.jobs import context, dispatcher
from outreach.models import Campaign, ConfirmationText, Dispatcher
from outreach.notify.results import (
    Ambiguous,
    DailyLimitReached,
    KeyRefused,
    RateLimited,
    Refused,
    SendResult,
)
from outreach.replies import confirming, jobs
from outreach.transaction import transaction
from tests.conftest import both_databases
from tests.fakes.notify import FakeNotify
from tests.replies.conftest import Reader
from tests.replies.stage import NUMBER, arrive, events, later, put_setting

S = ConfirmationStatus


@pytest.fixture
def wanted(notify: FakeNotify) -> FakeNotify:
    """An administrator chose a template for it."""
    template = notify.add_template("You are off the list", "You will get no more texts from us.")
    put_setting(confirming.TEMPLATE_SETTING, template.id)
    return notify


def statuses() -> list[str]:
    db.session.rollback()
    found = select(ConfirmationText.status).order_by(ConfirmationText.planned_at)
    return list(db.session.scalars(found))


@both_databases
def test_a_stop_is_confirmed_once(app: Flask, wanted: FakeNotify) -> None:
    arrive("STOP")
    assert statuses() == [S.PLANNED]
    jobs.send_confirmations()
    jobs.send_confirmations()
    assert [text.to for text in wanted.sent] == [NUMBER]
    assert wanted.sent[0].personalisation == {}
    row = db.session.scalars(select(ConfirmationText)).one()
    assert (row.status, str(row.reference)) == (S.SENT, wanted.sent[0].reference)
    assert events("optout.confirmed")[0].category == "disclosure"
    assert events("optout.confirmed")[0].changes == {"status": "sent"}


def test_none_is_sent_by_default(app: Flask, notify: FakeNotify) -> None:
    arrive("STOP")
    jobs.send_confirmations()
    assert notify.sent == []
    assert statuses() == []


@pytest.mark.parametrize("text", ["wrong number mate, not him", "START", "who do I ring?"])
def test_only_an_opt_out_is_confirmed(app: Flask, wanted: FakeNotify, text: str) -> None:
    arrive(text)
    assert statuses() == []


def test_an_urgent_reply_is_not_answered_by_a_machine(app: Flask, wanted: FakeNotify) -> None:
    arrive("STOP texting me I am going to kill myself tonight")
    assert statuses() == []


def test_a_second_stop_is_not_confirmed_again_within_a_day(app: Flask, wanted: FakeNotify) -> None:
    arrive("STOP")
    jobs.send_confirmations()
    for hours in (1, 23):
        with later(hours=hours):
            arrive("START")
            arrive("STOP")
            jobs.send_confirmations()
    assert len(wanted.sent) == 1
    with later(hours=25):
        arrive("START")
        arrive("STOP")
        jobs.send_confirmations()
    assert len(wanted.sent) == 2


def test_an_opt_out_that_was_there_already_is_not_confirmed(app: Flask, wanted: FakeNotify) -> None:
    arrive("STOP")
    arrive("stop!!")
    assert statuses() == [S.PLANNED]


def test_no_number_and_no_foreign_number_is_texted(app: Flask, wanted: FakeNotify) -> None:
    arrive("STOP", number="HMRC")
    arrive("STOP", number="+33612345678")
    jobs.send_confirmations()
    assert wanted.sent == []
    assert statuses() == [S.DROPPED, S.DROPPED]


@both_databases
@pytest.mark.parametrize(
    ("answer", "becomes"),
    [
        (Ambiguous("no answer in time"), S.UNCONFIRMED),
        (Ambiguous("server error", 500), S.UNCONFIRMED),
        (Refused(400, "BadRequestError", "Missing personalisation: name"), S.REFUSED),
        (KeyRefused(403, "AuthError", "Invalid token"), S.REFUSED),
        (RateLimited("slow down"), S.REFUSED),
        (DailyLimitReached("enough"), S.REFUSED),
    ],
)
def test_whatever_notify_answers_it_is_never_tried_again(
    app: Flask, wanted: FakeNotify, answer: SendResult, becomes: ConfirmationStatus
) -> None:
    wanted.answers = [answer]
    arrive("STOP")
    for minutes in (0, 1, 10, 60):
        with later(minutes=minutes):
            jobs.send_confirmations()
    assert wanted.sent == []
    assert statuses() == [becomes]
    assert events("optout.confirmed")[0].changes == {"status": becomes.value}


def test_a_refusal_for_the_minute_stops_all_sending_for_a_while(
    app: Flask, wanted: FakeNotify
) -> None:
    wanted.answers = [RateLimited("slow down")]
    arrive("STOP")
    arrive("STOP", number="+447700900302")
    jobs.send_confirmations()
    assert statuses() == [S.REFUSED, S.PLANNED]
    key_name = dispatcher.key_name(context.settings())
    assert db.session.get_one(Dispatcher, key_name).paused_until > clock.now()
    with later(minutes=2):
        jobs.send_confirmations()
    assert [text.to for text in wanted.sent] == ["+447700900302"]


@both_databases
def test_a_death_in_the_middle_ends_it_unconfirmed_and_unsent(
    app: Flask, wanted: FakeNotify
) -> None:
    """Between the intent and the answer nobody can tell: so nothing more is sent."""
    arrive("STOP")
    with transaction():
        assert confirming.claim(dispatcher.key_name(context.settings())) is not None
    for minutes in (0, 1, 6, 60):
        with later(minutes=minutes):
            assert confirming.is_any_due() is (minutes == 6)
            jobs.send_confirmations()
    assert wanted.sent == []
    assert statuses() == [S.UNCONFIRMED]


def test_a_death_before_the_intent_is_committed_loses_nothing(
    app: Flask, wanted: FakeNotify
) -> None:
    arrive("STOP")
    with suppress(KeyboardInterrupt), transaction():
        assert confirming.claim(dispatcher.key_name(context.settings())) is not None
        raise KeyboardInterrupt
    assert statuses() == [S.PLANNED]
    jobs.send_confirmations()
    assert len(wanted.sent) == 1


def test_a_death_before_the_result_is_written_sends_nothing_twice(
    app: Flask, wanted: FakeNotify, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    arrive("STOP")
    with monkeypatch.context() as patch, suppress(KeyboardInterrupt):
        patch.setattr(confirming, "record", die)
        jobs.send_confirmations()
    assert statuses() == [S.SENDING]
    for minutes in (1, 6):
        with later(minutes=minutes):
            jobs.send_confirmations()
    assert len(wanted.sent) == 1
    assert statuses() == [S.UNCONFIRMED]


@pytest.mark.parametrize(
    ("meanwhile", "why"),
    [
        (lambda: arrive("START"), "opted in again"),
        (lambda: put_setting(confirming.TEMPLATE_SETTING, None), "No template is chosen"),
    ],
)
def test_what_changed_before_it_left_counts(
    app: Flask, wanted: FakeNotify, meanwhile: Callable[[], object], why: str
) -> None:
    arrive("STOP")
    meanwhile()
    jobs.send_confirmations()
    assert wanted.sent == []
    row = db.session.scalars(select(ConfirmationText)).one()
    assert row.status == S.DROPPED
    assert why in (row.reason or "")
    assert events("optout.confirmed") == []


def test_it_is_dropped_when_it_is_late(app: Flask, wanted: FakeNotify) -> None:
    arrive("STOP")
    with later(minutes=31):
        jobs.send_confirmations()
    assert wanted.sent == []
    assert statuses() == [S.DROPPED]


def test_a_person_is_told_before_deciding_and_cannot_undo_once_it_is_sent(
    app: Flask, wanted: FakeNotify, rosa: Reader, texted: Campaign
) -> None:
    reply_id = arrive()
    rosa.act(reply_id, "take")
    assert "a text goes to the person" in rosa.see(f"/replies/{reply_id}/opt-out").get_text()
    rosa.act(reply_id, "opt-out")
    jobs.send_confirmations()
    assert len(wanted.sent) == 1
    status, page = rosa.send(f"/replies/{reply_id}/undo")
    assert status == 409
    assert "A text has been sent to this number since" in page.get_text()
    assert "We confirmed" in rosa.see(f"/replies/{reply_id}").get_text()
    assert "Confirmation texts sent" in rosa.see("/opt-outs").get_text()


def test_an_undo_in_time_keeps_it_from_being_sent(
    app: Flask, wanted: FakeNotify, rosa: Reader
) -> None:
    reply_id = arrive()
    rosa.decide(reply_id, "opt-out")
    rosa.act(reply_id, "undo")
    jobs.send_confirmations()
    assert wanted.sent == []
    assert statuses() == [S.DROPPED]
    rosa.act(reply_id, "opt-out")  # decided anew, and nothing had been sent
    jobs.send_confirmations()
    assert len(wanted.sent) == 1


def test_it_takes_its_place_in_the_pace_of_all_sending(app: Flask, wanted: FakeNotify) -> None:
    for number in range(3):
        arrive("STOP", number=f"+4477009003{number:02}")
    key_name = dispatcher.key_name(context.settings())
    slots = []
    for _ in range(3):
        with transaction():
            intent = confirming.claim(key_name)
        assert intent is not None
        slots.append(intent.slot)
    assert slots[1] - slots[0] == slots[2] - slots[1] == timedelta(seconds=1 / 48)


def test_the_number_is_not_in_what_a_log_might_show() -> None:
    intent = confirming.Intent(uuid4(), uuid4(), "template", None, clock.now(), NUMBER)
    assert NUMBER not in repr(intent)
