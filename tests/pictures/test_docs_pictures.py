"""The pictures of the guides in docs/: `make pictures` makes them in build/screenshots/.

A guide shows no picture that is not made here, and every one made here is shown.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from sqlalchemy import update

from outreach import clock
from outreach.domain.access import Role
from outreach.domain.campaign import CampaignStatus
from outreach.domain.message import MessageStatus
from outreach.extensions import db
from outreach.jobs.worker import beat
from outreach.models import Campaign, Message, Setting
from outreach.transaction import transaction
from tests.accessibility.site import Served, served
from tests.audit import log
from tests.browser import screenshot
from tests.settings import STAFF_URL

# As in tests/accessibility: a file that was being sent when a page closed.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

ROOT = Path(__file__).parents[2]
GUIDES = sorted((ROOT / "docs").glob("*.md"))
SHOWN = re.compile(r"\]\(\.\./build/screenshots/docs-([a-z-]+)\.png\)")
WIDTH = 1000
TITLES = {
    CampaignStatus.DRAFT: "Help for young people in the north",
    CampaignStatus.SUBMITTED: "Winter outreach",
    CampaignStatus.RETURNED: "Outreach to the harbour district",
    CampaignStatus.APPROVED: "Outreach after the summer",
    CampaignStatus.SENDING: "Autumn outreach, second list",
    CampaignStatus.PAUSED: "Autumn outreach, first list",
    CampaignStatus.COMPLETED: "Spring outreach",
    CampaignStatus.CANCELLED: "Outreach of an old list",
}
_S, _R = CampaignStatus, Role
PICTURES: dict[str, tuple[Role, str, CampaignStatus]] = {
    "requester-start": (_R.REQUESTER, "/", _S.DRAFT),
    "requester-tasks": (_R.REQUESTER, "/campaigns/{campaign_id}", _S.DRAFT),
    "requester-list": (_R.REQUESTER, "/campaigns/{campaign_id}/recipients", _S.DRAFT),
    "requester-check": (_R.REQUESTER, "/campaigns/{campaign_id}/check", _S.DRAFT),
    "requester-progress": (_R.REQUESTER, "/campaigns/{campaign_id}/progress", _S.SENDING),
    "requester-calendar": (_R.REQUESTER, "/campaigns/calendar", _S.DRAFT),
    "approver-queue": (_R.APPROVER, "/approvals", _S.DRAFT),
    "approver-review": (_R.APPROVER, "/approvals/{campaign_id}", _S.SUBMITTED),
    "approver-release": (_R.APPROVER, "/approvals/{campaign_id}/release", _S.APPROVED),
    "partner-check": (_R.PARTNER, "/partner", _S.DRAFT),
    "partner-genuine": (_R.PARTNER, "/partner", _S.DRAFT),
    "partner-figures": (_R.PARTNER, "/partner/figures", _S.DRAFT),
    "auditor-log": (_R.AUDITOR, "/audit", _S.DRAFT),
    "auditor-event": (_R.AUDITOR, "/audit/events/{event_id}", _S.DRAFT),
    "auditor-access": (_R.AUDITOR, "/audit/access", _S.DRAFT),
    "auditor-verification": (_R.AUDITOR, "/audit/verification", _S.DRAFT),
    "admin-start": (_R.ADMIN, "/admin", _S.DRAFT),
    "admin-templates": (_R.ADMIN, "/admin/templates", _S.DRAFT),
    "admin-people": (_R.ADMIN, "/admin/people", _S.DRAFT),
    "admin-settings": (_R.ADMIN, "/admin/settings", _S.DRAFT),
}


@pytest.fixture(scope="module")
def site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(sqlite_template, tmp_path_factory.mktemp("site"), is_empty=False) as site:
        with transaction():
            for status, campaign_id in site.world.statuses.items():
                named = update(Campaign).where(Campaign.id == campaign_id)
                db.session.execute(named.values(title=TITLES[status]))
            db.session.add(Setting(name="reply_number", value="07700900500"))
            sending = site.world.statuses[CampaignStatus.SENDING]
            for message in db.session.query(Message).filter_by(campaign_id=sending).limit(3):
                message.status = MessageStatus.DELIVERED
                message.accepted_at = message.final_at = clock.now()
        beat()
        log.seal()
        yield site


@pytest.mark.parametrize("name", PICTURES)
def test_picture(site: Served, chromium: Browser, name: str) -> None:
    role, address, status = PICTURES[name]
    ids = site.world.ids | {"campaign_id": site.world.statuses[status]}
    with site.page_of(chromium, role) as page:
        page.set_viewport_size({"width": WIDTH, "height": 800})
        answer = page.goto(STAFF_URL + address.format(**ids))
        assert answer is not None
        assert answer.status == 200
        if name == "partner-genuine":
            page.get_by_label("Referral code").fill(site.world.own[0].code)
            page.keyboard.press("Enter")
            page.get_by_role("heading", name="This code is genuine").wait_for()
        path = screenshot(page, f"docs-{name}")
    assert path.stat().st_size > 10_000


def test_guides_show_these_pictures_and_no_others() -> None:
    shown = {name for guide in GUIDES for name in SHOWN.findall(guide.read_text())}
    assert shown == set(PICTURES)
