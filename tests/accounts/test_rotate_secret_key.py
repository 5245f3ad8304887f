"""The key that signs sessions is changed while people work: old and new are both believed."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach.accounts import invitations
from outreach.config import SettingsRefused, read_settings
from outreach.domain.access import Role
from outreach.models import User
from tests.accounts.conftest import Account
from tests.rekeying.rings import FIRST, restarted
from tests.settings import make_settings

OLD = make_settings().secret_key
NEW = "n" * 40
COOKIE = "outreach"


def cookie_of(browser: FlaskClient) -> str:
    found = browser.get_cookie(COOKIE, domain="staff.test")
    assert found is not None
    return found.value


def browser_with(app: Flask, cookie: str) -> FlaskClient:
    browser = app.test_client()
    browser.set_cookie(COOKIE, cookie, domain="staff.test")
    return browser


def is_signed_in(browser: FlaskClient) -> bool:
    return browser.get("/account/sessions").status_code == 200


def test_session_goes_on_with_the_new_key_and_ends_when_the_old_one_goes(
    app: Flask, account: Callable[..., Account]
) -> None:
    cookie = cookie_of(account(Role.REQUESTER).sign_in())
    with restarted(app, FIRST, secret_key=f"{NEW} {OLD}") as both:
        assert is_signed_in(browser_with(both, cookie))
    with restarted(app, FIRST, secret_key=NEW) as new:
        assert not is_signed_in(browser_with(new, cookie))


def test_process_that_is_restarted_later_believes_the_new_key_already(
    app: Flask, account: Callable[..., Account]
) -> None:
    """First the new key stands behind the old one, then in front: one by one, nobody is lost."""
    person = account(Role.REQUESTER)
    with restarted(app, FIRST, secret_key=f"{NEW} {OLD}") as second:
        person.app = second
        cookie = cookie_of(person.sign_in())
    with restarted(app, FIRST, secret_key=f"{OLD} {NEW}") as first:
        assert is_signed_in(browser_with(first, cookie))
    with restarted(app, FIRST, secret_key=NEW) as done:
        assert is_signed_in(browser_with(done, cookie)), "it was signed with the new key"


def test_form_opened_before_the_change_is_accepted_after_it(
    app: Flask, account: Callable[..., Account]
) -> None:
    signed_in = account(Role.REQUESTER).sign_in()
    app.config["WTF_CSRF_ENABLED"] = True
    page = signed_in.get("/account/password").text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token is not None
    with restarted(app, FIRST, secret_key=f"{NEW} {OLD}") as both:
        both.config["WTF_CSRF_ENABLED"] = True
        browser = browser_with(both, cookie_of(signed_in))
        answer = browser.post("/account/password", data={"csrf_token": token[1]})
        assert answer.status_code == 200
        assert "Enter a password" in answer.text, "the form was judged"
        assert browser.post("/account/password", data={"csrf_token": "x"}).status_code == 400


def test_invitation_made_before_the_change_opens_after_it(
    person: Callable[..., User],
) -> None:
    token = invitations.link_for(person(Role.REQUESTER), make_settings()).rpartition("/")[2]
    both, new = make_settings(secret_key=f"{NEW} {OLD}"), make_settings(secret_key=NEW)
    assert invitations.invited_person(token, both) is not None
    assert invitations.invited_person(token, new) is None


@pytest.mark.parametrize(
    "keys", ["short", f"{NEW} short", "three words that are rather long all in all"]
)
def test_key_that_is_too_short_stops_the_start(keys: str) -> None:
    with pytest.raises(SettingsRefused, match="OUTREACH_SECRET_KEY is too short"):
        read_settings({"OUTREACH_SECRET_KEY": keys})
