"""The service on loopback for a real browser, with replies and opt-outs in every state."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page

from outreach import clock
from outreach.domain.access import Role
from outreach.domain.campaign import CampaignStatus
from outreach.domain.optout import SuppressionKind, SuppressionSource
from outreach.domain.reply_queue import Resolution
from outreach.extensions import db
from outreach.factory import create_app
from outreach.models import User
from outreach.optouts import queries as suppressions
from outreach.optouts import service as optouts
from outreach.replies import deciding, service
from outreach.transaction import transaction
from tests.browser import open_page
from tests.conftest import sign_in
from tests.databases import free_port
from tests.factories import NUMBERS, acting, cast, make_campaign
from tests.replies import stage
from tests.serving import serving
from tests.settings import STAFF_URL, make_settings

STAFF_HOST = urlsplit(STAFF_URL).hostname or ""
"""The host that the tests' sign-in is made for."""


@dataclass
class Site:
    """`ids` are those of replies and suppressions by what they are."""

    url: str
    app: Flask
    ids: dict[str, UUID | int]
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
        """A page signed in as `requester` or `approver`."""
        with open_page(chromium, width=width, scripts=scripts) as page:
            cookie = {"name": "outreach", "value": self.cookies[person], "url": self.url}
            page.context.add_cookies([cookie])
            yield page


Seed = Callable[[Flask], dict[str, UUID | int]]


@contextmanager
def running_site(template: Path, folder: Path, seed: Seed, **changes: Any) -> Iterator[Site]:
    """`changes` are those to the settings."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    path = folder / "outreach.db"
    shutil.copy(template, path)
    settings = make_settings(
        database_url=f"sqlite:///{path}", instance_path=folder, staff_url=url, **changes
    )
    app = create_app(settings)
    app.config["RATELIMIT_ENABLED"] = False
    app.config["TRUSTED_HOSTS"].append(STAFF_HOST)
    with app.app_context():
        people = cast()
        cookies = {
            "requester": _session_of(app.test_client(), people.requester),
            "approver": _session_of(app.test_client(), people.approver),
        }
        site = Site(url, app, seed(app), cookies)
        db.session.remove()
    try:
        with serving(app, port):
            yield site
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def nothing(app: Flask) -> dict[str, UUID | int]:
    """Nobody has replied, nobody has opted out."""
    return {}


def everything(app: Flask) -> dict[str, UUID | int]:
    """Replies to a campaign, to none, waiting, taken, decided, erased; numbers opted out."""
    campaign = make_campaign(
        app, CampaignStatus.SENDING, title="Spring outreach to people in Leeds"
    )
    stage.text_everybody(campaign)
    numbers = [f"+44{number.replace(' ', '')[1:]}" for number in NUMBERS]
    rosa, ade = stage.rosa(), stage.ade()
    ids: dict[str, UUID | int] = {
        "urgent": stage.arrive(stage.URGENT, number=numbers[0], minutes_ago=3),
        "waiting": stage.arrive("Can you ring me", number="+447700900999", minutes_ago=2_000),
        "mine": stage.arrive("who do I call? thanks", number=numbers[1], minutes_ago=12),
        "second": stage.arrive("I dont understand this?", number=numbers[1], minutes_ago=11),
        "with_another": stage.arrive("Is it free", number=numbers[2], minutes_ago=70),
        "decided": stage.arrive("ok, ta, whatever", number=numbers[3], minutes_ago=5),
        "by_rules": stage.arrive("STOP", number=numbers[4], minutes_ago=30),
        "erased": stage.arrive("STOP", number="+447700900998", minutes_ago=60 * 24 * 40),
    }
    for number in range(30):
        stage.arrive(f"hm? {number}", number=f"+4477009003{number:02}", minutes_ago=100 + number)
    stage.take(ids["mine"], rosa)
    stage.take(ids["with_another"], ade)
    stage.take(ids["decided"], rosa)
    with transaction():
        deciding.decide(ids["decided"], Resolution.OPT_OUT, by=rosa)
        service.erase_before(clock.now() - timedelta(days=30), by=ade)
        _suppress_some()
        found = suppressions.active_suppression(
            stage.DIGEST_OF(numbers[4]), SuppressionKind.OPT_OUT
        )
        ids["suppression"] = found.id
    return ids


def _suppress_some() -> None:
    for place, source in enumerate([*SuppressionSource, SuppressionSource.STAFF]):
        digest = stage.DIGEST_OF(f"+4477009004{place:02}")
        kind = SuppressionKind.WRONG_PERSON if place % 2 else SuppressionKind.OPT_OUT
        with stage.later(days=-35 * place):
            optouts.suppress(digest, kind, source, by=acting(cast().approver, Role.APPROVER))


def _session_of(client: FlaskClient, user: User) -> str:
    """The cookie's value; it is the same for any host."""
    sign_in(client, user)
    cookie = client.get_cookie("outreach", domain=STAFF_HOST)
    assert cookie is not None
    return cookie.value
