"""The lease and the pace of a Notify key: one dispatcher at a time, one schedule for all workers.

The lease is short and is taken anew by every slice, so that another worker goes on within seconds
of a death. Its row is locked first of all rows; see `sending/claim.py` for the order.
"""

import hashlib
import logging
import time
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from outreach.config import Settings
from outreach.domain import pacing
from outreach.domain.pacing import Pace
from outreach.extensions import db
from outreach.models import Dispatcher

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=10)
MOST_SKEW_SECONDS = 5.0
"""Leases written by one machine are read by another; Notify refuses a clock 30 s off anyway."""
SILENCES, SILENCE_PAUSE, LONGEST_SILENCE = 12, timedelta(seconds=15), timedelta(minutes=5)


def key_name(settings: Settings) -> str:
    """The service's id and a short digest of the key: the bucket is per service and key type."""
    key = settings.notify_api_key
    return f"{key[-73:-37]}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"


def lock_dispatcher(name: str) -> Dispatcher:
    """The key's row, locked until the transaction ends; made where there is none yet."""
    statement = select(Dispatcher).where(Dispatcher.key_name == name).with_for_update()
    row = db.session.scalar(statement.execution_options(populate_existing=True))
    if row is not None:
        return row
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    first = {"key_name": name, "rate": pacing.DEFAULT_RATE}
    counters = {"accepted": 0, "refusals": 0, "silences": 0}
    db.session.execute(insert(Dispatcher).values(**first, **counters).on_conflict_do_nothing())
    return db.session.scalars(statement).one()


def is_leased_to_another(row: Dispatcher, holder: str, now: datetime) -> bool:
    return (
        row.holder not in {None, holder} and row.lease_until is not None and row.lease_until > now
    )


def take_lease(row: Dispatcher, holder: str, now: datetime) -> None:
    row.holder, row.lease_until = holder, now + LEASE


def give_up_lease(name: str, holder: str) -> None:
    """Let any worker go on at once."""
    row = lock_dispatcher(name)
    if row.holder == holder:
        row.holder, row.lease_until = None, None


def pace_of(row: Dispatcher) -> Pace:
    return Pace(
        rate=row.rate,
        next_slot_at=row.next_slot_at,
        left=row.left,
        refused_at=row.refused_at,
        accepted=row.accepted,
        refusals=row.refusals,
        changed_at=row.changed_at,
    )


def keep_pace(row: Dispatcher, pace: Pace) -> None:
    row.rate, row.next_slot_at, row.left = pace.rate, pace.next_slot_at, pace.left
    row.refused_at, row.accepted = pace.refused_at, pace.accepted
    row.refusals, row.changed_at = pace.refusals, pace.changed_at


def pause_after_refusal(row: Dispatcher, now: datetime) -> bool:
    """Stop everything and come back slower; False for a refusal of the stop already made."""
    if row.paused_until is not None and row.paused_until > now:
        return False
    pace, until = pacing.after_refusal(pace_of(row), now)
    keep_pace(row, pace)
    row.paused_until = until
    row.pause_reason = "Notify asked us to slow down (its limit for the minute was reached)."
    return True


def pause_until_tomorrow(row: Dispatcher, now: datetime) -> bool:
    until = pacing.daily_limit_ends(now)
    if row.paused_until is not None and row.paused_until >= until:
        return False
    row.paused_until = until
    row.pause_reason = "Notify's daily limit is reached."
    return True


def note_silences(row: Dispatcher, silences: int, now: datetime) -> bool:
    """Count requests in a row without an answer; True where that stops sending for a while."""
    row.silences += silences
    if row.silences < SILENCES:
        return False
    pause = min(SILENCE_PAUSE * (row.silences // SILENCES), LONGEST_SILENCE)
    row.paused_until = now + pause
    row.pause_reason = "GOV.UK Notify does not answer."
    return True


def clock_problem() -> str | None:
    """Why leases cannot be trusted on this machine: its clock is not the database's."""
    if db.engine.dialect.name != "postgresql":
        return None
    at = db.session.scalar(select(func.clock_timestamp()))
    skew = abs(time.time() - at.timestamp()) if at is not None else 0.0
    if skew <= MOST_SKEW_SECONDS:
        return None
    return f"this machine's clock is {skew:.0f} seconds off the database's"
