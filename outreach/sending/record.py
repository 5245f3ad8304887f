"""Writing down what came of a group of messages, in one transaction (contract section 16).

201: accepted. 400: refused, in plain words. 401 and 403: the campaign stops. 429: everything
pauses. No usable answer: the message stays `sending`, to be looked up by its reference; never sent
again without that.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from outreach import clock
from outreach.audit import service as audit
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction
from outreach.domain.campaign import CampaignStatus
from outreach.domain.message import AT_NOTIFY, MessageStatus, can_move, read_refusal
from outreach.domain.pausing import PauseKind
from outreach.extensions import db
from outreach.jobs import context, dispatcher
from outreach.models import Message
from outreach.notify.results import (
    Accepted,
    Ambiguous,
    DailyLimitReached,
    KeyRefused,
    RateLimited,
    Refused,
)
from outreach.sending import queries
from outreach.sending.contacts import note_contacts
from outreach.sending.delivery import Tried, Unsent
from outreach.sending.pauses import DISPATCHER, stop
from outreach.transaction import transaction

_M = MessageStatus
Change = dict[str, Any]


def write(tried: Sequence[Tried]) -> None:
    """Commit these results. Safe to call again with the same ones."""
    with transaction():
        now = clock.now()
        _tell_dispatcher(tried, now)
        _stop_campaigns(tried)
        statuses = _lock_campaigns_of_returned(tried)
        known = _lock_messages(tried)
        changes = [
            change
            for each in tried
            if (change := _change(each, known.get(each.message.message_id), statuses, now))
        ]
        if changes:
            _save(changes)
        _note_billing(tried, changes, known)
        _note_contacts(tried, changes, now)
        _record_events(tried, changes)


@dataclass(frozen=True)
class _Known:
    """A message as it is now, locked."""

    status: MessageStatus
    attempt: int
    notification_id: UUID | None


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
        why = _why_stop(each)
        if why is not None:
            reasons.setdefault(each.message.order.campaign_id, why)
    for campaign_id in sorted(reasons, key=str):
        stop(campaign_id, *reasons[campaign_id])


def _why_stop(each: Tried) -> tuple[PauseKind, str] | None:
    outcome, order = each.outcome, each.message.order
    if isinstance(outcome, KeyRefused):
        return PauseKind.KEY, (
            f"GOV.UK Notify refused our key ({outcome.message}). An administrator has to check the "
            "key, the address of Notify and this machine's clock."
        )
    if isinstance(outcome, Refused):
        reading = read_refusal(outcome.message)
        return (PauseKind.REFUSED, reading.words) if reading.is_for_all else None
    if isinstance(outcome, Accepted) and outcome.template_version != order.template_version:
        return PauseKind.TEMPLATE, (
            f"Version {order.template_version} of the template was approved, but Notify now sends "
            f"version {outcome.template_version}: somebody changed it there."
        )
    return None


def _lock_campaigns_of_returned(tried: Sequence[Tried]) -> Mapping[UUID, CampaignStatus]:
    """Status of the campaigns whose messages, or some, go back; locked with their runs."""
    returned = {
        each.message.order.campaign_id
        for each in tried
        if not isinstance(each.outcome, Accepted | Ambiguous)
    }
    return lock_statuses(returned)


def lock_statuses(campaign_ids: Iterable[UUID]) -> Mapping[UUID, CampaignStatus]:
    """Campaigns and their runs, locked in order, so that a cancellation sees what goes back."""
    statuses = {}
    for campaign_id in sorted(campaign_ids, key=str):
        campaign = queries.lock_campaign(campaign_id)
        queries.lock_run(campaign_id)
        if campaign is not None:
            statuses[campaign_id] = campaign.status
    return statuses


def _lock_messages(tried: Sequence[Tried]) -> dict[int, _Known]:
    statement = (
        select(Message.id, Message.status, Message.attempt, Message.notification_id)
        .where(Message.id.in_([each.message.message_id for each in tried]))
        .order_by(Message.id)
        .with_for_update(key_share=True)
    )
    return {row[0]: _Known(*row[1:]) for row in db.session.execute(statement)}


def _change(
    each: Tried, known: _Known | None, statuses: Mapping[UUID, CampaignStatus], now: datetime
) -> Change | None:
    """The new values of one row; None where nothing changes."""
    if known is None or isinstance(each.outcome, Ambiguous):
        return _request_ended(each, known, now)
    if isinstance(each.outcome, Accepted):
        return _accepted(each.message.message_id, each.outcome, known, now)
    if known.status is not _M.SENDING or known.attempt != each.message.attempt:
        return None  # no longer ours to say
    target, reason = _unaccepted(each.outcome, statuses.get(each.message.order.campaign_id))
    change: Change = {
        "id": each.message.message_id,
        "status": target,
        "lease_until": None,
        "reason": reason,
    }
    if target is not _M.PENDING:
        change["final_at"] = now
    return change


def _request_ended(each: Tried, known: _Known | None, now: datetime) -> Change | None:
    """Without an answer: only the lease ends, so that the look-up need not wait for it."""
    if known is None or known.status is not _M.SENDING or known.attempt != each.message.attempt:
        return None
    return {"id": each.message.message_id, "status": _M.SENDING, "lease_until": now}


def _accepted(message_id: int, taken: Accepted, known: _Known, now: datetime) -> Change | None:
    """A 201 is proof, whichever attempt it answers and whatever we believed meanwhile."""
    change: Change = {
        "id": message_id,
        "notification_id": UUID(taken.notification_id),
        "template_version": taken.template_version,
        "lease_until": None,
    }
    if can_move(known.status, _M.ACCEPTED):
        return {
            **change,
            "status": _M.ACCEPTED,
            "accepted_at": now,
            "reason": None,
            "final_at": None,
        }
    if known.notification_id is None or known.notification_id == change["notification_id"]:
        return {**change, "status": known.status}  # its receipt was faster than its 201
    return None


def _unaccepted(
    outcome: object, campaign: CampaignStatus | None
) -> tuple[MessageStatus, str | None]:
    if isinstance(outcome, Refused):
        reading = read_refusal(outcome.message)
        if not reading.is_for_all:
            return _M.REFUSED, reading.words
    if outcome is Unsent.UNREADABLE:
        return _M.REFUSED, "The stored row could not be read, so nothing was sent."
    if outcome in {Unsent.OPT_OUT, Unsent.WRONG_PERSON}:
        return _M.SUPPRESSED, str(outcome)
    return returned_status(campaign), None


def returned_status(campaign: CampaignStatus | None) -> MessageStatus:
    """Where a message goes that Notify surely does not have."""
    return _M.CANCELLED if campaign is CampaignStatus.CANCELLED else _M.PENDING


def _save(changes: list[Change]) -> None:
    """One statement for each set of columns."""
    by_columns: dict[tuple[str, ...], list[Change]] = defaultdict(list)
    for change in changes:
        by_columns[tuple(sorted(change))].append(change)
    for rows in by_columns.values():
        db.session.execute(update(Message), rows)


def _note_billing(
    tried: Iterable[Tried], changes: Iterable[Change], known: Mapping[int, _Known]
) -> None:
    messages = {each.message.message_id: each.message for each in tried}
    billed: Counter[UUID] = Counter()
    for change in changes:
        message = messages[change["id"]]
        times = is_billed(change["status"]) - is_billed(known[change["id"]].status)
        billed[message.order.campaign_id] += times * message.billed
    note_billing(billed)


def is_billed(status: MessageStatus) -> bool:
    """Whether a message counts against the budget: it is, or may be, at Notify."""
    return status in AT_NOTIFY | {_M.SENDING, _M.HELD}


def note_billing(billed: Mapping[UUID, int]) -> None:
    """Add these fragments, which may be negative, to what the campaigns have spent."""
    for campaign_id in sorted(billed, key=str):
        if billed[campaign_id]:
            run = queries.lock_run(campaign_id)
            if run is not None:
                run.billed_fragments += billed[campaign_id]


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


def record_counts(
    action: AuditAction, campaign_id: UUID, by: Actor, changes: Mapping[str, int]
) -> None:
    """An event about several messages of one campaign."""
    audit.record(
        action, by, "campaign", campaign_id, campaign_id=campaign_id, changes=dict(changes)
    )
