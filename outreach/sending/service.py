"""Release, pause, resume and cancel. Callers own the transaction and check the permission."""

import secrets

from sqlalchemy import func, select, update

from outreach import clock
from outreach.audit import service as audit
from outreach.campaigns import queries as campaigns
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction
from outreach.domain.campaign import CampaignStatus, move, pilot_size
from outreach.domain.errors import ChangedMeanwhile, Incomplete
from outreach.domain.message import MessageStatus
from outreach.domain.pausing import PauseKind
from outreach.extensions import db
from outreach.models import Campaign, CampaignRun, Message, Recipient
from outreach.sending import gate, queries
from outreach.sending.claim import is_over_budget
from outreach.sending.pauses import pause_run
from outreach.sending.prepare import People, insert_messages
from outreach.sending.terms import Terms, terms, terms_digest

IN_CHUNKS = 500


def release(campaign: Campaign, *, by: Actor) -> None:
    """Approved to sending: one message for every accepted recipient, all or nothing.

    The pilot is drawn at random, because lists come sorted by age or source, and the first rows of
    such a list say little about the rest. Raises MoveRefused, ChangedMeanwhile and Incomplete.
    """
    campaign = _locked(campaign)
    campaign.status = move(campaign.status, CampaignStatus.SENDING)
    bound = terms()
    count, billed = _size(campaign)
    _check(campaign, count, billed, bound)
    insert_messages(_people(campaign), retry=0)
    pilot = _mark_pilot(campaign, count, bound)
    campaign.released_at, campaign.released_by_id = clock.now(), by.user_id
    db.session.add(
        CampaignRun(
            campaign_id=campaign.id,
            terms_digest=terms_digest(campaign),
            billed_fragments=0,
            judged_answers=0,
            judged_failures=0,
        )
    )
    audit.record_of_campaign(
        AuditAction.CAMPAIGN_RELEASED,
        by,
        campaign.id,
        changes={"messages": count, "pilot": pilot, "billed_fragments": billed},
    )


def pause(campaign: Campaign, *, by: Actor, reason: str | None = None) -> None:
    """The brake: nothing more is claimed, and what was claimed and not posted goes back."""
    campaign, run = _locked_run(campaign)
    pause_run(campaign, run, PauseKind.PERSON, reason, by)


def resume(campaign: Campaign, *, by: Actor) -> None:
    """Go on. Who may is for the caller to check by `domain.pausing.check_may_resume`.

    After a stop by the pilot this lets the rest follow: an approver decided so. Raises MoveRefused,
    and ChangedMeanwhile where going on would send what nobody approved.
    """
    campaign, run = _locked_run(campaign)
    _check_may_go_on(campaign, run)
    campaign.status = move(campaign.status, CampaignStatus.SENDING)
    kind, run.pause_kind, run.paused_by_id, run.paused_at = run.pause_kind, None, None, None
    campaign.pause_reason = None
    gate.note_judged(run)
    audit.record_of_campaign(
        AuditAction.CAMPAIGN_RESUMED,
        by,
        campaign.id,
        changes={"was": kind.value if kind else None},
    )
    if kind is PauseKind.PILOT:
        gate.pass_pilot(campaign, run, by)


def cancel(campaign: Campaign, *, by: Actor, reason: str | None = None) -> int:
    """For good: what waits is cancelled, at once; how many that were.

    A message that may be at Notify already is settled first, by its receipt or a look-up.
    """
    campaign = _locked(campaign)
    campaign.status = move(campaign.status, CampaignStatus.CANCELLED)
    campaign.ended_at = clock.now()
    outcome = db.session.execute(
        update(Message)
        .where(Message.campaign_id == campaign.id, Message.status == MessageStatus.PENDING)
        .values(status=MessageStatus.CANCELLED, final_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    cancelled = int(outcome.rowcount)  # type: ignore[attr-defined]
    audit.record_of_campaign(
        AuditAction.CAMPAIGN_CANCELLED,
        by,
        campaign.id,
        changes={"messages_cancelled": cancelled},
        reason=reason,
    )
    return cancelled


def _locked(campaign: Campaign) -> Campaign:
    locked = queries.lock_campaign(campaign.id)
    if locked is None:
        raise ChangedMeanwhile("This campaign is not there any more.")
    return locked


def _locked_run(campaign: Campaign) -> tuple[Campaign, CampaignRun]:
    campaign = _locked(campaign)
    run = queries.lock_run(campaign.id)
    if run is None:
        raise ChangedMeanwhile("This campaign has not been released.")
    return campaign, run


def _size(campaign: Campaign) -> tuple[int, int]:
    """Accepted recipients, and their fragments as billed."""
    count, billed = db.session.execute(
        select(
            func.count(),
            func.coalesce(func.sum(Recipient.fragments * Recipient.price_multiplier), 0),
        ).where(Recipient.campaign_id == campaign.id)
    ).one()
    return count, billed


def _check(campaign: Campaign, count: int, billed: int, bound: Terms) -> None:
    if campaign.approved_at is None or campaign.content_digest is None:
        raise Incomplete("This campaign has not been approved, so it cannot be released.")
    if not campaigns.is_as_submitted(campaign):
        raise ChangedMeanwhile(
            "The campaign is not as it was approved, so it cannot be released. Return it first."
        )
    if count == 0:
        raise Incomplete("This campaign has nobody to text.")
    if is_over_budget(campaign, billed, bound):
        raise Incomplete(
            "The texts would cost more than the campaign's budget. Return it, so that the budget "
            "or the list can be changed."
        )


def _people(campaign: Campaign) -> People:
    return (
        select(
            Recipient.campaign_id,
            Recipient.id,
            Recipient.phone_digest,
            Recipient.fragments,
            Recipient.price_multiplier,
        )
        .where(Recipient.campaign_id == campaign.id)
        .order_by(Recipient.row_number)
    )


def _mark_pilot(campaign: Campaign, count: int, bound: Terms) -> int:
    size = pilot_size(count, messages=bound.pilot_messages, percent=bound.pilot_percent)
    ids = list(db.session.scalars(select(Message.id).where(Message.campaign_id == campaign.id)))
    drawn = secrets.SystemRandom().sample(ids, size)
    for start in range(0, size, IN_CHUNKS):
        db.session.execute(
            update(Message)
            .where(Message.id.in_(drawn[start : start + IN_CHUNKS]))
            .values(is_pilot=True)
            .execution_options(synchronize_session=False)
        )
    return size


def _check_may_go_on(campaign: Campaign, run: CampaignRun) -> None:
    if run.pause_kind is PauseKind.TEMPLATE:
        raise ChangedMeanwhile(
            "Notify now sends another version of the template than was approved, and a version "
            "cannot be chosen there. Cancel this campaign and make a copy with the new wording."
        )
    if run.terms_digest != terms_digest(campaign):
        raise ChangedMeanwhile(
            "The campaign is not as it was approved, so it cannot go on. Cancel it and make a copy."
        )
