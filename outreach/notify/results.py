"""What Notify answered, as plain frozen values. Nothing here holds a phone number."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Accepted:
    """201: the message is queued at Notify. `body` is without the service-name prefix."""

    notification_id: str
    template_version: int
    body: str
    from_number: str


@dataclass(frozen=True, slots=True)
class Refused:
    """400: this message will never be taken as it is. `message` is safe to store and show."""

    status_code: int
    error: str
    message: str


@dataclass(frozen=True, slots=True)
class KeyRefused:
    """401, 403, 404 or 405: the key, the clock, the service or the address is wrong.

    Nothing was taken, and no other message would be: stop and tell an admin.
    """

    status_code: int
    error: str
    message: str


@dataclass(frozen=True, slots=True)
class RateLimited:
    """429 for the minute: nothing was taken; every caller on this key type must slow down."""

    message: str


@dataclass(frozen=True, slots=True)
class DailyLimitReached:
    """429 for the day: nothing was taken, and nothing will be before 00:00 UTC."""

    message: str


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """No usable answer: the message may or may not have been taken.

    Only a successful look-up by reference tells; never send again without one.
    """

    reason: str
    status_code: int | None = None


SendResult = Accepted | Refused | KeyRefused | RateLimited | DailyLimitReached | Ambiguous


@dataclass(frozen=True, slots=True)
class NotificationRecord:
    """One message as Notify has it. Times are aware UTC; cost is in pounds without VAT."""

    id: str
    reference: str | None
    status: str
    created_at: datetime
    sent_at: datetime | None
    completed_at: datetime | None
    template_id: str
    template_version: int
    fragments: int | None
    cost: Decimal | None


@dataclass(frozen=True, slots=True)
class NotFound:
    """Notify does not have it: unknown, another service's, or past retention."""


@dataclass(frozen=True, slots=True)
class LookupFailed:
    """The question was not answered, so nothing is known. Ask again later."""

    reason: str
    status_code: int | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """A template's current version. `placeholders` are names as first written in it."""

    id: str
    name: str
    type: str
    version: int
    body: str
    subject: str | None
    placeholders: tuple[str, ...]
    created_at: datetime
    updated_at: datetime | None


@dataclass(frozen=True, slots=True)
class Preview:
    """A template with values put in, as Notify would send it."""

    body: str
    version: int
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class ReceivedText:
    """A text somebody sent to the service. `user_number` is digits without a plus, or raw."""

    id: str
    user_number: str
    notify_number: str
    content: str
    created_at: datetime
