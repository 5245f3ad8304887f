"""The list of campaigns: what it shows to whom, narrowed, searched and paged."""

from collections.abc import Callable

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from outreach.campaigns import queries
from outreach.domain.campaign import CampaignStatus
from tests.campaigns.reading import words
from tests.factories import make_campaign

See = Callable[..., BeautifulSoup]


def titles(soup: BeautifulSoup) -> list[str]:
    return [link.get_text(strip=True) for link in soup.select("tbody th a")]


def test_empty_list_says_what_to_do(
    requester: FlaskClient, approver: FlaskClient, see: See
) -> None:
    assert "Create a campaign" in words(see(requester, "/campaigns"))
    page = words(see(approver, "/campaigns"))
    assert "No campaigns yet" in page
    assert "Create a campaign" not in page


def test_list_is_narrowed_by_what_campaigns_wait_for(
    app: Flask, requester: FlaskClient, approver: FlaskClient, see: See
) -> None:
    for status in CampaignStatus:
        make_campaign(app, status, title=f"Is {status}")
    assert len(titles(see(requester, "/campaigns"))) == len(CampaignStatus)
    for shown, expected in {
        "drafts": {"Is draft", "Is returned"},
        "waiting": {"Is submitted", "Is approved"},
        "running": {"Is sending", "Is paused"},
        "ended": {"Is completed", "Is cancelled"},
    }.items():
        assert set(titles(see(requester, f"/campaigns?shown={shown}"))) == expected
    assert len(titles(see(requester, "/campaigns?shown=mine"))) == len(CampaignStatus)
    assert titles(see(approver, "/campaigns?shown=mine")) == []
    assert len(titles(see(requester, "/campaigns?shown=nonsense"))) == len(CampaignStatus)


def test_list_shows_status_and_recipients(app: Flask, requester: FlaskClient, see: See) -> None:
    make_campaign(app, CampaignStatus.SUBMITTED)
    (row,) = see(requester, "/campaigns").select("tbody tr")
    assert row.get_text(" ", strip=True).startswith(
        "Spring outreach Waiting for approval 5 Rosa Requester"
    )


def test_search_finds_parts_of_titles_and_references_and_takes_signs_literally(
    app: Flask, requester: FlaskClient, see: See
) -> None:
    make_campaign(app, title="Harbour 100% reached", is_complete=False)
    make_campaign(app, title="River", is_complete=False)
    assert titles(see(requester, "/campaigns?search=harb")) == ["Harbour 100% reached"]
    assert titles(see(requester, "/campaigns?search=100%25")) == ["Harbour 100% reached"]
    make_campaign(app, title="Elsewhere")
    assert titles(see(requester, "/campaigns?search=larkspur-7")) == ["Elsewhere"]
    assert titles(see(requester, "/campaigns?search=larkspur-7&shown=running")) == []
    page = see(requester, "/campaigns?search=nothing-like-it")
    assert "No campaign fits" in words(page)
    field = page.find(id="search")
    assert field is not None
    assert field["value"] == "nothing-like-it"


def test_list_is_paged_and_a_page_too_far_is_the_last(
    app: Flask, requester: FlaskClient, see: See, monkeypatch: object
) -> None:
    for number in range(5):
        make_campaign(app, title=f"Number {number}", is_complete=False)
    before, queries.PAGE_SIZE = queries.PAGE_SIZE, 2
    try:
        first = see(requester, "/campaigns")
        assert titles(first) == ["Number 4", "Number 3"]
        assert titles(see(requester, "/campaigns?page=3")) == ["Number 0"]
        assert titles(see(requester, "/campaigns?page=99")) == ["Number 0"]
        assert len(titles(see(requester, "/campaigns?page=minus"))) == 2
    finally:
        queries.PAGE_SIZE = before
    assert first.select_one('.govuk-pagination__next a[href="/campaigns?shown=all&page=2"]')
