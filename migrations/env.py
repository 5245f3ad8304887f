"""Alembic's environment: the application's engine and tables; batch mode, so SQLite can alter."""

from typing import Literal

from alembic import context
from flask import current_app
from sqlalchemy import Connection, TypeDecorator

from outreach.extensions import db
from outreach.models import Base

TABLES_OF_THE_JOB_ENGINE = ("huey_", "kv", "schedule", "task", "counter")


def include_object(thing: object, name: str | None, kind: str, reflected: bool, _: object) -> bool:
    """Leave out the job engine's own tables, which it makes itself."""
    is_foreign = kind == "table" and reflected and str(name).startswith(TABLES_OF_THE_JOB_ENGINE)
    return not is_foreign


def render_item(kind: str, thing: object, _: object) -> str | Literal[False]:
    """Write our own column types as the plain ones below them: a migration imports no model."""
    if kind != "type" or not isinstance(thing, TypeDecorator):
        return False
    return f"sa.{thing.impl_instance!r}"


def give_up_waiting(connection: Connection) -> None:
    """A migration that waits for a lock makes everybody behind it wait: five seconds, then stop."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET lock_timeout = '5s'")
        connection.commit()


def run() -> None:
    with current_app.app_context(), db.engine.connect() as connection:
        give_up_waiting(connection)
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            include_object=include_object,
            compare_type=True,
            render_item=render_item,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
