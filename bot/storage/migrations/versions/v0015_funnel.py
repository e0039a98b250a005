"""When drafts were begun, and what stays of those that are erased: counts of what came of each question."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """One table more, and two columns that the release before neither reads nor misses."""
    op.add_column("drafts", sa.Column("begun_at", sa.Double(), nullable=True))
    op.add_column("requests", sa.Column("begun_at", sa.Double(), nullable=True))
    op.create_table(
        "funnel",
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("question", sa.String(64), nullable=False),
        sa.Column("outcome", sa.String(96), nullable=False),
        sa.Column("drafts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "role", "question", "outcome", name=op.f("pk_funnel")),
    )
