"""The replies that are dealt with, narrowed down."""

import pytest
from flask import Flask

from outreach import clock
from outreach.models import Campaign
from tests.conftest import both_databases
from tests.replies import stage
from tests.replies.conftest import Reader
from tests.replies.stage import arrive
from tests.replies.test_read_queue import froms

PATH = "/replies/dealt-with"


@pytest.fixture
def some(app: Flask, rosa: Reader, ade: Reader, texted: Campaign) -> Campaign:
    """…301 stopped by itself long ago, …302 decided by Rosa, …303 by Ade, …123 answers a
    campaign."""
    arrive("STOP", number="+447700900301", minutes_ago=60 * 24 * 3)
    rosa.decide(arrive(number="+447700900302", minutes_ago=3), "no-action")
    ade.decide(arrive(stage.URGENT, number="+447700900303", minutes_ago=2), "urgent")
    ade.decide(arrive(minutes_ago=1), "opt-out")
    arrive(number="+447700900304")
    return texted


def ends(reader: Reader, **query: object) -> list[str]:
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return [each[-3:] for each in froms(reader.see(f"{PATH}?{asked}"))]


@both_databases
def test_all_of_them_newest_first_and_none_that_waits(some: Campaign, rosa: Reader) -> None:
    assert ends(rosa) == ["123", "303", "302", "301"]


def test_by_each_filter(some: Campaign, rosa: Reader) -> None:
    me, other = stage.rosa().user_id, stage.ade().user_id
    assert ends(rosa, reply_class="urgent") == ["303"]
    assert ends(rosa, decision="opt_out") == ["123"]
    assert ends(rosa, person="rules") == ["301"]
    assert ends(rosa, person=me) == ["302"]
    assert ends(rosa, person=other, reply_class="review") == ["123"]
    assert ends(rosa, campaign=some.id) == ["123"]
    assert ends(rosa, campaign=some.id, reply_class="urgent") == []


def test_by_day(some: Campaign, rosa: Reader) -> None:
    day = clock.now().day, clock.now().month, clock.now().year
    today = "&".join(f"since={part}" for part in day)
    assert [each[-3:] for each in froms(rosa.see(f"{PATH}?{today}"))] == ["123", "303", "302"]
    until = "&".join(f"until={part}" for part in (1, 1, 2020))
    assert froms(rosa.see(f"{PATH}?{until}")) == []


@pytest.mark.parametrize(
    "query",
    ["since=40&since=1&since=2026", "reply_class=x", "person=drop", "campaign=1", "until=1"],
)
def test_a_filter_that_makes_no_sense_is_said_and_shows_nothing(
    some: Campaign, rosa: Reader, query: str
) -> None:
    page = rosa.see(f"{PATH}?{query}")
    assert "There is a problem" in page.get_text()
    assert froms(page) == []


@pytest.mark.parametrize(
    "query", ["since=1&since=1&since=1", "until=31&until=12&until=9999", "page=x"]
)
def test_the_ends_of_time_are_no_fault(some: Campaign, rosa: Reader, query: str) -> None:
    rosa.see(f"{PATH}?{query}")


def test_pages_keep_the_filter(app: Flask, rosa: Reader) -> None:
    for number in range(27):
        arrive("STOP", number=f"+4477009003{number:02}")
    page = rosa.see(f"{PATH}?reply_class=opt_out")
    href = page.select_one(".govuk-pagination__next a")["href"]
    assert "reply_class=opt_out" in href
    assert len(froms(rosa.see(href))) == 2
