"""How many updates a person brought in the minute that runs."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Two columns more, empty and zero: the release before neither reads nor misses them."""
    op.add_column("chats", sa.Column("minute_began_at", sa.Double(), nullable=True))
    op.add_column("chats", sa.Column("minute_updates", sa.Integer(), server_default="0", nullable=False))
