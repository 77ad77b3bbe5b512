"""Keep the digests of view keys."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the table of views."""
    op.create_table(
        "views",
        sa.Column("view_id", sa.Text(), nullable=False),
        sa.Column("athlete", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key_hash", sa.Text(), nullable=False),
        sa.Column("private_cards", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("last_used_at", sa.BigInteger()),
        sa.Column("revoked_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["athlete"],
            ["athletes.athlete"],
            name="fk_views_athlete",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("view_id", name="pk_views"),
        sa.UniqueConstraint("key_hash", name="uq_views_key_hash"),
    )
    op.create_index("ix_views_athlete", "views", ["athlete"])
