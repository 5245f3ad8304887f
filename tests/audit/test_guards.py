"""The tables of the log refuse to be changed, on both databases, whatever the statement."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from outreach.audit import cosigning, tree
from outreach.domain.checkpoint import cosign_checkpoint
from outreach.domain.signed_note import KeyType
from outreach.extensions import db
from outreach.transaction import transaction
from tests.audit.log import WRITER, assert_whole, make_log
from tests.conftest import both_databases
from tests.sealed_log import signer

TABLES = {
    "audit_event": "reason",
    "audit_leaf": "leaf_hash",
    "audit_tile": "root",
    "audit_checkpoint": "note",
    "audit_cosignature": "line",
    "audit_key": "verifier",
}
REFUSAL = "the audit log is append-only"


@pytest.fixture
def filled(app: Flask) -> None:
    """A log with a row in every table of it."""
    witness = signer(9, "charity.example/witness", KeyType.COSIGNATURE)
    make_log(300)
    seconds = int(datetime.now(UTC).timestamp())
    with transaction():
        cosigning.add_witness(witness.verifier, by=WRITER)
        cosigning.accept(cosign_checkpoint(tree.newest().note, witness, seconds))
    make_log(1)


def refused(statement: str) -> bool:
    db.session.rollback()
    with pytest.raises(DBAPIError) as refusal, db.engine.begin() as connection:
        connection.execute(text(statement))
    return REFUSAL in str(refusal.value)


def count(connection: Connection, table: str) -> int:
    return connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0  # noqa: S608  names above


@both_databases
@pytest.mark.usefixtures("filled")
def test_no_row_can_be_changed_or_deleted(app: Flask) -> None:
    for table, column in TABLES.items():
        with db.engine.connect() as connection:
            before = count(connection, table)
        assert before > 0, table
        assert refused(f"UPDATE {table} SET {column} = {column}"), table  # noqa: S608
        assert refused(f"DELETE FROM {table}"), table  # noqa: S608
        with db.engine.connect() as connection:
            assert count(connection, table) == before
    assert_whole()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.usefixtures("filled")
def test_no_table_can_be_truncated_alone_or_through_another(app: Flask) -> None:
    for table in TABLES:
        assert refused(f"TRUNCATE {table} CASCADE"), table
    assert refused("TRUNCATE campaign CASCADE")
    assert refused("TRUNCATE data_key CASCADE")
    assert_whole()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.usefixtures("filled")
def test_no_row_can_be_put_in_the_place_of_another_on_postgresql(app: Flask) -> None:
    conflict = "ON CONFLICT (leaf_index) DO UPDATE SET leaf_hash = audit_leaf.leaf_hash"
    assert refused(f"INSERT INTO audit_leaf SELECT * FROM audit_leaf {conflict}")  # noqa: S608


@pytest.mark.usefixtures("filled")
def test_no_row_can_be_put_in_the_place_of_another_on_sqlite(app: Flask) -> None:
    """REPLACE takes the older row away without any delete trigger."""
    for table in TABLES:
        assert refused(f"REPLACE INTO {table} SELECT * FROM {table}"), table  # noqa: S608
    same_event = (
        "INSERT OR REPLACE INTO audit_event (id, event_id, at, actor_kind, actor, action, category,"
        " object_type, object_id, changes) SELECT 99999, event_id, at, actor_kind, actor, action,"
        " category, object_type, object_id, changes FROM audit_event WHERE id = 5"
    )
    assert refused(same_event)
    assert_whole()


@both_databases
def test_an_event_that_is_written_twice_is_refused(app: Flask) -> None:
    make_log(1)
    columns = "event_id, at, actor_kind, actor, action, category, object_type, object_id, changes"
    again = f"INSERT INTO audit_event ({columns}) SELECT {columns} FROM audit_event"  # noqa: S608
    with pytest.raises(DBAPIError), db.engine.begin() as connection:
        connection.execute(text(again))
