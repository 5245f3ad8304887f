"""Events as they lie in the table, turned into the bytes that are sealed.

Every column that is sealed is read as it is, and through nothing that this version knows of
actions: an event stays provable for ever, and one that was tampered with is read all the same.
"""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, String, Text, cast, type_coerce

from outreach.domain.audit import RECORD_VERSION, encode_event, instant
from outreach.extensions import db
from outreach.models import AuditEvent

UNREADABLE = b'{"unreadable":true}'
"""In place of an event whose columns hold what no version ever wrote."""

StoredEvent = Row[*tuple[Any, ...]]
_COLUMNS = 12


def sealed_columns() -> Sequence[ColumnElement[Any]]:
    """What `event_bytes` needs, in its order, to be selected first."""
    return (
        _raw(AuditEvent.event_id),
        _raw(AuditEvent.at),
        type_coerce(AuditEvent.actor_kind, String),
        type_coerce(AuditEvent.actor, String),
        type_coerce(AuditEvent.role, String),
        type_coerce(AuditEvent.action, String),
        type_coerce(AuditEvent.category, String),
        type_coerce(AuditEvent.object_type, String),
        type_coerce(AuditEvent.object_id, String),
        _raw(AuditEvent.campaign_id),
        cast(AuditEvent.changes, Text),
        type_coerce(AuditEvent.reason, String),
    )


def event_bytes(row: StoredEvent) -> bytes | None:
    """The event's canonical JSON from the first columns of a row; None where there is no event."""
    values: tuple[Any, ...] = tuple(row)[:_COLUMNS]
    event_id, at, kind, actor, role, action, category, what, which, campaign, changes, reason = (
        values
    )
    if event_id is None:
        return None
    try:
        return encode_event(
            {
                "action": action,
                "actor": actor,
                "actor_kind": kind,
                "at": _instant_text(at),
                "campaign_id": _uuid_text(campaign) if campaign is not None else None,
                "category": category,
                "changes": json.loads(changes),
                "id": _uuid_text(event_id),
                "object_id": which,
                "object_type": what,
                "reason": reason,
                "role": role,
                "version": RECORD_VERSION,
            }
        )
    except (TypeError, ValueError, RecursionError):
        return UNREADABLE


def _raw(column: Any) -> ColumnElement[Any]:
    """SQLite keeps these types as text; read as text, no value can break the reading."""
    return type_coerce(column, String) if db.engine.dialect.name == "sqlite" else column


def _instant_text(at: Any) -> str:
    return at.replace(" ", "T") + "Z" if isinstance(at, str) else instant(at)


def _uuid_text(value: Any) -> str:
    """As `str(UUID)` writes it, also of SQLite's 32 digits."""
    if isinstance(value, UUID):
        return str(value)
    return f"{value[:8]}-{value[8:12]}-{value[12:16]}-{value[16:20]}-{value[20:]}"
