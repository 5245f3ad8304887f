"""A message's life."""

import pytest

from outreach.domain.errors import MoveRefused
from outreach.domain.message import (
    AT_NOTIFY,
    ENDED_UNSENT,
    FAILED,
    FINAL_RECEIPTS,
    MOVES,
    SENT,
    WAITING,
    MessageStatus,
    can_move,
    move,
    read_refusal,
    receipt_status,
)

M = MessageStatus


def test_every_status_is_counted_in_one_group_of_the_funnel() -> None:
    groups = [SENT, FAILED, WAITING, ENDED_UNSENT]
    assert sorted(status for group in groups for status in group) == sorted(M)


@pytest.mark.parametrize("final", sorted(FINAL_RECEIPTS))
def test_a_final_receipt_never_moves(final: M) -> None:
    assert [target for target in M if can_move(final, target)] == []


def test_what_is_at_notify_never_becomes_sendable_again() -> None:
    for status in AT_NOTIFY:
        assert not can_move(status, M.PENDING)
        assert not can_move(status, M.SENDING)


def test_only_a_claim_leads_to_sending_and_only_a_person_from_held() -> None:
    assert {status for status in MOVES if can_move(status, M.SENDING)} == {M.PENDING, M.HELD}


@pytest.mark.parametrize("status", [M.PENDING, M.SENDING, M.HELD, M.SUPPRESSED, M.CANCELLED])
def test_a_proof_counts_whatever_we_believed(status: M) -> None:
    assert MOVES[status] >= AT_NOTIFY


def test_a_refused_move_says_so() -> None:
    with pytest.raises(MoveRefused, match="delivered cannot become pending"):
        move(M.DELIVERED, M.PENDING)


@pytest.mark.parametrize("word", ["created", "sending", "pending", "sent", "accepted", "elephant"])
def test_a_status_that_is_not_final_settles_nothing(word: str) -> None:
    assert receipt_status(word) is None


@pytest.mark.parametrize("word", sorted(FINAL_RECEIPTS))
def test_the_four_final_statuses_settle(word: str) -> None:
    assert receipt_status(word) is M(word)


@pytest.mark.parametrize(
    ("message", "words", "is_for_all"),
    [
        ("Template not found", "not there any more", True),
        ("Can’t send to this recipient using a team-only API key", "team key", True),
        ("Can’t send to this recipient when service is in trial mode – see x", "trial", True),
        ("sms_sender_id 1 does not exist in database for service id 2", "sender", True),
        ("email template is not suitable for sms notification", "not one for text", True),
        ("Missing personalisation: name", "missing in this row", False),
        ("Your message is too long. Text messages cannot be longer", "918", False),
        ("phone_number Not enough digits", "too few digits", False),
        ("Cannot send to international mobile numbers", "abroad", False),
        ("Something quite new", "Notify refused it: Something quite new", False),
    ],
)
def test_a_refusal_is_read_in_plain_words(message: str, words: str, is_for_all: bool) -> None:
    reading = read_refusal(message)
    assert words in reading.words
    assert reading.is_for_all is is_for_all
