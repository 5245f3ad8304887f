"""Whom the organisation's sign-in service knows an account as.

Added without rebuilding the table: on SQLite that would take away, by cascade, whatever belongs to
people.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("user", sa.Column("sso_subject", sa.LargeBinary(32), nullable=True))
    op.create_index("ix_user_sso_subject", "user", ["sso_subject"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_user_sso_subject", table_name="user")
    op.drop_column("user", "sso_subject")
