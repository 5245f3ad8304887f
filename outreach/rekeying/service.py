"""Bringing everything under the newest root key, while the service runs on.

1. Data keys, letters, late forms and second-step secrets are sealed anew under it. A key that is
   only known, because not every process has it yet, seals nothing.
2. Digests that keep numbers from being texted (suppressions, holds, last contacts) are brought
   under the new key, and from then on written under it; campaigns' own digests are still written
   in the older form, so that whoever has either form finds what stands against a number.
3. When none of those is left, and every process has had time to look, the rest follows.
4. The digest keys of the older roots are kept sealed under the newest, and the old roots may go.

Each step is done in small transactions and may be stopped at any point; the next run goes on. Until
the end a text on hold may be passed over by the claim's own check instead of its statement: it is
not sent either way.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from outreach import clock, keychain, vault
from outreach.audit import service as audit
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction
from outreach.domain.errors import NotAllowed
from outreach.extensions import db
from outreach.keychain import LOOK_EVERY_SECONDS, KeyStage
from outreach.models import DataKey, KnownKey
from outreach.models.digest import DigestUse
from outreach.rekeying import wrapped
from outreach.rekeying.columns import (
    DigestColumn,
    all_rows,
    bring_on_batch,
    digest_columns,
    older_rows,
)
from outreach.transaction import transaction

PAUSE_SECONDS = 0.01
"""Between batches, for others to write: SQLite has one writer at a time."""
EVERYBODY_HAS_LOOKED = 6 * LOOK_EVERY_SECONDS
WRAPPED_AT_ONCE = 20
SWEEP_SECONDS = 1.0
"""The ticks of a worker share one thread."""
SWEPT_OFTEN = timedelta(hours=1)


@dataclass(frozen=True)
class Step:
    """How far one part has come."""

    name: str
    done: int
    total: int


@dataclass(frozen=True)
class Standing:
    """How far the change to the newest key is, counted in rows; and the roots that may leave."""

    newest: str
    left: int
    total: int
    is_begun: bool
    is_over: bool
    may_leave: tuple[str, ...]


class NoNewKey(NotAllowed):
    def __init__(self) -> None:
        super().__init__(
            "There is nothing to do: everything is under the newest key. Make another with "
            "`outreach keys new --name k2`, put it in front of the others in OUTREACH_DATA_KEYS, "
            "restart every process, and run this again."
        )


def rekey(*, by: Actor, wait: Callable[[float], None] = time.sleep) -> Iterator[Step]:
    """Do what is left to do, telling how far it is. Raises NoNewKey."""
    if not is_needed():
        raise NoNewKey
    if keychain.stage() is KeyStage.KNOWN:
        _move(KeyStage.STANDING)
        wait(EVERYBODY_HAS_LOOKED)
    yield from _wrap_anew()
    yield from _bring_on(DigestUse.STANDING, wait)
    if keychain.stage() is KeyStage.STANDING:
        _move(KeyStage.ALL)
        wait(EVERYBODY_HAS_LOOKED)
    yield from _bring_on(DigestUse.CAMPAIGN, wait)
    yield from _wrap_anew()  # what was sealed meanwhile by a process that was restarted late
    with transaction():
        keychain.keep_digest_keys()
        audit.record(AuditAction.KEY_ROTATED, by, "root_key", vault.ring().newest.key_id)


def is_needed() -> bool:
    """Whether anything is still under an older key, or an old root could not leave the ring."""
    if vault.ring().generations == 1:
        return False
    if keychain.stage() is not KeyStage.ALL or not keychain.are_digest_keys_kept():
        return True
    return _left() > 0


def standing() -> Standing:
    """Counts every row with a digest: for a person who asks, and not for a page."""
    ring = vault.ring()
    is_over = not is_needed()
    return Standing(
        newest=ring.newest.key_id,
        left=_left(),
        total=sum(kind.count() for kind in wrapped.KINDS)
        + sum(all_rows(column) for column in _columns()),
        is_begun=keychain.stage() is not KeyStage.KNOWN,
        is_over=is_over,
        may_leave=tuple(root.key_id for root in ring.roots[1:]) if is_over else (),
    )


def sweep() -> int:
    """Bring on, for about a second, what a process wrote in an older form before it looked, or
    what a command that was stopped has left; how many rows. The worker calls this now and then.

    Nothing before a change of keys was begun by hand.
    """
    if not is_begun():
        return 0
    deadline = time.monotonic() + SWEEP_SECONDS
    count = sum(1 for _ in _wrap_anew())
    for column in _columns():
        while time.monotonic() < deadline and older_rows(column):
            with transaction():
                count += bring_on_batch(column)
    return count


def give_shares() -> int:
    """Data keys of older releases get the half that lies in the key store; how many did."""
    waiting = wrapped.without_share()
    db.session.rollback()
    for key_id in waiting:
        with transaction():
            wrapped.wrap_data_key(key_id)
    return len(waiting)


def forget_destroyed_keys() -> int:
    """Delete the shares of keys that the main database says are destroyed; how many. One that it
    does not know is left alone: the database may be the one that was restored."""
    destroyed = set(db.session.scalars(select(DataKey.id).where(DataKey.wrapped.is_(None))))
    db.session.rollback()
    back = destroyed & vault.store().ids().keys()
    for key_id in back:
        vault.store().delete(key_id)
    return len(back)


@dataclass(frozen=True)
class Halves:
    """Of the data keys that are not destroyed: how many there are, how many have their half in the
    key store, and how many had one that is gone."""

    keys: int
    with_share: int
    lost: int


def halves() -> Halves:
    """Raises SQLAlchemyError where a database does not answer."""
    there = vault.store().ids().keys()
    rows = db.session.execute(
        select(DataKey.id, DataKey.has_share).where(DataKey.wrapped.is_not(None))
    ).all()
    shared = [key_id for key_id, has_share in rows if has_share]
    return Halves(len(rows), len(shared), sum(key_id not in there for key_id in shared))


def is_begun() -> bool:
    """Whether there was a change of keys, and it has come to the last stage."""
    return vault.ring().generations > 1 and keychain.stage() is KeyStage.ALL


def is_recent() -> bool:
    """Whether the last stage began within the hour: then processes may still write older forms."""
    row = db.session.get(KnownKey, vault.ring().newest.key_id)
    return row is not None and clock.now() - row.staged_at < SWEPT_OFTEN


def _left() -> int:
    if vault.ring().generations == 1:
        return 0
    waiting = sum(len(kind.waiting()) for kind in wrapped.KINDS)
    return waiting + sum(older_rows(column) for column in _columns())


def _columns() -> Iterator[DigestColumn]:
    for use in DigestUse:
        yield from digest_columns(use)


def _move(stage: KeyStage) -> None:
    with transaction():
        keychain.move_to(stage)
    keychain.follow()


def _bring_on(use: DigestUse, wait: Callable[[float], None]) -> Iterator[Step]:
    for column in digest_columns(use):
        yield from _bring_on_column(column, wait)


def _bring_on_column(column: DigestColumn, wait: Callable[[float], None]) -> Iterator[Step]:
    """Over and over until a whole pass finds nothing."""
    total = older_rows(column)
    db.session.rollback()
    done = 0
    while total:
        with transaction():
            count = bring_on_batch(column)
        done += count
        yield Step(str(column), min(done, total), total)
        wait(PAUSE_SECONDS)
        if not count:
            total = older_rows(column)
            done = 0
            db.session.rollback()


def _wrap_anew() -> Iterator[Step]:
    """A few at a time; nothing that data keys seal is touched."""
    for kind in wrapped.KINDS:
        waiting = kind.waiting()
        db.session.rollback()
        for start in range(0, len(waiting), WRAPPED_AT_ONCE):
            with transaction():
                for each in waiting[start : start + WRAPPED_AT_ONCE]:
                    kind.wrap(each)
            yield Step(kind.name, min(start + WRAPPED_AT_ONCE, len(waiting)), len(waiting))
