"""Released campaigns, a Notify in memory, and slices run to their end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from outreach import clock
from outreach.domain.access import Role
from outreach.domain.campaign import CampaignStatus, move
from outreach.extensions import db
from outreach.jobs import context, dispatcher
from outreach.jobs.pool import close_pools
from outreach.models import AuditEvent, Campaign, Message, Organisation, Setting
from outreach.sending import queries, reconcile, service
from outreach.sending.batch import Batch
from outreach.sending.claim import claim
from outreach.sending.delivery import run_slice
from outreach.sending.jobs import lookup_pool, send_pool
from outreach.transaction import transaction
from tests.factories import acting, cast, make_campaign, notify_of
from tests.fakes.notify import FakeNotify
from tests.settings import PUBLIC_URL


@pytest.fixture
def notify(app: Flask) -> FakeNotify:
    return notify_of(app)


@pytest.fixture(autouse=True)
def threads_end(app: Flask) -> Iterator[None]:
    yield
    close_pools(app)


@pytest.fixture
def settings(app: Flask) -> Callable[..., None]:
    """A function that sets named settings."""

    def put(**values: object) -> None:
        with transaction():
            for name, value in values.items():
                db.session.merge(Setting(name=name, value=value))

    return put


def approve(campaign: Campaign) -> None:
    """As an approver does; the approvals pages have tests of their own."""
    campaign = queries.lock_campaign(campaign.id)
    campaign.status = move(campaign.status, CampaignStatus.APPROVED)
    campaign.approved_at = datetime(2026, 11, 3, tzinfo=UTC)
    campaign.approved_by_id = cast().approver.id


@pytest.fixture
def released(
    app: Flask, notify: FakeNotify, partner_organisation: Organisation
) -> Callable[..., Campaign]:
    """A function that makes a campaign and releases it; the pilot counts as passed unless told."""

    def make(*, is_pilot_passed: bool = True, **options: object) -> Campaign:
        campaign = make_campaign(app, CampaignStatus.SUBMITTED, **options)
        by = acting(cast().approver, Role.APPROVER)
        with transaction():
            approve(campaign)
        with transaction():
            service.release(campaign, by=by)
            queries.lock_campaign(campaign.id).is_pilot_passed = is_pilot_passed
        return queries.find_campaign(campaign.id)

    return make


def send(slices: int = 1) -> int:
    """Run this many slices and wait for what came of them; how many had something to do."""
    pool = send_pool()
    done = sum(run_slice(f"test-{number}", pool) for number in range(slices))
    assert pool.drain(20)
    db.session.rollback()
    return done


def claim_only(holder: str = "a-worker-that-dies") -> Batch:
    """The intent is committed, and then nothing more happens."""
    with transaction():
        batch = claim(dispatcher.key_name(context.settings()), holder, PUBLIC_URL)
    assert batch is not None
    return batch


def reconcile_now() -> int:
    """Look up whatever is due and write it down; how many that were."""
    count = 0
    while due := reconcile.take_due():
        reconcile.submit_all(due, lookup_pool())
        count += len(due)
        assert lookup_pool().drain(20)
    db.session.rollback()
    return count


@contextmanager
def later(**duration: float) -> Iterator[None]:
    """Within the block it is so much later."""
    moment = clock.now() + timedelta(**duration)
    with clock.set_to(lambda: moment):
        yield


def actions(campaign: Campaign) -> list[str]:
    """The audit trail of a campaign, by action."""
    events = db.session.query(AuditEvent).filter_by(campaign_id=campaign.id)
    return [event.action for event in events.order_by(AuditEvent.id)]


def status_of(campaign: Campaign) -> CampaignStatus:
    db.session.rollback()
    return queries.find_campaign(campaign.id).status


def messages(campaign: Campaign) -> list[Message]:
    db.session.rollback()
    found = db.session.query(Message).filter_by(campaign_id=campaign.id).order_by(Message.id)
    return list(found)


def statuses(campaign: Campaign) -> list[str]:
    return [message.status.value for message in messages(campaign)]
