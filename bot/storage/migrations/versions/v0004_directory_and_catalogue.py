"""The dealers and products that the service office knows, the codes of links, and who imported what."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Four tables more: the release before knows nothing of them."""
    op.create_table(
        "dealers",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("contact_person", sa.Text(), nullable=False),
        sa.Column("mobile_phone", sa.String(length=32), nullable=False),
        sa.Column("work_phone", sa.String(length=32), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_dealers")),
    )
    op.create_table(
        "products",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("group_name", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_products")),
    )
    op.create_table(
        "links",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("dealer_key", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.Column("expires_at", sa.Double(), nullable=True),
        sa.Column("revoked_at", sa.Double(), nullable=True),
        sa.Column("used_at", sa.Double(), nullable=True),
        sa.Column("used_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("purpose IN ('sticker', 'invite')", name=op.f("ck_links_purpose")),
        sa.CheckConstraint("(used_at IS NULL) = (used_by IS NULL)", name=op.f("ck_links_used_by_somebody")),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_links")),
    )
    op.create_index(op.f("ix_links_dealer_key"), "links", ["dealer_key"], unique=False)
    op.create_table(
        "imports",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("imported_at", sa.Double(), nullable=False),
        sa.Column("imported_by", sa.String(length=80), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('dealers', 'catalogue')", name=op.f("ck_imports_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
    )
    op.create_index("ix_imports_kind_id", "imports", ["kind", "id"], unique=False)
