"""Migrations match the tables, and run down and up again, on both databases."""

import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from outreach.extensions import db
from outreach.models import Base
from tests.conftest import both_databases

VERSIONS = Path(__file__).parents[2] / "migrations" / "versions"
JOB_ENGINE_TABLES = re.compile(r"huey_\w+")


def differences() -> list[object]:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_object": lambda thing, name, kind, reflected, other: (
                    not (kind == "table" and reflected and JOB_ENGINE_TABLES.match(str(name)))
                ),
            },
        )
        return list(compare_metadata(context, Base.metadata))


@both_databases
def test_migrated_database_is_what_the_models_say(app: Flask) -> None:
    assert differences() == []


@both_databases
def test_migrations_run_down_and_up_again(app: Flask) -> None:
    before = set(inspect(db.engine).get_table_names())
    db.engine.dispose()
    downgrade(revision="base")
    left = {name for name in inspect(db.engine).get_table_names() if not name.startswith("huey_")}
    assert left == {"alembic_version"}
    upgrade()
    assert set(inspect(db.engine).get_table_names()) == before
    assert differences() == []


@both_databases
def test_guards_of_the_audit_log_are_there_after_migrating(app: Flask) -> None:
    sqlite = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    postgresql = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    is_sqlite = db.engine.dialect.name == "sqlite"
    names = set(db.session.scalars(text(sqlite if is_sqlite else postgresql)))
    endings = ("_no_update", "_no_delete") if is_sqlite else ("_append_only", "_no_truncate")
    assert {f"audit_event{ending}" for ending in endings} <= names


@pytest.mark.parametrize("path", sorted(VERSIONS.glob("*.py")), ids=lambda path: path.stem)
def test_migration_is_numbered_and_imports_no_model(path: Path) -> None:
    assert re.fullmatch(r"\d{4}_[a-z_]+", path.stem)
    assert "from outreach" not in path.read_text()
    assert "import outreach" not in path.read_text()
