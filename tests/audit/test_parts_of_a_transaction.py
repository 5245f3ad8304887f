"""Savepoints, two phases, threads and refused rows: an event shares the fate of its own act."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
from flask import Flask
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from outreach.extensions import db
from outreach.jobs.relaxed import relaxed_transaction
from outreach.models import AuditEvent, Setting
from outreach.transaction import transaction
from tests.audit.transactions import (
    ACTS,
    Stop,
    by_a_mapped_object,
    by_a_statement,
    kept,
    tell,
)
from tests.conftest import both_databases


@both_databases
def test_a_transaction_that_does_not_wait_for_the_disk_keeps_both(app: Flask) -> None:
    with relaxed_transaction():
        by_a_statement("price")
    assert kept() == (["price"], ["price"])


@both_databases
def test_every_savepoint_takes_back_its_own_and_no_other(app: Flask) -> None:
    with transaction():
        by_a_mapped_object("one")
        with suppress(Stop), db.session.begin_nested():
            by_a_mapped_object("two")
            with db.session.begin_nested():
                by_a_statement("three")
            raise Stop
        with db.session.begin_nested():
            by_a_statement("four")
            with suppress(Stop), db.session.begin_nested():
                by_a_mapped_object("five")
                raise Stop
    assert kept() == (["four", "one"], ["four", "one"])


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
@pytest.mark.parametrize(
    ("end", "left"), [("COMMIT PREPARED", ["price"]), ("ROLLBACK PREPARED", [])]
)
def test_what_was_prepared_holds_both_and_ends_for_both(
    app: Flask, act: Callable[[str], None], end: str, left: list[str]
) -> None:
    """Between the two phases the writer is gone: whatever it did not put in is lost. An event that
    waited for the end of its session would be missing."""
    connection = db.engine.connect()
    prepared = connection.begin_twophase("outreach")
    with Session(connection) as session, acting_in(session):
        act("price")
        session.flush()
        prepared.prepare()
        assert kept() == ([], [])
        connection.invalidate()
    end_prepared(end)
    assert kept() == (left, left)


@contextmanager
def acting_in(session: Session) -> Iterator[None]:
    """What the service writes goes through this session."""
    registry = db.session.registry
    registry.set(session)
    try:
        yield
    finally:
        registry.clear()


def end_prepared(end: str) -> None:
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as other:
        other.execute(text(f"{end} 'outreach'"))


@both_databases
def test_threads_do_not_take_each_other_s_events(app: Flask) -> None:
    """Eight of them; every other one fails at its end."""

    def work(number: int) -> None:
        with app.app_context():
            try:
                with transaction():
                    by_a_mapped_object(f"{number}")
                    if number % 2:
                        raise Stop
            except Stop:
                pass
            finally:
                db.session.remove()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kept() == (["0", "2", "4", "6"], ["0", "2", "4", "6"])


@both_databases
def test_an_event_of_a_row_that_is_refused_is_not_left_behind(app: Flask) -> None:
    with transaction():
        by_a_statement("price")
    with pytest.raises(Exception, match="price|UNIQUE|unique"), transaction():
        by_a_mapped_object("price")
    with transaction():
        db.session.execute(update(Setting).values(value=4))
        tell("price")
    assert kept() == (["price"], ["price", "price"])
    assert db.session.scalars(select(AuditEvent.object_id)).all() == ["price", "price"]
