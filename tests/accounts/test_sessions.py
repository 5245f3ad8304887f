"""How long a sign-in lasts, and everything that ends it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from outreach.accounts import jobs
from outreach.domain.access import Role
from outreach.extensions import db
from outreach.models import UserSession
from tests.accounts.conftest import (
    PASSWORD,
    Account,
    SetClock,
    copy_cookies,
    events,
    is_signed_in,
)
from tests.conftest import both_databases

Accounts = Callable[..., Account]


def sessions() -> list[UserSession]:
    db.session.rollback()
    return list(db.session.scalars(select(UserSession).order_by(UserSession.created_at)))


@both_databases
def test_signing_in_begins_a_session_that_names_the_browser(account: Accounts) -> None:
    account().sign_in()
    (row,) = sessions()
    assert row.browser == "Firefox on Windows"
    (event,) = events("session.signed_in")
    assert event.object_id == str(row.id)


def test_cookie_is_out_of_reach_of_scripts_and_other_sites(account: Accounts) -> None:
    person = account()
    flags = person.give_password(person.browser()).headers["Set-Cookie"]
    assert "HttpOnly" in flags
    assert "SameSite=Lax" in flags
    assert "Expires" not in flags, "it goes with the browser's window"


def test_token_in_the_table_opens_nothing(account: Accounts) -> None:
    browser = account().sign_in()
    with browser.session_transaction(base_url="http://staff.test") as cookie:
        token = cookie["sid"]
    (row,) = sessions()
    assert len(token) >= 43
    assert token.encode() not in row.token_hash


def test_copied_cookie_dies_when_its_owner_signs_out(account: Accounts) -> None:
    person = account()
    browser, thief = person.sign_in(), person.browser()
    copy_cookies(browser, thief)
    assert is_signed_in(thief)
    answer = browser.post("/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_signed_in(thief)
    assert not is_signed_in(browser)
    assert events("session.signed_out")


def test_session_ends_after_half_an_hour_without_an_act(account: Accounts, time: SetClock) -> None:
    browser = account().sign_in()
    time.forward(minutes=29)
    assert is_signed_in(browser)
    time.forward(minutes=30)
    answer = browser.get("/account")
    assert answer.status_code == 302
    assert "ended=1" in answer.location
    assert "You were signed out" in browser.get(answer.location).text


def test_page_that_asks_by_itself_does_not_keep_an_empty_chair_signed_in(
    account: Accounts, time: SetClock
) -> None:
    browser = account().sign_in()
    for _ in range(4):
        time.forward(minutes=8)
        browser.get("/account", headers={"Live-Request": "true"})
    assert not is_signed_in(browser)


def test_session_ends_after_twelve_hours_however_busy(account: Accounts, time: SetClock) -> None:
    browser = account().sign_in()
    for _ in range(29):
        time.forward(minutes=25)
        if not is_signed_in(browser):
            break
    assert time.at - sessions()[0].created_at >= timedelta(hours=12)
    assert not is_signed_in(browser)


def test_worker_writes_down_which_sessions_ran_out_and_forgets_old_ones(
    account: Accounts, time: SetClock
) -> None:
    account().sign_in()
    time.forward(minutes=31)
    jobs.tidy_sessions()
    assert sessions()[0].end_reason == "idle"
    assert events("session.ended")[0].changes["reason"] == "idle"
    time.forward(days=31)
    jobs.tidy_sessions()
    assert sessions() == []


@both_databases
def test_person_ends_a_session_of_theirs_from_another_browser(account: Accounts) -> None:
    person = account()
    here, there = person.sign_in(), person.sign_in()
    assert "Firefox on Windows" in here.get("/account/sessions").text
    other = sessions()[1]
    assert here.post(f"/account/sessions/{other.id}/end").status_code == 302
    assert not is_signed_in(there)
    assert is_signed_in(here)


def test_person_ends_all_other_sessions_at_once(account: Accounts) -> None:
    person = account()
    here, *others = [person.sign_in() for _ in range(3)]
    page = here.post("/account/sessions/end-others", follow_redirects=True)
    assert "2 other sessions ended" in page.text
    assert [is_signed_in(browser) for browser in (here, *others)] == [True, False, False]


def test_person_cannot_end_a_session_of_somebody_else(account: Accounts) -> None:
    victim = account(Role.APPROVER)
    browser = victim.sign_in()
    (row,) = sessions()
    attacker = account(Role.REQUESTER).sign_in()
    assert attacker.post(f"/account/sessions/{row.id}/end").status_code == 404
    assert is_signed_in(browser)


def test_changing_the_password_ends_every_other_session(account: Accounts) -> None:
    person = account()
    here, there = person.sign_in(), person.sign_in()
    new = "crimson ladder 47 quarry"
    answer = here.post(
        "/account/password",
        data={"password": PASSWORD, "new_password": new, "new_password_confirm": new},
    )
    assert answer.status_code == 302, answer.text
    assert is_signed_in(here)
    assert not is_signed_in(there)
    assert events("user.password_changed")


def test_switched_off_account_is_out_at_once(account: Accounts) -> None:
    person = account()
    browser = person.sign_in()
    person.user.active = False
    db.session.commit()
    assert not is_signed_in(browser)


def test_staying_is_an_act_and_says_how_long(account: Accounts, time: SetClock) -> None:
    browser = account().sign_in()
    time.forward(minutes=28)
    assert browser.post("/account/stay").text == "1800"
    time.forward(minutes=28)
    assert is_signed_in(browser)


@pytest.mark.parametrize("token", ["", "x", "0" * 43])
def test_cookie_with_another_token_opens_nothing(app: Flask, account: Accounts, token: str) -> None:
    browser = account().sign_in()
    with browser.session_transaction(base_url="http://staff.test") as cookie:
        cookie["sid"] = token
    assert not is_signed_in(browser)


def test_token_of_one_person_does_not_open_the_account_of_another(account: Accounts) -> None:
    mine, theirs = account(Role.REQUESTER), account(Role.ADMIN)
    browser = mine.sign_in()
    with browser.session_transaction(base_url="http://staff.test") as cookie:
        cookie["_user_id"] = theirs.user.fs_uniquifier
    assert not is_signed_in(browser)
