"""Which open drafts were put aside for another one."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """One column more, zero everywhere: the release before neither reads nor misses it."""
    op.add_column("drafts", sa.Column("parked", sa.Integer(), server_default="0", nullable=False))
