"""A form that was sent after its session had run out: kept, sealed, until its person is back.

It is kept with the session that ran out, can be had by the same person only, for an hour and
once. Files are not kept.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, update

from outreach import clock, vault
from outreach.domain.session_life import KEPT_FORM
from outreach.extensions import db
from outreach.models import UserSession

LONGEST_BYTES = 100_000

Fields = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class KeptForm:
    """Where it was going, and the fields in the order in which they were sent."""

    path: str
    fields: Fields


def keep(session_id: UUID, path: str, fields: Fields) -> bool:
    """False where it is too large to keep. The caller commits."""
    plain = json.dumps([path, list(fields)]).encode()
    row = db.session.get(UserSession, session_id)
    if row is None or len(plain) > LONGEST_BYTES:
        return False
    row.kept_key_id, row.kept = vault.ring().wrap(plain, _place(session_id))
    row.kept_at = clock.now()
    return True


def newest_of(user_id: int) -> KeptForm | None:
    """The last form the person sent too late."""
    row = db.session.scalar(
        select(UserSession)
        .where(
            UserSession.user_id == user_id,
            UserSession.kept.is_not(None),
            UserSession.kept_at > clock.now() - KEPT_FORM,
        )
        .order_by(UserSession.kept_at.desc())
        .limit(1)
    )
    if row is None or row.kept is None:
        return None
    plain = vault.ring().unwrap(row.kept_key_id or "", row.kept, _place(row.id))
    path, fields = json.loads(plain)
    return KeptForm(path, [(name, value) for name, value in fields])


def wrap_anew(row: UserSession) -> None:
    """The same form under the newest root key. The caller commits."""
    plain = vault.ring().unwrap(row.kept_key_id or "", row.kept or b"", _place(row.id))
    row.kept_key_id, row.kept = vault.ring().wrap(plain, _place(row.id))


def forget(user_id: int) -> None:
    """Everything kept for the person. The caller commits."""
    db.session.execute(
        update(UserSession)
        .where(UserSession.user_id == user_id, UserSession.kept.is_not(None))
        .values(kept=None, kept_key_id=None)
    )


def forget_old() -> None:
    """What nobody came back for. The caller commits."""
    db.session.execute(
        update(UserSession)
        .where(UserSession.kept.is_not(None), UserSession.kept_at <= clock.now() - KEPT_FORM)
        .values(kept=None, kept_key_id=None)
    )


def _place(session_id: UUID) -> str:
    return f"form of session {session_id}"
