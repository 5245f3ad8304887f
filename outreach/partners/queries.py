"""What a partner may read: its own campaigns, its own outcomes, the month a text was sent."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from outreach.domain.audit import AuditAction
from outreach.domain.message import FAILED, SENT, MessageStatus
from outreach.domain.outcome import OutcomeKind
from outreach.extensions import db
from outreach.models import AuditEvent, Campaign, DataKey, Message, Outcome, User
from outreach.referrals.queries import is_live

_HAS_LEFT = (SENT | FAILED) - {MessageStatus.REFUSED}


@dataclass(frozen=True)
class OwnFigures:
    """The outcomes an organisation recorded in one campaign, by kind: its own data, exact."""

    name: str
    released_at: datetime
    counts: Mapping[OutcomeKind, int]


@dataclass(frozen=True)
class Held:
    """An outcome as it is kept."""

    outcome: OutcomeKind
    iso_week: str


def outcome_under(token: bytes) -> Held | None:
    row = db.session.execute(
        select(Outcome.outcome, Outcome.iso_week).where(Outcome.token == token)
    ).one_or_none()
    return Held(*row) if row else None


def outcomes_of(campaign_id: UUID) -> dict[bytes, Held]:
    """All outcomes of a campaign by their tokens."""
    rows = db.session.execute(
        select(Outcome.token, Outcome.outcome, Outcome.iso_week).where(
            Outcome.campaign_id == campaign_id
        )
    )
    return {token: Held(kind, week) for token, kind, week in rows}


def organisation_id(user_id: int) -> int | None:
    return db.session.scalar(select(User.organisation_id).where(User.id == user_id))


def sent_at(recipient_id: int) -> datetime | None:
    """When the text with the code left; None where it has not."""
    moment = func.coalesce(Message.accepted_at, Message.final_at, Message.claimed_at)
    return db.session.scalar(
        select(func.min(moment)).where(
            Message.recipient_id == recipient_id, Message.status.in_(_HAS_LEFT)
        )
    )


def lock_outcome_key(campaign: Campaign) -> DataKey:
    """The key outcomes are kept under, held until the transaction ends: one writer at a time, and
    nobody destroys the key meanwhile."""
    return db.session.get_one(
        DataKey, campaign.outcome_key_id, with_for_update=True, populate_existing=True
    )


def refusals_since(user_ids: list[int], since: datetime) -> list[datetime]:
    """When these people tried codes that are not genuine, oldest first."""
    return list(
        db.session.scalars(
            select(AuditEvent.at)
            .where(
                AuditEvent.actor.in_([str(user_id) for user_id in user_ids]),
                AuditEvent.action == AuditAction.CODE_REFUSED,
                AuditEvent.at > since,
            )
            .order_by(AuditEvent.at)
        )
    )


def colleagues(organisation: int) -> list[int]:
    return list(db.session.scalars(select(User.id).where(User.organisation_id == organisation)))


def own_figures(organisation: int) -> list[OwnFigures]:
    """Every campaign of the organisation that can still be checked, newest first."""
    campaigns = db.session.scalars(
        select(Campaign)
        .where(Campaign.partner_id == organisation, is_live())
        .order_by(Campaign.released_at.desc(), Campaign.id)
    ).all()
    counts: dict[UUID, dict[OutcomeKind, int]] = defaultdict(dict)
    for campaign_id, kind, count in db.session.execute(
        select(Outcome.campaign_id, Outcome.outcome, func.count())
        .where(Outcome.campaign_id.in_([campaign.id for campaign in campaigns]))
        .group_by(Outcome.campaign_id, Outcome.outcome)
    ):
        counts[campaign_id][kind] = count
    return [
        OwnFigures(campaign.name_outside, campaign.released_at, counts[campaign.id])
        for campaign in campaigns
        if campaign.released_at is not None
    ]
