"""The promise: after an erasure, a backup from before opens with no key there is.

The backup of the main database is made as the documents say, and restored into a place of its own.
"""

import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from outreach import clock, vault
from outreach.config import Settings
from outreach.extensions import db
from outreach.factory import create_app
from outreach.keys import SealBroken, open_sealed
from outreach.models import Campaign, DataKey, ReceivedText, Recipient
from outreach.rekeying import jobs
from outreach.replies import service as replies
from outreach.transaction import transaction
from tests.conftest import both_databases
from tests.databases import PostgresCluster, binary
from tests.referrals.released import release
from tests.retention.stage import E164, REPLY, Planted, erase_due, plant

Restore = Callable[[], str]


@pytest.fixture
def back_up(
    app: Flask, database_url: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[[], Restore]]:
    """Makes a backup of the main database; what it gives restores it and says where."""
    made: list[str] = []

    def sqlite() -> Restore:
        path = tmp_path / "backup.db"
        with closing(sqlite3.connect(database_url.removeprefix("sqlite:///"))) as connection:
            connection.execute("VACUUM INTO ?", [str(path)])
        return lambda: _copied(path)

    def postgresql() -> Restore:
        cluster: PostgresCluster = request.getfixturevalue("postgres")
        path = tmp_path / "backup.dump"
        _run("pg_dump", "--format=custom", "--file", str(path), database_url)

        def restore() -> str:
            url = cluster.new_database(template="template0")
            made.append(url)
            _run("pg_restore", "--dbname", url, str(path))
            return url

        return restore

    yield sqlite if database_url.startswith("sqlite") else postgresql
    for url in made:
        request.getfixturevalue("postgres").drop_database(url)


def _copied(path: Path) -> str:
    copy = path.with_name(f"restored-{len(list(path.parent.iterdir()))}.db")
    copy.write_bytes(path.read_bytes())
    return f"sqlite:///{copy}"


def _run(program: str, *arguments: str) -> None:
    subprocess.run([binary(program), *arguments], check=True)  # noqa: S603 - PostgreSQL's own


@contextmanager
def service_on(app: Flask, database_url: str) -> Iterator[None]:
    """The service on a restored database, with its keys and its key store as they are now."""
    settings: Settings = app.extensions["outreach_settings"]
    again = create_app(
        replace(settings, database_url=database_url, key_store_url=settings.key_store)
    )
    with again.app_context():
        yield
        again.extensions["outreach_engine"].close()
        db.session.remove()
        db.engine.dispose()


def read_texts() -> set[str]:
    """Replies, by the service's own way."""
    found = (replies.open_text(row) for row in db.session.scalars(select(ReceivedText)))
    return {each.text for each in found if each is not None}


def read_numbers(planted: Planted) -> set[str]:
    key = vault.open_data_key(db.session.get_one(DataKey, planted.campaign.data_key_id))
    rows = db.session.scalars(select(Recipient).where(Recipient.sealed.is_not(None)))
    return {
        vault.open_recipient(key, planted.campaign_id, row.row_number, row.sealed or b"").phone
        for row in rows
    }


def every_key() -> set[bytes]:
    """All that anybody could have who has every root key, and the key store as it is now."""
    roots = vault.ring().roots
    keys = {key for root in roots for key in (root.wrapping, root.digest, root.totp)}
    shares = [vault.store().share(key_id) or b"" for key_id in vault.store().ids()]
    wrapped = db.session.scalars(select(DataKey).where(DataKey.wrapped.is_not(None))).all()
    for root, share, row in product(roots, [b"", *shares], wrapped):
        try:
            keys.add(
                replace(vault.ring(), roots=(root,)).unwrap(
                    root.key_id, row.wrapped or b"", f"data key {row.id}", share
                )
            )
        except SealBroken:
            continue
    return keys


def opens(planted: Planted, keys: set[bytes]) -> int:
    """How many of the campaign's sealed rows one of these keys opens."""
    count = 0
    for row in db.session.scalars(select(Recipient)):
        place = planted.campaign_id.bytes + row.row_number.to_bytes(4, "big")
        count += any(_fits(key, row.sealed or b"", place) for key in keys)
    for reply in db.session.scalars(select(ReceivedText)):
        count += any(_fits(key, reply.sealed or b"", reply.id.bytes) for key in keys)
    return count


def _fits(key: bytes, sealed: bytes, place: bytes) -> bool:
    try:
        return bool(open_sealed(key, sealed, place))
    except SealBroken:
        return False


@both_databases
def test_backup_from_before_an_erasure_opens_with_no_key_there_is(
    app: Flask, partner_organisation: object, back_up: Callable[[], Restore]
) -> None:
    planted = plant(app)
    restore = back_up()
    with service_on(app, restore()):
        assert E164 in read_numbers(planted), "before the erasure the backup opens"
        assert REPLY in read_texts()
        assert opens(planted, every_key()) == len(planted.sealed)
    erase_due()
    with service_on(app, restore()):
        wrapped = db.session.scalars(select(DataKey).where(DataKey.wrapped.is_not(None))).all()
        assert len(wrapped) >= 2, "the restored database itself knows of no erasure"
        with pytest.raises(vault.KeyDestroyed):
            read_numbers(planted)
        assert read_texts() == set()
        assert opens(planted, every_key()) == 0


@both_databases
def test_campaign_that_was_not_erased_still_opens_from_the_same_backup(
    app: Flask, partner_organisation: object, back_up: Callable[[], Restore]
) -> None:
    plant(app)
    lasting = release(3).campaign_id
    restore = back_up()
    erase_due()
    with service_on(app, restore()):
        key = vault.open_data_key(
            db.session.get_one(DataKey, db.session.get_one(Campaign, lasting).data_key_id)
        )
        rows = db.session.scalars(select(Recipient).where(Recipient.campaign_id == lasting)).all()
        assert len(rows) == 3
        for row in rows:
            assert vault.open_recipient(key, lasting, row.row_number, row.sealed or b"")


def test_stop_between_the_two_halves_loses_nothing_and_is_made_good(app: Flask) -> None:
    """The share is gone and the row was rolled back: it opens no more, and the next try ends it."""
    with transaction():
        row = vault.make_data_key("campaign", clock.now())
        db.session.add(row)
        key_id = row.id

    def stop_in_the_middle() -> None:
        with transaction():
            vault.destroy_data_key(db.session.get_one(DataKey, key_id), clock.now())
            raise RuntimeError("the power went")

    with pytest.raises(RuntimeError, match="the power"):
        stop_in_the_middle()
    row = db.session.get_one(DataKey, key_id)
    assert row.wrapped is not None
    assert row.destroyed_at is None
    with pytest.raises(vault.KeyDestroyed):
        vault.open_data_key(row)
    for _ in range(2):
        with transaction():
            vault.destroy_data_key(db.session.get_one(DataKey, key_id), clock.now())
    row = db.session.get_one(DataKey, key_id)
    assert row.wrapped is None
    assert row.destroyed_at is not None


def test_store_restored_from_a_backup_gives_up_again_what_was_destroyed(
    app: Flask, tmp_path: Path
) -> None:
    with transaction():
        row = vault.make_data_key("campaign", clock.now())
        db.session.add(row)
        key_id = row.id
    copy = (tmp_path / "keys.db").read_bytes()
    with transaction():
        vault.destroy_data_key(db.session.get_one(DataKey, key_id), clock.now())
    vault.store().close()
    (tmp_path / "keys.db").write_bytes(copy)
    assert vault.store().share(key_id) is not None
    jobs.forget_destroyed_keys()
    assert vault.store().share(key_id) is None
