"""Signing out at the provider, its new keys and its outages, and doing without one."""

from pathlib import Path

from flask import Flask

from outreach.cli import doctor_checks
from outreach.cli.main import main
from outreach.extensions import db
from outreach.models import UserSession
from tests.accounts.conftest import SetClock
from tests.accounts.elsewhere import (
    PERSON,
    go_to_provider,
    invite,
    is_in,
    person_of,
    sign_in_elsewhere,
    tied_app,
)
from tests.fakes.provider import FakeProvider


def test_signing_out_offers_to_sign_out_at_the_provider_too(
    app: Flask, provider: FakeProvider
) -> None:
    invite()
    browser = app.test_client()
    sign_in_elsewhere(browser)
    answer = browser.post("/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_in(browser)
    page = browser.get(answer.location).text
    assert "/sign-in/provider/sign-out" in page
    there = browser.get("/sign-in/provider/sign-out").location
    assert there.startswith(f"{provider.issuer}/sign-out?")
    assert "post_logout_redirect_uri=http%3A%2F%2Fstaff.test%2Fsign-in" in there


def test_provider_that_does_not_answer_is_told_and_nothing_breaks(
    app: Flask, provider: FakeProvider
) -> None:
    invite()
    browser = app.test_client()
    provider.is_down = True
    assert browser.get("/sign-in/provider").location == "/sign-in"
    assert "does not answer" in browser.get("/sign-in").text
    assert not doctor_checks.sign_in_service().is_well
    provider.is_down = False
    address = go_to_provider(browser)
    provider.is_down = True
    assert browser.get(address).location == "/sign-in"
    assert not is_in(browser)
    provider.is_down = False
    sign_in_elsewhere(browser)
    assert is_in(browser)
    assert doctor_checks.sign_in_service().is_well


def test_new_key_of_the_provider_is_fetched(app: Flask, provider: FakeProvider) -> None:
    invite()
    sign_in_elsewhere(app.test_client())
    provider.change_key()
    browser = app.test_client()
    sign_in_elsewhere(browser)
    assert is_in(browser)


def test_operator_unties_an_account(app: Flask) -> None:
    invite()
    browser = app.test_client()
    sign_in_elsewhere(browser)
    result = app.test_cli_runner().invoke(main, ["user", "untie", PERSON["email"]])
    assert result.exit_code == 0, result.output
    assert person_of().sso_subject is None
    assert not is_in(browser)


def test_without_a_provider_there_is_no_button_and_no_way(
    tmp_path: Path, database_url: str
) -> None:
    with tied_app(database_url, tmp_path, None) as app:
        browser = app.test_client()
        assert "provider" not in browser.get("/sign-in").text
        for path in ("", "/answer?code=x&state=y", "/sign-out"):
            assert browser.get(f"/sign-in/provider{path}").status_code == 404
        assert doctor_checks.sign_in_service().is_well


def test_time_of_a_session_by_provider_is_as_long_as_any(app: Flask, time: SetClock) -> None:
    invite()
    browser = app.test_client()
    sign_in_elsewhere(browser)
    time.forward(minutes=31)
    assert not is_in(browser)
    assert db.session.scalar(db.select(db.func.count(UserSession.id))) == 1
