"""How a simulator starts: what the command line may choose."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from outreach.simulator.phone import normalise_sender
from outreach.simulator.records import KeyType
from outreach.simulator.service import (
    INBOUND_NUMBER,
    LIVE_KEY,
    REVOKED_SECRET,
    TEAM_SECRET,
    TEST_SECRET,
    CallbackTarget,
    Service,
    default_senders,
    key_text,
    keys_from_texts,
    split_key,
)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Shares of live texts that end in each failure, from 0 to 1; the rest is delivered."""

    permanent_failure: float = 0.0
    temporary_failure: float = 0.0
    technical_failure: float = 0.0
    never_final: float = 0.0
    pending: float = 0.0


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything settable at start. Times are in seconds, rates per minute."""

    api_key: str = LIVE_KEY
    team_api_key: str | None = None
    test_api_key: str | None = None
    revoked_api_key: str | None = None
    service_name: str = "Local support team"
    has_prefix: bool = False
    may_text_abroad: bool = True
    is_trial: bool = False
    guest_list: tuple[str, ...] = ()
    inbound_number: str = INBOUND_NUMBER
    receipts_to: CallbackTarget | None = None
    received_to: CallbackTarget | None = None
    templates_file: Path | None = None
    journal_file: Path | None = None
    latency: float = 0.0
    handover_delay: float = 0.1
    receipt_delay: float = 1.0
    cost_delay: float = 0.0
    callback_threads: int = 4
    callback_retry_delay: float = 300.0
    callback_timeout: float = 5.0
    outcomes: Outcomes = field(default_factory=Outcomes)
    seed: int = 0
    rate_limit: int | None = 3000
    daily_limit: int = 250_000
    international_daily_limit: int = 100
    retention_days: int = 7
    sms_rate: float = 0.024

    def key_texts(self) -> list[tuple[KeyType, str, bool]]:
        """Type, text and whether revoked of every key; those not given are made from the
        service id of the live key and seeded secrets."""
        _, service_id, _ = split_key(self.api_key)
        return [
            (KeyType.NORMAL, self.api_key, False),
            (KeyType.TEAM, self.team_api_key or key_text("team", TEAM_SECRET, service_id), False),
            (KeyType.TEST, self.test_api_key or key_text("test", TEST_SECRET, service_id), False),
            (
                KeyType.NORMAL,
                self.revoked_api_key or key_text("revoked", REVOKED_SECRET, service_id),
                True,
            ),
        ]

    def service(self) -> Service:
        """The service as it stands at the start and after a reset. Raises ValueError for keys
        that are none or do not belong together."""
        service_id, keys = keys_from_texts(self.key_texts())
        return Service(
            id=service_id,
            name=self.service_name,
            is_trial=self.is_trial,
            has_prefix=self.has_prefix,
            may_text_abroad=self.may_text_abroad,
            rate_limit=self.rate_limit,
            daily_limit=self.daily_limit,
            international_daily_limit=self.international_daily_limit,
            retention_days=self.retention_days,
            sms_rate=self.sms_rate,
            inbound_number=self.inbound_number,
            guest_list=normal_guests(self.guest_list),
            keys=keys,
            senders=default_senders(self.inbound_number),
            receipts_to=self.receipts_to,
            received_to=self.received_to,
        )


def normal_guests(guests: Iterable[str]) -> frozenset[str]:
    """Numbers and addresses of a guest list in the form they are compared in."""
    return frozenset(normalise_sender(guest).lower() for guest in guests)
