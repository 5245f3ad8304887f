"""What every change of messages keeps in step: locks in order, the budget spent, the events."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from outreach.audit import service as audit
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction
from outreach.domain.campaign import CampaignStatus
from outreach.domain.message import AT_NOTIFY, MessageStatus
from outreach.sending import queries


def lock_statuses(campaign_ids: Iterable[UUID]) -> Mapping[UUID, CampaignStatus]:
    """Campaigns and their runs, locked in order, so that a cancellation sees what goes back."""
    statuses = {}
    for campaign_id in sorted(campaign_ids, key=str):
        campaign = queries.lock_campaign(campaign_id)
        queries.lock_run(campaign_id)
        if campaign is not None:
            statuses[campaign_id] = campaign.status
    return statuses


def returned_status(campaign: CampaignStatus | None) -> MessageStatus:
    """Where a message goes that Notify surely does not have."""
    return (
        MessageStatus.CANCELLED if campaign is CampaignStatus.CANCELLED else MessageStatus.PENDING
    )


def is_billed(status: MessageStatus) -> bool:
    """Whether a message counts against the budget: it is, or may be, at Notify."""
    return status in AT_NOTIFY | {MessageStatus.SENDING, MessageStatus.HELD}


def note_billing(billed: Mapping[UUID, int]) -> None:
    """Add these fragments, which may be negative, to what the campaigns have spent."""
    for campaign_id in sorted(billed, key=str):
        if billed[campaign_id]:
            run = queries.lock_run(campaign_id)
            if run is not None:
                run.billed_fragments += billed[campaign_id]


def record_counts(
    action: AuditAction, campaign_id: UUID, by: Actor, changes: Mapping[str, int]
) -> None:
    """An event about several messages of one campaign."""
    audit.record_of_campaign(action, by, campaign_id, changes=dict(changes))
