"""Who may resume."""

import pytest

from outreach.domain.errors import NotAllowed
from outreach.domain.pausing import PauseKind, check_may_resume


def test_anybody_on_the_team_lets_go_of_a_persons_brake() -> None:
    check_may_resume(PauseKind.PERSON, is_approver=False, why_not_decide="you drafted it")


@pytest.mark.parametrize("kind", [kind for kind in PauseKind if kind is not PauseKind.PERSON])
def test_what_the_service_stopped_needs_an_approver_with_clean_hands(kind: PauseKind) -> None:
    check_may_resume(kind, is_approver=True, why_not_decide=None)
    with pytest.raises(NotAllowed, match="only an approver"):
        check_may_resume(kind, is_approver=False, why_not_decide=None)
    with pytest.raises(NotAllowed, match="cannot resume"):
        check_may_resume(
            kind,
            is_approver=True,
            why_not_decide="You cannot approve, return or release this campaign.",
        )
