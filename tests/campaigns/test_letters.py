"""Approvers hear that something waits, requesters that it came back or stopped; nobody else does,
and the letter tells nothing to whoever should not have it."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.accounts import jobs, mailing
from outreach.domain.access import Role
from outreach.domain.campaign import CampaignStatus
from outreach.domain.mail import PLACEHOLDERS, MailKind
from outreach.domain.pausing import PauseKind
from outreach.extensions import db
from outreach.models import AuditEvent, Mail, Setting, User
from outreach.sending import pauses
from outreach.transaction import transaction
from tests.conftest import both_databases, sign_in
from tests.factories import cast, give_role, make_campaign, notify_of
from tests.fakes.notify import FakeNotify
from tests.settings import STAFF_URL

TITLE = "Operation Kestrel, Aldershot"
ADE, OLIVE, ROSA = "ade@example.org", "olive@example.org", "rosa@example.org"


@pytest.fixture
def notify(app: Flask) -> FakeNotify:
    """With the template for news of campaigns chosen."""
    fake = notify_of(app)
    words = " ".join(f"(({name}))" for name in PLACEHOLDERS[MailKind.CAMPAIGN_NEWS])
    with transaction():
        template = fake.add_template("News", words, kind="email")
        db.session.add(Setting(name=MailKind.CAMPAIGN_NEWS.setting, value=template.id))
    return fake


def work() -> None:
    """What the worker does at its next tick, twice."""
    for _ in range(2):
        for mail_id in mailing.due():
            jobs.send_letter(str(mail_id))


def readers(notify: FakeNotify) -> list[str]:
    """Who got a letter since the last time, once the worker has been."""
    work()
    found = [mail.to for mail in notify.sent]
    notify.sent.clear()
    return sorted(found)


@both_databases
def test_every_approver_who_may_decide_gets_one_letter(app: Flask, notify: FakeNotify) -> None:
    give_role(cast().requester, Role.APPROVER)  # she may approve, but not what she submitted
    make_campaign(app, CampaignStatus.SUBMITTED, title=TITLE)
    work()
    assert sorted(mail.to for mail in notify.sent) == [ADE, OLIVE]
    for mail in notify.sent:
        assert set(mail.personalisation) == PLACEHOLDERS[MailKind.CAMPAIGN_NEWS]
        assert mail.personalisation["link"] == f"{STAFF_URL}/approvals"
    sent = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "mail.sent")).all()
    assert [event.changes for event in sent] == [{"kind": "campaign_news"}] * 2


def test_letters_tell_nothing_of_the_campaign(app: Flask, notify: FakeNotify) -> None:
    make_campaign(app, CampaignStatus.RETURNED, title=TITLE)
    stop(make_campaign(app, CampaignStatus.SENDING, title=TITLE).id)
    work()
    assert len(notify.sent) == 6  # two approvers twice, the requester twice
    said = " ".join(" ".join(mail.personalisation.values()) for mail in notify.sent).lower()
    for secret in ("kestrel", "aldershot", "larkspur", "rosa", "riverside", "say who wrote this",
                   "campaign ", "text", "police", "5 ", "recipient"):  # fmt: skip
        assert secret not in said, secret


def stop(campaign_id: object, kind: PauseKind = PauseKind.FAILURES) -> None:
    with transaction():
        assert pauses.stop(campaign_id, kind, "Too many failed.")


def test_the_requester_hears_that_it_came_back(app: Flask, notify: FakeNotify) -> None:
    make_campaign(app, CampaignStatus.SUBMITTED)
    assert readers(notify) == [ADE, OLIVE]
    make_campaign(app, CampaignStatus.RETURNED)
    work()
    assert [m.to for m in notify.sent if "sent back" in m.personalisation["subject"]] == [ROSA]


def test_the_requester_hears_that_the_service_stopped_it(app: Flask, notify: FakeNotify) -> None:
    campaign_id = make_campaign(app, CampaignStatus.SENDING).id
    readers(notify)
    stop(campaign_id)
    assert readers(notify) == [ROSA]


def test_a_brake_that_a_person_pulled_is_no_news(app: Flask, notify: FakeNotify) -> None:
    campaign_id = make_campaign(app, CampaignStatus.SENDING).id
    readers(notify)
    stop(campaign_id, PauseKind.PERSON)
    assert readers(notify) == []


def test_who_cannot_sign_in_any_more_gets_no_letter(app: Flask, notify: FakeNotify) -> None:
    with transaction():
        db.session.get_one(User, cast().approver.id).active = False
    make_campaign(app, CampaignStatus.SUBMITTED)
    assert readers(notify) == [OLIVE]


def test_no_request_waits_for_the_letter(
    app: Flask, notify: FakeNotify, client_as: Callable[..., FlaskClient]
) -> None:
    draft = make_campaign(app)
    browser = sign_in(app.test_client(), cast().requester)
    answer = browser.post(
        f"/campaigns/{draft.id}/check", data={"declaration": "y"}, base_url=STAFF_URL
    )
    assert answer.status_code == 302
    assert notify.sent == []
    assert len(mailing.due()) == 2


@both_databases
def test_a_submission_that_is_not_kept_sends_nothing(
    app: Flask, notify: FakeNotify, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(mailing, "queue", fail)
    with pytest.raises(RuntimeError):
        make_campaign(app, CampaignStatus.SUBMITTED)
    db.session.rollback()
    assert db.session.scalars(select(Mail)).all() == []
    assert not db.session.scalars(
        select(AuditEvent).where(AuditEvent.action == "campaign.submitted")
    ).all()


def test_without_a_template_submitting_works_and_nothing_is_queued(app: Flask) -> None:
    make_campaign(app, CampaignStatus.SUBMITTED)
    assert db.session.scalars(select(Mail)).all() == []
