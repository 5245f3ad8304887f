"""Unconfirmed messages: claimed, and nobody knows whether Notify has them.

A request that ended in a timeout or a 5xx, or whose worker died, may have been taken. Once no
request about it can be alive any more, Notify is asked by our reference, with the same key: found,
it is adopted; surely absent, it may be sent again; where the answer stays unclear a person decides.
Never sent again without a successful look-up (contract section 16).
"""

import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, select, update

from outreach import clock
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction
from outreach.domain.campaign import CampaignStatus
from outreach.domain.message import MessageStatus, move, receipt_status
from outreach.domain.pausing import PauseKind
from outreach.extensions import db
from outreach.jobs.pool import Pool
from outreach.jobs.relaxed import relaxed_transaction
from outreach.models import Message
from outreach.notify.gateway import NotifyGateway
from outreach.notify.results import LookupFailed, NotificationRecord
from outreach.sending import queries
from outreach.sending.ledger import lock_statuses, note_billing, record_counts, returned_status
from outreach.sending.pauses import stop
from outreach.sending.settling import Proof, settle
from outreach.sending.terms import Terms, terms
from outreach.transaction import transaction

log = logging.getLogger(__name__)

RECONCILER = Actor.job("reconciler")
BATCH = 60
LOOKUP_LEASE = timedelta(seconds=60)
PATIENCE = timedelta(hours=1)
"""How long failing look-ups are repeated before a person is asked."""
RETENTION_MARGIN = timedelta(days=1)
TOO_OLD = (
    "It is older than GOV.UK Notify keeps its records, so nobody can tell whether it was sent."
)
NO_ANSWER = "GOV.UK Notify could not be asked for an hour whether it has this text."

_M = MessageStatus


@dataclass(frozen=True)
class Unconfirmed:
    """A message to be looked up, under a lease of its own."""

    message_id: int
    campaign_id: UUID
    reference: UUID
    attempt: int
    claimed_at: datetime
    billed: int


@dataclass(frozen=True)
class LookedUp:
    message: Unconfirmed
    found: Sequence[NotificationRecord] | LookupFailed


LookupPool = Pool[Unconfirmed, LookedUp]


def look_up(gateway: Callable[[], NotifyGateway]) -> Callable[[Unconfirmed], LookedUp]:
    """The work of a looking-up thread."""
    return lambda message: LookedUp(message, gateway().find_by_reference(str(message.reference)))


def is_any_due() -> bool:
    return db.session.scalar(_due(clock.now(), terms()).limit(1)) is not None


def take_due() -> list[Unconfirmed]:
    """The next unconfirmed messages, under a new lease so that no two workers ask about one."""
    now, bound = clock.now(), terms()
    with transaction():
        ids = list(
            db.session.scalars(
                _due(now, bound).limit(BATCH).with_for_update(skip_locked=True, key_share=True)
            )
        )
        if not ids:
            return []
        db.session.execute(
            update(Message)
            .where(Message.id.in_(ids))
            .values(attempt=Message.attempt + 1, lease_until=now + LOOKUP_LEASE, checked_at=now)
            .execution_options(synchronize_session=False)
        )
        rows = db.session.execute(
            select(
                Message.id,
                Message.campaign_id,
                Message.reference,
                Message.attempt,
                Message.claimed_at,
                Message.fragments * Message.price_multiplier,
            ).where(Message.id.in_(ids))
        )
        return [Unconfirmed(*row[:4], row[4] or now, row[5]) for row in rows]


def doubt_pending(by: Actor) -> int:
    """After the database was restored from a backup: what it calls waiting may have gone since.

    Every waiting message of a released campaign becomes unconfirmed, and is looked up before it may
    be sent. How many that are.
    """
    now, bound = clock.now(), terms()
    count = 0
    for campaign_id in queries.campaigns_in({CampaignStatus.SENDING, CampaignStatus.PAUSED}):
        campaign = queries.lock_campaign(campaign_id)
        billed = queries.pending_fragments(campaign_id)
        outcome = db.session.execute(
            update(Message)
            .where(Message.campaign_id == campaign_id, Message.status == _M.PENDING)
            .values(
                status=move(_M.PENDING, _M.SENDING),
                attempt=Message.attempt + 1,
                lease_until=now - bound.settle,
                claimed_at=campaign.released_at if campaign else now,
            )
            .execution_options(synchronize_session=False)
        )
        doubted = int(outcome.rowcount)  # type: ignore[attr-defined]
        note_billing({campaign_id: billed})
        record_counts(AuditAction.MESSAGES_RECONCILED, campaign_id, by, {"doubted": doubted})
        count += doubted
    return count


def submit_all(messages: Iterable[Unconfirmed], pool: LookupPool) -> None:
    for message in messages:
        pool.wait_for_room(60)
        pool.submit(message)


def write(looked_up: Sequence[LookedUp]) -> None:
    """Commit what the look-ups found. Safe to call again with the same."""
    with relaxed_transaction():
        now, bound = clock.now(), terms()
        _stop_for_drift(looked_up)
        statuses = lock_statuses({each.message.campaign_id for each in looked_up})
        rows = _lock(looked_up)
        counts: dict[UUID, Counter[str]] = defaultdict(Counter)
        billed: Counter[UUID] = Counter()
        for each in looked_up:
            row = rows.get(each.message.message_id)
            if row is None or row.status is not _M.SENDING or row.attempt != each.message.attempt:
                continue  # settled meanwhile, by a receipt or a late answer
            word = _decide(row, each, statuses.get(row.campaign_id), now, bound)
            counts[row.campaign_id][word] += 1
            if row.status in {_M.PENDING, _M.CANCELLED}:
                billed[row.campaign_id] -= each.message.billed
        db.session.flush()
        note_billing(billed)
        _record(counts)


def _due(now: datetime, bound: Terms) -> Select[int]:
    return (
        select(Message.id)
        .where(Message.status == _M.SENDING, Message.lease_until <= now - bound.settle)
        .order_by(Message.lease_until)
    )


def _lock(looked_up: Sequence[LookedUp]) -> Mapping[int, Message]:
    statement = (
        select(Message)
        .where(Message.id.in_([each.message.message_id for each in looked_up]))
        .order_by(Message.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return {row.id: row for row in db.session.scalars(statement)}


def _decide(
    row: Message, each: LookedUp, campaign: CampaignStatus | None, now: datetime, bound: Terms
) -> str:
    """Change one row by what was found; the word it is counted under."""
    if isinstance(each.found, LookupFailed):
        if now - each.message.claimed_at < PATIENCE:
            return "unanswered"
        return _hold(row, NO_ANSWER)
    if each.found:
        return _adopt(row, each.found)
    if now - each.message.claimed_at > _kept(bound):
        return _hold(row, TOO_OLD)
    row.status, row.lease_until = move(row.status, returned_status(campaign)), None
    row.reason = None
    return "absent"


def _adopt(row: Message, found: Sequence[NotificationRecord]) -> str:
    record = found[-1]  # the oldest: the first that was taken
    status = receipt_status(record.status) or _M.ACCEPTED
    settle(row, Proof(UUID(record.id), status, record.template_version))
    row.notify_status = record.status[:30]
    if len(found) == 1:
        return "adopted"
    log.error("Notify has message %s %s times", row.id, len(found))
    return "doubled"


def _hold(row: Message, reason: str) -> str:
    row.status, row.reason, row.lease_until = move(row.status, _M.HELD), reason, None
    return "held"


def _kept(bound: Terms) -> timedelta:
    """How long Notify surely still has what it once had."""
    return timedelta(days=bound.notify_retention_days) - RETENTION_MARGIN


def _stop_for_drift(looked_up: Iterable[LookedUp]) -> None:
    """A text found at Notify under another version of the template than was approved."""
    approved = queries.template_versions({each.message.campaign_id for each in looked_up})
    for each in looked_up:
        if isinstance(each.found, LookupFailed) or not each.found:
            continue
        sent, meant = each.found[-1].template_version, approved.get(each.message.campaign_id)
        if sent != meant:
            reason = f"Version {meant} of the template was approved, but Notify sent {sent}."
            stop(each.message.campaign_id, PauseKind.TEMPLATE, reason, RECONCILER)


def _record(counts: Mapping[UUID, Counter[str]]) -> None:
    for campaign_id, words in counts.items():
        told = {word: count for word, count in words.items() if word != "unanswered"}
        if not told:
            continue
        is_held = set(told) == {"held"}
        action = AuditAction.MESSAGES_HELD if is_held else AuditAction.MESSAGES_RECONCILED
        record_counts(action, campaign_id, RECONCILER, told)
