"""Keep the sealed API key, who has signed in, and one-time codes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the columns of the setup page and the table of codes."""
    zero = sa.text("0")
    for column in (
        sa.Column("sealed_key", sa.Text()),
        sa.Column(
            "credential_version", sa.BigInteger(), nullable=False, server_default=zero
        ),
        sa.Column(
            "session_version", sa.BigInteger(), nullable=False, server_default=zero
        ),
        sa.Column("first_sign_in_at", sa.BigInteger()),
    ):
        op.add_column("athletes", column)
    op.create_table(
        "codes",
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("athlete", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("tries_left", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger()),
        sa.CheckConstraint(
            "kind IN ('first_run', 'login', 'pairing')", name="ck_codes_kind"
        ),
        sa.ForeignKeyConstraint(
            ["athlete"],
            ["athletes.athlete"],
            name="fk_codes_athlete",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("code_hash", name="pk_codes"),
    )
    op.create_index("ix_codes_athlete", "codes", ["athlete"])
