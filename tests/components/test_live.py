"""The script that keeps a part of a page up to date, in a real browser."""

import urllib.request
from collections.abc import Callable

from bs4 import BeautifulSoup
from playwright.sync_api import Browser, expect

from tests.browser import open_page, watch_faults

LIVE = "{% from 'components/live.html' import live %}"
DONE = "100%: 100 of 100 rows"


def _looks(url: str) -> int:
    with urllib.request.urlopen(url + "/live/looks") as answer:  # noqa: S310 - our own server
        return int(answer.read())


def test_the_part_follows_the_job_and_stops_at_its_end(chromium: Browser, gallery_url: str) -> None:
    with open_page(chromium) as page:
        faults = watch_faults(page)
        page.goto(gallery_url + "/live")
        expect(page.locator("[data-live-say]", has_text=DONE)).to_be_visible()
        looks = _looks(gallery_url)
        page.wait_for_timeout(400)
        assert _looks(gallery_url) == looks == 4
        expect(page.locator("[data-live]")).to_have_count(0)
        expect(page.get_by_role("status")).to_have_text(DONE)
        assert faults == []


def test_focus_and_open_parts_survive_a_change(chromium: Browser, gallery_url: str) -> None:
    with open_page(chromium) as page:
        page.goto(gallery_url + "/live")
        page.locator("#more-summary").click()
        expect(page.get_by_text("100 so far")).to_be_visible()
        assert page.evaluate("document.activeElement.id") == "more-summary"


def test_a_busy_server_is_asked_again(chromium: Browser, gallery_url: str) -> None:
    with open_page(chromium) as page:
        page.goto(gallery_url + "/live?fault=busy")
        expect(page.locator("[data-live-say]", has_text=DONE)).to_be_visible()
        expect(page.locator("[data-live-stopped]")).to_be_hidden()


def test_somebody_signed_out_is_told_that_the_page_stopped(
    chromium: Browser, gallery_url: str
) -> None:
    with open_page(chromium) as page:
        page.goto(gallery_url + "/live?fault=signed-out")
        expect(page.get_by_text("This page has stopped updating.").first).to_be_visible()
        page.wait_for_timeout(300)
        assert _looks(gallery_url) == 1
        assert page.url.endswith("/live?fault=signed-out"), "the page stays"


def test_an_ended_job_leads_to_its_result(chromium: Browser, gallery_url: str) -> None:
    with open_page(chromium) as page:
        page.goto(gallery_url + "/live?fault=moves-on&to=/confirm")
        page.wait_for_url("**/confirm")


def test_an_ended_job_never_leads_off_the_site(chromium: Browser, gallery_url: str) -> None:
    with open_page(chromium) as page:
        page.goto(gallery_url + "/live?fault=moves-on&to=//elsewhere.example/")
        expect(page.get_by_text("Done", exact=True)).to_be_visible()
        page.wait_for_timeout(300)
        assert page.url.startswith(gallery_url)


def test_each_request_says_that_no_person_made_it(chromium: Browser, gallery_url: str) -> None:
    with open_page(chromium) as page, page.expect_request("**/live/part**") as asked:
        page.goto(gallery_url + "/live")
    assert asked.value.headers["live-request"] == "true"


def test_a_hidden_tab_rests(chromium: Browser, gallery_url: str) -> None:
    with open_page(chromium) as page:
        page.add_init_script("Object.defineProperty(document, 'hidden', {get: () => window.away})")
        page.add_init_script("window.away = true")
        page.goto(gallery_url + "/live")
        page.wait_for_timeout(400)
        assert _looks(gallery_url) == 0
        page.evaluate("window.away = false; document.dispatchEvent(new Event('visibilitychange'))")
        expect(page.locator("[data-live-say]", has_text=DONE)).to_be_visible()


def test_without_scripts_there_is_a_link(chromium: Browser, gallery_url: str) -> None:
    with open_page(chromium, scripts=False) as page:
        page.goto(gallery_url + "/live")
        expect(page.get_by_role("link", name="Load this page again")).to_be_visible()
        expect(page.locator("[data-live-stopped]")).to_be_hidden()


def test_with_scripts_the_link_is_not_needed(chromium: Browser, gallery_url: str) -> None:
    with open_page(chromium) as page:
        page.goto(gallery_url + "/live")
        expect(page.get_by_role("link", name="Load this page again")).to_be_hidden()


def test_a_finished_job_is_not_asked_about(render: Callable[..., BeautifulSoup]) -> None:
    source = LIVE + "{% call live('/part', is_done=done) %}<p>Now</p>{% endcall %}"
    assert render(source, done=True).select("[data-live]") == []
    part = render(source, done=False).select_one("[data-live]")
    assert (part["data-live"], part.get_text(strip=True)) == ("/part", "Now")
