"""The two roles of docs/audit-log.md on a real PostgreSQL: the service works, and cannot undo its
own protection."""

import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from psycopg.errors import InsufficientPrivilege, ObjectInUse, RaiseException
from sqlalchemy import text

from outreach.audit import exporting, jobs, signing
from outreach.domain.audit_verify import Trust, verify_export
from outreach.domain.campaign import CampaignStatus
from outreach.extensions import db
from outreach.jobs.engine import engine
from tests.audit.log import assert_whole, make_log
from tests.audit.pages import work
from tests.databases import PostgresCluster, migrate
from tests.factories import make_campaign

DOCUMENT = Path(__file__).parents[2] / "docs" / "audit-log.md"
OWNER, APP, DATABASE = "outreach_owner", "outreach_app", "outreach"


def statements(block: str) -> str:
    """The SQL of one block of the document, for a database and roles of this test's own."""
    found = re.search(rf"```sql {block}\n(.*?)```", DOCUMENT.read_text(), re.DOTALL)
    assert found is not None, block
    renamed = re.sub(rf"\b{DATABASE}\b", "roles_test", found[1])
    return renamed.replace(OWNER, "roles_owner").replace(APP, "roles_app")


def run(url: str, sql: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in filter(str.strip, sql.split(";")):
            connection.execute(statement)  # type: ignore[call-overload]


@pytest.fixture(scope="module")
def urls(postgres: PostgresCluster) -> Iterator[dict[str, str]]:
    """The database's address for its owner and for the service."""
    superuser = postgres.url("postgres")
    run(superuser, statements("set-up"))
    by_role = {
        role: f"postgresql://{role}@127.0.0.1:{postgres.port}/roles_test"
        for role in ("roles_owner", "roles_app")
    }
    run(postgres.url("roles_test"), statements("schemas"))
    migrate(by_role["roles_owner"])
    run(by_role["roles_owner"], statements("grants"))
    yield by_role
    run(superuser, "DROP DATABASE roles_test WITH (FORCE)")
    run(superuser, "DROP ROLE roles_owner; DROP ROLE roles_app")


@pytest.fixture
def database_url(urls: dict[str, str]) -> str:
    return urls["roles_app"]


def test_the_service_does_its_work_as_a_role_that_owns_nothing(app: Flask) -> None:
    assert db.session.scalar(text("SELECT current_user")) == "roles_app"
    make_campaign(app, CampaignStatus.SENDING)
    make_log(300)
    jobs.seal_newest()
    engine().nudge(jobs.seal_backlog)
    jobs.ask_for_daily_check()
    work(app)
    jobs.seal_newest()
    assert_whole()
    head = exporting.head(exporting.Wanted())
    assert verify_export(exporting.lines(head), Trust(signing.verifiers())).head.size > 300


HARMLESS = "RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$"
ATTEMPTS = [
    "UPDATE audit_event SET reason = 'x'",
    "DELETE FROM audit_event",
    "TRUNCATE audit_event CASCADE",
    "TRUNCATE campaign CASCADE",
    "UPDATE audit_leaf SET leaf_hash = ''",
    "DELETE FROM audit_checkpoint",
    "DELETE FROM audit_key",
    "ALTER TABLE audit_event DISABLE TRIGGER ALL",
    "ALTER TABLE audit_event DISABLE TRIGGER audit_event_append_only",
    "DROP TRIGGER audit_event_append_only ON audit_event",
    "DROP FUNCTION refuse_audit_change() CASCADE",
    f"CREATE OR REPLACE FUNCTION refuse_audit_change() {HARMLESS}",
    f"CREATE OR REPLACE FUNCTION public.refuse_audit_change() {HARMLESS}",
    "ALTER FUNCTION refuse_audit_change() RENAME TO gone",
    "CREATE TRIGGER mine BEFORE INSERT ON audit_event EXECUTE FUNCTION refuse_audit_change()",
    "CREATE RULE mine AS ON INSERT TO audit_event DO INSTEAD NOTHING",
    "ALTER TABLE audit_event RENAME TO gone",
    "ALTER TABLE audit_event OWNER TO roles_app",
    "ALTER TABLE audit_event DROP COLUMN reason",
    "DROP TABLE audit_event CASCADE",
    "DROP SCHEMA public CASCADE",
    "DROP DATABASE roles_test",
    "SET session_replication_role = replica",
    "SET ROLE roles_owner",
    "ALTER ROLE roles_app SUPERUSER",
    "GRANT roles_owner TO roles_app",
    "GRANT UPDATE ON audit_event TO roles_app; UPDATE audit_event SET reason = 'x'",
    "UPDATE alembic_version SET version_num = '0000'",
    "CREATE TABLE public.mine (id int)",
    "MERGE INTO audit_leaf USING audit_tile ON false WHEN MATCHED THEN DELETE",
    "COPY audit_event TO PROGRAM 'true'",
]


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_the_service_cannot_undo_its_protection(urls: dict[str, str], attempt: str) -> None:
    """`CREATE OR REPLACE` without a schema makes a function of its own in `jobs`, which no trigger
    uses; there the guard must still be the old one."""
    with psycopg.connect(urls["roles_owner"], autocommit=True) as owner:
        before = _guards(owner)
    with psycopg.connect(urls["roles_app"], autocommit=True) as service:
        if attempt.startswith("CREATE OR REPLACE FUNCTION refuse"):
            service.execute(attempt)
        else:
            with pytest.raises((InsufficientPrivilege, RaiseException, ObjectInUse)):
                service.execute(attempt)
    with psycopg.connect(urls["roles_owner"], autocommit=True) as owner:
        assert _guards(owner) == before
    run(urls["roles_app"], "DROP FUNCTION IF EXISTS jobs.refuse_audit_change()")


def _guards(owner: psycopg.Connection) -> list[object]:
    triggers = owner.execute(
        "SELECT tgrelid::regclass::text, tgname, tgenabled, tgfoid::regprocedure::text, prosrc"
        " FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid"
        " WHERE NOT tgisinternal ORDER BY 1, 2"
    ).fetchall()
    rows = owner.execute("SELECT count(*), max(reason) FROM audit_event").fetchall()
    assert len(triggers) == 12
    return [triggers, rows]
