"""Hold what upstream knows of one athlete, with a clock and numbers for new things.

Everything else in here reads and writes a `State`; it knows nothing of them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bridge.simulator.activities.laps import Lap
from bridge.simulator.activities.totals import Athlete
from bridge.simulator.faults import Switches
from bridge.simulator.fields.bodies import Record, Streams
from bridge.simulator.moments import read_stamp, stamp
from bridge.simulator.seed.sessions import Session

FIRST_IDS = {
    "activity": 61840112,
    "event": 70510001,
    "lap": 310001,
    "workout": 880001,
    "folder": 52001,
    "gear": 7101,
    "reminder": 301,
    "message": 910001,
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


class Shelves:
    """What an account holds; nothing in here knows of clock, lock or switches."""

    def __init__(self) -> None:
        self.athlete: Record = {}
        self.sports: list[Record] = []
        self.pending_sports: dict[int, datetime] = {}
        self.activities: dict[str, Record] = {}
        self.sessions: dict[str, tuple[Session, Athlete]] = {}
        self.recorded: dict[str, Streams] = {}
        self.files: dict[str, bytes] = {}
        self.uploads: dict[str, list[str]] = {}
        self.laps: dict[str, list[Lap]] = {}
        self.messages: dict[str, list[Record]] = {}
        self.wellness: dict[str, Record] = {}
        self.events: dict[int, Record] = {}
        self.folders: dict[int, Record] = {}
        self.workouts: dict[int, Record] = {}
        self.gear: dict[str, Record] = {}
        self.custom_items: dict[int, Record] = {}
        self.routes: dict[int, Record] = {}
        self.training_plan: Record = {}
        self.forecasts: list[Record] = []
        self.start_fitness = (0.0, 0.0)
        self.last_ids = dict(FIRST_IDS)


class State(Shelves):
    """The shelves of an account, and the time and place it lives in."""

    def __init__(
        self,
        seed: int,
        now: Callable[[], datetime],
        athlete_id: str,
        api_key: str,
        timezone: str,
    ) -> None:
        super().__init__()
        self.seed, self.athlete_id, self.api_key = seed, athlete_id, api_key
        self.now, self.zone = now, ZoneInfo(timezone)
        self.switches = Switches()
        self.requests: list[RecordedRequest] = []
        self.lock = threading.RLock()
        self.oauth_tokens: set[str] = set()
        self.custom_wellness_keys: set[str] = set()
        self.custom_activity_keys: set[str] = set()
        self.worked_out: dict[Hashable, Any] = {}  # until something is written
        self.drawn: dict[str, Streams] = {}

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

    def next_id(self, thing: str) -> int:
        """Return a fresh number for a thing."""
        self.last_ids[thing] += 1
        return self.last_ids[thing]

    def touch(self) -> None:
        """Forget what was worked out: something was written."""
        self.worked_out.clear()

    def newest_first(self) -> list[Record]:
        """Return all stored activities, the newest first."""

        def age(record: Record) -> tuple[str, str]:
            return record["start_date_local"], record["id"]

        return sorted(self.activities.values(), key=age, reverse=True)

    def is_analysed(self, record: Record) -> bool:
        """Tell whether the analysis of an activity is done by now."""
        done = record.get("analyzed")
        return done is not None and read_stamp(done) <= self.now()


def is_stub(record: Record) -> bool:
    """Tell whether Strava hides this activity."""
    return bool(record.get("_stub"))
