"""Drafting, approving and administering in a real browser: axe, small screens, no scripts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import (
    check_accessibility,
    check_fits,
    look_at,
    screenshot,
    watch_faults,
)
from tests.campaigns.site import every_state
from tests.site import Site, running_site

PAGES = [
    ("requester", "/campaigns"),
    ("requester", "/campaigns?search=nothing"),
    ("requester", "/campaigns/{begun}"),
    ("requester", "/campaigns/{returned}"),
    ("requester", "/campaigns/{begun}/purpose"),
    ("requester", "/campaigns/{unsafe}/message"),
    ("requester", "/campaigns/{ready}/partner"),
    ("requester", "/campaigns/{begun}/schedule"),
    ("requester", "/campaigns/{begun}/check"),
    ("requester", "/campaigns/{unsafe}/check"),
    ("requester", "/campaigns/{submitted}"),
    ("requester", "/campaigns/{submitted}/reopen"),
    ("requester", "/campaigns/{ready}/cancel"),
    ("requester", "/campaigns/{completed}/copy"),
    ("approver", "/approvals"),
    ("approver", "/approvals/{submitted}"),
    ("approver", "/approvals/{approved}"),
    ("approver", "/approvals/{approved}/release"),
    ("approver", "/approvals/{submitted}/return"),
    ("admin", "/admin"),
    ("admin", "/admin/templates"),
    ("admin", "/admin/organisations"),
    ("admin", "/admin/organisations/1"),
    ("admin", "/admin/reply-number"),
]
WRONG = [
    ("requester", "/campaigns/new"),
    ("requester", "/campaigns/{begun}/purpose"),
    ("requester", "/campaigns/{begun}/message"),
    ("requester", "/campaigns/{begun}/schedule"),
    ("requester", "/campaigns/{ready}/check"),
    ("approver", "/approvals/{submitted}"),
    ("admin", "/admin/organisations/new"),
]


@pytest.fixture(scope="module")
def site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_site(sqlite_template, tmp_path_factory.mktemp("site"), every_state) as running:
        yield running


def picture_name(path: str, width: int) -> str:
    plain = path.replace("{", "").replace("}", "").replace("?", "-").replace("=", "-")
    return f"drafting{plain.replace('/', '-')}-{width}"


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("person", ["requester", "approver", "admin"])
def test_pages_are_accessible(site: Site, chromium: Browser, person: str, width: int) -> None:
    with site.page_of(chromium, person, width=width) as page:
        faults = watch_faults(page)
        for who, path in PAGES:
            if who == person:
                page.goto(site.url + path.format(**site.ids))
                look_at(page, picture_name(path, width))
        assert [fault for fault in faults if "favicon" not in fault] == []


@pytest.mark.parametrize("person", ["requester", "approver", "admin"])
def test_pages_with_errors_are_accessible(site: Site, chromium: Browser, person: str) -> None:
    with site.page_of(chromium, person, width=320) as page:
        for who, path in WRONG:
            if who == person:
                page.goto(site.url + path.format(**site.ids))
                page.locator("main form").last.evaluate("form => form.submit()")
                page.get_by_role("heading", name="There is a problem").wait_for()
                screenshot(page, picture_name(f"{path}/error", 320))
                check_accessibility(page)
                check_fits(page)
                assert page.title().startswith("Error:")


def test_draft_is_filled_in_without_scripts(site: Site, chromium: Browser) -> None:
    with site.page_of(chromium, "requester", scripts=False) as page:
        page.goto(f"{site.url}/campaigns/new")
        page.get_by_label("Title of the campaign").fill("Without scripts")
        page.get_by_role("button", name="Continue").click()
        page.get_by_role("link", name="Purpose and lawful basis").click()
        page.get_by_label("What is this campaign for?").fill("To offer help")
        page.get_by_label("Why may these people be texted?").fill("Public task")
        page.get_by_label("Operation reference").fill("LARKSPUR-7")
        page.get_by_role("button", name="Save and continue").click()
        page.get_by_role("link", name="Message", exact=True).click()
        page.get_by_label("Help is available").check()
        page.get_by_role("button", name="Save and continue").click()
        page.get_by_role("link", name="Partner and landing page").click()
        page.get_by_role("button", name="Save and continue").click()
        page.get_by_role("link", name="Send window, start and budget").click()
        page.get_by_label("Budget").fill("250")
        page.get_by_role("button", name="Save and continue").click()
        done = page.locator(".govuk-task-list__status", has_text="Completed")
        assert done.count() == 4
        page.get_by_role("link", name="Recipients", exact=True).click()
        assert page.get_by_role("heading", name="Recipients").is_visible()


def test_keyboard_leads_from_the_error_to_the_field(site: Site, chromium: Browser) -> None:
    with site.page_of(chromium, "requester") as page:
        page.goto(f"{site.url}/campaigns/new")
        page.get_by_role("button", name="Continue").press("Enter")
        summary = page.locator(".govuk-error-summary")
        summary.wait_for()
        assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "title"
