"""What waits for an approver, and when its first text would leave."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from outreach import clock
from outreach.campaigns import queries as campaigns
from outreach.campaigns.queries import ListedCampaign
from outreach.domain.campaign import CampaignStatus, why_not_decide
from outreach.models import Campaign
from outreach.sending.terms import terms, window_of


@dataclass(frozen=True)
class Queue:
    """`own` are those in which this person had a hand, each with the sentence that says so."""

    to_decide: Sequence[ListedCampaign]
    to_release: Sequence[ListedCampaign]
    own: Sequence[tuple[ListedCampaign, str]]


def queue(person_id: int) -> Queue:
    waiting = campaigns.with_status(CampaignStatus.SUBMITTED, CampaignStatus.APPROVED)
    reasons = {row.campaign.id: why_not(row.campaign, person_id) for row in waiting}
    others = [row for row in waiting if reasons[row.campaign.id] is None]
    return Queue(
        to_decide=[row for row in others if row.campaign.status is CampaignStatus.SUBMITTED],
        to_release=[row for row in others if row.campaign.status is CampaignStatus.APPROVED],
        own=[(row, why) for row in waiting if (why := reasons[row.campaign.id]) is not None],
    )


def why_not(campaign: Campaign, person_id: int) -> str | None:
    """Why this person may not decide on the campaign; None where they may."""
    return why_not_decide(person_id, campaigns.hands(campaign))


def first_leaving(campaign: Campaign) -> datetime | None:
    """When the first text would leave if it were released now; None where no day qualifies."""
    now = clock.now()
    start = max(now, campaign.start_at or now)
    return window_of(campaign).next_opening(start, terms().bank_holidays)
