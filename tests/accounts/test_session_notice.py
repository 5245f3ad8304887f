"""A session that is about to end says so in time, and no work is lost by it: in a real browser."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pyotp
import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from outreach import clock
from outreach.accounts import service
from outreach.domain.access import Role
from outreach.domain.actor import Actor
from outreach.extensions import db
from outreach.models import Campaign, User, UserSession
from outreach.transaction import transaction
from tests.accounts.conftest import PASSWORD
from tests.browser import check_accessibility, open_page, screenshot
from tests.site import Site, running_site

EMAIL = "sam@force.example.org"
SECRET = pyotp.random_base32()


def joined(app: Flask) -> dict[str, UUID | int]:
    app.extensions["security"].pwd_context.update(
        argon2__time_cost=1, argon2__memory_cost=64, argon2__parallelism=1
    )
    with transaction():
        user = service.invite(EMAIL, [Role.REQUESTER], by=Actor.job("tests"))
        service.join(user, PASSWORD)
        user.tf_primary_method = "authenticator"
        factory = app.extensions["security"]._totp_factory._totp
        user.tf_totp_secret = factory(key=SECRET).to_json(encrypt=True)
        return {"person": user.id}


@pytest.fixture(scope="module")
def site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_site(sqlite_template, tmp_path_factory.mktemp("notice"), joined) as site:
        yield site


def sign_in(page: Page, site: Site) -> None:
    """On whatever page asks for it."""
    with site.app.app_context(), transaction():
        db.session.get_one(User, site.ids["person"]).tf_last_counter = None
    page.get_by_label("Email address").fill(EMAIL)
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Security code").fill(pyotp.TOTP(SECRET).now())
    page.get_by_role("button", name="Continue").click()


def idle_for(site: Site, minutes: int) -> None:
    """The person's last act was so long ago."""
    with site.app.app_context(), transaction():
        then = clock.now() - timedelta(minutes=minutes)
        db.session.execute(db.update(UserSession).values(seen_at=then))


def sleep(page: Page, minutes: float) -> None:
    """The browser's clock goes forward, as over a lunch."""
    page.clock.fast_forward(int(minutes * 60_000))


@pytest.fixture
def page(chromium: Browser, site: Site) -> Iterator[Page]:
    """Somebody in the middle of typing a campaign's title."""
    with open_page(chromium) as page:
        page.clock.install()
        page.goto(f"{site.url}/campaigns/new")
        sign_in(page, site)
        page.wait_for_url(f"{site.url}/campaigns/new")
        page.get_by_role("textbox").first.fill("Half a title")
        yield page


def test_notice_comes_five_minutes_before_the_end_and_one_press_stays(
    page: Page, site: Site
) -> None:
    dialog = page.get_by_role("dialog", name="Your session")
    sleep(page, 24.5)
    expect(dialog).to_be_hidden()
    idle_for(site, 25)
    sleep(page, 1)
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("less than five minutes")
    check_accessibility(page)
    screenshot(page, "session-notice")
    page.get_by_role("button", name="Stay signed in").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("textbox").first).to_have_value("Half a title")
    with site.app.app_context():
        seen = db.session.scalars(
            db.select(UserSession.seen_at)
            .where(UserSession.user_id == site.ids["person"])
            .order_by(UserSession.created_at.desc())
        ).first()
        assert seen is not None
        assert clock.now() - seen < timedelta(minutes=1), "the server counts from now on"
    sleep(page, 24)
    expect(dialog).to_be_hidden()


def test_work_typed_before_the_end_is_there_after_signing_in_again(page: Page, site: Site) -> None:
    idle_for(site, 31)
    sleep(page, 31)
    dialog = page.get_by_role("dialog", name="Your session")
    expect(dialog).to_contain_text("You were signed out")
    check_accessibility(page)
    screenshot(page, "session-over")
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("textbox").first).to_have_value("Half a title")
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.get_by_text("You were signed out")).to_be_visible()
    sign_in(page, site)
    page.wait_for_url(f"{site.url}/account/carry-on")
    page.get_by_role("button", name="Send it now").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Half a title")
    with site.app.app_context():
        assert db.session.scalar(db.select(Campaign.title)) == "Half a title"
