"""A form that arrives after its session has run out is kept for its person."""

from collections.abc import Callable

import pytest
from flask import Flask, request

from outreach.accounts import jobs
from outreach.domain.access import Permission, Role
from outreach.extensions import db
from outreach.models import UserSession
from outreach.web.permissions import requires
from tests.accounts.conftest import Account, SetClock

Accounts = Callable[..., Account]
NOTE = "Spoke to her on Tuesday"


@pytest.fixture
def notes(app: Flask) -> list[str]:
    written: list[str] = []

    @requires(Permission.SIGNED_IN)
    def write() -> str:
        written.append(request.form["note"])
        return "written"

    app.add_url_rule("/tests/note", "tests.note", write, methods=["POST"])
    return written


def late(person: Account, time: SetClock) -> tuple[object, str]:
    """Send a note from a session that has run out; the browser, and where it is sent."""
    browser = person.sign_in()
    time.forward(minutes=45)
    answer = browser.post("/tests/note?of=7", data={"note": NOTE})
    assert answer.status_code == 302
    return browser, answer.location


def test_late_form_is_offered_after_signing_in_again(
    account: Accounts, notes: list[str], time: SetClock
) -> None:
    person = account()
    browser, sign_in_page = late(person, time)
    assert notes == []
    person.sign_in(browser, query="?" + sign_in_page.partition("?")[2])
    assert browser.landed_on == "/account/carry-on"
    page = browser.get("/account/carry-on").text
    assert NOTE in page
    answer = browser.post(
        "/account/carry-on", data={"note": NOTE, "confirm_to": "/tests/note?of=7"}
    )
    assert answer.status_code == 307
    assert browser.post(answer.location, data={"note": NOTE}).text == "written"
    assert browser.get("/account/carry-on").status_code == 302, "kept no longer"


def test_form_is_kept_also_where_the_end_was_written_down_before(
    account: Accounts, notes: list[str], time: SetClock
) -> None:
    person = account()
    browser = person.sign_in()
    time.forward(minutes=45)
    jobs.tidy_sessions()
    answer = browser.post("/tests/note", data={"note": NOTE})
    assert "carry-on" in answer.location


def test_nobody_else_is_offered_it(account: Accounts, notes: list[str], time: SetClock) -> None:
    late(account(Role.REQUESTER), time)
    other = account(Role.APPROVER).sign_in()
    assert other.get("/account/carry-on").status_code == 302


def test_it_is_sealed_and_gone_after_an_hour(
    account: Accounts, notes: list[str], time: SetClock
) -> None:
    person = account()
    late(person, time)
    row = db.session.scalars(db.select(UserSession)).one()
    assert row.kept is not None
    assert NOTE.encode() not in row.kept
    time.forward(minutes=61)
    jobs.tidy_sessions()
    db.session.rollback()
    assert db.session.scalars(db.select(UserSession)).one().kept is None
    assert person.sign_in().get("/account/carry-on").status_code == 302


def test_person_may_have_it_deleted(account: Accounts, notes: list[str], time: SetClock) -> None:
    person = account()
    late(person, time)
    browser = person.sign_in()
    assert browser.post("/account/carry-on/forget").status_code == 302
    assert browser.get("/account/carry-on").status_code == 302


def test_nothing_is_kept_of_a_session_that_somebody_ended(
    account: Accounts, notes: list[str]
) -> None:
    person = account()
    browser, thief = person.sign_in(), person.browser()
    browser.post("/sign-out")
    answer = thief.post("/tests/note", data={"note": NOTE})
    assert "carry-on" not in answer.location


def test_kept_form_is_sent_to_no_other_site(account: Accounts) -> None:
    browser = account().sign_in()
    answer = browser.post("/account/carry-on", data={"confirm_to": "https://evil.example/"})
    assert answer.location == "/"


def test_late_form_of_a_partner_is_not_kept_because_it_holds_a_code(
    account: Accounts, time: SetClock
) -> None:
    person = account(Role.PARTNER)
    browser = person.sign_in()
    time.forward(minutes=45)
    browser.post("/partner", data={"code": "E33B-F28G-M"})
    assert all(row.kept is None for row in db.session.scalars(db.select(UserSession)))
