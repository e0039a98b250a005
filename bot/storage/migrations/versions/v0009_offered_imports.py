"""Files with dealers or products that operators sent, until they are applied or dropped."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """One table more: the release before knows nothing of it."""
    op.create_table(
        "offered_imports",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("user_name", sa.String(length=64), nullable=False),
        sa.Column("file_id", sa.String(length=512), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("table", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.Double(), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.CheckConstraint("state IN ('reading', 'shown', 'applying')", name=op.f("ck_offered_imports_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offered_imports")),
    )
    op.create_index(op.f("ix_offered_imports_created_at"), "offered_imports", ["created_at"], unique=False)
    op.create_index("ix_offered_imports_state_due_at", "offered_imports", ["state", "due_at"], unique=False)
