"""Let the journal have what the owner wrote without a device."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Allow a row without a device."""
    with op.batch_alter_table("journal") as batch:
        batch.alter_column("device_id", existing_type=sa.Text(), nullable=True)
