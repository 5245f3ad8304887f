"""Change root keys while the service runs: which keys are known, and how far a change is.

A digest may be one byte longer from now on: it says how many keys it went through. SQLite and
PostgreSQL keep bytes of any length, so no table is rewritten for it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "known_key",
        sa.Column("key_id", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("staged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest_key", sa.LargeBinary(), nullable=True),
        sa.Column("digest_key_under", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("key_id", name=op.f("pk_known_key")),
        sa.UniqueConstraint("position", name=op.f("uq_known_key_position")),
    )
    op.create_table(
        "rekeying_progress",
        sa.Column("column", sa.String(length=60), nullable=False),
        sa.Column("key_id", sa.String(length=40), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("cursor", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("column", name=op.f("pk_rekeying_progress")),
    )


def downgrade() -> None:
    op.drop_table("rekeying_progress")
    op.drop_table("known_key")
