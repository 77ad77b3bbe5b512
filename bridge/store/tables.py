"""The tables, as the newest migration leaves them.

Instants are whole seconds since 1970: they compare and sort alike in SQLite and
PostgreSQL and have no offset to get wrong; text with a Z is made where JSON is made.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Dialect,
    ForeignKey,
    Index,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    column,
    select,
    table,
    text,
)

from bridge import store


class Instant(TypeDecorator[datetime]):
    """An aware datetime in Python, whole seconds since 1970 in the database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(
        self, value: datetime | None, dialect: Dialect
    ) -> int | None:
        """Refuse a datetime without a zone: it would be read as the server's."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return int(value.timestamp())

    def process_result_value(
        self, value: int | None, dialect: Dialect
    ) -> datetime | None:
        """Return UTC."""
        del dialect
        return None if value is None else datetime.fromtimestamp(value, UTC)


# Constraints have names so that a later migration can drop them on both backends.
metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

_ZERO = text("0")

athletes = Table(
    "athletes",
    metadata,
    Column("athlete", Text, primary_key=True),  # our own id, never upstream's
    Column("intervals_athlete_id", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("sealed_key", Text),  # null: no key, or it is in the environment
    # goes up with each change of the key, and is part of what the seal names
    Column("credential_version", BigInteger, nullable=False, server_default=_ZERO),
    # goes up to end every session of the setup page at once
    Column("session_version", BigInteger, nullable=False, server_default=_ZERO),
    Column("first_sign_in_at", Instant),  # null: nobody has signed in yet
    # goes up with each write: what workers kept of upstream before is old then
    Column("writes", BigInteger, nullable=False, server_default=_ZERO),
)

devices = Table(
    "devices",
    metadata,
    Column("device_id", Text, primary_key=True),
    Column(
        "athlete",
        Text,
        ForeignKey("athletes.athlete", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("name", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant),  # null: never
    Column("last_used_at", Instant),  # null: never used
    Column("revoked_at", Instant),  # null: not revoked
    Column("last_asked", Text),  # the route of the last use that was noted
    # a bit a day on which it asked, the lowest the day of last_used_at
    Column("days_asked", BigInteger, nullable=False, server_default=_ZERO),
    CheckConstraint("scope IN ('read', 'write', 'raw')", name="scope"),
)

codes = Table(
    "codes",
    metadata,
    Column("code_hash", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column(
        "athlete",
        Text,
        ForeignKey("athletes.athlete", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),  # null: not used
    CheckConstraint("kind IN ('first_run', 'login', 'pairing')", name="kind"),
)

journal = Table(
    "journal",
    metadata,
    Column(
        "athlete",
        Text,
        ForeignKey("athletes.athlete", ondelete="CASCADE"),
        primary_key=True,
    ),
    # athletes.writes at that moment: counts up, also within one second
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column(  # null: the owner, on the page or at the command line
        "device_id",
        Text,
        ForeignKey("devices.device_id", ondelete="CASCADE"),
        index=True,
    ),
    Column("write_id", Text, nullable=False),  # one for all targets of one request
    Column("kind", Text, nullable=False),  # who can read and take it back
    Column("source", Text, nullable=False),  # which route wrote it
    Column("target", Text, nullable=False),  # a day, or upstream's id
    Column("before_json", Text, nullable=False),  # null: there was no such thing
    Column("after_json", Text, nullable=False),  # null: it was removed
    Column("written_at", Instant, nullable=False),
    Column("undone_at", Instant),  # null: not taken back
)

replays = Table(
    "replays",
    metadata,
    Column(
        "device_id",
        Text,
        ForeignKey("devices.device_id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("slot", Text, primary_key=True),  # digest of the key or of the request
    Column("fingerprint", Text, nullable=False),  # digest of the request
    Column("keyed", BigInteger, nullable=False),  # 1: an Idempotency-Key was sent
    Column("write_id", Text, nullable=False),  # the same at each try
    Column("tries", BigInteger, nullable=False),
    Column("taken_at", Instant),  # null: nobody works on it
    Column("expires_at", Instant, nullable=False, index=True),
    Column("ended_at", Instant),  # null: no other write came since
    Column("answer_status", BigInteger),  # null: not answered
    Column("answer_body", Text),
    # the thing it changes, "events/5"; "events/new" makes one; "*" may be anything
    Column("subject", Text, nullable=False, server_default=text("'*'")),
    Column("boot", Text),  # the start of the machine from which it counts seconds
    Column("expires_steady_s", BigInteger),
)

questions = Table(
    "questions",
    metadata,
    Column(  # one open question a device
        "device_id",
        Text,
        ForeignKey("devices.device_id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("question_id", Text, nullable=False),
    Column("record_json", Text, nullable=False),  # what each answer carries out
    Column("expires_at", Instant, nullable=False),
)

habits = Table(
    "habits",
    metadata,
    Column(
        "device_id",
        Text,
        ForeignKey("devices.device_id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("intent", Text, primary_key=True),  # one of the table of intents
    Column("times", BigInteger, nullable=False),
)

views = Table(
    "views",
    metadata,
    Column("view_id", Text, primary_key=True),
    Column(
        "athlete",
        Text,
        ForeignKey("athletes.athlete", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("name", Text, nullable=False),
    Column("key_hash", Text, nullable=False, unique=True),  # the key is nowhere
    Column("private_cards", Text, nullable=False),  # names, comma separated
    Column("created_at", Instant, nullable=False),
    Column("last_used_at", Instant),  # null: never used
    Column("revoked_at", Instant),  # null: not revoked
)

facts = Table(
    "facts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

known = Table(
    "known",
    metadata,
    Column(
        "athlete",
        Text,
        ForeignKey("athletes.athlete", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),  # upstream's; of wellness the day
    Column("day", Text),  # null: sports and gear have none
    Column("digest", Text, nullable=False),
    Column("values_json", Text, nullable=False),  # what is private as digests
    Column("about_json", Text, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Index("ix_known_day", "athlete", "kind", "day"),
)

changes = Table(
    "changes",
    metadata,
    Column(
        "athlete",
        Text,
        ForeignKey("athletes.athlete", ondelete="CASCADE"),
        primary_key=True,
    ),
    # looks.cursor at that moment: counts up without a gap, in the order of commits
    Column("cursor", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("kind", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("change", Text, nullable=False),
    Column("fields", Text, nullable=False),  # names, with commas
    Column("summary_json", Text, nullable=False),  # nothing private
    Index("ix_changes_thing", "athlete", "kind", "id"),
)

looks = Table(
    "looks",
    metadata,
    Column(
        "athlete",
        Text,
        ForeignKey("athletes.athlete", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("cursor", BigInteger, nullable=False),  # of the newest change
    Column("looks", BigInteger, nullable=False),
    Column("timezone", Text, nullable=False),
    Column("asked_at", Instant),  # null: nobody asked yet
    Column("last_look_at", Instant),  # null: there was none yet
    Column("next_look_at", Instant, index=True),  # null: at once
    Column("deep_at", Instant),
    Column("read_kinds", Text, nullable=False),  # names, with commas
    Column("chunk_newest", Text),  # null: no pass through the history is under way
    Column("empty_chunks", BigInteger, nullable=False),
    Column("passed_on", Text),  # null: the first pass has not ended
    Column("lease_by", Text, nullable=False),
    Column("lease_until", Instant),  # null: nobody holds it
    Column("called", Text, nullable=False, server_default=text("''")),  # by a webhook
    # 1: an activity had a field of the athlete's own
    Column("has_own", BigInteger, nullable=False, server_default=_ZERO),
)

acknowledged = Table(
    "acknowledged",
    metadata,
    Column(
        "device_id",
        Text,
        ForeignKey("devices.device_id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("cursor", BigInteger, nullable=False),  # up to which it has everything
    Column("handed", BigInteger, nullable=False),  # its last answer went so far
)

_OF_ATHLETE = "athletes.athlete"

message_settings = Table(
    "message_settings",
    metadata,
    Column(
        "athlete",
        Text,
        ForeignKey(_OF_ATHLETE, ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("topics", Text, nullable=False),  # that are on: names, comma separated
    Column("morning_at", Text, nullable=False),  # 07:00 on the athlete's wall
    Column("evening_at", Text, nullable=False),
    Column("quiet_from", Text, nullable=False),
    Column("quiet_until", Text, nullable=False),
    Column("language", Text, nullable=False),  # "": the athlete's own
    Column("seen", Text, nullable=False),  # JSON: a day, and what was said of it
    Column("vapid_public", Text),  # null: no phone was let in yet
    Column("sealed_vapid_key", Text),
    # when something is to be told at the latest; the one who tells moves it on first
    Column("next_due_at", Instant, nullable=False, index=True),
)

channels = Table(
    "channels",
    metadata,
    Column("channel_id", Text, primary_key=True),
    Column(
        "athlete",
        Text,
        ForeignKey(_OF_ATHLETE, ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("type", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("sealed_target", Text, nullable=False),  # address and secrets, as JSON
    Column("target_digest", Text, nullable=False),  # the same one is no second channel
    Column("created_at", Instant, nullable=False),
    Column("last_sent_at", Instant),  # null: nothing arrived yet
    Column("last_trouble", Text),  # a word; null: the last one arrived
    Column("disabled_at", Instant),  # null: in use
    Column("failing_since", Instant),  # null: the last one arrived
    CheckConstraint("type IN ('push', 'ntfy', 'webhook')", name="type"),
    UniqueConstraint("athlete", "target_digest"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("message_id", Text, primary_key=True),  # the webhook-id, at each try
    Column(
        "athlete",
        Text,
        ForeignKey(_OF_ATHLETE, ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column(
        "channel_id",
        Text,
        ForeignKey("channels.channel_id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("name", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("day", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("speech", Text, nullable=False),
    Column("urgency", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),  # what is said is wrong then
    Column("tries", BigInteger, nullable=False),
    Column("next_try_at", Instant, index=True),  # null: sent, or given up
    Column("lease_by", Text),  # null: nobody is at it
    Column("sent_at", Instant),  # null: not sent
)

subjects = Table(  # that were told
    "subjects",
    metadata,
    Column(
        "athlete",
        Text,
        ForeignKey(_OF_ATHLETE, ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("subject", Text, primary_key=True),
    Column("day", Text, primary_key=True),
)

unasked_calls = Table(  # of a key, by all machines together, when nobody asked
    "unasked_calls",
    metadata,
    Column("key_name", Text, primary_key=True),  # a digest: the key is nowhere
    Column("day", Text, primary_key=True),  # UTC
    Column("calls", BigInteger, nullable=False),
)

# Alembic's own table: not in the metadata, since no migration makes it.
VERSION = select(column("version_num", Text)).select_from(table("alembic_version"))
HEAD = store.HEAD
