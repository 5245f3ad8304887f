"""Backup and restore as docs/operating.md says, tried with PostgreSQL's own programs.

The backup is taken while a campaign is under way, and more happens after it. It is restored into
another database; what starts on it must be whole, and must text nobody twice.
"""

import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from outreach.audit import signing
from outreach.cli import doctor_checks
from outreach.cli.main import main
from outreach.domain.campaign import CampaignStatus
from outreach.extensions import db
from outreach.factory import create_app
from outreach.jobs.pool import close_pools
from outreach.jobs.worker import beat
from outreach.models import Campaign, Message, Setting
from outreach.sending import queries
from outreach.transaction import transaction
from tests.audit import log
from tests.conftest import HostClient
from tests.databases import PostgresCluster, binary
from tests.factories import make_campaign, notify_of
from tests.fakes.notify import FakeNotify
from tests.sending.stage import claim_only, later, messages, send
from tests.sending.test_resume_after_crash import post
from tests.settings import make_settings

STAFF, PUBLIC = "https://staff.example.org", "https://help.example.org"


@contextmanager
def running(url: str, folder: Path, notify: FakeNotify | None = None) -> Iterator[Flask]:
    """The service on that database, with the same Notify as before the loss."""
    settings = make_settings(database_url=url, instance_path=folder)
    app = create_app(replace(settings, staff_url=STAFF, public_url=PUBLIC))
    if notify is not None:
        app.extensions["outreach_gateway"] = notify
    with app.app_context():
        try:
            yield app
        finally:
            close_pools(app)
            app.extensions["outreach_engine"].close()
            db.session.remove()
            db.engine.dispose()


def run(program: str, *arguments: str) -> None:
    subprocess.run([binary(program), *arguments], check=True, capture_output=True)  # noqa: S603


def back_up(url: str, folder: Path) -> Path:
    path = folder / "outreach.dump"
    run("pg_dump", "--format=custom", f"--file={path}", url)
    return path


def restore(path: Path, url: str) -> None:
    run("pg_restore", "--exit-on-error", "--no-owner", f"--dbname={url}", str(path))


@pytest.fixture
def restored(postgres: PostgresCluster, tmp_path: Path) -> Iterator[tuple[str, FakeNotify]]:
    """A database that was lost after three of five texts had gone, and its backup from before."""
    lost, found = postgres.new_database(), postgres.new_database(template="template0")
    with running(lost, tmp_path) as app:
        notify = notify_of(app)
        campaign_id = make_campaign(app, CampaignStatus.SENDING).id
        with transaction():
            queries.lock_campaign(campaign_id).is_pilot_passed = True
            db.session.add(Setting(name="reply_number", value="07700900500"))
        log.make_log(3)
        saved = back_up(lost, tmp_path)
        post(notify, claim_only(), 3)
    postgres.drop_database(lost)
    restore(saved, found)
    yield found, notify
    postgres.drop_database(found)


def command(app: Flask, *words: str) -> str:
    ran = CliRunner().invoke(main, words)
    assert ran.exit_code == 0, ran.output
    return ran.output


def test_restored_service_starts_and_the_doctor_finds_nothing(
    restored: tuple[str, FakeNotify], tmp_path: Path
) -> None:
    url, notify = restored
    with running(url, tmp_path, notify) as app:
        beat()
        app.test_client_class = HostClient
        client = app.test_client()
        assert client.get("/sign-in", base_url=STAFF).status_code == 200
        assert client.get("/readyz", base_url=STAFF).status_code == 200
        found = {name: check() for name, check in doctor_checks.CHECKS}
        assert {name: each.words for name, each in found.items() if not each.is_well} == {}


def test_restored_audit_log_verifies_and_is_still_append_only(
    restored: tuple[str, FakeNotify], tmp_path: Path
) -> None:
    url, notify = restored
    with running(url, tmp_path, notify) as app:
        log.seal()
        log.assert_whole()
        path = tmp_path / "audit.jsonl"
        command(app, "audit", "export", str(path))
        key = signing.verifiers()[0].text()
        assert command(app, "audit", "verify", str(path), "--key", key).startswith("HOLDS")
        for act in ("DELETE FROM audit_event", "TRUNCATE audit_event CASCADE"):
            with pytest.raises(DBAPIError, match="append-only"):
                db.session.execute(text(act))
            db.session.rollback()


def test_restored_campaign_is_finished_and_nobody_is_texted_twice(
    restored: tuple[str, FakeNotify], tmp_path: Path
) -> None:
    url, notify = restored
    with running(url, tmp_path, notify) as app:
        campaign = db.session.query(Campaign).one()
        assert {message.status.value for message in messages(campaign)} == {"pending"}
        assert "5 waiting texts are looked up" in command(app, "reconcile", "--after-restore")
        with later(seconds=20):
            send(3)
        texted = Counter(each.to for each in notify.sent)
        assert len(texted) == 5
        assert set(texted.values()) == {1}
        assert queries.message_counts(campaign.id).total() == db.session.query(Message).count()
