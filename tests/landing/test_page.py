"""What the page says and links to, in every language, whatever the campaign says."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from outreach.domain.landing import PAGE_BYTES, TEXT_BYTES
from outreach.domain.referral import new_code, spoken
from outreach.extensions import db
from outreach.landing import rendering
from outreach.landing.content import Content
from outreach.landing.wording import Wording, WordingIncomplete, languages, read_wording
from outreach.models import LandingPage, Organisation
from outreach.transaction import transaction
from tests.referrals.released import HEADING, Released, release
from tests.settings import PUBLIC_URL


@pytest.fixture
def released(partner_organisation: Organisation) -> Released:
    return release(2)


@pytest.fixture
def page(recipient: FlaskClient, released: Released) -> BeautifulSoup:
    return BeautifulSoup(recipient.get(f"/h/{released.people[0].code}").data, "html.parser")


def test_it_names_the_charity_and_how_to_call_it(page: BeautifulSoup, released: Released) -> None:
    assert page.h1.text == HEADING
    assert page.find("a", href="tel:08081570123").text == "0808 157 0123"
    assert "It is confidential" in [h2.text for h2 in page.find_all("h2")]
    assert page.find("strong", class_="public-code").text == spoken(released.people[0].code)


def test_acts_are_posts_under_the_code_and_stopping_asks_first(
    page: BeautifulSoup, released: Released
) -> None:
    code = spoken(released.people[0].code)
    assert [(f["method"], f["action"]) for f in page.find_all("form")] == [
        ("post", f"/h/{code}/visit")
    ]
    asked = {a.text: a["href"] for a in page.main.find_all("a") if a["href"].startswith("/h/")}
    assert asked == {
        "Stop these texts": f"/h/{code}/stop",
        "This was not meant for me": f"/h/{code}/not-me",
    }


def test_exit_comes_first_after_the_skip_link(page: BeautifulSoup) -> None:
    links = page.body.find_all("a")
    assert links[0]["href"] == "#main-content"
    assert links[1].text == "Exit this page"
    assert links[1]["href"] == "https://www.bbc.co.uk/weather"


def test_nothing_comes_from_elsewhere_and_nothing_runs(page: BeautifulSoup) -> None:
    assert page.find_all(["script", "img", "iframe", "object", "embed", "video", "audio"]) == []
    assert [link["href"].partition("?")[0] for link in page.find_all("link")] == [
        "/static/favicon.svg"
    ]
    assert "url(" not in page.style.text
    assert "@import" not in page.style.text
    assert [tag.name for tag in page.find_all(style=True)] == []


def test_title_and_preview_are_neutral(page: BeautifulSoup) -> None:
    assert page.title.text == "Information"
    assert [meta["name"] for meta in page.find_all("meta", attrs={"name": True})] == [
        "viewport",
        "robots",
        "referrer",
        "format-detection",
    ]
    assert page.find_all("meta", attrs={"property": True}) == []


@pytest.mark.parametrize("word", ["drug", "police", "crime", "criminal", "county line", "force"])
@pytest.mark.parametrize("tag", list(languages()))
def test_our_own_words_name_neither_drugs_nor_police(tag: str, word: str) -> None:
    assert word not in str(languages()[tag]).lower()


def test_welsh_by_link_not_by_cookie(recipient: FlaskClient, released: Released) -> None:
    code = spoken(released.people[0].code)
    english = BeautifulSoup(recipient.get(f"/h/{code}").data, "html.parser")
    link = english.find("a", hreflang="cy")
    assert (link["href"], link["lang"]) == (f"/h/{code}/cy", "cy")
    welsh = BeautifulSoup(recipient.get(link["href"]).data, "html.parser")
    assert welsh.html["lang"] == "cy"
    assert welsh.title.text == "Gwybodaeth"
    assert welsh.form["action"] == f"/h/{code}/cy/visit"
    assert welsh.find("a", hreflang="en")["href"] == f"/h/{code}"
    asked = BeautifulSoup(recipient.get(f"/h/{code}/cy/stop").data, "html.parser")
    assert asked.form["action"] == f"/h/{code}/cy/stop"
    assert asked.find("a", hreflang="en")["href"] == f"/h/{code}/stop"
    assert "Dim rhagor" in recipient.post(asked.form["action"]).text


def test_a_campaign_without_welsh_words_gets_ours(
    recipient: FlaskClient, released: Released
) -> None:
    page = recipient.get(f"/h/{released.people[0].code}/cy").text
    assert languages()["cy"].heading in page
    assert "Riverside Support" in page
    with transaction():
        db.session.add(
            LandingPage(
                campaign_id=released.campaign_id, language="cy", heading="Mae cymorth", body="Yma."
            )
        )
    assert "Mae cymorth" in recipient.get(f"/h/{released.people[0].code}/cy").text


def test_changed_words_show_at_once(recipient: FlaskClient, released: Released) -> None:
    address = f"/h/{released.people[0].code}"
    recipient.get(address)
    with transaction():
        db.session.execute(update(LandingPage).values(heading="Other words"))
        db.session.execute(update(Organisation).values(phone="0800 000 000"))
    page = recipient.get(address).text
    assert "Other words" in page
    assert 'href="tel:0800000000"' in page


def test_what_the_campaign_says_is_text_and_never_markup(
    recipient: FlaskClient, released: Released
) -> None:
    with transaction():
        db.session.execute(
            update(LandingPage).values(
                heading="<b>Bold</b>", body="<script>alert(1)</script>\n\n{{ 7*7 }}"
            )
        )
    page = recipient.get(f"/h/{released.people[0].code}").text
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert "<b>" not in page
    assert "{{ 7*7 }}" in page


@pytest.mark.parametrize("tag", list(languages()))
def test_the_longest_content_allowed_still_fits_one_page(app: Flask, tag: str) -> None:
    heading, partner = "H" * 120, "&" * 24 + "P" * 96
    body = "\n\n".join(["w" * 968] * 4)[: TEXT_BYTES - 120 - 4 * 44]
    content = Content(
        heading, body, partner, "+44 (0)20 7946 0000 extension 12345", "https://a.example"
    )
    with app.test_request_context("/", base_url=PUBLIC_URL):
        page = rendering.help_page(content, tag, new_code())
    assert len(page) == PAGE_BYTES


def test_an_unknown_language_is_no_page(recipient: FlaskClient, released: Released) -> None:
    assert recipient.get(f"/h/{released.people[0].code}/xx").status_code == 404


def test_a_language_is_a_file_with_every_text() -> None:
    assert list(languages()) == ["en", "cy"]
    assert all(
        isinstance(words, Wording) and words.tag == tag for tag, words in languages().items()
    )


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{}", "languages/xx.json: look at .*heading"),
        ('{"surprise": ""}', "surprise"),
    ],
)
def test_a_file_that_lacks_a_text_is_refused_in_words(text: str, complaint: str) -> None:
    with pytest.raises(WordingIncomplete, match=complaint):
        read_wording("xx", text)
