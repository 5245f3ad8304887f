"""The calendar of sends: one month of what is planned, what went, and what may not go."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import Row, func, select

from outreach import clock
from outreach.domain.campaign import CampaignStatus
from outreach.domain.local_time import clock_words
from outreach.domain.message import MessageStatus
from outreach.domain.send_calendar import Month, Plan, free_again, held_since, plan
from outreach.domain.send_window import LONDON
from outreach.extensions import db
from outreach.models import Campaign, Message
from outreach.recipients import queries as recipients
from outreach.sending import holidays
from outreach.sending.same_people import Pair, pairs
from outreach.sending.terms import Terms, holidays_cover, terms, window_of

_S = CampaignStatus
PLANNED = (_S.DRAFT, _S.RETURNED, _S.SUBMITTED, _S.APPROVED, _S.SENDING, _S.PAUSED)


@dataclass(frozen=True)
class Planned:
    """A campaign whose texts may leave on a day. `starts` is set on the day of its start time."""

    campaign: Campaign
    hours: str
    starts: datetime | None


@dataclass(frozen=True)
class Sent:
    campaign_id: UUID
    title: str
    texts: int


@dataclass(frozen=True)
class Day:
    """`closed` is why nothing may be sent; `freed_from` the day whose numbers the cap lets go."""

    day: date
    is_today: bool
    closed: str | None
    planned: tuple[Planned, ...]
    sent: tuple[Sent, ...]
    held_until: date | None
    """Until when the cap holds the numbers texted on this day."""
    freed_from: date | None

    @property
    def is_empty(self) -> bool:
        return not (self.closed or self.planned or self.sent or self.freed_from)


@dataclass(frozen=True)
class SendCalendar:
    month: Month
    weeks: tuple[tuple[Day | None, ...], ...]
    cap_days: int
    pairs: tuple[Pair, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is planned and nothing went."""
        return not any(day.planned or day.sent or day.freed_from for day in self._days())

    @property
    def is_bare(self) -> bool:
        """Whether no day has anything to say: no bank holiday either."""
        return all(day.is_empty for day in self._days())

    def _days(self) -> Iterator[Day]:
        return (day for week in self.weeks for day in week if day)


@dataclass(frozen=True)
class _Facts:
    """What every day of the month is made from."""

    bound: Terms
    today: date
    plans: tuple[tuple[Campaign, Plan], ...]
    sent: Mapping[date, Counter[UUID]]
    titles: Mapping[UUID, str]
    cap_days: int


def look(month: Month) -> SendCalendar:
    cap_days = recipients.frequency_cap_days()
    facts = _facts(month, cap_days)
    weeks = (tuple(_day(day, facts) if day else None for day in week) for week in month.weeks())
    return SendCalendar(month, tuple(weeks), cap_days, pairs())


def _facts(month: Month, cap_days: int) -> _Facts:
    now, bound = clock.now(), terms()
    sent = _sent(month.first, month.last)
    if cap_days:
        sent |= _sent(held_since(month.first, cap_days), held_since(month.last, cap_days))
    ids = {campaign_id for counts in sent.values() for campaign_id in counts}
    titles = db.session.execute(select(Campaign.id, Campaign.title).where(Campaign.id.in_(ids)))
    return _Facts(
        bound=bound,
        today=now.astimezone(LONDON).date(),
        plans=tuple(_plans(bound, now)),
        sent=sent,
        titles=dict(titles.all()),
        cap_days=cap_days,
    )


def _day(day: date, facts: _Facts) -> Day:
    went = facts.sent.get(day, Counter())
    before = held_since(day, facts.cap_days) if facts.cap_days else None
    return Day(
        day=day,
        is_today=day == facts.today,
        closed=_why_closed(day, facts.bound),
        planned=tuple(_planned(day, facts)),
        sent=tuple(Sent(id_, facts.titles[id_], count) for id_, count in went.most_common()),
        held_until=free_again(day, facts.cap_days) if went and facts.cap_days else None,
        freed_from=before if before in facts.sent else None,
    )


def _why_closed(day: date, bound: Terms) -> str | None:
    if day in bound.bank_holidays:
        return holidays.name_of(day)
    if not holidays_cover(day, bound.bank_holidays):
        return "Bank holidays not known yet"
    return None


def _planned(day: date, facts: _Facts) -> Iterable[Planned]:
    for campaign, when in facts.plans:
        if day < facts.today or not holidays_cover(day, facts.bound.bank_holidays):
            continue
        if when.is_on(day, facts.bound.bank_holidays):
            start = campaign.start_at
            starts = start if start and start.astimezone(LONDON).date() == day else None
            hours = f"{clock_words(when.window.opens)} to {clock_words(when.window.closes)}"
            yield Planned(campaign, hours, starts)


def _plans(bound: Terms, now: datetime) -> Iterable[tuple[Campaign, Plan]]:
    """By the time they begin. Of drafts only those that have a start time."""
    waiting = select(Campaign).where(Campaign.status.in_(PLANNED))
    found = []
    for campaign in db.session.scalars(waiting.order_by(Campaign.created_at)).all():
        texts = _to_send(campaign)
        if texts is None or (campaign.status.is_editable and campaign.start_at is None):
            continue
        start = max(now, campaign.start_at or now)
        length = timedelta(seconds=texts / bound.send_rate)
        made = plan(window_of(campaign), start, length, bound.bank_holidays)
        if made is not None:
            found.append((campaign, made))
    return sorted(found, key=lambda pair: pair[1].begins)


def _to_send(campaign: Campaign) -> int | None:
    """How many texts are still to go; None where the campaign runs and all have gone."""
    if not campaign.status.is_running:
        return recipients.accepted_count(campaign.id)
    waiting = (MessageStatus.PENDING, MessageStatus.SENDING)
    count = db.session.scalar(
        select(func.count()).where(Message.campaign_id == campaign.id, Message.status.in_(waiting))
    )
    return count or None


def _sent(first: date, last: date) -> dict[date, Counter[UUID]]:
    """Texts that Notify took, by day and campaign. Counted by the hour, in which no London day
    begins or ends half-way."""
    begins, ends = _midnight(first), _midnight(last + timedelta(days=1))
    postgresql = db.engine.dialect.name == "postgresql"
    hour = (
        func.date_trunc("hour", Message.accepted_at)
        if postgresql
        else func.strftime("%Y-%m-%dT%H:00", Message.accepted_at)
    )
    released = select(Campaign.id).where(Campaign.released_at < ends)
    rows = db.session.execute(
        select(Message.campaign_id, hour, func.count())
        .where(
            Message.campaign_id.in_(released),
            Message.accepted_at >= begins,
            Message.accepted_at < ends,
        )
        .group_by(Message.campaign_id, hour)
    )
    return _by_day(rows)


def _by_day(rows: Iterable[Row[UUID, datetime | str, int]]) -> dict[date, Counter[UUID]]:
    found: dict[date, Counter[UUID]] = {}
    for campaign_id, hour, count in rows:
        at = datetime.fromisoformat(hour).replace(tzinfo=UTC) if isinstance(hour, str) else hour
        found.setdefault(at.astimezone(LONDON).date(), Counter())[campaign_id] += count
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON).astimezone(UTC)
