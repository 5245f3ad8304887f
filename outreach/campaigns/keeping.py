"""How long a campaign's personal data is still kept: for its own pages, and for `retention`."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, func, or_, select

from outreach.domain.audit import AuditCategory
from outreach.domain.retention import Age
from outreach.domain.settings import BY_NAME
from outreach.extensions import db
from outreach.models import AuditEvent, Campaign, LegalHold, Recipient, Setting, Upload

_CHANGES = (AuditCategory.ALTERATION, AuditCategory.COLLECTION, AuditCategory.COMBINATION)


@dataclass(frozen=True)
class Keeping:
    """`due_at` is None where nothing is due; `legal_hold` is the one that stands, if any."""

    due_at: datetime | None
    erased_at: datetime | None
    legal_hold: LegalHold | None


def keeping(campaign: Campaign) -> Keeping:
    due_at = None if campaign.erased_at else age_of(campaign).due_at(keep_for())
    return Keeping(due_at, campaign.erased_at, active_hold(campaign))


def keep_for() -> timedelta:
    """As an administrator set it."""
    row = db.session.get(Setting, "retention_days")
    days = row.value if row is not None and row.value else BY_NAME["retention_days"].default
    return timedelta(days=int(str(days)))


def age_of(campaign: Campaign) -> Age:
    is_open = not campaign.status.is_over and not campaign.status.is_running
    return Age(
        status=campaign.status,
        ended_at=campaign.ended_at,
        last_change_at=_last_change(campaign) if is_open else campaign.created_at,
        start_at=campaign.start_at,
        has_list=bool(db.session.scalar(select(_holds_a_list(campaign)))) if is_open else True,
    )


def active_hold(campaign: Campaign) -> LegalHold | None:
    return db.session.scalar(
        select(LegalHold).where(LegalHold.campaign_id == campaign.id, LegalHold.lifted_at.is_(None))
    )


def _last_change(campaign: Campaign) -> datetime:
    """By the audit log: looking at a campaign, or passing it on, is no change of it."""
    newest = select(func.max(AuditEvent.at)).where(
        AuditEvent.campaign_id == campaign.id,
        AuditEvent.category.in_([category.value for category in _CHANGES]),
        or_(AuditEvent.action.startswith("campaign."), AuditEvent.action.startswith("recipients.")),
    )
    return db.session.scalar(newest) or campaign.created_at


def _holds_a_list(campaign: Campaign) -> ColumnElement[bool]:
    return or_(
        exists().where(Recipient.campaign_id == campaign.id),
        exists().where(
            Upload.campaign_id == campaign.id, Upload.status.in_(("checking", "checked"))
        ),
    )
