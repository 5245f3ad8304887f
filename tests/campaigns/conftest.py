"""Clients of the cast that makes campaigns, and a Notify in memory."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from outreach.models import User
from tests.components.html import read_page
from tests.conftest import HostClient, sign_in
from tests.factories import cast, notify_of
from tests.fakes.notify import FakeNotify


@pytest.fixture
def notify(app: Flask) -> FakeNotify:
    return notify_of(app)


@pytest.fixture
def signed_in(app: Flask) -> Callable[[User], FlaskClient]:
    """A function that gives a client signed in as this person."""

    def make(user: User) -> FlaskClient:
        app.test_client_class = HostClient
        return sign_in(app.test_client(), user)

    return make


@pytest.fixture
def requester(notify: FakeNotify, signed_in: Callable[[User], FlaskClient]) -> FlaskClient:
    """Rosa, who drafts."""
    return signed_in(cast().requester)


@pytest.fixture
def approver(notify: FakeNotify, signed_in: Callable[[User], FlaskClient]) -> FlaskClient:
    """Ade, who had no hand in what Rosa drafts."""
    return signed_in(cast().approver)


@pytest.fixture
def see() -> Callable[..., BeautifulSoup]:
    """A function that opens a page, which must be sound HTML with one heading."""

    def open_page(client: FlaskClient, path: str, *, status: int = 200) -> BeautifulSoup:
        answer = client.get(path, follow_redirects=True)
        assert answer.status_code == status, answer.text[:500]
        soup = read_page(answer.text)
        assert len(soup.find_all("h1")) == 1
        return soup

    return open_page
