"""A message's life, from intent to the receipt (design section 5; contract sections 3, 8 and 9)."""

from dataclasses import dataclass
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
FAILED = frozenset({_M.PERMANENT_FAILURE, _M.TEMPORARY_FAILURE, _M.TECHNICAL_FAILURE, _M.REFUSED})
ENDED_UNSENT = frozenset({_M.SUPPRESSED, _M.CANCELLED})
AT_NOTIFY = FINAL_RECEIPTS | {_M.ACCEPTED}
"""Notify has it, whatever came of it: nothing may send it again."""

_PROOF = AT_NOTIFY
"""A receipt or a look-up that names our reference proves that Notify has it, whatever we
believed."""

MOVES: dict[MessageStatus, frozenset[MessageStatus]] = {
    _M.PENDING: frozenset({_M.SENDING, _M.SUPPRESSED, _M.CANCELLED}) | _PROOF,
    _M.SENDING: frozenset({_M.PENDING, _M.HELD, _M.REFUSED, _M.SUPPRESSED, _M.CANCELLED}) | _PROOF,
    _M.HELD: frozenset({_M.PENDING, _M.SENDING, _M.CANCELLED}) | _PROOF,
    _M.ACCEPTED: FINAL_RECEIPTS,
    _M.SUPPRESSED: _PROOF,
    _M.CANCELLED: _PROOF,
}


def can_move(current: MessageStatus, target: MessageStatus) -> bool:
    return target in MOVES.get(current, frozenset())


def move(current: MessageStatus, target: MessageStatus) -> MessageStatus:
    """Raises MoveRefused. A final receipt never moves: the first one wins (contract section 8)."""
    if not can_move(current, target):
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


@dataclass(frozen=True)
class RefusalReading:
    """What a 400 means. `is_for_all`: every other message of the campaign would be refused too."""

    words: str
    is_for_all: bool


_FOR_ALL = (
    ("Template not found", "The template is not there any more."),
    ("Template has been deleted", "The template has been deleted in Notify."),
    ("template is not suitable", "The template is not one for text messages."),
    ("Service is not allowed to send text", "The Notify service may not send text messages."),
    ("service is in trial mode", "The Notify service is still in trial mode."),
    ("using a team-only API key", "The API key is a team key, which reaches only the team."),
    ("does not exist in database for service", "The sender chosen in the settings is gone."),
    ("sms_sender_id is not a valid", "The sender chosen in the settings is not an id."),
    ("template_id is not a valid", "The template's id is not one of Notify's."),
    ("Additional properties are not allowed", "Notify did not understand the request."),
)
_FOR_ONE = (
    ("Missing personalisation", "Something the message needs is missing in this row."),
    ("message is empty", "With this row's details the text has nothing in it."),
    ("message is too long", "With this row's details the text is longer than 918 characters."),
    ("Can only send a file by email", "A text message cannot carry a file."),
    ("international mobile numbers", "Notify takes the number for one abroad."),
    ("Not a UK mobile number", "Notify says the number is not a UK mobile number."),
    ("Too many digits", "Notify says the number has too many digits."),
    ("Not enough digits", "Notify says the number has too few digits."),
    ("Must not contain letters or symbols", "Notify says the number has letters in it."),
    ("country prefix", "Notify does not know the number's country."),
    ("Number is not valid", "Notify says the number is not valid."),
)


def read_refusal(message: str) -> RefusalReading:
    """A 400 in plain words (contract section 3). Notify may change its wording, so that an unknown
    one counts against this message alone; many in a row pause the campaign all the same."""
    for part, words in _FOR_ALL:
        if part in message:
            return RefusalReading(words, is_for_all=True)
    for part, words in _FOR_ONE:
        if part in message:
            return RefusalReading(words, is_for_all=False)
    return RefusalReading(f"Notify refused it: {message}"[:300], is_for_all=False)
