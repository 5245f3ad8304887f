"""What the simulator keeps: keys, senders, notifications and received texts, as plain objects."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class KeyType(StrEnum):
    """Notify's three kinds of API key (contract section 14)."""

    NORMAL = "normal"
    TEAM = "team"
    TEST = "test"

    @property
    def printed(self) -> str:
        """The word that the 429 message uses."""
        return "LIVE" if self is KeyType.NORMAL else self.name


class Channel(StrEnum):
    """The kinds of notification this simulator takes; letters are left out."""

    SMS = "sms"
    EMAIL = "email"


class Status(StrEnum):
    """The statuses a text or an email can have (contract section 9)."""

    CREATED = "created"
    SENDING = "sending"
    PENDING = "pending"
    SENT = "sent"
    DELIVERED = "delivered"
    PERMANENT_FAILURE = "permanent-failure"
    TEMPORARY_FAILURE = "temporary-failure"
    TECHNICAL_FAILURE = "technical-failure"

    @property
    def is_final(self) -> bool:
        return self in FINAL

    @property
    def is_complete(self) -> bool:
        """Whether a read shows `completed_at`; `sent` counts as complete (contract section 5)."""
        return self.is_final or self is Status.SENT


FINAL = frozenset(
    {
        Status.DELIVERED,
        Status.PERMANENT_FAILURE,
        Status.TEMPORARY_FAILURE,
        Status.TECHNICAL_FAILURE,
    }
)


@dataclass(frozen=True, slots=True)
class ApiKey:
    """One key of the service; `revoked` ones are refused with their own message."""

    name: str
    secret: str
    type: KeyType
    revoked: bool = False


@dataclass(frozen=True, slots=True)
class Sender:
    """A sender of the service: an inbound number (07…) or a name."""

    id: str
    text: str
    is_default: bool = False
    is_archived: bool = False

    @property
    def shown(self) -> str:
        """The `from_number` of the 201: numbers come out as 447… (contract section 4)."""
        return "44" + self.text[1:] if self.text.isdigit() and len(self.text) == 11 else self.text


@dataclass(slots=True)
class Notification:
    """One accepted message. `body` is as the API shows it, `sent_text` as it reaches the phone,
    with the service-name prefix. Only status, later times and copies ever change."""

    id: str
    channel: Channel
    key_type: KeyType
    to: str
    normalised: str
    reference: str | None
    template_id: str
    template_version: int
    body: str
    sent_text: str
    subject: str | None
    from_text: str
    fragments: int
    created_at: datetime
    is_international: bool = False
    multiplier: float = 1.0
    unsubscribe_url: str | None = None
    status: Status = Status.CREATED
    sent_at: datetime | None = None
    updated_at: datetime | None = None
    copies: int = 1

    @property
    def completed_at(self) -> datetime | None:
        return self.updated_at if self.status.is_complete else None


@dataclass(frozen=True, slots=True)
class ReceivedText:
    """A text that somebody sent to the service's number."""

    id: str
    user_number: str
    notify_number: str
    content: str
    created_at: datetime
    received_at: datetime


def as_text(moment: datetime | None) -> str | None:
    """UTC with six decimals and a Z, the only form Notify writes; None stays None."""
    if moment is None:
        return None
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")
