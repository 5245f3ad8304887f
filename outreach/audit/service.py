"""Writing events. One goes into the same transaction as the act it tells of.

An event is in the database's own transaction when `record` returns, so whatever ends that, a
savepoint too, ends both alike: nothing is kept that could be lost, or be written without its act.
It is written as a row, because a mapped object costs twice as much.
"""

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID, uuid4

from sqlalchemy import Table, insert

from outreach import clock
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction, AuditRecord, Scalar, canonical
from outreach.domain.personal_data import refuse_unfit
from outreach.extensions import db
from outreach.models import AuditEvent

_INSERT = insert(cast(Table, AuditEvent.__table__))


def record(
    action: AuditAction,
    actor: Actor,
    object_type: str,
    object_id: object,
    *,
    campaign_id: UUID | None = None,
    changes: Mapping[str, Scalar] | None = None,
    reason: str | None = None,
) -> AuditRecord:
    """Add the event to the open transaction.

    Raises ReasonMissing where the action needs a reason, PersonalDataInAudit where a number or a
    code would be kept, and ValueError for values that cannot be sealed.
    """
    event = AuditRecord(
        id=str(uuid4()),
        at=clock.now(),
        actor_kind=actor.kind,
        actor=actor.name,
        role=actor.role,
        action=action,
        object_type=object_type,
        object_id=str(object_id),
        campaign_id=str(campaign_id) if campaign_id else None,
        changes={name: _plain(value) for name, value in (changes or {}).items()},
        reason=_storable(reason) if reason else None,
    )
    refuse_unfit(event)
    canonical(event)  # what has no canonical form could never be sealed
    _write(_columns(event, campaign_id))
    return event


def record_of_campaign(
    action: AuditAction,
    actor: Actor,
    campaign_id: UUID,
    changes: Mapping[str, Scalar] | None = None,
    reason: str | None = None,
) -> AuditRecord:
    """Add an event about a campaign as a whole. Raises as `record` does."""
    return record(
        action,
        actor,
        "campaign",
        campaign_id,
        campaign_id=campaign_id,
        changes=changes,
        reason=reason,
    )


def _write(row: Mapping[str, Any]) -> None:
    """After what the event tells of, which it may refer to."""
    db.session.flush()
    db.session.execute(_INSERT, [row])


def _columns(event: AuditRecord, campaign_id: UUID | None) -> dict[str, Any]:
    return {
        "event_id": UUID(event.id),
        "at": event.at,
        "actor_kind": event.actor_kind.value,
        "actor": event.actor,
        "role": event.role,
        "action": event.action.value,
        "category": event.action.category.value,
        "object_type": event.object_type,
        "object_id": event.object_id,
        "campaign_id": campaign_id,
        "changes": event.changes,
        "reason": event.reason,
    }


def _plain(value: Scalar) -> Scalar:
    """A member of an enumeration as its text."""
    if isinstance(value, str):
        return _storable(value)
    if value is None or type(value) in (int, bool):
        return value
    raise ValueError("a change in an audit event is text, a whole number, true, false or nothing")


def _storable(text: str) -> str:
    """Without NUL, which PostgreSQL cannot store."""
    return str(text).replace("\x00", "")
