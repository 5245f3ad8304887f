"""What sending asks the tables: locks, counts, the funnel, what is due."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import exists, func, select, text
from sqlalchemy.orm import aliased

from outreach.domain.campaign import CampaignStatus
from outreach.domain.message import (
    ENDED_UNSENT,
    FAILED,
    SENT,
    WAITING,
    MessageStatus,
)
from outreach.domain.pausing import PauseKind
from outreach.domain.refusal import RefusalReason
from outreach.extensions import db
from outreach.models import Campaign, CampaignRun, Message, Upload

_M = MessageStatus
IN_PILOT = text("message.is_pilot")
"""In the words of the partial index, which SQLite would not use for `is_pilot = 1`."""
NOT_STARTED = frozenset(
    {
        CampaignStatus.DRAFT,
        CampaignStatus.SUBMITTED,
        CampaignStatus.RETURNED,
        CampaignStatus.APPROVED,
    }
)
LISTED = ("checking", "checked")


@dataclass(frozen=True)
class Funnel:
    """What became of a list, in people. `uploaded` is the sum of the rest, at every moment."""

    refused: int = 0
    """Rows that were not accepted: what is wrong is in the list."""
    suppressed: int = 0
    """Withheld because of the person: opted out, wrong person, on hold, texted lately."""
    sent: int = 0
    delivered: int = 0
    """The part of `sent` that has been delivered."""
    failed: int = 0
    waiting: int = 0
    held: int = 0
    """The part of `waiting` that waits for a person."""
    cancelled: int = 0

    @property
    def uploaded(self) -> int:
        return (
            self.refused + self.suppressed + self.sent + self.failed + self.waiting + self.cancelled
        )


def find_campaign(campaign_id: UUID) -> Campaign | None:
    return db.session.get(Campaign, campaign_id)


def run_of(campaign_id: UUID) -> CampaignRun | None:
    return db.session.get(CampaignRun, campaign_id)


def pause_kind(campaign_id: UUID) -> PauseKind:
    run = run_of(campaign_id)
    return run.pause_kind if run and run.pause_kind else PauseKind.PERSON


def lock_campaign(campaign_id: UUID) -> Campaign | None:
    """Read afresh and locked until the transaction ends, without barring new rows that refer to
    it."""
    return db.session.scalar(
        select(Campaign)
        .where(Campaign.id == campaign_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )


def lock_run(campaign_id: UUID) -> CampaignRun | None:
    return db.session.scalar(
        select(CampaignRun)
        .where(CampaignRun.campaign_id == campaign_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )


def campaigns_in(statuses: Iterable[CampaignStatus]) -> list[UUID]:
    return list(
        db.session.scalars(
            select(Campaign.id).where(Campaign.status.in_(list(statuses))).order_by(Campaign.id)
        )
    )


def template_versions(campaign_ids: Iterable[UUID]) -> dict[UUID, int | None]:
    """The approved version of each campaign's template."""
    rows = db.session.execute(
        select(Campaign.id, Campaign.template_version).where(Campaign.id.in_(list(campaign_ids)))
    )
    return dict(rows.all())


def has_pending(campaign_id: UUID, *, pilot_only: bool) -> bool:
    pending = exists().where(Message.campaign_id == campaign_id, Message.status == _M.PENDING)
    if pilot_only:
        pending = pending.where(IN_PILOT)
    return bool(db.session.scalar(select(pending)))


def pending_fragments(campaign_id: UUID) -> int:
    """What the waiting messages would cost, in fragments as billed."""
    cost = func.coalesce(func.sum(Message.fragments * Message.price_multiplier), 0)
    where = (Message.campaign_id == campaign_id, Message.status == _M.PENDING)
    return int(db.session.scalar(select(cost).where(*where)) or 0)


def message_counts(campaign_id: UUID, *, pilot_only: bool = False) -> Counter[MessageStatus]:
    """People by the status of their message; a second text stands in place of the first."""
    statement = (
        select(Message.status, Message.retry, func.count())
        .where(Message.campaign_id == campaign_id)
        .group_by(Message.status, Message.retry)
    )
    if pilot_only:
        statement = statement.where(IN_PILOT)
    counts: Counter[MessageStatus] = Counter()
    has_retries = False
    for status, retry, count in db.session.execute(statement):
        counts[status] += count
        has_retries = has_retries or retry > 0
    return counts - _retried(campaign_id) if has_retries else counts


def _retried(campaign_id: UUID) -> Counter[MessageStatus]:
    """First texts that a second one took the place of, by their status."""
    second = aliased(Message)
    statement = (
        select(Message.status, func.count())
        .join(
            second,
            (second.recipient_id == Message.recipient_id) & (second.retry == Message.retry + 1),
        )
        .where(Message.campaign_id == campaign_id)
        .group_by(Message.status)
    )
    return Counter(dict(db.session.execute(statement).all()))


def funnel(campaign_id: UUID) -> Funnel:
    """Two statements, whatever the size of the list."""
    upload = db.session.execute(
        select(Upload.accepted, Upload.reasons)
        .where(Upload.campaign_id == campaign_id, Upload.status.in_(LISTED))
        .order_by(Upload.uploaded_at.desc(), Upload.id)
        .limit(1)
    ).one_or_none()
    accepted, reasons = (upload.accepted, upload.reasons) if upload else (0, {})
    withheld = sum(count for reason, count in reasons.items() if _is_suppression(reason))
    counts = message_counts(campaign_id)
    unprepared = 0 if counts else accepted
    return Funnel(
        refused=sum(reasons.values()) - withheld,
        suppressed=withheld + counts[_M.SUPPRESSED],
        sent=_sum(counts, SENT),
        delivered=counts[_M.DELIVERED],
        failed=_sum(counts, FAILED),
        waiting=_sum(counts, WAITING)
        + (0 if _is_cancelled(campaign_id, unprepared) else unprepared),
        held=counts[_M.HELD],
        cancelled=_sum(counts, ENDED_UNSENT - {_M.SUPPRESSED})
        + (unprepared if _is_cancelled(campaign_id, unprepared) else 0),
    )


def _sum(counts: Counter[MessageStatus], statuses: Iterable[MessageStatus]) -> int:
    return sum(counts[status] for status in statuses)


def _is_suppression(reason: str) -> bool:
    try:
        return RefusalReason(reason).is_suppression
    except ValueError:
        return False


def _is_cancelled(campaign_id: UUID, unprepared: int) -> bool:
    """Whether rows that never became messages were given up with their campaign."""
    if not unprepared:
        return False
    status = db.session.scalar(select(Campaign.status).where(Campaign.id == campaign_id))
    return status is CampaignStatus.CANCELLED


def stopped_by_key() -> list[Campaign]:
    """Campaigns that Notify's refusal of our key stopped: an administrator has to act."""
    statement = (
        select(Campaign)
        .join(CampaignRun, CampaignRun.campaign_id == Campaign.id)
        .where(Campaign.status == CampaignStatus.PAUSED, CampaignRun.pause_kind == PauseKind.KEY)
    )
    return list(db.session.scalars(statement))


@dataclass(frozen=True)
class OpenCounts:
    """Texts of all campaigns about which something is not known yet."""

    unconfirmed: int
    silent: int
    held: int


def open_counts() -> OpenCounts:
    wanted = (_M.SENDING, _M.ACCEPTED, _M.HELD)
    rows = db.session.execute(
        select(Message.status, func.count())
        .where(Message.status.in_(wanted))
        .group_by(Message.status)
    )
    counts = dict(rows.all())
    return OpenCounts(*(counts.get(status, 0) for status in wanted))
