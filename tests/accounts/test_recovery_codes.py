"""Recovery codes: shown once, used once, kept as hashes."""

import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask.testing import FlaskClient

from outreach.extensions import db
from tests.accounts.conftest import Account, SetClock, events, is_signed_in
from tests.conftest import both_databases

Accounts = Callable[..., Account]
CODE = re.compile(r"<code>(\w{4}-\w{4}-\w{4}-\w{4})</code>")


def make_codes(browser: FlaskClient) -> list[str]:
    codes = CODE.findall(browser.post("/account/recovery-codes").text)
    assert len(set(codes)) == 10
    return codes


def test_code_takes_the_place_of_the_app_once(account: Accounts) -> None:
    person = account()
    code = make_codes(person.sign_in())[3]
    first, second = person.browser(), person.browser()
    for browser in (first, second):
        person.give_password(browser)
        browser.post("/sign-in/recovery-code", data={"code": code.lower().replace("-", " ")})
    assert is_signed_in(first)
    assert not is_signed_in(second)
    assert "9 left" in first.get("/account/sign-in-details").text


@both_databases
def test_one_code_sent_twice_at_the_same_moment_opens_once(account: Accounts) -> None:
    person = account()
    for code in make_codes(person.sign_in())[:4]:
        browsers = [person.browser(), person.browser()]
        for browser in browsers:
            person.give_password(browser)
        barrier = threading.Barrier(2)

        def give(browser: FlaskClient, code: str = code, barrier: Any = barrier) -> None:
            barrier.wait(10)
            browser.post("/sign-in/recovery-code", data={"code": code})

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(give, browsers))
        db.session.rollback()  # as it is now
        assert [is_signed_in(browser) for browser in browsers].count(True) == 1
    assert len(person.user.mf_recovery_codes) == 6


def test_new_codes_take_the_place_of_old_ones(account: Accounts) -> None:
    person = account()
    browser = person.sign_in()
    old = make_codes(browser)[0]
    make_codes(browser)
    other = person.browser()
    person.give_password(other)
    page = other.post("/sign-in/recovery-code", data={"code": old})
    assert "That recovery code is not right" in page.text


def test_codes_are_hashed_and_cannot_be_seen_again(account: Accounts) -> None:
    person = account()
    browser = person.sign_in()
    codes = make_codes(browser)
    assert all(each.startswith("$argon2id$") for each in person.user.mf_recovery_codes)
    for page in ("/account/recovery-codes", "/account/recovery-codes?show_codes=1"):
        assert not [code for code in codes if code in browser.get(page).text]


def test_making_them_asks_again_who_it_is(account: Accounts, time: SetClock) -> None:
    browser = account().sign_in()
    time.forward(minutes=16)
    assert browser.get("/account/recovery-codes").location.startswith("/account/confirm")


def test_code_alone_opens_nothing(account: Accounts) -> None:
    person = account()
    code = make_codes(person.sign_in())[0]
    stranger = person.browser()
    assert stranger.post("/sign-in/recovery-code", data={"code": code}).status_code == 302
    assert not is_signed_in(stranger)
    assert len(events("session.signed_in")) == 1
