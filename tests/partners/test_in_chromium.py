"""A helpline worker with a browser, no mouse and no scripts: check, record, change, withdraw."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page

from outreach.domain.referral import new_code, spoken
from tests.browser import (
    WIDTHS,
    browser,
    look_at,
    open_page,
    watch_faults,
)
from tests.partners.conftest import Helpline
from tests.serving import serving

Served = tuple[str, list[dict[str, str]]]


@pytest.fixture
def served(app: Flask, as_ann: FlaskClient) -> Iterator[Served]:
    """The staff site on loopback, and the cookies of a signed-in partner."""
    cookie = as_ann.get_cookie("outreach", domain="staff.test")
    assert cookie is not None
    app.config["TRUSTED_HOSTS"] = ["127.0.0.1"]
    with serving(app) as url:
        yield url, [{"name": "outreach", "value": cookie.value, "url": url}]


def look(page: Page, name: str, width: int) -> None:
    look_at(page, f"partner-{name}-{width}")


def type_code(page: Page, code: str) -> None:
    page.get_by_label("Referral code").fill(code)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_looks_right(served: Served, helpline: Helpline, width: int) -> None:
    url, cookies = served
    with browser() as chromium, open_page(chromium, width=width) as page:
        page.context.add_cookies(cookies)  # type: ignore[arg-type]
        faults = watch_faults(page)
        page.goto(f"{url}/partner")
        look(page, "check", width)
        type_code(page, "ABCD")
        page.get_by_role("heading", name="There is a problem").wait_for()
        look(page, "error", width)
        type_code(page, new_code())
        page.get_by_role("heading", name="This code is not genuine").wait_for()
        look(page, "not-genuine", width)
        type_code(page, spoken(helpline.codes[0]))
        page.get_by_role("heading", name="This code is genuine").wait_for()
        look(page, "genuine", width)
        page.get_by_label("Made contact").check()
        page.get_by_role("button", name="Record the outcome").click()
        page.get_by_text("The outcome is recorded.").wait_for()
        type_code(page, helpline.codes[0])
        page.get_by_role("button", name="Withdraw the outcome").wait_for()
        look(page, "recorded", width)
        page.goto(f"{url}/partner/figures")
        look(page, "figures", width)
        assert faults == []


def test_with_the_keyboard_alone_and_no_scripts(served: Served, helpline: Helpline) -> None:
    url, cookies = served
    code = helpline.codes[0]
    with browser() as chromium, open_page(chromium, width=320, scripts=False) as page:
        page.context.add_cookies(cookies)  # type: ignore[arg-type]
        page.goto(f"{url}/partner")
        type_code(page, code.lower())
        page.get_by_label("Started support").focus()
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        page.get_by_text("The outcome is recorded.").wait_for()
        type_code(page, code)
        page.get_by_text("Started support, in week").wait_for()
        page.get_by_role("button", name="Withdraw the outcome").focus()
        page.keyboard.press("Enter")
        page.get_by_text("Nothing is kept under this code.").wait_for()
        assert code not in page.url
