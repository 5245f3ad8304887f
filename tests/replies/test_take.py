"""One reader at a time: take a reply, read it, hand it back."""

from uuid import UUID

import pytest
from flask import Flask

from outreach.domain.reply_queue import Resolution, TakenByAnother
from outreach.replies import deciding
from outreach.transaction import transaction
from tests.conftest import both_databases
from tests.replies import stage
from tests.replies.conftest import Reader
from tests.replies.stage import arrive, events, later, reply

TEXT = "canary words, who do I ring?"


@both_databases
def test_taking_shows_the_text_and_is_recorded(app: Flask, rosa: Reader) -> None:
    reply_id = arrive(TEXT)
    assert TEXT not in rosa.see(f"/replies/{reply_id}").get_text()
    page = rosa.act(reply_id, "take")
    assert TEXT in page.get_text()
    assert len(events("reply.assigned")) == 1
    assert [event.object_id for event in events("reply.read")] == [str(reply_id)]
    assert events("reply.read")[0].category == "consultation"


def test_looking_at_the_page_of_one_that_waits_is_no_reading_and_takes_nothing(
    app: Flask, rosa: Reader
) -> None:
    reply_id = arrive(TEXT)
    rosa.see(f"/replies/{reply_id}")
    assert reply(reply_id).assigned_to_id is None
    assert events("reply.read") == []


def test_nobody_else_reads_it_meanwhile(app: Flask, rosa: Reader, ade: Reader) -> None:
    reply_id = arrive(TEXT)
    rosa.act(reply_id, "take")
    page = ade.see(f"/replies/{reply_id}")
    assert "Rosa Requester is reading this reply" in page.get_text()
    assert TEXT not in page.get_text()
    assert "Rosa Requester is reading it" in ade.see("/replies").get_text()
    assert "Somebody else is reading this reply now" in ade.act(reply_id, "take").get_text()
    for act in ("opt-out", "no-action", "release-hold", "wants-help", "urgent", "wrong-person"):
        assert ade.send(f"/replies/{reply_id}/{act}")[0] == 409
        ade.see(f"/replies/{reply_id}/{act}", status=409)
    ade.see(f"/replies/{reply_id}/number", status=409)
    assert reply(reply_id).state == "open"


def test_it_lapses_after_a_while(app: Flask, rosa: Reader, ade: Reader) -> None:
    reply_id = arrive(TEXT)
    rosa.act(reply_id, "take")
    with later(minutes=14):
        assert TEXT not in ade.act(reply_id, "take").get_text()
    with later(minutes=16):
        assert TEXT in rosa.see(f"/replies/{reply_id}").get_text()  # nobody wanted it
        assert TEXT in ade.act(reply_id, "take").get_text()
        assert TEXT not in rosa.see(f"/replies/{reply_id}").get_text()
        assert rosa.send(f"/replies/{reply_id}/no-action")[0] == 409


def test_it_can_be_handed_back(app: Flask, rosa: Reader, ade: Reader) -> None:
    reply_id = arrive(TEXT)
    rosa.act(reply_id, "take")
    assert "back in the queue" in rosa.act(reply_id, "hand-back").get_text()
    assert TEXT in ade.act(reply_id, "take").get_text()
    assert len(events("reply.unassigned")) == 1
    rosa.act(reply_id, "hand-back")  # it is not hers: nothing happens
    assert reply(reply_id).assigned_to_id is not None


def test_of_two_who_press_at_once_one_has_it(app: Flask) -> None:
    reply_id = arrive()
    stage.take(reply_id, stage.rosa())
    with pytest.raises(TakenByAnother):
        stage.take(reply_id, stage.ade())


def test_one_that_is_dealt_with_cannot_be_taken(app: Flask, rosa: Reader) -> None:
    reply_id = arrive("STOP")
    status, page = rosa.send(f"/replies/{reply_id}/take")
    assert status == 409
    assert "has been dealt with already" in page.get_text()


def test_the_conversation_shows_our_text_without_the_code_and_their_other_replies(
    app: Flask, rosa: Reader, texted: object
) -> None:
    arrive("first words?", minutes_ago=20)
    reply_id = arrive("second words?", minutes_ago=10)
    arrive("of somebody else", number=stage.OTHER, minutes_ago=5)
    said = rosa.act(reply_id, "take").select("ol.govuk-list > li")
    told = [" ".join(each.get_text(" ", strip=True).split()) for each in said]
    assert len(told) == 3
    assert "Hello Jo." in told[0]
    assert "[their link]" in told[0]
    assert "Delivered" in told[0]
    assert "first words?" in told[1]
    assert "This reply" in told[2]
    assert "second words?" in told[2]


def test_a_text_that_answers_no_campaign_is_told_with_others_of_its_kind(
    app: Flask, rosa: Reader
) -> None:
    arrive("first words?", minutes_ago=20)
    reply_id = arrive("second words?")
    page = rosa.act(reply_id, "take").get_text(" ", strip=True)
    assert "first words?" in page
    assert "It answers no campaign that is known" in page


def test_a_decision_needs_the_reply_to_be_taken(app: Flask, rosa: Reader) -> None:
    reply_id = arrive()
    status, page = rosa.send(f"/replies/{reply_id}/opt-out")
    assert status == 409
    assert "Take this reply from the queue first" in page.get_text()
    assert page.find("a", string="See how it is now")["href"] == f"/replies/{reply_id}"


def test_what_a_phone_sends_is_shown_as_text(app: Flask, rosa: Reader) -> None:
    reply_id = arrive("<script>alert(1)</script> {{ 7*7 }} \u202eolleh \ud83d\ude00 no?")
    page = rosa.act(reply_id, "take")
    assert "<script>alert(1)</script> {{ 7*7 }}" in page.get_text()
    assert [tag["src"] for tag in page.select("script")] != []


def test_two_readers_cannot_decide_twice(app: Flask) -> None:
    reply_id: UUID = arrive()
    stage.take(reply_id, stage.rosa())
    with transaction():
        deciding.decide(reply_id, Resolution.NO_ACTION, by=stage.rosa())
    with pytest.raises(Exception, match="dealt with already"), transaction():
        deciding.decide(reply_id, Resolution.OPT_OUT, by=stage.rosa())
