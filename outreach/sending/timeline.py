"""How a campaign's sending went over time, in at most sixty steps."""

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from outreach.domain.message import MessageStatus
from outreach.extensions import db
from outreach.models import Message

MOST_STEPS = 60
KEPT_SECONDS = 10
"""The picture may be this old: counting a hundred thousand rows takes a while."""
MINUTE = timedelta(minutes=1)
STEPS = tuple(timedelta(minutes=m) for m in (1, 2, 5, 10, 15, 30, 60, 120, 360, 720, 1440))


@dataclass(frozen=True)
class Step:
    """What happened from `at` until the next step."""

    at: datetime
    sent: int
    delivered: int


@dataclass(frozen=True)
class Timeline:
    steps: tuple[Step, ...]
    length: timedelta
    """Of a step."""

    @property
    def highest(self) -> int:
        return max((max(step.sent, step.delivered) for step in self.steps), default=0)


_kept: dict[UUID, tuple[float, Timeline]] = {}


def timeline(campaign_id: UUID) -> Timeline:
    """As it was at most ten seconds ago."""
    at, found = _kept.get(campaign_id, (0.0, Timeline((), MINUTE)))
    if time.monotonic() - at > KEPT_SECONDS:
        if len(_kept) > MOST_STEPS:
            _kept.clear()
        found = _read(campaign_id)
        _kept[campaign_id] = (time.monotonic(), found)
    return found


def arrange(sent: Mapping[datetime, int], delivered: Mapping[datetime, int]) -> Timeline:
    """Counts by minute put into even steps, with no gap between the first and the last."""
    minutes = [*sent, *delivered]
    if not minutes:
        return Timeline((), MINUTE)
    first, last = min(minutes), max(minutes)
    length = next((s for s in STEPS if (last - first) / s < MOST_STEPS - 1), STEPS[-1])
    first -= timedelta(minutes=(first.hour * 60 + first.minute) % (length // MINUTE))
    places = range((last - first) // length + 1)
    sums = [_by_place(counts, first, length) for counts in (sent, delivered)]
    steps = (Step(first + length * place, sums[0][place], sums[1][place]) for place in places)
    return Timeline(tuple(steps), length)


def _by_place(counts: Mapping[datetime, int], first: datetime, length: timedelta) -> Counter[int]:
    places: Counter[int] = Counter()
    for minute, count in counts.items():
        places[(minute - first) // length] += count
    return places


def _read(campaign_id: UUID) -> Timeline:
    delivered = Message.status == MessageStatus.DELIVERED
    return arrange(
        _by_minute(campaign_id, Message.accepted_at),
        _by_minute(campaign_id, Message.final_at, delivered),
    )


def _by_minute(
    campaign_id: UUID, column: Any, *conditions: ColumnElement[bool]
) -> dict[datetime, int]:
    if db.engine.dialect.name == "postgresql":
        minute = func.date_trunc("minute", column)
    else:
        minute = func.strftime("%Y-%m-%dT%H:%M", column)
    rows = db.session.execute(
        select(minute, func.count())
        .where(Message.campaign_id == campaign_id, column.is_not(None), *conditions)
        .group_by(minute)
    )
    return {_moment(at): count for at, count in rows}


def _moment(at: datetime | str) -> datetime:
    if isinstance(at, str):
        return datetime.fromisoformat(at).replace(tzinfo=UTC)
    return at.astimezone(UTC)
