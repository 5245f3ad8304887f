"""The day's checkpoint goes to every auditor by email, once; that it did not is seen."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach import clock
from outreach.audit import jobs, mailing, signing, tree
from outreach.cli.doctor_checks import checkpoint_mail
from outreach.domain.access import Role
from outreach.domain.checkpoint import find_note, open_checkpoint
from outreach.extensions import db
from outreach.models import AuditMailing, Setting, User
from outreach.notify.results import Ambiguous, LookupFailed, Refused
from outreach.transaction import transaction
from tests.audit.log import make_log
from tests.audit.pages import newest_events, words, work
from tests.conftest import both_databases
from tests.fakes.notify import FakeNotify

MORNING = datetime(2031, 3, 3, 6, 30, tzinfo=UTC)
BODY = "Keep this message. It proves what the log held on ((date)).\n\n((checkpoint))"


@pytest.fixture
def notify(app: Flask) -> FakeNotify:
    return FakeNotify.installed_in(app)


@pytest.fixture
def auditors(app: Flask, notify: FakeNotify, person: Callable[..., User]) -> list[str]:
    """Two auditors, somebody else, a sealed log and a template that was chosen."""
    addresses = ["ann@example.org", "bob@example.org"]
    for address in addresses:
        person(Role.AUDITOR, email=address)
    person(Role.APPROVER, email="cat@example.org")
    choose(notify.add_template("Checkpoint", BODY, kind="email").id)
    with clock.set_to(lambda: MORNING - timedelta(days=3)):
        make_log(20)
    return addresses


def choose(template_id: str) -> None:
    with transaction():
        db.session.merge(Setting(name=mailing.TEMPLATE, value=template_id))


def tick(app: Flask, at: datetime = MORNING) -> None:
    with clock.set_to(lambda: at):
        jobs.find_mailings()
        work(app)


@both_databases
def test_every_auditor_gets_the_newest_checkpoint_once_a_day(
    app: Flask, notify: FakeNotify, auditors: list[str]
) -> None:
    for minutes in (0, 1, 60, 600):
        tick(app, MORNING + timedelta(minutes=minutes))
    assert [mail.to for mail in notify.sent] == auditors
    values = notify.sent[0].personalisation
    assert values["date"] == "3 March 2031"
    note = find_note(f"Dear auditor,\n{values['checkpoint']}")
    assert open_checkpoint(note, signing.verifiers()).checkpoint.size == tree.newest().tree_size
    assert values["key"] == signing.verifiers()[0].text()
    tick(app, MORNING + timedelta(days=1))
    assert len(notify.sent) == 4
    assert len({mail.reference for mail in notify.sent}) == 4


@both_databases
def test_each_email_is_an_event_without_the_address(
    app: Flask, notify: FakeNotify, auditors: list[str]
) -> None:
    tick(app)
    events = [e for e in newest_events(10) if e.action == "audit.checkpoint_emailed"]
    assert len(events) == 2
    assert {e.category for e in events} == {"disclosure"}
    assert "@" not in " ".join(str(e.changes) for e in events)


def test_nothing_is_sent_before_six_in_london(
    app: Flask, notify: FakeNotify, auditors: list[str]
) -> None:
    tick(app, datetime(2031, 3, 3, 5, 59, tzinfo=UTC))
    tick(app, datetime(2031, 7, 3, 4, 59, tzinfo=UTC))
    assert notify.sent == []
    tick(app, datetime(2031, 7, 3, 5, 1, tzinfo=UTC))
    assert len(notify.sent) == 2


@both_databases
def test_a_refused_email_is_tried_again_and_seen(
    app: Flask, as_auditor: FlaskClient, notify: FakeNotify, auditors: list[str]
) -> None:
    notify.answers = [Refused(400, "BadRequestError", "Template is archived")] * 3
    tick(app)
    assert notify.sent == []
    tick(app, MORNING + timedelta(minutes=5))
    assert notify.sent == []
    with clock.set_to(lambda: MORNING + timedelta(minutes=6)):
        said = words(as_auditor.get("/audit").text)
    assert "No checkpoint was emailed to auditors in the last 26 hours." in said
    assert "GOV.UK Notify said: Template is archived" in said
    tick(app, MORNING + timedelta(minutes=20))
    assert len(notify.sent) == 3
    with clock.set_to(lambda: MORNING + timedelta(minutes=21)):
        assert "No checkpoint was emailed" not in words(as_auditor.get("/audit").text)


def test_one_without_a_clear_answer_is_sent_again(
    app: Flask, notify: FakeNotify, auditors: list[str]
) -> None:
    notify.answers = [Ambiguous("timed out")]
    tick(app)
    assert [mail.to for mail in notify.sent] == auditors[1:]
    tick(app, MORNING + timedelta(minutes=20))
    assert sorted(mail.to for mail in notify.sent) == auditors


@both_databases
def test_a_worker_that_died_after_sending_sends_nothing_twice(
    app: Flask, notify: FakeNotify, auditors: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with clock.set_to(lambda: MORNING), monkeypatch.context() as patched:
        patched.setattr(mailing, "_settle", _die_unsettled)
        with pytest.raises(KeyboardInterrupt):
            mailing.send_due(notify)
    tick(app, MORNING + timedelta(minutes=1))
    tick(app, MORNING + timedelta(minutes=3))
    assert [mail.to for mail in notify.sent] == auditors
    assert len([e for e in newest_events(10) if e.action == "audit.checkpoint_emailed"]) == 2
    with clock.set_to(lambda: MORNING + timedelta(minutes=4)):
        assert not mailing.is_due()


def _die_unsettled(*_: object) -> None:
    raise KeyboardInterrupt


def test_where_the_look_up_fails_nothing_is_sent_until_it_succeeds(
    app: Flask, notify: FakeNotify, auditors: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    notify.answers = [Ambiguous("timed out")] * 2
    tick(app)
    with monkeypatch.context() as patched:
        patched.setattr(notify, "find_by_reference", lambda _: LookupFailed("timed out"))
        tick(app, MORNING + timedelta(minutes=20))
    assert notify.sent == []
    tick(app, MORNING + timedelta(minutes=40))
    assert [mail.to for mail in notify.sent] == auditors


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_several_workers_at_once_send_one_each(
    app: Flask, notify: FakeNotify, auditors: list[str]
) -> None:
    def worker() -> None:
        with app.app_context():
            mailing.send_due(notify)
            db.session.remove()

    with clock.set_to(lambda: MORNING):
        threads = [threading.Thread(target=worker) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(mail.to for mail in notify.sent) == auditors


@both_databases
def test_the_doctor_tells_of_the_last_one_and_of_a_missing_one(
    app: Flask, notify: FakeNotify, auditors: list[str]
) -> None:
    with clock.set_to(lambda: MORNING):
        finding = checkpoint_mail()
    assert (finding.is_well, finding.words) == (False, "never sent.")
    tick(app)
    with clock.set_to(lambda: MORNING + timedelta(hours=25)):
        finding = checkpoint_mail()
    assert finding.is_well
    assert finding.words == "last sent on 3 March 2031 at 6:30am, and none is late"
    with clock.set_to(lambda: MORNING + timedelta(hours=27)):
        assert not checkpoint_mail().is_well


def test_a_worker_that_died_while_sending_is_made_up_for(
    app: Flask, notify: FakeNotify, auditors: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with clock.set_to(lambda: MORNING), monkeypatch.context() as patched:
        patched.setattr(notify, "send_email", _die)
        with pytest.raises(KeyboardInterrupt):
            mailing.send_due(notify)
    tick(app, MORNING + timedelta(minutes=1))
    assert [mail.to for mail in notify.sent] == auditors[1:]
    tick(app, MORNING + timedelta(minutes=3))
    assert sorted(mail.to for mail in notify.sent) == auditors


def _die(**_: object) -> None:
    raise KeyboardInterrupt


def test_with_no_template_chosen_nothing_is_sent_and_the_page_says_why(
    app: Flask, as_auditor: FlaskClient, notify: FakeNotify, auditors: list[str]
) -> None:
    with transaction():
        db.session.delete(db.session.get_one(Setting, mailing.TEMPLATE))
    tick(app)
    assert notify.sent == []
    assert db.session.scalars(select(AuditMailing)).all() == []
    with clock.set_to(lambda: MORNING):
        said = words(as_auditor.get("/audit/verification").text)
    assert "An administrator has not chosen the email template for it." in said


def test_a_new_log_is_not_yet_late(app: Flask, as_auditor: FlaskClient) -> None:
    make_log(3)
    assert "No checkpoint was emailed" not in words(as_auditor.get("/audit").text)


def test_an_auditor_who_joins_in_the_morning_gets_it_too(
    app: Flask, notify: FakeNotify, auditors: list[str], person: Callable[..., User]
) -> None:
    tick(app)
    person(Role.AUDITOR, email="dan@example.org")
    tick(app, MORNING + timedelta(hours=1))
    assert notify.sent[-1].to == "dan@example.org"
    assert len(notify.sent) == 3
