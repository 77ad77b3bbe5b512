"""Keep whether activities have fields of the athlete's own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add the column; none was seen."""
    zero = sa.text("0")
    op.add_column(
        "looks",
        sa.Column("has_own", sa.BigInteger(), nullable=False, server_default=zero),
    )
