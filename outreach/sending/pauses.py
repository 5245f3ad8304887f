"""Stopping a campaign, by the service itself or by a person."""

from uuid import UUID

from outreach import clock
from outreach.audit import service as audit
from outreach.campaigns import letters
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction
from outreach.domain.campaign import CampaignStatus, move
from outreach.domain.pausing import PauseKind
from outreach.models import Campaign, CampaignRun
from outreach.sending import queries

DISPATCHER = Actor.job("dispatcher")


def pause_run(
    campaign: Campaign, run: CampaignRun, kind: PauseKind, reason: str | None, by: Actor
) -> None:
    """Both rows are locked by the caller. Raises MoveRefused where it is not sending."""
    campaign.status = move(campaign.status, CampaignStatus.PAUSED)
    campaign.pause_reason = reason
    run.pause_kind, run.paused_at, run.paused_by_id = kind, clock.now(), by.user_id
    action = AuditAction.CAMPAIGN_AUTO_PAUSED if kind.is_automatic else AuditAction.CAMPAIGN_PAUSED
    audit.record_of_campaign(
        action,
        by,
        campaign.id,
        changes={"kind": kind.value},
        reason=reason,
    )
    if kind.is_automatic:
        letters.tell_requester(campaign, letters.STOPPED)


def stop(campaign_id: UUID, kind: PauseKind, reason: str, by: Actor = DISPATCHER) -> bool:
    """The service pauses the campaign, if it is sending."""
    campaign = queries.lock_campaign(campaign_id)
    run = queries.lock_run(campaign_id)
    if campaign is None or run is None or campaign.status is not CampaignStatus.SENDING:
        return False
    pause_run(campaign, run, kind, reason, by)
    return True
