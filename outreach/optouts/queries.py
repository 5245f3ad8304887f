"""Who must not be texted, asked in bulk; and what the suppression list holds, in figures."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from itertools import islice, pairwise
from uuid import UUID

from sqlalchemy import (
    CompoundSelect,
    Row,
    String,
    and_,
    case,
    func,
    literal,
    select,
    type_coerce,
    union_all,
)

from outreach.domain.message import AT_NOTIFY
from outreach.domain.optout import ConfirmationStatus, ListQuality, SuppressionKind
from outreach.domain.optout import SuppressionSource as Source
from outreach.domain.send_window import LONDON
from outreach.extensions import db
from outreach.models import Campaign, ConfirmationText, Hold, Message, Suppression

AT_ONCE = 5_000
"""Digests a statement; SQLite takes 32,766 parameters."""
MONTHS_SHOWN = 12


class Withheld(StrEnum):
    """Why a number is withheld; where there are several reasons the first of these is told."""

    OPT_OUT = SuppressionKind.OPT_OUT.value
    WRONG_PERSON = SuppressionKind.WRONG_PERSON.value
    HOLD = "hold"


_ORDER = list(Withheld)


@dataclass(frozen=True)
class Entry:
    """One number on the list, as it is exported: its digest under the newest key."""

    phone_digest: bytes
    kind: SuppressionKind
    source: Source
    added_at: datetime


@dataclass(frozen=True)
class Month:
    """How many numbers were put on the list in a month, by where that came from."""

    first_day: date
    by_source: Mapping[Source, int]

    @property
    def total(self) -> int:
        return sum(self.by_source.values())


@dataclass(frozen=True)
class Figures:
    """The list as it is now, and how it grew; `months` are the last twelve, newest first."""

    by_kind: Mapping[SuppressionKind, int]
    holds: int
    confirmed: int
    months: Sequence[Month]

    @property
    def total(self) -> int:
        return sum(self.by_kind.values())


@dataclass(frozen=True)
class LookedUp:
    """What is known of one number: why it is not texted, if it is not."""

    suppressions: Sequence[tuple[Suppression, str | None]]
    """Each with the title of the campaign it came from."""
    is_on_hold: bool


def withheld(digests: Collection[bytes]) -> dict[bytes, Withheld]:
    """Those of `digests` that must not be texted, and why."""
    found: dict[bytes, Withheld] = {}
    for portion in portions(digests):
        for digest, kind in db.session.execute(_statement(portion)):
            reason = Withheld(kind)
            known = found.get(digest, reason)
            found[digest] = min(known, reason, key=_ORDER.index)
    return found


def active_suppression(phone_digest: bytes, kind: SuppressionKind) -> Suppression | None:
    return db.session.scalar(
        select(Suppression).where(
            Suppression.phone_digest == phone_digest,
            Suppression.kind == kind,
            Suppression.removed_at.is_(None),
        )
    )


def active_hold(phone_digest: bytes) -> Hold | None:
    return db.session.scalar(
        select(Hold).where(Hold.phone_digest == phone_digest, Hold.released_at.is_(None))
    )


def suppression(suppression_id: int) -> Suppression | None:
    """One entry, while it is on the list."""
    found = db.session.get(Suppression, suppression_id)
    return found if found is not None and found.removed_at is None else None


def look_up(phone_digest: bytes) -> LookedUp:
    rows = db.session.execute(
        select(Suppression, Campaign.title)
        .outerjoin(Campaign, Campaign.id == Suppression.campaign_id)
        .where(Suppression.phone_digest == phone_digest, Suppression.removed_at.is_(None))
        .order_by(Suppression.id)
    )
    found = [(row, title) for row, title in rows]
    return LookedUp(found, active_hold(phone_digest) is not None)


def figures(now: datetime) -> Figures:
    counted = db.session.execute(
        select(Suppression.kind, func.count())
        .where(Suppression.removed_at.is_(None))
        .group_by(Suppression.kind)
    )
    holds = select(func.count()).select_from(Hold).where(Hold.released_at.is_(None))
    sent = (
        select(func.count())
        .select_from(ConfirmationText)
        .where(ConfirmationText.status == ConfirmationStatus.SENT)
    )
    return Figures(
        by_kind={**dict.fromkeys(SuppressionKind, 0), **{row[0]: row[1] for row in counted}},
        holds=db.session.scalar(holds) or 0,
        confirmed=db.session.scalar(sent) or 0,
        months=_months(now),
    )


def list_quality(campaign_id: UUID) -> ListQuality:
    """For the requester: of the people this campaign texted, how many said it was not for them."""
    texted = (
        select(func.count(func.distinct(Message.recipient_id)))
        .where(Message.campaign_id == campaign_id, Message.status.in_(AT_NOTIFY))
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Suppression.kind, func.count())
        .where(Suppression.campaign_id == campaign_id, Suppression.removed_at.is_(None))
        .group_by(Suppression.kind)
    )
    by_kind: dict[SuppressionKind, int] = {row[0]: row[1] for row in rows}
    return ListQuality(
        texted=db.session.scalar(select(texted)) or 0,
        wrong_persons=by_kind.get(SuppressionKind.WRONG_PERSON, 0),
        opt_outs=by_kind.get(SuppressionKind.OPT_OUT, 0),
    )


def all_active() -> Iterator[Entry]:
    """The whole list in the order it was made, read a part at a time."""
    last = 0
    while rows := _active_after(last):
        yield from (Entry(*row[1:]) for row in rows)
        last = rows[-1][0]


def count_active() -> int:
    counted = select(func.count()).select_from(Suppression)
    return db.session.scalar(counted.where(Suppression.removed_at.is_(None))) or 0


def portions(digests: Collection[bytes], size: int = AT_ONCE) -> Iterator[list[bytes]]:
    rest = iter(digests)
    while portion := list(islice(rest, size)):
        yield portion


def _active_after(
    suppression_id: int,
) -> Sequence[Row[int, bytes, SuppressionKind, Source, datetime]]:
    return db.session.execute(
        select(
            Suppression.id,
            Suppression.phone_digest,
            Suppression.kind,
            Suppression.source,
            Suppression.created_at,
        )
        .where(Suppression.id > suppression_id, Suppression.removed_at.is_(None))
        .order_by(Suppression.id)
        .limit(AT_ONCE)
    ).all()


def _statement(portion: Collection[bytes]) -> CompoundSelect[bytes, str]:
    return union_all(
        select(Suppression.phone_digest, type_coerce(Suppression.kind, String)).where(
            Suppression.phone_digest.in_(portion), Suppression.removed_at.is_(None)
        ),
        select(Hold.phone_digest, literal(Withheld.HOLD.value)).where(
            Hold.phone_digest.in_(portion), Hold.released_at.is_(None)
        ),
    )


def _months(now: datetime) -> list[Month]:
    """Everything that was added counts in its month, whether it was removed later or not."""
    days = _first_days(now)
    bounds = [datetime.combine(day, time(0), LONDON).astimezone(UTC) for day in days]
    sums = [
        func.sum(case((and_(Suppression.created_at >= a, Suppression.created_at < b), 1), else_=0))
        for a, b in pairwise(bounds)
    ]
    rows = db.session.execute(
        select(Suppression.source, *sums)
        .where(Suppression.created_at >= bounds[0])
        .group_by(Suppression.source)
    ).all()
    found = [
        Month(day, dict.fromkeys(Source, 0) | {row[0]: int(row[place + 1]) for row in rows})
        for place, day in enumerate(days[:-1])
    ]
    return found[::-1]


def _first_days(now: datetime) -> list[date]:
    """Of the last twelve months in London, and of the next one, oldest first."""
    today = now.astimezone(LONDON)
    last = today.year * 12 + today.month  # months since year 0, the next one counted from 0
    return [date(month // 12, month % 12 + 1, 1) for month in range(last - MONTHS_SHOWN, last + 1)]
