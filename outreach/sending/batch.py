"""What a slice sends: messages that are ours, each at its slot, within its lease."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

REQUEST_LIFE = timedelta(seconds=25)
"""No request of ours lives longer: ten seconds to connect, ten for the answer, and some."""
MARGIN = timedelta(seconds=10)
"""How late after its slot a message may still begin."""
LEASE_MARGIN = timedelta(seconds=1)


@dataclass(frozen=True)
class Order:
    """What the messages of one campaign share while they are sent."""

    campaign_id: UUID
    template_id: str
    template_version: int
    sender_id: str | None
    data_key: bytes = field(repr=False)
    public_url: str


@dataclass(frozen=True)
class Claimed:
    """One message that is ours to send, once, at its slot and before its lease runs out."""

    message_id: int
    attempt: int
    reference: UUID
    phone_digest: bytes
    row_number: int
    sealed: bytes | None = field(repr=False)
    billed: int
    order: Order
    slot: datetime
    lease_until: datetime

    @property
    def latest_start(self) -> datetime:
        """A worker that slept until after this must not send: the lease may be another's then."""
        return self.lease_until - REQUEST_LIFE


@dataclass(frozen=True)
class Batch:
    """The messages of one slice, to be begun before `until`, when the dispatcher's lease ends.

    `is_stopped` is set by whoever sees that none may follow.
    """

    messages: Sequence[Claimed]
    until: datetime
    is_stopped: threading.Event = field(default_factory=threading.Event)


def lease_end(last_slot: datetime) -> datetime:
    """How long the messages of a batch belong to whoever claimed them."""
    return last_slot + REQUEST_LIFE + MARGIN
