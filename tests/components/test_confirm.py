from flask import Flask
from flask.testing import FlaskClient

from tests.components.html import read_page


def test_it_says_what_will_happen_and_offers_a_way_out(gallery_client: FlaskClient) -> None:
    soup = read_page(gallery_client.get("/confirm").text)
    assert "cancel this campaign?" in soup.select_one("h1").text
    assert len(soup.select("main ul.govuk-list--bullet li")) == 3
    form = soup.select_one("main form")
    assert form["method"] == "post"
    assert form.select("input[name=csrf_token]")
    assert form.select("input[name=reason]")
    button = form.select_one("button")
    assert "govuk-button--warning" in button["class"]
    assert button["data-prevent-double-click"] == "true"
    assert button.text.strip() == "Cancel the campaign"
    assert [(link.text, link["href"]) for link in form.select("a")] == [("No, go back", "/")]


def test_a_reason_left_out_is_asked_for_again(gallery_without_csrf: Flask) -> None:
    soup = read_page(gallery_without_csrf.test_client().post("/confirm", data={}).text)
    assert soup.select_one(".govuk-error-summary a")["href"] == "#reason"
    assert "Enter a reason" in soup.select_one("#reason-error").text
