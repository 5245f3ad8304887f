"""Claiming messages: the intent, committed before any request (design section 5, promise 1).

One transaction checks everything that must hold before a text may leave: the lease, the pace, the
campaign's status, what was approved, start time, send window, budget, opt-outs, holds and the days
between two texts to one number. Where one cannot be checked, nothing is claimed.

Rows are locked in one order everywhere: dispatcher, campaign, run, messages, last contacts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select, update

from outreach import clock, vault
from outreach.audit import service as audit
from outreach.domain import pacing
from outreach.domain.audit import AuditAction
from outreach.domain.campaign import CampaignStatus
from outreach.domain.message import MessageStatus, move
from outreach.domain.pausing import PauseKind
from outreach.extensions import db
from outreach.jobs import dispatcher
from outreach.models import Campaign, CampaignRun, DataKey, Dispatcher, Hold, Message, Recipient
from outreach.recipients import queries as recipients
from outreach.sending import batch, queries, spacing
from outreach.sending.batch import Batch, Claimed, Order
from outreach.sending.pauses import DISPATCHER, pause_run
from outreach.sending.terms import Terms, holidays_cover, terms, terms_digest, window_of
from outreach.sending.withholding import PendingRow, withhold

SLICE_SECONDS = 1.0
LARGEST_BATCH = 500
CAUTIOUS_BATCH = 4
"""While Notify does not answer."""


def claim(key_name: str, holder: str, public_url: str) -> Batch | None:
    """Take the lease and up to a second's messages. None where another dispatcher is at work, or
    nothing may leave now. The caller commits before it sends anything."""
    now = clock.now()
    bound = terms()
    row = dispatcher.lock_dispatcher(key_name)
    if dispatcher.is_leased_to_another(row, holder, now):
        return None
    if row.paused_until is not None and row.paused_until > now:
        return None
    _note_coming_back(row)
    pace = pacing.risen(dispatcher.pace_of(row), now, bound.send_rate)
    wanted = min(LARGEST_BATCH, max(1, round(pace.rate * SLICE_SECONDS)))
    if row.silences:
        wanted = min(wanted, CAUTIOUS_BATCH)
    taken = _take_from_all(wanted, _Round(bound, now, public_url, recipients.frequency_cap_days()))
    slots, pace = pacing.reserve(pace, len(taken), now)
    dispatcher.keep_pace(row, pace)
    if not taken:
        return None
    dispatcher.take_lease(row, holder, now)
    return Batch(_mark(taken, slots, now), now + dispatcher.LEASE - batch.LEASE_MARGIN)


def _note_coming_back(row: Dispatcher) -> None:
    """A stop of all sending that has run out."""
    if row.paused_until is None:
        return
    audit.record(
        AuditAction.SENDING_RESUMED,
        DISPATCHER,
        "dispatcher",
        row.key_name,
        changes={"rate": round(row.rate)},
        reason=f"The stop has run out: {row.pause_reason}",
    )
    row.paused_until = row.pause_reason = None


@dataclass(frozen=True)
class _Taken:
    order: Order
    row: PendingRow


@dataclass
class _Round:
    """One claim: what bounds it, and what it has taken so far from all campaigns."""

    bound: Terms
    now: datetime
    public_url: str
    cap_days: int
    taken: list[_Taken] = field(default_factory=list)

    @property
    def numbers(self) -> set[bytes]:
        return {each.row.phone_digest for each in self.taken}


def _take_from_all(wanted: int, round_: _Round) -> list[_Taken]:
    """A fair share from every campaign that may send now."""
    waiting = queries.campaigns_in({CampaignStatus.SENDING})
    for place, campaign_id in enumerate(waiting):
        share = -(-(wanted - len(round_.taken)) // (len(waiting) - place))
        if share > 0:
            round_.taken += _take_from(campaign_id, share, round_)
    return round_.taken


def _take_from(campaign_id: UUID, share: int, round_: _Round) -> list[_Taken]:
    campaign = queries.lock_campaign(campaign_id)
    if campaign is None or campaign.status is not CampaignStatus.SENDING:
        return []
    if not is_open(campaign, round_.bound, round_.now):
        return []
    run = queries.lock_run(campaign_id)
    if run is None:
        return []
    rows = _pending(campaign, share, is_capped=bool(round_.cap_days))
    if not rows:
        return []
    order = _order(campaign, run, round_)
    if order is None:
        return []
    free = withhold(campaign.id, rows, round_.numbers, is_capped=bool(round_.cap_days))
    return [_Taken(order, row) for row in _affordable(campaign, run, round_.bound, free)]


def is_open(campaign: Campaign, bound: Terms, now: datetime) -> bool:
    """Whether the start time has come and the send window is open; closed where nobody can tell."""
    if campaign.start_at is not None and campaign.start_at > now:
        return False
    if not holidays_cover(now.date(), bound.bank_holidays):
        return False
    return window_of(campaign).is_open(now, bound.bank_holidays)


def _order(campaign: Campaign, run: CampaignRun, round_: _Round) -> Order | None:
    """None, and the campaign paused, where what was approved is not what is there."""
    key = db.session.get(DataKey, campaign.data_key_id)
    try:
        if run.terms_digest != terms_digest(campaign) or key is None:
            raise vault.KeyDestroyed
        data_key = vault.open_data_key(key)
    except (vault.KeyDestroyed, vault.SealBroken):
        reason = "The campaign is not as it was approved, so nothing more is sent."
        pause_run(campaign, run, PauseKind.APPROVAL, reason, DISPATCHER)
        return None
    return Order(
        campaign_id=campaign.id,
        template_id=campaign.template_id or "",
        template_version=campaign.template_version or 0,
        sender_id=round_.bound.sms_sender_id,
        data_key=data_key,
        public_url=round_.public_url,
    )


def _pending(campaign: Campaign, share: int, *, is_capped: bool) -> Sequence[PendingRow]:
    """The next messages, locked; those on hold stay where they are until a person decides, and
    those whose number another campaign may just have texted until that is known."""
    on_hold = exists().where(Hold.phone_digest == Message.phone_digest, Hold.released_at.is_(None))
    statement = (
        select(
            Message.id,
            Message.attempt,
            Message.retry,
            Message.reference,
            Message.phone_digest,
            Message.fragments,
            Message.price_multiplier,
            Recipient.row_number,
            Recipient.sealed,
        )
        .join(Recipient, Recipient.id == Message.recipient_id)
        .where(
            Message.campaign_id == campaign.id, Message.status == MessageStatus.PENDING, ~on_hold
        )
        .order_by(Message.retry, Message.id)
        .limit(share)
        .with_for_update(of=Message, skip_locked=True)
    )
    if is_capped:
        statement = statement.where(~spacing.waits_for_another())
    if not campaign.is_pilot_passed:
        statement = statement.where(Message.is_pilot)
    return db.session.execute(statement).all()


def _affordable(
    campaign: Campaign, run: CampaignRun, bound: Terms, free: Sequence[PendingRow]
) -> list[PendingRow]:
    """Those the budget still covers."""
    allowed = []
    for row in free:
        billed = run.billed_fragments + row.fragments * row.price_multiplier
        if is_over_budget(campaign, billed, bound):
            break
        run.billed_fragments = billed
        allowed.append(row)
    if free and not allowed:
        reason = "The next text would cost more than is left of the budget."
        pause_run(campaign, run, PauseKind.BUDGET, reason, DISPATCHER)
    return allowed


def is_over_budget(campaign: Campaign, billed_fragments: int, bound: Terms) -> bool:
    if campaign.budget_pence is None:
        return False
    return billed_fragments * bound.pence_per_fragment > campaign.budget_pence


def _mark(taken: list[_Taken], slots: list[datetime], now: datetime) -> list[Claimed]:
    """Claim them: status, attempt and lease, in one statement."""
    lease_until = batch.lease_end(max(slots[-1], now))
    db.session.execute(
        update(Message)
        .where(Message.id.in_([each.row.id for each in taken]))
        .values(
            status=move(MessageStatus.PENDING, MessageStatus.SENDING),
            attempt=Message.attempt + 1,
            lease_until=lease_until,
            claimed_at=now,
            reason=None,
        )
        .execution_options(synchronize_session=False)
    )
    for campaign_id in {each.order.campaign_id for each in taken}:
        count = sum(each.order.campaign_id == campaign_id for each in taken)
        audit.record(
            AuditAction.MESSAGES_PREPARED,
            DISPATCHER,
            "campaign",
            campaign_id,
            campaign_id=campaign_id,
            changes={"claimed": count},
        )
    return [_claimed(each, slot, lease_until) for each, slot in zip(taken, slots, strict=True)]


def _claimed(each: _Taken, slot: datetime, lease_until: datetime) -> Claimed:
    row = each.row
    return Claimed(
        message_id=row.id,
        attempt=row.attempt + 1,
        reference=row.reference,
        phone_digest=row.phone_digest,
        row_number=row.row_number,
        sealed=row.sealed,
        billed=row.fragments * row.price_multiplier,
        order=each.order,
        slot=slot,
        lease_until=lease_until,
    )
