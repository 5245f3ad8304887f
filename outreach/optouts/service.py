"""Suppressing and holding numbers, and letting them go again (design section 6).

Everything here works on the keyed digest of a number. The caller owns the transaction, so that what
is suppressed is suppressed before anything claimed afterwards.
"""

from uuid import UUID

from sqlalchemy import update

from outreach import clock, vault
from outreach.audit import service as audit
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction
from outreach.domain.message import MessageStatus
from outreach.domain.optout import SuppressionKind, SuppressionSource
from outreach.extensions import db
from outreach.models import Hold, Message, Suppression
from outreach.optouts import queries


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
    if queries.active_suppression(phone_digest, kind) is not None:
        return False
    suppression = Suppression(
        phone_digest=phone_digest,
        digest_key_id=vault.ring().newest.key_id,
        kind=kind,
        source=source,
        campaign_id=campaign_id,
        created_at=clock.now(),
        created_by_id=by.user_id,
    )
    db.session.add(suppression)
    db.session.flush()
    withdrawn = _suppress_waiting(phone_digest, kind)
    audit.record(
        AuditAction.OPTOUT_ADDED,
        by,
        "suppression",
        suppression.id,
        campaign_id=campaign_id,
        changes={"kind": kind.value, "source": source.value, "messages_withdrawn": withdrawn},
    )
    return True


def remove(suppression: Suppression, *, by: Actor, reason: str) -> None:
    """On the person's own request only. What was withheld meanwhile stays withheld."""
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
    if queries.active_hold(phone_digest) is not None:
        return False
    row = Hold(phone_digest=phone_digest, created_at=clock.now())
    db.session.add(row)
    db.session.flush()
    audit.record(AuditAction.HOLD_PLACED, by, "hold", row.id)
    return True


def release_hold(phone_digest: bytes, *, by: Actor) -> bool:
    row = queries.active_hold(phone_digest)
    if row is None:
        return False
    row.released_at = clock.now()
    row.released_by_id = by.user_id
    audit.record(AuditAction.HOLD_RELEASED, by, "hold", row.id)
    return True


def _suppress_waiting(phone_digest: bytes, kind: SuppressionKind) -> int:
    waiting = update(Message).where(
        Message.phone_digest == phone_digest, Message.status == MessageStatus.PENDING
    )
    outcome = db.session.execute(
        waiting.values(
            status=MessageStatus.SUPPRESSED, reason=kind.value, final_at=clock.now()
        ).execution_options(synchronize_session=False)
    )
    return int(outcome.rowcount)  # type: ignore[attr-defined]
