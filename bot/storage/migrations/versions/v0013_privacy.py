"""Privacy: who was shown which notice, and which requests hold nothing of any person any more."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """One table and two columns more; the release before neither reads nor misses them."""
    op.create_table(
        "notices",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.String(40), nullable=False),
        sa.Column("said_at", sa.Double(), nullable=False),
        sa.Column("arrived_at", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("user_id", "version", name="pk_notices"),
    )
    op.create_index("ix_notices_said_at", "notices", ["said_at"])
    op.add_column("chats", sa.Column("notice_version", sa.String(40), nullable=True))
    op.add_column("requests", sa.Column("masked_at", sa.Double(), nullable=True))
    op.create_index("ix_requests_masked_at_updated_at", "requests", ["masked_at", "updated_at"])
