"""A migration may run while the old web site goes on: squawk reads the SQL that PostgreSQL gets.

What the first release's migrations did, before there was anything to lock, is not checked.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask_migrate import upgrade
from sqlalchemy import Engine, event

from outreach.extensions import db
from outreach.factory import create_app
from tests.databases import PostgresCluster
from tests.settings import make_settings

VERSIONS = Path(__file__).parents[2] / "migrations" / "versions"
BEFORE_USE = ("0001", "0002")
MATTERS_OF_TASTE = (
    "prefer-bigint-over-int",
    "prefer-bigint-over-smallint",
    "prefer-identity",
    "prefer-robust-stmts",
    "prefer-text-field",
    "prefer-timestamptz",
)
"""They concern how a table is built, not whom a migration blocks."""
SMALL = ("allowed_template", "campaign", "data_key", "organisation", "role", "setting", "user")
"""Tables of a few hundred rows, in which an index is made before anybody notices the lock."""
_INDEX_OF_SMALL = re.compile(rf'CREATE (UNIQUE )?INDEX \S+ ON "?({"|".join(SMALL)})"? [^;]*;\n')
REVISIONS = sorted(path.name[:4] for path in VERSIONS.glob("*.py"))
TIMEOUTS = "SET lock_timeout = '5s';\nSET statement_timeout = '60s';\n"


def squawk(sql: str) -> str:
    """What it finds; empty where it finds nothing."""
    program = shutil.which("squawk", path=str(Path(sys.executable).parent))
    assert program is not None, "squawk is missing: pip install squawk-cli"
    command = [program, "--pg-version=15", f"--exclude={','.join(MATTERS_OF_TASTE)}"]
    command += ["--reporter=gcc", "--stdin-filepath=migration.sql"]
    if "CONCURRENTLY" not in sql:
        command.append("--assume-in-transaction")  # as Alembic runs it
    done = subprocess.run(  # noqa: S603 - a program of this environment
        command, input=TIMEOUTS + sql, capture_output=True, text=True, check=False
    )
    assert done.returncode in {0, 1}, done.stderr
    return done.stdout if done.returncode else ""


@contextmanager
def watched() -> Iterator[list[str]]:
    """Every statement that any engine runs inside the block."""
    seen: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement.strip())

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def changes(statements: list[str]) -> str:
    """Those that change tables, as a file of SQL."""
    words = ("CREATE", "ALTER", "DROP", "UPDATE", "DELETE", "TRUNCATE")
    wanted = [each for each in statements if each.upper().startswith(words)]
    return "".join(f"{each};\n" for each in wanted if "alembic_version" not in each)


def weighty(sql: str) -> str:
    """Without the indexes of small tables."""
    return _INDEX_OF_SMALL.sub("", sql)


@pytest.fixture(scope="module")
def by_revision(postgres: PostgresCluster) -> dict[str, str]:
    """The SQL of each migration, as PostgreSQL got it."""
    url = postgres.new_database(template="template0")
    app = create_app(make_settings(database_url=url))
    found = {}
    with app.app_context():
        for revision in REVISIONS:
            with watched() as seen:
                upgrade(revision=revision)
            found[revision] = changes(seen)
        db.session.remove()
        db.engine.dispose()
    postgres.drop_database(url)
    return found


@pytest.mark.parametrize("revision", REVISIONS)
def test_migration_blocks_nobody(by_revision: dict[str, str], revision: str) -> None:
    assert by_revision[revision], "no SQL was seen"
    if revision not in BEFORE_USE:
        assert squawk(weighty(by_revision[revision])) == ""


@pytest.mark.parametrize(
    ("sql", "rule"),
    [
        ("ALTER TABLE campaign ADD COLUMN size INTEGER NOT NULL;", "adding-required-field"),
        ("CREATE INDEX ix ON message (status);", "require-concurrent-index-creation"),
        ("ALTER TABLE campaign RENAME COLUMN title TO name;", "renaming-column"),
        ("ALTER TABLE campaign DROP COLUMN title;", "ban-drop-column"),
        ("ALTER TABLE campaign ALTER COLUMN title TYPE TEXT;", "changing-column-type"),
    ],
)  # fmt: skip
def test_rules_find_what_would_block(sql: str, rule: str) -> None:
    assert rule in squawk(sql)


def test_only_indexes_of_small_tables_are_let_pass() -> None:
    small, large = (f'CREATE UNIQUE INDEX ix ON "{name}" (id);\n' for name in ("user", "message"))
    assert weighty(small + large) == large


def test_rules_let_a_new_table_and_an_empty_column_pass() -> None:
    assert (
        squawk(
            "CREATE TABLE visit (id BIGINT PRIMARY KEY, day DATE NOT NULL);\n"
            "CREATE INDEX ix_visit_day ON visit (day);\n"
            "ALTER TABLE campaign ADD COLUMN note TEXT;"
        )
        == ""
    )


def test_migration_does_not_wait_for_a_lock_for_ever(postgres: PostgresCluster) -> None:
    url = postgres.new_database(template="template0")
    app = create_app(make_settings(database_url=url))
    with app.app_context(), watched() as seen:
        upgrade(revision="0001")
        db.engine.dispose()
    postgres.drop_database(url)
    assert seen.index("SET lock_timeout = '5s'") < next(
        place for place, each in enumerate(seen) if each.startswith("CREATE TABLE campaign ")
    )
