"""Which update a message was given to in the response: such a message has no known message id."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Two empty columns more: the release before neither reads nor misses them."""
    op.add_column("outbox", sa.Column("given_to_update", sa.BigInteger(), nullable=True))
    op.add_column("outbox", sa.Column("given_to_fingerprint", sa.String(length=32), nullable=True))
