"""The queue of replies that wait for a person: who reads which, what was decided, what is undone.

One reader at a time: whoever takes a reply has it for a while, and hands it back or decides. A
decision can be taken back for some minutes, unless a text has been sent to the number meanwhile.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from outreach.domain.errors import ChangedMeanwhile, NotAllowed

TAKEN_FOR = timedelta(minutes=15)
UNDO_FOR = timedelta(minutes=10)


class ReplyState(StrEnum):
    """Where a reply is. What the rules were certain of never waits for a person."""

    OPEN = "open"
    CLOSED = "closed"
    AUTOMATIC = "automatic"


class Resolution(StrEnum):
    """What a person decided about a reply."""

    OPT_OUT = "opt_out"
    WRONG_PERSON = "wrong_person"
    WANTS_HELP = "wants_help"
    URGENT = "urgent"
    """The force's guidance for an emergency was followed."""
    NO_ACTION = "no_action"
    """Nothing to do; nothing more is sent to the number either."""
    HOLD_RELEASED = "hold_released"
    """Nothing to do, and texts may go on."""


RESOLUTION_WORDS: dict[Resolution, str] = {
    Resolution.OPT_OUT: "Opted out",
    Resolution.WRONG_PERSON: "Wrong person",
    Resolution.WANTS_HELP: "Wants help",
    Resolution.URGENT: "Urgent guidance followed",
    Resolution.NO_ACTION: "No action",
    Resolution.HOLD_RELEASED: "Hold released",
}
CLASS_WORDS: dict[str, str] = {
    "urgent": "Urgent",
    "review": "To be read",
    "opt_out": "Opt-out",
    "opt_in": "Opt-in",
    "wrong_person": "Wrong person",
}
SUPPRESSING = frozenset({Resolution.OPT_OUT, Resolution.WRONG_PERSON})
LETS_HOLD_GO = SUPPRESSING | {Resolution.HOLD_RELEASED}
"""A suppressed number needs no hold beside it, which would outlive a later START."""


class TakenByAnother(ChangedMeanwhile):
    """Somebody else is reading this reply."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else is reading this reply now. Take another one, or wait until it is "
            "handed back."
        )


class NotTaken(NotAllowed):
    """A reply is decided by whoever has taken it."""

    def __init__(self) -> None:
        super().__init__("Take this reply from the queue first: it is not with you any more.")


class UndoTooLate(NotAllowed):
    """The decision stands."""


def is_with_another(
    person_id: int, assigned_to_id: int | None, assigned_at: datetime | None, now: datetime
) -> bool:
    """Whether somebody else has taken the reply and still has it. Whoever took it last keeps it
    until another takes it, so that nobody's reading is lost to the clock."""
    if assigned_to_id in {None, person_id} or assigned_at is None:
        return False
    return now - assigned_at <= TAKEN_FOR


def may_undo(resolved_at: datetime | None, now: datetime) -> bool:
    """Within ten minutes of the decision; what was sent meanwhile is for the caller to ask."""
    return resolved_at is not None and now - resolved_at <= UNDO_FOR


def waited(since: datetime, now: datetime) -> str:
    """How long a reply has waited: `under a minute`, `12 minutes`, `3 hours`, `2 days`."""
    minutes = int((now - since) / timedelta(minutes=1))
    if minutes < 1:
        return "under a minute"
    if minutes < 60:
        return _counted(minutes, "minute")
    if minutes < 48 * 60:
        return _counted(minutes // 60, "hour")
    return _counted(minutes // (24 * 60), "day")


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
