"""The headers of every answer, on both hosts, whatever its status (ASVS 5.0, 3.3 and 3.4)."""

import re
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from outreach.domain.access import Role
from outreach.extensions import db
from outreach.factory import create_app
from tests.conftest import HostClient, PublicClient
from tests.security.routes import routes
from tests.security.world import World
from tests.settings import make_settings

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
STAFF = ALWAYS | {
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; script-src NONCE; style-src 'self'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
}
PUBLIC = ALWAYS | {"Referrer-Policy": "no-referrer"}
CACHED = ("/audit/tile/", "/favicon.ico", "/static/")
"""Bytes that never change or say nothing; everything else is kept by nobody."""
CODE = "0000-0000-0"


NONCE = re.compile(r"'nonce-[\w-]{24}'|(?<=script-src )'none'")
"""Of the one page alone; an answer that is no page of ours runs no script at all."""
PREVIEW = "/landing-page/"
"""Shown to staff just as recipients get it, with their policy."""


def missing(answer: TestResponse, wanted: dict[str, str], path: str) -> list[str]:
    found = dict(answer.headers)
    found["Content-Security-Policy"] = NONCE.sub("NONCE", found["Content-Security-Policy"])
    wrong = [f"{path}: {name}" for name, value in wanted.items() if found.get(name) != value]
    if not path.startswith(CACHED) and "no-store" not in found.get("Cache-Control", ""):
        wrong.append(f"{path}: may be kept")
    if re.search(r"Werkzeug|gunicorn|Python|Flask", found.get("Server", "")):
        wrong.append(f"{path}: tells its software")
    return wrong


@pytest.mark.parametrize("role", [None, *Role], ids=str)
def test_every_staff_page_has_them(world: World, role: Role | None) -> None:
    browser, wrong = world.browser(role), []
    for route in routes(world.app):
        if route.method != "GET":
            continue
        path = world.address(route.rule, **dict(route.words))
        answer = browser.get(path)
        wanted = ALWAYS if PREVIEW in path else STAFF
        wrong += missing(answer, wanted, path)
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        answer.close()
    assert wrong == []


def test_every_public_page_has_them_and_a_policy_without_scripts(world: World) -> None:
    world.app.test_client_class = PublicClient
    browser, wrong = world.app.test_client(), []
    real = world.own[0].code
    for code in (CODE, real):
        for path in (f"/h/{code}", f"/h/{code}/cy", f"/h/{code}/en/stop", f"/h/{code}/not-me"):
            answer = browser.get(path)
            wrong += missing(answer, PUBLIC, path)
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "script-src" not in policy
            assert "unsafe" not in policy
            assert "Set-Cookie" not in answer.headers
    assert wrong == []


@pytest.mark.parametrize("path", ["/no-such-page", "/h/x", "/notify/nothing", "/static/nothing.js"])
def test_page_that_is_not_there_has_them(world: World, path: str) -> None:
    answer = world.browser(None).get(path)
    assert answer.status_code == 404
    assert missing(answer, STAFF, "/") == []


@pytest.mark.parametrize("path", ["/no-such-page", "/sign-in", "/admin", "/campaigns"])
def test_staff_page_is_not_there_on_the_public_host(world: World, path: str) -> None:
    world.app.test_client_class = PublicClient
    answer = world.app.test_client().get(path)
    assert answer.status_code == 404
    assert missing(answer, PUBLIC, "/") == []
    assert "sign" not in answer.text.lower().replace("design", "")


def test_wrong_method_and_fault_have_them(app: Flask, anonymous: FlaskClient) -> None:
    answer = anonymous.get("/sign-out")
    assert answer.status_code == 405
    assert missing(answer, STAFF, "/") == []
    app.view_functions["pages.privacy"] = _broken(app.view_functions["pages.privacy"])
    answer = anonymous.get("/privacy")
    assert answer.status_code == 500
    assert missing(answer, STAFF, "/") == []
    for told in ("Traceback", "RuntimeError", "secret words", ".py"):
        assert told not in answer.text


def _broken(view: object) -> object:
    def fail() -> str:
        raise RuntimeError("secret words")

    fail.outreach_access = view.outreach_access  # type: ignore[attr-defined]
    return fail


def test_scripts_run_by_a_nonce_that_is_new_for_every_page(world: World) -> None:
    """ASVS 5.0, 3.4.7 at level 3: an allow-list of a place is not needed."""
    browser, seen = world.browser(Role.ADMIN), set()
    for path in ("/", "/account", "/no-such-page", "/account"):
        answer = browser.get(path)
        (nonce,) = re.findall(r"script-src 'nonce-([\w-]{24})';", _policy(answer))
        assert set(re.findall(r'<script[^>]* nonce="([^"]*)"', answer.text)) == {nonce}
        assert answer.text.count("<script") == answer.text.count("<script nonce") + (
            answer.text.count('<script type="module" nonce')
        )
        seen.add(nonce)
    assert len(seen) == 4
    assert "script-src 'none'" in _policy(browser.get("/healthz"))


def _policy(answer: TestResponse) -> str:
    return answer.headers["Content-Security-Policy"]


def test_every_text_says_how_it_is_encoded(world: World) -> None:
    """ASVS 4.1.1."""
    wrong = []
    for route in routes(world.app):
        for role in (None, *Role):
            if route.method != "GET" or not route.opens_to(role):
                continue
            path = world.address(route.rule, **dict(route.words))
            answer = world.browser(role).get(path)
            kind = answer.headers.get("Content-Type", "")
            if answer.get_data() and kind.startswith("text/") and "charset=utf-8" not in kind:
                wrong.append(f"{path}: {kind}")
            answer.close()
    assert wrong == []


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PUT", "DELETE", "PATCH", "PROPFIND"])
def test_method_that_nothing_needs_is_refused_and_echoes_nothing(world: World, method: str) -> None:
    for path in ("/", "/sign-in", "/account", "/notify/received-text"):
        answer = world.browser(Role.ADMIN).open(path, method=method, headers={"X-Told": "canary"})
        assert answer.status_code == 405
        assert "canary" not in answer.text


def test_service_is_never_in_debug_mode(
    monkeypatch: pytest.MonkeyPatch, database_url: str, tmp_path: Path
) -> None:
    monkeypatch.setenv("FLASK_DEBUG", "1")
    app = create_app(make_settings(database_url=database_url, instance_path=tmp_path))
    assert not app.debug
    with app.app_context():
        app.extensions["outreach_engine"].close()
        db.engine.dispose()


def test_links_and_form_tokens_are_signed_by_hmac_sha_256(anonymous: FlaskClient) -> None:
    assert len(URLSafeTimedSerializer("secret").dumps("x").rpartition(".")[2]) == 43
    anonymous.application.config["WTF_CSRF_ENABLED"] = True
    page = anonymous.get("/sign-in").text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token is not None
    assert len(token[1].rpartition(".")[2]) == 43


def test_cookie_is_signed_by_hmac_sha_256(app: Flask) -> None:
    signer = app.session_interface.get_signing_serializer(app)
    assert signer is not None
    assert len(signer.make_signer(b"x").get_signature(b"value")) == 43, "256 bits as base64"


def test_policy_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    policy = STAFF["Content-Security-Policy"]
    for loose in ("unsafe-inline", "unsafe-eval", "http:", "https:", "*"):
        assert loose not in policy


@pytest.fixture
def behind_tls(database_url: str, tmp_path: Path) -> Iterator[FlaskClient]:
    settings = make_settings(
        staff_url="https://staff.test",
        public_url="https://help.test",
        database_url=database_url,
        instance_path=tmp_path,
        trusted_proxies=1,
    )
    app = create_app(settings)
    app.test_client_class = HostClient
    yield app.test_client()
    with app.app_context():
        app.extensions["outreach_engine"].close()
        db.engine.dispose()


def test_behind_tls_the_cookie_is_locked_to_it_and_so_is_the_browser(
    behind_tls: FlaskClient,
) -> None:
    answer = behind_tls.get("/sign-in", base_url="https://staff.test")
    (name, morsel), *others = SimpleCookie(answer.headers["Set-Cookie"]).items()
    assert others == []
    assert name == "__Host-outreach"
    assert morsel["secure"]
    assert morsel["httponly"]
    assert morsel["samesite"] == "Lax"
    assert morsel["path"] == "/"
    assert not morsel["domain"]
    assert answer.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


def test_proxy_is_believed_only_as_far_as_it_is_set(
    behind_tls: FlaskClient, anonymous: FlaskClient
) -> None:
    forged = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
    assert (
        behind_tls.get("/sign-in", headers=forged, base_url="http://staff.test").status_code == 400
    )
    assert anonymous.get("/sign-in", headers=forged).status_code == 200, "no proxy: not believed"


@pytest.mark.parametrize(
    "host", ["evil.example", "staff.test.evil.example", "127.0.0.1", "x staff.test"]
)
def test_host_name_that_is_not_ours_is_refused(anonymous: FlaskClient, host: str) -> None:
    answer = anonymous.get("/sign-in", headers={"Host": host})
    assert answer.status_code == 400
    assert host not in answer.text
