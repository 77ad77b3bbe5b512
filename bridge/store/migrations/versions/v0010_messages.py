"""Keep what is to be told: choices, channels, the outbox, and what was told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the four tables."""
    op.create_table(
        "message_settings",
        sa.Column("athlete", sa.Text(), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("morning_at", sa.Text(), nullable=False),
        sa.Column("evening_at", sa.Text(), nullable=False),
        sa.Column("quiet_from", sa.Text(), nullable=False),
        sa.Column("quiet_until", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.Column("vapid_public", sa.Text()),
        sa.Column("sealed_vapid_key", sa.Text()),
        sa.Column("next_due_at", sa.BigInteger(), nullable=False),
        _of_athlete("message_settings"),
        sa.PrimaryKeyConstraint("athlete", name="pk_message_settings"),
    )
    op.create_index(
        "ix_message_settings_next_due_at", "message_settings", ["next_due_at"]
    )
    op.create_table(
        "channels",
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("athlete", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sealed_target", sa.Text(), nullable=False),
        sa.Column("target_digest", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("last_sent_at", sa.BigInteger()),
        sa.Column("last_trouble", sa.Text()),
        sa.Column("disabled_at", sa.BigInteger()),
        sa.CheckConstraint(
            "type IN ('push', 'ntfy', 'webhook')", name="ck_channels_type"
        ),
        _of_athlete("channels"),
        sa.PrimaryKeyConstraint("channel_id", name="pk_channels"),
        sa.UniqueConstraint("athlete", "target_digest", name="uq_channels_athlete"),
    )
    op.create_index("ix_channels_athlete", "channels", ["athlete"])
    op.create_table(
        "outbox",
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("athlete", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("speech", sa.Text(), nullable=False),
        sa.Column("urgency", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("tries", sa.BigInteger(), nullable=False),
        sa.Column("next_try_at", sa.BigInteger()),
        sa.Column("lease_by", sa.Text()),
        sa.Column("sent_at", sa.BigInteger()),
        _of_athlete("outbox"),
        sa.ForeignKeyConstraint(
            ["channel_id"],
            ["channels.channel_id"],
            name="fk_outbox_channel_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("message_id", name="pk_outbox"),
    )
    op.create_index("ix_outbox_athlete", "outbox", ["athlete"])
    op.create_index("ix_outbox_channel_id", "outbox", ["channel_id"])
    op.create_index("ix_outbox_next_try_at", "outbox", ["next_try_at"])
    op.create_table(
        "subjects",
        sa.Column("athlete", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        _of_athlete("subjects"),
        sa.PrimaryKeyConstraint("athlete", "subject", "day", name="pk_subjects"),
    )


def _of_athlete(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["athlete"],
        ["athletes.athlete"],
        name=f"fk_{table}_athlete",
        ondelete="CASCADE",
    )
