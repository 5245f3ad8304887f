"""Every page of the queue and of the suppression list, in a browser, at every width and state."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import (
    WIDTHS,
    browser,
    check_accessibility,
    check_fits,
    check_targets,
    screenshot,
)
from tests.replies.site import Site, everything, nothing, running_site


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as found:
        yield found


@pytest.fixture(scope="module")
def full(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_site(sqlite_template, tmp_path_factory.mktemp("full"), everything) as site:
        yield site


@pytest.fixture(scope="module")
def empty(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_site(sqlite_template, tmp_path_factory.mktemp("empty"), nothing) as site:
        yield site


FULL = {
    "queue": "/replies",
    "queue-2": "/replies?page=2",
    "urgent-not-taken": "/replies/{urgent}",
    "mine": "/replies/{mine}",
    "with-another": "/replies/{with_another}",
    "decided": "/replies/{decided}",
    "by-rules": "/replies/{by_rules}",
    "erased": "/replies/{erased}",
    "opt-out": "/replies/{mine}/opt-out",
    "wrong-person": "/replies/{mine}/wrong-person",
    "wants-help": "/replies/{mine}/wants-help",
    "guidance": "/replies/{mine}/urgent",
    "no-action": "/replies/{mine}/no-action",
    "release-hold": "/replies/{mine}/release-hold",
    "number": "/replies/{mine}/number",
    "not-mine": "/replies/{with_another}/opt-out",
    "dealt-with": "/replies/dealt-with",
    "dealt-with-none": "/replies/dealt-with?decision=urgent",
    "dealt-with-error": "/replies/dealt-with?since=40&since=1&since=2026",
    "list": "/opt-outs",
    "look-up": "/opt-outs/look-up",
    "add": "/opt-outs/add",
    "remove": "/opt-outs/{suppression}/remove",
    "import": "/opt-outs/import",
    "export": "/opt-outs/export",
}


@pytest.mark.parametrize("name", FULL)
def test_it_fits_and_is_accessible(chromium: Browser, full: Site, name: str) -> None:
    with full.page_of(chromium, "approver" if name == "remove" else "requester") as page:
        page.goto(full.url + FULL[name].format(**full.ids))
        look_at(page, f"replies-{name}")


@pytest.mark.parametrize(
    "path", ["/replies", "/replies/dealt-with", "/opt-outs", "/opt-outs/export"]
)
def test_it_does_so_when_there_is_nothing(chromium: Browser, empty: Site, path: str) -> None:
    with empty.page_of(chromium) as page:
        page.goto(empty.url + path)
        look_at(page, f"replies-empty{path.replace('/', '-')}")


def look_at(page: Page, name: str) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        check_accessibility(page)
        check_fits(page)
        check_targets(page)
        screenshot(page, f"{name}-{width}")
