"""Keep what was known of upstream, what changed, and how far each ledger is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the tables of the ledger."""
    _create_looks()
    op.create_table(
        "known",
        sa.Column("athlete", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("day", sa.Text()),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("values_json", sa.Text(), nullable=False),
        sa.Column("about_json", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        _of_athlete("known"),
        sa.PrimaryKeyConstraint("athlete", "kind", "id", name="pk_known"),
    )
    op.create_index("ix_known_day", "known", ["athlete", "kind", "day"])
    op.create_table(
        "changes",
        sa.Column("athlete", sa.Text(), nullable=False),
        sa.Column("cursor", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("summary_json", sa.Text(), nullable=False),
        _of_athlete("changes"),
        sa.PrimaryKeyConstraint("athlete", "cursor", name="pk_changes"),
    )
    op.create_index("ix_changes_thing", "changes", ["athlete", "kind", "id"])
    op.create_table(
        "acknowledged",
        sa.Column("device_id", sa.Text(), nullable=False),
        sa.Column("cursor", sa.BigInteger(), nullable=False),
        sa.Column("handed", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["device_id"],
            ["devices.device_id"],
            name="fk_acknowledged_device_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("device_id", name="pk_acknowledged"),
    )


def _create_looks() -> None:
    op.create_table(
        "looks",
        sa.Column("athlete", sa.Text(), nullable=False),
        sa.Column("cursor", sa.BigInteger(), nullable=False),
        sa.Column("looks", sa.BigInteger(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.BigInteger()),
        sa.Column("last_look_at", sa.BigInteger()),
        sa.Column("next_look_at", sa.BigInteger()),
        sa.Column("deep_at", sa.BigInteger()),
        sa.Column("read_kinds", sa.Text(), nullable=False),
        sa.Column("chunk_newest", sa.Text()),
        sa.Column("empty_chunks", sa.BigInteger(), nullable=False),
        sa.Column("passed_on", sa.Text()),
        sa.Column("lease_by", sa.Text(), nullable=False),
        sa.Column("lease_until", sa.BigInteger()),
        _of_athlete("looks"),
        sa.PrimaryKeyConstraint("athlete", name="pk_looks"),
    )
    op.create_index("ix_looks_next_look_at", "looks", ["next_look_at"])


def _of_athlete(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["athlete"],
        ["athletes.athlete"],
        name=f"fk_{table}_athlete",
        ondelete="CASCADE",
    )
