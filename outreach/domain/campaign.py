"""A campaign's life: which moves are legal, and what must be there before each (design section 3)."""

from enum import StrEnum

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


def pilot_size(recipients: int, *, messages: int = 20, percent: int = 5) -> int:
    """How many go first: `messages`, or `percent` of the list if that is fewer, at least one."""
    return min(recipients, messages, max(1, recipients * percent // 100))


def pilot_failed(permanent_failures: int, receipts: int, *, limit_percent: int = 40) -> bool:
    """Whether the share of permanent failures among the receipts so far is over the limit."""
    return receipts > 0 and permanent_failures * 100 > receipts * limit_percent
