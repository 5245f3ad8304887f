"""Texts arriving by callback and by poll: stored once, read, and acted on."""

from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from outreach import clock, vault
from outreach.extensions import db
from outreach.models import AuditEvent, ReceivedText
from outreach.optouts import queries as optouts
from outreach.optouts.queries import Withheld
from outreach.replies import jobs, queries, service
from tests.conftest import both_databases
from tests.settings import CALLBACK_TOKEN

SENDER = "447700900123"
NUMBER = f"+{SENDER}"


def receive(
    client: FlaskClient, text: str, *, notify_id: str | None = None, token: str = CALLBACK_TOKEN
) -> int:
    body = {
        "id": notify_id or str(uuid4()),
        "source_number": SENDER,
        "destination_number": "07700900500",
        "message": text,
        "date_received": "2026-11-24T01:11:56.000000Z",
    }
    headers = {"Authorization": f"Bearer {token}"}
    return client.post("/notify/received-text", json=body, headers=headers).status_code


@both_databases
def test_stop_is_stored_sealed_and_suppresses_at_once(app: Flask, anonymous: FlaskClient) -> None:
    assert receive(anonymous, "Stop!") == 204
    row = db.session.scalars(select(ReceivedText)).one()
    assert (row.reply_class, row.state) == ("opt_out", "automatic")
    assert b"Stop" not in (row.sealed or b"")
    assert service.open_text(row) == vault.ReceivedSecrets(NUMBER, "Stop!")
    digest = vault.digest(NUMBER)
    assert optouts.withheld([digest]) == {digest: Withheld.OPT_OUT}


def test_repeated_delivery_is_kept_once(app: Flask, anonymous: FlaskClient) -> None:
    assert receive(anonymous, "hello", notify_id="a") == 204
    assert receive(anonymous, "hello", notify_id="a") == 204
    assert len(db.session.scalars(select(ReceivedText)).all()) == 1


@pytest.mark.parametrize("text", ["I want to stop using, can you help", "who is this", "???"])
def test_unclear_reply_holds_the_number_and_waits_for_a_person(
    app: Flask, anonymous: FlaskClient, text: str
) -> None:
    receive(anonymous, text)
    row = db.session.scalars(select(ReceivedText)).one()
    digest = vault.digest(NUMBER)
    if row.reply_class == "review":
        assert row.state == "open"
        assert optouts.withheld([digest]) == {digest: Withheld.HOLD}
    else:
        assert row.reply_class == "wrong_person"


def test_start_ends_an_opt_out(app: Flask, anonymous: FlaskClient) -> None:
    receive(anonymous, "STOP")
    receive(anonymous, "START")
    assert optouts.withheld([vault.digest(NUMBER)]) == {}


def test_audit_events_hold_neither_text_nor_number(app: Flask, anonymous: FlaskClient) -> None:
    receive(anonymous, "leave me alone canary-word")
    events = db.session.scalars(select(AuditEvent)).all()
    assert {event.action for event in events} >= {"reply.received", "reply.classified"}
    for event in events:
        told = f"{event.changes} {event.reason} {event.object_id}"
        assert "canary" not in told
        assert "900123" not in told


@pytest.mark.parametrize("token", ["", "wrong-token-of-somebody"])
def test_callback_without_the_token_is_refused(
    app: Flask, anonymous: FlaskClient, token: str
) -> None:
    assert receive(anonymous, "STOP", token=token) == 403
    assert db.session.scalars(select(ReceivedText)).all() == []


@pytest.mark.parametrize("body", [None, [], {"id": "x"}, {"id": 1, "source_number": "1"}])
def test_callback_of_another_shape_is_refused(anonymous: FlaskClient, body: object) -> None:
    headers = {"Authorization": f"Bearer {CALLBACK_TOKEN}"}
    answer = anonymous.post("/notify/received-text", json=body, headers=headers)
    assert answer.status_code == 400


def test_text_that_cannot_be_stored_is_answered_500_so_that_notify_comes_again(
    app: Flask, anonymous: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OperationalError("insert", {}, Exception("disk full"))

    monkeypatch.setattr(service, "store", fail)
    assert receive(anonymous, "STOP") == 500


def test_text_stored_and_not_read_is_read_by_the_worker(
    app: Flask, anonymous: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(service, "classify_stored", lambda _: None)
        receive(anonymous, "STOP")
    assert queries.unclassified(10) != []
    jobs.classify_waiting()
    assert queries.unclassified(10) == []
    assert optouts.withheld([vault.digest(NUMBER)]) != {}


@pytest.mark.parametrize(
    ("sender", "read_as"),
    [
        ("447700900123", "+447700900123"),
        ("07700900123", "+447700900123"),
        ("33612345678", "+33612345678"),
        ("HMRC", "HMRC"),
    ],
)
def test_sender_is_read_as_the_number_that_was_texted(sender: str, read_as: str) -> None:
    assert service.readable_sender(sender) == read_as


def test_key_of_replies_to_no_campaign_is_made_once_a_month(
    app: Flask, anonymous: FlaskClient
) -> None:
    receive(anonymous, "one")
    receive(anonymous, "two")
    keys = {row.data_key_id for row in db.session.scalars(select(ReceivedText))}
    assert len(keys) == 1
    assert queries.data_key_for(f"replies {clock.now():%Y-%m}") is not None
