"""The service on loopback for a real browser, as an auditor finds it: with a history, or new."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy import select

from outreach import clock
from outreach.accounts import service as accounts
from outreach.audit import cosigning, tree
from outreach.domain.access import Role
from outreach.domain.audit import AuditAction as A
from outreach.domain.checkpoint import cosign_checkpoint
from outreach.domain.signed_note import KeyType
from outreach.extensions import db
from outreach.factory import create_app
from outreach.models import AuditCheck, AuditEvent, AuditLeaf, Campaign, User
from outreach.transaction import transaction
from tests.audit.log import WRITER, seal
from tests.audit.pages import put
from tests.browser import open_page
from tests.conftest import sign_in
from tests.databases import free_port
from tests.factories import acting, cast, make_campaign
from tests.sealed_log import signer
from tests.serving import serving
from tests.settings import STAFF_URL, make_settings

STAFF_HOST = urlsplit(STAFF_URL).hostname or ""
"""The host that the tests' sign-in is made for."""
Seed = Callable[[Flask], dict[str, UUID]]


@dataclass
class Site:
    """`ids` are those of events and verifications by what they are."""

    url: str
    app: Flask
    ids: dict[str, UUID]
    cookie: str

    @contextmanager
    def page_of(self, chromium: Browser, *, scripts: bool = True) -> Iterator[Page]:
        """A page signed in as an auditor."""
        with open_page(chromium, scripts=scripts) as page:
            cookie = {"name": "outreach", "value": self.cookie, "url": self.url}
            page.context.add_cookies([cookie])
            yield page


@contextmanager
def running_site(template: Path, folder: Path, seed: Seed) -> Iterator[Site]:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    path = folder / "outreach.db"
    shutil.copy(template, path)
    settings = make_settings(database_url=f"sqlite:///{path}", instance_path=folder, staff_url=url)
    app = create_app(settings)
    app.config["TRUSTED_HOSTS"].append(STAFF_HOST)
    with app.app_context():
        site = Site(url, app, seed(app), _session_of(app, _auditor()))
        db.session.remove()
    try:
        with serving(app, port):
            yield site
    finally:
        with app.app_context():
            app.extensions["outreach_engine"].close()
            db.session.remove()
            db.engine.dispose()


def nothing(app: Flask) -> dict[str, UUID]:
    """Nothing but the auditor's own account."""
    return {}


def everything(app: Flask) -> dict[str, UUID]:
    """A campaign, people who looked at it and one who did too often, a second body, damage."""
    campaign = make_campaign(app, title="Spring outreach to people in Leeds")
    _look(campaign)
    for _ in range(70):
        put(A.HOLD_PLACED, WRITER, object_type="hold", object_id=3)
    seal()
    witness = signer(9, "charity.example/witness", KeyType.COSIGNATURE)
    note = cosign_checkpoint(tree.newest().note, witness, 1_767_225_600)
    with transaction():
        cosigning.add_witness(witness.verifier, by=WRITER)
        cosigning.accept(note)
    seal()
    sealed = db.session.scalar(
        select(AuditEvent.event_id).join(AuditLeaf).where(AuditLeaf.leaf_index == 40)
    )
    return {
        "event": sealed,
        "unsealed": put(A.NUMBER_REVEALED, WRITER, reason="She asked.").event_id,
        "holds": _check("holds", "All 120 sealed entries are as they were signed.", hours=30),
        "damaged": _check("damaged", "entry 57: changed. Its content has not the hash.", hours=1),
        "running": _check(None, None, hours=0),
    }


def _look(campaign: Campaign) -> None:
    people = cast()
    lookers = {
        acting(people.requester, Role.REQUESTER): 4,
        acting(people.approver, Role.APPROVER): 6,
        acting(people.other_approver, Role.APPROVER): 31,
    }
    for by, times in lookers.items():
        for n in range(times):
            at = clock.now() - timedelta(days=n % 9, hours=n % 5)
            put(A.REPLY_READ, by, at=at, object_type="reply", campaign_id=campaign.id)
        put(A.NUMBER_REVEALED, by, at=at, object_type="recipient", object_id=1,
            campaign_id=campaign.id, reason="She asked us to ring back after five.")  # fmt: skip


def _check(outcome: str | None, verdict: str | None, *, hours: int) -> UUID:
    at = clock.now() - timedelta(hours=hours)
    with transaction():
        check = AuditCheck(
            asked_at=at, tree_size=1_200, done=512, progress_at=at, outcome=outcome,
            verdict=verdict, ended_at=at if outcome else None,
        )  # fmt: skip
        db.session.add(check)
        db.session.flush()
        return check.id


def _auditor() -> User:
    with transaction():
        return accounts.invite("ann@example.org", [Role.AUDITOR], by=WRITER, name="Ann Auditor")


def _session_of(app: Flask, user: User) -> str:
    """The cookie's value; it is the same for any host."""
    client = sign_in(app.test_client(), user)
    cookie = client.get_cookie("outreach", domain=STAFF_HOST)
    assert cookie is not None
    return cookie.value
