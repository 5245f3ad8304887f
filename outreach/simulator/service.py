"""The service that the simulator plays: what its owner would set in Notify's web pages."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from outreach.simulator.records import ApiKey, KeyType, Sender

SERVICE_ID = "6a1f0f0c-2f5e-4f0a-9d55-0e7c3f6b8a10"
LIVE_SECRET = "3b9e6c1a-7d42-4c58-8f0e-1a2b3c4d5e6f"  # noqa: S105 -- opens only a local simulator
TEAM_SECRET = "8c2d4e6f-0a1b-4c3d-9e5f-7a8b9c0d1e2f"  # noqa: S105 -- likewise
TEST_SECRET = "f1e2d3c4-b5a6-4978-8a6b-5c4d3e2f1a0b"  # noqa: S105 -- likewise
REVOKED_SECRET = "0f1e2d3c-4b5a-4697-9788-a1b2c3d4e5f6"  # noqa: S105 -- likewise
INBOUND_NUMBER = "07700900500"
INBOUND_SENDER_ID = "b7f0c9d2-4f3e-4d5a-8c6b-2a1908f7e6d5"
NAMED_SENDER_ID = "c4d3e2f1-5a6b-4c7d-9e8f-3b2a1c0d9e8f"


def key_text(name: str, secret: str, service_id: str = SERVICE_ID) -> str:
    """An API key's whole text."""
    return f"{name}-{service_id}-{secret}"


LIVE_KEY = key_text("live", LIVE_SECRET)
TEAM_KEY = key_text("team", TEAM_SECRET)
TEST_KEY = key_text("test", TEST_SECRET)
REVOKED_KEY = key_text("revoked", REVOKED_SECRET)


def split_key(text: str) -> tuple[str, str, str]:
    """Name, service id and secret of a key's text. Raises ValueError for a wrong shape."""
    name, service_id, secret = text[:-74], text[-73:-37], text[-36:]
    try:
        UUID(service_id), UUID(secret)
    except ValueError:
        message = "An API key is a name, a service id and a secret joined by hyphens."
        raise ValueError(message) from None
    return name, service_id, secret


@dataclass(frozen=True, slots=True)
class CallbackTarget:
    """Where callbacks of one type go, and the bearer token they carry."""

    url: str
    token: str


@dataclass(slots=True)
class Service:
    """Mutable on purpose: the control API changes these while requests are served."""

    id: str = SERVICE_ID
    name: str = "Local support team"
    is_active: bool = True
    is_trial: bool = False
    has_prefix: bool = False
    may_text: bool = True
    may_email: bool = True
    may_receive: bool = True
    may_text_abroad: bool = True
    may_text_landlines: bool = False
    rate_limit: int | None = 3000
    daily_limit: int = 250_000
    international_daily_limit: int = 100
    retention_days: int = 7
    sms_rate: float = 0.024
    inbound_number: str = INBOUND_NUMBER
    guest_list: frozenset[str] = frozenset()
    keys: list[ApiKey] = field(default_factory=list)
    senders: list[Sender] = field(default_factory=list)
    receipts_to: CallbackTarget | None = None
    received_to: CallbackTarget | None = None

    @property
    def prefix(self) -> str | None:
        return self.name if self.has_prefix else None

    @property
    def email_address(self) -> str:
        return f"{self.name.lower().replace(' ', '.')}@notifications.service.gov.uk"

    @property
    def default_sender(self) -> Sender:
        return next(sender for sender in self.senders if sender.is_default)

    def sender(self, sender_id: str) -> Sender | None:
        """A sender that may be used; archived ones count as absent."""
        return next((s for s in self.senders if s.id == sender_id and not s.is_archived), None)

    def daily_limit_for(self, key_type: KeyType) -> int:
        return min(50, self.daily_limit) if self.is_trial else self.daily_limit


def default_senders(inbound_number: str) -> list[Sender]:
    """The inbound number, so that people can reply, and a name that nobody can reply to."""
    return [
        Sender(INBOUND_SENDER_ID, inbound_number, is_default=True),
        Sender(NAMED_SENDER_ID, "Support"),
    ]


def keys_from_texts(texts: Iterable[tuple[KeyType, str, bool]]) -> tuple[str, list[ApiKey]]:
    """Service id and keys from whole key texts (type, text, revoked).

    Raises ValueError when they do not all belong to one service.
    """
    keys, ids = [], set()
    for key_type, text, revoked in texts:
        name, service_id, secret = split_key(text)
        ids.add(service_id)
        keys.append(ApiKey(name, secret, key_type, revoked))
    if len(ids) != 1:
        raise ValueError("All API keys must hold the same service id.")
    return ids.pop(), keys
