"""The gallery rendered in-process, and in a real browser for what only a browser can tell."""

import threading
from collections.abc import Callable, Iterator

import pytest
from bs4 import BeautifulSoup
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from tests.browser import browser
from tests.components.gallery import create_gallery
from tests.components.html import read_fragment


@pytest.fixture(scope="session")
def gallery_client() -> FlaskClient:
    return create_gallery().test_client()


@pytest.fixture(scope="session")
def gallery_without_csrf() -> Flask:
    """For posting forms without first asking for a token."""
    app = create_gallery()
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@pytest.fixture(scope="session")
def render() -> Callable[..., BeautifulSoup]:
    """Renders template source as a page would, checks it is sound HTML, and returns it."""
    app = create_gallery()

    def render_source(source: str, **values: object) -> BeautifulSoup:
        with app.test_request_context("/"):
            return read_fragment(render_template_string(source, **values))

    return render_source


@pytest.fixture(scope="session")
def gallery_url() -> Iterator[str]:
    server = make_server("127.0.0.1", 0, create_gallery(), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with browser() as found:
        yield found
