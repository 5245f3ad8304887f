"""The day's checkpoint, from the worker's tick to the auditor's inbox: the genuine client, Notify's
email side. What arrives is enough to hold the log to its word.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach import clock
from outreach.audit import exporting, mailing, signing, tree
from outreach.domain.access import Role
from outreach.domain.audit_verify import Trust, verify_export
from outreach.domain.checkpoint import find_note
from outreach.domain.signed_note import read_verifier
from outreach.models import User
from tests.audit.log import make_log, seal, write
from tests.audit.pages import newest_events, words
from tests.conftest import both_databases
from tests.notify.by_simulator import choose_template, emails, genuine_gateway, work_at
from tests.simulator.fixtures import notify, simulator_process
from tests.simulator.server import SimulatorProcess

__all__ = ["notify", "simulator_process"]

MORNING = datetime(2031, 3, 3, 6, 30, tzinfo=UTC)
BODY = "Keep this. It proves what the log held on ((date)).\n\n((checkpoint))\n\nKey:\n((key))"


@pytest.fixture
def inbox(
    app: Flask, notify: SimulatorProcess, person: Callable[..., User]
) -> Iterator[SimulatorProcess]:
    """Two auditors, a sealed log, a template at Notify, the genuine client."""
    for address in ("ann@example.org", "bob@example.org"):
        person(Role.AUDITOR, email=address)
    choose_template(notify, mailing.TEMPLATE, BODY, "Audit log, ((date))")
    with clock.set_to(lambda: MORNING - timedelta(days=3)):
        make_log(20)
    with genuine_gateway(app, notify):
        yield notify


def tick(app: Flask, at: datetime = MORNING) -> None:
    with clock.set_to(lambda: at):
        work_at(app, "find_mailings")


def told() -> int:
    """How many emails of a checkpoint the log tells of."""
    return len([e for e in newest_events(20) if e.action == "audit.checkpoint_emailed"])


@both_databases
def test_what_arrives_is_the_template_filled_in_and_proves_a_later_export(
    app: Flask, inbox: SimulatorProcess
) -> None:
    size = tree.newest().tree_size
    for minutes in (0, 1, 90):
        tick(app, MORNING + timedelta(minutes=minutes))
    arrived = emails(inbox)
    assert sorted(mail.to for mail in arrived) == ["ann@example.org", "bob@example.org"]
    assert told() == 2
    for mail in arrived:
        assert mail.subject == "Audit log, 3 March 2031"
        assert mail.body.startswith("Keep this. It proves what the log held on 3 March 2031.\n\n")
        assert mail.body.endswith(f"Key:\n{signing.verifiers()[0].text()}")
    write(300, start=50)
    seal()
    note, key = find_note(arrived[0].body), arrived[0].body.splitlines()[-1]
    head = exporting.head(exporting.Wanted())
    trust = Trust((read_verifier(key),), checkpoint=note)
    held = verify_export(exporting.lines(head), trust).compared_with
    assert held is not None
    assert held.size == size < head.size


@both_databases
def test_one_that_notify_took_before_the_connection_broke_is_not_sent_again(
    app: Flask, inbox: SimulatorProcess
) -> None:
    inbox.control.fault_on("reset-after-storing", remaining=2)
    tick(app)
    assert (len(emails(inbox)), told()) == (2, 0)
    tick(app, MORNING + timedelta(minutes=16))
    assert (len(emails(inbox)), told()) == (2, 2)


@both_databases
def test_a_worker_that_died_after_notify_took_one_sends_it_once(
    app: Flask, inbox: SimulatorProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clock.set_to(lambda: MORNING), monkeypatch.context() as patched:
        patched.setattr(mailing, "_settle", die)
        with pytest.raises(KeyboardInterrupt):
            mailing.send_due(app.extensions["outreach_gateway"])
    assert (len(emails(inbox)), told()) == (1, 0)
    for minutes in (1, 3):
        tick(app, MORNING + timedelta(minutes=minutes))
    assert sorted(mail.to for mail in emails(inbox)) == ["ann@example.org", "bob@example.org"]
    assert told() == 2


def die(*_: object) -> None:
    raise KeyboardInterrupt


@both_databases
def test_a_missing_one_is_seen_with_notifys_reason_until_one_arrives(
    app: Flask, inbox: SimulatorProcess, as_auditor: FlaskClient
) -> None:
    archived = mailing.template_id()
    inbox.control.archive_template(str(archived))
    tick(app)
    assert emails(inbox) == []
    with clock.set_to(lambda: MORNING):
        said = words(as_auditor.get("/audit").text)
    assert "No checkpoint was emailed to auditors in the last 26 hours." in said
    assert "GOV.UK Notify said:" in said
    assert "has been deleted" in said
    choose_template(inbox, mailing.TEMPLATE, BODY, "Audit log, ((date))")
    tick(app, MORNING + timedelta(minutes=20))
    assert len(emails(inbox)) == 3  # who reads the page is an auditor too
    with clock.set_to(lambda: MORNING + timedelta(minutes=21)):
        assert "No checkpoint was emailed" not in words(as_auditor.get("/audit").text)
