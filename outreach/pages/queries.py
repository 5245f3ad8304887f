"""What the standing pages show."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import InstrumentedAttribute

from outreach import clock
from outreach.extensions import db
from outreach.models import (
    AuditEvent,
    AuditLeaf,
    Campaign,
    Dispatcher,
    Message,
    ReceivedText,
    WorkerHeartbeat,
)

HEARTBEAT_LATE = timedelta(seconds=30)
SEALED_WITHIN = timedelta(seconds=10)


def readiness_problems() -> list[str]:
    """Why the service is not ready; empty where it is."""
    try:
        last_beat = db.session.scalar(select(func.max(WorkerHeartbeat.beat_at)))
    except SQLAlchemyError:
        return ["the database does not answer"]
    if last_beat is None or clock.now() - last_beat > HEARTBEAT_LATE:
        return ["no worker has reported in the last 30 seconds"]
    return []


def messages_by_status() -> dict[str, int]:
    return _counted(Message.status)


def campaigns_by_status() -> dict[str, int]:
    return _counted(Campaign.status)


def open_replies() -> dict[str, int]:
    statement = (
        select(ReceivedText.reply_class, func.count())
        .where(ReceivedText.state == "open", ReceivedText.reply_class.is_not(None))
        .group_by(ReceivedText.reply_class)
    )
    return {str(name): count for name, count in db.session.execute(statement)}


def oldest_open_reply_seconds(now: datetime) -> float:
    oldest = db.session.scalar(
        select(func.min(ReceivedText.received_at)).where(ReceivedText.state == "open")
    )
    return (now - oldest).total_seconds() if oldest else 0.0


def heartbeat_age_seconds(now: datetime) -> float | None:
    last = db.session.scalar(select(func.max(WorkerHeartbeat.beat_at)))
    return (now - last).total_seconds() if last else None


def unsealed_events() -> int:
    events = db.session.scalar(select(func.count()).select_from(AuditEvent)) or 0
    sealed = db.session.scalar(select(func.count()).select_from(AuditLeaf)) or 0
    return events - sealed


def sending_rate() -> float | None:
    return db.session.scalar(select(func.min(Dispatcher.rate)))


def _counted(column: InstrumentedAttribute[Any]) -> dict[str, int]:
    statement = select(column, func.count()).group_by(column)
    return {str(name): count for name, count in db.session.execute(statement)}


def is_sealing_late() -> bool:
    """Whether an event has waited for its seal for longer than ten seconds (design section 9)."""
    waiting = (
        select(AuditEvent.id)
        .outerjoin(AuditLeaf, AuditLeaf.event_row_id == AuditEvent.id)
        .where(AuditLeaf.event_row_id.is_(None), AuditEvent.at < clock.now() - SEALED_WITHIN)
        .limit(1)
    )
    return db.session.scalar(waiting) is not None
