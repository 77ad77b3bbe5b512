"""Count the calls of the background for all machines together."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Add the table: a row a key and day."""
    op.create_table(
        "unasked_calls",
        sa.Column("key_name", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("calls", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key_name", "day", name="pk_unasked_calls"),
    )
