"""Make the audit log append-only: triggers refuse to change or remove what is there.

`outcome` needs no trigger: a partner may correct or withdraw what it recorded.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

GUARDED = {
    "audit_event": ("id", "event_id"),
    "audit_leaf": ("leaf_index", "event_row_id"),
    "audit_tile": ("(level, tile_index)",),
    "audit_checkpoint": ("tree_size",),
    "audit_cosignature": ("(tree_size, witness)",),
    "audit_key": ("verifier",),
}
"""Each table with what is unique in it: SQLite's REPLACE would take the older row away."""
REFUSAL = "the audit log is append-only"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
    else:
        _guard_sqlite()


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table in GUARDED:
            op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
            op.execute(f"DROP TRIGGER {table}_no_truncate ON {table}")
        op.execute("DROP FUNCTION refuse_audit_change()")
        return
    for table in GUARDED:
        for verb in ("update", "delete", "replace"):
            op.execute(f"DROP TRIGGER {table}_no_{verb}")


def _guard_postgresql() -> None:
    op.execute(
        f"""CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"""
    )
    for table in GUARDED:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()"
        )


def _guard_sqlite() -> None:
    for table, unique in GUARDED.items():
        for verb in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
        op.execute(_replace_trigger(table, unique))


def _replace_trigger(table: str, unique: tuple[str, ...]) -> str:
    is_there = " OR ".join(f"{columns} = {_new(columns)}" for columns in unique)
    found = f"SELECT 1 FROM {table} WHERE {is_there}"  # noqa: S608 all of it ours  # nosec B608
    return (
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS ({found}) "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    )


def _new(columns: str) -> str:
    """`(NEW.a, NEW.b)` for `(a, b)`."""
    names = columns.strip("()").split(", ")
    return f"({', '.join(f'NEW.{name}' for name in names)})"
