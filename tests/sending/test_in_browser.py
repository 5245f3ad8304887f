"""The pages of a campaign under way, in a real browser at three widths."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from outreach import clock
from outreach.domain.access import Role
from outreach.domain.campaign import CampaignStatus
from outreach.domain.pausing import PauseKind
from outreach.extensions import db
from outreach.models import Message, WorkerHeartbeat
from outreach.sending import pauses, queries, service
from outreach.transaction import transaction
from tests.browser import (
    WIDTHS,
    check_accessibility,
    look_at,
    screenshot,
    watch_faults,
)
from tests.factories import a_list, acting, cast, make_campaign
from tests.sending.stage import approve
from tests.site import Site, running_site

SIZE = 60
MIXED = (
    ["delivered"] * 30
    + ["accepted"] * 4
    + ["permanent-failure"] * 3
    + ["temporary-failure"] * 2
    + ["refused", "held", "held", "suppressed", "sending"]
)


def seed(app: Flask) -> dict[str, UUID | int]:
    """One campaign half-way, and one that the service stopped."""
    half, stopped = (_release(app, title, n) for n, title in enumerate(("Half way", "Stopped")))
    for title in ("Winter outreach in the northern districts", "Spring outreach"):
        make_campaign(app, CampaignStatus.SUBMITTED, title=title)
    with transaction():
        db.session.add(WorkerHeartbeat(name="w", started_at=clock.now(), beat_at=clock.now()))
        now = clock.now()
        for place, (message, status) in enumerate(zip(_messages(half), MIXED, strict=False)):
            message.status = status
            message.accepted_at = now - timedelta(minutes=40 - place * 0.8)
            message.final_at = message.accepted_at + timedelta(minutes=3)
            message.claimed_at, message.lease_until = message.accepted_at, now
            message.reason = "GOV.UK Notify could not be asked for an hour whether it has it."
    with transaction():
        reason = "9 of 20 answers about the pilot are permanent failures or refusals (45%)."
        pauses.stop(stopped, PauseKind.PILOT, reason)
    return {"half": half, "stopped": stopped, "held": _held(half)}


def _release(app: Flask, title: str, place: int) -> UUID:
    first = 300 + 300 * place
    numbers = [f"07700 900{n}" for n in range(first, first + SIZE)]
    campaign = make_campaign(
        app,
        CampaignStatus.SUBMITTED,
        title=title,
        recipients=a_list(numbers, ["Jo"] * SIZE),
    )
    with transaction():
        approve(campaign)
    with transaction():
        service.release(campaign, by=acting(cast().approver, Role.APPROVER))
        queries.lock_campaign(campaign.id).is_pilot_passed = place == 0
    return campaign.id


def _messages(campaign_id: UUID) -> list[Message]:
    found = db.session.query(Message).filter_by(campaign_id=campaign_id)
    return list(found.order_by(Message.id))


def _held(campaign_id: UUID) -> int:
    return next(m.id for m in _messages(campaign_id) if m.status.value == "held")


@pytest.fixture(scope="module")
def site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_site(sqlite_template, tmp_path_factory.mktemp("site"), seed) as running:
        yield running


PAGES = {
    "progress": "/campaigns/{half}/progress",
    "progress-stopped": "/campaigns/{stopped}/progress",
    "pause": "/campaigns/{half}/pause",
    "cancel": "/campaigns/{half}/stop",
    "held": "/campaigns/{half}/held",
    "send-held": "/campaigns/{half}/held/{held}/send-it",
    "second-texts": "/campaigns/{half}/second-texts",
    "calendar": "/campaigns/calendar",
    "calendar-empty": "/campaigns/calendar?month=2027-02",
    "calendar-unknown": "/campaigns/calendar?month=2035-02",
}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_sound(site: Site, chromium: Browser, name: str, width: int) -> None:
    with site.page_of(chromium, width=width) as page:
        faults = watch_faults(page)
        answer = page.goto(site.url + PAGES[name].format(**site.ids))
        assert answer is not None
        assert answer.status == 200
        look_at(page, f"sending-{name}-{width}")
        assert faults == []


def test_an_approver_may_resume_what_the_service_stopped(site: Site, chromium: Browser) -> None:
    with site.page_of(chromium, "approver") as page:
        page.goto(f"{site.url}/campaigns/{site.ids['stopped']}/resume")
        assert "It is paused because" in page.inner_text("main")
        check_accessibility(page)
        screenshot(page, "sending-resume")


def test_the_page_moves_without_a_reload(site: Site, chromium: Browser) -> None:
    with site.page_of(chromium) as page:
        page.goto(f"{site.url}/campaigns/{site.ids['half']}/progress")
        before = _delivered(page)
        with site.app.app_context(), transaction():
            silent = next(m for m in _messages(site.ids["half"]) if m.status.value == "accepted")
            silent.status = "delivered"
        page.wait_for_function(
            "wanted => document.querySelector('main').innerText.includes(wanted)",
            arg=f"Delivered\t{before + 1}",
            timeout=8_000,
        )


def test_without_scripts_there_is_a_link_to_the_newest_figures(
    site: Site, chromium: Browser
) -> None:
    with site.page_of(chromium, scripts=False) as page:
        page.goto(f"{site.url}/campaigns/{site.ids['half']}/progress")
        page.click("text=Load this page again to see the newest figures")
        assert "Texts dealt with" in page.inner_text("main")


def _delivered(page: Page) -> int:
    text = page.inner_text("main")
    return int(text.split("Delivered\t")[1].split()[0])
