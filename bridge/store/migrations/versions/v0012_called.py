"""Keep that a webhook called for a look until a look has answered it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the column; nothing has called."""
    op.add_column(
        "looks",
        sa.Column("called", sa.Text(), nullable=False, server_default=sa.text("''")),
    )
