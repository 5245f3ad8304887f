"""Ways to act and to tell of it, ways in which that fails, and what is left afterwards.

For the tests that an event is in the same transaction as its act.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from sqlalchemy import Connection, create_engine, event, insert, select, text
from sqlalchemy.orm import Session

from outreach.audit import service
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction
from outreach.extensions import db
from outreach.models import Setting
from outreach.transaction import transaction

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
def listening(
    target: object, moment: str, act: Callable[..., None], *, is_first: bool = False
) -> Iterator[None]:
    """`is_first`: before whatever listened already."""
    event.listen(target, moment, act, insert=is_first)
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
