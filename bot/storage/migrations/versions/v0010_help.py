"""Help: who asked the service office for it, and what the office answered and is still to be confirmed."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Two tables and two columns more; the release before neither reads nor misses them."""
    op.create_table(
        "help_requests",
        sa.Column("code", sa.String(16), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.Column("closed_at", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("code", name="pk_help_requests"),
    )
    op.create_index("ix_help_requests_chat_id", "help_requests", ["chat_id"])
    op.create_index("ix_help_requests_created_at", "help_requests", ["created_at"])
    op.create_table(
        "office_answers",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("code", sa.String(16), nullable=False),
        sa.Column("operator_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("due_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_office_answers"),
    )
    op.create_index("ix_office_answers_due_at", "office_answers", ["due_at"])
    op.add_column("chats", sa.Column("help_asked_at", sa.Double(), nullable=True))
    op.add_column("chats", sa.Column("help_said_at", sa.BigInteger(), nullable=True))
