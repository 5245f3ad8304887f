"""Writing events. One goes into the same transaction as the act it tells of."""

from collections.abc import Mapping
from uuid import UUID, uuid4

from outreach import clock
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction, Scalar
from outreach.extensions import db
from outreach.models import AuditEvent


def record(
    action: AuditAction,
    actor: Actor,
    object_type: str,
    object_id: object,
    *,
    campaign_id: UUID | None = None,
    changes: Mapping[str, Scalar] | None = None,
    reason: str | None = None,
) -> AuditEvent:
    """Add the event to the open transaction. Raises ValueError where the action needs a reason."""
    if action.needs_reason and not reason:
        raise ValueError(f"{action} needs a reason")
    event = AuditEvent(
        event_id=uuid4(),
        at=clock.now(),
        actor_kind=actor.kind.value,
        actor=actor.name,
        role=actor.role,
        action=action.value,
        category=action.category.value,
        object_type=object_type,
        object_id=str(object_id),
        campaign_id=campaign_id,
        changes=dict(changes or {}),
        reason=reason,
    )
    db.session.add(event)
    return event
