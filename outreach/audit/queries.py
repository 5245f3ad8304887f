"""Reading the log: events by page and filter, and the names of those who acted."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select

from outreach.domain.audit import ActorKind, AuditAction, AuditCategory
from outreach.domain.audit_words import (
    ACTOR_WORDS,
    action_words,
    category_words,
    change_words,
    job_words,
    object_words,
    sentence,
)
from outreach.extensions import db
from outreach.models import AuditEvent, Campaign, User

PAGE_SIZE = 50

Event = AuditEvent


@dataclass(frozen=True)
class Filters:
    """What to show. `person` is a user's id; times are aware, `until` is not itself included."""

    since: datetime | None = None
    until: datetime | None = None
    person: str | None = None
    kind: ActorKind | None = None
    role: str | None = None
    action: AuditAction | None = None
    category: AuditCategory | None = None
    campaign_id: UUID | None = None
    object_type: str | None = None
    object_id: str | None = None

    @property
    def is_on(self) -> bool:
        return self != Filters()

    def named(self) -> dict[str, str]:
        """Those that are set, as text: for the event that says what was looked at."""
        values = vars(self).items()
        return {name: str(value) for name, value in values if value is not None}


@dataclass(frozen=True)
class EventRow:
    """One event as a person reads it."""

    id: int
    event_id: UUID
    at: datetime
    who: str
    role: str | None
    what: str
    action: str
    category: str
    object_type: str
    object_id: str
    object_name: str
    campaign_id: UUID | None
    campaign: str | None
    changes: Sequence[tuple[str, str]]
    reason: str | None

    @property
    def sentence(self) -> str:
        return sentence(self.what)


@dataclass(frozen=True)
class Page:
    """Events, newest first. `newer` and `older` are the places from which the next pages begin."""

    rows: Sequence[EventRow]
    newer: int | None
    older: int | None


def events(filters: Filters, *, before: int | None = None, after: int | None = None) -> Page:
    """A page of events; those under the row number `before`, or the ones just over `after`."""
    query = select(Event).where(*_conditions(filters))
    is_upwards = after is not None
    if after is not None:
        query = query.where(Event.id > after).order_by(Event.id)
    else:
        query = query.where(Event.id < before) if before is not None else query
        query = query.order_by(Event.id.desc())
    found = list(db.session.scalars(query.limit(PAGE_SIZE + 1)))
    has_more, found = len(found) > PAGE_SIZE, found[:PAGE_SIZE]
    found = found[::-1] if is_upwards else found
    if not found:
        return Page((), None, None)
    has_newer = has_more if is_upwards else before is not None
    has_older = True if is_upwards else has_more
    return Page(
        rows=in_words(found),
        newer=found[0].id if has_newer else None,
        older=found[-1].id if has_older else None,
    )


def event(event_id: UUID) -> EventRow | None:
    found = db.session.scalar(select(Event).where(Event.event_id == event_id))
    return in_words([found])[0] if found else None


def in_words(found: Sequence[AuditEvent]) -> list[EventRow]:
    """The events with names in place of numbers, in two reads for all of them."""
    people = names_of(
        {e.actor for e in found if e.actor_kind in _PEOPLE}
        | {e.object_id for e in found if e.object_type == "user"}
    )
    titles = _titles({e.campaign_id for e in found if e.campaign_id})
    return [_row(e, people, titles) for e in found]


def names_of(user_ids: Collection[str]) -> dict[str, str]:
    """Names by user's id in text."""
    numbers = {int(each) for each in user_ids if each.isdecimal() and len(each) < 10}
    rows = db.session.execute(select(User.id, User.name).where(User.id.in_(numbers)))
    return {str(user_id): name for user_id, name in rows}


def people() -> list[tuple[str, str]]:
    """Everybody who has or had an account: id in text, and name."""
    rows = db.session.execute(select(User.id, User.name, User.email).order_by(User.name, User.id))
    return [(str(user_id), f"{name} ({email})") for user_id, name, email in rows]


def campaigns() -> list[tuple[str, str]]:
    """Every campaign, the newest first: id in text, and title."""
    rows = db.session.execute(
        select(Campaign.id, Campaign.title).order_by(Campaign.created_at.desc())
    )
    return [(str(campaign_id), title) for campaign_id, title in rows]


_PEOPLE = frozenset({ActorKind.PERSON.value, ActorKind.PARTNER.value})


def _titles(campaign_ids: Collection[UUID]) -> dict[UUID, str]:
    query = select(Campaign.id, Campaign.title).where(Campaign.id.in_(campaign_ids))
    return {row.id: row.title for row in db.session.execute(query)}


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    equal = {
        Event.actor_kind: filters.kind,
        Event.role: filters.role,
        Event.action: filters.action,
        Event.category: filters.category,
        Event.campaign_id: filters.campaign_id,
        Event.object_type: filters.object_type,
        Event.object_id: filters.object_id,
    }
    conditions = [column == value for column, value in equal.items() if value is not None]
    if filters.since is not None:
        conditions.append(Event.at >= filters.since)
    if filters.until is not None:
        conditions.append(Event.at < filters.until)
    if filters.person is not None:
        conditions += [Event.actor == filters.person, Event.actor_kind.in_(_PEOPLE)]
    return conditions


def _row(event: AuditEvent, people: Mapping[str, str], titles: Mapping[UUID, str]) -> EventRow:
    return EventRow(
        id=event.id,
        event_id=event.event_id,
        at=event.at,
        who=_who(event, people),
        role=event.role,
        what=action_words(event.action),
        action=event.action,
        category=category_words(event.category),
        object_type=event.object_type,
        object_id=event.object_id,
        object_name=_object_name(event, people, titles),
        campaign_id=event.campaign_id,
        campaign=titles.get(event.campaign_id) if event.campaign_id else None,
        changes=[change_words(name, value) for name, value in event.changes.items()],
        reason=event.reason,
    )


def _who(event: AuditEvent, people: Mapping[str, str]) -> str:
    if event.actor_kind in _PEOPLE:
        return people.get(event.actor, f"Account {event.actor}")
    if event.actor_kind == ActorKind.JOB:
        return job_words(event.actor)
    return ACTOR_WORDS[ActorKind.PUBLIC]


def _object_name(event: AuditEvent, people: Mapping[str, str], titles: Mapping[UUID, str]) -> str:
    if event.object_type == "user" and event.object_id in people:
        return f"account of {people[event.object_id]}"
    title = titles.get(event.campaign_id) if event.campaign_id else None
    if event.object_type == "campaign" and title:
        return f"campaign “{title}”"
    return f"{object_words(event.object_type)} {event.object_id}"
