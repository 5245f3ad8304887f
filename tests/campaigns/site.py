"""The service on loopback with a Notify in memory, for a real browser."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page

from outreach.domain.access import Role
from outreach.domain.campaign import CampaignStatus
from outreach.extensions import db
from outreach.factory import create_app
from outreach.models import User
from tests.browser import open_page
from tests.conftest import sign_in
from tests.databases import free_port
from tests.factories import cast, give_role, make_campaign, notify_of
from tests.serving import serving
from tests.settings import STAFF_URL, make_settings

STAFF_HOST = urlsplit(STAFF_URL).hostname or ""
"""The host that the tests' sign-in is made for."""


@dataclass
class Site:
    """`campaigns` are their ids by what they are; `cookies` the session of each person."""

    url: str
    campaigns: dict[str, UUID]
    cookies: dict[str, str]

    @contextmanager
    def page_of(
        self, chromium: Browser, person: str, *, width: int = 1280, scripts: bool = True
    ) -> Iterator[Page]:
        """A page signed in as `requester`, `approver` or `admin`."""
        with open_page(chromium, width=width, scripts=scripts) as page:
            cookie = {"name": "outreach", "value": self.cookies[person], "url": self.url}
            page.context.add_cookies([cookie])
            yield page


@contextmanager
def running_site(template: Path, folder: Path) -> Iterator[Site]:
    """Seeded with campaigns in every state that has a page of its own."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    path = folder / "outreach.db"
    shutil.copy(template, path)
    settings = make_settings(database_url=f"sqlite:///{path}", instance_path=folder, staff_url=url)
    app = create_app(settings)
    app.config["RATELIMIT_ENABLED"] = False
    app.config["TRUSTED_HOSTS"].append(STAFF_HOST)
    with app.app_context():
        site = Site(url, _seed(app), _sign_everybody_in(app))
        db.session.remove()
    try:
        with serving(app, port):
            yield site
    finally:
        with app.app_context():
            db.engine.dispose()


def _seed(app: Flask) -> dict[str, UUID]:
    template = notify_of(app).add_template()
    unsafe = notify_of(app).add_template("Unsafe words", "Police found drugs. Operation Larkspur.")
    made = {
        "begun": make_campaign(app, is_complete=False, template=template).id,
        "ready": make_campaign(app, template=template).id,
        "unsafe": make_campaign(app, template=unsafe).id,
    }
    for status in CampaignStatus:
        made[status.value] = make_campaign(app, status, template=template, title=status.title()).id
    return made


def _sign_everybody_in(app: Flask) -> dict[str, str]:
    people = cast()
    give_role(people.other_approver, Role.ADMIN)
    return {
        "requester": _session_of(app.test_client(), people.requester),
        "approver": _session_of(app.test_client(), people.approver),
        "admin": _session_of(app.test_client(), people.other_approver),
    }


def _session_of(client: FlaskClient, user: User) -> str:
    """The cookie's value; it is the same for any host."""
    sign_in(client, user)
    cookie = client.get_cookie("outreach", domain=STAFF_HOST)
    assert cookie is not None
    return cookie.value
