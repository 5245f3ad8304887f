"""The aims, on replies that no rule was tuned on and on every batch the rules have learnt from."""

import pytest

from outreach.domain.replies import ReplyClass, classify
from tests.domain.replies.labels import (
    ASKS_HELP,
    Labelled,
    confusion,
    first_set,
    held_out,
    later_batches,
    precision,
    recall,
    swallowed,
)

AIMS = {
    ReplyClass.OPT_OUT: 0.97,
    ReplyClass.URGENT: 0.95,
    ReplyClass.WRONG_PERSON: 0.95,
    ReplyClass.OPT_IN: 0.90,
    ReplyClass.REVIEW: 0.95,
}


def test_the_set_is_large_and_its_halves_are_fixed() -> None:
    assert len(first_set()) == 1447
    assert len(held_out()) == 729


@pytest.mark.parametrize(("label", "aim"), AIMS.items())
def test_the_held_out_half_meets_the_aim(label: ReplyClass, aim: float) -> None:
    assert recall(confusion(held_out()), label) >= aim


def test_what_is_read_as_an_opt_out_is_one() -> None:
    assert precision(confusion(held_out()), ReplyClass.OPT_OUT) >= 0.98


@pytest.mark.parametrize("replies", [held_out(), first_set(), later_batches()], ids=len)
def test_nobody_in_danger_is_read_as_an_opt_out(replies: list[Labelled]) -> None:
    assert not [
        reply.text
        for reply in replies
        if reply.label is ReplyClass.URGENT
        and classify(reply.text).reply_class not in {ReplyClass.URGENT, ReplyClass.REVIEW}
    ]


def test_nobody_asking_for_help_is_read_as_an_opt_out() -> None:
    asking = [reply for reply in first_set() if reply.group in ASKS_HELP]
    assert len(asking) > 150
    assert not swallowed(asking)


def test_wrong_persons_and_opt_outs_are_told_apart() -> None:
    table = confusion(held_out())
    assert table[ReplyClass.WRONG_PERSON, ReplyClass.OPT_OUT] == 0
    assert table[ReplyClass.OPT_OUT, ReplyClass.WRONG_PERSON] == 0


@pytest.mark.parametrize("label", [ReplyClass.OPT_OUT, ReplyClass.URGENT, ReplyClass.WRONG_PERSON])
def test_what_was_learnt_from_the_later_batches_stays_learnt(label: ReplyClass) -> None:
    assert recall(confusion(later_batches()), label) >= 0.96


def test_few_of_the_later_batches_are_settled_without_a_person() -> None:
    assert len(swallowed(later_batches())) <= 5
