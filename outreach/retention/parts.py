"""What is blanked of a campaign, kind by kind: which rows, and what is put in their place.

Digests of numbers may not be empty, so that noise takes their place: 32 bytes (on PostgreSQL the
hash of a random UUID) that nothing leads to. The reference a text had at Notify is noise from then
on as well, because for as long as Notify keeps the text it leads to the number.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from outreach.domain.retention import ErasureKind
from outreach.extensions import db
from outreach.models import Campaign, ConfirmationText, Message, ReceivedText, Recipient
from outreach.sending.prepare import random_uuid


@dataclass(frozen=True)
class Part:
    """`belongs` picks the campaign's rows, `open` those of them that hold something still."""

    model: Any
    key: type
    belongs: Callable[[Campaign], ColumnElement[bool]]
    blanks: Callable[[datetime], Mapping[str, Any]]
    is_open: Callable[[], ColumnElement[bool] | None] = lambda: None


def random_digest() -> ColumnElement[bytes]:
    """Fresh for every row, in the database."""
    if db.engine.dialect.name == "postgresql":
        return func.sha256(func.uuid_send(func.gen_random_uuid()))
    return func.randomblob(32)


def blank_recipient(now: datetime) -> dict[str, Any]:
    return {
        "sealed": None,
        "code_digest": None,
        "phone_digest": random_digest(),
        "row_number": 0,
        "erased_at": now,
    }


def blank_message() -> dict[str, Any]:
    return {
        "phone_digest": random_digest(),
        "reference": random_uuid(),
        "notification_id": None,
        "reason": None,
    }


def blank_reply() -> dict[str, Any]:
    return {"sealed": None, "phone_digest": random_digest()}


def blank_confirmation() -> dict[str, Any]:
    return {
        "phone_digest": random_digest(),
        "reference": random_uuid(),
        "notification_id": None,
        "reason": None,
    }


def _of_campaign(campaign: Campaign) -> ColumnElement[bool]:
    """Sealed under its key: a late reply that came under another key is not erased unread."""
    return ReceivedText.data_key_id == campaign.data_key_id


def _confirms(campaign: Campaign) -> ColumnElement[bool]:
    replies = select(ReceivedText.id).where(_of_campaign(campaign))
    return ConfirmationText.received_text_id.in_(replies)


PARTS: Mapping[ErasureKind, Part] = {
    ErasureKind.RECIPIENTS: Part(
        Recipient,
        int,
        lambda campaign: Recipient.campaign_id == campaign.id,
        blank_recipient,
        lambda: Recipient.erased_at.is_(None),
    ),
    ErasureKind.MESSAGES: Part(
        Message, int, lambda campaign: Message.campaign_id == campaign.id, lambda _: blank_message()
    ),
    ErasureKind.REPLIES: Part(
        ReceivedText,
        UUID,
        _of_campaign,
        lambda _: blank_reply(),
        lambda: ReceivedText.sealed.is_not(None),
    ),
    ErasureKind.CONFIRMATIONS: Part(
        ConfirmationText, UUID, _confirms, lambda _: blank_confirmation()
    ),
}
"""The kinds that are blanked row by row; lists and their reports have ways of their own."""
