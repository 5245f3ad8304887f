"""Notify's delivery receipts, in every disorder of contract section 8."""

from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from outreach.extensions import db
from outreach.models import AuditEvent, LastContact, Message
from outreach.receipts import service
from outreach.sending import queries
from outreach.transaction import transaction
from tests.conftest import both_databases
from tests.sending.stage import messages, send
from tests.settings import CALLBACK_TOKEN

URL = "/notify/delivery-receipt"


def receipt(message: Message, status: str = "delivered", **changes: object) -> dict[str, object]:
    """As Notify posts it; `to` is there, and nobody may keep it."""
    body = {
        "id": str(message.notification_id or uuid4()),
        "reference": str(message.reference),
        "to": "07700900123",
        "status": status,
        "created_at": "2026-11-24T01:42:33.406340Z",
        "completed_at": "2026-11-24T01:42:33.569836Z",
        "sent_at": None,
        "notification_type": "sms",
        "template_id": str(uuid4()),
        "template_version": 1,
    }
    return {**body, **changes}


def post(client: FlaskClient, body: object, token: str = CALLBACK_TOKEN) -> int:
    headers = {"Authorization": f"Bearer {token}"}
    return client.post(URL, json=body, headers=headers).status_code


@both_databases
def test_a_receipt_settles_its_message(released, anonymous) -> None:
    campaign = released()
    send()
    assert post(anonymous, receipt(messages(campaign)[0])) == 204
    assert messages(campaign)[0].status.value == "delivered"
    assert queries.funnel(campaign.id).delivered == 1


@both_databases
def test_the_first_final_status_wins(released, anonymous) -> None:
    campaign = released()
    send()
    message = messages(campaign)[0]
    for status in ("temporary-failure", "delivered", "permanent-failure"):
        assert post(anonymous, receipt(message, status)) == 204
    assert messages(campaign)[0].status.value == "temporary-failure"


@both_databases
def test_a_receipt_before_the_201_is_handled_settles_the_message(released, anonymous) -> None:
    campaign = released()
    with transaction():
        db.session.execute(db.update(Message).values(status="sending", attempt=1))
    message = messages(campaign)[0]
    body = receipt(message)
    assert post(anonymous, body) == 204
    settled = messages(campaign)[0]
    assert settled.status.value == "delivered"
    assert settled.notification_id == UUID(str(body["id"]))
    assert db.session.get(LastContact, message.phone_digest) is not None


def test_a_receipt_proves_a_message_that_we_believed_absent(released, anonymous) -> None:
    campaign = released()
    message = messages(campaign)[0]
    assert message.status.value == "pending"
    assert post(anonymous, receipt(message)) == 204
    send()
    assert messages(campaign)[0].status.value == "delivered"
    assert queries.run_of(campaign.id).billed_fragments == sum(
        each.fragments for each in messages(campaign)
    )


def test_without_our_reference_notifys_id_finds_it(released, anonymous) -> None:
    campaign = released()
    send()
    assert post(anonymous, receipt(messages(campaign)[1], reference=None)) == 204
    assert messages(campaign)[1].status.value == "delivered"


def test_unknown_ids_and_foreign_references_are_answered_politely(released, anonymous) -> None:
    campaign = released()
    body = receipt(messages(campaign)[0])
    assert post(anonymous, {**body, "reference": "letter-4711", "id": str(uuid4())}) == 204
    assert post(anonymous, {**body, "reference": None, "id": str(uuid4())}) == 204
    assert {message.status.value for message in messages(campaign)} == {"pending"}


@pytest.mark.parametrize("status", ["sending", "sent", "created", "pending", "elephant"])
def test_a_status_that_is_not_final_changes_nothing(released, anonymous, status) -> None:
    campaign = released()
    send()
    assert post(anonymous, receipt(messages(campaign)[0], status)) == 204
    assert messages(campaign)[0].status.value == "accepted"


@pytest.mark.parametrize(
    "body", [None, [], "text", {}, {"id": "x", "status": "delivered"}, {"id": str(uuid4())}]
)
def test_what_is_no_receipt_is_refused(anonymous, body) -> None:
    assert post(anonymous, body) == 400


def test_without_the_token_nothing_is_read(released, anonymous) -> None:
    campaign = released()
    send()
    body = receipt(messages(campaign)[0])
    assert post(anonymous, body, token="a-wrong-token-of-some-length") == 403
    assert anonymous.post(URL, json=body).status_code == 403
    assert messages(campaign)[0].status.value == "accepted"


def test_what_cannot_be_stored_is_asked_for_again(released, anonymous, monkeypatch) -> None:
    def fail(_: object) -> bool:
        raise OperationalError("UPDATE message", {}, Exception("disk full"))

    campaign = released()
    send()
    monkeypatch.setattr(service, "settle", fail)
    assert post(anonymous, receipt(messages(campaign)[0])) == 500


def test_the_event_tells_what_became_of_it_and_no_number(released, anonymous) -> None:
    campaign = released()
    send()
    post(anonymous, receipt(messages(campaign)[0], "permanent-failure"))
    event = db.session.scalars(
        select(AuditEvent).where(AuditEvent.action == "receipts.received")
    ).one()
    assert event.changes == {"was": "accepted", "status": "permanent-failure"}
    assert "900123" not in str(vars(event))
