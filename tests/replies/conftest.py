"""Readers of replies, signed in, and a Notify in memory."""

from collections.abc import Callable
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from flask import Flask, g
from flask.testing import FlaskClient

from outreach.domain.campaign import CampaignStatus
from outreach.models import Campaign, User
from tests.components.html import read_page
from tests.conftest import HostClient, sign_in
from tests.factories import NUMBERS, a_list, cast, make_campaign, notify_of
from tests.fakes.notify import FakeNotify
from tests.replies import stage


@pytest.fixture
def notify(app: Flask) -> FakeNotify:
    return notify_of(app)


class Reader:
    """Somebody at the pages of replies. The test's own context remembers who asked last, so it is
    made to forget before each request."""

    def __init__(self, client: FlaskClient) -> None:
        self._client = client

    def see(self, path: str, *, status: int = 200) -> BeautifulSoup:
        """A page, which must be sound HTML with one heading."""
        g.pop("_login_user", None)
        answer = self._client.get(path, follow_redirects=True)
        assert answer.status_code == status, answer.text[:500]
        soup = read_page(answer.text)
        assert len(soup.find_all("h1")) == 1
        return soup

    def fragment(self, path: str = "/replies/newest") -> str:
        g.pop("_login_user", None)
        answer = self._client.get(path, headers={"Live-Request": "true"})
        assert answer.status_code == 200
        return answer.text

    def send(self, path: str, *, follow: bool = True, **form: str) -> tuple[int, BeautifulSoup]:
        """Post a form; the status and the page it led to."""
        g.pop("_login_user", None)
        answer = self._client.post(path, data=form, follow_redirects=follow)
        answer.request.input_stream.close()  # a large body of the test is a file on disk
        return answer.status_code, BeautifulSoup(answer.text, "html.parser")

    def act(self, reply_id: UUID, act: str, **form: str) -> BeautifulSoup:
        """Post to the reply; the page it led to, which must be there."""
        status, page = self.send(f"/replies/{reply_id}/{act}", **form)
        assert status == 200, page.get_text(" ", strip=True)[:500]
        return page

    def decide(self, reply_id: UUID, act: str) -> BeautifulSoup:
        """Take it, read the question, say yes."""
        self.act(reply_id, "take")
        self.see(f"/replies/{reply_id}/{act}")
        return self.act(reply_id, act)


@pytest.fixture
def reader_as(app: Flask) -> Callable[[User], Reader]:
    def make(user: User) -> Reader:
        app.test_client_class = HostClient
        return Reader(sign_in(app.test_client(), user))

    return make


@pytest.fixture
def rosa(reader_as: Callable[[User], Reader]) -> Reader:
    return reader_as(cast().requester)


@pytest.fixture
def ade(reader_as: Callable[[User], Reader]) -> Reader:
    return reader_as(cast().approver)


@pytest.fixture
def texted(app: Flask) -> Campaign:
    """A campaign whose texts were delivered an hour ago, one of them to stage.NUMBER."""
    campaign = make_campaign(app, CampaignStatus.SENDING, recipients=a_list(NUMBERS))
    stage.text_everybody(campaign)
    return campaign
