"""Released campaigns, a Notify in memory, and slices run to their end."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask

from outreach.domain.access import Role
from outreach.domain.campaign import CampaignStatus, move
from outreach.extensions import db
from outreach.jobs.pool import close_pools
from outreach.models import Campaign, Message, Setting
from outreach.sending import queries, service
from outreach.sending.delivery import run_slice
from outreach.sending.jobs import send_pool
from outreach.transaction import transaction
from tests.factories import acting, cast, make_campaign, notify_of
from tests.fakes.notify import FakeNotify


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
def released(app: Flask, notify: FakeNotify) -> Callable[..., Campaign]:
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


def messages(campaign: Campaign) -> list[Message]:
    db.session.rollback()
    found = db.session.query(Message).filter_by(campaign_id=campaign.id).order_by(Message.id)
    return list(found)


def statuses(campaign: Campaign) -> list[str]:
    return [message.status.value for message in messages(campaign)]
