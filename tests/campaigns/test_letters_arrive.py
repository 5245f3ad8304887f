"""From the button to the inbox: the worker, the genuine client, and Notify's email side."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from outreach import clock
from outreach.accounts.jobs import SETTLE
from outreach.domain.campaign import CampaignStatus
from outreach.domain.mail import MailKind
from outreach.domain.pausing import PauseKind
from outreach.extensions import db
from outreach.models import AuditEvent, Campaign, Mail, User
from outreach.sending import pauses
from outreach.transaction import transaction
from tests.conftest import HostClient, both_databases, sign_in
from tests.factories import cast, make_campaign, notify_of
from tests.notify.by_simulator import (
    choose_template,
    emails,
    genuine_gateway,
    killed_at_the_end,
    wait_until,
    work_at,
)
from tests.settings import STAFF_URL
from tests.simulator.fixtures import notify, simulator_process
from tests.simulator.server import SimulatorProcess

__all__ = ["notify", "simulator_process"]

BODY = "Hello from Outreach.\n\n((message))\n\nGo to ((link)) to sign in."
ADE, OLIVE, ROSA = "ade@example.org", "olive@example.org", "rosa@example.org"
WAITING = (
    "Hello from Outreach.\n\nA colleague has asked for an approval. Sign in to read it and to"
    f" decide.\n\nGo to {STAFF_URL}/approvals to sign in."
)


@pytest.fixture
def draft(app: Flask, notify: SimulatorProcess) -> Iterator[Campaign]:
    """A campaign ready to submit, its template and that for news at Notify, the genuine client."""
    made = make_campaign(app)
    template = notify_of(app).templates[str(made.template_id)]
    notify.control.add_template(template.name, template.body, id=template.id)
    choose_template(notify, MailKind.CAMPAIGN_NEWS.setting, BODY, "Outreach: ((subject))")
    with genuine_gateway(app, notify):
        yield made


def browser_of(app: Flask, user: User) -> FlaskClient:
    app.test_client_class = HostClient
    return sign_in(app.test_client(), user)


def submit(app: Flask, draft: Campaign) -> None:
    path = f"/campaigns/{draft.id}/check"
    answer = browser_of(app, cast().requester).post(path, data={"declaration": "y"})
    assert answer.status_code == 302


@both_databases
def test_submitting_brings_every_approver_a_letter(
    app: Flask, notify: SimulatorProcess, draft: Campaign
) -> None:
    submit(app, draft)
    assert emails(notify) == []
    for _ in range(2):
        work_at(app, "find_mail")
    arrived = emails(notify)
    assert sorted(mail.to for mail in arrived) == [ADE, OLIVE]
    for mail in arrived:
        assert mail.subject == "Outreach: Something waits for your decision in Outreach"
        assert mail.body == WAITING


@both_databases
def test_sending_back_and_stopping_bring_the_requester_a_letter(
    app: Flask, notify: SimulatorProcess, draft: Campaign
) -> None:
    submit(app, draft)
    work_at(app, "find_mail")
    reason = {"reason": "Say who wrote this."}
    browser_of(app, cast().approver).post(f"/approvals/{draft.id}/return", data=reason)
    work_at(app, "find_mail")
    back = emails(notify)[-1]
    assert back.to == ROSA
    assert "An approver has sent it back and says why." in back.body
    assert reason["reason"] not in back.body
    stopped = running_campaign(app)
    with transaction():
        assert pauses.stop(stopped, PauseKind.FAILURES, "Too many failed.")
    work_at(app, "find_mail")
    news = [mail for mail in emails(notify) if "stopped it by itself" in mail.body]
    assert [mail.to for mail in news] == [ROSA]


def running_campaign(app: Flask) -> UUID:
    """Made with a Notify in memory, which is put away again."""
    genuine = app.extensions["outreach_gateway"]
    made = make_campaign(app, CampaignStatus.SENDING).id
    app.extensions["outreach_gateway"] = genuine
    return made


@both_databases
def test_a_letter_that_notify_took_before_the_connection_broke_is_not_sent_again(
    app: Flask, notify: SimulatorProcess, draft: Campaign
) -> None:
    submit(app, draft)
    notify.control.fault_on("reset-after-storing", remaining=2)
    work_at(app, "find_mail")
    assert told("mail.sent") == 0
    assert len(emails(notify)) == 2
    later = clock.now() + SETTLE + timedelta(seconds=1)
    with clock.set_to(lambda: later):
        work_at(app, "find_mail")
    assert sorted(mail.to for mail in emails(notify)) == [ADE, OLIVE]
    assert told("mail.sent") == 2


@both_databases
@pytest.mark.timeout(120)
def test_a_worker_killed_after_notify_took_the_letters_sends_none_twice(
    app: Flask, notify: SimulatorProcess, draft: Campaign
) -> None:
    """A real process and SIGKILL; only the wait before the look-up is cut short."""
    submit(app, draft)
    notify.control.fault_on("hang-after-storing")
    with killed_at_the_end(app, notify):
        wait_until(lambda: len(emails(notify)) == 2)
    assert states() == {"sending"}
    notify.control.faults_off()
    with transaction():
        db.session.execute(update(Mail).values(due_at=clock.now()))
    with killed_at_the_end(app, notify):
        wait_until(lambda: states() == {"sent"})
    assert sorted(mail.to for mail in emails(notify)) == [ADE, OLIVE]
    assert told("mail.sent") == 2


def states() -> set[str]:
    db.session.rollback()
    return set(db.session.scalars(select(Mail.state)))


def told(action: str) -> int:
    db.session.rollback()
    count = select(func.count()).select_from(AuditEvent).where(AuditEvent.action == action)
    return db.session.scalar(count) or 0
