import re

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser

from tests.browser import (
    WIDTHS,
    check_accessibility,
    check_fits,
    check_targets,
    open_page,
    screenshot,
    watch_faults,
)
from tests.components.html import read_page

ERRORS = ["400", "403", "404", "405", "413", "429", "500", "503", "refused", "public"]
STATES = ["400?status=400", "public?status=404", "public?status=429"]
ERROR_PAGES = [f"/errors/{name}" for name in ERRORS + STATES]
PAGES = ["/", "/form", "/confirm", "/public"]


@pytest.mark.parametrize("path", PAGES + ERROR_PAGES)
def test_page_is_sound_html(gallery_client: FlaskClient, path: str) -> None:
    response = gallery_client.get(path)
    assert response.status_code == 200
    soup = read_page(response.text)
    assert len(soup.find_all("h1")) == 1
    assert soup.title is not None
    assert soup.title.text.strip()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PAGES)
def test_page_is_accessible_at_each_width(
    chromium: Browser, gallery_url: str, path: str, width: int
) -> None:
    _check(chromium, gallery_url, path, width)


@pytest.mark.parametrize("path", ERROR_PAGES)
def test_error_page_is_accessible(chromium: Browser, gallery_url: str, path: str) -> None:
    _check(chromium, gallery_url, path, WIDTHS[0])


def _check(chromium: Browser, url: str, path: str, width: int) -> None:
    with open_page(chromium, width=width) as page:
        faults = watch_faults(page)
        page.goto(url + path)
        screenshot(page, f"gallery{re.sub(r'[/?=]', '-', path).rstrip('-')}-{width}")
        check_accessibility(page)
        check_fits(page)
        check_targets(page)
        assert faults == []
