"""A message that Notify proves to have: by a delivery receipt, or found there by a look-up."""

from dataclasses import dataclass
from uuid import UUID

from outreach import clock
from outreach.domain.message import AT_NOTIFY, MessageStatus, can_move
from outreach.models import Message
from outreach.sending.contacts import note_contacts
from outreach.sending.ledger import is_billed, note_billing


@dataclass(frozen=True)
class Proof:
    """What Notify says of a message: an id, and a final status or, without one, `accepted`."""

    notification_id: UUID
    status: MessageStatus
    template_version: int | None = None


def settle(message: Message, proof: Proof) -> bool:
    """Take it over; False where nothing changes. The message is locked by the caller, who records
    the event. The first final status wins (contract section 5)."""
    before = message.status
    if not can_move(before, proof.status):
        return False
    now = clock.now()
    message.status, message.reason = proof.status, None
    message.final_at = now if proof.status is not MessageStatus.ACCEPTED else None
    message.notification_id = message.notification_id or proof.notification_id
    message.template_version = message.template_version or proof.template_version
    if before not in AT_NOTIFY:
        message.accepted_at, message.lease_until = message.accepted_at or now, None
        note_contacts([message.phone_digest], now)
    if not is_billed(before):
        note_billing({message.campaign_id: message.fragments * message.price_multiplier})
    return True
