"""An event is in the same transaction as its act, always: however it is written, however it ends.

Every way of acting is ended in every way, and what is left is read through another connection: the
act and its event, or neither.
"""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from outreach.extensions import db
from outreach.models import Setting
from outreach.transaction import transaction
from tests.audit.transactions import ACTS, FAILURES, Stop, kept, listening, tell
from tests.conftest import both_databases


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
@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_at_the_moment_of_the_commit_both_are_there(app: Flask, act: Callable[[str], None]) -> None:
    """A process that dies then leaves no act that nobody tells of: nothing is written later."""
    seen: list[tuple[list[str], list[str]]] = []

    def look(_: Session) -> None:
        seen.append(kept())  # the end of a savepoint is a commit too, of nothing anybody sees

    with listening(Session, "after_commit", look, is_first=True), transaction():
        act("price")
        db.session.flush()
    assert set(map(str, seen[:-1])) <= {"([], [])"}
    assert seen[-1] == (["price"], ["price"])
