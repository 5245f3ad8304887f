"""The lists of replies: the queue of those that wait, and those that are dealt with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ColumnExpressionArgument, case, func, select

from outreach import clock
from outreach.domain import reply_queue
from outreach.domain.reply_queue import ReplyState, Resolution
from outreach.extensions import db
from outreach.models import Campaign, ReceivedText, User
from outreach.replies import service
from outreach.replies.queries import URGENT

PAGE_SIZE = 25
RULES = "rules"
"""In place of a person: what the rules were certain of."""


@dataclass(frozen=True)
class Listed:
    """One line of a list: the reply, its campaign's title, who has it or decided on it, and the
    end of the number, which is None once the reply is erased."""

    reply: ReceivedText
    campaign: str | None
    person: str | None
    masked: str | None
    waited: str
    """For how long, in words."""


@dataclass(frozen=True)
class ReplyPage:
    """`page` counts from 1; `pages` is at least 1."""

    rows: Sequence[Listed]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class Wanted:
    """Which of the replies that are dealt with a list shows; None is any."""

    reply_class: str | None = None
    resolution: Resolution | None = None
    person: str | None = None
    """A user's id, or RULES."""
    campaign_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None


def is_taken(listed: Listed, by_other_than: int) -> bool:
    """Whether somebody else has the reply now."""
    reply = listed.reply
    return reply_queue.is_with_another(
        by_other_than, reply.assigned_to_id, reply.assigned_at, clock.now()
    )


def queue(page: int = 1) -> ReplyPage:
    """Those that wait for a person: urgent first, then the longest waiting."""
    order = (case((ReceivedText.reply_class == URGENT, 0), else_=1), ReceivedText.received_at)
    is_open = [ReceivedText.state == ReplyState.OPEN]
    return _page(is_open, order, ReceivedText.assigned_to_id, page)


def dealt_with(wanted: Wanted, page: int = 1) -> ReplyPage:
    """Those that a person decided on or the rules were certain of, the newest first."""
    order = (ReceivedText.received_at.desc(),)
    return _page(_conditions(wanted), order, ReceivedText.resolved_by_id, page)


def decided_since(person_id: int, since: datetime) -> list[Listed]:
    """A person's own decisions, the newest first: what may still be undone."""
    where = [
        ReceivedText.state == ReplyState.CLOSED,
        ReceivedText.resolved_by_id == person_id,
        ReceivedText.resolved_at >= since,
    ]
    return list(
        _page(where, (ReceivedText.resolved_at.desc(),), ReceivedText.resolved_by_id, 1).rows
    )


def deciders() -> list[tuple[int, str]]:
    """People who decided on a reply, by name."""
    rows = db.session.execute(
        select(User.id, User.name)
        .where(User.id.in_(select(ReceivedText.resolved_by_id).distinct()))
        .order_by(User.name)
    )
    return [(row[0], row[1]) for row in rows]


def answered_campaigns() -> list[tuple[UUID, str]]:
    """Campaigns that had a reply, the newest first."""
    rows = db.session.execute(
        select(Campaign.id, Campaign.title)
        .where(Campaign.id.in_(select(ReceivedText.campaign_id).distinct()))
        .order_by(Campaign.created_at.desc())
    )
    return [(row[0], row[1]) for row in rows]


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found = [ReceivedText.state != ReplyState.OPEN]
    if wanted.reply_class:
        found.append(ReceivedText.reply_class == wanted.reply_class)
    if wanted.resolution:
        found.append(ReceivedText.resolution == wanted.resolution)
    if wanted.person == RULES:
        found.append(ReceivedText.state == ReplyState.AUTOMATIC)
    elif wanted.person:
        found.append(ReceivedText.resolved_by_id == int(wanted.person))
    if wanted.campaign_id:
        found.append(ReceivedText.campaign_id == wanted.campaign_id)
    if wanted.since:
        found.append(ReceivedText.received_at >= wanted.since)
    if wanted.until:
        found.append(ReceivedText.received_at < wanted.until)
    return found


def _page(
    where: Sequence[ColumnElement[bool]],
    order: Sequence[ColumnExpressionArgument[Any]],
    person: ColumnExpressionArgument[Any],
    page: int,
) -> ReplyPage:
    total = db.session.scalar(select(func.count()).select_from(ReceivedText).where(*where)) or 0
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(page, 1), pages)
    rows = db.session.execute(
        select(ReceivedText, Campaign.title, User.name)
        .outerjoin(Campaign, Campaign.id == ReceivedText.campaign_id)
        .outerjoin(User, User.id == person)
        .where(*where)
        .order_by(*order, ReceivedText.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    return ReplyPage([_listed(*row) for row in rows], total, page, pages)


def _listed(reply: ReceivedText, campaign: str | None, person: str | None) -> Listed:
    waited = reply_queue.waited(reply.received_at, clock.now())
    return Listed(reply, campaign, person, service.masked_number(reply), waited)
