"""Whether a campaign may go on: the pilot, failures later on, and when it is completed."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import exists, func, or_, select

from outreach import clock
from outreach.audit import service as audit
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction
from outreach.domain.campaign import CampaignStatus, move
from outreach.domain.message import WAITING, MessageStatus
from outreach.domain.pausing import PauseKind
from outreach.domain.pilot import Answers, PilotVerdict, judge_later, judge_pilot
from outreach.extensions import db
from outreach.models import Campaign, CampaignRun, Message
from outreach.sending import queries
from outreach.sending.pauses import pause_run
from outreach.sending.terms import terms
from outreach.transaction import transaction

GATE = Actor.job("gate")
NO_RECEIPT_EVER = timedelta(hours=96)
"""Notify gives up on a silent message 72 to 96 hours after it was made (contract section 9)."""
NO_RECEIPT_COMES = ("sent", "absent")
"""What Notify says of a text handed over abroad, which stays so, and of one it does not have."""

_RUNNING = frozenset({CampaignStatus.SENDING, CampaignStatus.PAUSED})


def judge_running_campaigns() -> None:
    """Look at each running campaign, in a transaction of its own where something is to be done."""
    for campaign_id in queries.campaigns_in(_RUNNING):
        if _needs_judging(campaign_id):
            with transaction():
                judge(campaign_id)


def judge(campaign_id: UUID) -> None:
    campaign = queries.lock_campaign(campaign_id)
    run = queries.lock_run(campaign_id)
    if campaign is None or run is None or campaign.status not in _RUNNING:
        return
    now = clock.now()
    if campaign.status is CampaignStatus.SENDING and not campaign.is_pilot_passed:
        _judge_pilot(campaign, run, now)
    elif campaign.status is CampaignStatus.SENDING:
        _judge_later(campaign, run)
    if campaign.status in _RUNNING and is_complete(campaign, now):
        _complete(campaign, now)


def is_complete(campaign: Campaign, now: datetime) -> bool:
    """Nothing waits, and every receipt came or can no longer be expected."""
    still_open = or_(
        Message.status.in_(list(WAITING)),
        (Message.status == MessageStatus.ACCEPTED)
        & (Message.accepted_at > now - NO_RECEIPT_EVER)
        & (Message.notify_status.is_(None) | Message.notify_status.not_in(NO_RECEIPT_COMES)),
    )
    statement = select(exists().where(Message.campaign_id == campaign.id, still_open))
    return not db.session.scalar(statement)


def _needs_judging(campaign_id: UUID) -> bool:
    """Cheaply, without a lock: is there anything to decide?"""
    campaign = queries.find_campaign(campaign_id)
    run = queries.run_of(campaign_id)
    needs = campaign is not None and run is not None and _is_due(campaign, run)
    db.session.rollback()
    return needs


def _is_due(campaign: Campaign, run: CampaignRun) -> bool:
    now = clock.now()
    if campaign.status is CampaignStatus.SENDING:
        if not campaign.is_pilot_passed:
            return _pilot_verdict(campaign, now)[0] is not PilotVerdict.WAIT
        if _why_stop(campaign, run) is not None:
            return True
    return is_complete(campaign, now)


def _pilot_verdict(campaign: Campaign, now: datetime) -> tuple[PilotVerdict, str | None]:
    answers = Answers.of(queries.message_counts(campaign.id, pilot_only=True))
    last_sent_at = db.session.scalar(
        select(func.max(Message.accepted_at)).where(
            Message.campaign_id == campaign.id, queries.IN_PILOT
        )
    )
    return judge_pilot(answers, last_sent_at, now, terms().failure_limit_percent)


def _judge_pilot(campaign: Campaign, run: CampaignRun, now: datetime) -> None:
    verdict, reason = _pilot_verdict(campaign, now)
    if verdict is PilotVerdict.STOP:
        pause_run(campaign, run, PauseKind.PILOT, reason, GATE)
    if verdict is PilotVerdict.PASS:
        pass_pilot(campaign, run, GATE)


def pass_pilot(campaign: Campaign, run: CampaignRun, by: Actor) -> None:
    """The rest may follow. What came so far counts no more against what comes."""
    campaign.is_pilot_passed = True
    note_judged(run)
    audit.record_of_campaign(
        AuditAction.CAMPAIGN_PILOT_PASSED,
        by,
        campaign.id,
        changes={"answers": run.judged_answers, "permanent_failures": run.judged_failures},
    )


def note_judged(run: CampaignRun) -> None:
    """From now on only answers that come later are judged."""
    answers = Answers.of(queries.message_counts(run.campaign_id))
    run.judged_answers, run.judged_failures = answers.all, answers.permanent


def _why_stop(campaign: Campaign, run: CampaignRun) -> str | None:
    answers = Answers.of(queries.message_counts(campaign.id))
    recent = answers.since(run.judged_failures, run.judged_answers)
    return judge_later(recent, terms().failure_limit_percent)


def _judge_later(campaign: Campaign, run: CampaignRun) -> None:
    reason = _why_stop(campaign, run)
    if reason is not None:
        pause_run(campaign, run, PauseKind.FAILURES, reason, GATE)


def _complete(campaign: Campaign, now: datetime) -> None:
    campaign.status = move(campaign.status, CampaignStatus.COMPLETED)
    campaign.ended_at = now
    counts = queries.message_counts(campaign.id)
    audit.record_of_campaign(
        AuditAction.CAMPAIGN_COMPLETED,
        GATE,
        campaign.id,
        changes={status.value: count for status, count in sorted(counts.items()) if count},
    )
