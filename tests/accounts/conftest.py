"""People who really sign in: with a password, an authenticator app, in several browsers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyotp
import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from outreach import clock
from outreach.accounts import service as accounts
from outreach.domain.access import Permission, Role
from outreach.extensions import db
from outreach.models import AuditEvent, User
from outreach.transaction import transaction
from outreach.web.permissions import requires
from tests.conftest import HostClient
from tests.settings import STAFF_URL

PASSWORD = "lantern orchard 92 harbour"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"


@dataclass
class Account:
    """A person with a password and the secret of their app."""

    user_id: int
    email: str
    secret: str
    app: Flask

    @property
    def user(self) -> User:
        db.session.rollback()  # what another session has committed since
        found = db.session.get(User, self.user_id)
        assert found is not None
        return found

    def code(self) -> str:
        """A code the service has not seen: real time stands nearly still in a test."""
        with transaction():
            self.user.tf_last_counter = None
        return pyotp.TOTP(self.secret).now()

    def browser(self) -> FlaskClient:
        self.app.test_client_class = HostClient
        return self.app.test_client()

    def give_password(
        self,
        browser: FlaskClient,
        password: str = PASSWORD,
        query: str = "",
        address: str = "10.0.0.1",
    ) -> TestResponse:
        return browser.post(
            f"/sign-in{query}",
            data={"email": self.email, "password": password},
            headers={"User-Agent": FIREFOX},
            environ_base={"REMOTE_ADDR": address},
        )

    def sign_in(self, browser: FlaskClient | None = None, query: str = "") -> FlaskClient:
        browser = browser or self.browser()
        answer = self.give_password(browser, query=query)
        assert answer.status_code == 302, answer.text
        answer = browser.post(
            answer.location, data={"code": self.code()}, headers={"User-Agent": FIREFOX}
        )
        assert answer.status_code == 302, answer.text
        browser.landed_on = answer.location  # type: ignore[attr-defined]
        return browser


@pytest.fixture
def account(app: Flask, person: Callable[..., User]) -> Callable[..., Account]:
    """A function that makes somebody who has joined and set up an app."""
    quick = {"argon2__time_cost": 1, "argon2__memory_cost": 64, "argon2__parallelism": 1}
    app.extensions["security"].pwd_context.update(**quick)  # hashing is slow on purpose

    def make(*roles: Role, email: str | None = None) -> Account:
        user = person(*(roles or (Role.REQUESTER,)), email=email)
        secret = pyotp.random_base32()
        with transaction():
            accounts.join(user, PASSWORD)
            user.tf_primary_method = "authenticator"
            factory = app.extensions["security"]._totp_factory._totp
            user.tf_totp_secret = factory(key=secret).to_json(encrypt=True)
        return Account(user.id, user.email, secret, app)

    return make


class SetClock:
    """The service's clock, moved by hand from the real present on."""

    def __init__(self) -> None:
        self.at = clock.now()

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture
def time() -> Iterator[SetClock]:
    moved = SetClock()
    with clock.set_to(moved):
        yield moved


@pytest.fixture
def acts(app: Flask) -> list[dict[str, str]]:
    """What was done at `/tests/act`, a page that asks for fresh proof of who the person is."""
    done: list[dict[str, str]] = []

    @requires(Permission.SIGNED_IN, fresh=True)
    def act() -> str:
        if request.method == "POST":
            done.append(request.form.to_dict())
        return "acted"

    app.add_url_rule("/tests/act", "tests.act", act, methods=["GET", "POST"])
    return done


def is_signed_in(browser: FlaskClient) -> bool:
    return browser.get("/account").status_code == 200


def events(action: str) -> list[AuditEvent]:
    return list(
        db.session.scalars(
            db.select(AuditEvent).where(AuditEvent.action == action).order_by(AuditEvent.id)
        )
    )


def copy_cookies(source: FlaskClient, target: FlaskClient) -> None:
    """What a thief has who copied the browser's cookie."""
    cookie = source.get_cookie("outreach", domain=STAFF_URL.partition("//")[2])
    assert cookie is not None
    target.set_cookie("outreach", cookie.value, domain=STAFF_URL.partition("//")[2])
