"""Campaigns on their way with people in common.

Their lists stand as they were uploaded, but nobody gets a text from both (see `spacing`): whose
text leaves first is a matter of time, so that a person has to know.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from outreach import clock
from outreach.domain.campaign import CampaignStatus
from outreach.extensions import db
from outreach.models import Campaign, LastContact, Recipient
from outreach.recipients import queries as recipients

ON_THEIR_WAY = (CampaignStatus.SUBMITTED, CampaignStatus.APPROVED, CampaignStatus.SENDING)
"""Their lists are texted unless somebody stops it."""
MOST_PAIRS = 20

_one, _other = aliased(Recipient), aliased(Recipient)


@dataclass(frozen=True)
class Pair:
    """Two campaigns, and how many people are on the lists of both."""

    one: Campaign
    other: Campaign
    people: int


def pairs() -> tuple[Pair, ...]:
    """All that there are, the most people first; none where no cap is set."""
    return _read(_on_their_way(), _one.campaign_id < _other.campaign_id)


def pairs_with(campaign: Campaign) -> tuple[Pair, ...]:
    """Those of this campaign, which is `one` of each."""
    by_id = {**_on_their_way(), campaign.id: campaign}
    is_ours = (_one.campaign_id == campaign.id) & (_other.campaign_id != campaign.id)
    return _read(by_id, is_ours)


def texted_lately(campaign: Campaign) -> int:
    """People on the list whom the cap would refuse if it were uploaded now: texted since then."""
    since = clock.now() - timedelta(days=recipients.frequency_cap_days())
    statement = (
        select(func.count())
        .select_from(Recipient)
        .join(LastContact, LastContact.phone_digest == Recipient.phone_digest)
        .where(Recipient.campaign_id == campaign.id, LastContact.texted_at > since)
    )
    return db.session.scalar(statement) or 0


def _on_their_way() -> dict[UUID, Campaign]:
    found = db.session.scalars(select(Campaign).where(Campaign.status.in_(ON_THEIR_WAY)))
    return {campaign.id: campaign for campaign in found}


def _read(by_id: Mapping[UUID, Campaign], which: ColumnElement[bool]) -> tuple[Pair, ...]:
    if len(by_id) < 2 or not recipients.frequency_cap_days():
        return ()
    people = func.count()
    rows = db.session.execute(
        select(_one.campaign_id, _other.campaign_id, people)
        .join(_other, _other.phone_digest == _one.phone_digest)
        .where(_one.campaign_id.in_(by_id), _other.campaign_id.in_(by_id), which)
        .group_by(_one.campaign_id, _other.campaign_id)
        .order_by(people.desc())
        .limit(MOST_PAIRS)
    )
    return tuple(Pair(by_id[first], by_id[second], count) for first, second, count in rows)
