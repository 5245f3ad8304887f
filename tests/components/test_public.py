"""The frame of public pages: small, silent, the same for everybody."""

from flask.testing import FlaskClient
from playwright.sync_api import Browser, expect

from tests.browser import open_page
from tests.components.gallery import DIST
from tests.components.html import read_page

LIMIT = 30_000


def test_it_is_neutral_and_keeps_to_itself(gallery_client: FlaskClient) -> None:
    response = gallery_client.get("/public")
    soup = read_page(response.text)
    assert soup.title.text == "Information"
    assert soup.select("script") == []
    assert soup.select_one("meta[name=referrer]")["content"] == "no-referrer"
    assert "noindex" in soup.select_one("meta[name=robots]")["content"]
    assert "Set-Cookie" not in response.headers
    assert "Outreach" not in response.text
    fetched = [part.get("src") or part.get("href") for part in soup.select("link, img, script")]
    assert all(address.startswith("/static/") for address in fetched)


def test_exit_is_a_plain_link_and_languages_are_named_in_themselves(
    gallery_client: FlaskClient,
) -> None:
    soup = read_page(gallery_client.get("/public").text)
    exit_link = soup.select_one(".govuk-exit-this-page a")
    assert exit_link["href"].startswith("https://")
    assert "noreferrer" in exit_link["rel"]
    welsh = soup.select_one(".public-languages a")
    assert (welsh["lang"], welsh["hreflang"], welsh.text) == ("cy", "cy", "Cymraeg")


def test_the_whole_page_is_small_before_any_compression(
    chromium: Browser, gallery_url: str
) -> None:
    sizes: list[int] = []
    with open_page(chromium, width=320, scripts=False) as page:
        page.on("response", lambda response: sizes.append(len(response.body())))
        page.goto(gallery_url + "/public")
        page.wait_for_load_state("networkidle")
    files = [DIST / "public.css", DIST / "favicon.svg"]
    own = sum(path.stat().st_size for path in files)
    assert len(sizes) <= 3
    assert own < sum(sizes) + 200
    assert sum(sizes) < LIMIT / 3, "most of the allowance is for the campaign's own words"


def test_exit_stays_in_sight_and_never_covers_what_has_focus(
    chromium: Browser, gallery_url: str
) -> None:
    with open_page(chromium, width=320, height=480) as page:
        page.goto(gallery_url + "/public")
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        expect(page.get_by_role("link", name="Exit this page")).to_be_in_viewport()
        for _ in range(6):
            page.keyboard.press("Shift+Tab")
            covered = page.evaluate(
                """() => {
                const box = document.activeElement.getBoundingClientRect()
                const top = document.elementFromPoint(box.x + box.width / 2, box.y + 2)
                return top === null || !document.activeElement.contains(top)
                }"""
            )
            assert not covered, page.evaluate("document.activeElement.outerHTML")


def test_its_reading_order_is_exit_language_then_help(gallery_client: FlaskClient) -> None:
    soup = read_page(gallery_client.get("/public").text)
    words = soup.body.get_text(" ", strip=True)
    order = ["Skip to main content", "Exit this page", "Cymraeg", "Harbour can help you", "0808"]
    assert sorted(order, key=words.index) == order
