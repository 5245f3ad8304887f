"""Somebody with the rights of a database owner changes the log; the real export names what it was.

The guards are off, as they are for a superuser: see `attacks.py`, and docs/audit-log.md.
"""

import json
import shutil
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Connection, text

from outreach.audit import exporting, signing, tree
from outreach.domain.audit_damage import AuditDamaged, Damage
from outreach.domain.audit_verify import Trust, Verification, verify_export
from outreach.domain.checkpoint import sign_checkpoint
from outreach.domain.signed_note import VerifierKey
from outreach.extensions import db
from tests.audit.attacks import (
    ATTACKS,
    BATCHES,
    EDITS,
    END,
    GARBAGE,
    PLACE,
    SIGNED_AT,
    Attack,
    carry_out,
    edit,
    make_anew,
)
from tests.audit.log import as_superuser, make_log
from tests.conftest import both_databases
from tests.sealed_log import signer

LOG = ("audit_event", "audit_leaf", "audit_tile", "audit_cosignature", "audit_checkpoint")


@pytest.fixture
def log_key(app: Flask) -> VerifierKey:
    """Of a log that was sealed three times; the key as an auditor was given it."""
    make_log(*BATCHES)
    return signing.verifiers()[0]


def export(trust: Trust) -> Verification:
    db.session.rollback()
    head = exporting.head(exporting.Wanted())
    return verify_export(exporting.lines(head), trust)


def damage(trust: Trust) -> tuple[Damage, int | None]:
    with pytest.raises(AuditDamaged) as found:
        export(trust)
    return found.value.kind, found.value.index


@both_databases
def test_every_edited_column_is_found_and_the_entry_named(app: Flask, log_key: VerifierKey) -> None:
    assert export(Trust([log_key])).head.size == END
    row = _row_of(PLACE)
    for columns in EDITS:
        with as_superuser() as connection:
            edit(connection, columns)
        assert damage(Trust([log_key])) == (Damage.CHANGED, PLACE), columns
        with as_superuser() as connection:
            _put_back(connection, row)
    assert export(Trust([log_key]))


@pytest.mark.parametrize("garbage", GARBAGE)
def test_garbage_that_sqlite_takes_is_found_too(
    app: Flask, log_key: VerifierKey, garbage: str
) -> None:
    with as_superuser() as connection:
        edit(connection, garbage)
    assert damage(Trust([log_key])) == (Damage.CHANGED, PLACE)


@both_databases
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.what)
def test_what_was_done_is_named(app: Flask, log_key: VerifierKey, attack: Attack) -> None:
    with as_superuser() as connection:
        carry_out(connection, attack.statements)
    assert damage(Trust([log_key])) == (attack.kind, attack.place)


@both_databases
@pytest.mark.parametrize(
    ("tables", "named"),
    [
        (("audit_event",), (Damage.REMOVED, 0)),
        (("audit_leaf",), (Damage.REMOVED, 0)),
        (("audit_event", "audit_leaf"), (Damage.REMOVED, 0)),
    ],
    ids=str,
)
def test_truncating_tables_is_named(
    app: Flask, log_key: VerifierKey, tables: tuple[str, ...], named: tuple[Damage, int]
) -> None:
    with as_superuser() as connection:
        truncate(connection, *tables)
    assert damage(Trust([log_key])) == named


@both_databases
def test_truncating_the_whole_log_does_not_fit_a_head_kept_elsewhere(
    app: Flask, log_key: VerifierKey
) -> None:
    kept = tree.newest().note
    with as_superuser() as connection:
        truncate(connection, *LOG)
    with pytest.raises(exporting.ExportRefused, match="Nothing has been sealed yet"):
        export(Trust([log_key]))
    make_log(50)
    assert damage(Trust([log_key], checkpoint=kept)) == (Damage.CUT_OFF, 50)
    make_log(400)
    assert damage(Trust([log_key], checkpoint=kept)) == (Damage.SPLIT_VIEW, None)


def truncate(connection: Connection, *tables: str) -> None:
    """On PostgreSQL with what refers to them, as it asks; SQLite has no other word for it."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"TRUNCATE {', '.join(tables)} CASCADE"))
        return
    for table in tables:
        connection.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - names from LOG


@both_databases
def test_a_tree_made_anew_without_the_key_is_found(app: Flask, log_key: VerifierKey) -> None:
    signed = {size: tree.at_size(size).note for size in SIGNED_AT}
    with as_superuser() as connection:
        edit(connection, EDITS[0])
        make_anew(connection, lambda head: signed[head.size])
    assert damage(Trust([log_key])) == (Damage.CHANGED, 60)


@both_databases
def test_a_log_signed_anew_with_another_key_is_found(app: Flask, log_key: VerifierKey) -> None:
    other = signer(5, log_key.name)
    with as_superuser() as connection:
        edit(connection, EDITS[0])
        make_anew(connection, lambda head: sign_checkpoint(head, other))
        connection.execute(text("UPDATE audit_key SET verifier = :v"), {"v": other.verifier.text()})
    assert damage(Trust([log_key])) == (Damage.FORGED_SIGNATURE, 0)


@both_databases
def test_a_log_signed_anew_with_its_own_key_does_not_fit_a_head_kept_elsewhere(
    app: Flask, log_key: VerifierKey
) -> None:
    before, kept, own = tree.at_size(60).note, tree.at_size(160).note, signing.signer()
    with as_superuser() as connection:
        edit(connection, EDITS[0], 100)
        make_anew(connection, lambda head: sign_checkpoint(head, own))
    assert export(Trust([log_key]))  # it holds in itself: that is what heads kept elsewhere are for
    assert damage(Trust([log_key], checkpoint=kept)) == (Damage.SPLIT_VIEW, None)
    assert export(Trust([log_key], checkpoint=before))


def test_a_backup_put_back_on_sqlite_does_not_fit_a_head_kept_elsewhere(
    app: Flask, database_url: str, tmp_path: Path, log_key: VerifierKey
) -> None:
    file, backup = Path(database_url.removeprefix("sqlite:///")), tmp_path / "backup.db"
    _close()
    shutil.copy(file, backup)
    make_log(50)
    kept = tree.newest().note
    _close()
    shutil.copy(backup, file)
    assert damage(Trust([log_key], checkpoint=kept)) == (Damage.CUT_OFF, END)
    make_log(80)
    assert damage(Trust([log_key], checkpoint=kept)) == (Damage.SPLIT_VIEW, None)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_backup_put_back_on_postgresql_does_not_fit_a_head_kept_elsewhere(
    app: Flask, log_key: VerifierKey
) -> None:
    make_log(50)
    kept = tree.newest().note
    with as_superuser() as connection:  # what a restore leaves: the tables as they were
        carry_out(
            connection,
            (
                "DELETE FROM audit_checkpoint WHERE tree_size > 320",
                "DELETE FROM audit_leaf WHERE leaf_index >= 320",
                "DELETE FROM audit_event WHERE id NOT IN (SELECT event_row_id FROM audit_leaf)",
            ),
        )
    assert damage(Trust([log_key], checkpoint=kept)) == (Damage.CUT_OFF, END)
    make_log(80)
    assert damage(Trust([log_key], checkpoint=kept)) == (Damage.SPLIT_VIEW, None)


def _close() -> None:
    """So that everything is in the one file."""
    db.session.remove()
    with db.engine.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.engine.dispose()


def _row_of(place: int) -> dict[str, object]:
    query = text(
        "SELECT audit_event.* FROM audit_event JOIN audit_leaf ON event_row_id = audit_event.id"
        " WHERE leaf_index = :place"
    )
    with db.engine.begin() as connection:
        row = dict(connection.execute(query, {"place": place}).mappings().one())
    if not isinstance(row["changes"], str):
        row["changes"] = json.dumps(row["changes"])
    return row


def _put_back(connection: Connection, row: dict[str, object]) -> None:
    values = ", ".join(f"{name} = :{name}" for name in row)
    connection.execute(text(f"UPDATE audit_event SET {values} WHERE id = :id"), row)  # noqa: S608
