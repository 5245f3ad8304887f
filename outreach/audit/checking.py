"""Verifying the log from its own database: the export, given to the verifier as it is made.

It is what an auditor's own machine would find, with the keys that the database names. Somebody who
owns the database could exchange those too, which is why the key must be compared by eye.
"""

import time
from collections.abc import Iterable, Iterator
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import select

from outreach import clock
from outreach.audit import exporting, sealing, service, signing, tree
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction, Scalar
from outreach.domain.audit_damage import AuditDamaged
from outreach.domain.audit_verify import Trust, Verification, verify_export
from outreach.domain.errors import OutreachError
from outreach.extensions import db
from outreach.models import AuditCheck
from outreach.transaction import transaction

HOLDS, DAMAGED, UNPROVEN = "holds", "damaged", "unproven"
CHECKER = Actor.job("verify_log")
STALLED_AFTER = timedelta(seconds=30)
PROGRESS_SECONDS = 0.5
EVERY = timedelta(hours=24)


def newest() -> AuditCheck | None:
    return db.session.scalar(select(AuditCheck).order_by(AuditCheck.asked_at.desc()).limit(1))


def newest_ended() -> AuditCheck | None:
    query = select(AuditCheck).where(AuditCheck.ended_at.is_not(None))
    return db.session.scalar(query.order_by(AuditCheck.ended_at.desc()).limit(1))


def find(check_id: UUID) -> AuditCheck | None:
    return db.session.get(AuditCheck, check_id)


def ask(*, by: Actor, checkpoint: str | None = None) -> UUID:
    """Ask for a verification; the one under way is joined where it compares with the same."""
    under_way = db.session.scalar(
        select(AuditCheck).where(
            AuditCheck.ended_at.is_(None), AuditCheck.checkpoint.is_not_distinct_from(checkpoint)
        )
    )
    check = under_way or AuditCheck(
        id=uuid4(), asked_by_id=by.user_id, asked_at=clock.now(), checkpoint=checkpoint
    )
    db.session.add(check)
    changes: dict[str, Scalar] = {"asked": True, "compares": checkpoint is not None}
    service.record(AuditAction.AUDIT_VERIFIED, by, "audit_check", check.id, changes=changes)
    return check.id


def is_overdue() -> bool:
    """Whether the daily verification is due. Nothing sealed, nothing to verify."""
    if tree.newest() is None:
        return False
    last = newest()
    return last is None or (last.ended_at is not None and clock.now() - last.asked_at >= EVERY)


def stalled() -> list[UUID]:
    """Asked for, and not worked on: just now, or since its worker died."""
    since = clock.now() - STALLED_AFTER
    rows = db.session.scalars(select(AuditCheck).where(AuditCheck.ended_at.is_(None)))
    return [row.id for row in rows if (row.progress_at or row.asked_at) < since]


def run(check_id: UUID) -> None:
    """Verify from the beginning. Nothing is done where another worker is at it."""
    with transaction():
        check = db.session.get(AuditCheck, check_id, with_for_update=True)
        if check is None or check.ended_at is not None or _is_under_way(check):
            return
        check.progress_at, check.done = clock.now(), 0
        kept = check.checkpoint
    outcome, verdict, found = _verify(check_id, kept)
    with transaction():
        check = db.session.get_one(AuditCheck, check_id)
        check.ended_at, check.outcome, check.verdict = clock.now(), outcome, verdict
        changes: dict[str, Scalar] = {"outcome": outcome, "entries": check.tree_size, **found}
        service.record(
            AuditAction.AUDIT_VERIFIED, CHECKER, "audit_check", check_id, changes=changes
        )


def _is_under_way(check: AuditCheck) -> bool:
    at = check.progress_at
    return at is not None and clock.now() - at < STALLED_AFTER


def _verify(check_id: UUID, kept: str | None) -> tuple[str, str, dict[str, Scalar]]:
    """Outcome, sentence, and what of it may stand in the event."""
    try:
        sealing.check_last()
        head = exporting.head(exporting.Wanted())
        with transaction():
            db.session.get_one(AuditCheck, check_id).tree_size = head.size
        trust = Trust(signing.verifiers(), checkpoint=kept)
        found = verify_export(_counted(check_id, exporting.lines(head)), trust)
    except AuditDamaged as damage:
        return DAMAGED, str(damage), {"damage": damage.kind.value, "entry": damage.index}
    except sealing.TreeBroken as broken:
        return _where_it_broke(check_id, broken)
    except OutreachError as fault:
        return UNPROVEN, str(fault), {}
    return _passed_by() or (HOLDS, _words(found), {})


def _where_it_broke(
    check_id: UUID, broken: sealing.TreeBroken
) -> tuple[str, str, dict[str, Scalar]]:
    """The export may tell which entry it is."""
    try:
        head = exporting.head(exporting.Wanted())
        verify_export(_counted(check_id, exporting.lines(head)), Trust(signing.verifiers()))
    except AuditDamaged as damage:
        return DAMAGED, str(damage), {"damage": damage.kind.value, "entry": damage.index}
    except OutreachError:
        pass
    return DAMAGED, str(broken), {}


def _passed_by() -> tuple[str, str, dict[str, Scalar]] | None:
    count = sealing.left_behind()
    if count == 0:
        return None
    sentence = (
        f"What is sealed holds, but {count:,} events are in the table that the log never sealed."
        " They were written later than their numbers say."
    )
    return DAMAGED, sentence, {"passed_by": count}


def _words(found: Verification) -> str:
    sentence = f"All {found.head.size:,} sealed entries are as they were signed."
    if found.compared_with is not None:
        size = found.compared_with.size
        sentence += f" The log begins with the {size:,} entries of the checkpoint you kept."
    return sentence


def _counted(check_id: UUID, lines: Iterable[bytes]) -> Iterator[bytes]:
    told_at = time.monotonic()
    for number, line in enumerate(lines):
        yield line
        if number % 512 == 0 and time.monotonic() - told_at > PROGRESS_SECONDS:
            told_at = time.monotonic()
            with transaction():
                check = db.session.get_one(AuditCheck, check_id)
                check.done, check.progress_at = number, clock.now()
