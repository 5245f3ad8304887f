"""The access report's figures, and the reasons that were given for full numbers."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select

from outreach import clock
from outreach.audit import queries
from outreach.audit.queries import EventRow
from outreach.domain.audit import ActorKind, AuditAction
from outreach.domain.audit_access import LOOKS, AccessReport, Looks, access_report
from outreach.domain.send_window import LONDON
from outreach.extensions import db
from outreach.models import AuditEvent

MOST_REASONS = 50


def report(days: int) -> AccessReport:
    """Of people, over the last `days` days in London, today among them."""
    last = clock.now().astimezone(LONDON).date()
    first = last - timedelta(days=days - 1)
    begins = datetime.combine(first, time(0), LONDON).astimezone(UTC)
    return access_report(_looks(begins), first, last)


def reasons(days: int) -> list[EventRow]:
    """The newest events that showed a full number, with what was given as the reason."""
    found = db.session.scalars(
        select(AuditEvent)
        .where(
            AuditEvent.action == AuditAction.NUMBER_REVEALED.value,
            AuditEvent.at >= clock.now() - timedelta(days=days),
        )
        .order_by(AuditEvent.id.desc())
        .limit(MOST_REASONS)
    ).all()
    return queries.in_words(found)


def _looks(since: datetime) -> Sequence[Looks]:
    hour = _hour()
    rows = db.session.execute(
        select(
            AuditEvent.actor,
            AuditEvent.role,
            AuditEvent.action,
            AuditEvent.campaign_id,
            hour,
            func.count(),
        )
        .where(
            AuditEvent.at >= since,
            AuditEvent.actor_kind == ActorKind.PERSON.value,
            AuditEvent.action.in_([action.value for action in LOOKS]),
        )
        .group_by(
            AuditEvent.actor, AuditEvent.role, AuditEvent.action, AuditEvent.campaign_id, hour
        )
    )
    return [
        Looks(who, role, action, str(campaign) if campaign else None, _moment(at), times)
        for who, role, action, campaign, at, times in rows
    ]


def _hour() -> Any:
    """The hour an event fell into, in UTC."""
    if db.engine.dialect.name == "postgresql":
        return func.date_trunc("hour", AuditEvent.at, "UTC")
    return func.strftime("%Y-%m-%dT%H:00", AuditEvent.at)


def _moment(at: datetime | str) -> datetime:
    if isinstance(at, str):
        return datetime.fromisoformat(at).replace(tzinfo=UTC)
    return at.astimezone(UTC)
