"""A reply that is being stored while its campaign is erased is never sealed under a dead key."""

import threading
from uuid import uuid4

import pytest
from flask import Flask

from outreach import clock
from outreach.domain.retention import ErasureBlocked
from outreach.extensions import db
from outreach.models import Campaign, ReceivedText
from outreach.replies import service as replies
from outreach.retention import service
from outreach.transaction import transaction
from tests.conftest import both_databases
from tests.retention.stage import E164, Planted, plant

HELP = "please help me, he has a knife"


@both_databases
def test_an_erasure_waits_for_a_reply_that_is_being_stored(app: Flask) -> None:
    planted = plant(app)
    outcome: list[object] = []
    with transaction():
        reply_id = replies.store(str(uuid4()), E164.lstrip("+"), HELP, clock.now()).id
        eraser = threading.Thread(target=erase, args=(app, planted, outcome))
        eraser.start()
        eraser.join(timeout=1)
        assert eraser.is_alive()  # it waits for us
    eraser.join(timeout=20)
    assert isinstance(outcome[0], ErasureBlocked)
    assert readable(reply_id) == HELP


@both_databases
def test_a_reply_waits_for_an_erasure_and_gets_another_key(app: Flask) -> None:
    planted = plant(app)
    stored: list[object] = []
    with transaction():
        assert service.begin(planted.campaign_id, by=service.RETENTION)
        storer = threading.Thread(target=store, args=(app, stored))
        storer.start()
        storer.join(timeout=1)
        assert storer.is_alive()
    storer.join(timeout=20)
    assert readable(stored[0]) == HELP
    campaign = db.session.get_one(Campaign, planted.campaign_id)
    assert db.session.get_one(ReceivedText, stored[0]).data_key_id != campaign.data_key_id


@pytest.mark.usefixtures("app")
def test_what_is_read_is_what_was_stored(app: Flask) -> None:
    stored: list[object] = []
    store(app, stored)
    assert readable(stored[0]) == HELP


def erase(app: Flask, planted: Planted, outcome: list[object]) -> None:
    with app.app_context():
        try:
            with transaction():
                outcome.append(service.begin(planted.campaign_id, by=service.RETENTION))
        except ErasureBlocked as blocked:
            outcome.append(blocked)
        finally:
            db.session.remove()


def store(app: Flask, stored: list[object]) -> None:
    with app.app_context():
        with transaction():
            stored.append(replies.store(str(uuid4()), E164.lstrip("+"), HELP, clock.now()).id)
        db.session.remove()


def readable(reply_id: object) -> str | None:
    db.session.rollback()
    secrets = replies.open_text(db.session.get_one(ReceivedText, reply_id))
    return secrets.text if secrets else None
