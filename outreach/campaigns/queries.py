"""What is known of campaigns: one, a page of many, what each holds, who had a hand in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any
from uuid import UUID

import rfc8785
from sqlalchemy import ColumnElement, Select, func, or_, select

from outreach.domain.audit import AuditAction
from outreach.domain.campaign import CampaignStatus, Hands
from outreach.domain.errors import OutreachError
from outreach.extensions import db
from outreach.models import (
    AllowedTemplate,
    AuditEvent,
    Campaign,
    Organisation,
    Recipient,
    Setting,
)
from outreach.recipients import queries as recipients

PAGE_SIZE = 20


class CampaignMissing(OutreachError):
    """There is no campaign of this id."""

    def __init__(self) -> None:
        super().__init__("There is no such campaign.")


class Shown(StrEnum):
    """Which campaigns a list shows."""

    ALL = "all"
    MINE = "mine"
    DRAFTS = "drafts"
    WAITING = "waiting"
    RUNNING = "running"
    ENDED = "ended"


@dataclass(frozen=True)
class ListedCampaign:
    """One line of the list."""

    campaign: Campaign
    recipients: int


@dataclass(frozen=True)
class CampaignPage:
    """`page` counts from 1; `pages` is at least 1."""

    rows: Sequence[ListedCampaign]
    total: int
    page: int
    pages: int


def get(campaign_id: UUID) -> Campaign | None:
    return db.session.get(Campaign, campaign_id)


def lock(campaign_id: UUID) -> Campaign:
    """The campaign as it is now, held until the transaction ends. Raises CampaignMissing.

    SQLite needs no lock of a row: its writing transactions come one at a time.
    """
    found = db.session.get(
        Campaign, campaign_id, with_for_update={"of": Campaign}, populate_existing=True
    )
    if found is None:
        raise CampaignMissing
    return found


def listed(shown: Shown, person_id: int, search: str = "", page: int = 1) -> CampaignPage:
    """Newest first. `search` is a part of the title or of the operation reference, in any case."""
    wanted = [*_shown(shown, person_id), *_named(search)]
    total = db.session.scalar(select(func.count()).select_from(Campaign).where(*wanted)) or 0
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(page, 1), pages)
    statement = _with_counts().where(*wanted).order_by(Campaign.created_at.desc(), Campaign.id)
    found = db.session.execute(statement.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE))
    rows = [ListedCampaign(campaign, count) for campaign, count in found]
    return CampaignPage(rows, total, page, pages)


def with_status(*statuses: CampaignStatus) -> list[ListedCampaign]:
    """Longest waiting first."""
    statement = _with_counts().where(Campaign.status.in_(statuses))
    found = db.session.execute(statement.order_by(Campaign.submitted_at, Campaign.created_at))
    return [ListedCampaign(campaign, count) for campaign, count in found]


def content_digest(campaign: Campaign) -> str:
    """SHA-256 over everything an approval is bound to, in RFC 8785 JSON."""
    return _digest_of(_content(campaign))


def is_as_submitted(campaign: Campaign) -> bool:
    """Whether nothing has changed that an approval is bound to. One made by the first release
    stays good until keys are changed."""
    content = _content(campaign)
    if campaign.content_digest == _digest_of(content):
        return True
    content["list"] = recipients.list_digest(campaign.id, of_first_release=True)
    return campaign.content_digest == _digest_of(content)


def _digest_of(content: dict[str, Any]) -> str:
    return sha256(rfc8785.dumps(content)).hexdigest()


def hands(campaign: Campaign) -> Hands:
    uploaders = {upload.uploaded_by_id for upload in recipients.uploads(campaign.id)}
    return Hands(
        created_by=campaign.created_by_id,
        submitted_by=campaign.submitted_by_id,
        uploaded_by=frozenset(uploaders),
        edited_by=frozenset(campaign.editor_ids),
    )


def allowed_template_ids() -> frozenset[str]:
    return frozenset(db.session.scalars(select(AllowedTemplate.template_id)))


def organisations() -> list[Organisation]:
    """Partners, by name."""
    return list(db.session.scalars(select(Organisation).order_by(Organisation.name)))


def organisation(organisation_id: int) -> Organisation | None:
    return db.session.get(Organisation, organisation_id)


def reply_number() -> str | None:
    """The number people can reply to, as an administrator entered it; None where there is none."""
    setting = db.session.get(Setting, "reply_number")
    return str(setting.value) if setting is not None and setting.value else None


def cancellation_reason(campaign_id: UUID) -> str | None:
    """What the person who cancelled it said."""
    return db.session.scalar(
        select(AuditEvent.reason)
        .where(
            AuditEvent.campaign_id == campaign_id,
            AuditEvent.action == AuditAction.CAMPAIGN_CANCELLED.value,
        )
        .limit(1)
    )


def _with_counts() -> Select[Campaign, int]:
    counted = (
        select(func.count())
        .where(Recipient.campaign_id == Campaign.id)
        .correlate(Campaign)
        .scalar_subquery()
    )
    return select(Campaign, counted)


def _shown(shown: Shown, person_id: int) -> list[ColumnElement[bool]]:
    status = CampaignStatus
    if shown is Shown.MINE:
        return [or_(Campaign.created_by_id == person_id, Campaign.submitted_by_id == person_id)]
    groups = {
        Shown.DRAFTS: tuple(each for each in status if each.is_editable),
        Shown.WAITING: (status.SUBMITTED, status.APPROVED),
        Shown.RUNNING: tuple(each for each in status if each.is_running),
        Shown.ENDED: tuple(each for each in status if each.is_over),
    }
    return [Campaign.status.in_(groups[shown])] if shown in groups else []


def _named(search: str) -> list[ColumnElement[bool]]:
    columns = (Campaign.title, Campaign.operation_reference)
    return [or_(*(each.icontains(search, autoescape=True) for each in columns))] if search else []


def _content(campaign: Campaign) -> dict[str, Any]:
    window = campaign.send_window
    partner = campaign.partner
    return {
        "template": [campaign.template_id, campaign.template_version, campaign.template_body],
        "list": recipients.list_digest(campaign.id),
        "window": window
        and [window.opens.isoformat(), window.closes.isoformat(), sorted(window.days)],
        "start": campaign.start_at and campaign.start_at.isoformat(),
        "budget_pence": campaign.budget_pence,
        "public_name": campaign.public_name,
        "partner": partner and [partner.id, partner.name, partner.phone, partner.website],
        "landing_pages": [
            [page.language, page.heading, page.body] for page in campaign.landing_pages
        ],
    }
