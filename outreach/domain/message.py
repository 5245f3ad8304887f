"""A message's life, from intent to the receipt (design section 5; contract sections 8 and 9)."""

from enum import StrEnum

from outreach.domain.errors import MoveRefused


class MessageStatus(StrEnum):
    PENDING = "pending"
    """Approved and not yet tried, or surely absent at Notify."""
    SENDING = "sending"
    """Claimed: the intent is committed and a request may be under way, or may have been."""
    HELD = "held"
    """Nothing can tell whether Notify has it: a person decides."""
    ACCEPTED = "accepted"
    """Notify took it (201) and no final receipt has come."""
    DELIVERED = "delivered"
    PERMANENT_FAILURE = "permanent-failure"
    TEMPORARY_FAILURE = "temporary-failure"
    TECHNICAL_FAILURE = "technical-failure"
    REFUSED = "refused"
    """Notify answered 400: this one can never go as it is."""
    SUPPRESSED = "suppressed"
    """The person opted out, or the number is somebody else's, after approval."""
    CANCELLED = "cancelled"


_M = MessageStatus

FINAL_RECEIPTS = frozenset(
    {_M.DELIVERED, _M.PERMANENT_FAILURE, _M.TEMPORARY_FAILURE, _M.TECHNICAL_FAILURE}
)
WAITING = frozenset({_M.PENDING, _M.SENDING, _M.HELD})
SENT = frozenset({_M.ACCEPTED, _M.DELIVERED})
FAILED = frozenset(
    {_M.PERMANENT_FAILURE, _M.TEMPORARY_FAILURE, _M.TECHNICAL_FAILURE, _M.REFUSED}
)
ENDED_UNSENT = frozenset({_M.SUPPRESSED, _M.CANCELLED})

MOVES: dict[MessageStatus, frozenset[MessageStatus]] = {
    _M.PENDING: frozenset({_M.SENDING, _M.SUPPRESSED, _M.CANCELLED}),
    _M.SENDING: frozenset({_M.PENDING, _M.HELD, _M.ACCEPTED, _M.REFUSED}) | FINAL_RECEIPTS,
    _M.HELD: frozenset({_M.PENDING, _M.ACCEPTED, _M.CANCELLED}) | FINAL_RECEIPTS,
    _M.ACCEPTED: FINAL_RECEIPTS,
}


def move(current: MessageStatus, target: MessageStatus) -> MessageStatus:
    """Raises MoveRefused. A final status never moves: the first one wins (contract section 8)."""
    if target not in MOVES.get(current, frozenset()):
        raise MoveRefused(f"A message that is {current} cannot become {target}.")
    return target


def receipt_status(notify_status: str) -> MessageStatus | None:
    """The final status a delivery receipt or a look-up tells, or None while there is none yet.

    `sent` (handed over outside the UK) never becomes final by itself (contract section 9).
    """
    try:
        status = MessageStatus(notify_status)
    except ValueError:
        return None
    return status if status in FINAL_RECEIPTS else None
