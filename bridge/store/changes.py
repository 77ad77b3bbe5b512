"""What was known of upstream, what changed, and who looks next.

A change, its cursor, what is known from then on and what is to be told of it are
written in one transaction: none of them exists without the others. The row of ``looks``
counts the cursors and is locked by who commits, so that cursors come in the order of
commits, without a gap.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from sqlalchemy import (
    Connection,
    Row,
    and_,
    bindparam,
    case,
    delete,
    literal,
    null,
    or_,
    select,
    update,
)

from bridge.domain.changes.change import (
    Change,
    Comparison,
    How,
    Known,
    Noun,
    Thing,
    Values,
)
from bridge.domain.changes.schedule import Called, LedgerState
from bridge.domain.flat import Flat
from bridge.domain.messages.message import Message
from bridge.store.database import Database
from bridge.store.journal import note_write
from bridge.store.outbox import Outbox
from bridge.store.tables import Instant, acknowledged, changes, known, looks

LEASE = timedelta(seconds=60)  # longer than any look
MOST_AT_ONCE = 500  # rows of one statement
_ASKED_EVERY = timedelta(minutes=1)
_KNOWN = select(known.c.id, known.c.digest, known.c.day).where(
    known.c.athlete == bindparam("athlete"), known.c.kind == bindparam("kind")
)
_KNOWN_DAYS = _KNOWN.where(
    known.c.day >= bindparam("oldest"), known.c.day <= bindparam("newest")
)
_STATE = select(looks).where(looks.c.athlete == bindparam("athlete"))
_FIRST_DAY = (
    select(known.c.day)
    .where(known.c.athlete == bindparam("athlete"), known.c.day.is_not(None))
    .order_by(known.c.day)
    .limit(1)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A row of the feed."""

    cursor: int
    at: datetime
    change: Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A part of the feed.

    ``cursor`` is where the next part begins; ``head`` is that of the newest change.
    """

    items: tuple[Item, ...]
    cursor: int
    head: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LookResult:
    """What one reading of upstream means: handed to :meth:`Changes.commit`.

    Attributes
    ----------
    before
        The state as it was claimed.
    after
        The state as it is from now on; its cursor is not looked at.
    at
        When it was read.
    """

    before: LedgerState
    after: LedgerState
    at: datetime
    comparison: Comparison = field(default_factory=Comparison)


class Changes:
    """Reads and writes the tables of the ledger."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ensure(self, athlete: str) -> None:
        """Begin a ledger where there is none; its first look is due at once."""
        if self.state(athlete) is not None:
            return
        row = {"athlete": athlete, "cursor": 0, "looks": 0, "timezone": ""}
        row |= {"read_kinds": "", "empty_chunks": 0, "lease_by": ""}
        statement = self._database.insert(looks).values(row).on_conflict_do_nothing()
        with self._database.writing() as connection:
            connection.execute(statement)

    def state(self, athlete: str) -> LedgerState | None:
        """Return how far a ledger is; None before it was begun."""
        row = self._database.first(_STATE, athlete=athlete)
        return None if row is None else _state(row)

    def ask(self, athlete: str, now: datetime) -> LedgerState:
        """Note that somebody asks, once a minute; begin the ledger where there is none.

        While somebody asks, the background looks each minute.
        """
        state = self.state(athlete)
        if state is None:
            self.ensure(athlete)
            state = LedgerState(athlete=athlete)
        if state.asked_at is None or not (
            timedelta(0) <= now - state.asked_at < _ASKED_EVERY
        ):
            values: dict[str, object] = {"asked_at": now}
            soon = now + _ASKED_EVERY
            if state.next_look_at is not None and state.next_look_at > soon:
                values["next_look_at"] = soon
            mine = update(looks).where(looks.c.athlete == athlete)
            with self._database.writing() as connection:
                connection.execute(mine.values(values))
            state = replace(state, asked_at=now)
        return state

    def claim(self, athlete: str, now: datetime, lease_by: str) -> LedgerState | None:
        """Take a ledger for one look; None while somebody else has it.

        ``lease_by`` is a name that nobody else has. Who dies with it has lost it a
        minute later.
        """
        mine = looks.c.athlete == athlete
        return self._claim(and_(mine, _is_free(now)), now, lease_by)

    def claim_due(self, now: datetime, lease_by: str) -> LedgerState | None:
        """Take the ledger that waits longest for something that is due; None: none."""
        peek = select(looks.c.athlete).where(_is_free(now), _is_due(now)).limit(1)
        if self._database.first(peek) is None:  # no lock is taken for nothing
            return None
        due = (
            select(looks.c.athlete)
            .where(_is_free(now), _is_due(now))
            .order_by(looks.c.next_look_at.nulls_first())
            .limit(1)
            .with_for_update(skip_locked=True)  # which SQLite leaves out
        )
        mine = looks.c.athlete == due.scalar_subquery()
        return self._claim(and_(mine, _is_free(now)), now, lease_by)

    def _claim(self, which: Any, now: datetime, lease_by: str) -> LedgerState | None:
        statement = (
            update(looks)
            .where(which)
            .values(
                lease_by=lease_by,
                lease_until=now + LEASE,
                called=_renamed({"waiting": "taken", "again": "repeated"}),
            )
            .returning(looks)
        )
        with self._database.writing() as connection:
            row = connection.execute(statement).first()
        return None if row is None else _state(row)

    def release(self, state: LedgerState, next_look_at: datetime) -> None:
        """Give a ledger back unchanged, to be looked at later: a look failed.

        What called for a look goes on calling.
        """
        with self._database.writing() as connection:
            connection.execute(
                update(looks)
                .where(_is_held(state))
                .values(
                    lease_by="",
                    lease_until=None,
                    next_look_at=_unless_called(next_look_at),
                    called=_renamed({"taken": "waiting", "repeated": "waiting"}),
                )
            )

    def make_due(self, athlete: str) -> None:
        """Let the background look as soon as it may: a minute after the last look.

        During a look, which may have read before what this tells of, another one is
        due right after it. Where it is due already, or no ledger was begun, nothing is
        written.
        """
        state = self.state(athlete)
        if state is None:
            return
        if state.called in ("waiting", "again") and state.next_look_at is None:
            return
        mine = update(looks).where(looks.c.athlete == athlete)
        with self._database.writing() as connection:
            connection.execute(mine.values(next_look_at=None, called="waiting"))

    def known(
        self, athlete: str, kind: Noun, days: tuple[date, date] | None = None
    ) -> dict[str, Known]:
        """Return what is known of a kind, of some days or altogether, by id."""
        asked: dict[str, object] = {"athlete": athlete, "kind": kind}
        statement = _KNOWN
        if days is not None:
            statement = _KNOWN_DAYS
            asked |= {"oldest": days[0].isoformat(), "newest": days[1].isoformat()}
        rows = self._database.all(statement, **asked)
        return {row.id: Known(digest=row.digest, day=row.day) for row in rows}

    def things(
        self, athlete: str, kind: Noun, ids: Collection[str]
    ) -> dict[str, Thing]:
        """Return what is known of some things, whole, by id."""
        wanted, rows = sorted(ids), list[Row[Any]]()
        for start in range(0, len(wanted), MOST_AT_ONCE):
            part = wanted[start : start + MOST_AT_ONCE]
            rows += self._database.all(
                select(known).where(
                    known.c.athlete == athlete,
                    known.c.kind == kind,
                    known.c.id.in_(part),
                )
            )
        return {row.id: _thing(row) for row in rows}

    def first_day(self, athlete: str) -> str | None:
        """Return the first day of which anything is known."""
        row = self._database.first(_FIRST_DAY, athlete=athlete)
        return None if row is None else str(row.day)

    def commit(
        self, result: LookResult, messages: Sequence[Message] = ()
    ) -> int | None:
        """Write what a look found, all of it or nothing, and give the ledger back.

        Parameters
        ----------
        result
            What was read.
        messages
            What is to be told of it.

        Returns
        -------
        int | None
            The cursor of the newest change; None if the lease was lost meanwhile:
            somebody else looks, and nothing was written.
        """
        with self._database.writing() as connection:
            cursor = self._give_back(connection, result)
            if cursor is None:
                return None
            news = _without_repeats(connection, result)
            cursor = self._add(connection, result, news, cursor)
            self._remember(connection, result)
            self.tell(connection, result, messages)
        return cursor

    def tell(
        self, connection: Connection, result: LookResult, messages: Sequence[Message]
    ) -> None:
        """Write messages beside the changes they tell of."""
        outbox = Outbox(self._database)
        outbox.put(connection, result.before.athlete, messages, result.at)

    def _give_back(self, connection: Connection, result: LookResult) -> int | None:
        """Write the state and lock the row; return the cursor before."""
        after, before = result.after, result.before
        if after.looks == before.looks:  # a chunk of the history: answers nothing
            called = _renamed({"taken": "waiting", "repeated": "waiting"})
        elif before.called == "repeated":  # never three looks on end
            called = _renamed({"repeated": ""})
        else:
            called = _renamed({"waiting": "again", "taken": ""})
        statement = (
            update(looks)
            .where(_is_held(before))
            .values(
                looks=after.looks,
                timezone=after.timezone,
                last_look_at=after.last_look_at,
                next_look_at=_unless_called(after.next_look_at),
                called=called,
                has_own=int(after.has_own),
                deep_at=after.deep_at,
                read_kinds=",".join(sorted(after.read_kinds)),
                chunk_newest=_written(after.chunk_newest),
                empty_chunks=after.empty_chunks,
                passed_on=_written(after.passed_on),
                lease_by="",
                lease_until=None,
            )
            .returning(looks.c.cursor)
        )
        cursor: int | None = connection.execute(statement).scalar_one_or_none()
        return cursor

    def _add(
        self,
        connection: Connection,
        result: LookResult,
        news: Sequence[Change],
        cursor: int,
    ) -> int:
        if not news:
            return cursor
        athlete = result.before.athlete
        rows = [
            {
                "athlete": athlete,
                "cursor": cursor + number,
                "at": result.at,
                "kind": change.kind,
                "id": change.id,
                "change": change.change,
                "fields": ",".join(change.fields),
                "summary_json": _json(change.summary),
            }
            for number, change in enumerate(news, 1)
        ]
        connection.execute(self._database.insert(changes), rows)
        newest = cursor + len(rows)
        mine = update(looks).where(looks.c.athlete == athlete)
        connection.execute(mine.values(cursor=newest))
        note_write(connection, athlete)  # what was read of upstream before is old
        return newest

    def _remember(self, connection: Connection, result: LookResult) -> None:
        athlete, comparison = result.before.athlete, result.comparison
        rows = [
            {
                "athlete": athlete,
                "kind": thing.kind,
                "id": thing.id,
                "day": thing.day,
                "digest": thing.digest,
                "values_json": _json(thing.values),
                "about_json": _json(thing.about),
                "seen_at": result.at,
            }
            for thing in comparison.things
        ]
        if rows:
            statement = self._database.insert(known)
            names = ("day", "digest", "values_json", "about_json", "seen_at")
            connection.execute(
                statement.on_conflict_do_update(
                    index_elements=["athlete", "kind", "id"],
                    set_={name: statement.excluded[name] for name in names},
                ),
                rows,
            )
        for kind, thing_id in comparison.gone:
            connection.execute(
                delete(known).where(
                    known.c.athlete == athlete,
                    known.c.kind == kind,
                    known.c.id == thing_id,
                )
            )

    def head(self, athlete: str) -> int:
        """Return the cursor of the newest change; 0 where there is none."""
        state = self.state(athlete)
        return 0 if state is None else state.cursor

    def page(
        self, athlete: str, cursor: int, kinds: Collection[str], most: int
    ) -> Page:
        """Return what changed after ``cursor``, the oldest first.

        ``kinds`` empty is every kind. Where that is all there is, the next part begins
        behind the newest change, whatever its kind.
        """
        head = self.head(athlete)
        statement = (
            select(changes)
            .where(
                changes.c.athlete == athlete,
                changes.c.cursor > cursor,
                changes.c.cursor <= head,
            )
            .order_by(changes.c.cursor)
            .limit(most)
        )
        if kinds:
            statement = statement.where(changes.c.kind.in_(sorted(kinds)))
        items = tuple(map(_item, self._database.all(statement)))
        is_all = len(items) < most
        return Page(items=items, cursor=head if is_all else items[-1].cursor, head=head)

    def acknowledge(self, device_id: str) -> int:
        """Return where a device goes on: it has what its last answer had."""
        row = self._database.first(
            select(acknowledged).where(acknowledged.c.device_id == device_id)
        )
        return 0 if row is None else int(row.handed)

    def hand(self, device_id: str, since: int, cursor: int) -> None:
        """Note how far an answer goes that a device is given now."""
        statement = self._database.insert(acknowledged).values(
            device_id=device_id, cursor=since, handed=cursor
        )
        with self._database.writing() as connection:
            connection.execute(
                statement.on_conflict_do_update(
                    index_elements=["device_id"],
                    set_={"cursor": since, "handed": cursor},
                )
            )


def _without_repeats(connection: Connection, result: LookResult) -> list[Change]:
    """Leave out what was said of a day of wellness today already: a watch sends it on.

    One item a day and set of fields is enough; who reads it then reads the newest.
    """
    local = result.after.local(result.at)
    midnight = datetime.combine(local.date(), time(), local.tzinfo)
    news = []
    for change in result.comparison.changes:
        if change.kind == "wellness" and change.change == "edited":
            said = select(changes.c.cursor).where(
                changes.c.athlete == result.before.athlete,
                changes.c.kind == change.kind,
                changes.c.id == change.id,
                changes.c.fields == ",".join(change.fields),
                changes.c.at >= midnight,
            )
            if connection.execute(said.limit(1)).first() is not None:
                continue
        news.append(change)
    return news


def _is_free(now: datetime) -> Any:
    """Tell whether nobody holds a ledger; a lease of a clock that was set back ends."""
    until = looks.c.lease_until
    return or_(until.is_(None), until <= now, until > now + LEASE)


def _is_due(now: datetime) -> Any:
    at = looks.c.next_look_at
    return or_(at.is_(None), at <= now, at > now + timedelta(days=2))


def _renamed(names: Mapping[Called, Called]) -> Any:
    """Return what a call is from now on, by what it was; another stays as it is."""
    return case(names, value=looks.c.called, else_=looks.c.called)


def _unless_called(at: datetime | None) -> Any:
    """Return when a look is due: at once where a call came since it was claimed."""
    return case((looks.c.called == "waiting", null()), else_=literal(at, Instant))


def _is_held(state: LedgerState) -> Any:
    return and_(looks.c.athlete == state.athlete, looks.c.lease_by == state.lease_by)


def _state(row: Row[Any]) -> LedgerState:
    values = dict(row._mapping)
    del values["lease_until"]
    for name in ("chunk_newest", "passed_on"):
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    kinds = frozenset(filter(None, values.pop("read_kinds").split(",")))
    has_own = bool(values.pop("has_own"))
    return LedgerState(**values, read_kinds=kinds, has_own=has_own)


def _thing(row: Row[Any]) -> Thing:
    return Thing(
        kind=cast("Noun", row.kind),
        id=row.id,
        day=row.day,
        values=json.loads(row.values_json),
        about=json.loads(row.about_json),
    )


def _item(row: Row[Any]) -> Item:
    change = Change(
        kind=cast("Noun", row.kind),
        id=row.id,
        change=cast("How", row.change),
        fields=tuple(filter(None, row.fields.split(","))),
        summary=json.loads(row.summary_json),
    )
    return Item(cursor=row.cursor, at=row.at, change=change)


def _json(values: Values | Flat | Mapping[str, object]) -> str:
    return json.dumps(dict(values), ensure_ascii=True, separators=(",", ":"))


def _written(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
