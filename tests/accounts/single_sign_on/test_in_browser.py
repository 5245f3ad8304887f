"""Single sign-on as a person sees it, in a real browser and with a real provider."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from outreach import clock
from outreach.accounts import service
from outreach.domain.access import Role
from outreach.domain.actor import Actor
from outreach.extensions import db
from outreach.models import UserSession
from outreach.transaction import transaction
from tests.accounts.elsewhere import PERSON, oidc_of
from tests.browser import (
    look_at_every_width,
    open_page,
    watch_faults,
)
from tests.fakes.provider import FakeProvider, running_provider
from tests.site import Site, running_site


@pytest.fixture(scope="module")
def provider() -> Iterator[FakeProvider]:
    with running_provider("") as provider:
        provider.person = dict(PERSON)
        yield provider


def invited(app: Flask) -> dict[str, UUID | int]:
    with transaction():
        user = service.invite(PERSON["email"], [Role.APPROVER], by=Actor.job("tests"))
        return {"person": user.id}


@pytest.fixture(scope="module")
def site(
    provider: FakeProvider, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("tied")
    with running_site(sqlite_template, folder, invited, oidc=oidc_of(provider)) as site:
        provider.client.redirect_uri = f"{site.url}/sign-in/provider/answer"
        yield site


def go_stale(site: Site) -> None:
    """As 40 minutes later, with the person about all the while."""
    old = clock.now() - timedelta(minutes=40)
    with site.app.app_context(), transaction():
        db.session.execute(db.update(UserSession).values(confirmed_at=old))


def test_person_signs_in_proves_anew_and_signs_out(
    chromium: Browser, site: Site, provider: FakeProvider
) -> None:
    with open_page(chromium) as page:
        faults = watch_faults(page)
        page.goto(f"{site.url}/opt-outs/export")
        look_at_every_width(page, "sign-in-with-provider")
        page.get_by_role("button", name="Sign in with Force sign-in").click()
        expect(page.get_by_role("heading", name="Force sign-in")).to_be_visible()
        page.get_by_role("button", name="It is me").click()
        page.wait_for_url(f"{site.url}/opt-outs/export")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Export")
        go_stale(site)
        page.get_by_role("button", name="Download the list").click()
        expect(page.get_by_role("heading", name="Confirm that it is you")).to_be_visible()
        look_at_every_width(page, "confirm-with-provider")
        page.get_by_role("button", name="Confirm with Force sign-in").click()
        page.get_by_role("button", name="It is me").click()
        page.wait_for_url(f"{site.url}/account/carry-on")
        look_at_every_width(page, "carry-on-after-provider")
        with page.expect_download() as download:
            page.get_by_role("button", name="Send it now").click()
        assert download.value.suggested_filename.endswith(".csv")
        page.goto(f"{site.url}/account/sign-in-details")
        look_at_every_width(page, "details-with-provider")
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_text("may still be signed in with Force sign-in")).to_be_visible()
        look_at_every_width(page, "signed-out-of-outreach")
        page.get_by_role("link", name="sign out there too").click()
        page.wait_for_url(f"{site.url}/sign-in*")
        assert provider.signed_in_at is None
    assert [fault for fault in faults if "403" not in fault and "export" not in fault] == []
