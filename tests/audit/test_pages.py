"""Every page of the audit log in a browser, at every width and in every state."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.audit.site import Site, everything, nothing, running_site
from tests.browser import (
    WIDTHS,
    check_accessibility,
    check_fits,
    check_targets,
    screenshot,
    watch_faults,
)
from tests.factories import NUMBERS


@pytest.fixture(scope="module")
def full(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_site(sqlite_template, tmp_path_factory.mktemp("full"), everything) as site:
        yield site


@pytest.fixture(scope="module")
def new(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_site(sqlite_template, tmp_path_factory.mktemp("new"), nothing) as site:
        yield site


FULL = {
    "log": "/audit",
    "log-none": "/audit?action=audit.exported",
    "log-error": "/audit?since=31&since=2&since=2031",
    "event": "/audit/events/{event}",
    "event-unsealed": "/audit/events/{unsealed}",
    "verification": "/audit/verification",
    "check-running": "/audit/verification/{running}",
    "check-holds": "/audit/verification/{holds}",
    "check-damaged": "/audit/verification/{damaged}",
    "access": "/audit/access?days=30",
    "number": "/audit/number",
    "export": "/audit/export",
}


@pytest.mark.parametrize("name", FULL)
def test_it_fits_and_is_accessible(chromium: Browser, full: Site, name: str) -> None:
    with full.page_of(chromium) as page:
        faults = watch_faults(page)
        page.goto(full.url + FULL[name].format(**full.ids))
        for details in page.locator("details").all():
            details.evaluate("part => part.open = true")
        look_at(page, f"audit-{name}")
        assert faults == []


@pytest.mark.parametrize("path", ["/audit/verification", "/audit/access"])
def test_it_does_so_when_there_is_nothing(chromium: Browser, new: Site, path: str) -> None:
    with new.page_of(chromium) as page:
        page.goto(new.url + path)
        look_at(page, f"audit-new{path.replace('/', '-')}")


def test_a_number_is_traced_by_typing_it(chromium: Browser, full: Site) -> None:
    with full.page_of(chromium) as page:
        page.goto(f"{full.url}/audit/number")
        page.get_by_label("Mobile number").fill("hello")
        page.get_by_role("button", name="Search").click()
        assert page.get_by_role("alert").is_visible()
        look_at(page, "audit-number-error")
        page.get_by_label("Mobile number").fill(NUMBERS[0])
        page.get_by_role("button", name="Search").click()
        assert page.get_by_text("The number +44 7*** ***123").is_visible()
        assert NUMBERS[0] not in page.content()
        assert page.url == f"{full.url}/audit/number"
        look_at(page, "audit-number-found")


def test_an_export_that_misses_its_days_leads_to_the_field(chromium: Browser, full: Site) -> None:
    with full.page_of(chromium) as page:
        page.goto(f"{full.url}/audit/export")
        page.get_by_label("The events of some days").check()
        page.get_by_role("button", name="Export").click()
        assert page.title().startswith("Error: ")
        look_at(page, "audit-export-error")


def test_verification_is_followed_without_a_reload(chromium: Browser, new: Site) -> None:
    from tests.audit.log import make_log
    from tests.audit.pages import work

    with new.app.app_context():
        make_log(30)
    with new.page_of(chromium) as page:
        faults = watch_faults(page)
        page.goto(f"{new.url}/audit/verification")
        page.get_by_role("button", name="Verify now").click()
        assert page.get_by_role("heading", name="The log is being verified").is_visible()
        with new.app.app_context():
            work(new.app)
        page.get_by_role("heading", name="Nothing was changed").wait_for()
        assert faults == []


def test_without_scripts_everything_can_be_done(chromium: Browser, full: Site) -> None:
    with full.page_of(chromium, scripts=False) as page:
        page.goto(f"{full.url}/audit")
        page.get_by_role("link", name="Older events").click()
        page.get_by_role("link", name="Newer events").click()
        page.get_by_text("Filter the events").first.click()
        page.get_by_label("Action", exact=True).select_option("reply.read")
        page.get_by_role("button", name="Apply filters").click()
        assert page.get_by_text("Read a reply").count() > 20
        page.locator("table a").first.click()
        page.get_by_text("The proof, step by step").click()
        assert page.get_by_text("The event’s own words, as they are now").is_visible()


def look_at(page: Page, name: str) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        check_accessibility(page)
        check_fits(page)
        check_targets(page)
        screenshot(page, f"{name}-{width}")
