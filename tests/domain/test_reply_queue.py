"""Who has a reply, until when a decision may be undone, how long one has waited."""

from datetime import UTC, datetime, timedelta

import pytest

from outreach.domain.reply_queue import (
    LETS_HOLD_GO,
    RESOLUTION_WORDS,
    SUPPRESSING,
    TAKEN_FOR,
    UNDO_FOR,
    Resolution,
    is_with_another,
    may_undo,
    waited,
)

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
ROSA, ADE = 1, 2


def test_every_decision_has_words() -> None:
    assert set(RESOLUTION_WORDS) == set(Resolution)
    assert {Resolution.HOLD_RELEASED} == LETS_HOLD_GO - SUPPRESSING


@pytest.mark.parametrize(
    ("holder", "taken_ago", "is_taken"),
    [
        (None, None, False),
        (ROSA, timedelta(0), False),
        (ADE, timedelta(0), True),
        (ADE, TAKEN_FOR, True),
        (ADE, TAKEN_FOR + timedelta(seconds=1), False),
        (ADE, None, False),
    ],
)
def test_a_reply_is_with_another_for_a_while(
    holder: int | None, taken_ago: timedelta | None, is_taken: bool
) -> None:
    taken_at = None if taken_ago is None else NOON - taken_ago
    assert is_with_another(ROSA, holder, taken_at, NOON) is is_taken


def test_a_decision_may_be_undone_for_ten_minutes() -> None:
    assert may_undo(NOON, NOON + UNDO_FOR)
    assert not may_undo(NOON, NOON + UNDO_FOR + timedelta(seconds=1))
    assert not may_undo(None, NOON)


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(seconds=-5), "under a minute"),
        (timedelta(seconds=59), "under a minute"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(minutes=59), "59 minutes"),
        (timedelta(minutes=60), "1 hour"),
        (timedelta(hours=47, minutes=59), "47 hours"),
        (timedelta(hours=48), "2 days"),
        (timedelta(days=400), "400 days"),
    ],
)
def test_waiting_is_told_in_the_unit_that_fits(ago: timedelta, words: str) -> None:
    assert waited(NOON - ago, NOON) == words
