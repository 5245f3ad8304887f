"""`outreach doctor`: every check says what is wrong and how to mend it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from click.testing import CliRunner
from flask import Flask

from outreach import clock, vault
from outreach.cli import doctor_checks as checks
from outreach.cli.main import main
from outreach.extensions import db
from outreach.jobs.worker import beat
from outreach.keys import KeyRing, new_key
from outreach.models import Setting
from outreach.retention import service as retention
from outreach.transaction import transaction
from tests.conftest import both_databases
from tests.retention.stage import erase_due, plant
from tests.retention.stage import later as retention_later


@both_databases
def test_migrated_database_is_well(app: Flask) -> None:
    assert checks.database().is_well
    assert checks.migrations().is_well
    assert checks.clocks().is_well


def test_notify_that_does_not_answer_is_told(app: Flask) -> None:
    finding = checks.notify()
    assert not finding.is_well
    assert "did not answer" in finding.words


def test_wrong_data_keys_are_told_by_the_name_of_the_missing_one(app: Flask) -> None:
    with transaction():
        db.session.add(vault.make_data_key("campaign", clock.now()))
    assert checks.data_keys().is_well
    right = vault.ring()
    vault.use(KeyRing.parse(new_key("other")))
    try:
        finding = checks.data_keys()
    finally:
        vault.use(right)
    assert not finding.is_well
    assert "Put back the key named k1" in finding.words


def test_missing_worker_is_told_and_a_live_one_is_well(app: Flask) -> None:
    assert "outreach worker" in checks.worker().words
    beat()
    assert checks.worker().is_well
    later = clock.now() + timedelta(minutes=2)
    with clock.set_to(lambda: later):
        assert not checks.worker().is_well


def test_a_night_that_nobody_works_is_told(app: Flask) -> None:
    planted = plant(app)
    assert checks.retention_runs().words == "none yet; 1 campaigns are due the next night"
    with transaction():
        retention.note_run()
    assert checks.retention_runs().is_well
    with retention_later(days=2, minutes=1):
        finding = checks.retention_runs()
        assert not finding.is_well
        assert "1 campaigns are due to be erased and no worker has done it." in finding.words
        erase_due()
        assert checks.retention_runs().is_well
    assert planted.campaign.erased_at is not None


def test_reply_number_is_asked_for(app: Flask) -> None:
    assert not checks.reply_number().is_well
    with transaction():
        db.session.add(Setting(name="reply_number", value="07700900500"))
    assert checks.reply_number().is_well


@pytest.mark.parametrize(
    ("staff_url", "is_well"),
    [
        ("https://outreach.example.org", True),
        ("http://outreach.example.org", False),
        ("https://127.0.0.1", False),
        ("https://localhost", False),
    ],
)
def test_callbacks_need_https_and_a_name(app: Flask, staff_url: str, is_well: bool) -> None:
    settings = app.extensions["outreach_settings"]
    app.extensions["outreach_settings"] = replace(settings, staff_url=staff_url)
    assert checks.callbacks().is_well is is_well


def test_one_host_name_for_both_is_wrong(app: Flask) -> None:
    settings = app.extensions["outreach_settings"]
    app.extensions["outreach_settings"] = replace(settings, public_url=settings.staff_url)
    assert not checks.two_host_names().is_well


def test_command_says_which_setting_is_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.chdir(str(tmp_path))
    monkeypatch.delenv("OUTREACH_SECRET_KEY", raising=False)
    answer = CliRunner().invoke(main, ["doctor"])
    assert answer.exit_code == 1
    assert "OUTREACH_SECRET_KEY is not set" in answer.output
