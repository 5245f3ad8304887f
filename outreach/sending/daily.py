"""Once a day Notify's own list of the day is held against ours.

Everything above it makes sure that nobody is texted twice; this is the check that would show it if
it were not so. A second notification under one of our references, or one that we call unsent, is an
alarm: it is logged as an error and stands in the audit log.
"""

import logging
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select

from outreach import clock
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction
from outreach.domain.message import AT_NOTIFY, MessageStatus, receipt_status
from outreach.extensions import db
from outreach.models import Campaign, Message, Setting
from outreach.notify.gateway import NotifyGateway
from outreach.notify.results import LookupFailed, NotificationRecord
from outreach.sending.ledger import record_counts
from outreach.sending.settling import Proof, settle
from outreach.transaction import transaction

log = logging.getLogger(__name__)

CHECKER = Actor.job("daily-check")
CHECKED_AT = "daily_check_at"
EVERY = timedelta(days=1)
LOOK_BACK = timedelta(hours=26)
"""A day and some, so that two checks overlap."""
SETTLED = timedelta(minutes=15)
"""Younger ones may be in the middle of being written down."""


def is_due() -> bool:
    """Whether the last check is a day old and there is something to check."""
    row = db.session.get(Setting, CHECKED_AT)
    now = clock.now()
    if row is not None and now - datetime.fromisoformat(row.value) < EVERY:
        return False
    lately = select(Campaign.id).where(
        Campaign.released_at.is_not(None),
        or_(Campaign.ended_at.is_(None), Campaign.ended_at > now - LOOK_BACK),
    )
    return db.session.scalar(lately.limit(1)) is not None


def check_page(gateway: NotifyGateway, older_than: str | None) -> str | None:
    """Check one page; the id that the next begins after, None where the day is done or Notify does
    not answer, in which case it is begun again later."""
    page = gateway.list_notifications(older_than=older_than)
    if isinstance(page, LookupFailed):
        return None
    now = clock.now()
    day = [record for record in page if record.created_at > now - LOOK_BACK]
    with transaction():
        _compare([record for record in day if record.created_at < now - SETTLED])
        if len(day) < len(page) or not page:
            db.session.merge(Setting(name=CHECKED_AT, value=now.isoformat()))
            return None
    return page[-1].id


def _compare(records: Sequence[NotificationRecord]) -> None:
    ours = _ours(records)
    alarms: Counter[tuple[UUID, str]] = Counter()
    for record in records:
        message = ours.get(record.reference or "")
        if message is None:
            continue  # another key's, or the web app's
        word = _fault(message, record)
        if word is not None:
            alarms[message.campaign_id, word] += 1
    db.session.flush()
    for (campaign_id, word), count in alarms.items():
        log.error("daily check: %s texts of campaign %s are %s", count, campaign_id, word)
        record_counts(AuditAction.MESSAGES_RECONCILED, campaign_id, CHECKER, {word: count})


def _ours(records: Sequence[NotificationRecord]) -> dict[str, Message]:
    references = [uid for record in records if (uid := _uuid(record.reference)) is not None]
    found = db.session.scalars(
        select(Message)
        .where(Message.reference.in_(references))
        .order_by(Message.id)
        .with_for_update(key_share=True)
    )
    return {str(message.reference): message for message in found}


def _fault(message: Message, record: NotificationRecord) -> str | None:
    """What is wrong with this pair, put right as far as it can be."""
    uid = UUID(record.id)
    if message.notification_id is not None and message.notification_id != uid:
        return "doubled"
    if message.status in AT_NOTIFY:
        return None
    if message.status is MessageStatus.SENDING:
        return None  # the reconciler's
    status = receipt_status(record.status) or MessageStatus.ACCEPTED
    settle(message, Proof(uid, status, record.template_version))
    return "sent though believed unsent"


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
