"""Everything a database holds, as somebody with full access to it sees it."""

from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from outreach.extensions import db
from outreach.models import Base

RANDOM = {("audit_event", "event_id"), ("user_session", "id"), ("user_session", "token_hash")}
"""Drawn anew for every row; without a meaning."""

Row = dict[str, Any]
Dump = dict[str, list[Row]]


def dump() -> Dump:
    """All rows of all tables in the order they lie in, with whatever the engine keeps beside them.

    SQLite's row number; PostgreSQL's place of a row and, as a rank over all tables, the transaction
    that wrote it, which would put rows of one moment beside each other.
    """
    with db.engine.connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        extra = _row_number if is_sqlite else _place_and_writer
        tables = {
            name: [
                {key: value for key, value in row._mapping.items() if (name, key) not in RANDOM}
                for row in connection.exec_driver_sql(
                    f'SELECT {extra(connection, name)} * FROM "{name}"'  # noqa: S608 - own tables
                )
            ]
            for name in sorted(Base.metadata.tables)
        }
    _rank_writers(tables)
    return tables


def _row_number(connection: Connection, table: str) -> str:
    """Empty for a table that has none."""
    made = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = ?", (table,))
    return "" if "WITHOUT ROWID" in str(made.scalar()) else "rowid AS place,"


def _place_and_writer(connection: Connection, table: str) -> str:
    return "ctid::text AS place, xmin::text AS writer,"


def _rank_writers(tables: Dump) -> None:
    rows = [row for table in tables.values() for row in table if "writer" in row]
    ranks = {xid: rank for rank, xid in enumerate(sorted({int(row["writer"]) for row in rows}))}
    for row in rows:
        row["writer"] = ranks[int(row["writer"])]


def blobs(tables: Dump) -> set[bytes]:
    """Every value that could be a key: bytes, texts and ids, as bytes."""
    found: set[bytes] = set()
    for table in tables.values():
        for row in table:
            for value in row.values():
                found.update(_as_bytes(value))
    return found


def _as_bytes(value: object) -> list[bytes]:
    if isinstance(value, bytes | memoryview):
        data = bytes(value)
        return [data, data[:32], data[12:], data[12:44], data[-32:]]
    if isinstance(value, UUID):
        return [value.bytes, str(value).encode(), value.hex.encode()]
    if isinstance(value, str):
        return [value.encode()]
    return []
