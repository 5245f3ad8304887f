"""No address of the service sends a browser to another site (ASVS 3.7.2)."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from outreach.domain.access import Role
from tests.accounts.conftest import PASSWORD, Account
from tests.security.routes import routes
from tests.security.world import World

ELSEWHERE = [
    "https://evil.example/",
    "http://evil.example",
    "//evil.example/",
    "///evil.example/",
    "////evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "https:/evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    " https://evil.example",
    "\thttps://evil.example",
    "/\t/evil.example",
    "/%0d%0aLocation: https://evil.example",
    "https://staff.test@evil.example/",
    "https://staff.test.evil.example/",
    "//staff.test@evil.example",
    "/..//evil.example",
]
NAMES = ("next", "back", "url", "return_to", "redirect", "continue")


def leads_away(location: str | None) -> bool:
    """As a browser reads it: backslashes are slashes, tabs and line ends are dropped."""
    if not location:
        return False
    read = re.sub(r"[\t\r\n]", "", location.strip()).replace("\\", "/")
    parts = urlsplit(read)
    if read.startswith("//"):
        return urlsplit("http:" + read).netloc != "staff.test"
    return bool(parts.scheme or parts.netloc) and parts.netloc != "staff.test"


def test_signing_in_leads_to_no_other_site(account: Callable[..., Account]) -> None:
    person, away = account(), []
    for elsewhere in ELSEWHERE:
        query, given = {"next": elsewhere}, {"email": person.email, "next": elsewhere}
        browser = person.browser()
        answer = browser.post("/sign-in", query_string=query, data=given | {"password": PASSWORD})
        away += [(elsewhere, answer.location)] if leads_away(answer.location) else []
        if answer.status_code == 302:
            code = {"code": person.code(), "next": elsewhere}
            answer = browser.post(answer.location, data=code)
            away += [(elsewhere, answer.location)] if leads_away(answer.location) else []
    assert away == []


@pytest.mark.parametrize("role", [None, *Role], ids=str)
def test_no_route_follows_an_address_it_is_given(world: World, role: Role | None) -> None:
    browser, wrong = world.browser(role), []
    query = dict.fromkeys(NAMES, "//evil.example/")
    for route in routes(world.app):
        if route.rule.endpoint == "security.logout":
            continue
        answer = browser.open(
            world.address(route.rule, **dict(route.words)),
            method=route.method,
            query_string=query,
            data=query if route.method == "POST" else None,
        )
        if leads_away(answer.location):
            wrong.append(f"{route}: {answer.location}")
        answer.close()
    assert wrong == []
