"""A campaign's life: which moves are legal, and when a pilot has failed (design section 3)."""

from dataclasses import dataclass
from enum import StrEnum

from outreach.domain.access import may_approve
from outreach.domain.errors import MoveRefused


class CampaignStatus(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    SENDING = "sending"
    PAUSED = "paused"
    COMPLETED = "completed"
    CANCELLED = "cancelled"

    @property
    def is_editable(self) -> bool:
        return self in {CampaignStatus.DRAFT, CampaignStatus.RETURNED}

    @property
    def is_waiting(self) -> bool:
        """For an approver: to decide, or to release."""
        return self in {CampaignStatus.SUBMITTED, CampaignStatus.APPROVED}

    @property
    def is_running(self) -> bool:
        return self in {CampaignStatus.SENDING, CampaignStatus.PAUSED}

    @property
    def is_over(self) -> bool:
        return self in {CampaignStatus.COMPLETED, CampaignStatus.CANCELLED}


_S = CampaignStatus

MOVES: dict[CampaignStatus, frozenset[CampaignStatus]] = {
    _S.DRAFT: frozenset({_S.SUBMITTED, _S.CANCELLED}),
    _S.SUBMITTED: frozenset({_S.APPROVED, _S.RETURNED, _S.CANCELLED}),
    _S.RETURNED: frozenset({_S.DRAFT, _S.SUBMITTED, _S.CANCELLED}),
    _S.APPROVED: frozenset({_S.SENDING, _S.RETURNED, _S.CANCELLED}),
    _S.SENDING: frozenset({_S.PAUSED, _S.COMPLETED, _S.CANCELLED}),
    _S.PAUSED: frozenset({_S.SENDING, _S.COMPLETED, _S.CANCELLED}),
    _S.COMPLETED: frozenset(),
    _S.CANCELLED: frozenset(),
}

WORDS: dict[CampaignStatus, str] = {
    _S.DRAFT: "a draft",
    _S.SUBMITTED: "waiting for approval",
    _S.RETURNED: "returned to its requester",
    _S.APPROVED: "approved and not yet released",
    _S.SENDING: "sending",
    _S.PAUSED: "paused",
    _S.COMPLETED: "completed",
    _S.CANCELLED: "cancelled",
}


def move(current: CampaignStatus, target: CampaignStatus) -> CampaignStatus:
    """The new status. Raises MoveRefused, naming where the campaign is now."""
    if target not in MOVES[current]:
        raise MoveRefused(
            f"This campaign is now {WORDS[current]}, so it cannot become {WORDS[target]}. "
            "Somebody may have acted on it in the meantime. Nothing was changed."
        )
    return target


def with_second_texts(current: CampaignStatus) -> CampaignStatus:
    """Where a campaign stands once second texts are approved: a completed one sends again, and
    nothing else makes it. Raises MoveRefused for one that is not running or completed."""
    if current.is_running:
        return current
    return _S.SENDING if current is _S.COMPLETED else move(current, _S.SENDING)


def after_change(current: CampaignStatus) -> CampaignStatus:
    """Where a campaign stands once its content changes: submitted or approved no more.

    Raises MoveRefused once it is running or over.
    """
    if current in {_S.SUBMITTED, _S.APPROVED}:
        current = move(current, _S.RETURNED)
    if current is _S.RETURNED:
        return move(current, _S.DRAFT)
    if current is _S.DRAFT:
        return current
    raise MoveRefused(
        f"This campaign is now {WORDS[current]}, so it can no longer be changed. "
        "Nothing was changed. You can make a copy of it and change that."
    )


@dataclass(frozen=True)
class Hands:
    """Who had a hand in a campaign, by their ids. Several may have changed it, or uploaded."""

    created_by: int
    submitted_by: int | None = None
    uploaded_by: frozenset[int] = frozenset()
    edited_by: frozenset[int] = frozenset()


def why_not_decide(person_id: int, hands: Hands) -> str | None:
    """Why this person may not approve, return or release the campaign; None where they may."""
    may = may_approve(
        person_id,
        created_by=hands.created_by,
        submitted_by=hands.submitted_by,
        uploaded_by=person_id if person_id in hands.uploaded_by else None,
    )
    if may and person_id not in hands.edited_by:
        return None
    did = {
        "drafted it": hands.created_by == person_id,
        "changed the draft": person_id in hands.edited_by and hands.created_by != person_id,
        "uploaded recipients": person_id in hands.uploaded_by,
        "submitted it": hands.submitted_by == person_id,
    }
    acts = [act for act, is_theirs in did.items() if is_theirs]
    return (
        f"You cannot approve, return or release this campaign, because you {_and(acts)}. "
        "Another approver has to."
    )


def _and(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def pilot_size(recipients: int, *, messages: int = 20, percent: int = 5) -> int:
    """How many go first: `messages`, or `percent` of the list if that is fewer, at least one."""
    return min(recipients, messages, max(1, recipients * percent // 100))
