"""Let no wrong try count against a code: it is too long to be guessed."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Drop the count."""
    op.drop_column("codes", "tries_left")
