"""Transactions that need not wait for the disk, because whatever a power cut undoes is found again.

A claim must be on the disk before its request. A result or a receipt that is lost with the power is
only a look-up more: the message is `sending` again, or silent. So those are committed without a
flush of their own, which the next claim's flush makes good; nothing is lost by a crash of ours.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event, text

from outreach.extensions import db
from outreach.transaction import transaction

_OPTION = "outreach_relaxed"
_LEVEL = "outreach_synchronous"


@contextmanager
def relaxed_transaction() -> Iterator[None]:
    """As `transaction`, without waiting for the disk. Never for a claim, an opt-out or a person's
    act."""
    with transaction():
        connection = db.session.connection(execution_options={_OPTION: True})
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL synchronous_commit TO off"))
        yield


def set_up_engine(engine: Engine) -> None:
    """SQLite sets its flushing for a connection, and outside a transaction only: relaxed when the
    option is given, before the transaction begins, and full again for whoever comes next."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "engine_connect", lambda connection: _set_level(connection, "FULL"))
        event.listen(engine, "set_connection_execution_options", _relax)


def _relax(connection: Connection, options: dict[str, Any]) -> None:
    if options.get(_OPTION):
        _set_level(connection, "NORMAL")


def _set_level(connection: Connection, level: str) -> None:
    """On the driver's own connection, which begins no transaction by itself."""
    if connection.info.get(_LEVEL, "FULL") == level:
        return
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA synchronous = {level}")
    cursor.close()
    connection.info[_LEVEL] = level
