"""What is to be told: what each athlete chose, the channels, the outbox.

A message is put into the outbox in the transaction that writes what it tells of, one
row for each channel. A row is taken by moving its next try on: whoever dies with it in
hand leaves it to be sent again, under the same id. Nothing is lost; something may come
twice.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal

from sqlalchemy import (
    LABEL_STYLE_TABLENAME_PLUS_COL,
    ColumnElement,
    Connection,
    Row,
    bindparam,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from bridge.domain.messages.message import Message
from bridge.domain.messages.topics import NAMES, Choices
from bridge.store.database import Database
from bridge.store.devices import read_name
from bridge.store.tables import Instant, channels, message_settings, outbox, subjects

ChannelType = Literal["push", "ntfy", "webhook"]
Trouble = Literal["gone", "address", "refused", "redirect", "slow", "down"]
"""Disabled by 410 · no allowed address · another answer than 2xx · leads elsewhere ·
takes too long · all else."""

RETRY_AFTER_S = (5, 300, 1_800, 7_200, 18_000, 36_000)  # 5 seconds to 10 hours
LEASE = timedelta(seconds=60)  # longer than one message may take
LIFE = timedelta(hours=36)
MOST_CHANNELS = 20
AT_ONCE = 20
_KEPT = timedelta(days=60)
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_CHANNEL_ID = re.compile(r"[0-9a-f]{16}", re.ASCII)
_CHANNELS = (
    select(channels)
    .where(channels.c.athlete == bindparam("athlete"))
    .order_by(channels.c.created_at, channels.c.channel_id)
)
_SETTINGS = select(message_settings).where(
    message_settings.c.athlete == bindparam("athlete")
)
_LAST_DAYS = (
    select(subjects.c.subject, func.max(subjects.c.day).label("day"))
    .where(subjects.c.athlete == bindparam("athlete"))
    .group_by(subjects.c.subject)
)
_DUE = select(message_settings.c.athlete, message_settings.c.next_due_at).where(
    or_(
        message_settings.c.next_due_at <= bindparam("now"),
        message_settings.c.next_due_at > bindparam("far"),  # of a clock set back since
    )
)

_WAITING = (
    select(func.count().label("n"))
    .where(outbox.c.athlete == bindparam("athlete"))
    .where(outbox.c.next_try_at.is_not(None))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One way to an athlete; where it leads is sealed."""

    channel_id: str
    athlete: str
    type: ChannelType
    name: str = field(repr=False)  # a person's words: not for the log
    sealed_target: str = field(repr=False)
    created_at: datetime
    last_sent_at: datetime | None  # None: nothing arrived yet
    last_trouble: str | None  # None: the last one arrived
    disabled_at: datetime | None  # None: in use
    failing_since: datetime | None = None  # None: the last one arrived


@dataclass(frozen=True, slots=True, kw_only=True)
class NewChannel:
    """A channel to be added; two with one digest lead to the same."""

    type: ChannelType
    name: str
    sealed_target: str = field(repr=False)
    target_digest: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSettings:
    """What an athlete chose, and what the bridge keeps beside it."""

    choices: Choices = field(default_factory=Choices)
    language: str = ""  # "": the athlete's own
    seen: Mapping[str, str] = field(default_factory=dict)  # by day
    vapid_public: str | None = None
    sealed_vapid_key: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A message on its way to one channel, taken by whoever holds it."""

    message_id: str
    channel: Channel
    name: str
    day: str
    title: str
    speech: str
    urgency: str
    created_at: datetime
    expires_at: datetime
    tries: int  # this one counted
    lease_by: str


class Outbox:
    """Reads and writes the tables of what is told."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # what an athlete chose

    def settings(self, athlete: str) -> MessageSettings:
        """Return what the athlete chose; what nobody chose is as it comes."""
        row = self._database.first(_SETTINGS, athlete=athlete)
        return MessageSettings() if row is None else _settings(row)

    def choose(self, athlete: str, choices: Choices, *, language: str) -> None:
        """Keep what an athlete chose; what is due is looked at anew."""
        values = _of_choices(choices, language)
        self._keep(athlete, values | {"next_due_at": _LONG_AGO})

    def keep_vapid(self, athlete: str, public: str, sealed_key: str) -> MessageSettings:
        """Keep the key pair that signs pushes, unless there is one; return what is."""
        self._keep(athlete, {})
        statement = (
            update(message_settings)
            .where(message_settings.c.athlete == athlete)
            .where(message_settings.c.vapid_public.is_(None))
            .values(vapid_public=public, sealed_vapid_key=sealed_key)
        )
        with self._database.writing() as connection:
            connection.execute(statement)
        return self.settings(athlete)

    def see(self, athlete: str, seen: Mapping[str, str]) -> None:
        """Keep what was said of the plan of some days."""
        self._keep(athlete, {"seen": json.dumps(dict(seen), ensure_ascii=True)})

    def _keep(self, athlete: str, values: dict[str, object]) -> None:
        first = _of_choices(Choices(), "")
        first |= {"athlete": athlete, "seen": "{}", "next_due_at": _LONG_AGO}
        statement = self._database.insert(message_settings).values(first | values)
        with self._database.writing() as connection:
            if values:
                connection.execute(
                    statement.on_conflict_do_update(
                        index_elements=["athlete"], set_=values
                    )
                )
            else:
                connection.execute(statement.on_conflict_do_nothing())

    # when something is to be told

    def take_due(self, now: datetime, until: datetime) -> list[str]:
        """Take the athletes of whom something may be due; each goes to one taker.

        Parameters
        ----------
        now
            Who was to be looked at by then.
        until
            When somebody else looks, unless :meth:`tell_at` says it better.
        """
        taken: list[str] = []
        for row in self._database.all(_DUE, now=now, far=now + LIFE):
            settings = message_settings.c
            statement = (
                update(message_settings)
                .where(settings.athlete == row.athlete)
                .where(settings.next_due_at == row.next_due_at)
                .values(next_due_at=until)
            )
            with self._database.writing() as connection:
                if connection.execute(statement).rowcount == 1:
                    taken.append(str(row.athlete))
        return taken

    def tell_at(self, athlete: str, moment: datetime) -> None:
        """Note when something is to be told next."""
        statement = (
            update(message_settings)
            .where(message_settings.c.athlete == athlete)
            .values(next_due_at=moment)
        )
        with self._database.writing() as connection:
            connection.execute(statement)

    def last_days(self, athlete: str) -> dict[str, date]:
        """Return the last day on which each subject was told."""
        rows = self._database.all(_LAST_DAYS, athlete=athlete)
        return {row.subject: date.fromisoformat(row.day) for row in rows}

    # channels

    def add_channel(self, athlete: str, added: NewChannel, now: datetime) -> Channel:
        """Add a channel, or take the one that leads to the same into use again.

        Raises
        ------
        BadField
            For a name that cannot be.
        """
        values: dict[str, object] = {
            "name": read_name(added.name),
            "sealed_target": added.sealed_target,
            "last_trouble": None,
            "disabled_at": None,
            "failing_since": None,
        }
        first = {
            "channel_id": secrets.token_hex(8),
            "athlete": athlete,
            "type": added.type,
            "target_digest": added.target_digest,
            "created_at": now,
        }
        statement = self._database.insert(channels).values(first | values)
        with self._database.writing() as connection:
            connection.execute(
                statement.on_conflict_do_update(
                    index_elements=["athlete", "target_digest"], set_=values
                )
            )
            row = connection.execute(
                select(channels)
                .where(channels.c.athlete == athlete)
                .where(channels.c.target_digest == added.target_digest)
            ).one()
        self._keep(athlete, {"next_due_at": _LONG_AGO})  # there is something to tell
        return _channel(row)

    def channels(self, athlete: str) -> list[Channel]:
        """Return the athlete's channels, oldest first, disabled ones too."""
        return [_channel(row) for row in self._database.all(_CHANNELS, athlete=athlete)]

    def remove_channel(self, athlete: str, channel_id: str) -> bool:
        """Remove a channel and what waits for it; False if there is none."""
        if not _CHANNEL_ID.fullmatch(channel_id):
            return False
        statement = (
            delete(channels)
            .where(channels.c.channel_id == channel_id)
            .where(channels.c.athlete == athlete)
        )
        with self._database.writing() as connection:
            return connection.execute(statement).rowcount == 1

    # the outbox

    def put(
        self,
        connection: Connection,
        athlete: str,
        messages: Sequence[Message],
        now: datetime,
    ) -> int:
        """Put messages into the outbox, inside the transaction of ``connection``.

        One a subject a day: what was told already is passed over.

        Returns
        -------
        int
            How many were put there, whatever the number of channels.
        """
        if not messages:
            return 0
        ways = connection.execute(
            select(channels.c.channel_id)
            .where(channels.c.athlete == athlete)
            .where(channels.c.disabled_at.is_(None))
        ).scalars()
        ids = list(ways)
        count = 0
        for message in messages:
            key = {
                "athlete": athlete,
                "subject": message.subject,
                "day": message.day.isoformat(),
            }
            statement = self._database.insert(subjects).values(key)
            if not connection.execute(statement.on_conflict_do_nothing()).rowcount:
                continue
            count += 1
            rows = [_row(message, channel_id, key, now) for channel_id in ids]
            if rows:
                connection.execute(insert(outbox), rows)
        _forget_old(connection, athlete, now)
        return count

    def tell(self, athlete: str, messages: Sequence[Message], now: datetime) -> int:
        """Put messages into the outbox that come with no change."""
        if not messages:
            return 0
        with self._database.writing() as connection:
            return self.put(connection, athlete, messages, now)

    def take_back(self, athlete: str, name: str) -> int:
        """Send no more what waits of a topic: it is true no longer."""
        statement = (
            update(outbox)
            .where(outbox.c.athlete == athlete)
            .where(outbox.c.name == name)
            .where(outbox.c.next_try_at.is_not(None))
            .values(next_try_at=None, lease_by=None)
        )
        with self._database.writing() as connection:
            return connection.execute(statement).rowcount

    def put_test(self, channel: Channel, title: str, speech: str, now: datetime) -> str:
        """Put a message for one channel alone; return its id."""
        message = Message(
            name="test",
            subject="test",
            day=now.date(),
            speech=speech,
            title=title,
            urgency="high",
        )
        key = {"athlete": channel.athlete, "subject": "test", "day": f"{now.date()}"}
        row = _row(message, channel.channel_id, key, now)
        with self._database.writing() as connection:
            connection.execute(insert(outbox), [row])
        return str(row["message_id"])

    def take(
        self, now: datetime, *, most: int = AT_ONCE, message_id: str | None = None
    ) -> list[Delivery]:
        """Take messages that are due, the longest waiting first.

        Nobody else takes them for a minute. What says something wrong by now is given
        up instead.
        """
        lease_by, wanted = secrets.token_hex(8), _is_due(now)
        if message_id is not None:
            wanted &= outbox.c.message_id == message_id
        statement = (
            select(outbox.c.message_id)
            .where(wanted)
            .order_by(outbox.c.next_try_at, outbox.c.message_id)
            .limit(most)
            .with_for_update(skip_locked=True)
        )
        with self._database.writing() as connection:
            connection.execute(
                update(outbox)
                .where(outbox.c.next_try_at <= now, outbox.c.expires_at <= now)
                .values(next_try_at=None, lease_by=None)
            )
            ids = list(connection.execute(statement).scalars())
            if not ids:
                return []
            connection.execute(
                update(outbox)
                .where(outbox.c.message_id.in_(ids))
                .values(
                    lease_by=lease_by,
                    next_try_at=now + LEASE,
                    tries=outbox.c.tries + 1,
                )
            )
            rows = connection.execute(
                select(outbox, channels)
                .join(channels)
                .where(outbox.c.message_id.in_(ids))
                .order_by(outbox.c.created_at, outbox.c.message_id)
                .set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL)
            ).all()
        return [_delivery(row) for row in rows]

    def sent(self, delivery: Delivery, now: datetime) -> None:
        """Note that a message arrived."""
        self._end(
            delivery,
            {"next_try_at": None, "sent_at": now, "lease_by": None},
            {"last_sent_at": now, "last_trouble": None, "failing_since": None},
        )

    def failed(self, delivery: Delivery, trouble: Trouble, now: datetime) -> None:
        """Note that a message did not arrive, and when it is tried again.

        A channel that is gone is disabled, with all that waits for it.
        """
        after = dict(enumerate(RETRY_AFTER_S, 1)).get(delivery.tries)
        again = None if after is None else now + timedelta(seconds=after)
        if again is not None and again >= delivery.expires_at:
            again = None
        of_channel: dict[str, object] = {
            "last_trouble": trouble,
            "failing_since": func.coalesce(
                channels.c.failing_since, literal(now, Instant)
            ),
        }
        if trouble == "gone":
            again = None
            of_channel["disabled_at"] = now
        self._end(delivery, {"next_try_at": again, "lease_by": None}, of_channel)

    def _end(
        self,
        delivery: Delivery,
        of_message: Mapping[str, object],
        of_channel: Mapping[str, object],
    ) -> None:
        mine = (outbox.c.message_id == delivery.message_id) & (
            outbox.c.lease_by == delivery.lease_by
        )
        channel_id = delivery.channel.channel_id
        with self._database.writing() as connection:
            connection.execute(update(outbox).where(mine).values(of_message))
            connection.execute(
                update(channels)
                .where(channels.c.channel_id == channel_id)
                .values(of_channel)
            )
            if "disabled_at" in of_channel:
                connection.execute(
                    update(outbox)
                    .where(outbox.c.channel_id == channel_id)
                    .values(next_try_at=None, lease_by=None)
                )

    def waiting(self, athlete: str) -> int:
        """Return how many messages wait to be sent."""
        row = self._database.first(_WAITING, athlete=athlete)
        return 0 if row is None else int(row.n)


def _is_due(now: datetime) -> ColumnElement[bool]:
    """Tell what is to be sent; what a clock that was set back put off for days is."""
    at = outbox.c.next_try_at
    return or_(at <= now, at > now + LIFE)


def _row(
    message: Message, channel_id: str, key: Mapping[str, str], now: datetime
) -> dict[str, object]:
    return {
        **key,
        "message_id": f"msg_{secrets.token_hex(12)}",
        "channel_id": channel_id,
        "name": message.name,
        "title": message.title,
        "speech": message.speech,
        "urgency": message.urgency,
        "created_at": now,
        "expires_at": message.expires_at or now + LIFE,
        "tries": 0,
        "next_try_at": max(now, message.not_before or now),
    }


def _forget_old(connection: Connection, athlete: str, now: datetime) -> None:
    before = now - _KEPT
    connection.execute(
        delete(subjects)
        .where(subjects.c.athlete == athlete)
        .where(subjects.c.day < before.date().isoformat())
    )
    connection.execute(
        delete(outbox)
        .where(outbox.c.athlete == athlete)
        .where(outbox.c.created_at < before)
    )


def _of_choices(choices: Choices, language: str) -> dict[str, object]:
    return {
        "topics": ",".join(name for name in NAMES if name in choices.on),
        "morning_at": f"{choices.morning_at:%H:%M}",
        "evening_at": f"{choices.evening_at:%H:%M}",
        "quiet_from": f"{choices.quiet_from:%H:%M}",
        "quiet_until": f"{choices.quiet_until:%H:%M}",
        "language": language,
    }


def _settings(row: Row[Any]) -> MessageSettings:
    return MessageSettings(
        choices=Choices(
            on=frozenset(filter(None, row.topics.split(","))),
            morning_at=time.fromisoformat(row.morning_at),
            evening_at=time.fromisoformat(row.evening_at),
            quiet_from=time.fromisoformat(row.quiet_from),
            quiet_until=time.fromisoformat(row.quiet_until),
        ),
        language=row.language,
        seen=json.loads(row.seen),
        vapid_public=row.vapid_public,
        sealed_vapid_key=row.sealed_vapid_key,
    )


def _channel(row: Row[Any]) -> Channel:
    values = dict(row._mapping)
    del values["target_digest"]
    return Channel(**values)


def _delivery(row: Row[Any]) -> Delivery:
    values = dict(row._mapping)
    prefix = f"{channels.name}_"
    of_channel = {
        column.name: values[f"{prefix}{column.name}"]
        for column in channels.c
        if column.name != "target_digest"
    }
    of_message = {
        name: values[f"{outbox.name}_{name}"]
        for name in Delivery.__dataclass_fields__
        if name != "channel"
    }
    return Delivery(channel=Channel(**of_channel), **of_message)
