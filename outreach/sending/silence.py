"""Accepted messages without a receipt: Notify is asked what became of them (contract sections 8,
9).

Callbacks may be lost, a technical failure has none, and a text handed over abroad stays `sent`. So
whatever has been silent for longer than Notify's own retries take is asked about, again and again
within Notify's retention, in pages of 250 where there are many and one by one where there are few.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select, text

from outreach import clock
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction
from outreach.domain.message import MessageStatus, receipt_status
from outreach.extensions import db
from outreach.jobs.relaxed import relaxed_transaction
from outreach.models import Message
from outreach.notify.gateway import NotifyGateway
from outreach.notify.results import LookupFailed, NotFound, NotificationRecord
from outreach.sending.gate import NO_RECEIPT_COMES
from outreach.sending.ledger import record_counts
from outreach.sending.settling import Proof, settle
from outreach.sending.terms import Terms, terms

POLLER = Actor.job("poller")
PAGE = 250
ABROAD_SILENCE = timedelta(seconds=20)
"""A Crown dependency mobile is handed over abroad: it turns `sent` and brings no receipt (contract
section 9), so there is nothing to wait for before asking."""
FEW = 40
"""Up to so many are asked for one by one."""


@dataclass(frozen=True)
class Silent:
    message_id: int
    notification_id: UUID


@dataclass(frozen=True)
class Heard:
    """What Notify says of one; no record where it has none."""

    message_id: int
    record: NotificationRecord | None


def is_any_due() -> bool:
    return bool(_due(clock.now(), terms(), 1))


def ask_about_some(gateway: NotifyGateway) -> int:
    """Ask about the newest that are due; how many were answered. 0 where nothing is due, or Notify
    does not answer."""
    due = _due(clock.now(), terms(), PAGE)
    db.session.rollback()
    if not due:
        return 0
    heard = _ask(due, gateway)
    if heard:
        write(heard)
    return len(heard)


def write(heard: Sequence[Heard]) -> None:
    """Commit the answers."""
    with relaxed_transaction():
        now = clock.now()
        rows = {row.id: row for row in _locked(each.message_id for each in heard)}
        settled: Counter[UUID] = Counter()
        for each in heard:
            row = rows.get(each.message_id)
            if row is None or row.status is not MessageStatus.ACCEPTED:
                continue
            row.checked_at = now
            settled[row.campaign_id] += _hear(row, each.record)
        db.session.flush()
        for campaign_id, count in settled.items():
            if count:
                action = AuditAction.MESSAGES_SETTLED
                record_counts(action, campaign_id, POLLER, {"settled": count})


def _hear(row: Message, record: NotificationRecord | None) -> bool:
    """Whether the message is now settled."""
    row.notify_status = record.status[:30] if record else "absent"
    status = receipt_status(record.status) if record else None
    if record is None or status is None:
        return False
    return settle(row, Proof(UUID(record.id), status, record.template_version))


def _due(now: datetime, bound: Terms, limit: int) -> list[Silent]:
    """Newest first: a page of Notify's list begins right after the newest."""
    silence = timedelta(seconds=bound.silence_seconds)
    kept = timedelta(days=bound.notify_retention_days)
    statement = (
        select(Message.id, Message.notification_id)
        .where(
            text("message.status = 'accepted'"),  # as the partial index says it, not a parameter
            or_(
                Message.accepted_at <= now - silence,
                (Message.price_multiplier > 1)
                & (Message.accepted_at <= now - min(ABROAD_SILENCE, silence)),
            ),
            Message.accepted_at > now - kept,
            Message.notification_id.is_not(None),
            or_(Message.checked_at.is_(None), Message.checked_at <= now - silence),
            or_(Message.notify_status.is_(None), Message.notify_status.not_in(NO_RECEIPT_COMES)),
        )
        .order_by(Message.accepted_at.desc())
        .limit(limit)
    )
    return [Silent(row_id, uid) for row_id, uid in db.session.execute(statement) if uid is not None]


def _locked(ids: Iterable[int]) -> Iterable[Message]:
    return db.session.scalars(
        select(Message)
        .where(Message.id.in_(list(ids)))
        .order_by(Message.id)
        .with_for_update(key_share=True)
    )


def _ask(due: Sequence[Silent], gateway: NotifyGateway) -> list[Heard]:
    """The newest by its id, and the page of those before it; one by one where that finds few."""
    first = _ask_one(due[0], gateway)
    if first is None:
        return []
    heard = [first]
    if len(due) > FEW and first.record is not None:
        heard += _ask_page(due[1:], gateway, first.record.id)
    if len(heard) > FEW:
        return heard
    known = {each.message_id for each in heard}
    for silent in [each for each in due if each.message_id not in known][:FEW]:
        answer = _ask_one(silent, gateway)
        if answer is None:
            break
        heard.append(answer)
    return heard


def _ask_page(due: Sequence[Silent], gateway: NotifyGateway, older_than: str) -> list[Heard]:
    page = gateway.list_notifications(older_than=older_than)
    if isinstance(page, LookupFailed):
        return []
    records = {UUID(record.id): record for record in page}
    return [
        Heard(silent.message_id, records[silent.notification_id])
        for silent in due
        if silent.notification_id in records
    ]


def _ask_one(silent: Silent, gateway: NotifyGateway) -> Heard | None:
    """None where there was no answer."""
    answer = gateway.get_notification(str(silent.notification_id))
    if isinstance(answer, LookupFailed):
        return None
    return Heard(silent.message_id, None if isinstance(answer, NotFound) else answer)
