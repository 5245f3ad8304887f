"""Jobs of sending: slices that send, look-ups, the gate, and the ticks that find what is due.

A job is only a nudge to look at the tables. Each is short and comes again while there is more.
"""

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
from outreach.sending import daily, gate, holidays, queries, reconcile, record, silence
from outreach.sending.claim import is_open
from outreach.sending.delivery import SendPool, poster, run_slice
from outreach.sending.reconcile import LookupPool
from outreach.sending.terms import terms

log = logging.getLogger(__name__)

LOOKUP_THREADS = 8


@job
def send_slice() -> None:
    """Send for about a second, and come again while there is more."""
    problem = dispatcher.clock_problem()
    db.session.rollback()
    if problem is not None:
        log.error("nothing is sent from here: %s", problem)
        return
    holder = f"{WORKER_NAME}-{uuid4().hex[:8]}"[-80:]
    if run_slice(holder, send_pool()):
        engine().nudge(send_slice)


@tick(1)
def look_for_due_messages() -> None:
    """Nudge where messages are due and nobody is at work on them."""
    if _is_idle() and _has_due_campaign():
        engine().nudge(send_slice)
    db.session.rollback()


@job
def reconcile_unconfirmed() -> None:
    """Look up the next unconfirmed messages, and come again while there are more."""
    due = reconcile.take_due()
    if due:
        reconcile.submit_all(due, lookup_pool())
        engine().nudge(reconcile_unconfirmed)


@tick(2)
def look_for_unconfirmed() -> None:
    if reconcile.is_any_due():
        engine().nudge(reconcile_unconfirmed)
    db.session.rollback()


@job
def ask_about_silent() -> None:
    """Ask what became of messages without a receipt, and come again while answers come."""
    if silence.ask_about_some(context.gateway()):
        engine().nudge(ask_about_silent)


@tick(10)
def look_for_silent() -> None:
    if silence.is_any_due():
        engine().nudge(ask_about_silent)
    db.session.rollback()


@job
def check_the_day(older_than: str) -> None:
    """Hold a page of Notify's list against ours, and go on with the next."""
    following = daily.check_page(context.gateway(), older_than or None)
    if following is not None:
        engine().nudge(check_the_day, following)


@tick(60)
def look_for_daily_check() -> None:
    if daily.is_due():
        engine().nudge(check_the_day, "")
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


@job
def refresh_bank_holidays() -> None:
    holidays.refresh()


@tick(600)
def look_for_old_bank_holidays() -> None:
    """Once a day GOV.UK is asked for new ones; not by a demo, which keeps to this machine."""
    if not context.settings().is_demo and holidays.are_old():
        engine().nudge(refresh_bank_holidays)
    db.session.rollback()


def send_pool() -> SendPool:
    """The process's sending threads and their recorder."""
    app = context.application()

    def make() -> SendPool:
        return Pool(app, poster(lambda: app.extensions["outreach_gateway"]), record.write)

    return cast(SendPool, shared_pool(app, "sending", make))


def lookup_pool() -> LookupPool:
    """The process's threads that look messages up."""
    app = context.application()

    def make() -> LookupPool:
        work = reconcile.look_up(lambda: app.extensions["outreach_gateway"])
        return Pool(app, work, reconcile.write, threads=LOOKUP_THREADS)

    return cast(LookupPool, shared_pool(app, "look-up", make))


def _is_idle() -> bool:
    """Whether no dispatcher is at work and nothing stops all sending."""
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
