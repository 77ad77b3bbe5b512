"""Mirroring: all of an athlete into a database of their own, a piece at a time.

Each piece (a year, or the laps of some activities) is one transaction, with how far the
mirror is by that: who interrupts it loses nothing and goes on there the next time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import TypeVar

from bridge.domain.activity.activity import (
    RawWritableActivity,
    flatten_activity,
)
from bridge.domain.activity.lap import flatten_laps, read_laps
from bridge.domain.calendar.event import RawEvent, flatten_event
from bridge.domain.changes.schedule import (
    CHUNK_DAYS,
    DEEP_DAYS,
    EMPTY_CHUNKS,
    FIRST_DAY,
)
from bridge.domain.flat import ident, text
from bridge.domain.raw import flatten_all, record_of
from bridge.domain.wellness.custom import codes_of, custom_values
from bridge.domain.wellness.day import RawWellness, flatten_wellness
from bridge.errors import NoRecord, UpstreamBusy
from bridge.store.mirror import Mirror, MirroredNoun
from bridge.upstream.client import Client

LAPS_AT_ONCE = 25
LONGEST_WAIT_S = 60  # for a place among the calls; longer means that the day is spent
_HISTORY_EVERY = timedelta(hours=20)
_NEXT, _READ_AT, _EMPTY = "history_newest", "history_read_at", "history_empty"

Row = Mapping[str, object]
_flatten = partial(flatten_wellness, private=True)  # it is the athlete's own
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: what is done of how many pieces, as far as they are known."""

    what: str  # days or laps
    done: int
    total: int


@dataclass(slots=True, kw_only=True)
class Mirroring:
    """One run.

    Attributes
    ----------
    mirror
        Where it goes.
    client
        Returns what asks upstream: a new one for each piece, with its own deadline.
    clock
        The instant, in UTC.
    today
        The athlete's day.
    sleep
        Waits for a place among the calls.
    """

    mirror: Mirror
    client: Callable[[], Client]
    clock: Callable[[], datetime]
    today: date
    sleep: Callable[[float], object] = time.sleep

    def run(self) -> Iterator[Progress]:
        """Read what is recent, then the history where that is due, then laps.

        Raises
        ------
        UpstreamBusy
            If the calls of the day are spent: the next run goes on.
        UpstreamError, StoreDown
            If either side is away.
        """
        recent = (
            self.today - timedelta(days=DEEP_DAYS - 1),
            self.today + timedelta(days=CHUNK_DAYS),
        )
        self._read(recent, {})
        yield Progress("days", 1, 2)
        yield from self._read_history()
        yield from self._read_laps()

    def _read_history(self) -> Iterator[Progress]:
        read_at, started = self.mirror.state(_READ_AT), self.mirror.state(_NEXT)
        now = self.clock()
        if (
            not started
            and read_at
            and (now - datetime.fromisoformat(read_at) < _HISTORY_EVERY)
        ):
            return
        newest = date.fromisoformat(started) if started else self.today
        empty, done = int(self.mirror.state(_EMPTY) or 0), 1
        while True:
            days = newest - timedelta(days=CHUNK_DAYS - 1), newest
            newest = days[0] - timedelta(days=1)
            empty = self._read(days, {_NEXT: newest.isoformat()}, empty)
            done += 1
            yield Progress("days", done, done + EMPTY_CHUNKS - empty)
            if empty >= EMPTY_CHUNKS or newest < FIRST_DAY:
                break
        state = {_NEXT: "", _EMPTY: "0", _READ_AT: now.isoformat()}
        self.mirror.keep(self._at(), state=state)

    def _read(
        self, days: tuple[date, date], state: Mapping[str, str], empty: int = 0
    ) -> int:
        """Mirror some days; return how many pieces in a row had nothing."""
        client = self.client()
        ahead = min(days[1], self.today + timedelta(days=1))
        activities = self._patient(lambda: client.rows("activity", (days[0], ahead)))
        wellness = self._patient(lambda: client.rows("wellness", (days[0], ahead)))
        events = self._patient(lambda: client.rows("event", days))
        is_empty = not (activities or wellness or events)
        empty = empty + 1 if is_empty else 0
        raws = [record_of(row, RawWritableActivity) for row in activities]
        codes, at = codes_of(wellness), self._at()
        self.mirror.keep(
            at,
            activities=[
                (flat, text(raw.description, 10_000))
                for raw in raws
                for flat in flatten_all(flatten_activity, [raw])
            ],
            wellness=[
                (flat, custom_values(row, codes))
                for row in wellness
                for flat in flatten_all(_flatten, [record_of(row, RawWellness)])
            ],
            events=flatten_all(
                flatten_event, [record_of(row, RawEvent) for row in events]
            ),
            state={**state, _EMPTY: str(empty)} if state else None,
        )
        self._mark_gone("activity", activities, (days[0], ahead))
        self._mark_gone("event", events, days)
        return empty

    def _mark_gone(
        self, noun: MirroredNoun, rows: Sequence[Row], days: tuple[date, date]
    ) -> None:
        """Mark what is missing from an answer that has something, and is 404 alone."""
        if not rows:
            return
        ids = {ident(row.get("id")) for row in rows}
        gone = []
        for missing in sorted(self.mirror.ids(noun, days) - ids):
            try:
                self._patient(partial(self.client().row, noun, missing))
            except NoRecord:
                gone.append(missing)
        if gone:
            self.mirror.mark_deleted(noun, gone, self._at())

    def _read_laps(self) -> Iterator[Progress]:
        waiting = self.mirror.without_laps()
        for start in range(0, len(waiting), LAPS_AT_ONCE):
            ids = waiting[start : start + LAPS_AT_ONCE]
            rows = self._patient(partial(self.client().with_laps, ids))
            laps = dict.fromkeys(ids, ()) | {
                str(raw.id): flatten_laps(read_laps(raw), text(raw.type, 60))
                for raw in rows
            }
            known = {key: laps[key] for key in ids}
            self.mirror.keep_laps(self._at(), known)
            yield Progress("laps", start + len(ids), len(waiting))

    def _patient(self, call: Callable[[], T]) -> T:
        """Wait for a place among the calls of a minute, not for another day."""
        for _ in range(20):
            try:
                return call()
            except UpstreamBusy as error:
                if error.retry_after_s > LONGEST_WAIT_S:
                    raise
                self.sleep(error.retry_after_s)
        return call()

    def _at(self) -> str:
        return f"{self.clock():%Y-%m-%dT%H:%M:%SZ}"
