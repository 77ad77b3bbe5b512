"""Tell what a write was about, and measure its minute by a clock that nobody sets."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the columns; what was written before is about anything."""
    op.add_column(
        "replays",
        sa.Column("subject", sa.Text(), nullable=False, server_default=sa.text("'*'")),
    )
    op.add_column("replays", sa.Column("boot", sa.Text()))
    op.add_column("replays", sa.Column("expires_steady_s", sa.BigInteger()))
