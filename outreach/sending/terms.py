"""What sending is bound by: the settings an administrator chose, bank holidays, what was
approved."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from outreach.domain import pacing, pilot
from outreach.domain.cost import PENCE_PER_FRAGMENT
from outreach.domain.send_window import SendWindow
from outreach.extensions import db
from outreach.models import Campaign, Setting
from outreach.sending import holidays


@dataclass(frozen=True)
class Terms:
    """Named settings with their defaults. The names are those of the fields."""

    send_rate: float = pacing.DEFAULT_RATE
    sms_sender_id: str | None = None
    pence_per_fragment: Decimal = PENCE_PER_FRAGMENT
    pilot_messages: int = 20
    pilot_percent: int = 5
    failure_limit_percent: int = pilot.LIMIT_PERCENT
    settle_seconds: int = 120
    """How long after a request ended an unconfirmed message is looked up: longer than any request
    lives at either end (Notify's own limit is 30 s)."""
    silence_seconds: int = 1800
    """How long a receipt is waited for before Notify is asked: its own five retries take 25
    minutes."""
    notify_retention_days: int = 7
    bank_holidays: frozenset[date] = frozenset()

    @property
    def settle(self) -> timedelta:
        return timedelta(seconds=self.settle_seconds)


def terms() -> Terms:
    """As they are set now."""
    names = [*Terms.__dataclass_fields__]
    rows = db.session.execute(select(Setting.name, Setting.value).where(Setting.name.in_(names)))
    values: dict[str, Any] = {name: value for name, value in rows if value is not None}
    fetched = {date.fromisoformat(day) for day in values.pop(holidays.NAME, [])}
    read = {name: _READ.get(name, int)(value) for name, value in values.items()}
    return Terms(**read, bank_holidays=holidays.packaged() | fetched)


_READ: Mapping[str, Any] = {
    "send_rate": float,
    "sms_sender_id": str,
    "pence_per_fragment": lambda value: Decimal(str(value)),
}


def holidays_cover(day: date, known: frozenset[date]) -> bool:
    """Whether anything is known about this day's year: where not, nothing may leave (fail
    closed)."""
    return bool(known) and day.year <= max(known).year


def window_of(campaign: Campaign) -> SendWindow:
    return campaign.send_window or SendWindow()


def terms_digest(campaign: Campaign) -> str:
    """SHA-256 over what was approved, as it stands on the campaign. The list is in
    `content_digest`, which is part of it; a change to either after the release shows in the next
    claim."""
    approved = [
        str(campaign.id),
        campaign.content_digest,
        campaign.template_id,
        campaign.template_version,
        campaign.template_body,
        str(campaign.window_opens),
        str(campaign.window_closes),
        sorted(campaign.window_days or []),
        campaign.start_at.isoformat() if campaign.start_at else None,
        campaign.budget_pence,
        campaign.approved_by_id,
        campaign.approved_at.isoformat() if campaign.approved_at else None,
    ]
    return hashlib.sha256(json.dumps(approved).encode()).hexdigest()
