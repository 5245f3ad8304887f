"""Jobs of sending: slices that send, the gate, and the ticks that find what is due."""

import logging
from typing import cast
from uuid import uuid4

from outreach import clock
from outreach.domain.campaign import CampaignStatus
from outreach.extensions import db
from outreach.jobs import context, dispatcher
from outreach.jobs.engine import engine, job, tick
from outreach.jobs.pool import Pool, shared_pool
from outreach.jobs.worker import WORKER_NAME
from outreach.models import Dispatcher
from outreach.sending import gate, queries, record
from outreach.sending.claim import is_open
from outreach.sending.delivery import SendPool, poster, run_slice
from outreach.sending.terms import terms

log = logging.getLogger(__name__)


@job
def send_slice() -> None:
    """Send for about a second, and come again while there is more."""
    problem = dispatcher.clock_problem()
    if problem is not None:
        log.error("nothing is sent from here: %s", problem)
        return
    holder = f"{WORKER_NAME}-{uuid4().hex[:8]}"
    if run_slice(holder, send_pool()):
        engine().nudge(send_slice)


@tick(1)
def look_for_due_messages() -> None:
    """Nudge where messages are due and nobody is at work on them."""
    if _is_idle() and _has_due_campaign():
        engine().nudge(send_slice)
    db.session.rollback()


@job
def judge_campaigns() -> None:
    gate.judge_running_campaigns()


@tick(2)
def look_at_running_campaigns() -> None:
    """Pilot, failures, completion: decided soon after the receipts that decide them."""
    if queries.campaigns_in({CampaignStatus.SENDING, CampaignStatus.PAUSED}):
        engine().nudge(judge_campaigns)
    db.session.rollback()


def send_pool() -> SendPool:
    """The process's sending threads and their recorder."""
    app = context.application()

    def make() -> SendPool:
        work = poster(lambda: app.extensions["outreach_gateway"])
        return Pool(app, work, record.write)

    return cast(SendPool, shared_pool(app, "sending", make))


def _is_idle() -> bool:
    row = db.session.get(Dispatcher, dispatcher.key_name(context.settings()))
    now = clock.now()
    if row is None:
        return True
    if row.paused_until is not None and row.paused_until > now:
        return False
    return row.holder is None or row.lease_until is None or row.lease_until <= now


def _has_due_campaign() -> bool:
    bound, now = terms(), clock.now()
    for campaign_id in queries.campaigns_in({CampaignStatus.SENDING}):
        campaign = queries.find_campaign(campaign_id)
        if campaign is not None and is_open(campaign, bound, now):
            pilot_only = not campaign.is_pilot_passed
            if queries.has_pending(campaign_id, pilot_only=pilot_only):
                return True
    return False
