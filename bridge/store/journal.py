"""What was written upstream: by which device, and what stood there before.

An entry is made before upstream is asked, so that a write that was cut off is known
too; it is corrected when what upstream kept was read back.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, delete, or_, select, update

from bridge.domain.values import Values
from bridge.store.database import Database
from bridge.store.tables import athletes, devices, journal

KEPT = timedelta(days=90)
UNDO_WITHIN = timedelta(hours=1)

# The owner's own writes count as those of each device of the athlete.
_BY_OWNER = and_(
    journal.c.device_id.is_(None),
    journal.c.athlete
    == select(devices.c.athlete)
    .where(devices.c.device_id == bindparam("device_id"))
    .scalar_subquery(),
)
_OF_DEVICE = or_(journal.c.device_id == bindparam("device_id"), _BY_OWNER)
_LAST = (
    select(journal.c.write_id)
    .where(_OF_DEVICE, journal.c.written_at >= bindparam("since"))
    .order_by(journal.c.number.desc())
    .limit(1)
)
_OF_WRITE = (
    select(journal)
    .where(_OF_DEVICE, journal.c.write_id == bindparam("write_id"))
    .order_by(journal.c.number)
)
_LAST_OF_OWNER = (
    select(journal)
    .where(
        journal.c.athlete == bindparam("athlete"),
        journal.c.device_id.is_(None),
        journal.c.kind == bindparam("kind"),
        journal.c.written_at >= bindparam("since"),
    )
    .order_by(journal.c.number.desc())
    .limit(1)
)
_ABOUT = (
    select(journal, devices.c.name.label("device_name"))
    .join(devices, isouter=True)
    .where(
        journal.c.athlete == bindparam("athlete"),
        journal.c.kind == bindparam("kind"),
        journal.c.target == bindparam("target"),
    )
    .order_by(journal.c.number)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who writes: one request of one device, or the owner without one."""

    athlete: str
    device_id: str | None  # None: on the page, or at the command line
    write_id: str  # the same when the request is tried again
    source: str  # the route: "wellness", "health"
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One change of one thing upstream."""

    athlete: str
    number: int
    device_id: str | None
    write_id: str
    kind: str
    source: str
    target: str
    before: Values | None  # None: there was no such thing
    after: Values | None  # None: it was removed
    written_at: datetime
    undone_at: datetime | None
    device_name: str = ""


class Journal:
    """Reads and writes the table ``journal``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(
        self,
        author: Author,
        kind: str,
        target: str,
        before: Values | None,
        wanted: Values | None,
    ) -> Entry:
        """Note what is about to be written; old entries go.

        Parameters
        ----------
        author
            The device and request it comes from.
        kind, target
            What is changed: ``wellness`` and a day, ``event`` and an id. A target
            that is made only now is "".
        before, wanted
            The fields that change, and nothing else; None for a thing that is not
            there (any more).
        """
        with self._database.writing() as connection:
            number = note_write(connection, author.athlete)
            entry = Entry(
                athlete=author.athlete,
                number=number,
                device_id=author.device_id,
                write_id=author.write_id,
                kind=kind,
                source=author.source,
                target=target,
                before=before,
                after=wanted,
                written_at=author.now,
                undone_at=None,
            )
            _forget_old(connection, author)
            connection.execute(self._database.insert(journal).values(_row(entry)))
        return entry

    def finish(self, entry: Entry, target: str, after: Values | None) -> None:
        """Correct an entry to what upstream has now; older reads are stale."""
        values = {"target": target, "after_json": _written(after)}
        with self._database.writing() as connection:
            connection.execute(update(journal).where(_is(entry)).values(values))
            note_write(connection, entry.athlete)

    def forget(self, entry: Entry) -> None:
        """Drop an entry whose write did not happen."""
        with self._database.writing() as connection:
            connection.execute(delete(journal).where(_is(entry)))

    def last_write(self, device_id: str, now: datetime) -> list[Entry]:
        """Return the entries of a device's last write within an hour.

        What the owner wrote without a device counts as written by each.
        """
        since = now - UNDO_WITHIN
        row = self._database.first(_LAST, device_id=device_id, since=since)
        if row is None:
            return []
        return self.entries(device_id, row.write_id)

    def owners_last(self, athlete: str, kind: str, now: datetime) -> Entry | None:
        """Return what the owner wrote last of a kind without a device, in an hour."""
        since = now - UNDO_WITHIN
        row = self._database.first(
            _LAST_OF_OWNER, athlete=athlete, kind=kind, since=since
        )
        return None if row is None else _entry(row)

    def entries(self, device_id: str, write_id: str) -> list[Entry]:
        """Return what one write of a device noted, at each of its tries."""
        rows = self._database.all(_OF_WRITE, device_id=device_id, write_id=write_id)
        return [_entry(row) for row in rows]

    def about(self, athlete: str, kind: str, target: str) -> list[Entry]:
        """Return what was written to one thing, by any device, oldest first."""
        rows = self._database.all(_ABOUT, athlete=athlete, kind=kind, target=target)
        return [_entry(row) for row in rows]

    def mark_undone(self, entry: Entry, now: datetime) -> None:
        """Note that a write was taken back; older reads are stale."""
        with self._database.writing() as connection:
            connection.execute(update(journal).where(_is(entry)).values(undone_at=now))
            note_write(connection, entry.athlete)

    def outdate(self, athlete: str) -> None:
        """Outdate what any worker kept of upstream: perhaps something was written."""
        with self._database.writing() as connection:
            note_write(connection, athlete)


def note_write(connection: Connection, athlete: str) -> int:
    """Count a write, and with it outdate what any worker kept of upstream."""
    statement = (
        update(athletes)
        .where(athletes.c.athlete == athlete)
        .values(writes=athletes.c.writes + 1)
        .returning(athletes.c.writes)
    )
    return int(connection.execute(statement).scalar_one())


def _forget_old(connection: Connection, author: Author) -> None:
    old = and_(
        journal.c.athlete == author.athlete,
        journal.c.written_at < author.now - KEPT,
    )
    connection.execute(delete(journal).where(old))


def _is(entry: Entry) -> Any:
    return and_(journal.c.athlete == entry.athlete, journal.c.number == entry.number)


def _row(entry: Entry) -> dict[str, object]:
    return {
        "athlete": entry.athlete,
        "number": entry.number,
        "device_id": entry.device_id,
        "write_id": entry.write_id,
        "kind": entry.kind,
        "source": entry.source,
        "target": entry.target,
        "before_json": _written(entry.before),
        "after_json": _written(entry.after),
        "written_at": entry.written_at,
        "undone_at": entry.undone_at,
    }


def _entry(row: Row[Any]) -> Entry:
    values = dict(row._mapping)
    before, after = values.pop("before_json"), values.pop("after_json")
    if values.get("device_name", "") is None:
        del values["device_name"]
    return Entry(**values, before=json.loads(before), after=json.loads(after))


def _written(values: Values | None) -> str:
    return json.dumps(None if values is None else dict(values), ensure_ascii=False)
