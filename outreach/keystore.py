"""The second store: half of what opens each data key, kept apart from what it seals.

A data key is wrapped under its root key *and* a random share that lies here. Once the share is
deleted, a backup of the main database opens with no key there is. So this store must never be in
the same backup, and its own backups are kept for days (docs/operating.md).

SQLite: a rollback journal and not a write-ahead log, because a log keeps what was written until
all readers let it go; deleted bytes are overwritten. PostgreSQL: the table is rewritten.
"""

import os
import secrets
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    Connection,
    DateTime,
    Engine,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    create_engine,
    delete,
    event,
    insert,
    inspect,
    make_url,
    select,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

SHARE_BYTES = 32
BUSY_TIMEOUT_MS = 10_000

_tables = MetaData()
_share = Table(
    "share",
    _tables,
    Column("data_key_id", String(32), primary_key=True),
    Column("share", LargeBinary, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
)
_identity = Table(
    "identity",
    _tables,
    Column("only", SmallInteger, primary_key=True, autoincrement=False),
    Column("store_id", String(32), nullable=False),
)


class KeyStore:
    """Shares by the id of their data key. Every act is committed at once, by itself.

    Raises SQLAlchemyError where the store does not answer.
    """

    def __init__(self, url: str) -> None:
        self._engine = _engine(url)

    def identity(self) -> str | None:
        """The name this store got when it was made; None before that. Nothing is written."""
        if not _is_there(self._engine):
            return None
        with self._engine.connect() as connection:
            if not inspect(connection).has_table(_identity.name):
                return None
            return connection.scalar(select(_identity.c.store_id))

    def make(self, store_id: str) -> None:
        """Make the tables, and give the store this name unless it has one."""
        _create_file(self._engine)
        with suppress(IntegrityError, ProgrammingError, OperationalError):  # another just did
            _tables.create_all(self._engine)
        with suppress(IntegrityError), self._engine.begin() as connection:
            connection.execute(insert(_identity).values(only=1, store_id=store_id))

    def share_for(self, data_key_id: UUID, now: datetime) -> bytes:
        """The share of this key, made where it has none yet."""
        share = secrets.token_bytes(SHARE_BYTES)
        row = {"data_key_id": data_key_id.hex, "share": share, "made_at": now}
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(_share).values(row))
        except IntegrityError:
            found = self.share(data_key_id)
            if found is None:
                raise
            return found
        return share

    def share(self, data_key_id: UUID) -> bytes | None:
        with self._engine.connect() as connection:
            return _read(connection, data_key_id)

    def delete(self, data_key_id: UUID) -> None:
        """No byte of it stays in the store's files. Nothing where there is none."""
        with self._engine.connect() as connection:
            statement = delete(_share).where(_share.c.data_key_id == data_key_id.hex)
            done = connection.execute(statement)
            if done.rowcount and connection.dialect.name == "postgresql":
                connection.exec_driver_sql('VACUUM FULL "share"')

    def ids(self) -> dict[UUID, datetime]:
        """Every data key that has a share here, and when it got it."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(_share.c.data_key_id, _share.c.made_at))
            return {UUID(key_id): _aware(made_at) for key_id, made_at in rows}

    def close(self) -> None:
        self._engine.dispose()


def _read(connection: Connection, data_key_id: UUID) -> bytes | None:
    found = connection.scalar(select(_share.c.share).where(_share.c.data_key_id == data_key_id.hex))
    return None if found is None else bytes(found)


def _aware(at: datetime) -> datetime:
    """SQLite keeps no time zone."""
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _engine(url: str) -> Engine:
    """Each statement is a transaction of its own, so that a look-up is one round trip.

    `sqlite://` is a store in memory, for tests: it ends with the process.
    """
    options: dict[str, Any] = {"isolation_level": "AUTOCOMMIT", "hide_parameters": True}
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
        return create_engine(parsed, pool_pre_ping=True, **options)
    if parsed.database in {None, "", ":memory:"}:
        options["poolclass"] = StaticPool
    engine = create_engine(parsed, **options)
    event.listen(engine, "connect", _set_pragmas)
    return engine


def _set_pragmas(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """EXTRA: the journal's end is on the disk too, so that a power cut brings nothing back."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = DELETE")
    cursor.execute("PRAGMA synchronous = EXTRA")
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    cursor.close()


def _file(engine: Engine) -> Path | None:
    name = engine.url.database if engine.dialect.name == "sqlite" else None
    return Path(name) if name and name != ":memory:" else None


def _is_there(engine: Engine) -> bool:
    """Connecting to SQLite would make an empty file."""
    path = _file(engine)
    return path is None or path.exists()


def _create_file(engine: Engine) -> None:
    """Readable by this user only."""
    path = _file(engine)
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
