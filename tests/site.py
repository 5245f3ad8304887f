"""The service on loopback for a real browser, seeded by the tests of a part."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page

from outreach.domain.access import Role
from outreach.extensions import db
from outreach.factory import create_app
from outreach.models import User
from tests.browser import open_page
from tests.conftest import sign_in
from tests.databases import free_port
from tests.factories import cast, give_role
from tests.serving import serving
from tests.settings import STAFF_URL, make_settings

STAFF_HOST = urlsplit(STAFF_URL).hostname or ""
"""The host that the tests' sign-in is made for."""
Ids = dict[str, UUID | int]


@dataclass
class Site:
    """`ids` are those of the things seeded, by what they are; `cookies` the session of each
    person."""

    url: str
    app: Flask
    ids: Ids
    cookies: dict[str, str]

    @contextmanager
    def page_of(
        self,
        chromium: Browser,
        person: str = "requester",
        *,
        width: int = 1280,
        scripts: bool = True,
    ) -> Iterator[Page]:
        """A page signed in as `requester`, `approver` or `admin`."""
        with open_page(chromium, width=width, scripts=scripts) as page:
            cookie = {"name": "outreach", "value": self.cookies[person], "url": self.url}
            page.context.add_cookies([cookie])
            yield page


@contextmanager
def running_site(
    template: Path, folder: Path, seed: Callable[[Flask], Ids], **changes: Any
) -> Iterator[Site]:
    """With a Notify in memory. `changes` are those to the settings."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    path = folder / "outreach.db"
    shutil.copy(template, path)
    settings = make_settings(
        database_url=f"sqlite:///{path}", instance_path=folder, staff_url=url, **changes
    )
    app = create_app(settings)
    app.config["TRUSTED_HOSTS"].append(STAFF_HOST)
    with app.app_context():
        site = Site(url, app, seed(app), _sign_everybody_in(app))
        db.session.remove()
    try:
        with serving(app, port):
            yield site
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


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
