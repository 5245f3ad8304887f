"""What is due, what would be erased, what stands against it, and what has been begun."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, func, or_, select

from outreach import clock
from outreach.campaigns import keeping
from outreach.domain.campaign import CampaignStatus
from outreach.domain.message import WAITING, MessageStatus
from outreach.domain.retention import KIND_WORDS, RECEIPT_MAY_COME, ErasureKind, Unfinished
from outreach.extensions import db
from outreach.models import (
    Campaign,
    DataKey,
    Erasure,
    LegalHold,
    Message,
    RowProblem,
    Setting,
    Upload,
)
from outreach.replies import queries as replies
from outreach.retention.parts import PARTS

LAST_RUN = "retention_run_at"
RUNNING = (CampaignStatus.SENDING, CampaignStatus.PAUSED)
ERASED_SHOWN = 20


@dataclass(frozen=True)
class Listed:
    """A campaign that holds personal data. `reasons` say what stands against erasing it."""

    id: UUID
    title: str
    requester: str
    status: CampaignStatus
    due_at: datetime | None
    reasons: Sequence[str]
    legal_hold: LegalHold | None

    def is_due(self, now: datetime) -> bool:
        return self.due_at is not None and self.due_at <= now


@dataclass(frozen=True)
class Erased:
    """A campaign whose keys are destroyed; `is_done` once its rows are blanked too."""

    id: UUID
    title: str
    erased_at: datetime
    counts: Sequence[tuple[str, int]]
    is_done: bool


def listed() -> list[Listed]:
    """Every campaign with personal data, the first due first, those not due by time last."""
    campaigns = db.session.scalars(
        select(Campaign).where(Campaign.erased_at.is_(None)).order_by(Campaign.created_at)
    )
    found = [one(campaign) for campaign in campaigns]
    kept = [each for each in found if each.due_at or each.status in RUNNING or each.legal_hold]
    last = clock.now() + 1_000 * keeping.keep_for()
    return sorted(kept, key=lambda each: each.due_at or last)


def one(campaign: Campaign) -> Listed:
    hold = keeping.active_hold(campaign)
    return Listed(
        id=campaign.id,
        title=campaign.title,
        requester=campaign.created_by.name,
        status=campaign.status,
        due_at=keeping.age_of(campaign).due_at(keeping.keep_for()),
        reasons=unfinished(campaign, hold).reasons,
        legal_hold=hold,
    )


def due_campaigns(now: datetime) -> list[UUID]:
    """Those whose time has come and against which nothing stands, oldest first."""
    found = db.session.scalars(
        select(Campaign)
        .where(Campaign.erased_at.is_(None), Campaign.status.not_in(RUNNING))
        .order_by(Campaign.created_at)
    )
    return [each.id for each in map(one, found) if each.is_due(now) and not each.reasons]


def unfinished(campaign: Campaign, hold: LegalHold | None = None) -> Unfinished:
    statuses = (*WAITING, MessageStatus.ACCEPTED)
    since = clock.now() - RECEIPT_MAY_COME
    rows = db.session.execute(
        select(Message.status, func.count())
        .where(
            Message.campaign_id == campaign.id,
            Message.status.in_(statuses),
            or_(Message.status != MessageStatus.ACCEPTED, Message.accepted_at > since),
        )
        .group_by(Message.status)
    )
    counts = dict(rows.all())
    return Unfinished(
        is_running=campaign.status in RUNNING,
        silent=counts.pop(MessageStatus.ACCEPTED, 0),
        waiting=sum(counts.values()),
        open_replies=replies.open_in_campaign(campaign.id),
        legal_hold=hold.reason if hold else None,
    )


def counts(campaign: Campaign) -> list[tuple[str, int]]:
    """How many rows of each kind would be blanked, by the words for the kind."""
    kinds = [kind for kind in ErasureKind if kind is not ErasureKind.KEYS]
    return [(KIND_WORDS[kind], _count(kind, campaign)) for kind in kinds]


def erased() -> list[Erased]:
    """The newest first."""
    found = db.session.scalars(
        select(Campaign)
        .where(Campaign.erased_at.is_not(None))
        .order_by(Campaign.erased_at.desc(), Campaign.id)
        .limit(ERASED_SHOWN)
    ).all()
    return [_erased(campaign) for campaign in found]


def next_unfinished() -> Erasure | None:
    """The next kind that is not all erased, keys before all else, locked; one that another worker
    has is passed by."""
    return db.session.scalar(
        select(Erasure)
        .where(Erasure.ended_at.is_(None))
        .order_by(
            Erasure.kind != ErasureKind.KEYS,
            Erasure.begun_at,
            Erasure.campaign_id,
            Erasure.kind,
        )
        .limit(1)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )


def has_unfinished() -> bool:
    return bool(db.session.scalar(select(exists().where(Erasure.ended_at.is_(None)))))


def lock_key(key_id: UUID) -> DataKey:
    return db.session.get_one(DataKey, key_id, with_for_update=True, populate_existing=True)


def last_run() -> datetime | None:
    row = db.session.get(Setting, LAST_RUN)
    return datetime.fromisoformat(row.value) if row is not None else None


def held_campaigns() -> Collection[UUID]:
    """Campaigns under a legal hold."""
    return db.session.scalars(
        select(LegalHold.campaign_id).where(LegalHold.lifted_at.is_(None))
    ).all()


def _count(kind: ErasureKind, campaign: Campaign) -> int:
    part = PARTS.get(kind)
    if part is not None:
        statement = select(func.count()).select_from(part.model).where(part.belongs(campaign))
        is_open = part.is_open()
        if is_open is not None:
            statement = statement.where(is_open)
    else:
        statement = select(func.count()).where(Upload.campaign_id == campaign.id)
        if kind is ErasureKind.LIST_REPORTS:
            statement = statement.where(RowProblem.upload_id == Upload.id)
    return db.session.scalar(statement) or 0


def _erased(campaign: Campaign) -> Erased:
    rows = db.session.scalars(select(Erasure).where(Erasure.campaign_id == campaign.id)).all()
    by_kind = {row.kind: row for row in rows}
    return Erased(
        id=campaign.id,
        title=campaign.title,
        erased_at=campaign.erased_at or campaign.created_at,
        counts=[(KIND_WORDS[kind], by_kind[kind].count) for kind in ErasureKind if kind in by_kind],
        is_done=all(row.ended_at for row in rows),
    )
