"""Sessions as the database knows them: begun, looked up, confirmed, ended.

The browser holds 256 random bits; the table holds their SHA-256. Whatever ends the row ends the
session, wherever the cookie may be.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import delete, or_, select, update

from outreach import clock
from outreach.audit import service as audit
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction
from outreach.domain.session_life import (
    IDLE,
    LONGEST,
    REMEMBERED,
    SessionEnd,
    SessionTimes,
)
from outreach.extensions import db
from outreach.models import User, UserSession

SEEN_EVERY = timedelta(minutes=1)
SYSTEM = Actor.job("sessions")


@dataclass(frozen=True)
class LiveSession:
    """A session as it was at the beginning of the request."""

    id: UUID
    user_id: int
    times: SessionTimes
    end: SessionEnd | None
    """Why it is over, whether or not that has been written down yet."""


def begin(
    user: User, *, browser: str, address: str, proved_at: datetime | None = None
) -> tuple[UserSession, str]:
    """A new session, and the token for its cookie. The caller commits.

    `proved_at`: when the person gave a proof, where that was not just now.
    """
    token, now = secrets.token_urlsafe(32), clock.now()
    row = UserSession(
        token_hash=_hash(token),
        user_id=user.id,
        created_at=now,
        seen_at=now,
        confirmed_at=proved_at or now,
        browser=browser,
        address=address,
    )
    db.session.add(row)
    db.session.flush()
    return row, token


def find(token: str, uniquifier: str, now: datetime) -> LiveSession | None:
    """The session of that cookie, where it belongs to the account that the cookie names."""
    row = db.session.execute(
        select(
            UserSession.id,
            UserSession.user_id,
            UserSession.created_at,
            UserSession.seen_at,
            UserSession.confirmed_at,
            UserSession.end_reason,
        )
        .join(User, User.id == UserSession.user_id)
        .where(
            UserSession.token_hash == _hash(token),
            User.fs_uniquifier == uniquifier,
            User.active,
        )
    ).first()
    if row is None:
        return None
    times = SessionTimes(row.created_at, row.seen_at, row.confirmed_at)
    end = SessionEnd(row.end_reason) if row.end_reason else times.ran_out(now)
    return LiveSession(row.id, row.user_id, times, end)


def note_seen(session_id: UUID, now: datetime) -> None:
    db.session.execute(update(UserSession).where(UserSession.id == session_id).values(seen_at=now))


def note_confirmed(session_id: UUID, by: Actor) -> str:
    """The person has proved again who they are: the session goes on under a new token, for the
    cookie, and the old one opens nothing (ASVS 7.2.4)."""
    token, now = secrets.token_urlsafe(32), clock.now()
    db.session.execute(
        update(UserSession)
        .where(UserSession.id == session_id)
        .values(token_hash=_hash(token), seen_at=now, confirmed_at=now)
    )
    audit.record(AuditAction.SESSION_CONFIRMED, by, "session", session_id)
    return token


def end(session: UserSession, reason: SessionEnd, *, by: Actor) -> None:
    """End it now, wherever its cookie may be; nothing where it is over already."""
    if session.ended_at is None:
        session.ended_at, session.end_reason = clock.now(), reason.value
        is_own = reason is SessionEnd.SIGNED_OUT
        action = AuditAction.SESSION_SIGNED_OUT if is_own else AuditAction.SESSION_ENDED
        changes = {} if is_own else {"reason": reason.value, "user": session.user_id}
        audit.record(action, by, "session", session.id, changes=changes)


def end_all(user_id: int, reason: SessionEnd, *, by: Actor, but: UUID | None = None) -> int:
    """End every session of the person, but for one perhaps; how many were ended."""
    open_ones = select(UserSession).where(
        UserSession.user_id == user_id, UserSession.ended_at.is_(None)
    )
    found = [row for row in db.session.scalars(open_ones) if row.id != but]
    for row in found:
        end(row, reason, by=by)
    return len(found)


def end_those_that_ran_out(now: datetime) -> None:
    """Write down which sessions ran out, and forget those that ended a month ago."""
    over = or_(UserSession.seen_at <= now - IDLE, UserSession.created_at <= now - LONGEST)
    for row in db.session.scalars(select(UserSession).where(UserSession.ended_at.is_(None), over)):
        end(row, end_of(row, now) or SessionEnd.IDLE, by=SYSTEM)
    db.session.execute(delete(UserSession).where(UserSession.ended_at < now - REMEMBERED))


def of_person(user_id: int) -> list[UserSession]:
    """Those that live, then those of the last month, each newest first."""
    rows = db.session.scalars(
        select(UserSession)
        .where(UserSession.user_id == user_id)
        .order_by(UserSession.ended_at.is_not(None), UserSession.seen_at.desc())
        .limit(50)
    )
    return list(rows)


def end_of(row: UserSession, now: datetime) -> SessionEnd | None:
    """Why it is over at `now`, written down or not; None while it lasts."""
    if row.end_reason is not None:
        return SessionEnd(row.end_reason)
    return SessionTimes(row.created_at, row.seen_at, row.confirmed_at).ran_out(now)


def get(session_id: UUID, user_id: int) -> UserSession | None:
    """Where it is that person's."""
    row = db.session.get(UserSession, session_id)
    return row if row is not None and row.user_id == user_id else None


def _hash(token: str) -> bytes:
    return sha256(token.encode()).digest()
