"""What the funder report reads: counts of texts, opt-outs by campaign, and published figures."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from outreach.domain.funder_report import VISITS, FunderReport, Published
from outreach.domain.landing import VISIT
from outreach.domain.optout import SuppressionKind, SuppressionSource
from outreach.domain.send_window import LONDON
from outreach.extensions import db
from outreach.models import (
    Campaign,
    CampaignRun,
    Outcome,
    PublicActCount,
    PublishedFigure,
    Recipient,
    Suppression,
)
from outreach.recipients.queries import tariff
from outreach.sending.queries import message_counts

_BY_THEMSELVES = (SuppressionSource.REPLY, SuppressionSource.LANDING_PAGE)


def reported_campaigns() -> list[Campaign]:
    """Every campaign whose texts were released, newest first."""
    return list(
        db.session.scalars(
            select(Campaign)
            .where(Campaign.released_at.is_not(None))
            .order_by(Campaign.released_at.desc(), Campaign.id)
        )
    )


def reported_campaign(campaign_id: UUID) -> Campaign | None:
    return db.session.scalar(
        select(Campaign).where(Campaign.id == campaign_id, Campaign.released_at.is_not(None))
    )


def reports(campaigns: Collection[Campaign]) -> list[FunderReport]:
    """The report of each campaign, in the order given."""
    ids = [campaign.id for campaign in campaigns]
    published, withdrawn = latest_published(ids), suppressions(ids)
    billed, price = billed_fragments(ids), tariff().pence_per_fragment
    return [
        FunderReport(
            name=campaign.name_outside,
            released_on=campaign.released_at.astimezone(LONDON).date(),
            approved=sum((statuses := message_counts(campaign.id)).values()),
            statuses=statuses,
            cost_pence=billed.get(campaign.id, 0) * price,
            opt_outs=withdrawn[campaign.id, SuppressionKind.OPT_OUT],
            wrong_persons=withdrawn[campaign.id, SuppressionKind.WRONG_PERSON],
            published=published.get(campaign.id),
        )
        for campaign in campaigns
        if campaign.released_at is not None
    ]


def billed_fragments(campaign_ids: Collection[UUID]) -> dict[UUID, int]:
    """Fragments as billed of every text that is, or may be, at Notify."""
    rows = db.session.execute(
        select(CampaignRun.campaign_id, CampaignRun.billed_fragments).where(
            CampaignRun.campaign_id.in_(campaign_ids)
        )
    )
    return dict(rows.all())


def suppressions(campaign_ids: Collection[UUID]) -> dict[tuple[UUID, SuppressionKind], int]:
    """How many people asked for no more texts, or said they were not meant, after this campaign."""
    rows = db.session.execute(
        select(Suppression.campaign_id, Suppression.kind, func.count())
        .where(Suppression.campaign_id.in_(campaign_ids), Suppression.source.in_(_BY_THEMSELVES))
        .group_by(Suppression.campaign_id, Suppression.kind)
    )
    counts: dict[tuple[UUID, SuppressionKind], int] = defaultdict(int)
    for campaign_id, kind, count in rows:
        if campaign_id is not None:
            counts[campaign_id, kind] = count
    return counts


def latest_published(campaign_ids: Collection[UUID]) -> dict[UUID, Published]:
    """Each campaign's partner figures of the last week that was published of it."""
    weeks = (
        select(PublishedFigure.campaign_id, func.max(PublishedFigure.iso_week).label("week"))
        .where(PublishedFigure.campaign_id.in_(campaign_ids))
        .group_by(PublishedFigure.campaign_id)
        .subquery()
    )
    rows = db.session.scalars(
        select(PublishedFigure).join(
            weeks,
            (PublishedFigure.campaign_id == weeks.c.campaign_id)
            & (PublishedFigure.iso_week == weeks.c.week),
        )
    )
    found: dict[UUID, dict[str, int | None]] = defaultdict(dict)
    week_of: dict[UUID, str] = {}
    for row in rows:
        found[row.campaign_id][row.figure] = row.shown
        week_of[row.campaign_id] = row.iso_week
    return {
        campaign_id: Published(week_of[campaign_id], shown) for campaign_id, shown in found.items()
    }


def published_weeks(iso_week: str) -> set[UUID]:
    """Campaigns whose figures for this week stand already."""
    return set(
        db.session.scalars(
            select(PublishedFigure.campaign_id)
            .where(PublishedFigure.iso_week == iso_week)
            .distinct()
        )
    )


def people(campaign_id: UUID) -> int:
    """Who the campaign's texts were approved for."""
    statement = select(func.count()).where(Recipient.campaign_id == campaign_id)
    return db.session.scalar(statement) or 0


def partner_counts(campaign_id: UUID, iso_week: str, last_day: date) -> dict[str, int]:
    """The true counts up to the end of a week. For publishing only: never shown as they are."""
    counts: dict[str, int] = defaultdict(int)
    for kind, count in db.session.execute(
        select(Outcome.outcome, func.count())
        .where(Outcome.campaign_id == campaign_id, Outcome.iso_week <= iso_week)
        .group_by(Outcome.outcome)
    ):
        counts[kind.value] = count
    visits = db.session.scalar(
        select(func.coalesce(func.sum(PublicActCount.count), 0)).where(
            PublicActCount.campaign_id == campaign_id,
            PublicActCount.act == VISIT,
            PublicActCount.day <= last_day,
        )
    )
    counts[VISITS] = int(visits or 0)
    return counts
