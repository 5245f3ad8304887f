"""The end of a reply's retention: its text and number go, its fate stays."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from outreach import clock, vault
from outreach.domain.actor import Actor
from outreach.extensions import db
from outreach.models import Campaign, ConfirmationText, DataKey
from outreach.optouts.queries import Withheld
from outreach.replies import confirming, jobs, queries, service
from outreach.transaction import transaction
from tests.conftest import both_databases
from tests.fakes.notify import FakeNotify
from tests.replies.conftest import Reader
from tests.replies.stage import NUMBER, arrive, events, later, put_setting, reply
from tests.replies.test_decide import is_withheld

RETENTION = Actor.job("retention")
OLD = 60 * 24 * 40


def erase(days: int = 30, limit: int = 500) -> int:
    with transaction():
        return service.erase_before(clock.now() - timedelta(days=days), by=RETENTION, limit=limit)


@both_databases
def test_old_ones_lose_text_and_number(app: Flask, rosa: Reader, texted: Campaign) -> None:
    old, fresh = arrive("STOP", minutes_ago=OLD), arrive("STOP", number="+447700900302")
    assert erase() == 1
    assert erase() == 0
    assert reply(old).sealed is None
    assert reply(fresh).sealed is not None
    page = rosa.see(f"/replies/{old}").get_text()
    assert "The text has been erased" in page
    assert "***123" not in page
    assert "Erased" in rosa.see("/replies/dealt-with").get_text()
    assert is_withheld() is Withheld.OPT_OUT
    assert [event.object_id for event in events("reply.erased")] == [str(old)]


@both_databases
def test_what_confirmed_an_opt_out_goes_with_it(app: Flask, notify: FakeNotify) -> None:
    """Also where the reply answers no campaign, with which it could go."""
    put_setting(confirming.TEMPLATE_SETTING, notify.add_template("Off the list", "No more.").id)
    arrive("STOP")
    jobs.send_confirmations()
    reference = db.session.scalars(select(ConfirmationText.reference)).one()
    assert erase(days=-1) == 1
    db.session.rollback()
    row = db.session.scalars(select(ConfirmationText)).one()
    assert row.phone_digest != vault.digest(NUMBER)
    assert row.reference != reference
    assert (row.notification_id, row.reason, row.status) == (None, None, "sent")


def test_one_that_nobody_has_read_is_kept(app: Flask, texted: Campaign) -> None:
    old = arrive(minutes_ago=OLD)
    assert erase() == 0
    assert reply(old).sealed is not None
    assert queries.open_in_campaign(texted.id) == 1


def test_many_are_erased_a_part_at_a_time(app: Flask) -> None:
    for number in range(5):
        arrive("STOP", number=f"+4477009003{number:02}", minutes_ago=OLD + number)
    assert [erase(limit=2) for _ in range(4)] == [2, 2, 1, 0]


def test_the_key_of_a_past_month_is_destroyed_with_its_last_reply(app: Flask) -> None:
    reply_id = arrive("STOP")
    key_id = reply(reply_id).data_key_id
    assert erase(days=-1) == 1
    erase(days=-1)
    assert db.session.get_one(DataKey, key_id).wrapped is not None  # the month is not over
    with later(days=40):
        erase(days=-1)
    db.session.rollback()
    assert db.session.get_one(DataKey, key_id).wrapped is None
    assert [event.object_id for event in events("key.destroyed")] == [str(key_id)]


def test_the_keys_of_campaigns_are_left_alone(app: Flask, texted: Campaign) -> None:
    arrive("STOP", minutes_ago=OLD)
    with later(days=40):
        erase()
        erase()
    keys = db.session.scalars(select(DataKey).where(DataKey.purpose.not_like("replies %")))
    assert all(key.wrapped is not None for key in keys)


def test_a_reply_whose_key_is_gone_is_shown_as_erased(
    app: Flask, rosa: Reader, texted: Campaign
) -> None:
    reply_id = arrive()
    with transaction():
        key = db.session.get_one(DataKey, reply(reply_id).data_key_id)
        key.wrapped, key.destroyed_at = None, clock.now()
    assert "Erased" in rosa.see("/replies").get_text()
    page = rosa.act(reply_id, "take")
    assert "The text has been erased" in page.get_text()
    _, page = rosa.send(f"/replies/{reply_id}/number", reason="To call the person back")
    assert "has been erased" in page.get_text()
    rosa.act(reply_id, "no-action")


def test_what_was_sealed_does_not_open_elsewhere(app: Flask) -> None:
    """The seal is bound to its row: text of one reply cannot be put under another's name."""
    first, second = arrive("STOP"), arrive("STOP", number="+447700900302")
    with transaction():
        reply(first)
    with transaction():
        row, other = (queries.get(each) for each in (first, second))
        row.sealed = other.sealed
    with pytest.raises(vault.SealBroken):
        service.open_text(reply(first))
    assert NUMBER not in str(events("reply.received"))
