"""One number is asked about at a time; it is typed, never listed, never kept."""

from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach.models import Campaign
from tests.conftest import both_databases
from tests.replies.conftest import Reader
from tests.replies.stage import NUMBER, arrive, events

PATH = "/opt-outs/look-up"


@both_databases
def test_a_number_that_is_on_the_list(app: Flask, rosa: Reader, texted: Campaign) -> None:
    arrive("STOP")
    arrive("wrong number mate")
    status, page = rosa.send(PATH, number="07700 900 123")
    told = page.get_text(" ", strip=True)
    assert status == 200
    assert "This number is on the suppression list" in told
    assert "Does not want texts" in told
    assert "Wrong person" in told
    assert "Reply to a text" in told
    assert "Spring outreach" in told
    event = events("optout.looked_up")[0]
    assert event.changes == {"is_suppressed": True, "is_on_hold": False}
    assert "900123" not in f"{event.changes} {event.object_id}"


def test_a_number_that_is_not(app: Flask, rosa: Reader) -> None:
    _, page = rosa.send(PATH, number=NUMBER)
    assert "This number is not on the suppression list" in page.get_text()
    assert events("optout.looked_up")[0].object_id == "none"


def test_a_number_on_hold(app: Flask, rosa: Reader) -> None:
    arrive("who do I ring?")
    _, page = rosa.send(PATH, number=NUMBER)
    assert "This number is on hold" in page.get_text()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Enter a mobile number"),
        ("0113 496 0000", "landline"),
        ("07700", "digits"),
        ("hello", "not a phone number"),
        ("+33 6 12 34 56 78", "outside the UK"),
    ],
)
def test_what_is_no_mobile_is_said_and_not_recorded(
    app: Flask, rosa: Reader, typed: str, says: str
) -> None:
    _, page = rosa.send(PATH, number=typed)
    assert "There is a problem" in page.get_text()
    assert says in page.get_text()
    assert events("optout.looked_up") == []


def test_only_an_approver_is_offered_to_remove_it(app: Flask, rosa: Reader, ade: Reader) -> None:
    arrive("STOP")
    _, page = rosa.send(PATH, number=NUMBER)
    assert page.find("a", string=lambda text: text and text.startswith("Remove")) is None
    assert "Only an approver can remove it" in page.get_text()
    _, page = ade.send(PATH, number=NUMBER)
    assert page.select_one("a[href$='/remove']") is not None


def test_a_number_gets_into_no_address(app: Flask, rosa: Reader) -> None:
    """A number in the address is not even read."""
    arrive("STOP")
    page = rosa.see(f"{PATH}?number={NUMBER}")
    assert "on the suppression list" not in page.find("h1").get_text()
    assert page.find("form", id=None, method="post") is not None


@pytest.mark.parametrize("path", ["", "/look-up", "/add", "/import", "/export"])
@pytest.mark.parametrize("who", ["as_partner", "as_auditor", "as_admin"])
def test_nobody_else_may(request: pytest.FixtureRequest, who: str, path: str) -> None:
    client: FlaskClient = request.getfixturevalue(who)
    assert client.get(f"/opt-outs{path}").status_code == 403


def test_a_requester_may_not_remove(app: Flask, as_requester: FlaskClient) -> None:
    assert as_requester.get("/opt-outs/1/remove").status_code == 403
    assert as_requester.post("/opt-outs/1/remove", data={"reason": uuid4()}).status_code == 403
