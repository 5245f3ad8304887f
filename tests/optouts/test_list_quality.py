"""How good a campaign's list was, told to the requester."""

import pytest
from flask import Flask, render_template_string

from outreach.domain.optout import ListQuality
from outreach.models import Campaign
from outreach.optouts import queries
from tests.conftest import both_databases
from tests.factories import NUMBERS
from tests.replies.stage import arrive

PANEL = '{% from "optouts/_list_quality.html" import list_quality %}{{ list_quality(quality) }}'


@both_databases
def test_what_people_said_is_counted_for_the_campaign_that_texted_them(
    app: Flask, texted: Campaign
) -> None:
    first, second, third, *_ = [
        number.replace(" ", "").replace("0", "+44", 1) for number in NUMBERS
    ]
    arrive("wrong number mate", number=first)
    arrive("STOP", number=second)
    arrive("STOP", number=second)
    arrive("who do I ring?", number=third)
    arrive("wrong number mate", number="+447700900999")  # nobody texted it
    found = queries.list_quality(texted.id)
    assert found == ListQuality(texted=5, wrong_persons=1, opt_outs=1)
    assert found.wrong_percent == 20


@pytest.mark.parametrize(
    ("quality", "is_poor"),
    [
        (ListQuality(0, 0, 0), False),
        (ListQuality(10, 4, 0), False),
        (ListQuality(100, 5, 0), True),
        (ListQuality(101, 5, 0), False),
    ],
)
def test_a_list_is_poor_from_one_in_twenty_and_five(quality: ListQuality, is_poor: bool) -> None:
    assert quality.is_poor is is_poor


def test_the_panel_says_it_in_words_and_nothing_before_anybody_was_texted(app: Flask) -> None:
    with app.test_request_context():
        told = render_template_string(PANEL, quality=ListQuality(200, 12, 3))
        assert "12 of 200 people texted said that the text was not meant for them (6.0%)" in told
        assert "Tell whoever gave you these numbers" in told
        assert "Tell whoever" not in render_template_string(PANEL, quality=ListQuality(200, 1, 3))
        assert render_template_string(PANEL, quality=ListQuality(0, 0, 0)).strip() == ""
