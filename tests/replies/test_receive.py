"""Texts arriving by callback and by poll: stored once, read, and acted on."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from outreach import clock, vault
from outreach.extensions import db
from outreach.models import AuditEvent, Hold, ReceivedText, Suppression
from outreach.optouts import queries as optouts
from outreach.optouts.queries import Withheld
from outreach.replies import jobs, queries, service
from tests.conftest import HostClient, both_databases
from tests.settings import CALLBACK_TOKEN

SENDER = "447700900123"
NUMBER = f"+{SENDER}"


def receive(
    client: FlaskClient,
    text: str,
    *,
    notify_id: str | None = None,
    token: str = CALLBACK_TOKEN,
    sender: str = SENDER,
    date_received: str = "2026-11-24T01:11:56.000000Z",
) -> int:
    body = {
        "id": notify_id or str(uuid4()),
        "source_number": sender,
        "destination_number": "07700900500",
        "message": text,
        "date_received": date_received,
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


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {"id": "x"},
        {"id": 1, "source_number": "1"},
        {"id": "", "source_number": "447700900123", "message": "STOP"},
        {"id": "\x00", "source_number": "447700900123", "message": "STOP"},
    ],
)
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


def test_stop_that_took_no_effect_is_not_acknowledged_and_does_when_it_comes_again(
    app: Flask, anonymous: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise OperationalError("update", {}, Exception("database is locked"))

    with monkeypatch.context() as patch:
        patch.setattr(service, "classify_stored", fail)
        assert receive(anonymous, "STOP", notify_id="a") == 500
    assert receive(anonymous, "STOP", notify_id="a") == 204
    assert len(db.session.scalars(select(ReceivedText)).all()) == 1
    assert optouts.withheld([vault.digest(NUMBER)]) != {}


def test_where_the_rules_fail_the_number_is_held_for_a_person_and_no_word_is_logged(
    app: Flask,
    anonymous: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(text: str, **_: object) -> None:
        raise ValueError(text)

    monkeypatch.setattr(service, "classify", fail)
    assert receive(anonymous, "canary words") == 204
    row = db.session.scalars(select(ReceivedText)).one()
    assert (row.reply_class, row.state) == ("review", "open")
    assert set(optouts.withheld([vault.digest(NUMBER)]).values()) == {Withheld.HOLD}
    assert "ValueError in fail" in caplog.text
    assert "canary" not in caplog.text


@both_databases
def test_two_deliveries_of_one_text_at_the_same_moment(app: Flask) -> None:
    assert at_once(app, [("STOP", "same"), ("STOP", "same")]) == [204, 204]
    assert len(db.session.scalars(select(ReceivedText)).all()) == 1
    assert len(db.session.scalars(select(Suppression)).all()) == 1


@both_databases
def test_two_texts_of_one_number_at_the_same_moment(app: Flask) -> None:
    assert at_once(app, [("STOP", "one"), ("stop it", "two"), ("STOP!", "three")]) == [204] * 3
    assert at_once(app, [("who?", "four"), ("what?", "five")]) == [204, 204]
    assert len(db.session.scalars(select(ReceivedText)).all()) == 5
    assert len(db.session.scalars(select(Suppression)).all()) == 1
    assert len(db.session.scalars(select(Hold)).all()) == 1


def at_once(app: Flask, texts: list[tuple[str, str]]) -> list[int]:
    """Each handed in by a thread of its own, all let go together; several times over."""
    barrier = threading.Barrier(len(texts))
    app.test_client_class = HostClient

    def hand_in(text_and_id: tuple[str, str]) -> int:
        client = app.test_client()
        text, notify_id = text_and_id
        barrier.wait(10)
        return receive(client, text, notify_id=notify_id)

    with ThreadPoolExecutor(len(texts)) as pool:
        statuses = list(pool.map(hand_in, texts))
    db.session.rollback()
    return statuses


@both_databases
@pytest.mark.parametrize(
    ("sender", "text", "kept"),
    [
        ("447700900123", "x" * 50_000, "x" * 20_000),
        ("447700900123", "a\x00b", "ab"),
        ("447700900123", "half \ud83d a pair", "half ? a pair"),
        ("447700900123", "", ""),
        ("447700900123", "\u00a3\u20ac{}[]~ \U0001f600 \u0645\u0631\u062d", None),
        ("HMRC", "Your code is 123456", None),
        ("\x00\ud83d 'x'; --", "hello", None),
        ("9" * 500, "hello", None),
        ("", "hello", None),
    ],
    ids=["huge", "nul", "half-a-pair", "empty", "emoji", "name", "rubbish", "long", "nobody"],
)
def test_whatever_a_phone_sends_is_kept_and_can_be_shown(
    app: Flask, anonymous: FlaskClient, as_requester: FlaskClient, sender: str, text: str, kept: str
) -> None:
    assert receive(anonymous, text, sender=sender) == 204
    row = db.session.scalars(select(ReceivedText)).one()
    assert row.reply_class is not None
    told = service.open_text(row)
    assert told is not None
    assert told.text == (text if kept is None else kept)
    assert as_requester.get("/replies").status_code == 200
    assert as_requester.post(f"/replies/{row.id}/take", follow_redirects=True).status_code in {
        200,
        409,
    }


@pytest.mark.parametrize(
    ("date_received", "read_as"),
    [
        ("2026-11-24T01:11:56.000000Z", datetime(2026, 11, 24, 1, 11, 56, tzinfo=UTC)),
        ("2026-11-24T01:11:56", datetime(2026, 11, 24, 1, 11, 56, tzinfo=UTC)),
        ("2026-11-24T03:11:56+02:00", datetime(2026, 11, 24, 1, 11, 56, tzinfo=UTC)),
        ("2999-01-01T00:00:00Z", None),
        ("9999-12-31T23:59:59-23:00", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_time_of_receipt_is_notifys_where_it_makes_sense(
    app: Flask, anonymous: FlaskClient, date_received: str, read_as: datetime | None
) -> None:
    now = datetime(2026, 12, 1, tzinfo=UTC)
    with clock.set_to(lambda: now):
        assert receive(anonymous, "hello", date_received=date_received) == 204
    assert db.session.scalars(select(ReceivedText.received_at)).one() == (read_as or now)


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
