"""Letters go through Notify's email templates, once each, and nothing secret is left behind."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from outreach.accounts import jobs, mailing
from outreach.domain.mail import PLACEHOLDERS, Letter, MailKind
from outreach.extensions import db
from outreach.models import Mail, Setting
from outreach.notify.results import Ambiguous, KeyRefused, Refused
from outreach.transaction import transaction
from tests.accounts.conftest import Account, SetClock, events, is_signed_in
from tests.conftest import as_shown, both_databases
from tests.fakes.notify import FakeNotify

Accounts = Callable[..., Account]
NEW = "crimson ladder 47 quarry"


@pytest.fixture
def notify(app: Flask) -> FakeNotify:
    """Notify with an email template for every kind of letter, each chosen in the settings."""
    fake = FakeNotify.installed_in(app)
    for kind in MailKind:
        words = " ".join(f"(({name}))" for name in sorted(PLACEHOLDERS[kind]))
        template = fake.add_template(kind.value, words, kind="email")
        with transaction():
            db.session.add(Setting(name=kind.setting, value=template.id))
    return fake


def work() -> None:
    """What the worker does at its next tick."""
    for mail_id in mailing.due():
        jobs.send_letter(str(mail_id))


def the_mail() -> Mail:
    db.session.rollback()
    return db.session.scalars(select(Mail)).one()


def a_letter() -> None:
    with transaction():
        mailing.queue(
            Letter(MailKind.ACCOUNT_NOTICE, "rae@example.org", {"subject": "S", "message": "M"})
        )


@both_databases
def test_forgotten_password_is_chosen_anew_by_a_link_in_a_letter(
    account: Accounts, notify: FakeNotify
) -> None:
    person = account()
    here = person.sign_in()
    page = person.browser().post("/sign-in/forgotten", data={"email": person.email.upper()})
    assert "is on its way" in page.text
    work()
    (letter,) = notify.sent
    assert letter.to == person.email
    assert set(letter.personalisation) == PLACEHOLDERS[MailKind.PASSWORD_RESET]
    link = letter.personalisation["link"].removeprefix("http://staff.test")
    answer = person.browser().post(link, data={"password": NEW, "password_confirm": NEW})
    assert answer.location == "/sign-in"
    assert not is_signed_in(here), "every session is over"
    assert person.give_password(person.browser()).status_code == 200
    assert person.give_password(person.browser(), NEW).status_code == 302
    assert events("user.password_reset_asked")
    assert events("user.password_changed")


def test_link_works_once_and_for_two_hours(
    account: Accounts, notify: FakeNotify, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = account()
    person.browser().post("/sign-in/forgotten", data={"email": person.email})
    work()
    link = notify.sent[0].personalisation["link"].removeprefix("http://staff.test")
    import itsdangerous.timed as timed

    now = timed.TimestampSigner.get_timestamp
    with monkeypatch.context() as later:
        later.setattr(timed.TimestampSigner, "get_timestamp", lambda self: now(self) + 7201)
        page = person.browser().get(link, follow_redirects=True)
        assert "too old" in page.text
    browser = person.browser()
    browser.post(link, data={"password": NEW, "password_confirm": NEW})
    again = person.browser().get(link, follow_redirects=True)
    assert "does not work" in again.text


def test_unknown_address_gets_the_same_page_and_no_letter(
    account: Accounts, notify: FakeNotify
) -> None:
    person = account()
    browser = person.browser()
    known = browser.post("/sign-in/forgotten", data={"email": person.email}).text
    unknown = person.browser().post("/sign-in/forgotten", data={"email": "no@example.org"}).text
    assert as_shown(known).replace(person.email, "no@example.org") == as_shown(unknown)
    work()
    assert [letter.to for letter in notify.sent] == [person.email]


def test_letters_are_not_sent_without_end(account: Accounts, notify: FakeNotify) -> None:
    person = account()
    pages = [
        person.browser().post("/sign-in/forgotten", data={"email": person.email}).text
        for _ in range(4)
    ]
    assert "Wait 15 minutes" in pages[3]
    assert db.session.query(Mail).count() == 3


def test_page_says_so_where_no_template_is_chosen(account: Accounts) -> None:
    person = account()
    page = person.browser().get("/sign-in/forgotten").text
    assert "not set up to send links by email" in page
    person.browser().post("/sign-in/forgotten", data={"email": person.email})
    assert db.session.query(Mail).count() == 0


def test_change_of_password_is_told_by_letter(account: Accounts, notify: FakeNotify) -> None:
    person = account()
    browser = person.sign_in()
    data = {"password": "lantern orchard 92 harbour", "new_password": NEW}
    browser.post("/account/password", data={**data, "new_password_confirm": NEW})
    work()
    assert "password was changed" in notify.sent[0].personalisation["subject"]


def test_letter_waits_sealed_and_is_blanked_once_it_is_sent(notify: FakeNotify) -> None:
    a_letter()
    assert b"rae@example.org" not in (the_mail().sealed or b"")
    work()
    row = the_mail()
    assert (row.state, row.sealed) == ("sent", None)
    work()
    assert len(notify.sent) == 1
    assert events("mail.sent")[0].changes == {"kind": "account_notice"}


def test_unclear_answer_is_looked_up_before_it_is_sent_again(
    notify: FakeNotify, time: SetClock
) -> None:
    a_letter()
    notify.answers.append(Ambiguous("the connection failed"))
    work()
    assert the_mail().state == "sending"
    work()
    assert notify.sent == [], "not before it is settled"
    time.forward(minutes=3)
    work()
    assert len(notify.sent) == 1


def test_worker_that_died_in_between_sends_no_letter_twice(
    notify: FakeNotify, time: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_letter()
    with monkeypatch.context() as dying:
        dying.setattr(jobs, "_settle", lambda *_: None)
        work()
    assert the_mail().state == "sending"
    time.forward(minutes=3)
    work()
    assert len(notify.sent) == 1
    assert the_mail().state == "sent"


def test_letter_that_notify_refuses_is_given_up_and_written_down(notify: FakeNotify) -> None:
    a_letter()
    notify.answers.append(Refused(400, "BadRequestError", "Missing personalisation: x"))
    work()
    row = the_mail()
    assert (row.state, row.sealed, row.failure) == ("failed", None, "Missing personalisation: x")
    assert events("mail.refused")


def test_letter_is_tried_again_while_the_key_is_refused_and_not_for_ever(
    notify: FakeNotify, time: SetClock
) -> None:
    a_letter()
    notify.answers.extend([KeyRefused(403, "AuthError", "Invalid token")] * 9)
    for _ in range(12):
        work()
        time.forward(minutes=20)
    row = the_mail()
    assert (row.state, row.tries, row.sealed) == ("failed", 8, None)
