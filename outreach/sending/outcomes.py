"""From what Notify answered to the new values of one message (contract section 16)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from outreach.domain.campaign import CampaignStatus
from outreach.domain.message import MessageStatus, can_move, read_refusal
from outreach.domain.pausing import PauseKind
from outreach.notify.results import Accepted, Ambiguous, KeyRefused, Refused
from outreach.sending.delivery import Tried, Unsent
from outreach.sending.ledger import returned_status

_M = MessageStatus
Change = dict[str, Any]
"""Columns of a message and their new values, its id among them."""


@dataclass(frozen=True)
class Known:
    """A message as it is now, locked."""

    status: MessageStatus
    attempt: int
    notification_id: UUID | None


def change_for(
    each: Tried, known: Known | None, statuses: Mapping[UUID, CampaignStatus], now: datetime
) -> Change | None:
    """The new values of one row; None where nothing changes."""
    if known is None or isinstance(each.outcome, Ambiguous):
        return _request_ended(each, known, now)
    if isinstance(each.outcome, Accepted):
        return _accepted(each.message.message_id, each.outcome, known, now)
    if known.status is not _M.SENDING or known.attempt != each.message.attempt:
        return None  # no longer ours to say
    target, reason = _unaccepted(each.outcome, statuses.get(each.message.order.campaign_id))
    change: Change = {
        "id": each.message.message_id,
        "status": target,
        "lease_until": None,
        "reason": reason,
    }
    if target is not _M.PENDING:
        change["final_at"] = now
    return change


def _request_ended(each: Tried, known: Known | None, now: datetime) -> Change | None:
    """Without an answer: only the lease ends, so that the look-up need not wait for it."""
    if known is None or known.status is not _M.SENDING or known.attempt != each.message.attempt:
        return None
    return {"id": each.message.message_id, "status": _M.SENDING, "lease_until": now}


def _accepted(message_id: int, taken: Accepted, known: Known, now: datetime) -> Change | None:
    """A 201 is proof, whichever attempt it answers and whatever we believed meanwhile."""
    change: Change = {
        "id": message_id,
        "notification_id": _uuid(taken.notification_id) or known.notification_id,
        "template_version": taken.template_version,
        "lease_until": None,
    }
    if can_move(known.status, _M.ACCEPTED):
        return {
            **change,
            "status": _M.ACCEPTED,
            "accepted_at": now,
            "reason": None,
            "final_at": None,
        }
    if known.notification_id is None:
        return {**change, "status": known.status}  # its receipt was faster than its 201
    return None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _unaccepted(
    outcome: object, campaign: CampaignStatus | None
) -> tuple[MessageStatus, str | None]:
    if isinstance(outcome, Refused):
        reading = read_refusal(outcome.message)
        if not reading.is_for_all:
            return _M.REFUSED, reading.words
    if outcome is Unsent.UNREADABLE:
        return _M.REFUSED, "The stored row could not be read, so nothing was sent."
    if outcome in {Unsent.OPT_OUT, Unsent.WRONG_PERSON}:
        return _M.SUPPRESSED, str(outcome)
    return returned_status(campaign), None


def why_stop(each: Tried) -> tuple[PauseKind, str] | None:
    """Why the campaign must not go on, if it must not."""
    outcome, order = each.outcome, each.message.order
    if isinstance(outcome, KeyRefused):
        return PauseKind.KEY, (
            f"GOV.UK Notify refused our key ({outcome.message}). An administrator has to check the "
            "key, the address of Notify and this machine's clock."
        )
    if isinstance(outcome, Refused):
        reading = read_refusal(outcome.message)
        return (PauseKind.REFUSED, reading.words) if reading.is_for_all else None
    if isinstance(outcome, Accepted) and outcome.template_version != order.template_version:
        return PauseKind.TEMPLATE, (
            f"Version {order.template_version} of the template was approved, but Notify now sends "
            f"version {outcome.template_version}: somebody changed it there."
        )
    return None
