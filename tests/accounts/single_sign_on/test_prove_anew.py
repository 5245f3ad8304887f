"""Fresh proof from the provider before an act that matters."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach import clock
from tests.accounts.conftest import events
from tests.accounts.elsewhere import (
    invite,
    is_in,
    person_of,
    refusals,
    sign_in_elsewhere,
)
from tests.fakes.provider import FakeProvider


def signed_in_long_ago(app: Flask, provider: FakeProvider) -> FlaskClient:
    """At the provider; our own session is new."""
    invite()
    provider.signed_in_at = int((clock.now() - timedelta(hours=3)).timestamp())
    browser = app.test_client()
    sign_in_elsewhere(browser)
    return browser


def test_sign_in_at_the_provider_long_ago_does_not_count_as_fresh(
    app: Flask, provider: FakeProvider, acts: list[dict[str, str]]
) -> None:
    browser = signed_in_long_ago(app, provider)
    assert is_in(browser)
    assert "/account/confirm" in browser.get("/tests/act").location


def test_provider_that_does_not_say_when_does_not_count_as_fresh(
    app: Flask, provider: FakeProvider, acts: list[dict[str, str]]
) -> None:
    invite()
    provider.bend = lambda claims: claims.pop("auth_time")
    browser = app.test_client()
    sign_in_elsewhere(browser)
    assert is_in(browser)
    assert "/account/confirm" in browser.get("/tests/act").location


def test_person_proves_anew_at_the_provider_and_goes_on(
    app: Flask, provider: FakeProvider, acts: list[dict[str, str]]
) -> None:
    browser = signed_in_long_ago(app, provider)
    page = browser.get(browser.get("/tests/act").location).text
    assert "Confirm with Force sign-in" in page
    assert 'name="confirm_password"' not in page
    answer = sign_in_elsewhere(browser, "/account/confirm/provider?next=/tests/act")
    assert answer.location == "/tests/act"
    assert browser.get("/tests/act").text == "acted"
    assert provider.asked[-1]["prompt"] == "login"
    assert provider.asked[-1]["max_age"] == "0"
    assert len(events("session.confirmed")) == 1


@pytest.mark.parametrize("told", ["old", "none", "text"])
def test_provider_that_did_not_ask_anew_confirms_nothing(
    app: Flask, provider: FakeProvider, acts: list[dict[str, str]], told: str
) -> None:
    browser = signed_in_long_ago(app, provider)
    old = {"old": int(clock.now().timestamp()) - 300, "none": None, "text": "now"}[told]
    provider.bend = lambda claims: claims.update(auth_time=old)
    sign_in_elsewhere(browser, "/account/confirm/provider?next=/tests/act")
    assert "/account/confirm" in browser.get("/tests/act").location
    assert events("session.confirmed") == []


def test_somebody_else_at_the_provider_confirms_nothing(
    app: Flask, provider: FakeProvider, acts: list[dict[str, str]]
) -> None:
    browser = signed_in_long_ago(app, provider)
    provider.person["sub"] = "00u9"
    sign_in_elsewhere(browser, "/account/confirm/provider?next=/tests/act")
    assert "/account/confirm" in browser.get("/tests/act").location
    assert refusals() == ["provider: another-subject"]


def test_form_on_its_way_is_kept_while_its_person_proves_anew(
    app: Flask, provider: FakeProvider, acts: list[dict[str, str]]
) -> None:
    invite()
    browser = app.test_client()
    provider.bend = lambda claims: claims.pop("auth_time")
    sign_in_elsewhere(browser)
    provider.bend = None
    page = browser.post("/tests/act?id=7", data={"reason": "She asked"})
    assert page.status_code == 403
    assert "next=/account/carry-on" in page.text
    answer = sign_in_elsewhere(browser, "/account/confirm/provider?next=/account/carry-on")
    assert "She asked" in browser.get(answer.location).text
    sent = browser.post(
        "/account/carry-on", data={"reason": "She asked", "confirm_to": "/tests/act?id=7"}
    )
    assert browser.post(sent.location, data={"reason": "She asked"}).text == "acted"
    assert acts == [{"reason": "She asked"}]


def test_first_password_of_somebody_without_one_asks_for_fresh_proof(
    app: Flask, provider: FakeProvider
) -> None:
    """Else a session left open would be enough to make a new way in."""
    invite()
    provider.bend = lambda claims: claims.pop("auth_time")
    browser = app.test_client()
    sign_in_elsewhere(browser)
    assert "/account/confirm" in browser.get("/account/password").location
    new = {"new_password": "crimson ladder 47 quarry"}
    answer = browser.post(
        "/account/password", data=new | {"new_password_confirm": new["new_password"]}
    )
    assert answer.status_code == 403
    assert person_of().password is None
