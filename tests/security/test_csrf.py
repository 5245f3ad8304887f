"""Every form needs its token, wherever it is sent to, and a GET changes nothing (ASVS 3.5.1)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from outreach.domain.access import Role
from tests.security.routes import routes
from tests.security.world import World, made_world

BY_TOKEN = frozenset({"receipts.delivery_receipt", "replies.receive", "audit.cosign"})
"""Machines prove themselves by a bearer token or a signature, and have no cookie."""


@pytest.fixture(scope="module")
def guarded(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The world with forms as they are in earnest."""
    folder = tmp_path_factory.mktemp("guarded")
    with made_world(sqlite_template, folder, WTF_CSRF_ENABLED=True) as world:
        yield world


@pytest.mark.parametrize("role", [None, *Role], ids=str)
def test_post_without_the_token_is_refused_everywhere(guarded: World, role: Role | None) -> None:
    wrong, asked = [], 0
    browser = guarded.browser(role)
    for route in routes(guarded.app):
        is_public = route.access is not None and route.access.host == "public"
        if route.method != "POST" or is_public or route.rule.endpoint in BY_TOKEN:
            continue
        answer = browser.post(guarded.address(route.rule, **dict(route.words)))
        asked += 1
        if answer.status_code != 400 or "form" not in answer.text:
            wrong.append(f"{route}: {answer.status_code}")
    assert wrong == []
    assert asked > 50


@pytest.mark.parametrize("endpoint", sorted(BY_TOKEN))
def test_machine_without_its_token_is_refused(guarded: World, endpoint: str) -> None:
    (route,) = [each for each in routes(guarded.app) if each.rule.endpoint == endpoint]
    answer = guarded.browser(None).post(guarded.address(route.rule), json={"id": "x"})
    assert answer.status_code in {400, 401, 403, 404}


def test_token_of_one_person_is_no_good_to_another(guarded: World) -> None:
    token = _token(guarded.browser(Role.REQUESTER).get("/account/password").text)
    other = guarded.browser(Role.APPROVER)
    other.get("/account/password")
    answer = other.post("/account/sessions/end-others", data={"csrf_token": token})
    assert answer.status_code == 400


def test_attempt_without_the_token_is_logged(
    guarded: World, caplog: pytest.LogCaptureFixture
) -> None:
    """ASVS 16.3.3: also an attempt by another host name."""
    browser = guarded.browser(Role.REQUESTER)
    with caplog.at_level("WARNING", "outreach.web.errors"):
        browser.post("/campaigns/new", data={"title": "Forged"})
        browser.get("/", base_url="http://evil.test")
    assert [record.message for record in caplog.records] == [
        "refused: a form without its token",
        "refused: a host name that is not ours",
    ]


def test_right_token_is_let_through(guarded: World) -> None:
    browser = guarded.browser(Role.AUDITOR)
    token = _token(browser.get("/account/password").text)
    answer = browser.post("/account/sessions/end-others", data={"csrf_token": token})
    assert answer.status_code == 302


def test_signing_out_needs_the_token_too(guarded: World) -> None:
    browser = guarded.browser(Role.ADMIN)
    assert browser.post("/sign-out").status_code == 400
    assert browser.get("/account").status_code == 200, "still signed in"


def _token(page: str) -> str:
    import re

    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found is not None
    return found[1]
