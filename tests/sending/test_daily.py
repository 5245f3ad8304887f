"""Notify's list of the day held against ours."""

from dataclasses import replace
from uuid import uuid4

import pytest

from outreach import clock
from outreach.extensions import db
from outreach.models import AuditEvent, Message
from outreach.sending import daily
from outreach.transaction import transaction
from tests.conftest import both_databases
from tests.sending.stage import later, messages, send


@pytest.fixture
def sent(released, notify):
    """Five texts, sent an hour ago by Notify's record too."""
    campaign = released()
    send()
    notify.records = [replace(record, created_at=clock.now()) for record in notify.records]
    return campaign


def check(notify) -> list[dict[str, int]]:
    """What the check found, by its events."""
    following: str | None = ""
    with later(hours=1):
        assert daily.is_due()
        while following is not None:
            following = daily.check_page(notify, following or None)
        assert not daily.is_due()
    events = db.session.query(AuditEvent).filter_by(actor="daily-check")
    return [event.changes for event in events.order_by(AuditEvent.id)]


@both_databases
def test_a_good_day_leaves_no_trace(sent, notify) -> None:
    assert check(notify) == []


@both_databases
def test_a_text_that_notify_has_twice_is_an_alarm(sent, notify, caplog) -> None:
    notify.records.insert(0, replace(notify.records[0], id=str(uuid4())))
    assert check(notify) == [{"doubled": 1}]
    assert "are doubled" in caplog.text


@both_databases
def test_a_text_that_we_call_unsent_is_an_alarm_and_is_put_right(sent, notify) -> None:
    with transaction():
        message = db.session.get(Message, messages(sent)[0].id)
        message.status, message.notification_id = "cancelled", None
    assert check(notify) == [{"sent though believed unsent": 1}]
    assert messages(sent)[0].status.value == "accepted"


def test_texts_of_others_are_none_of_our_business(sent, notify) -> None:
    record = notify.records[0]
    notify.records.insert(0, replace(record, id=str(uuid4()), reference=None))
    notify.records.insert(0, replace(record, id=str(uuid4()), reference="letter-17"))
    assert check(notify) == []


def test_a_notify_that_does_not_answer_is_asked_again_later(sent, notify) -> None:
    notify.is_down = True
    with later(hours=1):
        assert daily.check_page(notify, None) is None
        assert daily.is_due()


def test_there_is_nothing_to_check_before_anything_was_sent(app) -> None:
    assert not daily.is_due()
