"""Passkeys: made, used in the place of a password or of a code, and not used by anybody else."""

import html
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from outreach.domain.access import Role
from tests.accounts.authenticator import Authenticator
from tests.accounts.conftest import Account, SetClock, events, is_signed_in

Accounts = Callable[..., Account]


def form_of(page: str) -> tuple[str, dict[str, Any]]:
    """Where the page's passkey form goes, and the options it gives the browser."""
    found = re.search(
        r'<form method="post" action="([^"]+)" data-passkey="\w+" data-options="([^"]+)"', page
    )
    assert found is not None, page
    return html.unescape(found[1]), json.loads(html.unescape(found[2]))


def add_passkey(browser: FlaskClient, key: Authenticator, usage: str = "first") -> TestResponse:
    page = browser.post("/account/passkeys", data={"name": "Blue key", "usage": usage}).text
    address, options = form_of(page)
    return browser.post(address, data={"credential": key.create(options)}, follow_redirects=True)


def use_passkey(
    browser: FlaskClient, key: Authenticator, address: str = "/sign-in/passkey"
) -> TestResponse:
    target, options = form_of(browser.post(address).text)
    return browser.post(target, data={"credential": key.get(options)})


def test_passkey_with_a_finger_signs_in_without_a_password(account: Accounts) -> None:
    person, key = account(), Authenticator()
    page = add_passkey(person.sign_in(), key)
    assert "The passkey was added" in page.text
    assert "Blue key" in page.text
    browser = person.browser()
    answer = use_passkey(browser, key)
    assert answer.status_code == 302
    assert is_signed_in(browser)
    assert events("session.signed_in")[-1].changes["by"] == "wan_signin_response"


def test_passkey_without_a_finger_needs_a_second_step(account: Accounts) -> None:
    person, key = account(), Authenticator(verifies=False)
    add_passkey(person.sign_in(), key)
    browser = person.browser()
    use_passkey(browser, key)
    assert not is_signed_in(browser)


def test_passkey_takes_the_place_of_the_code(account: Accounts) -> None:
    person, key = account(), Authenticator(verifies=False)
    add_passkey(person.sign_in(), key, "secondary")
    browser = person.browser()
    answer = person.give_password(browser)
    assert "choose" in answer.location, "an app and a key: which?"
    answer = browser.post(answer.location, data={"which": "webauthn"})
    assert use_passkey(browser, key, answer.location).status_code == 302
    assert is_signed_in(browser)


def test_second_step_passkey_alone_opens_nothing(account: Accounts) -> None:
    person, key = account(), Authenticator()
    add_passkey(person.sign_in(), key, "secondary")
    browser = person.browser()
    use_passkey(browser, key)
    assert not is_signed_in(browser)


@pytest.mark.parametrize("origin", ["http://staff.test.evil.example", "http://help.test"])
def test_answer_given_to_another_site_opens_nothing(account: Accounts, origin: str) -> None:
    person, key = account(), Authenticator()
    add_passkey(person.sign_in(), key)
    key.origin = origin
    browser = person.browser()
    use_passkey(browser, key)
    assert not is_signed_in(browser)
    assert events("session.refused")[-1].changes == {"how": "passkey"}


def test_answer_cannot_be_replayed_to_a_later_question(account: Accounts) -> None:
    person, key = account(), Authenticator()
    add_passkey(person.sign_in(), key)
    browser = person.browser()
    _, options = form_of(browser.post("/sign-in/passkey").text)
    stolen = key.get(options)
    thief = person.browser()
    target, _ = form_of(thief.post("/sign-in/passkey").text)
    thief.post(target, data={"credential": stolen})
    assert not is_signed_in(thief)


def test_passkey_confirms_its_own_person_only(
    account: Accounts, acts: list[Any], time: SetClock
) -> None:
    mine, theirs = account(Role.REQUESTER), account(Role.APPROVER)
    my_key, their_key = Authenticator(), Authenticator()
    browser = mine.sign_in()
    add_passkey(browser, my_key)
    add_passkey(theirs.sign_in(), their_key)
    time.forward(minutes=16)
    use_passkey(browser, their_key, "/account/confirm/passkey?next=/tests/act")
    assert browser.get("/tests/act").status_code == 302, "still not confirmed"
    answer = use_passkey(browser, my_key, "/account/confirm/passkey?next=/tests/act")
    assert answer.location.endswith("/tests/act")
    assert browser.get("/tests/act").text == "acted"


def test_adding_and_removing_one_is_written_down(account: Accounts) -> None:
    person, key = account(), Authenticator()
    browser = person.sign_in()
    add_passkey(browser, key)
    page = browser.post(
        "/account/passkeys/remove", data={"name": "Blue key"}, follow_redirects=True
    )
    assert "The passkey was removed" in page.text
    assert len(events("user.second_factor_changed")) == 2
    thief = person.browser()
    use_passkey(thief, key)
    assert not is_signed_in(thief)


def test_adding_one_asks_again_who_it_is(account: Accounts, time: SetClock) -> None:
    browser = account().sign_in()
    time.forward(minutes=16)
    answer = browser.get("/account/passkeys")
    assert answer.location.startswith("/account/confirm")
