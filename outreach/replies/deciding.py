"""What people do with replies: take one, hand it back, decide, take a decision back.

Callers own the transaction. Every function works on the reply as it is now, locked, and refuses
with a sentence where somebody else was quicker.
"""

from datetime import timedelta
from uuid import UUID

from outreach import clock
from outreach.audit import service as audit
from outreach.domain import reply_queue
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction, Scalar
from outreach.domain.errors import ChangedMeanwhile, NotAllowed
from outreach.domain.optout import SuppressionKind, SuppressionSource
from outreach.domain.reply_queue import (
    LETS_HOLD_GO,
    SUPPRESSING,
    NotTaken,
    ReplyState,
    Resolution,
    TakenByAnother,
    UndoTooLate,
)
from outreach.models import ReceivedText
from outreach.optouts import queries as suppressions
from outreach.optouts import service as optouts
from outreach.replies import confirming, queries, service

A = AuditAction
LOOK_RECORDED_EVERY = timedelta(minutes=15)
"""A queue that is left open asks for news every few seconds: that is one look in a while."""


class OthersWait(NotAllowed):
    """Another reply from this number has not been read."""

    def __init__(self) -> None:
        super().__init__(
            "There is another reply from this number that nobody has dealt with. Read it first: "
            "until then the number stays on hold."
        )


class TextErased(NotAllowed):
    """The reply is erased, and the number with it."""

    def __init__(self) -> None:
        super().__init__("This reply has been erased, and the number with it.")


def take(reply_id: UUID, *, by: Actor) -> None:
    """Have it for a while, or for longer. Raises TakenByAnother, ChangedMeanwhile."""
    row = _locked_open(reply_id)
    _check_not_with_another(row, by)
    row.assigned_to_id, row.assigned_at = by.user_id, clock.now()
    _record(A.REPLY_ASSIGNED, row, by)


def hand_back(reply_id: UUID, *, by: Actor) -> None:
    """Let somebody else have it. Does nothing where it is not with this person."""
    row = queries.lock(reply_id)
    if row.assigned_to_id != by.user_id or row.state != ReplyState.OPEN:
        return
    row.assigned_to_id, row.assigned_at = None, None
    _record(A.REPLY_UNASSIGNED, row, by)


def decide(reply_id: UUID, resolution: Resolution, *, by: Actor) -> None:
    """Close the reply, and do what was decided. Raises NotTaken, ChangedMeanwhile, OthersWait."""
    row = _locked_open(reply_id)
    _check_with(row, by)
    are_others_waiting = bool(queries.others_open(row))
    if resolution is Resolution.HOLD_RELEASED and are_others_waiting:
        raise OthersWait
    if resolution in SUPPRESSING:
        _suppress(row, resolution, by)
    if resolution in LETS_HOLD_GO and not are_others_waiting:
        _release_hold(row, by)
    row.state, row.resolution = ReplyState.CLOSED, resolution.value
    row.resolved_by_id, row.resolved_at = by.user_id, clock.now()
    _record(
        A.REPLY_RESOLVED,
        row,
        by,
        {
            "class": row.reply_class,
            "decision": resolution.value,
            "suppressed": row.added_suppression_id is not None,
            "hold_released": row.released_hold_id is not None,
        },
    )


def why_no_undo(row: ReceivedText) -> str | None:
    """Why the decision cannot be taken back, as a sentence; None where it can."""
    if row.state != ReplyState.CLOSED or not reply_queue.may_undo(row.resolved_at, clock.now()):
        return "More than ten minutes have passed, so this decision cannot be undone."
    if row.resolved_at and queries.is_texted_since(row.phone_digest, row.resolved_at):
        return "A text has been sent to this number since, so this decision cannot be undone."
    return None


def undo(reply_id: UUID, *, by: Actor) -> None:
    """As it was before the decision, and with whoever undoes it. Raises UndoTooLate.

    Texts of a running campaign that the decision withheld stay withheld.
    """
    row = queries.lock(reply_id)
    why_not = why_no_undo(row)
    if why_not is not None:
        raise UndoTooLate(why_not)
    decision = row.resolution
    confirming.drop(row, "The decision was taken back.")
    if row.added_suppression_id is not None:
        optouts.take_back(row.added_suppression_id, by=by)
    if row.released_hold_id is not None:
        optouts.hold(row.phone_digest, by=by)
    _reopen(row, by)
    _record(A.REPLY_UNDONE, row, by, {"decision": decision, "what_was_done": "taken back"})


def put_back(reply_id: UUID, *, by: Actor) -> None:
    """Into the queue again, with whoever puts it there: what was done stands, and the number is on
    hold until somebody decides anew."""
    row = queries.lock(reply_id)
    if row.state == ReplyState.OPEN:
        raise ChangedMeanwhile("This reply is in the queue already.")
    decision = row.resolution
    optouts.hold(row.phone_digest, by=by)
    _reopen(row, by)
    _record(A.REPLY_UNDONE, row, by, {"decision": decision, "what_was_done": "stands"})


def reveal(reply_id: UUID, reason: str, *, by: Actor) -> str:
    """The full number, for a reason that is recorded. Raises TextErased, NotTaken."""
    row = queries.lock(reply_id)
    if row.state == ReplyState.OPEN:
        _check_with(row, by)
    secrets = service.open_text(row)
    if secrets is None:
        raise TextErased
    audit.record(A.NUMBER_REVEALED, by, "reply", row.id, campaign_id=row.campaign_id, reason=reason)
    return secrets.sender


def record_read(reply_id: UUID, *, by: Actor) -> None:
    """Somebody sees the text, and what was said before it."""
    row = queries.get(reply_id)
    if row is not None:
        _record(A.REPLY_READ, row, by)


def is_look_due(by: Actor) -> bool:
    """Whether this person's looking at the queue is to be recorded again."""
    last = queries.last_look(by.name)
    return last is None or clock.now() - last > LOOK_RECORDED_EVERY


def record_listed(count: int, which: str, *, by: Actor) -> None:
    """Somebody looks at a list of replies, with the ends of their numbers."""
    audit.record(A.REPLY_LISTED, by, "reply_queue", which, changes={"replies": count})


def _locked_open(reply_id: UUID) -> ReceivedText:
    row = queries.lock(reply_id)
    if row.state != ReplyState.OPEN:
        raise ChangedMeanwhile("This reply has been dealt with already.")
    return row


def _check_not_with_another(row: ReceivedText, by: Actor) -> None:
    person = by.user_id or 0
    if reply_queue.is_with_another(person, row.assigned_to_id, row.assigned_at, clock.now()):
        raise TakenByAnother


def _check_with(row: ReceivedText, by: Actor) -> None:
    _check_not_with_another(row, by)
    if row.assigned_to_id != by.user_id:
        raise NotTaken


def _suppress(row: ReceivedText, resolution: Resolution, by: Actor) -> None:
    kind = SuppressionKind(resolution.value)
    is_new = optouts.suppress(
        row.phone_digest, kind, SuppressionSource.REPLY, by=by, campaign_id=row.campaign_id
    )
    if not is_new:
        return
    added = suppressions.active_suppression(row.phone_digest, kind)
    row.added_suppression_id = added.id if added is not None else None
    if resolution is Resolution.OPT_OUT:
        confirming.plan(row)


def _release_hold(row: ReceivedText, by: Actor) -> None:
    hold = suppressions.active_hold(row.phone_digest)
    if hold is not None:
        optouts.release_hold(row.phone_digest, by=by)
        row.released_hold_id = hold.id


def _reopen(row: ReceivedText, by: Actor) -> None:
    row.state, row.resolution = ReplyState.OPEN, None
    row.resolved_by_id, row.resolved_at = None, None
    row.added_suppression_id, row.released_hold_id = None, None
    row.assigned_to_id, row.assigned_at = by.user_id, clock.now()


def _record(
    action: AuditAction, row: ReceivedText, by: Actor, changes: dict[str, Scalar] | None = None
) -> None:
    audit.record(action, by, "reply", row.id, campaign_id=row.campaign_id, changes=changes)
