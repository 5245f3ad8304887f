"""Who saw a number: every event about what is kept under it. The number itself goes no further than
its keyed digest."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select

from outreach import vault
from outreach.audit import queries, service
from outreach.audit.queries import EventRow
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction, AuditCategory
from outreach.extensions import db
from outreach.models import (
    AuditEvent,
    Campaign,
    Hold,
    Message,
    ReceivedText,
    Recipient,
    Suppression,
)

MOST_EVENTS = 200

_KEPT: dict[str, Any] = {
    "recipient": Recipient,
    "message": Message,
    "reply": ReceivedText,
    "suppression": Suppression,
    "hold": Hold,
}
"""What is kept under a number's digest, by the name it has in events."""
_LIST_OBJECTS = ("list", "upload", "campaign")


@dataclass(frozen=True)
class Trace:
    """`campaigns` are titles. `single` events are about this number; `among` handled it with all
    the others of a list."""

    masked: str
    is_known: bool
    campaigns: Sequence[str]
    single: Sequence[EventRow]
    among: Sequence[EventRow]


def trace(e164: str, masked: str, *, by: Actor) -> Trace:
    """Look, and record that somebody looked, in the open transaction."""
    digest = vault.digest(e164)
    kept = {name: _ids(table, digest) for name, table in _KEPT.items()}
    campaign_ids = _campaigns(digest)
    titles = db.session.scalars(select(Campaign.title).where(Campaign.id.in_(campaign_ids))).all()
    found = Trace(
        masked=masked,
        is_known=any(kept.values()),
        campaigns=titles,
        single=_newest(_about(kept)),
        among=_newest(_of_lists(campaign_ids)),
    )
    _record(kept, campaign_ids, by)
    return found


def seen(digest: bytes) -> list[EventRow]:
    """Every event about what is kept under a number, oldest first. Records nothing itself."""
    kept = {name: _ids(table, digest) for name, table in _KEPT.items()}
    rows = [*_newest(_about(kept)), *_newest(_of_lists(_campaigns(digest)))]
    return sorted(rows, key=lambda row: row.id)


def _ids(table: Any, digest: bytes) -> list[str]:
    ids = db.session.scalars(select(table.id).where(table.phone_digest == digest))
    return [str(each) for each in ids]


def _campaigns(digest: bytes) -> list[UUID]:
    query = select(Recipient.campaign_id).where(Recipient.phone_digest == digest).distinct()
    return list(db.session.scalars(query))


def _about(kept: dict[str, list[str]]) -> Any:
    """Some events name two rows of one number at once."""
    return or_(
        *(
            and_(
                AuditEvent.object_type == name,
                AuditEvent.object_id.in_([*ids, *(f"{a} {b}" for a, b in permutations(ids, 2))]),
            )
            for name, ids in kept.items()
        )
    )


def _of_lists(campaign_ids: Collection[UUID]) -> Any:
    """Looking, passing on and matching; who changed a title has seen no number."""
    return and_(
        AuditEvent.campaign_id.in_(campaign_ids),
        AuditEvent.object_type.in_(_LIST_OBJECTS),
        AuditEvent.category.not_in([AuditCategory.ALTERATION.value]),
    )


def _newest(condition: Any) -> list[EventRow]:
    query = select(AuditEvent).where(condition).order_by(AuditEvent.id.desc()).limit(MOST_EVENTS)
    return queries.in_words(db.session.scalars(query).all())


def _record(kept: dict[str, list[str]], campaign_ids: Sequence[UUID], by: Actor) -> None:
    """One event for each row that is the number's, so that a later trace shows this one too."""
    recipients = kept["recipient"] or ["unknown"]
    for recipient in recipients:
        service.record(
            AuditAction.AUDIT_NUMBER_TRACED,
            by,
            "recipient",
            recipient,
            changes={
                "campaigns": len(campaign_ids),
                "replies": len(kept["reply"]),
                "is_suppressed": bool(kept["suppression"]),
            },
        )
