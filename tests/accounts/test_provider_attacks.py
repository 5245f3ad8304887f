"""Forged, bent and replayed answers of a sign-in service open nothing (RFC 9700).

Each is tried with a real provider on loopback, and what it signs is bent.
"""

import base64
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from outreach.accounts import service
from outreach.accounts.provider import ProviderDown
from outreach.cli import doctor_checks
from outreach.domain.access import Role
from outreach.domain.actor import Actor
from outreach.transaction import transaction
from tests.accounts.conftest import SetClock, copy_cookies, events
from tests.accounts.elsewhere import (
    PERSON,
    go_to_provider,
    is_in,
    oidc_of,
    sign_in_elsewhere,
    tied_app,
)
from tests.fakes.provider import (
    CLIENT_ID,
    CLIENT_SECRET,
    FakeProvider,
    new_key,
    running_provider,
)
from tests.settings import STAFF_URL

Claims = dict[str, Any]


@pytest.fixture
def provider() -> Iterator[FakeProvider]:
    with running_provider(f"{STAFF_URL}/sign-in/provider/answer") as provider:
        provider.person = dict(PERSON)
        yield provider


@pytest.fixture
def app(provider: FakeProvider, database_url: str, tmp_path: Path) -> Iterator[Flask]:
    with tied_app(database_url, tmp_path, oidc_of(provider)) as app:
        with transaction():
            service.invite(PERSON["email"], [Role.APPROVER], by=Actor.job("tests"))
        yield app


def whys() -> list[str]:
    return [str(event.changes["how"]) for event in events("session.refused")]


def now_in(claims: Claims, seconds: int) -> int:
    return int(claims["iat"]) + seconds


BENT: dict[str, Callable[[Claims], None]] = {
    "another nonce": lambda c: c.update(nonce="x" * 43),
    "no nonce": lambda c: c.pop("nonce"),
    "another audience": lambda c: c.update(aud="somebody-else"),
    "no audience": lambda c: c.pop("aud"),
    "a second audience": lambda c: c.update(aud=[CLIENT_ID, "somebody-else"], azp=CLIENT_ID),
    "another authorised party": lambda c: c.update(azp="somebody-else"),
    "another issuer": lambda c: c.update(iss="https://evil.example"),
    "issuer with a slash more": lambda c: c.update(iss=c["iss"] + "/"),
    "no issuer": lambda c: c.pop("iss"),
    "expired": lambda c: c.update(exp=now_in(c, -120)),
    "no end": lambda c: c.pop("exp"),
    "not yet valid": lambda c: c.update(nbf=now_in(c, 3600)),
    "written in the future": lambda c: c.update(iat=now_in(c, 3600)),
    "no subject": lambda c: c.pop("sub"),
    "a number for a subject": lambda c: c.update(sub=7),
    "another access token's": lambda c: c.update(at_hash="x" * 22),
}


@pytest.mark.parametrize("name", list(BENT))
def test_token_that_does_not_fit_opens_nothing(
    app: Flask, provider: FakeProvider, name: str
) -> None:
    provider.bend = BENT[name]
    browser = app.test_client()
    answer = sign_in_elsewhere(browser)
    assert answer.status_code == 302
    assert answer.location == "/sign-in"
    assert not is_in(browser)
    assert whys() == ["provider: token"]


def unsigned(claims: Claims) -> str:
    parts = ({"alg": "none", "typ": "JWT"}, claims)
    return ".".join(_text(json.dumps(part).encode()) for part in parts) + "."


def by_the_secret(claims: Claims) -> str:
    """As the holder of the client's secret could write it."""
    return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(CLIENT_SECRET * 2))


def by_the_public_key(claims: Claims) -> str:
    """The old confusion: the public key taken for the secret of an HMAC."""
    secret = OctKey.import_key(new_key("one").as_pem(private=False))
    return jwt.encode({"alg": "HS256", "kid": "one"}, claims, secret)


def by_another_key(claims: Claims) -> str:
    return jwt.encode({"alg": "RS256", "kid": "one"}, claims, new_key("mallory"))


def by_a_key_it_brings_along(claims: Claims) -> str:
    key: RSAKey = new_key("mallory")
    header = {"alg": "RS256", "jwk": key.as_dict(private=False)}
    return jwt.encode(header, claims, key)


def with_changed_claims(claims: Claims) -> str:
    """Signed as it was, and then another subject put in."""
    right = jwt.encode({"alg": "RS256", "kid": "one"}, claims, new_key("one"))
    head, _, signature = right.split(".")
    return f"{head}.{_text(json.dumps(claims | {'sub': 'somebody'}).encode())}.{signature}"


@pytest.mark.parametrize(
    "sign",
    [
        unsigned,
        by_the_secret,
        by_the_public_key,
        by_another_key,
        by_a_key_it_brings_along,
        with_changed_claims,
        lambda claims: "not.a.token",
        lambda claims: "",
    ],
    ids=["none", "secret", "public-key", "another-key", "own-key", "changed", "rubbish", "empty"],
)
def test_token_that_the_provider_did_not_sign_opens_nothing(
    app: Flask, provider: FakeProvider, sign: Callable[[Claims], str]
) -> None:
    provider.sign = sign
    browser = app.test_client()
    sign_in_elsewhere(browser)
    assert not is_in(browser)
    assert len(whys()) == 1


def test_unsigned_token_opens_nothing_though_the_provider_says_it_may_be(
    app: Flask, provider: FakeProvider
) -> None:
    provider.published = {"id_token_signing_alg_values_supported": ["none", "HS256", "RS256"]}
    for sign in (unsigned, by_the_secret):
        provider.sign = sign
        browser = app.test_client()
        sign_in_elsewhere(browser)
        assert not is_in(browser)


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
    assert whys() == ["provider: state", "provider: state"]


def test_answer_is_good_for_the_browser_that_asked_only(app: Flask) -> None:
    """An attacker's own answer, sent to somebody as a link, signs nobody in as the attacker."""
    address = go_to_provider(app.test_client())
    victim = app.test_client()
    victim.get(address)
    assert not is_in(victim)
    go_to_provider(victim)  # has a question of its own open
    victim.get(address)
    assert not is_in(victim)
    assert whys() == ["provider: state", "provider: state"]


def test_code_of_another_browser_is_no_good_with_ones_own_state(app: Flask) -> None:
    """PKCE: whoever steals a code has not its verifier."""
    stolen = parse_qs(urlsplit(go_to_provider(app.test_client())).query)["code"][0]
    thief = app.test_client()
    own = parse_qs(urlsplit(go_to_provider(thief)).query)
    query = {"code": stolen, "state": own["state"][0], "iss": own["iss"][0]}
    thief.get(f"/sign-in/provider/answer?{urlencode(query)}")
    assert not is_in(thief)
    assert whys() == ["provider: token"]


def test_answer_that_comes_too_late_opens_nothing(app: Flask, time: SetClock) -> None:
    browser = app.test_client()
    address = go_to_provider(browser)
    time.forward(minutes=11)
    browser.get(address)
    assert not is_in(browser)
    assert whys() == ["provider: state"]


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
    assert whys() == ["provider: issuer"]


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
    assert whys() == ["provider: state"]


def test_person_who_says_no_at_the_provider_is_led_back(app: Flask) -> None:
    browser = app.test_client()
    query = parse_qs(urlsplit(go_to_provider(browser)).query)
    given = {"error": "access_denied", "state": query["state"][0], "iss": query["iss"][0]}
    browser.get(f"/sign-in/provider/answer?{urlencode(given)}")
    assert "could not be signed in" in browser.get("/sign-in").text
    assert whys() == ["provider: provider-said-no"]


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
    assert whys() == ["provider: no-answer"]


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
