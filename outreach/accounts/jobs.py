"""The worker's part: letters are sent, sessions that ran out are written down."""

import logging
from datetime import timedelta
from uuid import UUID

from outreach import clock
from outreach.accounts import kept_forms, live_sessions, mailing, throttle
from outreach.audit import service as audit
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction
from outreach.domain.mail import Letter
from outreach.extensions import db
from outreach.jobs import context
from outreach.jobs.engine import engine, job, tick
from outreach.models import Mail
from outreach.notify.results import (
    Accepted,
    Ambiguous,
    DailyLimitReached,
    KeyRefused,
    LookupFailed,
    RateLimited,
    Refused,
    SendResult,
)
from outreach.transaction import transaction

log = logging.getLogger(__name__)

MAILER = Actor.job("mail")
RETRY = timedelta(minutes=1)
SETTLE = timedelta(minutes=2)
"""No request lives longer at either end, so a look-up after it is decisive."""
MOST_TRIES = 8


@tick(60)
def tidy_sessions() -> None:
    """Sessions that ran out, wrong tries of yesterday, forms nobody came back for."""
    with transaction():
        now = clock.now()
        live_sessions.end_those_that_ran_out(now)
        throttle.forget_old(now)
        kept_forms.forget_old()


@tick(2)
def find_mail() -> None:
    """Nudge a worker for each letter that is due."""
    for mail_id in mailing.due():
        engine().nudge(send_letter, str(mail_id))


@job
def send_letter(mail: str) -> None:
    """Claim it, send it, write down what came of it.

    A letter claimed before, by a worker that died or got no answer, is looked up at Notify first,
    so that it is neither lost nor sent twice.
    """
    mail_id = UUID(mail)
    with transaction():
        row = db.session.get(Mail, mail_id, with_for_update=True)
        if row is None or row.sealed is None or row.due_at > clock.now():
            return
        letter, was_sent_before = mailing.opened(row), row.state == "sending"
        template_id = mailing.template_of(letter.kind)
        row.state, row.tries = "sending", row.tries + 1
        row.due_at = clock.now() + SETTLE
    if was_sent_before:
        found = context.gateway().find_by_reference(str(mail_id))
        if isinstance(found, LookupFailed):
            return
        if found:
            _finish(mail_id, "sent")
            return
    _settle(mail_id, letter, _send(mail_id, letter, template_id))


def _send(mail_id: UUID, letter: Letter, template_id: str | None) -> SendResult:
    if template_id is None:
        return Refused(400, "NoTemplate", "no template is chosen for this kind of letter")
    return context.gateway().send_email(
        email_address=letter.address,
        template_id=template_id,
        personalisation=letter.values,
        reference=str(mail_id),
    )


def _settle(mail_id: UUID, letter: Letter, result: SendResult) -> None:
    if isinstance(result, Accepted):
        _finish(mail_id, "sent")
    elif isinstance(result, Refused):
        log.error("a letter was refused by Notify: %s", letter.kind)
        _finish(mail_id, "failed", result.message)
    elif isinstance(result, Ambiguous):
        _try_later(mail_id, result.reason, is_unclear=True)
    elif isinstance(result, KeyRefused | RateLimited | DailyLimitReached):
        _try_later(mail_id, result.message, is_unclear=False)


def _try_later(mail_id: UUID, why: str, *, is_unclear: bool) -> None:
    """Where it is unclear whether Notify has it, only after a look-up."""
    with transaction():
        row = db.session.get(Mail, mail_id, with_for_update=True)
        if row is None:
            return
        row.failure = why[:200]
        if row.tries >= MOST_TRIES:
            row.state, row.sealed = "failed", None
            audit.record(AuditAction.MAIL_REFUSED, MAILER, "mail", mail_id)
        else:
            row.state = "sending" if is_unclear else "waiting"
            row.due_at = clock.now() + (SETTLE if is_unclear else RETRY * row.tries)


def _finish(mail_id: UUID, state: str, why: str | None = None) -> None:
    """Blank it: its link is now in one place less."""
    with transaction():
        row = db.session.get(Mail, mail_id, with_for_update=True)
        if row is None:
            return
        row.state, row.sealed, row.failure = state, None, why[:200] if why else None
        action = AuditAction.MAIL_SENT if state == "sent" else AuditAction.MAIL_REFUSED
        audit.record(action, MAILER, "mail", mail_id, changes={"kind": row.kind})
