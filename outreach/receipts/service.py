"""Delivery receipts: at least once, in any order, before the 201 is handled, for unknown ids too.

The first final status wins (contract sections 5 and 8). Nothing about the number is read or kept.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, select

from outreach.audit import service as audit
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction
from outreach.domain.message import receipt_status
from outreach.extensions import db
from outreach.models import Message
from outreach.sending.settling import Proof
from outreach.sending.settling import settle as settle_message

RECEIPTS = Actor.job("receipts")


class ReceiptUnreadable(ValueError):
    """The body is not a delivery receipt; the message names the field."""


@dataclass(frozen=True)
class Receipt:
    """What a delivery receipt tells us. `reference` is ours only where it is a UUID."""

    notification_id: UUID
    reference: UUID | None
    status: str
    template_version: int | None


def read_receipt(body: object) -> Receipt:
    """Raises ReceiptUnreadable."""
    if not isinstance(body, dict):
        raise ReceiptUnreadable("the body is not a JSON object")
    notification_id = _uuid(body.get("id"))
    if notification_id is None:
        raise ReceiptUnreadable("id is not a UUID")
    status = body.get("status")
    if not isinstance(status, str):
        raise ReceiptUnreadable("status is not text")
    version = body.get("template_version")
    return Receipt(
        notification_id,
        _uuid(body.get("reference")),
        status,
        version if isinstance(version, int) else None,
    )


def settle(receipt: Receipt) -> bool:
    """Bring the message this is about to its final status; False where nothing changes.

    Other keys and the web app's own texts have receipts too: ids we do not know are no fault.
    """
    status = receipt_status(receipt.status)
    message = _find(receipt)
    if status is None or message is None:
        return False
    was = message.status
    proof = Proof(receipt.notification_id, status, receipt.template_version)
    if not settle_message(message, proof):
        return False
    audit.record(
        AuditAction.RECEIPTS_RECEIVED,
        RECEIPTS,
        "message",
        message.id,
        campaign_id=message.campaign_id,
        changes={"was": was.value, "status": status.value},
    )
    return True


def _find(receipt: Receipt) -> Message | None:
    """By our reference first; by Notify's id where the receipt carries none of ours."""
    found = None
    if receipt.reference is not None:
        found = _locked(Message.reference == receipt.reference)
    return found or _locked(Message.notification_id == receipt.notification_id)


def _locked(where: ColumnElement[bool]) -> Message | None:
    return db.session.scalar(select(Message).where(where).with_for_update(key_share=True).limit(1))


def _uuid(value: object) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None
