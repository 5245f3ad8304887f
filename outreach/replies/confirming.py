"""The one text that may confirm an opt-out, where an administrator chose a template for it.

Like every text: the intent is committed, then the request is made with a reference of ours, then
what came of it is written down. It differs in one thing: it is never tried again, not even after a
look-up, because a person who asked for silence is better off without it than with two.
"""

import time
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from secrets import token_bytes
from uuid import UUID, uuid4

from sqlalchemy import Select, select

from outreach import clock, vault
from outreach.audit import service as audit
from outreach.domain import pacing
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction
from outreach.domain.optout import (
    CONFIRMED_ONCE_WITHIN,
    CONFIRMED_WITHIN,
    MAY_HAVE_ARRIVED,
    ConfirmationStatus,
    SuppressionKind,
)
from outreach.domain.phone import Mobile, parse_mobile
from outreach.extensions import db
from outreach.jobs import dispatcher
from outreach.models import ConfirmationText, DataKey, ReceivedText, Setting
from outreach.notify.gateway import NotifyGateway
from outreach.notify.results import Accepted, Ambiguous, DailyLimitReached, RateLimited, SendResult
from outreach.optouts import queries as optouts

CONFIRMER = Actor.job("confirm_optout")
TEMPLATE_SETTING = "optout_confirmation_template_id"
SENDER_SETTING = "sms_sender_id"
LONGEST_REQUEST = timedelta(minutes=5)
"""A request older than this is over, whatever became of it."""
LONGEST_WAIT_SECONDS = 2.0

_S = ConfirmationStatus


@dataclass(frozen=True)
class Intent:
    """A confirmation that is ours to send, once, at its slot."""

    confirmation_id: UUID
    reference: UUID
    template_id: str
    sender_id: str | None
    slot: datetime
    number: str = field(repr=False)


def is_wanted() -> bool:
    """Whether an administrator chose a template for it; none is chosen by default."""
    return _setting(TEMPLATE_SETTING) is not None


def plan(reply: ReceivedText) -> None:
    """In the transaction that suppresses: intend to confirm, if that is wanted and may be done."""
    now = clock.now()
    if not is_wanted() or _is_confirmed(reply.phone_digest, now):
        return
    row = db.session.scalar(
        select(ConfirmationText).where(ConfirmationText.received_text_id == reply.id)
    )
    if row is None:
        row = ConfirmationText(received_text_id=reply.id, phone_digest=reply.phone_digest)
        db.session.add(row)
    elif row.status != _S.DROPPED:
        return
    row.status, row.planned_at, row.reason, row.ended_at = _S.PLANNED, now, None, None
    db.session.flush()


def drop(reply: ReceivedText, why: str) -> None:
    """What was planned for this reply and not begun is not sent."""
    row = db.session.scalar(
        select(ConfirmationText)
        .where(ConfirmationText.received_text_id == reply.id, ConfirmationText.status == _S.PLANNED)
        .with_for_update()
    )
    if row is not None:
        _end(row, _S.DROPPED, why)


def forget(reply_ids: Collection[UUID]) -> None:
    """Whose these replies were confirmed to is told by nothing any more, neither here nor by what
    Notify keeps."""
    for row in db.session.scalars(
        select(ConfirmationText).where(ConfirmationText.received_text_id.in_(reply_ids))
    ):
        row.phone_digest, row.reference = token_bytes(32), uuid4()
        row.notification_id = row.reason = None


def is_any_due() -> bool:
    """Whether one waits, or one was begun and never ended."""
    return db.session.scalar(_planned().limit(1)) is not None or bool(_stale(clock.now()))


def claim(key_name: str) -> Intent | None:
    """The next one that may go, its intent written down. None where none may. The caller commits
    before it sends anything."""
    now = clock.now()
    row = dispatcher.lock_dispatcher(key_name)
    for stale in _stale(now):
        _end(stale, _S.UNCONFIRMED, "The worker stopped while it was being sent.")
    if row.paused_until is not None and row.paused_until > now:
        return None
    for planned in db.session.scalars(_planned().with_for_update(skip_locked=True)):
        number = _sendable(planned, now)
        if number is None:
            continue
        slots, pace = pacing.reserve(dispatcher.pace_of(row), 1, now)
        dispatcher.keep_pace(row, pace)
        planned.status, planned.claimed_at = _S.SENDING, now
        return Intent(
            planned.id,
            planned.reference,
            str(_setting(TEMPLATE_SETTING)),
            _setting(SENDER_SETTING),
            slots[0],
            number,
        )
    return None


def send(intent: Intent, gateway: NotifyGateway) -> SendResult:
    """Make the request, at its slot."""
    wait = (intent.slot - clock.now()) / timedelta(seconds=1)
    if wait > 0:
        time.sleep(min(wait, LONGEST_WAIT_SECONDS))
    return gateway.send_text(
        phone_number=intent.number,
        template_id=intent.template_id,
        personalisation={},
        reference=str(intent.reference),
        sms_sender_id=intent.sender_id,
    )


def record(intent: Intent, outcome: SendResult, key_name: str) -> None:
    """Write down what came of it."""
    row = dispatcher.lock_dispatcher(key_name)
    if isinstance(outcome, RateLimited):
        dispatcher.pause_after_refusal(row, clock.now())
    elif isinstance(outcome, DailyLimitReached):
        dispatcher.pause_until_tomorrow(row, clock.now())
    elif isinstance(outcome, Accepted):
        row.accepted += 1
    confirmation = db.session.get_one(
        ConfirmationText, intent.confirmation_id, with_for_update=True, populate_existing=True
    )
    if confirmation.status != _S.SENDING:
        return
    if isinstance(outcome, Accepted):
        confirmation.notification_id = UUID(outcome.notification_id)
        _end(confirmation, _S.SENT, None)
    elif isinstance(outcome, Ambiguous):
        _end(confirmation, _S.UNCONFIRMED, outcome.reason)
    else:
        _end(confirmation, _S.REFUSED, outcome.message)


def _end(row: ConfirmationText, status: ConfirmationStatus, why: str | None) -> None:
    row.status, row.reason, row.ended_at = status, why and why[:200], clock.now()
    if status is _S.DROPPED:
        return  # nothing was handed to anybody
    audit.record(
        AuditAction.OPTOUT_CONFIRMED,
        CONFIRMER,
        "reply",
        row.received_text_id,
        changes={"status": status.value},
    )


def _sendable(row: ConfirmationText, now: datetime) -> str | None:
    """The number, or None and the row dropped: what held when it was planned must hold still."""
    number = _number(row)
    why_not = _why_not(row, now)
    if number is None or why_not is not None:
        _end(row, _S.DROPPED, why_not or "There is no UK mobile number to send it to.")
        return None
    return number


def _why_not(row: ConfirmationText, now: datetime) -> str | None:
    if now - row.planned_at > CONFIRMED_WITHIN:
        return "It could not be sent in time."
    if not is_wanted():
        return "No template is chosen for it any more."
    if optouts.active_suppression(row.phone_digest, SuppressionKind.OPT_OUT) is None:
        return "The person opted in again."
    return None


def _number(row: ConfirmationText) -> str | None:
    reply = db.session.get_one(ReceivedText, row.received_text_id)
    key = db.session.get_one(DataKey, reply.data_key_id)
    if reply.sealed is None or key.wrapped is None:
        return None
    sender = vault.open_received(vault.open_data_key(key), reply.id, reply.sealed).sender
    number = parse_mobile(sender)
    is_same = vault.digest(sender) == row.phone_digest
    return number.e164 if isinstance(number, Mobile) and is_same else None


def _is_confirmed(phone_digest: bytes, now: datetime) -> bool:
    """Whether this number may have had one within a day."""
    found = db.session.scalar(
        select(ConfirmationText.id)
        .where(
            ConfirmationText.phone_digest == phone_digest,
            ConfirmationText.planned_at > now - CONFIRMED_ONCE_WITHIN,
            ConfirmationText.status.in_(MAY_HAVE_ARRIVED),
        )
        .limit(1)
    )
    return found is not None


def _planned() -> Select[ConfirmationText]:
    return (
        select(ConfirmationText)
        .where(ConfirmationText.status == _S.PLANNED)
        .order_by(ConfirmationText.planned_at)
    )


def _stale(now: datetime) -> list[ConfirmationText]:
    statement = select(ConfirmationText).where(
        ConfirmationText.status == _S.SENDING,
        ConfirmationText.claimed_at < now - LONGEST_REQUEST,
    )
    return list(db.session.scalars(statement))


def _setting(name: str) -> str | None:
    row = db.session.get(Setting, name)
    return str(row.value) if row is not None and row.value else None
