"""The day's checkpoint, emailed to every auditor through Notify: what left the building cannot be
rewritten.

One row for an auditor and a day is the intent; it is sent by whichever worker claims it. What was
claimed before, by a worker that died or got no clear answer, is looked up at Notify first, so that
a day's email is neither lost nor sent twice.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from outreach import clock
from outreach.audit import service, signing, tree
from outreach.domain.access import Role
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction
from outreach.domain.send_window import LONDON
from outreach.extensions import db
from outreach.models import (
    AuditCheckpoint,
    AuditEvent,
    AuditMailing,
    RoleRow,
    Setting,
    User,
)
from outreach.notify.gateway import NotifyGateway
from outreach.notify.results import Accepted, LookupFailed, SendResult
from outreach.transaction import transaction

TEMPLATE = "email_template_audit_checkpoint"
"""The setting that names Notify's template. It may use ((date)), ((checkpoint)) and ((key))."""
NOT_BEFORE = time(6, 0)
"""London time. The day's checkpoint is the newest then."""
MAILER = Actor.job("mail_checkpoint")
CLAIM = timedelta(minutes=2)
"""Longer than any request lives."""
RETRY = timedelta(minutes=15)
LONGEST_WITHOUT = timedelta(hours=26)
"""A day, and what a late worker may take; then auditors and operators are warned."""


@dataclass(frozen=True)
class LastMailing:
    """When an auditor was last sent a checkpoint, and what stands in the way of the next."""

    sent_at: datetime | None
    auditors: int
    log_began_at: datetime
    why_not: str

    @property
    def is_missing(self) -> bool:
        """Whether one should have left by now. A new log is not yet late."""
        return clock.now() - (self.sent_at or self.log_began_at) > LONGEST_WITHOUT


@dataclass(frozen=True)
class Found:
    """Notify has had it since an earlier try."""


Outcome = SendResult | LookupFailed | Found


@dataclass(frozen=True)
class Claimed:
    """One email to be sent, with no session needed any more."""

    day: datetime
    user_id: int
    address: str
    tree_size: int
    note: str
    reference: str
    is_again: bool
    """It was tried before, so Notify may have it."""


def template_id() -> str | None:
    row = db.session.get(Setting, TEMPLATE)
    return str(row.value) if row is not None and row.value else None


def last() -> LastMailing:
    sent_at = db.session.scalar(select(func.max(AuditMailing.sent_at)))
    began = db.session.scalar(select(AuditEvent.at).order_by(AuditEvent.id).limit(1))
    auditors = len(_auditors())
    return LastMailing(sent_at, auditors, began or clock.now(), _why_not(auditors))


def plan_today() -> int:
    """The intent for every auditor who has none for today; how many were missing. In the open
    transaction."""
    now = clock.now().astimezone(LONDON)
    head = tree.newest()
    if head is None or now.time() < NOT_BEFORE or template_id() is None:
        return 0
    day = now.date()
    have = set(db.session.scalars(select(AuditMailing.user_id).where(AuditMailing.day == day)))
    wanted = [user for user in _auditors() if user.id not in have]
    for user in wanted:
        with suppress(IntegrityError), db.session.begin_nested():  # another worker's is as good
            db.session.add(AuditMailing(day=day, user_id=user.id, tree_size=head.tree_size))
    return len(wanted)


def is_due() -> bool:
    """Whether a worker should look, by reading alone."""
    now = clock.now().astimezone(LONDON)
    if now.time() < NOT_BEFORE or template_id() is None or tree.newest() is None:
        return False
    query = select(AuditMailing).where(AuditMailing.day == now.date())
    rows = list(db.session.scalars(query))
    return len(rows) < len(_auditors()) or any(_may_claim(row) for row in rows)


def send_due(notify: NotifyGateway) -> int:
    """Plan what is missing and send what is due today; how many were accepted by Notify."""
    with transaction():
        plan_today()
    sent = 0
    while True:
        with transaction():
            claimed, template = _claim(), template_id()
        if claimed is None or template is None:
            return sent
        result = _look_up(claimed, notify) or notify.send_email(
            email_address=claimed.address,
            template_id=template,
            personalisation=_values(claimed),
            reference=claimed.reference,
        )
        with transaction():
            _settle(claimed, result)
        sent += isinstance(result, Accepted | Found)


def _look_up(claimed: Claimed, notify: NotifyGateway) -> Found | LookupFailed | None:
    """None where Notify surely has no email with this reference."""
    if not claimed.is_again:
        return None
    found = notify.find_by_reference(claimed.reference)
    return found if isinstance(found, LookupFailed) else Found() if found else None


def _claim() -> Claimed | None:
    today = clock.now().astimezone(LONDON).date()
    query = (
        select(AuditMailing)
        .where(AuditMailing.day == today, AuditMailing.sent_at.is_(None))
        .order_by(AuditMailing.user_id)
        .with_for_update(skip_locked=True)
    )
    row = next((row for row in db.session.scalars(query) if _may_claim(row)), None)
    user = db.session.get(User, row.user_id) if row else None
    head = db.session.get(AuditCheckpoint, row.tree_size) if row else None
    if row is None or user is None or head is None:
        return None
    is_again, row.claimed_at = row.claimed_at is not None, clock.now()
    return Claimed(
        day=clock.now(),
        user_id=user.id,
        address=user.email,
        tree_size=head.tree_size,
        note=tree.with_cosignatures(head),
        reference=str(row.reference),
        is_again=is_again,
    )


def _may_claim(row: AuditMailing) -> bool:
    pause = RETRY if row.fault else CLAIM
    return row.sent_at is None and (row.claimed_at is None or row.claimed_at + pause < clock.now())


def _settle(claimed: Claimed, result: Outcome) -> None:
    row = db.session.get_one(AuditMailing, (claimed.day.astimezone(LONDON).date(), claimed.user_id))
    if not isinstance(result, Accepted | Found):
        row.fault = _fault(result)[:300]
        return
    row.sent_at, row.fault = clock.now(), None
    service.record(
        AuditAction.AUDIT_CHECKPOINT_EMAILED,
        MAILER,
        "audit_checkpoint",
        claimed.tree_size,
        changes={"to": str(claimed.user_id), "size": claimed.tree_size},
    )


def _fault(result: Outcome) -> str:
    said: str | None = getattr(result, "message", None) or getattr(result, "reason", None)
    return said or "no answer"


def _values(claimed: Claimed) -> dict[str, str]:
    day = claimed.day.astimezone(LONDON)
    keys = "\n".join(key.text() for key in signing.verifiers())
    return {"date": f"{day.day} {day:%B %Y}", "checkpoint": claimed.note, "key": keys}


def _auditors() -> Sequence[User]:
    return db.session.scalars(
        select(User)
        .where(User.active, User.roles.any(RoleRow.name == Role.AUDITOR.value))
        .order_by(User.id)
    ).all()


def _why_not(auditors: int) -> str:
    if template_id() is None:
        return "An administrator has not chosen the email template for it."
    if auditors == 0:
        return "There is no auditor to send it to."
    fault = db.session.scalar(
        select(AuditMailing.fault)
        .where(AuditMailing.fault.is_not(None), AuditMailing.sent_at.is_(None))
        .order_by(AuditMailing.day.desc())
        .limit(1)
    )
    return f"GOV.UK Notify said: {fault}" if fault else ""
