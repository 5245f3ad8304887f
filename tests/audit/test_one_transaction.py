"""An event is in the same transaction as its act, always: however it is written, however it ends.

Every way of acting is ended in every way, and what is left is read through another connection: the
act and its event, or neither.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
from flask import Flask
from sqlalchemy import Connection, create_engine, event, insert, select, text, update
from sqlalchemy.orm import Session

from outreach.audit import service
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction
from outreach.extensions import db
from outreach.jobs.relaxed import relaxed_transaction
from outreach.models import AuditEvent, Setting
from outreach.transaction import transaction
from tests.conftest import both_databases

JOB = Actor.job("tests")
SQL = "INSERT INTO setting (name, value) VALUES (:name, '3')"


class Stop(Exception):
    """What goes wrong in a test."""


def tell(name: str) -> None:
    service.record(AuditAction.SETTING_CHANGED, JOB, "setting", name)


def by_a_mapped_object(name: str) -> None:
    db.session.add(Setting(name=name, value=3))
    tell(name)


def told_before_it_is_done(name: str) -> None:
    tell(name)
    db.session.add(Setting(name=name, value=3))


def by_a_statement(name: str) -> None:
    db.session.execute(insert(Setting), [{"name": name, "value": 3}])
    tell(name)


def by_a_statement_without_a_table(name: str) -> None:
    db.session.execute(text(SQL), {"name": name})
    tell(name)


def by_the_connection_itself(name: str) -> None:
    db.session.connection().execute(text(SQL), {"name": name})
    tell(name)


def without_autoflush(name: str) -> None:
    with db.session.no_autoflush:
        by_a_mapped_object(name)
        db.session.scalars(select(Setting)).all()


def in_a_savepoint(name: str) -> None:
    with db.session.begin_nested(), db.session.begin_nested():
        by_a_mapped_object(name)


def after_a_savepoint_that_was_taken_back(name: str) -> None:
    db.session.add(Setting(name=name, value=3))
    with suppress(Stop), db.session.begin_nested():
        by_a_mapped_object("taken back")
        raise Stop
    tell(name)


def while_rows_are_streaming(name: str) -> None:
    for each in range(20):
        db.session.add(Setting(name=f"row {each}", value=each))
    db.session.flush()
    rows = db.session.scalars(select(Setting), execution_options={"yield_per": 5})
    assert next(iter(rows))
    by_a_statement(name)
    rows.close()
    db.session.execute(text("DELETE FROM setting WHERE name LIKE 'row %'"))


def with_the_object_forgotten(name: str) -> None:
    by_a_mapped_object(name)
    db.session.expunge_all()


ACTS = (
    by_a_mapped_object,
    told_before_it_is_done,
    by_a_statement,
    by_a_statement_without_a_table,
    by_the_connection_itself,
    without_autoflush,
    in_a_savepoint,
    after_a_savepoint_that_was_taken_back,
    while_rows_are_streaming,
    with_the_object_forgotten,
)


@contextmanager
def listening(target: object, moment: str, act: Callable[..., None]) -> Iterator[None]:
    event.listen(target, moment, act)
    try:
        yield
    finally:
        event.remove(target, moment, act)


def stop(*_: object) -> None:
    raise Stop


def at_the_end_of_the_block(act: Callable[[], None]) -> None:
    with transaction():
        act()
        raise Stop


def just_before_the_commit(act: Callable[[], None]) -> None:
    with listening(Session, "before_commit", stop), transaction():
        act()


def in_the_commit_itself(act: Callable[[], None]) -> None:
    with listening(db.engine, "commit", stop), transaction():
        act()


def after_a_statement_that_failed(act: Callable[[], None]) -> None:
    with transaction():
        act()
        try:
            db.session.execute(text("SELECT no_such_column FROM setting"))
        except Exception as fault:
            raise Stop from fault


def by_closing_the_session(act: Callable[[], None]) -> None:
    act()
    db.session.close()
    raise Stop


def by_forgetting_the_session(act: Callable[[], None]) -> None:
    act()
    db.session.remove()
    raise Stop


def by_losing_the_connection(act: Callable[[], None]) -> None:
    act()
    db.session.connection().invalidate()
    db.session.rollback()
    raise Stop


FAILURES = (
    at_the_end_of_the_block,
    just_before_the_commit,
    in_the_commit_itself,
    after_a_statement_that_failed,
    by_closing_the_session,
    by_forgetting_the_session,
    by_losing_the_connection,
)


def kept() -> tuple[list[str], list[str]]:
    """Names of settings, and those that events tell of, as anybody else sees them."""
    engine = create_engine(db.engine.url)
    with engine.connect() as other:
        done = _names(other, "SELECT name FROM setting")
        told = _names(other, "SELECT object_id FROM audit_event WHERE object_type = 'setting'")
    engine.dispose()
    return done, told


def _names(connection: Connection, query: str) -> list[str]:
    return sorted(connection.scalars(text(query)))


@both_databases
def test_the_act_and_its_event_come_into_being_together(app: Flask) -> None:
    names: list[str] = []
    for act in ACTS:
        with transaction():
            act(act.__name__)
            db.session.flush()
            assert kept() == (names, names), act.__name__
        names = sorted([*names, act.__name__])
        assert kept() == (names, names)


@both_databases
@pytest.mark.parametrize("fail", FAILURES, ids=lambda fail: fail.__name__)
def test_neither_is_left_where_it_fails(
    app: Flask, fail: Callable[[Callable[[], None]], None]
) -> None:
    names: list[str] = []
    for act in ACTS:
        with pytest.raises(Stop):
            fail(lambda act=act: act("lost"))
        assert kept() == (names, names), act.__name__
        with transaction():  # nor does the same session bring one of them along later
            act(act.__name__)
        names = sorted([*names, act.__name__])
        assert kept() == (names, names), act.__name__


@both_databases
def test_what_is_told_while_committing_is_committed(app: Flask) -> None:
    """By a listener that was there before or after any of ours."""

    def tell_late(_: Session) -> None:
        tell("late")

    with listening(Session, "before_commit", tell_late), transaction():
        db.session.add(Setting(name="late", value=3))
    assert kept() == (["late"], ["late"])


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
def test_two_phases_of_a_commit_take_the_event_along(app: Flask) -> None:
    """Nothing here uses them; a session that does would keep the promise too."""
    db.session.remove()
    db.session(twophase=True)
    try:
        by_a_mapped_object("price")
        db.session.rollback()
        assert kept() == ([], [])
    finally:
        db.session.remove()


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
