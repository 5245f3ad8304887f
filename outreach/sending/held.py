"""Messages that a person decides about, and second texts after a temporary failure.

A held message may or may not be at Notify, and Notify cannot tell any more. To send it may text the
person twice; to leave it may mean that nobody texted them. So a person decides, one at a time.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select

from outreach import clock
from outreach.audit import service as audit
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction
from outreach.domain.campaign import CampaignStatus
from outreach.domain.errors import ChangedMeanwhile
from outreach.domain.message import MessageStatus, move
from outreach.extensions import db
from outreach.models import Message, Recipient
from outreach.sending import queries
from outreach.sending.contacts import note_contacts
from outreach.sending.ledger import is_billed, note_billing
from outreach.sending.terms import terms

PAGE_SIZE = 50


class Decision(StrEnum):
    LOOK_AGAIN = "look-again"
    SEND_IT = "send-it"
    LEAVE_IT = "leave-it"


@dataclass(frozen=True)
class HeldMessage:
    """One line of the page: the row of the list, and no personal data."""

    message_id: int
    row_number: int
    reason: str
    tried_at: datetime | None


def held_messages(campaign_id: UUID) -> list[HeldMessage]:
    """The first fifty, in the order of the list."""
    rows = db.session.execute(
        select(Message.id, Recipient.row_number, Message.reason, Message.claimed_at)
        .join(Recipient, Recipient.id == Message.recipient_id)
        .where(Message.campaign_id == campaign_id, Message.status == MessageStatus.HELD)
        .order_by(Message.id)
        .limit(PAGE_SIZE)
    )
    return [HeldMessage(row[0], row[1], row[2] or "", row[3]) for row in rows]


def held_message(campaign_id: UUID, message_id: int) -> HeldMessage | None:
    found = [held for held in held_messages(campaign_id) if held.message_id == message_id]
    return found[0] if found else None


def decide(campaign_id: UUID, message_id: int, decision: Decision, *, by: Actor) -> None:
    """Do it. Raises ChangedMeanwhile where it is held no more, or the campaign is over."""
    campaign = queries.lock_campaign(campaign_id)
    message = _locked(campaign_id, message_id)
    if campaign is None or message is None or message.status is not MessageStatus.HELD:
        raise ChangedMeanwhile("This text is not held any more. Nothing was changed.")
    if decision is Decision.SEND_IT and campaign.status is CampaignStatus.CANCELLED:
        raise ChangedMeanwhile("This campaign is cancelled, so the text cannot be sent.")
    before = message.status
    _ACTS[decision](message)
    billed = is_billed(message.status) - is_billed(before)
    note_billing({campaign_id: billed * message.fragments * message.price_multiplier})
    audit.record(
        AuditAction.MESSAGE_HELD_RESOLVED,
        by,
        "message",
        message.id,
        campaign_id=campaign_id,
        changes={"decision": decision.value},
        reason=message.reason,
    )


def _look_again(message: Message) -> None:
    """Due for a look-up at once: no request about it can be alive after all this time."""
    message.status = move(message.status, MessageStatus.SENDING)
    message.lease_until = clock.now() - terms().settle


def _send_it(message: Message) -> None:
    message.status = move(message.status, MessageStatus.PENDING)


def _leave_it(message: Message) -> None:
    """It may have gone, so that other campaigns leave the person alone too."""
    message.status = move(message.status, MessageStatus.CANCELLED)
    message.final_at = clock.now()
    note_contacts([message.phone_digest], message.claimed_at or clock.now())


_ACTS = {
    Decision.LOOK_AGAIN: _look_again,
    Decision.SEND_IT: _send_it,
    Decision.LEAVE_IT: _leave_it,
}


def _locked(campaign_id: UUID, message_id: int) -> Message | None:
    return db.session.scalar(
        select(Message)
        .where(Message.id == message_id, Message.campaign_id == campaign_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
