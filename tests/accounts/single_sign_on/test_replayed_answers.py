"""Replayed, stolen and foreign answers of a sign-in service open nothing (RFC 9700)."""

from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach.accounts.provider import ProviderDown
from outreach.cli import doctor_checks
from outreach.domain.access import Role
from tests.accounts.conftest import SetClock, copy_cookies
from tests.accounts.elsewhere import (
    go_to_provider,
    invite,
    is_in,
    refusals,
    sign_in_elsewhere,
)
from tests.fakes.provider import (
    FakeProvider,
)
from tests.settings import STAFF_URL


@pytest.fixture(autouse=True)
def _invited(app: Flask) -> None:
    invite(Role.APPROVER)


def test_answer_is_good_once(app: Flask) -> None:
    browser = app.test_client()
    address = go_to_provider(browser)
    with browser.session_transaction(base_url=STAFF_URL) as cookie:
        before = dict(cookie)
    browser.get(address)
    assert is_in(browser)
    browser.post("/sign-out")
    browser.get(address)
    assert not is_in(browser)
    with browser.session_transaction(base_url=STAFF_URL) as cookie:
        cookie.update(before)  # the cookie of then, as a thief may have copied it
    browser.get(address)
    assert not is_in(browser)
    assert refusals() == ["provider: state", "provider: state"]


def test_answer_is_good_for_the_browser_that_asked_only(app: Flask) -> None:
    """An attacker's own answer, sent to somebody as a link, signs nobody in as the attacker."""
    address = go_to_provider(app.test_client())
    victim = app.test_client()
    victim.get(address)
    assert not is_in(victim)
    go_to_provider(victim)  # has a question of its own open
    victim.get(address)
    assert not is_in(victim)
    assert refusals() == ["provider: state", "provider: state"]


def test_code_of_another_browser_is_no_good_with_ones_own_state(app: Flask) -> None:
    """PKCE: whoever steals a code has not its verifier."""
    stolen = parse_qs(urlsplit(go_to_provider(app.test_client())).query)["code"][0]
    thief = app.test_client()
    own = parse_qs(urlsplit(go_to_provider(thief)).query)
    query = {"code": stolen, "state": own["state"][0], "iss": own["iss"][0]}
    thief.get(f"/sign-in/provider/answer?{urlencode(query)}")
    assert not is_in(thief)
    assert refusals() == ["provider: token"]


def test_answer_that_comes_too_late_opens_nothing(app: Flask, time: SetClock) -> None:
    browser = app.test_client()
    address = go_to_provider(browser)
    time.forward(minutes=11)
    browser.get(address)
    assert not is_in(browser)
    assert refusals() == ["provider: state"]


@pytest.mark.parametrize("issuer", ["https://evil.example", "", None])
def test_answer_that_names_another_provider_or_none_opens_nothing(
    app: Flask, issuer: str | None
) -> None:
    """RFC 9207: this provider promises to name itself."""
    browser = app.test_client()
    query = parse_qs(urlsplit(go_to_provider(browser)).query)
    given = {"code": query["code"][0], "state": query["state"][0]}
    given |= {} if issuer is None else {"iss": issuer}
    browser.get(f"/sign-in/provider/answer?{urlencode(given)}")
    assert not is_in(browser)
    assert refusals() == ["provider: issuer"]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?code=x",
        "?state=x",
        "?code=x&state=x",
        "?error=access_denied&error_description=<script>alert(1)</script>&state=x",
        "?code=&state=",
        "?code=%00&state=%F0%9F%98%80",
    ],
)
def test_answer_to_nothing_opens_nothing_and_echoes_nothing(
    app: Flask, anonymous: FlaskClient, query: str
) -> None:
    answer = anonymous.get(f"/sign-in/provider/answer{query}")
    assert answer.location == "/sign-in"
    assert "alert(1)" not in anonymous.get("/sign-in").text
    assert refusals() == ["provider: state"]


def test_person_who_says_no_at_the_provider_is_led_back(app: Flask) -> None:
    browser = app.test_client()
    query = parse_qs(urlsplit(go_to_provider(browser)).query)
    given = {"error": "access_denied", "state": query["state"][0], "iss": query["iss"][0]}
    browser.get(f"/sign-in/provider/answer?{urlencode(given)}")
    assert "could not be signed in" in browser.get("/sign-in").text
    assert refusals() == ["provider: provider-said-no"]


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/nope"],
)
def test_signing_in_leads_to_no_other_site(app: Flask, elsewhere: str) -> None:
    browser = app.test_client()
    answer = sign_in_elsewhere(browser, f"/sign-in/provider?{urlencode({'next': elsewhere})}")
    assert answer.location == "/"
    assert is_in(browser)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_cannot_begin_a_session(app: Flask, site: str) -> None:
    """Somebody signed in at the provider would be signed in here without asking for it."""
    answer = app.test_client().get("/sign-in/provider", headers={"Sec-Fetch-Site": site})
    assert answer.location == "/sign-in"
    own = app.test_client().get("/sign-in/provider", headers={"Sec-Fetch-Site": "same-origin"})
    assert "/authorize" in own.location


def test_session_gets_a_new_token_whatever_the_browser_had_before(app: Flask) -> None:
    browser, planted = app.test_client(), app.test_client()
    browser.get("/sign-in")
    address = go_to_provider(browser)
    copy_cookies(browser, planted)
    browser.get(address)
    assert is_in(browser)
    assert not is_in(planted)


@pytest.mark.parametrize(
    ("published", "words"),
    [
        ({"issuer": "https://evil.example"}, "another name"),
        ({"token_endpoint": "http://evil.example/token"}, "no safe address for token_endpoint"),
        ({"authorization_endpoint": None}, "authorization_endpoint"),
        ({"jwks_uri": "ftp://127.0.0.1/keys"}, "jwks_uri"),
        ({"code_challenge_methods_supported": ["plain"]}, "PKCE"),
        ({"id_token_signing_alg_values_supported": ["none", "HS256"]}, "private key"),
    ],
)
def test_provider_that_publishes_something_unsafe_is_not_gone_to(
    app: Flask, provider: FakeProvider, published: dict[str, Any], words: str
) -> None:
    provider.published = published
    browser = app.test_client()
    assert browser.get("/sign-in/provider").location == "/sign-in"
    finding = doctor_checks.sign_in_service()
    assert not finding.is_well
    assert words in finding.words
    with pytest.raises(ProviderDown):
        app.extensions["outreach_provider"].ask(anew=False)


def test_provider_is_not_followed_to_another_address(app: Flask, provider: FakeProvider) -> None:
    """A redirect of its token or key address is a fault, not a direction (ASVS 15.3.2)."""
    provider.published = {"jwks_uri": f"{provider.issuer}/sign-out?post_logout_redirect_uri=/keys"}
    browser = app.test_client()
    sign_in_elsewhere(browser)
    assert not is_in(browser)
    assert refusals() == ["provider: no-answer"]
