"""What tests share.

A database, an application, people of every role, and clients signed in as them.
"""

import hashlib
import re
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser

from outreach.accounts import service as accounts
from outreach.domain.access import Role
from outreach.domain.actor import Actor
from outreach.extensions import db
from outreach.factory import create_app
from outreach.models import Organisation, User, UserSession
from outreach.transaction import transaction
from tests.browser import browser
from tests.databases import PostgresCluster, make_sqlite_template, postgres_cluster
from tests.settings import PUBLIC_URL, STAFF_URL, make_settings
from tests.told import Told

both_databases = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sqlite_template(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresCluster]:
    with postgres_cluster() as cluster:
        yield cluster


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture
def database_url(
    request: pytest.FixtureRequest, tmp_path: Path, sqlite_template: Path
) -> Iterator[str]:
    """A fresh, migrated database.

    SQLite, or PostgreSQL where the test is marked `both_databases`.
    """
    if getattr(request, "param", "sqlite") == "sqlite":
        path = tmp_path / "outreach.db"
        shutil.copy(sqlite_template, path)
        yield f"sqlite:///{path}"
        return
    cluster: PostgresCluster = request.getfixturevalue("postgres")
    url = cluster.new_database()
    yield url
    cluster.drop_database(url)


@pytest.fixture
def told() -> Told:
    """Finds what the service commits without an event, in every test."""
    return Told()


@pytest.fixture
def app(database_url: str, tmp_path: Path, told: Told) -> Iterator[Flask]:
    """The application in an open context, with forms that need no token."""
    app = create_app(make_settings(database_url=database_url, instance_path=tmp_path))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    hashing = app.extensions["security"].pwd_context
    hashing.update(argon2__time_cost=1, argon2__memory_cost=8, argon2__parallelism=1)
    with app.app_context(), told.watching(db.engine):
        yield app
        app.extensions["outreach_engine"].close()
        db.session.remove()
        db.engine.dispose()
    told.assert_all_told()


@pytest.fixture
def partner_organisation(app: Flask) -> Organisation:
    with transaction():
        return accounts.add_organisation(
            name="Riverside Support",
            phone="0808 157 0123",
            website="https://riverside.example.org",
            by=Actor.job("tests"),
        )


@pytest.fixture
def person(app: Flask, partner_organisation: Organisation) -> Callable[..., User]:
    """A function that makes a person with the given roles."""

    def make(*roles: Role, email: str | None = None) -> User:
        address = email or f"{'-'.join(roles)}@example.org"
        with transaction():
            organisation = partner_organisation if Role.PARTNER in roles else None
            return accounts.invite(address, roles, by=Actor.job("tests"), organisation=organisation)

    return make


LATER = datetime(2200, 1, 1, tzinfo=UTC)


def sign_in(client: FlaskClient, user: User, at: datetime = LATER) -> FlaskClient:
    """Put the person into the client's session, as signing in would have done at that time.

    Long after any time a test sets, so that the session neither runs out nor goes stale.
    """
    uniquifier, user_id, token = user.fs_uniquifier, user.id, secrets.token_urlsafe(32)
    with transaction():
        db.session.add(
            UserSession(
                token_hash=hashlib.sha256(token.encode()).digest(),
                user_id=user_id,
                created_at=at,
                seen_at=at,
                confirmed_at=at,
                browser="Test browser",
                address="127.0.0.1",
            )
        )
    with client.session_transaction(base_url=STAFF_URL) as session:
        session["sid"] = token
        session["_user_id"] = uniquifier
        session["_fresh"] = True
        session["fs_cc"] = "set"
        session["fs_paa"] = time.time()
    return client


def as_shown(page: str) -> str:
    """Without what is another one on every page: the nonce of its scripts."""
    return re.sub(r' nonce="[\w-]+"', "", page)


class HostClient(FlaskClient):
    """A client whose requests go to one host name unless told otherwise."""

    base_url = STAFF_URL

    def open(self, *args: object, **kwargs: object) -> object:  # type: ignore[override]
        kwargs.setdefault("base_url", self.base_url)
        return super().open(*args, **kwargs)  # type: ignore[arg-type]


class PublicClient(HostClient):
    base_url = PUBLIC_URL


@pytest.fixture
def anonymous(app: Flask) -> FlaskClient:
    app.test_client_class = HostClient
    return app.test_client()


@pytest.fixture
def recipient(app: Flask) -> FlaskClient:
    """Somebody with a browser on the public host."""
    app.test_client_class = PublicClient
    return app.test_client()


@pytest.fixture
def client_as(app: Flask, person: Callable[..., User]) -> Callable[..., FlaskClient]:
    """A function that gives a client signed in as a new person of the given roles."""

    def make(*roles: Role, email: str | None = None) -> FlaskClient:
        app.test_client_class = HostClient
        return sign_in(app.test_client(), person(*roles, email=email))

    return make


@pytest.fixture
def as_requester(client_as: Callable[..., FlaskClient]) -> FlaskClient:
    return client_as(Role.REQUESTER)


@pytest.fixture
def as_approver(client_as: Callable[..., FlaskClient]) -> FlaskClient:
    return client_as(Role.APPROVER)


@pytest.fixture
def as_partner(client_as: Callable[..., FlaskClient]) -> FlaskClient:
    return client_as(Role.PARTNER)


@pytest.fixture
def as_auditor(client_as: Callable[..., FlaskClient]) -> FlaskClient:
    return client_as(Role.AUDITOR)


@pytest.fixture
def as_admin(client_as: Callable[..., FlaskClient]) -> FlaskClient:
    return client_as(Role.ADMIN)
