"""Legal holds: an administrator keeps a campaign's data past its time, for a court or an inquiry.

The caller commits.
"""

from uuid import UUID

from outreach import clock
from outreach.audit import service as audit
from outreach.campaigns import keeping
from outreach.campaigns import queries as campaigns
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction
from outreach.domain.errors import ChangedMeanwhile
from outreach.extensions import db
from outreach.models import LegalHold


def place(campaign_id: UUID, *, by: Actor, reason: str) -> None:
    """Nothing of the campaign is erased until it is lifted. Raises ChangedMeanwhile."""
    campaign = campaigns.lock(campaign_id)
    if campaign.erased_at is not None:
        raise ChangedMeanwhile("This campaign’s data is erased already. Nothing is left to keep.")
    if keeping.active_hold(campaign) is not None:
        raise ChangedMeanwhile("There is a legal hold on this campaign already.")
    hold = LegalHold(
        campaign_id=campaign.id, reason=reason, placed_at=clock.now(), placed_by_id=by.user_id
    )
    db.session.add(hold)
    _record(AuditAction.LEGAL_HOLD_PLACED, campaign_id, by, reason)


def lift(campaign_id: UUID, *, by: Actor, reason: str) -> None:
    """The data is erased at the next run, if its time is over. Raises ChangedMeanwhile."""
    hold = keeping.active_hold(campaigns.lock(campaign_id))
    if hold is None:
        raise ChangedMeanwhile("There is no legal hold on this campaign any more.")
    hold.lifted_at, hold.lifted_by_id, hold.lifted_reason = clock.now(), by.user_id, reason
    _record(AuditAction.LEGAL_HOLD_LIFTED, campaign_id, by, reason)


def _record(action: AuditAction, campaign_id: UUID, by: Actor, reason: str) -> None:
    audit.record_of_campaign(action, by, campaign_id, reason=reason)
