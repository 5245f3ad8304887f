"""What is known of received texts."""

from uuid import UUID

from sqlalchemy import select

from outreach.extensions import db
from outreach.models import Campaign, DataKey, Message, ReceivedText


def by_notify_id(notify_id: str) -> ReceivedText | None:
    return db.session.scalar(select(ReceivedText).where(ReceivedText.notify_id == notify_id))


def unclassified(limit: int) -> list[UUID]:
    """Texts that were stored and not yet read by the rules, oldest first."""
    statement = (
        select(ReceivedText.id)
        .where(ReceivedText.reply_class.is_(None), ReceivedText.sealed.is_not(None))
        .order_by(ReceivedText.stored_at)
        .limit(limit)
    )
    return list(db.session.scalars(statement))


def last_campaign_that_texted(phone_digest: bytes) -> Campaign | None:
    """The campaign a reply from this number most likely answers."""
    return db.session.scalars(
        select(Campaign)
        .join(Message, Message.campaign_id == Campaign.id)
        .where(Message.phone_digest == phone_digest, Message.claimed_at.is_not(None))
        .order_by(Message.claimed_at.desc())
        .limit(1)
    ).first()


def data_key_for(purpose: str) -> DataKey | None:
    """The newest live data key made for `purpose`."""
    return db.session.scalars(
        select(DataKey)
        .where(DataKey.purpose == purpose, DataKey.wrapped.is_not(None))
        .order_by(DataKey.created_at.desc())
        .limit(1)
    ).first()
