"""A pretend athlete: an account that was seeded, and that tests add to simply."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, Self

from bridge.simulator.activities import records, streams
from bridge.simulator.athlete import fitness, wellness
from bridge.simulator.athlete.fitness import Fitness
from bridge.simulator.calendar import events
from bridge.simulator.fields.bodies import Record, Streams
from bridge.simulator.seed.life import furnish, populate, populate_alike
from bridge.simulator.state import State


class World(State):
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
        clock = now or (lambda: datetime.now(UTC))
        super().__init__(seed, clock, athlete_id, api_key, timezone)
        furnish(self, timezone)
        if populated and now is None:
            populate(self)
        elif populated:
            populate_alike(self)

    @classmethod
    def empty(cls, **options: Any) -> Self:
        """Return a beginner's world: an account without any data."""
        return cls(populated=False, **options)

    def add_activity(self, **fields: Any) -> Record:
        """Add an activity; every field has a believable default."""
        return records.add(self, fields)

    def add_event(self, **fields: Any) -> Record:
        """Add a calendar event; by default a workout for today."""
        return events.add(self, fields)

    def set_wellness(self, day: date | str, **fields: Any) -> Record:
        """Set fields of one wellness day, computed ones excepted."""
        return wellness.put(self, str(day), fields)

    def fitness_on(self, day: date) -> Fitness:
        """Return fitness of a day; before the first day it is what it started with."""
        return fitness.fitness_on(self, day)

    def streams_of(self, activity_id: str) -> Streams | None:
        """Return an activity's streams: recorded ones, or drawn on first use."""
        return streams.streams_of(self, activity_id)
