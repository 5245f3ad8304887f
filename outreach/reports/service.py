"""Publishing partner figures, once a week and for ever (see `domain.disclosure_control`)."""

from sqlalchemy import insert

from outreach import clock
from outreach.audit import service as audit
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction
from outreach.domain.disclosure_control import publish
from outreach.domain.funder_report import FIGURES
from outreach.domain.outcome import iso_week, last_day, last_full_week
from outreach.extensions import db
from outreach.models import Campaign, PublishedFigure
from outreach.reports import queries


def publish_week() -> int:
    """Publish the week that ended last, of every campaign it is due of; how many there were.

    What is published stands: later corrections show in the next week's figures. Nothing is made up
    for weeks in which nobody published.
    """
    week = last_full_week(clock.now())
    done = queries.published_weeks(week)
    due = [
        campaign
        for campaign in queries.reported_campaigns()
        if campaign.id not in done and _counts_in(campaign, week)
    ]
    for campaign in due:
        counts = queries.partner_counts(campaign.id, week, last_day(week))
        people = queries.people(campaign.id)
        db.session.execute(
            insert(PublishedFigure),
            [
                {
                    "campaign_id": campaign.id,
                    "iso_week": week,
                    "figure": figure,
                    "shown": publish(counts.get(figure, 0), people),
                }
                for figure in FIGURES
            ],
        )
    return len(due)


def record_viewed(campaign: Campaign | None, *, by: Actor) -> None:
    """Somebody looked at a report, or at the comparison of all."""
    _record(AuditAction.REPORT_VIEWED, campaign, by)


def record_exported(campaign: Campaign | None, *, by: Actor) -> None:
    _record(AuditAction.REPORT_EXPORTED, campaign, by)


def _record(action: AuditAction, campaign: Campaign | None, by: Actor) -> None:
    campaign_id = campaign.id if campaign else None
    audit.record(action, by, "report", campaign_id or "all", campaign_id=campaign_id)


def _counts_in(campaign: Campaign, week: str) -> bool:
    """From the week of its release to the week it was erased in, after which nothing can change."""
    if campaign.released_at is None or iso_week(campaign.released_at) > week:
        return False
    return campaign.erased_at is None or iso_week(campaign.erased_at) >= week
