"""Which requests hold a serial number, so that one submitted before is found without reading every request."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_AT_A_TIME = 500


def upgrade() -> None:
    """One table more, filled from the requests there are; the release before neither reads nor misses it."""
    made = op.create_table(
        "request_serials",
        sa.Column("serial", sa.String(length=64), nullable=False),
        sa.Column("request_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("serial", "request_id", name=op.f("pk_request_serials")),
    )
    op.create_index("ix_request_serials_request_id", "request_serials", ["request_id"], unique=False)
    requests = sa.table("requests", sa.column("id", sa.BigInteger), sa.column("body", sa.Text))
    connection, after = op.get_bind(), 0
    while True:
        some = sa.select(requests).where(requests.c.id > after).order_by(requests.c.id).limit(_AT_A_TIME)
        rows = connection.execute(some).all()
        if not rows:
            return
        serials = [
            {"serial": serial, "request_id": row.id}
            for row in rows
            for serial in {s for s in str(json.loads(row.body).get("ProductSerialNumberList", "")).split(",") if s}
        ]
        if serials:
            connection.execute(sa.insert(made), serials)
        after = rows[-1].id
