"""A guard over all tests: what the service commits without an event is found, wherever it happens.

It watches every connection. A transaction that changes a table which events tell of must write an
event itself; who committed it is read from the stack, so that what a test puts there is left alone.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from flask import has_request_context, request
from sqlalchemy import Connection, Engine, event

import outreach
from tests.audit.coverage import QUIET, QUIET_PLACES, THE_LOG

PACKAGE = str(Path(outreach.__path__[0]))
IN_BETWEEN = ("/sqlalchemy/", "/flask_sqlalchemy/", "/contextlib.py", __file__)
OWN_IN_BETWEEN = (f"{PACKAGE}/transaction.py", f"{PACKAGE}/jobs/relaxed.py")
SIGNING_IN = "/flask_security/"  # commits for us, after its views
WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
LOG = "audit_event"


class Told:
    """`silent` are the commits that told nothing, each with where it was and which tables;
    `tables` are all that the service wrote."""

    def __init__(self) -> None:
        self.silent: list[str] = []
        self.tables: set[str] = set()
        # names for what a connection keeps: the tables written in its transaction, and before
        # each savepoint
        self._written, self._savepoints = f"told {id(self)}", f"told before {id(self)}"

    @contextmanager
    def watching(self, engine: Engine) -> Iterator["Told"]:
        moments = {
            "after_cursor_execute": self._execute,
            "savepoint": self._savepoint,
            "rollback_savepoint": self._back_to_savepoint,
            "rollback": self._rollback,
            "commit": self._commit,
        }
        for moment, act in moments.items():
            event.listen(engine, moment, act)
        try:
            yield self
        finally:
            for moment, act in moments.items():
                event.remove(engine, moment, act)

    def assert_all_told(self) -> None:
        """Fails with every commit that changed something and told nothing."""
        assert not self.silent, "; ".join(sorted(set(self.silent)))

    def _execute(self, connection: Connection, cursor: Any, statement: str, *_: object) -> None:
        if (found := WRITES.match(statement)) and cursor.rowcount:
            connection.info.setdefault(self._written, set()).add(found[1].lower())

    def _savepoint(self, connection: Connection, name: str) -> None:
        kept = connection.info.setdefault(self._savepoints, {})
        kept[name] = set(connection.info.get(self._written, ()))

    def _back_to_savepoint(self, connection: Connection, name: str, _: None) -> None:
        connection.info[self._written] = connection.info.get(self._savepoints, {}).get(name, set())

    def _rollback(self, connection: Connection) -> None:
        if not connection.invalidated:  # else what it wrote went with it
            connection.info.pop(self._written, None)

    def _commit(self, connection: Connection) -> None:
        written: set[str] = connection.info.pop(self._written, set())
        connection.info.pop(self._savepoints, None)
        place = committer(sys._getframe()) if written else None
        if place is None:
            return
        self.tables |= written
        quiet_here, _ = QUIET_PLACES.get(place, (frozenset(), ""))
        changed = written - QUIET.keys() - THE_LOG - quiet_here
        if changed and LOG not in written:
            self.silent.append(f"{place} changed {', '.join(sorted(changed))} and told nothing")


def committer(frame: FrameType | None) -> str | None:
    """The part of the service that opened the transaction; None where a test did."""
    while frame is not None:
        file = frame.f_code.co_filename
        if file.startswith(PACKAGE) and file not in OWN_IN_BETWEEN:
            return f"{file.removeprefix(PACKAGE)[1:]}:{frame.f_code.co_name}"
        if SIGNING_IN in file:
            return str(request.endpoint) if has_request_context() else "flask_security"
        is_made = file.startswith("<")  # SQLAlchemy's, without a file
        in_between = is_made or any(part in file for part in IN_BETWEEN)
        if file not in OWN_IN_BETWEEN and not in_between:
            return None
        frame = frame.f_back
    return None
