"""What tests of single sign-on share: the service tied to a real provider, and a way through."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from outreach.accounts import service
from outreach.config import OidcSettings
from outreach.domain.access import Role
from outreach.domain.actor import Actor
from outreach.domain.single_sign_on import RoleRules
from outreach.extensions import db
from outreach.factory import create_app
from outreach.models import User
from outreach.transaction import transaction
from tests.accounts.conftest import events
from tests.conftest import HostClient
from tests.fakes.provider import CLIENT_ID, CLIENT_SECRET, FakeProvider
from tests.settings import STAFF_URL, make_settings

PERSON: dict[str, Any] = {
    "sub": "00u1",
    "email": "pat@force.example.org",
    "email_verified": True,
    "name": "Pat Officer",
    "amr": ["pwd", "mfa"],
}
RULES = RoleRules("groups", (("senders", Role.REQUESTER), ("checkers", Role.APPROVER)))


def oidc_of(provider: FakeProvider, **changes: Any) -> OidcSettings:
    values: dict[str, Any] = {
        "name": "Force sign-in",
        "trusted_steps": frozenset({"mfa"}),
    }
    return OidcSettings(provider.issuer, CLIENT_ID, CLIENT_SECRET, **(values | changes))


@contextmanager
def tied_app(url: str, folder: Path, oidc: OidcSettings | None, **changes: Any) -> Iterator[Flask]:
    app = create_app(make_settings(database_url=url, instance_path=folder, oidc=oidc, **changes))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    app.test_client_class = HostClient
    with app.app_context():
        yield app
        app.extensions["outreach_engine"].close()
        db.session.remove()
        db.engine.dispose()


def go_to_provider(browser: FlaskClient, start: str = "/sign-in/provider") -> str:
    """Press the button, sign in at the provider, and give back its answer's address."""
    leaving = browser.get(start)
    assert leaving.status_code == 302, leaving.text
    with requests.Session() as there:
        answer = there.get(leaving.location, allow_redirects=False, timeout=10)
        if answer.status_code == 200:  # it asks
            answer = there.post(leaving.location, allow_redirects=False, timeout=10)
    assert answer.status_code == 302, answer.text
    parts = urlsplit(answer.headers["Location"])
    assert f"{parts.scheme}://{parts.netloc}" == STAFF_URL
    return f"{parts.path}?{parts.query}"


def sign_in_elsewhere(browser: FlaskClient, start: str = "/sign-in/provider") -> TestResponse:
    return browser.get(go_to_provider(browser, start))


def is_in(browser: FlaskClient) -> bool:
    return browser.get("/account").status_code == 200


def person_of(email: str = PERSON["email"]) -> User | None:
    db.session.rollback()
    return db.session.scalar(db.select(User).where(User.email == email))


def invite(*roles: Role, email: str = PERSON["email"]) -> int:
    """A requester unless told otherwise; the number of the account."""
    with transaction():
        return service.invite(email, roles or (Role.REQUESTER,), by=Actor.job("tests")).id


def refusals() -> list[str]:
    """Why sign-ins were refused so far, as the events have it."""
    db.session.rollback()
    return [str(event.changes["how"]) for event in events("session.refused")]
