"""Bent and forged tokens of a sign-in service open nothing (RFC 9700).

Each is tried with a real provider on loopback, and what it signs is bent.
"""

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from outreach.domain.access import Role
from tests.accounts.elsewhere import (
    invite,
    is_in,
    refusals,
    sign_in_elsewhere,
)
from tests.fakes.provider import (
    CLIENT_ID,
    CLIENT_SECRET,
    FakeProvider,
    new_key,
)

Claims = dict[str, Any]


@pytest.fixture(autouse=True)
def _invited(app: Flask) -> None:
    invite(Role.APPROVER)


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
    assert refusals() == ["provider: token"]


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
    assert len(refusals()) == 1


def test_unsigned_token_opens_nothing_though_the_provider_says_it_may_be(
    app: Flask, provider: FakeProvider
) -> None:
    provider.published = {"id_token_signing_alg_values_supported": ["none", "HS256", "RS256"]}
    for sign in (unsigned, by_the_secret):
        provider.sign = sign
        browser = app.test_client()
        sign_in_elsewhere(browser)
        assert not is_in(browser)


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
