"""Every page of the queue and of the suppression list, in a browser, at every width and state."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from outreach.extensions import db
from tests.browser import (
    look_at_every_width,
    screenshot,
    watch_faults,
)
from tests.replies import stage
from tests.replies.site import everything, nothing
from tests.site import Site, running_site


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
        look_at_every_width(page, f"replies-{name}")


@pytest.mark.parametrize(
    "path", ["/replies", "/replies/dealt-with", "/opt-outs", "/opt-outs/export"]
)
def test_it_does_so_when_there_is_nothing(chromium: Browser, empty: Site, path: str) -> None:
    with empty.page_of(chromium) as page:
        page.goto(empty.url + path)
        look_at_every_width(page, f"replies-empty{path.replace('/', '-')}")


@pytest.mark.parametrize(
    ("path", "fill", "button", "says"),
    [
        ("/opt-outs/look-up", {}, "Look it up", "Enter a mobile number"),
        (
            "/opt-outs/look-up",
            {"number": "07700 900127"},
            "Look it up",
            "This number is on the suppression list",
        ),
        ("/opt-outs/add", {"number": "0113 496 0000"}, "Add the number", "landline"),
        ("/opt-outs/import", {}, "Import the list", "Choose a file"),
        ("/replies/{mine}/number", {}, "Show the number", "Enter why you need the number"),
        (
            "/replies/{mine}/number",
            {"reason": "To ring back"},
            "Show the number",
            "The full number",
        ),
    ],
    ids=["look-up-error", "looked-up", "add-error", "import-error", "number-error", "number-shown"],
)
def test_what_a_form_leads_to_is_accessible_too(
    chromium: Browser,
    full: Site,
    request: pytest.FixtureRequest,
    path: str,
    fill: dict[str, str],
    button: str,
    says: str,
) -> None:
    with full.page_of(chromium) as page:
        page.goto(full.url + path.format(**full.ids))
        for name, value in fill.items():
            page.locator(f"[name={name}]").fill(value)
        page.get_by_role("button", name=button).click()
        page.get_by_text(says).first.wait_for()
        look_at_every_width(page, f"replies-{request.node.callspec.id}")


def test_an_imported_list_with_faults_is_accessible_too(chromium: Browser, full: Site) -> None:
    lines = "phone\n07700900801\n0113 496 0000\nhello\n"
    with full.page_of(chromium) as page:
        page.goto(full.url + "/opt-outs/import")
        file = {"name": "list.csv", "mimeType": "text/csv", "buffer": lines.encode()}
        page.locator("[name=file]").set_input_files(file)
        page.get_by_role("button", name="Import the list").click()
        page.get_by_text("2 lines were left out").wait_for()
        look_at_every_width(page, "replies-imported")


def test_a_new_reply_comes_into_the_open_page_by_itself(chromium: Browser, empty: Site) -> None:
    with empty.page_of(chromium) as page:
        faults = watch_faults(page)
        page.goto(empty.url + "/replies")
        page.get_by_text("No reply waits").wait_for()
        with empty.app.app_context():
            stage.arrive(stage.URGENT, number="+447700900321")
            db.session.remove()
        page.get_by_text("***321").first.wait_for(timeout=20_000)
        assert "1 urgent reply" in page.locator("[data-live-say]").inner_text()
        page.get_by_role("button", name="Read").first.click()
        page.get_by_role("heading", name="What to do").wait_for()
        assert stage.URGENT in page.content()
        assert faults == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_reply_is_read_decided_and_undone_by_keyboard(
    chromium: Browser, full: Site, scripts: bool
) -> None:
    with full.page_of(chromium, width=320, scripts=scripts) as page:
        page.goto(full.url + "/replies")
        press(page, "button", "Read")
        press(page, "link", "They do not want texts: opt out")
        page.get_by_role("heading", name="Opt this number out?").wait_for()
        press(page, "button", "Opt out")
        page.get_by_text("You can undo this for 10 minutes").wait_for()
        screenshot(page, f"replies-decided-banner-{'with' if scripts else 'without'}-scripts")
        press(page, "button", "Undo")
        page.get_by_text("The decision is undone").wait_for()
        press(page, "button", "Hand it back")
        page.get_by_text("back in the queue").wait_for()


def press(page: Page, role: str, name: str) -> None:
    page.get_by_role(role, name=name).first.focus()
    page.keyboard.press("Enter")
