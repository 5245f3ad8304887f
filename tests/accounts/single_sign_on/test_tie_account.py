"""An account is tied to one person at the organisation’s own provider (OpenID Connect)."""

from collections.abc import Callable

import pytest
from flask import Flask

from outreach.accounts import invitations, queries
from outreach.transaction import transaction
from tests.accounts.conftest import Account, events
from tests.accounts.elsewhere import (
    PERSON,
    invite,
    is_in,
    person_of,
    refusals,
    sign_in_elsewhere,
)
from tests.conftest import both_databases
from tests.fakes.provider import FakeProvider
from tests.settings import STAFF_URL


@both_databases
def test_invited_person_signs_in_and_is_tied_to_the_provider(
    app: Flask, provider: FakeProvider
) -> None:
    user_id = invite()
    browser = app.test_client()
    page = browser.get("/sign-in").text
    assert "Sign in with Force sign-in" in page
    assert 'name="password"' in page
    answer = sign_in_elsewhere(browser, "/sign-in/provider?next=/account/sessions")
    assert answer.location == "/account/sessions"
    assert is_in(browser)
    assert person_of().sso_subject is not None
    assert events("user.linked")[0].object_id == str(user_id)
    (told,) = events("session.signed_in")
    assert told.changes == {"by": "answer_from_elsewhere"}
    asked = provider.asked[0]
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["state"]) >= 43
    assert len(asked["nonce"]) >= 43
    assert "prompt" not in asked


def test_provider_is_known_by_its_subject_and_not_by_the_address_any_more(
    app: Flask, provider: FakeProvider
) -> None:
    invite()
    sign_in_elsewhere(app.test_client())
    provider.person |= {"email": "new-name@force.example.org", "email_verified": False}
    browser = app.test_client()
    sign_in_elsewhere(browser)
    assert is_in(browser)
    provider.person |= {"sub": "00u2", "email": PERSON["email"], "email_verified": True}
    thief = app.test_client()
    sign_in_elsewhere(thief)
    assert not is_in(thief)
    assert refusals() == ["provider: another-subject"]


def test_invitation_opens_nothing_once_its_account_is_tied(app: Flask) -> None:
    user_id = invite()
    settings = app.extensions["outreach_settings"]
    link = invitations.link_for(queries.person(user_id), settings)
    sign_in_elsewhere(app.test_client())
    assert app.test_client().get(link.removeprefix(STAFF_URL)).status_code == 404


def test_stranger_is_not_let_in_where_roles_are_given_here(app: Flask) -> None:
    browser = app.test_client()
    answer = sign_in_elsewhere(browser)
    assert answer.location.startswith("/sign-in")
    assert "You could not be signed in with Force sign-in" in browser.get("/sign-in").text
    assert person_of() is None
    assert refusals() == ["provider: not-invited"]


@pytest.mark.parametrize("told", [False, None, "false", "yes", 0, 1])
def test_address_that_nobody_checked_opens_no_account(
    app: Flask, provider: FakeProvider, told: object
) -> None:
    invite()
    provider.person["email_verified"] = told
    browser = app.test_client()
    sign_in_elsewhere(browser)
    assert not is_in(browser)
    assert person_of().sso_subject is None
    assert refusals() == ["provider: address-not-verified"]


def test_account_with_a_password_is_not_taken_by_whoever_has_its_address(
    app: Flask, account: Callable[..., Account]
) -> None:
    account(email=PERSON["email"])
    browser = app.test_client()
    sign_in_elsewhere(browser)
    assert not is_in(browser)
    assert "Sign in with it" in browser.get("/sign-in").text
    assert refusals() == ["provider: not-tied"]


def test_person_ties_their_own_account_and_then_needs_no_password(
    app: Flask, account: Callable[..., Account]
) -> None:
    person = account(email=PERSON["email"])
    browser = person.sign_in()
    assert "Not tied to this account" in browser.get("/account/sign-in-details").text
    answer = sign_in_elsewhere(browser, "/account/provider")
    assert answer.location == "/account/sign-in-details"
    assert "You can sign in with it" in browser.get("/account/sign-in-details").text
    assert is_in(browser)
    elsewhere = app.test_client()
    sign_in_elsewhere(elsewhere)
    assert is_in(elsewhere)


def test_account_is_not_tied_to_a_person_with_another_address(
    app: Flask, provider: FakeProvider, account: Callable[..., Account]
) -> None:
    """So nobody can have their own sign-in tied to the account of somebody signed in."""
    person = account(email="victim@force.example.org")
    sign_in_elsewhere(person.sign_in(), "/account/provider")
    assert person.user.sso_subject is None
    assert refusals() == ["provider: another-address"]


def test_disabled_person_stays_out(app: Flask) -> None:
    user_id = invite()
    sign_in_elsewhere(app.test_client())
    with transaction():
        queries.person(user_id).active = False
    browser = app.test_client()
    sign_in_elsewhere(browser)
    assert not is_in(browser)
    assert refusals() == ["provider: switched-off"]


def test_without_a_trusted_second_step_ours_is_asked_too(
    app: Flask, provider: FakeProvider, account: Callable[..., Account]
) -> None:
    provider.person["amr"] = ["pwd"]
    person = account(email=PERSON["email"])
    with transaction():
        person.user.password = None
    browser = app.test_client()
    answer = sign_in_elsewhere(browser, "/sign-in/provider?next=/account/sessions")
    assert answer.location.startswith("/sign-in/second-step")
    assert not is_in(browser)
    done = browser.post(answer.location, data={"code": person.code()})
    assert done.location == "/account/sessions"
    assert is_in(browser)
    assert events("session.signed_in")[-1].changes["provider"] is True


def test_newcomer_without_a_trusted_second_step_sets_up_an_app_first(
    app: Flask, provider: FakeProvider
) -> None:
    provider.person["amr"] = None
    invite()
    browser = app.test_client()
    answer = sign_in_elsewhere(browser)
    assert answer.location.startswith("/sign-in/second-step/set-up")
    assert not is_in(browser)
