"""The page to sign in on: one way to each place, in our own look."""

from flask.testing import FlaskClient

from tests.components.html import read_page


def test_forgotten_password_is_linked_once(anonymous: FlaskClient) -> None:
    page = read_page(anonymous.get("/sign-in").text)
    ways = [link for link in page.select("main a") if "forgotten" in str(link["href"])]
    assert [link.get_text() for link in ways] == ["I have forgotten my password"]
    assert all("govuk-link" in link["class"] for link in page.select("main a"))
