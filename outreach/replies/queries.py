"""What is known of received texts: one of them, those the rules have to read, how many wait."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import case, exists, func, or_, select

from outreach.domain.audit import AuditAction
from outreach.domain.errors import OutreachError
from outreach.domain.message import AT_NOTIFY, MessageStatus
from outreach.domain.optout import SuppressionKind, SuppressionSource
from outreach.domain.replies import ReplyClass
from outreach.domain.reply_queue import ReplyState, Resolution
from outreach.extensions import db
from outreach.models import (
    AuditEvent,
    Campaign,
    ConfirmationText,
    DataKey,
    Message,
    Organisation,
    ReceivedText,
    Setting,
    User,
)
from outreach.optouts import queries as suppressions

URGENT = "urgent"
GUIDANCE_SETTING = "urgent_guidance"


class ReplyMissing(OutreachError):
    """There is no such reply."""

    def __init__(self) -> None:
        super().__init__("There is no such reply.")


@dataclass(frozen=True)
class OpenCounts:
    """How many replies wait for a person."""

    urgent: int
    other: int

    @property
    def total(self) -> int:
        return self.urgent + self.other


def by_notify_id(notify_id: str) -> ReceivedText | None:
    return db.session.scalar(select(ReceivedText).where(ReceivedText.notify_id == notify_id))


def known_notify_ids(ids: Collection[str]) -> set[str]:
    """Those of `ids`, a page of them, that are stored."""
    statement = select(ReceivedText.notify_id).where(ReceivedText.notify_id.in_(ids))
    return set(db.session.scalars(statement))


def unclassified(limit: int) -> list[UUID]:
    """Texts that were stored and not yet read by the rules, oldest first."""
    statement = (
        select(ReceivedText.id)
        .where(
            ReceivedText.state == ReplyState.OPEN,
            ReceivedText.reply_class.is_(None),
            ReceivedText.sealed.is_not(None),
        )
        .order_by(ReceivedText.received_at)
        .limit(limit)
    )
    return list(db.session.scalars(statement))


def last_campaign_that_texted(phone_digest: bytes) -> Campaign | None:
    """The campaign a reply from this number most likely answers."""
    return db.session.scalars(
        select(Campaign)
        .join(Message, Message.campaign_id == Campaign.id)
        .where(Message.phone_digest == phone_digest, Message.claimed_at.is_not(None))
        .order_by(Message.claimed_at.desc())
        .limit(1)
    ).first()


def data_key_for(purpose: str) -> DataKey | None:
    """The newest live data key made for `purpose`."""
    return db.session.scalars(
        select(DataKey)
        .where(DataKey.purpose == purpose, DataKey.wrapped.is_not(None))
        .order_by(DataKey.created_at.desc())
        .limit(1)
    ).first()


def unused_keys(purpose_start: str) -> list[DataKey]:
    """Live data keys made for such a purpose under which nothing is sealed any more."""
    in_use = exists().where(
        ReceivedText.data_key_id == DataKey.id, ReceivedText.sealed.is_not(None)
    )
    return list(
        db.session.scalars(
            select(DataKey).where(
                DataKey.purpose.startswith(purpose_start), DataKey.wrapped.is_not(None), ~in_use
            )
        )
    )


def open_counts() -> OpenCounts:
    """For the home page: the urgent ones and the others."""
    is_urgent = ReceivedText.reply_class == URGENT
    urgent, total = db.session.execute(
        select(func.count(case((is_urgent, 1))), func.count()).where(
            ReceivedText.state == ReplyState.OPEN
        )
    ).one()
    return OpenCounts(urgent, total - urgent)


def open_in_campaign(campaign_id: UUID) -> int:
    """Replies of a campaign that nobody has dealt with: not to be erased unread."""
    counted = select(func.count()).select_from(ReceivedText)
    return (
        db.session.scalar(
            counted.where(
                ReceivedText.campaign_id == campaign_id, ReceivedText.state == ReplyState.OPEN
            )
        )
        or 0
    )


def get(reply_id: UUID) -> ReceivedText | None:
    return db.session.get(ReceivedText, reply_id)


def lock(reply_id: UUID) -> ReceivedText:
    """The reply as it is now, held until the transaction ends. Raises ReplyMissing."""
    found = db.session.scalar(
        select(ReceivedText)
        .where(ReceivedText.id == reply_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise ReplyMissing
    return found


def others_open(reply: ReceivedText) -> list[ReceivedText]:
    """Other replies from the same number that wait for a person, oldest first."""
    return list(
        db.session.scalars(
            select(ReceivedText)
            .where(
                ReceivedText.phone_digest == reply.phone_digest,
                ReceivedText.state == ReplyState.OPEN,
                ReceivedText.id != reply.id,
            )
            .order_by(ReceivedText.received_at)
        )
    )


def is_texted_since(phone_digest: bytes, since: datetime) -> bool:
    """Whether a text may have gone to this number, by a campaign or to confirm an opt-out."""
    by_campaign = select(Message.id).where(
        Message.phone_digest == phone_digest,
        Message.claimed_at >= since,
        Message.status.in_(AT_NOTIFY | {MessageStatus.SENDING, MessageStatus.HELD}),
    )
    confirmed = select(ConfirmationText.id).where(
        ConfirmationText.phone_digest == phone_digest, ConfirmationText.claimed_at >= since
    )
    return any(
        db.session.scalar(statement.limit(1)) is not None for statement in (by_campaign, confirmed)
    )


def is_stop_later(row: ReceivedText) -> bool:
    """Whether the number was put on the suppression list for something said after this text.

    Texts come late and in any order (contract section 8): what was said last is what counts.
    """
    active = suppressions.active_suppression(row.phone_digest, SuppressionKind.OPT_OUT)
    if active is None:
        return False
    if active.source is not SuppressionSource.REPLY:
        return active.created_at > row.received_at
    later = select(ReceivedText.id).where(
        ReceivedText.phone_digest == row.phone_digest,
        ReceivedText.received_at > row.received_at,
        or_(
            ReceivedText.reply_class.in_({ReplyClass.OPT_OUT.value, ReplyClass.URGENT.value}),
            ReceivedText.resolution == Resolution.OPT_OUT.value,
        ),
    )
    return db.session.scalar(later.limit(1)) is not None


def last_look(person: str) -> datetime | None:
    """When the event of this person's looking at a list of replies was last written."""
    return db.session.scalar(
        select(AuditEvent.at)
        .where(AuditEvent.actor == person, AuditEvent.action == AuditAction.REPLY_LISTED.value)
        .order_by(AuditEvent.id.desc())
        .limit(1)
    )


def urgent_guidance() -> str | None:
    """What the force's own guidance says about a threat to life; None where none is entered."""
    setting = db.session.get(Setting, GUIDANCE_SETTING)
    return str(setting.value) if setting is not None and setting.value else None


def person_name(user_id: int | None) -> str | None:
    user = db.session.get(User, user_id) if user_id is not None else None
    return user.name if user is not None else None


def campaign(campaign_id: UUID | None) -> Campaign | None:
    return db.session.get(Campaign, campaign_id) if campaign_id is not None else None


def partners(reply: ReceivedText) -> list[Organisation]:
    """Whom a person who wants help can turn to: the campaign's partner, or every one by name."""
    answered = campaign(reply.campaign_id)
    if answered is not None and answered.partner is not None:
        return [answered.partner]
    return list(db.session.scalars(select(Organisation).order_by(Organisation.name)))
