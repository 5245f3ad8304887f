"""A campaign with something of every kind in it, that ended a while ago."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import LargeBinary, select, type_coerce, update

from outreach import clock, vault
from outreach.domain.actor import Actor
from outreach.domain.campaign import CampaignStatus
from outreach.domain.message import MessageStatus
from outreach.domain.optout import ConfirmationStatus
from outreach.domain.reply_queue import ReplyState
from outreach.extensions import db
from outreach.models import (
    AuditEvent,
    Base,
    Campaign,
    ConfirmationText,
    DataKey,
    LastContact,
    Message,
    ReceivedText,
    Recipient,
)
from outreach.retention import running
from outreach.transaction import transaction
from tests.factories import a_list, make_campaign
from tests.replies.stage import arrive

NUMBER, OTHER = "07700 900847", "07700 900846"
E164 = "+447700900847"
NAMES = ("Zebedee", "Quillfeather")
REPLY = "Who gave you my number? I live in Larch Close"
RETENTION = Actor.job("retention")


@dataclass(frozen=True)
class Planted:
    campaign_id: UUID
    codes: tuple[str, ...]
    sealed: tuple[bytes, ...]
    """Sealed rows and wrapped keys as they lay in the database before."""
    digests: tuple[bytes, ...]
    """Of numbers and codes, as stored on the campaign's own rows."""
    references: tuple[UUID, ...]

    @property
    def campaign(self) -> Campaign:
        db.session.rollback()
        return db.session.get_one(Campaign, self.campaign_id)


def plant(app: Flask, *, days_ago: float = 40, size: int = 2) -> Planted:
    """Texts sent and answered, a confirmed opt-out, and a list with a row that was refused."""
    numbers = [NUMBER, OTHER, *(f"07700 900{600 + n}" for n in range(size - 2))]
    rows = a_list(numbers, [*NAMES, *(f"Name{n}" for n in range(size - 2))])
    rows += f"{NUMBER}99,Zebedee\n".encode()
    campaign_id = make_campaign(app, CampaignStatus.COMPLETED, recipients=rows).id
    with transaction():
        now = clock.now()
        db.session.execute(
            update(Message)
            .where(Message.campaign_id == campaign_id)
            .values(claimed_at=now, notification_id=UUID(int=7), reason="Notify said 07700 900847")
        )
        for row in recipients(campaign_id):
            db.session.merge(LastContact(phone_digest=row.phone_digest, texted_at=now))
    reply_id = arrive("STOP", number=E164)
    arrive_closed(REPLY)
    with transaction():
        db.session.add(
            ConfirmationText(
                received_text_id=reply_id,
                phone_digest=vault.digest(E164),
                status=ConfirmationStatus.SENT,
                planned_at=now,
                claimed_at=now,
                notification_id=UUID(int=8),
            )
        )
        ended = clock.now() - timedelta(days=days_ago)
        db.session.execute(
            update(Campaign).where(Campaign.id == campaign_id).values(ended_at=ended)
        )
    return _noted(campaign_id)


def arrive_closed(text: str) -> UUID:
    """A reply that somebody has dealt with."""
    reply_id = arrive(text, number=E164)
    with transaction():
        db.session.get_one(ReceivedText, reply_id).state = ReplyState.CLOSED
    return reply_id


def recipients(campaign_id: UUID) -> list[Recipient]:
    statement = select(Recipient).where(Recipient.campaign_id == campaign_id)
    return list(db.session.scalars(statement.order_by(Recipient.id)))


def messages(campaign_id: UUID) -> list[Message]:
    db.session.rollback()
    statement = select(Message).where(Message.campaign_id == campaign_id)
    return list(db.session.scalars(statement.order_by(Message.id)))


def set_status(campaign_id: UUID, status: MessageStatus, **values: Any) -> None:
    """Of the campaign's first text."""
    first = messages(campaign_id)[0].id
    with transaction():
        db.session.execute(
            update(Message).where(Message.id == first).values(status=status, **values)
        )


def erase_due() -> None:
    """A whole run of the night."""
    running.begin_due(by=RETENTION)
    finish()
    running.tidy(by=RETENTION)


def finish() -> None:
    for _ in running.blank(by=RETENTION):
        pass


@contextmanager
def later(**delta: float) -> Iterator[datetime]:
    at = clock.now() + timedelta(**delta)
    with clock.set_to(lambda: at):
        yield at


def events(*actions: str) -> list[AuditEvent]:
    db.session.rollback()
    statement = select(AuditEvent).where(AuditEvent.action.in_(actions)).order_by(AuditEvent.id)
    return list(db.session.scalars(statement))


def all_blobs(*, but: tuple[str, ...] = ()) -> set[bytes]:
    """Every binary value of every table, as it is stored."""
    db.session.rollback()
    found: set[bytes] = set()
    for table in Base.metadata.sorted_tables:
        if table.name in but:
            continue
        for column in table.columns:
            if "BLOB" in str(column.type.compile()).upper() or "digest" in column.name:
                raw = db.session.scalars(select(type_coerce(column, LargeBinary)))
                found |= {bytes(each) for each in raw if isinstance(each, bytes | memoryview)}
    return found


def _noted(campaign_id: UUID) -> Planted:
    campaign = db.session.get_one(Campaign, campaign_id)
    rows = recipients(campaign_id)
    keys = [
        db.session.get_one(DataKey, each)
        for each in (campaign.data_key_id, campaign.outcome_key_id)
    ]
    key = vault.open_data_key(keys[0])
    opened = [vault.open_recipient(key, campaign_id, row.row_number, row.sealed) for row in rows]
    return Planted(
        campaign_id,
        tuple(each.code for each in opened),
        (*(row.sealed for row in rows), *(each.wrapped for each in keys)),
        (*(bytes(r.phone_digest) for r in rows), *(bytes(r.code_digest) for r in rows)),
        tuple(message.reference for message in messages(campaign_id)),
    )
