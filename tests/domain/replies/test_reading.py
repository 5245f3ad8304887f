"""What a reading promises beside its class."""

import re

import pytest

from outreach.domain.replies import Reading, ReplyClass, classify
from tests.domain.replies.labels import first_set, later_batches

READINGS = [(reply.text, classify(reply.text)) for reply in first_set() + later_batches()]


def of(*classes: ReplyClass) -> list[Reading]:
    return [reading for _, reading in READINGS if reading.reply_class in classes]


def test_opt_outs_and_wrong_persons_suppress_and_hold_nobody() -> None:
    settled = of(ReplyClass.OPT_OUT, ReplyClass.WRONG_PERSON)
    assert {(reading.suppresses, reading.holds) for reading in settled} == {(True, False)}


def test_an_opt_in_neither_suppresses_nor_holds() -> None:
    assert {(r.suppresses, r.holds) for r in of(ReplyClass.OPT_IN)} == {(False, False)}


def test_an_urgent_reply_always_holds() -> None:
    assert {reading.holds for reading in of(ReplyClass.URGENT)} == {True}


def test_a_reply_for_review_suppresses_nobody() -> None:
    assert {reading.suppresses for reading in of(ReplyClass.REVIEW)} == {False}


@pytest.mark.parametrize(
    "text",
    [
        "stop texting me im going to kill myself",
        "STOP I want to die",
        "leave me alone he has a gun",
    ],
)
def test_an_urgent_reply_that_says_stop_suppresses_too(text: str) -> None:
    assert classify(text) == Reading(
        ReplyClass.URGENT, classify(text).why, suppresses=True, holds=True
    )


@pytest.mark.parametrize("text", ["they wont let me stop", "stop me killing myself", "im 14"])
def test_an_urgent_reply_that_does_not_say_stop_suppresses_nobody(text: str) -> None:
    assert not classify(text).suppresses


def test_the_reason_is_one_plain_sentence() -> None:
    for reason in {reading.why for _, reading in READINGS}:
        assert re.fullmatch(r"[A-Z][^.]{10,90}\.", reason)


def test_the_reason_never_repeats_the_reply() -> None:
    marked = "stop texting me Zanzibar 07700 900123"
    assert "zanzibar" not in classify(marked).why.lower()
    assert "07700" not in classify(marked).why
