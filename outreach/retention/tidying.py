"""What belongs to no campaign and has a time of its own: other replies, last contacts, and the
digests of entries and holds that stand no more. A bounded step at a time; the caller commits."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import CursorResult, delete, select, update

from outreach import clock
from outreach.audit import service as audit
from outreach.campaigns import keeping
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction, Scalar
from outreach.domain.settings import BY_NAME
from outreach.extensions import db
from outreach.models import Hold, LastContact, ReceivedText, Setting, Suppression
from outreach.replies import service as replies
from outreach.retention import queries
from outreach.retention.parts import random_digest

SLICE = 1_000
NO_KEY = "erased"
"""The `digest_key_id` of an entry whose digest is noise."""


def steps() -> tuple[Callable[[Actor], int], ...]:
    """Each is called until it gives 0, in a transaction of its own every time."""
    return (old_replies, old_contacts, removed_entries, released_holds)


def old_replies(by: Actor) -> int:
    """Texts that came in, once they are dealt with and their days are over."""
    before = clock.now() - timedelta(days=_days("reply_retention_days"))
    return replies.erase_before(before, by=by, keep=queries.held_campaigns())


def old_contacts(by: Actor) -> int:
    """When a number was last texted is kept for the frequency cap, and no longer."""
    before = clock.now() - timedelta(days=_days("frequency_cap_days"))
    found = select(LastContact.phone_digest).where(LastContact.texted_at < before).limit(SLICE)
    count = _done(delete(LastContact).where(LastContact.phone_digest.in_(found)))
    return _told("last-contacts", count, by)


def removed_entries(by: Actor) -> int:
    """An entry taken off the suppression list counts in figures; whose it was is forgotten."""
    before = clock.now() - keeping.keep_for()
    found = (
        select(Suppression.id)
        .where(Suppression.removed_at < before, Suppression.digest_key_id != NO_KEY)
        .limit(SLICE)
    )
    statement = update(Suppression).where(Suppression.id.in_(found))
    count = _done(statement.values(phone_digest=random_digest(), digest_key_id=NO_KEY))
    return _told("removed-opt-outs", count, by)


def released_holds(by: Actor) -> int:
    """A hold that was let go has no use any more."""
    before = clock.now() - keeping.keep_for()
    found = db.session.scalars(select(Hold.id).where(Hold.released_at < before).limit(SLICE)).all()
    db.session.execute(
        update(ReceivedText)
        .where(ReceivedText.released_hold_id.in_(found))
        .values(released_hold_id=None)
    )
    return _told("released-holds", _done(delete(Hold).where(Hold.id.in_(found))), by)


def _told(kind: str, count: int, by: Actor) -> int:
    if count:
        changes: dict[str, Scalar] = {"kind": kind, "rows": count}
        audit.record(AuditAction.RETENTION_ERASED, by, "retention", kind, changes=changes)
    return count


def _done(statement: object) -> int:
    outcome = db.session.execute(
        statement.execution_options(synchronize_session=False)  # type: ignore[attr-defined]
    )
    assert isinstance(outcome, CursorResult)  # noqa: S101 of an update or a delete  # nosec B101
    return int(outcome.rowcount)


def _days(name: str) -> int:
    row = db.session.get(Setting, name)
    value = row.value if row is not None and row.value is not None else BY_NAME[name].default
    return int(str(value))
