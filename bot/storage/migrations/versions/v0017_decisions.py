"""The service office's decisions on requests: what was decided, and what waits until it is known who decides."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Two tables and four columns more; the release before neither reads nor misses them."""
    counted = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "decisions",
        sa.Column("id", counted, autoincrement=True, nullable=False),
        sa.Column("request_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("operator_id", sa.BigInteger(), nullable=True),
        sa.Column("operator_name", sa.String(80), nullable=False),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("call_number", sa.String(64), nullable=False, server_default=""),
        sa.CheckConstraint("what IN ('opened', 'not_opened', 'wait', 'corrected')", name=op.f("ck_decisions_what")),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
    )
    op.create_index("ix_decisions_request_id", "decisions", ["request_id"])
    op.create_table(
        "wished_decisions",
        sa.Column("id", counted, autoincrement=True, nullable=False),
        sa.Column("request_id", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("call_number", sa.String(64), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("instead_of", sa.String(64), nullable=False),
        sa.Column("operator_id", sa.BigInteger(), nullable=False),
        sa.Column("operator_name", sa.String(80), nullable=False),
        sa.Column("by_reply", sa.Integer(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("due_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_wished_decisions"),
    )
    op.create_index("ix_wished_decisions_due_at", "wished_decisions", ["due_at"])
    op.add_column("requests", sa.Column("resend_from", sa.Double(), nullable=True))
    op.add_column("requests", sa.Column("resend_decision", sa.String(32), nullable=False, server_default=""))
    op.add_column("requests", sa.Column("mentioned_call", sa.String(64), nullable=False, server_default=""))
    op.add_column("requests", sa.Column("card_id", sa.BigInteger(), nullable=True))
