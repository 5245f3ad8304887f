"""Replies that arrived, and people who read them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from flask.testing import FlaskClient
from sqlalchemy import select

from outreach import clock, vault
from outreach.domain.access import Role
from outreach.domain.actor import Actor
from outreach.domain.message import MessageStatus
from outreach.extensions import db
from outreach.models import AuditEvent, Campaign, Message, ReceivedText, Setting
from outreach.replies import deciding, service
from outreach.transaction import transaction
from tests.factories import acting, cast
from tests.settings import CALLBACK_TOKEN

NUMBER = "+447700900123"
OTHER = "+447700900124"
DIGEST_OF = vault.digest

UNCLEAR = "ok thanks, who do I ring?"
URGENT = "he has a knife and says he will kill me"


def arrive(
    text: str = UNCLEAR, *, number: str = NUMBER, minutes_ago: float = 0, notify_id: str = ""
) -> UUID:
    """A text is stored and read by the rules; its id."""
    at = clock.now() - timedelta(minutes=minutes_ago)
    with transaction():
        reply_id = service.store(notify_id or str(uuid4()), number.lstrip("+"), text, at).id
    with transaction():
        service.classify_stored(reply_id)
    return reply_id


def callback(
    client: FlaskClient,
    text: str,
    *,
    number: str = NUMBER,
    token: str = CALLBACK_TOKEN,
    **more: str,
) -> int:
    """As Notify posts it; the status of the answer."""
    body = {
        "id": str(uuid4()),
        "source_number": number.lstrip("+"),
        "destination_number": "07700900500",
        "message": text,
        "date_received": "2026-11-24T01:11:56.000000Z",
        **more,
    }
    headers = {"Authorization": f"Bearer {token}"}
    return client.post("/notify/received-text", json=body, headers=headers).status_code


def reply(reply_id: UUID) -> ReceivedText:
    db.session.rollback()
    return db.session.get_one(ReceivedText, reply_id)


def rosa() -> Actor:
    return acting(cast().requester, Role.REQUESTER)


def ade() -> Actor:
    return acting(cast().approver, Role.APPROVER)


def take(reply_id: UUID, by: Actor) -> None:
    with transaction():
        deciding.take(reply_id, by=by)


def put_setting(name: str, value: object) -> None:
    with transaction():
        db.session.merge(Setting(name=name, value=value))


def text_everybody(campaign: Campaign, minutes_ago: float = 60) -> None:
    """Every message of the campaign was delivered."""
    at = clock.now() - timedelta(minutes=minutes_ago)
    with transaction():
        for message in db.session.scalars(
            select(Message).where(Message.campaign_id == campaign.id)
        ):
            message.status = MessageStatus.DELIVERED
            message.claimed_at = message.accepted_at = message.final_at = at


def events(action: str) -> list[AuditEvent]:
    found = select(AuditEvent).where(AuditEvent.action == action).order_by(AuditEvent.id)
    return list(db.session.scalars(found))


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    with clock.set_to(lambda: moment):
        yield


@contextmanager
def later(**duration: float) -> Iterator[None]:
    with at(clock.now() + timedelta(**duration)):
        yield
