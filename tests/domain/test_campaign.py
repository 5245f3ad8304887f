"""A campaign's moves, and who may decide on it."""

import pytest

from outreach.domain.campaign import (
    MOVES,
    CampaignStatus,
    Hands,
    after_change,
    move,
    why_not_decide,
)
from outreach.domain.errors import MoveRefused

S = CampaignStatus
ROSA, ADE, OLIVE, LEE, SAM = 1, 2, 3, 4, 5
HANDS = Hands(ROSA, ROSA, frozenset({ROSA, LEE}), frozenset({ROSA, SAM}))


def test_every_move_that_is_not_named_is_refused() -> None:
    for current in S:
        for target in S:
            if target in MOVES[current]:
                assert move(current, target) is target
            else:
                with pytest.raises(MoveRefused, match="Nothing was changed"):
                    move(current, target)


@pytest.mark.parametrize("status", [S.DRAFT, S.RETURNED, S.SUBMITTED, S.APPROVED])
def test_change_makes_a_draft_of_whatever_has_not_run(status: CampaignStatus) -> None:
    assert after_change(status) is S.DRAFT


@pytest.mark.parametrize("status", [S.SENDING, S.PAUSED, S.COMPLETED, S.CANCELLED])
def test_what_runs_or_has_ended_cannot_be_changed(status: CampaignStatus) -> None:
    with pytest.raises(MoveRefused, match="can no longer be changed"):
        after_change(status)


def test_every_status_is_in_one_stage() -> None:
    for status in S:
        stages = [status.is_editable, status.is_waiting, status.is_running, status.is_over]
        assert sum(stages) == 1, status


@pytest.mark.parametrize("person", [ADE, OLIVE])
def test_who_had_no_hand_in_it_may_decide(person: int) -> None:
    assert why_not_decide(person, HANDS) is None


@pytest.mark.parametrize(
    ("person", "because"),
    [
        (ROSA, "because you drafted it, uploaded recipients and submitted it."),
        (LEE, "because you uploaded recipients."),
        (SAM, "because you changed the draft."),
    ],
)
def test_who_had_a_hand_in_it_is_told_which(person: int, because: str) -> None:
    assert because in (why_not_decide(person, HANDS) or "")
