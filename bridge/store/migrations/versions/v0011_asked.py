"""Keep what a device asked last, and on which days it asked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add both to the devices."""
    op.add_column("devices", sa.Column("last_asked", sa.Text()))
    op.add_column(
        "devices",
        sa.Column("days_asked", sa.BigInteger(), nullable=False, server_default="0"),
    )
