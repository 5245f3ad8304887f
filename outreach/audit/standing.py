"""How the log stands: what is sealed, what waits, who signed, what an auditor must be warned of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from outreach.audit import checking, mailing, sealing, signing, tree
from outreach.audit.mailing import LastMailing
from outreach.domain.signed_note import VerifierKey, read_verifier
from outreach.extensions import db
from outreach.models import AuditCheck, AuditCheckpoint, AuditCosignature

MOST_WAITING = timedelta(minutes=1)


@dataclass(frozen=True)
class Cosigned:
    """A second body's newest signature."""

    name: str
    tree_size: int
    at: datetime


@dataclass(frozen=True)
class Standing:
    """`warnings` are sentences, the worst first. `head` is None until something is sealed."""

    head: AuditCheckpoint | None
    keys: Sequence[VerifierKey]
    cosigned: Sequence[Cosigned]
    mailing: LastMailing
    last_check: AuditCheck | None
    warnings: Sequence[str]


def standing() -> Standing:
    head, last_mailing, last_check = tree.newest(), mailing.last(), checking.newest_ended()
    return Standing(
        head=head,
        keys=signing.verifiers(),
        cosigned=_cosigned(),
        mailing=last_mailing,
        last_check=last_check,
        warnings=[*_of_sealing(), *_of_check(last_check), *_of_mailing(last_mailing)],
    )


def _of_sealing() -> Iterator[str]:
    try:
        sealing.check_last()
    except sealing.TreeBroken as broken:
        yield f"Nothing more is sealed: {broken} Verify the log to find where."
    waited = sealing.oldest_unsealed_seconds() or 0
    if waited > MOST_WAITING.total_seconds():
        minutes = int(waited // 60)
        unit = "minute" if minutes == 1 else "minutes"
        yield f"Events have waited for {minutes:,} {unit} to be sealed. Is a worker running?"


def _of_check(last: AuditCheck | None) -> Iterator[str]:
    if last is not None and last.outcome == checking.DAMAGED:
        yield f"The last verification found damage: {last.verdict}"


def _of_mailing(last: LastMailing) -> Iterator[str]:
    if last.is_missing:
        yield f"No checkpoint was emailed to auditors in the last 26 hours. {last.why_not}".strip()


def _cosigned() -> list[Cosigned]:
    """The newest signature of each body, the newest first."""
    rows = db.session.scalars(
        select(AuditCosignature).order_by(AuditCosignature.tree_size.desc()).limit(100)
    )
    newest: dict[str, Cosigned] = {}
    for row in rows:
        name = read_verifier(row.witness).name
        newest.setdefault(name, Cosigned(name, row.tree_size, row.created_at))
    return list(newest.values())
