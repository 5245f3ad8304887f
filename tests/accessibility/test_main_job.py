"""The main job from a draft to the progress page: by keyboard alone, and without scripts."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from outreach.domain.access import Role
from outreach.extensions import db
from outreach.jobs.pool import close_pools
from outreach.models import Campaign
from outreach.transaction import transaction
from tests.accessibility.site import Served, served
from tests.accessibility.ways import ByKeyboard, Way, WithoutScripts, reads
from tests.browser import browser
from tests.factories import a_list, allow, notify_of
from tests.sending.stage import send
from tests.settings import STAFF_URL

pytestmark = [
    pytest.mark.timeout(300),
    # As in test_every_page: a file that was being sent when a page closed.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def site(sqlite_template: Path, tmp_path: Path) -> Iterator[Served]:
    with served(sqlite_template, tmp_path, is_empty=True) as site:
        allow(notify_of(site.world.app).add_template())
        yield site
        close_pools(site.world.app)


def draft(way: Way) -> None:
    way.page.goto(f"{STAFF_URL}/campaigns")
    way.follow("Create a campaign")
    way.fill("Title of the campaign", "By other means")
    way.press("Continue")
    way.follow("Purpose and lawful basis")
    way.fill("What is this campaign for?", "To say that help exists.")
    way.fill("Why may these people be texted?", "A public task.")
    way.fill("Operation reference", "OP-2026-17")
    way.press("Save and continue")
    way.follow("Message")
    way.tick("Help is available")
    way.press("Save and continue")
    way.follow("Partner and landing page")
    way.tick("Riverside Support")
    way.press("Save and continue")
    way.follow("Send window, start and budget")
    way.fill("From", "00:00")
    way.fill("Until", "23:59")
    way.tick("Sunday")
    way.fill("Budget", "100")
    way.press("Save and continue")


def upload_and_submit(way: Way, listed: Path) -> None:
    way.follow("Recipients")
    way.upload(listed)
    way.press("Upload and check")
    reads(way.page, "5 of 5 rows will be texted")
    way.follow("Back to recipients")
    campaign = way.page.url.removesuffix("/recipients")
    way.page.goto(campaign)
    way.follow("Check your answers and submit")
    way.tick("I have read what will be sent")
    way.press("Submit for approval")
    reads(way.page, "Waiting for approval")


def approve_and_release(way: Way) -> None:
    way.page.goto(f"{STAFF_URL}/approvals")
    way.follow("By other means")
    way.tick("I have read the texts")
    way.tick("I have read the landing page")
    way.tick("The purpose, the list, the cost")
    way.press("Approve")
    way.follow("Release")
    way.press("Release the campaign")
    reads(way.page, "Texts dealt with")


@pytest.mark.parametrize("kind", [ByKeyboard, WithoutScripts], ids=["keyboard", "no-scripts"])
def test_draft_submit_approve_release_and_watch(
    site: Served, kind: type[Way], tmp_path: Path
) -> None:
    listed = tmp_path / "list.csv"
    listed.write_bytes(a_list())
    with ExitStack() as stack:
        chromium: Browser = stack.enter_context(browser())
        requester, approver = (
            kind(stack.enter_context(site.page_of(chromium, role, scripts=kind is ByKeyboard)))
            for role in (Role.REQUESTER, Role.APPROVER)
        )
        draft(requester)
        upload_and_submit(requester, listed)
        approve_and_release(approver)
        assert len(notify_of(site.world.app).sent) == 0
        with transaction():
            db.session.query(Campaign).one().is_pilot_passed = True
        send(3)
        assert len(notify_of(site.world.app).sent) == 5
        progress = approver.page.url
        approver.page.goto(f"{STAFF_URL}/campaigns")
        approver.follow("By other means")
        approver.follow("See how the sending goes")
        assert approver.page.url == progress
        reads(approver.page, "Sent\t5")
