"""Hold everything upstream knows about one pretend athlete."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, Self
from zoneinfo import ZoneInfo

from bridge.simulator.activities import recording
from bridge.simulator.activities import records as activities
from bridge.simulator.activities.laps import Lap
from bridge.simulator.activities.streams import Streams, draw
from bridge.simulator.activities.totals import Athlete
from bridge.simulator.athlete import fitness, wellness
from bridge.simulator.athlete.fitness import DaysOf, Fitness
from bridge.simulator.calendar import events
from bridge.simulator.faults import Switches
from bridge.simulator.fields.bodies import Record
from bridge.simulator.moments import stamp
from bridge.simulator.seed.seeding import furnish, populate
from bridge.simulator.seed.session import Session

PROJECTION_DAYS = 120
FIRST_IDS = {
    "activity": 61840112,
    "event": 70510001,
    "lap": 310001,
    "workout": 880001,
    "folder": 52001,
    "gear": 7101,
    "reminder": 301,
    "message": 910001,
    "chat": 61001,
    "sport": 410005,
    "custom_item": 2201,
    "route": 33001,
}


@dataclass(frozen=True, slots=True)
class RecordedRequest:
    """One request as it arrived, so that tests can count and compare."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Any


class World:
    """A seeded athlete who rides, runs, swims, sleeps and plans.

    Parameters
    ----------
    seed
        Same seed and clock, same world.
    now
        Returns an aware UTC datetime; the wall clock when left out.
    populated
        False gives a beginner: an account with sports, but without any data.
    """

    def __init__(  # noqa: PLR0913 - tests name what they need, the rest has defaults
        self,
        seed: int = 1,
        now: Callable[[], datetime] | None = None,
        athlete_id: str = "i424242",
        api_key: str = "sim-4f7a90c2d1e8b365",
        timezone: str = "Europe/Berlin",
        *,
        populated: bool = True,
    ) -> None:
        self.seed, self.athlete_id, self.api_key = seed, athlete_id, api_key
        self.now = now or (lambda: datetime.now(UTC))
        self.zone = ZoneInfo(timezone)
        self.switches = Switches()
        self.requests: list[RecordedRequest] = []
        self.lock = threading.RLock()
        self.oauth_tokens: set[str] = set()
        self.custom_wellness_keys: set[str] = set()
        self._ids = dict(FIRST_IDS)
        self._version, self._fitness_key = 0, (-1, date.min, False)
        self._series: dict[date, Fitness] = {}
        self._after: dict[str, tuple[float, float]] = {}
        self._drawn = lru_cache(maxsize=24)(self._draw)
        before = set(vars(self))
        self._make_shelves()
        self._kept = (*sorted(set(vars(self)) - before), "_ids")
        furnish(self, timezone)
        if populated:
            populate(self)

    def _make_shelves(self) -> None:
        self.athlete: Record = {}
        self.sports: list[Record] = []
        self.pending_sports: dict[int, datetime] = {}
        self.activities: dict[str, Record] = {}
        self.sessions: dict[str, tuple[Session, Athlete]] = {}
        self.recorded: dict[str, Streams] = {}
        self.files: dict[str, bytes] = {}
        self.uploads: dict[str, list[str]] = {}
        self.tombstones: set[str] = set()
        self.laps: dict[str, list[Lap]] = {}
        self.messages: dict[str, list[Record]] = {}
        self.wellness: dict[str, Record] = {}
        self.events: dict[int, Record] = {}
        self.folders: dict[int, Record] = {}
        self.workouts: dict[int, Record] = {}
        self.gear: dict[str, Record] = {}
        self.chats: dict[int, Record] = {}
        self.chat_messages: dict[int, list[Record]] = {}
        self.custom_items: dict[int, Record] = {}
        self.routes: dict[int, Record] = {}
        self.training_plan: Record = {}
        self.forecasts: list[Record] = []
        self.start_fitness = (0.0, 0.0)

    def shelves(self) -> dict[str, Any]:
        """Return everything that is kept, without clock, lock or switches."""
        return {name: vars(self)[name] for name in self._kept}

    def furnish(self, shelves: Mapping[str, Any]) -> None:
        """Take over what another world kept."""
        vars(self).update(shelves)

    @classmethod
    def empty(cls, **options: Any) -> Self:
        """Return a beginner's world: an account without any data."""
        return cls(populated=False, **options)

    # Time and numbers.

    def today(self) -> date:
        """Return the athlete's local day."""
        return self.local_now().date()

    def local_now(self) -> datetime:
        """Return the athlete's wall clock, without offset."""
        return self.now().astimezone(self.zone).replace(tzinfo=None)

    def utc_of(self, wall: datetime) -> datetime:
        """Return the instant of a wall clock of the athlete."""
        return wall.replace(tzinfo=self.zone).astimezone(UTC)

    def stamp(self) -> str:
        """Return now as upstream stamps it."""
        return stamp(self.now())

    def next_id(self, kind: str) -> int:
        """Return a fresh number for a thing."""
        self._ids[kind] += 1
        return self._ids[kind]

    def touch(self) -> None:
        """Forget what was computed: something was written."""
        self._version += 1

    # Adding things simply.

    def add_activity(self, **fields: Any) -> Record:
        """Add an activity; every field has a believable default."""
        return recording.add(self, fields)

    def add_event(self, **fields: Any) -> Record:
        """Add a calendar event; by default a workout for today."""
        return events.add(self, fields)

    def set_wellness(self, day: date | str, **fields: Any) -> Record:
        """Set fields of one wellness day, computed ones excepted."""
        return wellness.put(self, str(day), fields)

    # Fitness.

    def fitness_on(self, day: date) -> Fitness:
        """Return fitness of a day; before the first day it is what it started with."""
        self._refresh()
        start = Fitness(*self.start_fitness, 0.0)
        return self._series.get(day, start)

    def fitness_after(self, activity_id: str) -> tuple[float, float] | None:
        """Return ctl and atl as they stood after an activity."""
        self._refresh()
        return self._after.get(activity_id)

    def _refresh(self) -> None:
        key = (self._version, self.today(), self.switches.planned_bake)
        if key == self._fitness_key:
            return
        self._fitness_key = key
        done, planned = activities.loads(self), events.planned_loads(self)
        totals = {day: float(sum(x for _, x in rows)) for day, rows in done.items()}
        for day, load in planned.items():
            totals[day] = totals.get(day, 0.0) + load
        days_of = events.fitness_days(self)
        first = min(totals, default=self.today())
        last = max(self.today(), max(totals, default=self.today()))
        last += timedelta(days=PROJECTION_DAYS)
        self._series = fitness.series(
            totals, first, last, start=self.start_fitness, days_of=days_of
        )
        self._snapshot(done, days_of)

    def _snapshot(
        self, done: Mapping[date, list[tuple[str, float]]], days_of: DaysOf
    ) -> None:
        self._after = {}
        for day, rows in done.items():
            eve = self._series.get(day - timedelta(days=1))
            before = (eve.ctl, eve.atl) if eve else self.start_fitness
            loads = [load for _, load in rows]
            states = fitness.after_each(loads, before, days_of(day))
            self._after |= {
                row[0]: state for row, state in zip(rows, states, strict=True)
            }

    # Streams and laps.

    def streams_of(self, activity_id: str) -> Streams | None:
        """Return an activity's streams: recorded ones, or drawn on first use."""
        if activity_id in self.recorded:
            return self.recorded[activity_id]
        if activity_id not in self.sessions:
            return None
        return self._drawn(activity_id)

    def _draw(self, activity_id: str) -> Streams:
        session, athlete = self.sessions[activity_id]
        totals = self.activities[activity_id] | activities.drawn_totals(
            self.sessions[activity_id], self.activities[activity_id]
        )
        return draw(f"{self.seed}:{activity_id}", session, athlete, totals)
