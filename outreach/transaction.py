"""Who opens the work commits it.

The POST view, the job step, the command. Services never commit.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from outreach.extensions import db

_is_writing: ContextVar[bool] = ContextVar("is_writing", default=False)

SQLITE_BUSY_TIMEOUT_MS = 10_000


@contextmanager
def transaction() -> Iterator[None]:
    """Everything in the block is committed together, or nothing is.

    A read transaction that is open is ended first, so what was loaded before is read afresh. On
    SQLite the write lock is taken at once (BEGIN IMMEDIATE): a transaction that reads first and
    writes later fails there when another has written in between.
    """
    db.session.rollback()
    token = _is_writing.set(True)
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        _is_writing.reset(token)


def will_write(value: bool = True) -> None:
    """For the rest of this request begin every transaction as a writing one, or no longer."""
    _is_writing.set(value)


def set_up_engine(engine: Engine) -> None:
    """SQLite: WAL, full flush (a claim must survive a power cut), foreign keys, patience, and what
    is erased is overwritten with zeros."""
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)


def _set_pragmas(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.execute(f"PRAGMA busy_timeout = {SQLITE_BUSY_TIMEOUT_MS}")
    cursor.close()
    connection.create_function("unhexed", 1, bytes.fromhex, deterministic=True)


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _is_writing.get() else "BEGIN")
