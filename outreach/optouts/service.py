"""Suppressing and holding numbers, and letting them go again (design section 6).

Everything here works on the keyed digest of a number. The caller owns the transaction, so that what
is suppressed is suppressed before anything claimed afterwards. Two people, or two replies, may ask
the same thing at the same moment: the unique indexes decide, and the second finds it done.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Table, text, update
from sqlalchemy.dialects import postgresql, sqlite

from outreach import clock, vault
from outreach.audit import service as audit
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction
from outreach.domain.errors import ChangedMeanwhile
from outreach.domain.message import MessageStatus
from outreach.domain.optout import SuppressionKind, SuppressionSource
from outreach.extensions import db
from outreach.models import Hold, Message, Suppression
from outreach.optouts import queries

TAKEN_BACK = "It was put on the list by mistake and taken back within minutes."
ROWS_AT_ONCE = 1_000


def suppress(
    phone_digest: bytes,
    kind: SuppressionKind,
    source: SuppressionSource,
    *,
    by: Actor,
    campaign_id: UUID | None = None,
) -> bool:
    """Nobody texts this number again. False where that was so already.

    Messages that were still waiting for it are suppressed with it.
    """
    row = _row(phone_digest, kind, source, by, campaign_id)
    suppression_id = _insert_unless_active(Suppression.__table__, row, ["phone_digest", "kind"])
    if suppression_id is None:
        return False
    withdrawn = _suppress_waiting([phone_digest], kind)
    audit.record(
        AuditAction.OPTOUT_ADDED,
        by,
        "suppression",
        suppression_id,
        campaign_id=campaign_id,
        changes={"kind": kind.value, "source": source.value, "messages_withdrawn": withdrawn},
    )
    return True


def import_digests(entries: Iterable[tuple[bytes, SuppressionKind]], *, by: Actor) -> int:
    """Put many on the list, all or none; how many were not on it before. One event tells of all."""
    by_kind: dict[SuppressionKind, set[bytes]] = {kind: set() for kind in SuppressionKind}
    for digest, kind in entries:
        by_kind[kind].add(digest)
    added = withdrawn = 0
    for kind, digests in by_kind.items():
        for portion in queries.portions(sorted(digests), ROWS_AT_ONCE):
            rows = [_row(digest, kind, SuppressionSource.IMPORT, by, None) for digest in portion]
            added += _insert_new(rows)
            withdrawn += _suppress_waiting(portion, kind)
    audit.record(
        AuditAction.OPTOUT_IMPORTED,
        by,
        "suppression_list",
        "list",
        changes={
            "given": sum(len(digests) for digests in by_kind.values()),
            "added": added,
            "messages_withdrawn": withdrawn,
        },
    )
    return added


def remove(suppression: Suppression, *, by: Actor, reason: str) -> None:
    """On the person's own request only. What was withheld meanwhile stays withheld."""
    if suppression.removed_at is not None:
        raise ChangedMeanwhile("This number is not on the suppression list any more.")
    suppression.removed_at = clock.now()
    suppression.removed_by_id = by.user_id
    suppression.removed_reason = reason
    audit.record(
        AuditAction.OPTOUT_REMOVED,
        by,
        "suppression",
        suppression.id,
        changes={"kind": suppression.kind.value},
        reason=reason,
    )


def take_back(suppression_id: int, *, by: Actor) -> None:
    """Undo one's own mistake; nothing where it is off the list already."""
    suppression = queries.suppression(suppression_id)
    if suppression is not None:
        remove(suppression, by=by, reason=TAKEN_BACK)


def opt_in(phone_digest: bytes, *, by: Actor) -> bool:
    """The person texted START: their own opt-out ends. A wrong-person mark does not."""
    suppression = queries.active_suppression(phone_digest, SuppressionKind.OPT_OUT)
    if suppression is None:
        return False
    suppression.removed_at = clock.now()
    suppression.removed_reason = "The person opted back in."
    audit.record(AuditAction.OPTOUT_REVOKED, by, "suppression", suppression.id)
    return True


def hold(phone_digest: bytes, *, by: Actor) -> bool:
    """Nothing is sent to this number until a person has read its reply. False where so already."""
    row = {"phone_digest": phone_digest, "created_at": clock.now()}
    hold_id = _insert_unless_active(Hold.__table__, row, ["phone_digest"])
    if hold_id is None:
        return False
    audit.record(AuditAction.HOLD_PLACED, by, "hold", hold_id)
    return True


def release_hold(phone_digest: bytes, *, by: Actor) -> bool:
    """Texts may go to this number again, if nothing else withholds it. False where none held it."""
    row = queries.active_hold(phone_digest)
    if row is None:
        return False
    row.released_at = clock.now()
    row.released_by_id = by.user_id
    audit.record(AuditAction.HOLD_RELEASED, by, "hold", row.id)
    return True


def record_look_up(found: queries.LookedUp, *, by: Actor) -> None:
    """Somebody asked about one number. The event says whether it is there, and never which."""
    ids = " ".join(str(row.id) for row, _ in found.suppressions)
    audit.record(
        AuditAction.OPTOUT_LOOKED_UP,
        by,
        "suppression",
        ids or "none",
        changes={"is_suppressed": bool(ids), "is_on_hold": found.is_on_hold},
    )


def record_export(count: int, *, by: Actor) -> None:
    audit.record(
        AuditAction.OPTOUT_EXPORTED,
        by,
        "suppression_list",
        "list",
        changes={"digests": count, "key": vault.ring().newest.key_id},
    )


def _row(
    phone_digest: bytes,
    kind: SuppressionKind,
    source: SuppressionSource,
    by: Actor,
    campaign_id: UUID | None,
) -> dict[str, Any]:
    return {
        "phone_digest": phone_digest,
        "digest_key_id": vault.ring().newest.key_id,
        "kind": kind,
        "source": source,
        "campaign_id": campaign_id,
        "created_at": clock.now(),
        "created_by_id": by.user_id,
    }


_STILL_ACTIVE = {"hold": text("released_at IS NULL"), "suppression": text("removed_at IS NULL")}


def _insert_unless_active(table: Any, row: dict[str, Any], unique: list[str]) -> int | None:
    """The new row's id; None where an active one is there. Waits for whoever writes the same."""
    statement = _insert(table).values(row)
    statement = statement.on_conflict_do_nothing(
        index_elements=unique, index_where=_STILL_ACTIVE[table.name]
    )
    new_id: int | None = db.session.execute(statement.returning(table.c.id)).scalar()
    return new_id


def _insert_new(rows: list[dict[str, Any]]) -> int:
    table: Table = Suppression.__table__  # type: ignore[assignment]
    statement = _insert(table).on_conflict_do_nothing(
        index_elements=["phone_digest", "kind"], index_where=_STILL_ACTIVE[table.name]
    )
    statement = statement.returning(table.c.id)
    return len(db.session.execute(statement, rows).scalars().all())


def _insert(table: Table) -> Any:
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    return insert(table)


def _suppress_waiting(digests: list[bytes], kind: SuppressionKind) -> int:
    waiting = update(Message).where(
        Message.phone_digest.in_(digests), Message.status == MessageStatus.PENDING
    )
    outcome = db.session.execute(
        waiting.values(
            status=MessageStatus.SUPPRESSED, reason=kind.value, final_at=clock.now()
        ).execution_options(synchronize_session=False)
    )
    return int(outcome.rowcount)  # type: ignore[attr-defined]
