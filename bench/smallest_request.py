"""The smallest request that changes something, given to the application as a server gives it."""

import sys
import time
from collections.abc import Callable
from contextlib import closing
from io import BytesIO
from uuid import uuid4

from flask import Flask
from werkzeug.wsgi import ClosingIterator

from outreach.accounts import service as accounts
from outreach.campaigns import beginning
from outreach.domain.access import Role
from outreach.domain.actor import Actor
from outreach.domain.audit import ActorKind
from outreach.transaction import transaction
from tests.conftest import sign_in
from tests.settings import (
    STAFF_URL,
)


class SmallestRequest:
    """A campaign gets another title: one row changes, and an event tells of it."""

    def __init__(self, app: Flask) -> None:
        with transaction():
            user = accounts.invite(
                f"{uuid4().hex}@example.org", [Role.REQUESTER], by=Actor.job("bench")
            )
        requester = Actor(ActorKind.PERSON, str(user.id), "requester", user.id)
        with transaction():
            self.path = f"/campaigns/{beginning.create('Spring', by=requester).id}/title"
        client = sign_in(app.test_client(), user)
        self.host = STAFF_URL.removeprefix("http://")
        cookie = client.get_cookie("outreach", domain=self.host)
        assert cookie is not None
        self.cookie = f"outreach={cookie.value}"
        self.app = app.wsgi_app
        self.count = 0

    def __call__(self) -> tuple[float, float]:
        """Seconds by the clock and of the processor."""
        self.count += 1
        body = f"title=Spring+{self.count}".encode()
        environ = {
            "REQUEST_METHOD": "POST", "PATH_INFO": self.path, "QUERY_STRING": "",
            "SERVER_NAME": self.host, "SERVER_PORT": "80", "HTTP_HOST": self.host,
            "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1", "HTTP_COOKIE": self.cookie,
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)), "wsgi.input": BytesIO(body),
            "wsgi.errors": sys.stderr, "wsgi.url_scheme": "http", "wsgi.version": (1, 0),
            "wsgi.multithread": False, "wsgi.multiprocess": False, "wsgi.run_once": False,
        }  # fmt: skip
        statuses: list[str] = []

        def start_response(status: str, *_: object) -> Callable[[bytes], object]:
            statuses.append(status)
            return body_parts.append

        body_parts: list[bytes] = []
        begun = time.perf_counter(), time.process_time()
        with closing(ClosingIterator(self.app(environ, start_response))) as answer:
            body_parts.extend(answer)
        took = time.perf_counter() - begun[0], time.process_time() - begun[1]
        assert statuses[0].startswith("302"), statuses
        return took
