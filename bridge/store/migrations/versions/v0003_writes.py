"""Keep a journal of writes, and their answers for when they are asked again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the counter of writes and both tables."""
    op.add_column(
        "athletes",
        sa.Column(
            "writes", sa.BigInteger(), nullable=False, server_default=sa.text("0")
        ),
    )
    _create_journal()
    _create_replays()


def _create_journal() -> None:
    op.create_table(
        "journal",
        sa.Column("athlete", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("device_id", sa.Text(), nullable=False),
        sa.Column("write_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("before_json", sa.Text(), nullable=False),
        sa.Column("after_json", sa.Text(), nullable=False),
        sa.Column("written_at", sa.BigInteger(), nullable=False),
        sa.Column("undone_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["athlete"],
            ["athletes.athlete"],
            name="fk_journal_athlete",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["device_id"],
            ["devices.device_id"],
            name="fk_journal_device_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("athlete", "number", name="pk_journal"),
    )
    op.create_index("ix_journal_device_id", "journal", ["device_id"])


def _create_replays() -> None:
    op.create_table(
        "replays",
        sa.Column("device_id", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("keyed", sa.BigInteger(), nullable=False),
        sa.Column("write_id", sa.Text(), nullable=False),
        sa.Column("tries", sa.BigInteger(), nullable=False),
        sa.Column("taken_at", sa.BigInteger()),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("answer_status", sa.BigInteger()),
        sa.Column("answer_body", sa.Text()),
        sa.ForeignKeyConstraint(
            ["device_id"],
            ["devices.device_id"],
            name="fk_replays_device_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("device_id", "slot", name="pk_replays"),
    )
    op.create_index("ix_replays_expires_at", "replays", ["expires_at"])
