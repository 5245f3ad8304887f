"""The page as a phone's browser has it: its bytes, its requests, its look, with no scripts."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request
from sqlalchemy import func, select
from werkzeug.serving import make_server

from outreach.accounts import service as accounts
from outreach.domain.actor import Actor
from outreach.domain.referral import spoken
from outreach.extensions import db
from outreach.factory import create_app
from outreach.models import Suppression
from outreach.transaction import transaction
from tests.browser import (
    WIDTHS,
    check_accessibility,
    check_fits,
    check_targets,
    open_page,
    screenshot,
    watch_faults,
)
from tests.referrals.released import release
from tests.settings import make_settings

BUDGET_BYTES = 30_000
TWO_G = {"latency": 300, "downloadThroughput": 250_000 / 8, "uploadThroughput": 50_000 / 8}
"""Chromium's own profile named Regular 2G: 300 ms, 250 kbit/s down, 50 kbit/s up."""


@dataclass(frozen=True)
class Site:
    url: str
    codes: tuple[str, ...]

    def page(self, number: int = 0, end: str = "") -> str:
        return f"{self.url}/h/{self.codes[number]}{end}"


@pytest.fixture(scope="module")
def site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("landing")
    (folder / "outreach.db").write_bytes(sqlite_template.read_bytes())
    server = make_server("127.0.0.1", 0, lambda *_: [b""], threaded=True)
    url = f"http://127.0.0.1:{server.server_port}"
    settings = make_settings(database_url=f"sqlite:///{folder}/outreach.db", instance_path=folder)
    app = create_app(replace(settings, public_url=url))
    with app.app_context():
        with transaction():
            accounts.add_organisation(
                name="Riverside Support",
                phone="0808 157 0123",
                website="https://riverside.example.org",
                by=Actor.job("tests"),
            )
        codes = tuple(spoken(person.code) for person in release(3).people)
        server.app = app
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield Site(url, codes)
        server.shutdown()
        thread.join()
        server.server_close()
        db.session.remove()
        db.engine.dispose()


@dataclass
class Traffic:
    """What went over the wire: addresses asked for, and bytes with headers as Chromium counts."""

    requests: list[str]
    received: float = 0


def watch(page: Page) -> Traffic:
    traffic = Traffic([])
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")

    def on_finished(event: dict[str, float]) -> None:
        traffic.received += event["encodedDataLength"]

    session.on("Network.loadingFinished", on_finished)
    page.on("request", lambda request: traffic.requests.append(request.url))
    return traffic


def test_one_small_request_and_no_cookie(chromium: Browser, site: Site) -> None:
    with open_page(chromium, width=320, scripts=False) as page:
        traffic, faults = watch(page), watch_faults(page)
        page.goto(site.page(), wait_until="networkidle")
        assert traffic.requests[0] == site.page()
        assert {url.removeprefix(site.url).partition("?")[0] for url in traffic.requests[1:]} <= {
            "/static/favicon.svg"
        }
        assert 10_000 < traffic.received < BUDGET_BYTES
        assert page.context.cookies() == []
        assert faults == []


def test_it_is_painted_within_three_seconds_on_2g(chromium: Browser, site: Site) -> None:
    with open_page(chromium, width=320) as page:
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", {"offline": False, **TWO_G})
        page.goto(site.page(), wait_until="load")
        painted = page.evaluate(
            """() => new Promise((resolve) => new PerformanceObserver((list) => {
                const [entry] = list.getEntriesByName('first-contentful-paint')
                if (entry) resolve(entry.startTime)
            }).observe({type: 'paint', buffered: true}))"""
        )
        assert painted < 3_000


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("end", ["", "/cy", "/stop", "/cy/not-me"])
def test_it_fits_and_is_accessible(chromium: Browser, site: Site, width: int, end: str) -> None:
    with open_page(chromium, width=width) as page:
        page.goto(site.page(end=end))
        check_accessibility(page)
        check_fits(page)
        check_targets(page)
        screenshot(page, f"landing{end.replace('/', '-') or '-help'}-{width}")


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("general", "/h/ABCD-EFGH-J"),
        ("home", "/"),
        ("privacy", "/privacy"),
        ("accessibility", "/accessibility/cy"),
        ("missing", "/nothing-here"),
    ],
)
def test_the_other_pages_too(chromium: Browser, site: Site, name: str, path: str) -> None:
    with open_page(chromium, width=320) as page:
        page.goto(site.url + path)
        check_accessibility(page)
        check_fits(page)
        screenshot(page, f"landing-{name}-320")


def test_what_is_read_out_is_in_order(chromium: Browser, site: Site) -> None:
    with open_page(chromium, width=320, scripts=False) as page:
        page.goto(site.page())
        spoken_page = page.locator("body").aria_snapshot().replace("\u00a0", " ")
    places = [
        spoken_page.index(words)
        for words in (
            'link "Skip to main content"',
            'link "Exit this page"',
            'link "Cymraeg"',
            'heading "Support is near you" [level=1]',
            'heading "Talk to Riverside Support" [level=2]',
            'link "0808 157 0123"',
            "call 999",
            'button "Go to Riverside Support’s website"',
            'heading "What happens if you call"',
            'heading "It is confidential"',
            'link "Stop these texts"',
            'link "This was not meant for me"',
        )
    ]
    assert places == sorted(places)


def test_stopping_with_the_keyboard_and_no_scripts(chromium: Browser, site: Site) -> None:
    with open_page(chromium, width=320, scripts=False) as page:
        page.goto(site.page(1))
        page.get_by_role("link", name="Stop these texts").focus()
        page.keyboard.press("Enter")
        page.wait_for_url(site.page(1, "/stop"))
        page.get_by_role("button", name="Yes, stop the texts").focus()
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="No more texts").wait_for()
        screenshot(page, "landing-stopped-320")
        page.get_by_role("link", name="Back").click()
        page.get_by_role("link", name="0808 157 0123").wait_for()
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Suppression)) == 1


@pytest.mark.parametrize("button", ["Go to Riverside Support’s website", "Exit this page"])
def test_leaving_carries_nothing(chromium: Browser, site: Site, button: str) -> None:
    left: list[Request] = []
    with open_page(chromium, width=320, scripts=False) as page:
        page.goto(site.page(2))

        def elsewhere(route) -> None:  # type: ignore[no-untyped-def]
            left.append(route.request)
            route.fulfill(body="elsewhere")

        page.route(lambda url: not url.startswith(site.url), elsewhere)
        page.get_by_text(button, exact=True).click()
        page.get_by_text("elsewhere").wait_for()
        code = site.codes[2]
        assert code not in page.url
        assert page.url.startswith(("https://riverside.example.org", "https://www.bbc.co.uk/"))
        for request in left:
            assert "referer" not in request.headers
            assert code not in str(request.headers) + request.url + (request.post_data or "")
