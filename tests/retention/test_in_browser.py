"""Erasing, legal holds and a person's request in a real browser: axe at every width, no scripts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import (
    WIDTHS,
    look_at,
    watch_faults,
)
from tests.campaigns.site import every_state
from tests.factories import NUMBERS
from tests.site import Site, running_site

NUMBER = NUMBERS[0]


@pytest.fixture
def site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_site(sqlite_template, tmp_path_factory.mktemp("site"), every_state) as running:
        yield running


def look(page: Page, name: str, width: int) -> None:
    look_at(page, f"retention-{name}-{width}")


@pytest.mark.parametrize("width", WIDTHS)
def test_an_admin_holds_lifts_and_erases(site: Site, chromium: Browser, width: int) -> None:
    address = f"{site.url}/admin/retention"
    with site.page_of(chromium, "admin", width=width) as page:
        faults = watch_faults(page)
        page.goto(f"{site.url}/admin")
        page.get_by_role("link", name="Erasing personal data").click()
        look(page, "index", width)
        page.goto(f"{address}/{site.ids['completed']}")
        look(page, "show", width)
        page.get_by_role("link", name="Place a legal hold").click()
        page.get_by_role("button", name="Place the legal hold").click()
        page.get_by_role("heading", name="There is a problem").wait_for()
        look(page, "hold-error", width)
        page.get_by_label("Why must it be kept?").fill("An order of the court of 3 May")
        page.get_by_role("button", name="Place the legal hold").click()
        look(page, "held", width)
        page.get_by_role("link", name="Lift the legal hold").click()
        look(page, "lift", width)
        page.goto(f"{address}/{site.ids['cancelled']}")
        page.get_by_role("link", name="Erase it now").click()
        look(page, "erase", width)
        page.get_by_label("Why is it erased now?").fill("The work is over")
        page.get_by_role("button", name="Erase it now").click()
        page.get_by_text("The keys are destroyed, so nobody can read the data any more.").wait_for()
        look(page, "erased", width)
        assert [fault for fault in faults if "favicon" not in fault] == []
    with site.page_of(chromium, "requester", width=width) as page:
        for name in ("completed", "cancelled", "ready"):
            page.goto(f"{site.url}/campaigns/{site.ids[name]}")
            look(page, f"campaign-{name}", width)


@pytest.mark.parametrize("width", WIDTHS)
def test_an_approver_answers_a_persons_request(site: Site, chromium: Browser, width: int) -> None:
    with site.page_of(chromium, "approver", width=width) as page:
        faults = watch_faults(page)
        ask(page, site, width, "find")
        look(page, "subject-found", width)
        page.get_by_role("button", name="Correct the details in").first.click()
        look(page, "subject-correct", width)
        page.get_by_label("name", exact=True).fill("Joanna")
        page.get_by_role("button", name="Save the details").click()
        page.get_by_text("The details were corrected.").wait_for()
        ask(page, site, width, "find-again")
        assert page.get_by_text("Joanna").count() == 1
        with page.expect_download() as download:
            page.get_by_role("button", name="Download it for the person").click()
        assert "name: Joanna" in Path(download.value.path()).read_text()
        page.get_by_role("button", name="Erase it early").click()
        look(page, "subject-erase", width)
        page.get_by_role("button", name="Erase it").click()
        page.get_by_role("heading", name="Erased").wait_for()
        look(page, "subject-erased", width)
        page.get_by_role("link", name="Another request").click()
        page.get_by_role("button", name="See what is held").click()
        page.get_by_role("heading", name="There is a problem").wait_for()
        look(page, "subject-error", width)
        ask(page, site, width, "find-nothing")
        page.get_by_text("Nothing is kept under this number.").wait_for()
        look(page, "subject-nothing", width)
        assert [fault for fault in faults if not fault.endswith("/file net::ERR_ABORTED")] == []


def test_a_request_is_answered_without_scripts(site: Site, chromium: Browser) -> None:
    with site.page_of(chromium, "approver", scripts=False) as page:
        page.goto(f"{site.url}/subject-requests")
        type_request(page)
        page.get_by_role("button", name="Erase it early").click()
        page.get_by_role("button", name="Erase it").click()
        assert page.get_by_role("heading", name="Erased").is_visible()


def ask(page: Page, site: Site, width: int, name: str) -> None:
    page.goto(f"{site.url}/opt-outs")
    page.get_by_role("link", name="Answer a person’s request about their data").click()
    look(page, f"subject-{name}", width)
    type_request(page)


def type_request(page: Page) -> None:
    page.get_by_label("Their mobile number").fill(NUMBER)
    page.get_by_label("Which request is it").fill("Request 117, licence seen")
    page.get_by_role("button", name="See what is held").click()
