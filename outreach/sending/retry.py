"""A second text after a temporary failure: only when a person asks, once, and approved by
another."""

from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import aliased

from outreach import clock
from outreach.audit import service as audit
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction
from outreach.domain.campaign import CampaignStatus, with_second_texts
from outreach.domain.errors import ChangedMeanwhile, Incomplete, NotAllowed
from outreach.domain.message import MessageStatus
from outreach.extensions import db
from outreach.models import Campaign, CampaignRun, Message, Recipient
from outreach.sending import queries
from outreach.sending.prepare import People, insert_messages

AGAIN = (MessageStatus.TEMPORARY_FAILURE, MessageStatus.TECHNICAL_FAILURE)
"""Phone off, no signal, inbox full; or a fault between Notify and the network (contract section
9)."""


def count_retryable(campaign_id: UUID) -> int:
    """People whose only text failed in a way that may pass."""
    statement = select(func.count()).select_from(Message).where(*_retryable(campaign_id))
    return db.session.scalar(statement) or 0


def asked_by(campaign_id: UUID) -> int | None:
    """Who asked for a second text and waits for an approver."""
    run = queries.run_of(campaign_id)
    return run.retry_asked_by_id if run else None


def ask(campaign_id: UUID, *, by: Actor) -> int:
    """Ask for it; how many people that is. Raises Incomplete where there is nobody to text
    again."""
    _, run = _locked(campaign_id)
    count = count_retryable(campaign_id)
    if not count:
        raise Incomplete("There is nobody to text again.")
    run.retry_asked_by_id, run.retry_asked_at = by.user_id, clock.now()
    _record(campaign_id, by, {"asked": count})
    return count


def approve(campaign_id: UUID, *, by: Actor) -> int:
    """Text them again, once. Raises NotAllowed for the person who asked, MoveRefused,
    Incomplete."""
    campaign, run = _locked(campaign_id)
    if run.retry_asked_by_id is None:
        raise Incomplete("Nobody has asked to text them again.")
    if run.retry_asked_by_id == by.user_id:
        raise NotAllowed("You asked for this, so another approver has to approve it.")
    count = count_retryable(campaign_id)
    if not count:
        raise Incomplete("There is nobody to text again.")
    campaign.status, campaign.ended_at = with_second_texts(campaign.status), None
    run.retry_asked_by_id = run.retry_asked_at = None
    insert_messages(_people(campaign_id), retry=1)
    _record(campaign_id, by, {"approved": count})
    return count


def _people(campaign_id: UUID) -> People:
    return (
        select(
            Message.campaign_id,
            Message.recipient_id,
            Message.phone_digest,
            Message.fragments,
            Message.price_multiplier,
        )
        .where(*_retryable(campaign_id))
        .order_by(Message.id)
    )


def _retryable(campaign_id: UUID) -> tuple[ColumnElement[bool], ...]:
    second = aliased(Message)
    return (
        Message.campaign_id == campaign_id,
        Message.status.in_(AGAIN),
        Message.retry == 0,
        ~exists().where(second.recipient_id == Message.recipient_id, second.retry == 1),
        exists().where(Recipient.id == Message.recipient_id, Recipient.sealed.is_not(None)),
    )


def _locked(campaign_id: UUID) -> tuple[Campaign, CampaignRun]:
    campaign = queries.lock_campaign(campaign_id)
    run = queries.lock_run(campaign_id)
    if campaign is None or run is None or _is_past(campaign):
        raise ChangedMeanwhile("This campaign cannot text anybody again.")
    return campaign, run


def _is_past(campaign: Campaign) -> bool:
    return campaign.status is CampaignStatus.CANCELLED or campaign.erased_at is not None


def _record(campaign_id: UUID, by: Actor, changes: dict[str, int]) -> None:
    audit.record_of_campaign(
        AuditAction.MESSAGES_RETRIED,
        by,
        campaign_id,
        changes=dict(changes),
    )
