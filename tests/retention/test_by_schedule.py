"""The worker's night, and the command."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select

from outreach import clock
from outreach.cli.retention import retention
from outreach.domain.campaign import CampaignStatus
from outreach.extensions import db
from outreach.jobs.engine import engine
from outreach.models import Erasure
from outreach.retention import jobs, queries, service
from outreach.transaction import transaction
from tests.audit.pages import work
from tests.conftest import both_databases
from tests.factories import make_campaign
from tests.retention.stage import events, plant, recipients


def at_hour(hour: int) -> Callable[[], datetime]:
    """A clock that stands at that hour of today, in UTC."""
    at = datetime.combine(clock.now().date(), time(hour, 30), UTC)
    return lambda: at


@both_databases
def test_the_worker_erases_at_night_and_once(app: Flask) -> None:
    planted = plant(app)
    with clock.set_to(at_hour(3)):
        jobs.look_for_retention()
        work(app)
        assert planted.campaign.erased_at is not None
        assert [row.sealed for row in recipients(planted.campaign_id)] == [None, None]
        jobs.look_for_retention()
        assert engine().huey.pending() == []
    assert len(events("key.destroyed")) == 2


def test_the_worker_leaves_the_day_alone(app: Flask) -> None:
    planted = plant(app)
    with clock.set_to(at_hour(12)):
        jobs.look_for_retention()
        assert engine().huey.pending() == []
    assert planted.campaign.erased_at is None


def test_what_was_begun_is_gone_on_with_at_any_hour(app: Flask) -> None:
    planted = plant(app)
    with clock.set_to(at_hour(12)):
        with transaction():
            service.begin(planted.campaign_id, by=service.RETENTION)
        jobs.look_for_unfinished_erasures()
        work(app)
    assert [row.sealed for row in recipients(planted.campaign_id)] == [None, None]
    assert not queries.has_unfinished()


def test_a_long_list_takes_turns_with_other_jobs(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "SLICE", 1)
    planted = plant(app, size=9)
    with transaction():
        service.begin(planted.campaign_id, by=service.RETENTION)
    jobs.blank_erased()
    assert queries.has_unfinished()
    assert sum(db.session.scalars(select(Erasure.count))) >= 3
    assert [task.name for task in engine().huey.pending()] == ["blank_erased"]


def command(*options: str) -> str:
    ran = CliRunner().invoke(retention, options)
    assert ran.exit_code == 0, ran.output
    return ran.output


@both_databases
def test_the_command_previews_and_erases_nothing(app: Flask) -> None:
    planted = plant(app)
    said = command()
    assert str(planted.campaign_id) in said
    assert "2  Numbers, personalisation and referral codes" in said
    assert "completed, due " in said
    assert "What remains: the counts" in said
    assert "It never ran yet." in said
    assert planted.campaign.erased_at is None
    assert [event.actor for event in events("retention.previewed")] == ["command:retention"]


def test_the_command_says_what_stands_against_it(app: Flask) -> None:
    make_campaign(app, CampaignStatus.PAUSED)
    assert "kept: It has not ended. Complete or cancel it first." in command("--preview")


@both_databases
def test_the_command_erases_what_is_due(app: Flask) -> None:
    planted = plant(app)
    young = make_campaign(app, CampaignStatus.COMPLETED, title="Young")
    young_id = young.id
    assert "Erased 1 campaigns" in command("--run")
    assert planted.campaign.erased_at is not None
    assert all(row.sealed for row in recipients(young_id))
    assert "Erased 0 campaigns" in command("--run")


def test_the_command_erases_one_before_its_time(app: Flask) -> None:
    planted = plant(app, days_ago=1)
    assert "Erased 1 campaigns" in command("--run", "--campaign", str(planted.campaign_id))
    db.session.rollback()
    assert [row.sealed for row in recipients(planted.campaign_id)] == [None, None]
    ran = CliRunner().invoke(retention, ["--run", "--campaign", str(planted.campaign_id)])
    assert "erased already" in ran.output


def test_the_command_goes_on_with_what_was_begun(app: Flask) -> None:
    planted = plant(app)
    with transaction():
        service.begin(planted.campaign_id, by=service.RETENTION)
    command("--run")
    assert [row.sealed for row in recipients(planted.campaign_id)] == [None, None]


@pytest.mark.parametrize(
    ("status", "words"),
    [(CampaignStatus.DRAFT, "has not ended"), (CampaignStatus.SENDING, "has not ended")],
)
def test_the_command_refuses_one_that_has_not_ended(
    app: Flask, status: CampaignStatus, words: str
) -> None:
    campaign_id = make_campaign(app, status).id
    ran = CliRunner().invoke(retention, ["--run", "--campaign", str(campaign_id)])
    assert ran.exit_code == 1
    assert words in ran.output


def test_an_unknown_campaign_is_said_to_be(app: Flask) -> None:
    ran = CliRunner().invoke(retention, ["--campaign", str(uuid4())])
    assert (ran.exit_code, ran.output) == (1, "Error: There is no such campaign.\n")


def test_a_run_missed_at_night_is_made_up_for(app: Flask) -> None:
    with clock.set_to(at_hour(12)), transaction():
        service.note_run()
    planted = plant(app)
    missed = at_hour(12)() + timedelta(hours=27)
    with clock.set_to(lambda: missed):
        jobs.look_for_retention()
        work(app)
    assert planted.campaign.erased_at is not None
