"""Counting wrong passwords and codes, so that guessing is slow and nobody is locked out for good.

A try is counted before it is judged and taken off again when it was right: so many tries at once
cannot all slip through before the first is known to be wrong.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from outreach import clock, vault
from outreach.domain import throttling
from outreach.domain.throttling import Patience
from outreach.extensions import db
from outreach.models import SignInTry
from outreach.transaction import transaction


@dataclass(frozen=True)
class Count:
    """What is counted, and how patiently. `is_own`: a right try clears it."""

    subject: str
    patience: Patience
    is_own: bool = False

    @property
    def digest(self) -> bytes:
        return bytes(vault.digest(self.subject))


def for_sign_in(email: str, address: str) -> list[Count]:
    name = email.strip().lower()
    return [
        Count(f"{name} from {address}", throttling.ACCOUNT_HERE, is_own=True),
        Count(f"account {name}", throttling.ACCOUNT_ANYWHERE),
        Count(f"address {address}", throttling.ADDRESS),
    ]


def for_second_step(user_id: int) -> list[Count]:
    return [Count(f"second step {user_id}", throttling.SECOND_STEP, is_own=True)]


def for_mail(email: str, address: str) -> list[Count]:
    """Letters that are asked for without signing in."""
    return [
        Count(f"mail {email.strip().lower()}", throttling.MAIL),
        Count(f"address {address}", throttling.ADDRESS),
    ]


def begin(counts: Sequence[Count]) -> int:
    """Count a try, in a transaction of its own. The seconds to wait where it is not heard."""
    now = clock.now()
    with transaction():
        rows = [_row(count, now) for count in counts]
        waits = [
            throttling.seconds_to_wait(count.patience, row.failures, row.last_at, now)
            for count, row in zip(counts, rows, strict=True)
        ]
        if max(waits) == 0:
            for row in rows:
                row.failures, row.last_at = row.failures + 1, now
        return max(waits)


def use_once(secret: str) -> bool:
    """Whether this is the first time that the secret is used; it is remembered for a day."""
    with transaction():
        return _insert_unless_there(bytes(vault.digest(f"once {secret}")), clock.now())


def succeeded(counts: Sequence[Count]) -> None:
    """The try that was begun was right. Within the caller's transaction."""
    for count in counts:
        row = db.session.get(SignInTry, count.digest, with_for_update=True)
        if row is not None:
            row.failures = 0 if count.is_own else max(row.failures - 1, 0)


def forget_old(now: datetime) -> None:
    """Within the caller's transaction."""
    db.session.execute(
        delete(SignInTry).where(SignInTry.last_at < now - throttling.FORGOTTEN_AFTER)
    )


def _row(count: Count, now: datetime) -> SignInTry:
    """Locked until the transaction ends; a new one counts nothing yet."""
    while (row := db.session.get(SignInTry, count.digest, with_for_update=True)) is None:
        _insert_unless_there(count.digest, now)
    if now - row.last_at >= throttling.FORGOTTEN_AFTER:
        row.failures = 0
    return row


def _insert_unless_there(digest: bytes, now: datetime) -> bool:
    """Two people may come from one new address at the same moment: the second waits for the first,
    and finds its row."""
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    row = {"subject": digest, "failures": 0, "last_at": now}
    statement = insert(SignInTry).values(row).on_conflict_do_nothing()
    return db.session.scalar(statement.returning(SignInTry.subject)) is not None
