"""A key store that is missing, wrong or not there stops the start with a sentence."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from outreach import clock, vault
from outreach.cli import doctor_checks
from outreach.config import Settings, SettingsRefused, read_settings
from outreach.extensions import db
from outreach.factory import create_app
from outreach.keystore import KeyStore
from outreach.models import DataKey, UsedKeyStore
from outreach.transaction import transaction
from tests.conftest import both_databases
from tests.settings import make_settings

ENVIRONMENT = {
    "OUTREACH_SECRET_KEY": "s" * 40,
    "OUTREACH_DATA_KEYS": "k1:a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s=",
    "OUTREACH_NOTIFY_API_KEY": "n" * 80,
    "OUTREACH_CALLBACK_TOKENS": "token-of-the-tests",
    "OUTREACH_PUBLIC_URL": "http://help.test",
    "OUTREACH_STAFF_URL": "http://staff.test",
    "OUTREACH_INSTANCE_PATH": "/srv/instance",
}


@contextmanager
def started(app: Flask, **changes: object) -> Iterator[Flask]:
    """Another process on the same database."""
    settings: Settings = app.extensions["outreach_settings"]
    again = create_app(replace(settings, **changes))
    with again.app_context():
        try:
            yield again
        finally:
            again.extensions["outreach_engine"].close()
            db.session.remove()
            db.engine.dispose()


@both_databases
def test_first_start_makes_the_store_and_writes_down_which(app: Flask, tmp_path: Path) -> None:
    assert (tmp_path / "keys.db").exists()
    used = db.session.scalars(select(UsedKeyStore.store_id)).one()
    assert vault.store().identity() == used
    with started(app):
        assert vault.store().identity() == used


@both_databases
def test_missing_store_stops_the_start_and_is_not_made_anew(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "keys.db").rename(tmp_path / "away.db")
    with pytest.raises(SettingsRefused, match="is not there"), started(app):
        pytest.fail("it started")
    assert not (tmp_path / "keys.db").exists()


def test_store_of_another_database_stops_the_start(app: Flask, tmp_path: Path) -> None:
    other = KeyStore(f"sqlite:///{tmp_path / 'other.db'}")
    other.make(uuid4().hex)
    other.close()
    url = f"sqlite:///{tmp_path / 'other.db'}"
    with pytest.raises(SettingsRefused, match="is another"), started(app, key_store_url=url):
        pytest.fail("it started")


@pytest.mark.parametrize(
    "url", ["postgresql://nobody@127.0.0.1:9/keys", "sqlite:////proc/nowhere/keys.db"]
)
def test_store_that_does_not_answer_stops_the_start(app: Flask, url: str) -> None:
    with (
        pytest.raises(SettingsRefused, match="is not there|does not answer"),
        started(app, key_store_url=url),
    ):
        pytest.fail("it started")
    with transaction():
        db.session.query(UsedKeyStore).delete()  # and at the very first start
    with pytest.raises(SettingsRefused, match="does not answer"), started(app, key_store_url=url):
        pytest.fail("it started")


@pytest.mark.parametrize("url", ["keys.db", "mysql://127.0.0.1/keys"])
def test_setting_that_is_no_address_of_a_store_is_refused(url: str) -> None:
    with pytest.raises(SettingsRefused, match="createdb outreach_keys"):
        read_settings(ENVIRONMENT | {"OUTREACH_KEY_STORE_URL": url})


def test_main_database_itself_is_refused() -> None:
    url = "postgresql://127.0.0.1/outreach"
    both = {"OUTREACH_DATABASE_URL": url, "OUTREACH_KEY_STORE_URL": url}
    with pytest.raises(SettingsRefused, match="both halves"):
        read_settings(ENVIRONMENT | both)


@pytest.mark.parametrize(
    ("database", "store", "where"),
    [
        ("", "", "sqlite:////srv/instance/keys.db"),
        ("sqlite:///outreach.db", "", "sqlite:////srv/instance/keys.db"),
        ("sqlite:////var/lib/outreach/main.db", "", "sqlite:////var/lib/outreach/keys.db"),
        ("sqlite:///sub/main.db?timeout=3", "", "sqlite:////srv/instance/sub/keys.db"),
        ("postgresql://127.0.0.1/outreach", "", "sqlite:////srv/instance/keys.db"),
        ("", "sqlite:///halves.db", "sqlite:////srv/instance/halves.db"),
        ("", "postgresql://127.0.0.1/keys", "postgresql://127.0.0.1/keys"),
    ],
)
def test_store_lies_beside_the_database_or_where_it_is_set(
    database: str, store: str, where: str
) -> None:
    changes = {"OUTREACH_DATABASE_URL": database, "OUTREACH_KEY_STORE_URL": store}
    assert read_settings(ENVIRONMENT | changes).key_store == where


def test_tests_without_a_file_keep_it_in_memory() -> None:
    assert make_settings().key_store == "sqlite://"


def test_doctor_tells_of_the_store(app: Flask, tmp_path: Path) -> None:
    with transaction():
        db.session.add(vault.make_data_key("campaign", clock.now()))
    finding = doctor_checks.key_store()
    assert finding.is_well
    assert "1 data key" in finding.words
    (tmp_path / "keys.db").rename(tmp_path / "away.db")
    vault.store().close()
    assert "restore it from its own backup" in doctor_checks.key_store().words
    assert not doctor_checks.key_store().is_well


def test_doctor_tells_of_a_store_that_was_restored_from_too_old_a_backup(app: Flask) -> None:
    with transaction():
        row = vault.make_data_key("campaign", clock.now())
        db.session.add(row)
        key_id = row.id
    vault.store().delete(key_id)
    finding = doctor_checks.key_store()
    assert not finding.is_well
    assert "1 data key has lost" in finding.words


def test_doctor_tells_of_keys_of_an_older_release(app: Flask) -> None:
    with transaction():
        row = vault.make_data_key("campaign", clock.now())
        db.session.add(row)
        row.has_share = False
    assert db.session.scalars(select(DataKey)).one()
    assert "the worker" in doctor_checks.key_store().words
