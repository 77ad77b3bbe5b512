"""A mirror: the athlete's data in a database of their own, for SQL.

Its tables are made from the records that the answers have, so that a column is called
as the field and carries its unit in its name. What is mirrored is replaced whole, row
by row (upserts); what is gone at Intervals.icu keeps its row and gets ``deleted_at``.
"""

from __future__ import annotations

import json
import typing
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, get_type_hints

import msgspec
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Double,
    MetaData,
    Table,
    Text,
    delete,
    inspect,
    select,
    update,
)
from sqlalchemy.engine import URL

from bridge.domain.activity.activity import Activity
from bridge.domain.activity.lap import Lap
from bridge.domain.calendar.event import Event
from bridge.domain.wellness.day import Wellness
from bridge.errors import BridgeError, ConfigError, StoreDown
from bridge.store.backends import build_engine, describe, make_file, read_address
from bridge.store.database import Database

FORMAT = "1"  # of the tables; another one is not written to
# Comparisons with the weeks before: they would be another value tomorrow.
_PASSING = frozenset({"effort", "hardest_in_weeks"})
_TYPES: Mapping[type, type[Any]] = {
    str: Text,
    int: BigInteger,
    float: Double,
    bool: Boolean,
}
_metadata = MetaData()


def _columns(record: type[msgspec.Struct], *keys: str) -> list[Column[Any]]:
    """Return a column for each field of a record."""
    columns = []
    for name, hint in get_type_hints(record).items():
        if name in _PASSING:
            continue
        options = typing.get_args(hint) or (hint,)
        (type_,) = [_TYPES[option] for option in options if option in _TYPES]
        is_key = name in keys
        columns.append(Column(name, type_, primary_key=is_key, autoincrement=False))
    return columns


_activities = Table(
    "activities",
    _metadata,
    *_columns(Activity, "activity_id"),
    Column("description", Text),
    Column("mirrored_at", Text, nullable=False),
    Column("deleted_at", Text),
    Column("laps_at", Text),  # null: its laps are still to come
)
_laps = Table(
    "laps",
    _metadata,
    Column("activity_id", Text, primary_key=True),
    *_columns(Lap, "lap"),
)
_wellness = Table(
    "wellness",
    _metadata,
    *_columns(Wellness, "date"),
    Column("custom_json", Text),  # fields of the athlete's own
    Column("mirrored_at", Text, nullable=False),
)
_events = Table(
    "events",
    _metadata,
    *_columns(Event, "event_id"),
    Column("mirrored_at", Text, nullable=False),
    Column("deleted_at", Text),
)
_state = Table(
    "mirror",
    _metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
_OURS = frozenset({"alembic_version", "devices", "athletes", "journal"})
MirroredNoun = typing.Literal["activity", "event"]
_KEYS: Mapping[MirroredNoun, tuple[Table, str]] = {
    "activity": (_activities, "activity_id"),
    "event": (_events, "event_id"),
}


class Mirror:
    """Writes the mirror; each method is one transaction."""

    def __init__(self, database: Database, description: str) -> None:
        self._database = database
        self.description = description  # for people; without user and password

    def state(self, name: str) -> str | None:
        """Return what was noted under a name."""
        row = self._database.first(select(_state.c.value).where(_state.c.name == name))
        return None if row is None else str(row.value)

    def keep(
        self,
        at: str,
        *,
        activities: Sequence[tuple[Activity, str | None]] = (),
        wellness: Sequence[tuple[Wellness, Mapping[str, object]]] = (),
        events: Sequence[Event] = (),
        state: Mapping[str, str] | None = None,
    ) -> None:
        """Write what one reading brought, and how far the mirror is by that.

        An activity comes with its description; where anything of it differs its laps
        are read anew. A day comes with the fields of the athlete's own.
        """
        with self._database.writing() as connection:
            rows = [
                {**_values(row), "description": text, "mirrored_at": at}
                | {"deleted_at": None}
                for row, text in activities
            ]
            self._outdate_laps(connection, rows)
            self._upsert(connection, _activities, ("activity_id",), rows)
            days = [
                {**_values(row), "custom_json": _json(own), "mirrored_at": at}
                for row, own in wellness
            ]
            self._upsert(connection, _wellness, ("date",), days)
            entries = [
                {**_values(row), "mirrored_at": at, "deleted_at": None}
                for row in events
            ]
            self._upsert(connection, _events, ("event_id",), entries)
            self._note(connection, state or {})

    def keep_laps(self, at: str, laps: Mapping[str, Sequence[Lap]]) -> None:
        """Replace the laps of some activities."""
        with self._database.writing() as connection:
            connection.execute(delete(_laps).where(_laps.c.activity_id.in_(laps)))
            rows = [
                {"activity_id": activity_id, **_values(lap)}
                for activity_id, of_one in laps.items()
                for lap in of_one
            ]
            if rows:
                connection.execute(self._database.insert(_laps), rows)
            connection.execute(
                update(_activities)
                .where(_activities.c.activity_id.in_(laps))
                .values(laps_at=at)
            )

    def without_laps(self) -> list[str]:
        """Return the ids of activities whose laps are still to come, newest first."""
        statement = (
            select(_activities.c.activity_id)
            .where(
                _activities.c.laps_at.is_(None),
                _activities.c.deleted_at.is_(None),
                _activities.c.strava_only.is_not(True),
            )
            .order_by(_activities.c.date.desc(), _activities.c.activity_id)
        )
        return [str(row.activity_id) for row in self._database.all(statement)]

    def ids(self, noun: MirroredNoun, days: tuple[date, date]) -> set[str]:
        """Return what the mirror has of some days and is not gone."""
        table, key = _KEYS[noun]
        statement = select(table.c[key].label("id")).where(
            table.c.date >= days[0].isoformat(),
            table.c.date <= days[1].isoformat(),
            table.c.deleted_at.is_(None),
        )
        return {str(row.id) for row in self._database.all(statement)}

    def mark_deleted(self, noun: MirroredNoun, ids: Collection[str], at: str) -> None:
        """Note that some are gone at Intervals.icu."""
        table, key = _KEYS[noun]
        statement = update(table).where(table.c[key].in_(ids)).values(deleted_at=at)
        with self._database.writing() as connection:
            connection.execute(statement)

    def close(self) -> None:
        """Give all connections back."""
        self._database.close()

    def _outdate_laps(
        self, connection: Connection, rows: Sequence[dict[str, Any]]
    ) -> None:
        """Forget that laps are known where the activity is not as it was."""
        compared = [
            column
            for column in _activities.columns
            if column.name not in ("mirrored_at", "deleted_at", "laps_at")
        ]
        ids = [row["activity_id"] for row in rows]
        before = dict[str, dict[str, Any]]()
        for start in range(0, len(ids), 500):
            part = _activities.c.activity_id.in_(ids[start : start + 500])
            found = connection.execute(select(*compared).where(part))
            before |= {row.activity_id: dict(row._mapping) for row in found}
        changed = [
            row["activity_id"]
            for row in rows
            if row["activity_id"] in before
            and any(
                before[row["activity_id"]][c.name] != row.get(c.name) for c in compared
            )
        ]
        for start in range(0, len(changed), 500):
            part = _activities.c.activity_id.in_(changed[start : start + 500])
            connection.execute(update(_activities).where(part).values(laps_at=None))

    def _upsert(
        self,
        connection: Connection,
        table: Table,
        keys: Sequence[str],
        rows: Sequence[dict[str, Any]],
    ) -> None:
        if not rows:
            return
        statement = self._database.insert(table)
        names = [name for name in rows[0] if name not in keys]
        connection.execute(
            statement.on_conflict_do_update(
                index_elements=list(keys),
                set_={name: statement.excluded[name] for name in names},
            ),
            list(rows),
        )

    def _note(self, connection: Connection, state: Mapping[str, str]) -> None:
        rows = [{"name": name, "value": value} for name, value in state.items()]
        self._upsert(connection, _state, ("name",), rows)


def open_mirror(address: str, own_address: str, athlete_id: str) -> Mirror:
    """Open the database that is to be the mirror, and make its tables.

    Parameters
    ----------
    address, own_address
        Where the mirror is, and where the bridge's own database is.
    athlete_id
        Whose data it holds; one mirror is for one athlete.

    Raises
    ------
    ConfigError
        If it is the bridge's own, cannot be written, or holds other tables; nothing
        of it was changed, and the message never shows the password.
    """
    try:
        url = read_address(address)
    except ConfigError as error:
        raise _refused(error) from None
    if _is_same(url, read_address(own_address)):
        raise ConfigError(
            "The mirror cannot be the bridge's own database. Name another file, or "
            "another database: bridge sync --to sqlite:///training.db"
        )
    try:
        make_file(url)
        mirror = Mirror(Database(build_engine(url)), describe(url))
    except ConfigError as error:
        raise _refused(error) from None
    try:
        _prepare(mirror, athlete_id)
    except StoreDown as error:
        mirror.close()
        raise ConfigError(
            f"The mirror, {mirror.description}, cannot be written: {error.detail}"
        ) from None
    except BridgeError:
        mirror.close()
        raise
    return mirror


def _prepare(mirror: Mirror, athlete_id: str) -> None:
    with mirror._database.writing() as connection:
        there = set(inspect(connection).get_table_names())
        if there & _OURS >= {"alembic_version", "devices"}:
            raise ConfigError(
                "That is the database of a bridge, which holds keys. "
                "Name another one for the mirror."
            )
        ours = {table.name for table in _metadata.tables.values()}
        if there & ours and _state.name not in there:
            names = ", ".join(sorted(there & ours))
            raise ConfigError(
                f"{mirror.description} has tables of somebody else: {names}. "
                "Name an empty database for the mirror."
            )
        if _state.name in there:
            _check(mirror, connection, athlete_id)
            # as every write does, so that a database that is read-only says so now
            mirror._note(connection, {"format": FORMAT})
            return
        _metadata.create_all(connection)
        mirror._note(connection, {"format": FORMAT, "athlete": athlete_id})


def _check(mirror: Mirror, connection: Connection, athlete_id: str) -> None:
    columns = {column["name"] for column in inspect(connection).get_columns("mirror")}
    rows = (
        {row.name: row.value for row in connection.execute(select(_state))}
        if columns >= {"name", "value"}
        else {}
    )
    if rows.get("format") != FORMAT:
        raise ConfigError(
            f"{mirror.description} is no mirror of this version of the bridge. "
            "Name an empty database; everything is read again."
        )
    if rows.get("athlete") != athlete_id:
        raise ConfigError(
            f"{mirror.description} mirrors another athlete. Name an empty database."
        )


def _is_same(one: URL, other: URL) -> bool:
    if one.drivername != other.drivername:
        return False
    if one.drivername == "sqlite":
        paths = Path(one.database or ""), Path(other.database or "")
        if all(path.exists() for path in paths):
            return paths[0].samefile(paths[1])
        return paths[0].resolve() == paths[1].resolve()

    def server_of(url: URL) -> tuple[object, ...]:
        return url.host or "", url.port or 5432, url.database

    return server_of(one) == server_of(other)


def _refused(error: ConfigError) -> ConfigError:
    return ConfigError(error.detail.replace("DATABASE_URL", "The mirror's address"))


def _values(record: msgspec.Struct) -> dict[str, Any]:
    names: Iterable[str] = record.__struct_fields__
    return {name: getattr(record, name) for name in names if name not in _PASSING}


def _json(values: Mapping[str, object]) -> str | None:
    known = {name: value for name, value in values.items() if value is not None}
    return json.dumps(known, ensure_ascii=False, sort_keys=True) if known else None
