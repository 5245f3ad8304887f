"""Writing down what came of a group of messages, in one transaction (contract section 16).

201: accepted. 400: refused, in plain words. 401 and 403: the campaign stops. 429: everything
pauses. No usable answer: the message stays `sending`, to be looked up by its reference; never sent
again without that.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from outreach import clock
from outreach.audit import service as audit
from outreach.domain.audit import AuditAction
from outreach.domain.campaign import CampaignStatus
from outreach.domain.message import MessageStatus
from outreach.domain.pausing import PauseKind
from outreach.extensions import db
from outreach.jobs import context, dispatcher
from outreach.jobs.relaxed import relaxed_transaction
from outreach.models import Message
from outreach.notify.results import (
    Accepted,
    Ambiguous,
    DailyLimitReached,
    RateLimited,
)
from outreach.sending.contacts import note_contacts
from outreach.sending.delivery import Tried, Unsent
from outreach.sending.ledger import is_billed, lock_statuses, note_billing, record_counts
from outreach.sending.outcomes import Change, Known, change_for, why_stop
from outreach.sending.pauses import DISPATCHER, stop

_M = MessageStatus


def write(tried: Sequence[Tried]) -> None:
    """Commit these results. Safe to call again with the same ones."""
    with relaxed_transaction():
        now = clock.now()
        _tell_dispatcher(tried, now)
        _stop_campaigns(tried)
        statuses = _lock_campaigns_of_returned(tried)
        known = _lock_messages(tried)
        changes = [
            change
            for each in tried
            if (change := change_for(each, known.get(each.message.message_id), statuses, now))
        ]
        if changes:
            _save(changes)
        _note_billing(tried, changes, known)
        _note_contacts(tried, changes, now)
        _record_events(tried, changes)


def _tell_dispatcher(tried: Sequence[Tried], now: datetime) -> None:
    """Count what Notify took, and pause everything where it said so."""
    outcomes = Counter(type(each.outcome) for each in tried)
    if set(outcomes) == {Unsent}:
        return
    row = dispatcher.lock_dispatcher(dispatcher.key_name(context.settings()))
    row.accepted += outcomes[Accepted]
    answered = len(tried) - outcomes[Ambiguous] - outcomes[Unsent]
    if answered:
        row.silences = 0
    is_paused = [
        outcomes[RateLimited] and dispatcher.pause_after_refusal(row, now),
        outcomes[DailyLimitReached] and dispatcher.pause_until_tomorrow(row, now),
        not answered
        and outcomes[Ambiguous]
        and dispatcher.note_silences(row, outcomes[Ambiguous], now),
    ]
    if any(is_paused):
        audit.record(
            AuditAction.SENDING_PAUSED,
            DISPATCHER,
            "dispatcher",
            row.key_name,
            changes={"until": row.paused_until.isoformat() if row.paused_until else None},
            reason=row.pause_reason,
        )


def _stop_campaigns(tried: Iterable[Tried]) -> None:
    """Pause the campaigns that must not go on."""
    reasons: dict[UUID, tuple[PauseKind, str]] = {}
    for each in tried:
        why = why_stop(each)
        if why is not None:
            reasons.setdefault(each.message.order.campaign_id, why)
    for campaign_id in sorted(reasons, key=str):
        stop(campaign_id, *reasons[campaign_id])


def _lock_campaigns_of_returned(tried: Sequence[Tried]) -> Mapping[UUID, CampaignStatus]:
    """Status of the campaigns whose messages, or some, go back; locked with their runs."""
    returned = {
        each.message.order.campaign_id
        for each in tried
        if not isinstance(each.outcome, Accepted | Ambiguous)
    }
    return lock_statuses(returned)


def _lock_messages(tried: Sequence[Tried]) -> dict[int, Known]:
    statement = (
        select(Message.id, Message.status, Message.attempt, Message.notification_id)
        .where(Message.id.in_([each.message.message_id for each in tried]))
        .order_by(Message.id)
        .with_for_update(key_share=True)
    )
    return {row[0]: Known(*row[1:]) for row in db.session.execute(statement)}


def _save(changes: list[Change]) -> None:
    """One statement for each set of columns."""
    by_columns: dict[tuple[str, ...], list[Change]] = defaultdict(list)
    for change in changes:
        by_columns[tuple(sorted(change))].append(change)
    for rows in by_columns.values():
        db.session.execute(update(Message), rows)


def _note_billing(
    tried: Iterable[Tried], changes: Iterable[Change], known: Mapping[int, Known]
) -> None:
    messages = {each.message.message_id: each.message for each in tried}
    billed: Counter[UUID] = Counter()
    for change in changes:
        message = messages[change["id"]]
        times = is_billed(change["status"]) - is_billed(known[change["id"]].status)
        billed[message.order.campaign_id] += times * message.billed
    note_billing(billed)


def _note_contacts(tried: Iterable[Tried], changes: Iterable[Change], now: datetime) -> None:
    accepted = {change["id"] for change in changes if change["status"] is _M.ACCEPTED}
    note_contacts(
        [each.message.phone_digest for each in tried if each.message.message_id in accepted], now
    )


_ACTIONS = {
    _M.ACCEPTED: (AuditAction.MESSAGES_SENT, "accepted"),
    _M.REFUSED: (AuditAction.MESSAGES_REFUSED, "refused"),
    _M.SUPPRESSED: (AuditAction.MESSAGES_SUPPRESSED, "suppressed"),
    _M.PENDING: (AuditAction.MESSAGES_PREPARED, "returned"),
    _M.CANCELLED: (AuditAction.MESSAGES_PREPARED, "cancelled"),
}


def _record_events(tried: Iterable[Tried], changes: Iterable[Change]) -> None:
    campaigns = {each.message.message_id: each.message.order.campaign_id for each in tried}
    counts = Counter((campaigns[change["id"]], change["status"]) for change in changes)
    for (campaign_id, status), count in counts.items():
        if status in _ACTIONS:
            action, word = _ACTIONS[status]
            record_counts(action, campaign_id, DISPATCHER, {word: count})
