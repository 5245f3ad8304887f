"""What is kept under one number, everywhere. Opens sealed rows: the caller records it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from outreach import vault
from outreach.audit import tracing
from outreach.campaigns import keeping
from outreach.domain.message import MessageStatus
from outreach.domain.reply_queue import ReplyState
from outreach.domain.subject import Held, InCampaign, Listing, Look, Reply, SentText
from outreach.domain.template import MissingPersonalisation, render
from outreach.extensions import db
from outreach.models import (
    Campaign,
    DataKey,
    LastContact,
    Message,
    ReceivedText,
    Recipient,
    Suppression,
    Upload,
)
from outreach.optouts import queries as optouts
from outreach.replies import service as replies
from outreach.replies.conversation import CODE_LEFT_OUT

IN_FLIGHT = (MessageStatus.SENDING, MessageStatus.HELD)


@dataclass(frozen=True)
class Rows:
    """Ids of the rows that are the number's, for events and acts."""

    recipients: Sequence[int]
    replies: Sequence[UUID]


def rows_of(digest: bytes) -> Rows:
    recipients = (
        select(Recipient.id)
        .join(Campaign, Campaign.id == Recipient.campaign_id)
        .where(Recipient.phone_digest == digest, Campaign.erased_at.is_(None))
    )
    texts = select(ReceivedText.id).where(ReceivedText.phone_digest == digest)
    return Rows(
        db.session.scalars(recipients.order_by(Recipient.id)).all(),
        db.session.scalars(texts.order_by(ReceivedText.received_at)).all(),
    )


def held(digest: bytes, masked: str) -> Held:
    """Oldest first, each kind."""
    rows, hold = rows_of(digest), optouts.active_hold(digest)
    last = db.session.scalar(select(LastContact).where(LastContact.phone_digest == digest))
    return Held(
        masked=masked,
        campaigns=[in_campaign(db.session.get_one(Recipient, each)) for each in rows.recipients],
        replies=[found for each in rows.replies if (found := _reply(each)) is not None],
        listings=_listings(digest),
        on_hold_since=hold.created_at if hold else None,
        last_texted_at=last.texted_at if last else None,
        looks=[Look(row.at, row.role, row.what) for row in tracing.seen(digest)],
    )


def in_campaign(row: Recipient) -> InCampaign:
    campaign = db.session.get_one(Campaign, row.campaign_id)
    upload = db.session.get_one(Upload, row.upload_id)
    values = opened(row, campaign).values
    return InCampaign(
        recipient_id=row.id,
        title=campaign.title,
        name=campaign.public_name or "A campaign of texts",
        purpose=campaign.purpose,
        listed_at=upload.uploaded_at,
        values=values,
        wording=_wording(campaign, values),
        texts=[SentText(m.accepted_at or m.claimed_at, m.status.value) for m in messages_of(row)],
        stands_against=why_not_erase(row, campaign),
        no_correction=why_not_correct(campaign),
    )


def values_of(digest: bytes, recipient_id: int) -> Mapping[str, str] | None:
    """What the list said of the person in that row, while it can be corrected; else None."""
    if recipient_id not in rows_of(digest).recipients:
        return None
    row = db.session.get_one(Recipient, recipient_id)
    campaign = db.session.get_one(Campaign, row.campaign_id)
    return None if why_not_correct(campaign) else opened(row, campaign).values


def opened(row: Recipient, campaign: Campaign) -> vault.RecipientSecrets:
    """Raises vault.KeyDestroyed."""
    key = vault.open_data_key(db.session.get_one(DataKey, campaign.data_key_id))
    return vault.open_recipient(key, campaign.id, row.row_number, row.sealed or b"")


def messages_of(row: Recipient) -> Sequence[Message]:
    statement = select(Message).where(Message.recipient_id == row.id)
    return db.session.scalars(statement.order_by(Message.retry)).all()


def why_not_erase(row: Recipient, campaign: Campaign) -> str | None:
    """A sentence, or None."""
    if (hold := _legal_hold(campaign)) is not None:
        return hold
    if any(message.status in IN_FLIGHT for message in messages_of(row)):
        return "A text is on its way, or nobody knows yet whether it left. Try again later."
    return None


def why_not_erase_reply(reply: ReceivedText) -> str | None:
    """Why a reply cannot be erased now."""
    if reply.state == ReplyState.OPEN:
        return "Nobody has dealt with this reply yet. Deal with it first."
    campaign = db.session.get(Campaign, reply.campaign_id) if reply.campaign_id else None
    return _legal_hold(campaign) if campaign is not None else None


def why_not_correct(campaign: Campaign) -> str | None:
    if campaign.status.is_over or campaign.released_at is not None:
        return "The texts were released, so there is nothing left to correct before they go."
    return None


def _legal_hold(campaign: Campaign) -> str | None:
    hold = keeping.active_hold(campaign)
    return f"A legal hold keeps it: {hold.reason.rstrip('.')}." if hold else None


def _wording(campaign: Campaign, values: Mapping[str, str]) -> str | None:
    if campaign.template_body is None:
        return None
    try:
        return render(campaign.template_body, {**values, **CODE_LEFT_OUT})
    except MissingPersonalisation:
        return campaign.template_body


def _reply(reply_id: UUID) -> Reply | None:
    row = db.session.get_one(ReceivedText, reply_id)
    secrets = replies.open_text(row)
    if secrets is None:
        return None
    return Reply(row.id, row.received_at, secrets.text, why_not_erase_reply(row))


def _listings(digest: bytes) -> list[Listing]:
    rows = db.session.scalars(
        select(Suppression).where(Suppression.phone_digest == digest).order_by(Suppression.id)
    )
    return [Listing(row.kind, row.source, row.created_at, row.removed_at) for row in rows]
