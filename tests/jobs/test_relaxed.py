"""Which commits wait for the disk."""

from flask import Flask
from sqlalchemy import text

from outreach.extensions import db
from outreach.jobs.relaxed import relaxed_transaction
from outreach.models import Setting
from outreach.transaction import transaction
from tests.conftest import both_databases

FULL, NORMAL = ("2", "on"), ("1", "off")


def level() -> str:
    is_sqlite = db.engine.dialect.name == "sqlite"
    statement = "PRAGMA synchronous" if is_sqlite else "SHOW synchronous_commit"
    return str(db.session.scalar(text(statement)))


@both_databases
def test_only_a_relaxed_transaction_does_not_wait(app: Flask) -> None:
    for _ in range(3):
        with transaction():
            assert level() in FULL
        with relaxed_transaction():
            assert level() in NORMAL
            db.session.merge(Setting(name="x", value=1))
        assert level() in FULL
        db.session.rollback()
    assert db.session.get(Setting, "x").value == 1
