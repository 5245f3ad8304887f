"""The key store: which data keys have half of what opens them there, and which store it is."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "key_store",
        sa.Column("only", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("store_id", sa.String(length=32), nullable=False),
        sa.Column("used_since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("only", name=op.f("pk_key_store")),
    )
    op.add_column(
        "data_key",
        sa.Column("has_share", sa.Boolean(), server_default=sa.false(), nullable=False),
    )


def downgrade() -> None:
    """Refused while a data key has half of it in the key store: older releases cannot open it."""
    connection = op.get_bind()
    halved = sa.text("SELECT count(*) FROM data_key WHERE has_share AND wrapped IS NOT NULL")
    if connection.execute(halved).scalar():
        raise RuntimeError("data keys have their other half in the key store: restore a backup")
    op.drop_column("data_key", "has_share")
    op.drop_table("key_store")
