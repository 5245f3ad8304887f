"""Are the keys that are set the ones this database was made with? Asked before anything else.

The first start writes down each root key's name, its place in the chain, and something sealed
under it. Every later start opens that: a wrong key, a missing one or one in the wrong place stops
the service with a sentence, before it writes a digest that matches nothing.

A new key in front is only known at first. `outreach keys rotate` then brings digests under it
in two stages, and every process looks now and then which stage it is (`refresh`). At its end the
digest keys of older roots are kept here, sealed under the newest, so that those roots may go.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from flask import Flask, abort, current_app, request
from sqlalchemy import func, inspect, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from outreach import clock, vault
from outreach.config import SettingsRefused
from outreach.extensions import db
from outreach.keychain.store import check_store
from outreach.keys import (
    DigestKey,
    KeyRing,
    RootKey,
    SealBroken,
    open_sealed,
    seal,
    totp_name,
)
from outreach.models import DataKey, KnownKey, Mail, UsedKeyStore, User
from outreach.transaction import transaction

LOOK_EVERY_SECONDS = 5.0
CHECK = b"outreach"
_LOOKED = "outreach_keychain_looked"
_NEED_NO_KEY = frozenset({"static", "pages.healthz", "pages.readyz", "pages.show_metrics"})


class KeyStage(StrEnum):
    """How far a key has come: new rows are written under it where its stage says so."""

    KNOWN = "known"
    STANDING = "standing"
    ALL = "all"


_ORDER = list(KeyStage)


def init_app(app: Flask) -> None:
    """Raises SettingsRefused. A database that does not answer yet is asked before each request."""
    app.extensions[_LOOKED] = None
    with app.app_context():
        try:
            check()
        except SettingsRefused:
            db.session.remove()
            db.engine.dispose()
            raise
        except SQLAlchemyError:
            app.logger.warning("keys are not checked yet: the database does not answer")
        finally:
            db.session.remove()
    guard(app, app)


def guard(site: Flask, main: Flask) -> None:
    """Nothing of `site` is answered before the keys are checked; `main` has the database."""
    site.before_request(_before_request_of(main))


def check() -> None:
    """Compare the ring with the database, and learn the stage. Raises SettingsRefused, and
    SQLAlchemyError where the database does not answer."""
    if not inspect(db.engine).has_table(UsedKeyStore.__tablename__):
        return  # not migrated yet
    check_store()
    ring = vault.ring()
    known = _known()
    if not known:
        _refuse_several_keys_of_before(ring)
        _write_down(ring.roots[-1:], first=1, stage=KeyStage.ALL)
        known = _known()
    _compare_order(ring, known)
    chain = [_link(ring, row) for row in known]
    newer = ring.roots[::-1][sum(ring.root(row.key_id) is not None for row in known) :]
    _write_down(newer, first=len(known) + 1, stage=KeyStage.KNOWN)
    chain += [DigestKey(root.key_id, root.digest) for root in newer]
    _follow(replace(ring, chain=tuple(chain)))


def refresh() -> None:
    """Look again which stage it is, where the last look is some seconds ago. Raises as `check`."""
    looked: float | None = current_app.extensions[_LOOKED]
    if looked is None:
        check()
    elif time.monotonic() - looked >= LOOK_EVERY_SECONDS and vault.ring().generations > 1:
        follow()


def follow() -> None:
    """Write new rows under as many keys as the stages allow."""
    _follow(vault.ring())


def move_to(stage: KeyStage) -> None:
    """The newest key, and with it every older one, comes to this stage. The caller commits."""
    for row in _known():
        if _ORDER.index(KeyStage(row.stage)) < _ORDER.index(stage):
            row.stage, row.staged_at = stage.value, clock.now()


def stage() -> KeyStage:
    """Of the newest key."""
    row = db.session.get(KnownKey, vault.ring().newest.key_id)
    return KeyStage(row.stage) if row is not None else KeyStage.ALL


def keep_digest_keys() -> None:
    """Seal the digest key of every older root under the newest, so that its root may leave the
    ring. The caller commits."""
    newest = vault.ring().newest
    links = {link.key_id: link.key for link in vault.ring().chain}
    for row in _known():
        if row.key_id != newest.key_id:
            row.digest_key = seal(newest.wrapping, links[row.key_id], _digest_place(row.key_id))
            row.digest_key_under = newest.key_id


def are_digest_keys_kept() -> bool:
    """Whether every older root's digest key is sealed under the newest."""
    newest = vault.ring().newest.key_id
    return all(newest in (row.key_id, row.digest_key_under) for row in _known())


def _follow(ring: KeyRing) -> None:
    """A key that is only known seals nothing yet: not every process has it."""
    known = _known()
    stages = [KeyStage(row.stage) for row in known]
    begun = [row.key_id for row in known if row.stage != KeyStage.KNOWN and ring.root(row.key_id)]
    vault.use(
        replace(ring, sealing=begun[-1] if begun else ""),
        standing=sum(stage is not KeyStage.KNOWN for stage in stages),
        campaign=sum(stage is KeyStage.ALL for stage in stages),
    )
    current_app.extensions[_LOOKED] = time.monotonic()


def _before_request_of(main: Flask) -> Callable[[], None]:
    def look() -> None:
        if request.endpoint in _NEED_NO_KEY:
            return
        try:
            if current_app == main:
                refresh()
            else:
                with main.app_context():
                    refresh()
        except (SQLAlchemyError, SettingsRefused):
            abort(503)

    return look


def _known() -> list[KnownKey]:
    return list(db.session.scalars(select(KnownKey).order_by(KnownKey.position)))


def _refuse_several_keys_of_before(ring: KeyRing) -> None:
    """Digests of releases that wrote no key down cannot say how many keys they went through."""
    under_newer = select(func.count()).where(DataKey.root_key_id != ring.roots[-1].key_id)
    if len(ring.roots) > 1 and db.session.scalar(under_newer):
        raise SettingsRefused(
            "OUTREACH_DATA_KEYS holds several keys, and an older release has written under more "
            "than one of them. This release cannot tell which digest is under which, so nobody "
            "who opted out would be safe. Start again with an empty database and import the "
            "opt-outs, or set the only key that was ever used."
        )


def _compare_order(ring: KeyRing, known: list[KnownKey]) -> None:
    """Known keys in their order, and then new ones in front of them."""
    named = [root.key_id for root in ring.roots[::-1]]
    there = [row.key_id for row in known if row.key_id in named]
    if named[: len(there)] != there:
        raise SettingsRefused(
            "OUTREACH_DATA_KEYS holds the keys in another order than this database knows: newest "
            f"first, ending in {' '.join(reversed(there))}. A new key goes in front of all."
        )


def _link(ring: KeyRing, row: KnownKey) -> DigestKey:
    """The key's digest key: of its root, or as it was kept when the root left."""
    root = ring.root(row.key_id)
    if root is not None:
        _open_check(row, root)
        return DigestKey(row.key_id, root.digest)
    _refuse_while_needed(row)
    under = ring.root(row.digest_key_under or "")
    if row.digest_key is None or under is None:
        raise SettingsRefused(
            f"OUTREACH_DATA_KEYS does not hold the key {row.key_id}, which this database needs. "
            "Put it back; it may go when `outreach keys rotate` has said so."
        )
    return DigestKey(row.key_id, _open_kept(row, under))


def _open_check(row: KnownKey, root: RootKey) -> None:
    try:
        open_sealed(root.wrapping, row.sealed, row.key_id.encode())
    except SealBroken as broken:
        raise SettingsRefused(
            f"The key named {row.key_id} in OUTREACH_DATA_KEYS is not the one this database was "
            "made with, so nothing in it could be read. Set the right one."
        ) from broken


def _open_kept(row: KnownKey, under: RootKey) -> bytes:
    try:
        return open_sealed(under.wrapping, row.digest_key or b"", _digest_place(row.key_id))
    except SealBroken as broken:
        raise SettingsRefused(
            f"What is left of the key {row.key_id} does not open with the key {under.key_id} in "
            "OUTREACH_DATA_KEYS. Set the right one."
        ) from broken


def _refuse_while_needed(row: KnownKey) -> None:
    """A process that had not been restarted may have sealed something under it after the change."""
    wrapped = (DataKey.root_key_id == row.key_id) & DataKey.wrapped.is_not(None)
    letters = (Mail.root_key_id == row.key_id) & Mail.sealed.is_not(None)
    steps = User.tf_totp_secret.contains(f'"{totp_name(row.key_id)}"', autoescape=True)
    for name, needs in (("data keys", wrapped), ("letters", letters), ("second steps", steps)):
        if count := db.session.scalar(select(func.count()).where(needs)):
            raise SettingsRefused(
                f"OUTREACH_DATA_KEYS does not hold the key {row.key_id}, which {name} need that "
                f"are stored ({count}). Put it back, restart every process and run `outreach keys "
                "rotate`."
            )


def _write_down(roots: tuple[RootKey, ...], *, first: int, stage: KeyStage) -> None:
    """Another process that starts just now may have done so."""
    if not roots:
        return
    try:
        with transaction():
            for position, root in enumerate(roots, first):
                sealed = seal(root.wrapping, CHECK, root.key_id.encode())
                db.session.add(
                    KnownKey(
                        key_id=root.key_id,
                        position=position,
                        sealed=sealed,
                        stage=stage.value,
                        staged_at=clock.now(),
                    )
                )
    except IntegrityError:
        db.session.rollback()


def _digest_place(key_id: str) -> bytes:
    return f"digest key {key_id}".encode()
