"""What was said between us and one number within a campaign, in order of time.

Opens sealed rows: the caller records that somebody looks. The person's referral code is left out,
because staff must not be able to tell whose code a partner is shown (design section 8).
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from outreach import vault
from outreach.domain.message import AT_NOTIFY, MessageStatus
from outreach.domain.optout import MAY_HAVE_ARRIVED
from outreach.domain.template import MissingPersonalisation, render
from outreach.extensions import db
from outreach.models import (
    Campaign,
    ConfirmationText,
    DataKey,
    Message,
    ReceivedText,
    Recipient,
)
from outreach.replies import service

CODE_LEFT_OUT = {"link": "[their link]", "code": "[their code]"}
CONFIRMED = "We confirmed that they are off the list."


@dataclass(frozen=True)
class Said:
    """One text. `text` is None where it is erased; `status` is a message's or a reply's class."""

    at: datetime
    is_ours: bool
    text: str | None
    status: str | None = None
    is_this: bool = False


def conversation(reply: ReceivedText) -> list[Said]:
    """Our texts, their replies, and a confirmation, oldest first."""
    said = [*_replies(reply), *_confirmations(reply)]
    if reply.campaign_id is not None:
        said += _our_texts(reply, db.session.get_one(Campaign, reply.campaign_id))
    return sorted(said, key=lambda each: each.at)


def _replies(reply: ReceivedText) -> list[Said]:
    rows = db.session.scalars(
        select(ReceivedText).where(
            ReceivedText.phone_digest == reply.phone_digest,
            ReceivedText.campaign_id == reply.campaign_id
            if reply.campaign_id is not None
            else ReceivedText.campaign_id.is_(None),
        )
    )
    found = []
    for row in rows:
        secrets = service.open_text(row)
        text = secrets.text if secrets else None
        found.append(Said(row.received_at, False, text, row.reply_class, row.id == reply.id))
    return found


def _confirmations(reply: ReceivedText) -> list[Said]:
    rows = db.session.scalars(
        select(ConfirmationText).where(
            ConfirmationText.phone_digest == reply.phone_digest,
            ConfirmationText.claimed_at.is_not(None),
            ConfirmationText.status.in_(MAY_HAVE_ARRIVED),
        )
    )
    return [Said(row.claimed_at or row.planned_at, True, CONFIRMED) for row in rows]


def _our_texts(reply: ReceivedText, campaign: Campaign) -> list[Said]:
    rows = db.session.execute(
        select(
            Message.claimed_at,
            Message.accepted_at,
            Message.status,
            Recipient.row_number,
            Recipient.sealed,
        )
        .join(Recipient, Recipient.id == Message.recipient_id)
        .where(
            Message.campaign_id == campaign.id,
            Message.phone_digest == reply.phone_digest,
            Message.status.in_(AT_NOTIFY | {MessageStatus.SENDING, MessageStatus.HELD}),
        )
    )
    return [
        Said(at, True, _text(campaign, row_number, sealed), status.value)
        for claimed_at, accepted_at, status, row_number, sealed in rows
        if (at := accepted_at or claimed_at) is not None
    ]


def _text(campaign: Campaign, row_number: int, sealed: bytes | None) -> str | None:
    key = db.session.get_one(DataKey, campaign.data_key_id)
    if sealed is None or key.wrapped is None or campaign.template_body is None:
        return None
    opened = vault.open_recipient(vault.open_data_key(key), campaign.id, row_number, sealed)
    try:
        return render(campaign.template_body, {**opened.values, **CODE_LEFT_OUT})
    except MissingPersonalisation:
        return campaign.template_body
