"""What the worker does for the log by itself: sealing, verifying, mailing the day's checkpoint."""

import logging
import time
from uuid import UUID

from outreach.audit import checking, mailing, sealing
from outreach.jobs.context import gateway, settings
from outreach.jobs.engine import engine, job, tick
from outreach.transaction import transaction

log = logging.getLogger(__name__)

SEAL_SECONDS = 2
SMALL_BATCH = 1_000
"""Sealed by the tick itself, in a few hundredths of a second. More is left to a job."""
LARGE_BATCH = 10_000
ALARM_SECONDS = 60
HOUR = 3_600


def log_name() -> str:
    """What a new log is called: an address without its scheme, as C2SP asks."""
    return f"{settings().public_host}/audit"


@tick(SEAL_SECONDS)
def seal_newest() -> None:
    """Seal what was committed since the last time."""
    if sealing.has_unsealed() and _seal(SMALL_BATCH) == SMALL_BATCH:
        engine().nudge(seal_backlog)


@job
def seal_backlog() -> None:
    """Seal until nothing is left."""
    while _seal(LARGE_BATCH) == LARGE_BATCH:
        pass


@tick(HOUR)
def look_for_left_behind() -> None:
    engine().nudge(seal_left_behind)


@job
def seal_left_behind() -> None:
    """Compare the whole table with the whole tree; seal what was passed by, and raise the alarm."""
    count = sealing.left_behind()
    if count == 0:
        return
    log.error("%s audit events were left unsealed for over ten minutes; sealing them now", count)
    while _seal(LARGE_BATCH, everywhere=True) == LARGE_BATCH:
        pass


@tick(5)
def find_checks() -> None:
    """Verifications whose worker died begin again; the daily one is asked for."""
    for check_id in checking.stalled():
        engine().nudge(verify_log, str(check_id))


@tick(10 * 60)
def ask_for_daily_check() -> None:
    """With a log that has something in it."""
    if not checking.is_overdue():
        return
    with transaction():
        check_id = checking.ask(by=checking.CHECKER) if checking.is_overdue() else None
    if check_id is not None:
        engine().nudge(verify_log, str(check_id))


@job
def verify_log(check: str) -> None:
    """Verify the whole log, with progress for whoever waits."""
    checking.run(UUID(check))


@tick(60)
def find_mailings() -> None:
    """The day's checkpoint, where somebody has not had it yet."""
    if mailing.is_due():
        engine().nudge(mail_checkpoint)


@job
def mail_checkpoint() -> None:
    mailing.send_due(gateway())


def _seal(limit: int, *, everywhere: bool = False) -> int:
    try:
        with transaction():
            return sealing.seal(limit, log_name(), everywhere=everywhere)
    except sealing.TreeBroken as broken:
        _alarm(f"the audit log cannot be sealed: {broken}")
        return 0


_alarmed_at: dict[str, float] = {}


def _alarm(message: str) -> None:
    """To the log, once a minute; the audit page says it all the time."""
    if time.monotonic() - _alarmed_at.get(message, -ALARM_SECONDS) >= ALARM_SECONDS:
        _alarmed_at[message] = time.monotonic()
        log.error(message)
