"""What the pages of the audit log share."""

from collections.abc import Mapping

from flask import Blueprint

from outreach.audit import service
from outreach.domain.access import Permission
from outreach.domain.audit import AuditAction, Scalar
from outreach.transaction import transaction
from outreach.web.current import actor

blueprint = Blueprint("audit", __name__, url_prefix="/audit")


def record_look(
    action: AuditAction,
    object_type: str = "audit_log",
    object_id: object = "log",
    seen: Mapping[str, Scalar] | None = None,
) -> None:
    """Looking is an event too: one for a request, committed before anything is shown."""
    with transaction():
        service.record(action, actor(Permission.READ_AUDIT), object_type, object_id, changes=seen)
