"""Taking a decision back: for ten minutes, and only where nothing was sent meanwhile."""

import pytest
from flask import Flask
from sqlalchemy import select

from outreach import clock, vault
from outreach.domain.message import MessageStatus
from outreach.extensions import db
from outreach.models import Campaign, Message
from outreach.optouts.queries import Withheld
from outreach.transaction import transaction
from tests.conftest import both_databases
from tests.replies import stage
from tests.replies.conftest import Reader
from tests.replies.stage import NUMBER, arrive, events, later, reply
from tests.replies.test_decide import is_withheld

ACTS = ("opt-out", "wrong-person", "wants-help", "urgent", "no-action", "release-hold")


@both_databases
def test_it_is_as_it_was_before(app: Flask, rosa: Reader) -> None:
    for act in ACTS:
        undo_one(rosa, act)


def undo_one(rosa: Reader, act: str) -> None:
    """They share one number, so that each finds it as the one before left it."""
    reply_id = arrive()
    rosa.decide(reply_id, act)
    page = rosa.see("/replies")
    assert page.select_one(f"form[action='/replies/{reply_id}/undo']") is not None
    assert "The decision is undone" in rosa.act(reply_id, "undo").get_text()
    row = reply(reply_id)
    assert (row.state, row.resolution, row.resolved_at) == ("open", None, None)
    assert row.assigned_to_id == stage.rosa().user_id
    assert is_withheld() is Withheld.HOLD
    assert events("reply.undone")[-1].changes["what_was_done"] == "taken back"
    if act in {"opt-out", "wrong-person"}:
        assert "mistake" in events("optout.removed")[-1].reason
    rosa.act(reply_id, "no-action")  # so that none waits when the next one comes


@pytest.mark.parametrize("act", ["opt-out", "release-hold"])
def test_it_is_too_late_after_ten_minutes(app: Flask, rosa: Reader, act: str) -> None:
    reply_id = arrive()
    rosa.decide(reply_id, act)
    with later(minutes=10, seconds=1):
        assert f"/replies/{reply_id}/undo" not in str(rosa.see("/replies"))
        status, page = rosa.send(f"/replies/{reply_id}/undo")
        assert status == 409
        assert "More than ten minutes have passed" in page.get_text()
    assert reply(reply_id).state == "closed"


@pytest.mark.parametrize("status", [MessageStatus.SENDING, MessageStatus.ACCEPTED])
def test_it_is_too_late_once_a_text_was_sent(
    app: Flask, rosa: Reader, texted: Campaign, status: MessageStatus
) -> None:
    reply_id = arrive()
    rosa.decide(reply_id, "release-hold")
    text_now(status)
    answer, page = rosa.send(f"/replies/{reply_id}/undo")
    assert answer == 409
    assert "A text has been sent to this number since" in page.get_text()
    assert "Undo" not in rosa.see("/replies").get_text()


def test_a_claim_that_came_to_nothing_is_no_text(
    app: Flask, rosa: Reader, texted: Campaign
) -> None:
    reply_id = arrive()
    rosa.decide(reply_id, "release-hold")
    text_now(MessageStatus.PENDING)
    rosa.act(reply_id, "undo")
    assert is_withheld() is Withheld.HOLD


def text_now(status: MessageStatus) -> None:
    with transaction():
        wanted = select(Message).where(Message.phone_digest == vault.digest(NUMBER))
        message = db.session.scalars(wanted).one()
        message.status, message.claimed_at = status, clock.now()


def test_what_was_on_the_list_before_stays_there(app: Flask, rosa: Reader) -> None:
    arrive("STOP")
    reply_id = arrive()
    rosa.decide(reply_id, "opt-out")
    rosa.act(reply_id, "undo")
    assert is_withheld() is Withheld.OPT_OUT


def test_another_reader_may_undo_it_too(app: Flask, rosa: Reader, ade: Reader) -> None:
    reply_id = arrive()
    rosa.decide(reply_id, "no-action")
    assert "Undo" not in ade.see("/replies").get_text()  # the list is of one's own decisions
    ade.act(reply_id, "undo")
    assert reply(reply_id).assigned_to_id == stage.ade().user_id


def test_undoing_twice_says_so(app: Flask, rosa: Reader) -> None:
    reply_id = arrive()
    rosa.decide(reply_id, "no-action")
    rosa.act(reply_id, "undo")
    assert rosa.send(f"/replies/{reply_id}/undo")[0] == 409


@both_databases
def test_one_that_the_rules_closed_can_be_put_into_the_queue(app: Flask, rosa: Reader) -> None:
    reply_id = arrive("STOP")
    assert "was certain" not in rosa.see(f"/replies/{reply_id}").get_text()
    assert "in the queue again" in rosa.act(reply_id, "put-back").get_text()
    assert reply(reply_id).state == "open"
    assert is_withheld() is Withheld.OPT_OUT  # what was done stands
    rosa.act(reply_id, "wants-help")
    assert events("reply.undone")[0].changes["what_was_done"] == "stands"


def test_one_that_waits_cannot_be_put_into_the_queue(app: Flask, rosa: Reader) -> None:
    assert rosa.send(f"/replies/{arrive()}/put-back")[0] == 409
