"""Keep since when nothing arrives by a channel."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Add the column; the next message tells."""
    op.add_column("channels", sa.Column("failing_since", sa.BigInteger()))
