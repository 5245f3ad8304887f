"""Guessing passwords and codes is slow, and locks nobody out for good."""

import re
import threading
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from outreach.accounts import service as accounts
from outreach.domain.access import Role
from outreach.extensions import db
from outreach.models import SignInTry
from outreach.transaction import transaction
from tests.accounts.conftest import PASSWORD, Account, SetClock, events, is_signed_in
from tests.conftest import as_shown, both_databases

Accounts = Callable[..., Account]


def guess(person: Account, times: int, address: str = "10.6.6.6") -> str:
    browser = person.browser()
    pages = [person.give_password(browser, f"guess {n}", address=address) for n in range(times)]
    return pages[-1].text


@both_databases
def test_sixth_wrong_password_must_wait_and_so_must_the_right_one(
    account: Accounts, time: SetClock
) -> None:
    person = account()
    assert "not right" in guess(person, 5)
    page = person.give_password(person.browser(), PASSWORD, address="10.6.6.6")
    assert "Wait 30 seconds" in page.text
    time.forward(seconds=31)
    assert person.give_password(person.browser(), address="10.6.6.6").status_code == 302


def test_waits_double_up_to_a_quarter_of_an_hour(account: Accounts, time: SetClock) -> None:
    person = account()
    guess(person, 5)
    waits = []
    for _ in range(7):
        page = guess(person, 1)
        waits.append(re.search(r"Wait ([\w ]+) and try", page)[1])
        time.forward(minutes=15, seconds=1)
        guess(person, 1)
    assert waits == [
        "30 seconds", "1 minute", "2 minutes", "4 minutes", "8 minutes", "15 minutes", "15 minutes"
    ]  # fmt: skip


def test_person_elsewhere_gets_in_while_the_account_is_attacked(
    account: Accounts, time: SetClock
) -> None:
    person = account()
    guess(person, 12)
    assert person.give_password(person.browser(), address="10.0.0.1").status_code == 302


def test_attack_from_many_addresses_is_slowed_and_its_wait_is_short(
    account: Accounts, time: SetClock
) -> None:
    person = account()
    for n in range(51):
        guess(person, 1, address=f"10.9.{n}.1")
    page = person.give_password(person.browser(), PASSWORD, address="10.0.0.1")
    assert "Wait 10 seconds" in page.text
    time.forward(minutes=2)
    assert person.give_password(person.browser(), address="10.0.0.1").status_code == 302


def test_many_names_from_one_address_are_slowed(account: Accounts, time: SetClock) -> None:
    person = account()
    browser = person.browser()
    for n in range(61):
        person.email = f"name{n}@example.org"
        page = person.give_password(browser, "x", address="10.6.6.6")
    assert "Wait 10 seconds" in page.text


def test_unknown_account_is_slowed_with_the_same_words(account: Accounts, time: SetClock) -> None:
    person = account()
    known = guess(person, 6)
    email, person.email = person.email, "nobody@example.org"
    unknown = guess(person, 6, address="10.7.7.7")
    shown = as_shown(known).replace(email, "nobody@example.org")
    assert as_shown(unknown) == shown


def test_right_password_clears_the_count(account: Accounts, time: SetClock) -> None:
    person = account()
    for _ in range(4):
        guess(person, 4)
        answer = person.give_password(person.browser(), PASSWORD, address="10.6.6.6")
        assert answer.status_code == 302


@both_databases
def test_people_who_come_from_one_new_address_at_the_same_moment_all_get_in(
    account: Accounts,
) -> None:
    people = [account(email=f"person{n}@example.org") for n in range(4)]
    barrier = threading.Barrier(len(people))

    def arrive(person: Account) -> int:
        browser = person.browser()
        barrier.wait(10)
        return person.give_password(browser, address="10.5.5.5").status_code

    with ThreadPoolExecutor(len(people)) as pool:
        assert list(pool.map(arrive, people)) == [302] * 4


def test_everything_is_forgotten_after_a_day(account: Accounts, time: SetClock) -> None:
    person = account()
    guess(person, 9)
    time.forward(hours=24)
    assert "not right" in guess(person, 1)


def test_every_refusal_is_written_down_without_what_was_typed(account: Accounts) -> None:
    person = account()
    guess(person, 1)
    person.email = "nobody@example.org"
    guess(person, 1)
    known, unknown = events("session.refused")
    assert (known.object_id, unknown.object_id) == (str(person.user_id), "unknown")
    assert known.changes == unknown.changes == {"how": "password"}


def test_counts_name_nobody_in_clear(account: Accounts) -> None:
    person = account()
    guess(person, 1)
    for row in db.session.scalars(db.select(SignInTry)):
        assert person.email.encode() not in row.subject
        assert len(row.subject) >= 32


@pytest.mark.parametrize(
    ("address", "field"), [("/sign-in/second-step", "code"), ("/sign-in/recovery-code", "code")]
)
def test_second_step_is_slowed_after_five_tries(
    account: Accounts, time: SetClock, address: str, field: str
) -> None:
    person = account()
    browser = person.browser()
    person.give_password(browser)
    pages = [browser.post(address, data={field: "123456"}).text for _ in range(6)]
    assert "Wait" not in pages[4]
    assert "Wait 1 minute" in pages[5]
    assert "Wait" in browser.post("/sign-in/second-step", data={"code": person.code()}).text
    time.forward(seconds=61)
    assert browser.post("/sign-in/second-step", data={"code": person.code()}).status_code == 302


def test_code_opens_once(account: Accounts) -> None:
    person = account()
    first, second = person.browser(), person.browser()
    code = person.code()
    for browser in (first, second):
        person.give_password(browser)
        browser.post("/sign-in/second-step", data={"code": code})
    assert is_signed_in(first)
    assert not is_signed_in(second)


def test_code_of_a_minute_ago_is_too_old(account: Accounts) -> None:
    import time as real

    import pyotp

    person = account()
    browser = person.browser()
    person.give_password(browser)
    old = pyotp.TOTP(person.secret).at(real.time() - 60)
    page = browser.post("/sign-in/second-step", data={"code": old})
    assert "That code is not right" in page.text


def test_code_may_be_pasted_with_a_space(account: Accounts) -> None:
    person = account()
    browser = person.browser()
    person.give_password(browser)
    code = person.code()
    answer = browser.post("/sign-in/second-step", data={"code": f"{code[:3]} {code[3:]}"})
    assert answer.status_code == 302


def test_right_password_alone_opens_nothing(account: Accounts) -> None:
    person = account(Role.ADMIN)
    browser = person.browser()
    person.give_password(browser)
    for page in ("/account", "/", "/admin", "/account/sessions"):
        assert browser.get(page).status_code == 302, page


@pytest.mark.parametrize("length", [129, 5000, 400_000])
def test_endless_password_is_wrong_and_not_a_fault(account: Accounts, length: int) -> None:
    person = account()
    page = person.give_password(person.browser(), "x" * length)
    assert page.status_code == 200
    assert "not right" in page.text


def test_a_session_left_open_is_no_place_to_guess_the_password(
    account: Accounts, time: SetClock
) -> None:
    person = account()
    browser, new = person.sign_in(), "crimson ladder 47 quarry"

    def change(now: str) -> str:
        fields = {"password": now, "new_password": new, "new_password_confirm": new}
        return browser.post("/account/password", data=fields, follow_redirects=True).text

    assert "That password is not right" in change("guess")
    assert [change(f"guess {n}") for n in range(4)]
    assert "Wait 1 minute" in change(PASSWORD)
    assert len(events("session.refused")) == 5
    time.forward(minutes=1, seconds=1)
    assert "too many" not in change(PASSWORD)
    assert person.give_password(person.browser(), new).status_code == 302


@pytest.mark.parametrize("typed_as", ["NFC", "NFD"])
def test_password_with_letters_of_welsh_opens_however_a_keyboard_sends_them(
    account: Accounts, time: SetClock, typed_as: str
) -> None:
    """A "ŵ" is one character from one keyboard and two from another."""
    welsh = unicodedata.normalize("NFC", "llwybr tŵr gŵydd 47")
    typed = unicodedata.normalize(typed_as, welsh)
    joined = account()
    with transaction():
        accounts.join(joined.user, welsh)
    browser = joined.browser()
    answer = joined.give_password(browser, typed)
    assert answer.status_code == 302
    browser.post(answer.location, data={"code": joined.code()})
    time.forward(minutes=16)
    answer = browser.post("/account/confirm", data={"confirm_password": typed})
    assert answer.status_code == 302
