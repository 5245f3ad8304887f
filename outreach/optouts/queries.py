"""Who must not be texted, asked in bulk."""

from collections.abc import Collection, Iterator
from enum import StrEnum
from itertools import islice

from sqlalchemy import CompoundSelect, String, literal, select, type_coerce, union_all

from outreach.domain.optout import SuppressionKind
from outreach.extensions import db
from outreach.models import Hold, Suppression

CHUNK = 5_000
"""Digests a statement; SQLite takes 32,766 parameters."""


class Withheld(StrEnum):
    """Why a number is withheld; where there are several reasons the first of these is told."""

    OPT_OUT = SuppressionKind.OPT_OUT.value
    WRONG_PERSON = SuppressionKind.WRONG_PERSON.value
    HOLD = "hold"


_ORDER = list(Withheld)


def withheld(digests: Collection[bytes]) -> dict[bytes, Withheld]:
    """Those of `digests` that must not be texted, and why."""
    found: dict[bytes, Withheld] = {}
    for chunk in _chunks(digests):
        for digest, kind in db.session.execute(_statement(chunk)):
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


def _statement(chunk: Collection[bytes]) -> CompoundSelect[bytes, str]:
    return union_all(
        select(Suppression.phone_digest, type_coerce(Suppression.kind, String)).where(
            Suppression.phone_digest.in_(chunk), Suppression.removed_at.is_(None)
        ),
        select(Hold.phone_digest, literal(Withheld.HOLD.value)).where(
            Hold.phone_digest.in_(chunk), Hold.released_at.is_(None)
        ),
    )


def _chunks(digests: Collection[bytes]) -> Iterator[list[bytes]]:
    rest = iter(digests)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
