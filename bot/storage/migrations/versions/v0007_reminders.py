"""When an open draft was left, that its owner was reminded of it, and who wants no reminder."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Columns more, empty: the release before neither reads nor misses them, and nobody is reminded of an old draft."""
    op.add_column("drafts", sa.Column("left_at", sa.Double(), nullable=True))
    op.add_column("drafts", sa.Column("reminded_at", sa.Double(), nullable=True))
    op.create_index("ix_drafts_left_at", "drafts", ["left_at"])
    op.add_column("chats", sa.Column("no_reminders_at", sa.Double(), nullable=True))
