"""The queue: urgent first, then the longest waiting; new ones come by themselves."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from outreach.replies import queries
from outreach.replies.queries import OpenCounts
from tests.conftest import both_databases
from tests.replies import stage
from tests.replies.conftest import Reader
from tests.replies.stage import arrive, events, later

UNKNOWN = "0d1e2f3a-4b5c-4d6e-8f70-8192a3b4c5d6"


def froms(page: BeautifulSoup) -> list[str]:
    """The ends of the numbers in the order of the list."""
    return [cell.get_text(" ", strip=True)[:15] for cell in page.select(".app-table tbody th")]


@both_databases
def test_urgent_ones_come_first_then_the_longest_waiting(app: Flask, rosa: Reader) -> None:
    arrive(number="+447700900301", minutes_ago=5)
    arrive(number="+447700900302", minutes_ago=50)
    arrive(stage.URGENT, number="+447700900303", minutes_ago=1)
    arrive(stage.URGENT, number="+447700900304", minutes_ago=2)
    arrive("STOP", number="+447700900305", minutes_ago=9)
    page = rosa.see("/replies")
    assert [each[-3:] for each in froms(page)] == ["304", "303", "302", "301"]
    assert "2 urgent replies and 2 others wait" in page.get_text(" ", strip=True)
    assert queries.open_counts() == OpenCounts(urgent=2, other=2)


def test_a_line_tells_class_reason_campaign_and_age_but_not_the_text(
    app: Flask, rosa: Reader, texted: object
) -> None:
    arrive("canary words, who do I ring?", minutes_ago=12)
    line = rosa.see("/replies").select_one(".app-table tbody tr").get_text(" ", strip=True)
    for told in ("+44 7*** ***123", "Spring outreach", "To be read", "12 minutes ago", "Read"):
        assert told in line
    assert "canary" not in line
    assert "700900123" not in line


def test_new_replies_come_into_the_open_page(app: Flask, rosa: Reader) -> None:
    page = rosa.see("/replies")
    assert "No reply waits" in page.get_text()
    live = page.select_one("[data-live]")
    assert live["data-live"] == "/replies/newest?page=1"
    arrive()
    assert "***123" in rosa.fragment()


def test_the_live_part_changes_only_when_the_queue_does(app: Flask, rosa: Reader) -> None:
    """Nothing in it is different each time, such as a token: what is the same is not put in again,
    so that a screen reader and the keyboard are left in peace."""
    arrive(minutes_ago=3.5)
    assert rosa.fragment() == rosa.fragment()


def test_without_a_script_the_page_has_a_link_and_whole_forms(app: Flask, rosa: Reader) -> None:
    reply_id = arrive()
    page = rosa.see("/replies")
    button = page.select_one(f"button[formaction='/replies/{reply_id}/take']")
    form = page.find(id=button["form"])
    assert form.name == "form"
    assert form["method"] == "post"
    assert form.find("input", attrs={"name": "csrf_token"}) is not None
    assert "Load this page again" in page.get_text()


def test_long_queues_have_pages(app: Flask, rosa: Reader) -> None:
    for number in range(30):
        arrive(number=f"+4477009003{number:02}", minutes_ago=100 - number)
    assert len(froms(rosa.see("/replies"))) == 25
    second = rosa.see("/replies?page=2")
    assert [each[-3:] for each in froms(second)] == [f"3{number}" for number in range(25, 30)]
    assert len(froms(rosa.see("/replies?page=99"))) == 5
    assert len(froms(rosa.see("/replies?page=-5"))) == 25


def test_looking_at_the_queue_is_recorded_and_its_news_once_in_a_while(
    app: Flask, rosa: Reader
) -> None:
    arrive()
    rosa.see("/replies")
    for _ in range(3):
        rosa.fragment()
    assert [event.changes for event in events("reply.listed")] == [{"replies": 1}]
    with later(minutes=16):
        rosa.fragment()
        rosa.fragment()
    assert len(events("reply.listed")) == 2


@pytest.mark.parametrize("path", ["/replies", "/replies/newest", "/replies/dealt-with"])
def test_requester_and_approver_may_read(
    app: Flask, as_requester: FlaskClient, as_approver: FlaskClient, path: str
) -> None:
    assert as_requester.get(path).status_code == 200
    assert as_approver.get(path).status_code == 200


@pytest.mark.parametrize(
    "path", ["/replies", "/replies/newest", "/replies/dealt-with", f"/replies/{UNKNOWN}"]
)
@pytest.mark.parametrize("who", ["as_partner", "as_auditor", "as_admin"])
def test_nobody_else_may(request: pytest.FixtureRequest, who: str, path: str) -> None:
    client: FlaskClient = request.getfixturevalue(who)
    assert client.get(path).status_code == 403


def test_a_reply_that_is_not_there_is_404(app: Flask, rosa: Reader) -> None:
    rosa.see(f"/replies/{UNKNOWN}", status=404)
