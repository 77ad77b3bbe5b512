"""Furnish an account and fill it with two years of training."""

from __future__ import annotations

import pickle
import random
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from bridge.simulator.activities import recording
from bridge.simulator.activities import records as activities
from bridge.simulator.athlete.sports import RIDES, RUNS, athlete_sports
from bridge.simulator.fields.bodies import Record
from bridge.simulator.moments import stamp
from bridge.simulator.seed import life as seed_life
from bridge.simulator.seed import plan as seed_plan
from bridge.simulator.seed import things as seed_things
from bridge.simulator.seed.season import HISTORY_DAYS, train
from bridge.simulator.seed.session import Session

if TYPE_CHECKING:
    from bridge.simulator.world import World

STUB_DAYS = ((5, True), (6, False), (19, True), (20, False), (41, True))
HIDDEN_LOADS = {41: 65}  # fitness counts what Strava hides
UNANALYSED_DAYS_AGO = 4


def furnish(world: World, timezone: str) -> None:
    """Set up what an account has from its first minute."""
    activated = stamp(world.now() - timedelta(days=HISTORY_DAYS + 3))
    world.sports = athlete_sports(world.athlete_id, activated)
    world.athlete = seed_things.new_athlete(world, timezone, activated)
    seed_things.add_forecast(world)


MOULDS_KEPT = 4
_moulds: dict[tuple[object, ...], bytes] = {}


def populate(world: World) -> None:
    """Fill the account, as before where seed and clock are as before.

    Tests build many worlds alike; pouring one from a mould is ten times faster.
    """
    key = (world.seed, world.now(), world.athlete_id, str(world.zone))
    if key not in _moulds:
        _fill(world)
        while len(_moulds) >= MOULDS_KEPT:
            _moulds.pop(next(iter(_moulds)), None)
        _moulds[key] = pickle.dumps(world.shelves())
    else:
        world.furnish(pickle.loads(_moulds[key]))  # noqa: S301 - bytes of our own
    world.touch()


def _fill(world: World) -> None:
    """Fill the account: training, sleep, plans, gear, messages."""
    world.start_fitness = (34.0, 36.0)
    seed_things.add_gear(world)
    _train(world)
    seed_things.add_reminders(world)
    _add_oddities(world)
    seed_life.sleep(world)
    seed_plan.add_library(world)
    seed_plan.add_calendar(world)
    seed_things.add_conversations(world)
    seed_things.add_custom_items(world)


def _train(world: World) -> None:
    today = world.today()
    for day, clock, session in train(world.seed, today):
        wall = datetime.combine(day, datetime.strptime(clock, "%H:%M:%S").time())  # noqa: DTZ007 - a wall clock has no zone
        rng = random.Random(f"{world.seed}:{day}:{session.name}")
        recording.store(world, wall, session, **_extras(world, session, day, rng))


def _extras(world: World, session: Session, day: date, rng: random.Random) -> Record:
    extras: Record = {"gear": seed_things.gear_for(world, session, day)}
    if rng.random() < 0.6:
        effort = max(piece.effort for piece in session.pieces if piece.seconds > 30)
        rpe = min(10, max(1, round(effort * 7) + rng.randint(-1, 1)))
        minutes = sum(piece.seconds for piece in session.pieces) // 60
        extras |= {"icu_rpe": rpe, "feel": rng.randint(1, 4)}
        extras |= {"session_rpe": rpe * minutes}
    if session.type in RIDES and session.indoor:
        extras |= {"source": "ZWIFT", "device_name": "Zwift", "average_temp": 21.0}
    elif session.type in RIDES:
        extras |= {"route_id": seed_things.route_for(world, session.name)}
        extras |= {"device_name": "Wahoo ELEMNT ROAM", "source": "WAHOO"}
        extras |= {"tags": ["group"]} if rng.random() < 0.2 else {}
    if session.type in RUNS and session.name.startswith("Long"):
        extras |= {"tags": ["long"]}
    if not session.indoor:
        extras |= _weather(rng, day)
    return extras


def _weather(rng: random.Random, day: date) -> Record:
    warm = 11 - 9 * abs(day.month - 7) / 3 + rng.uniform(-3, 3) + 6
    return {
        "has_weather": True,
        "average_weather_temp": round(warm, 3),
        "min_weather_temp": round(warm - 1.5, 3),
        "max_weather_temp": round(warm + 1.5, 3),
        "average_feels_like": round(warm - 1.2, 3),
        "average_wind_speed": round(rng.uniform(0.8, 6), 4),
        "average_wind_gust": round(rng.uniform(6, 11), 4),
        "prevailing_wind_deg": rng.randrange(0, 360, 5),
        "headwind_percent": round(rng.uniform(15, 40), 4),
        "tailwind_percent": round(rng.uniform(15, 40), 4),
        "average_clouds": rng.randint(0, 100),
        "max_rain": 0.0,
        "max_snow": 0.0,
    }


def _add_oddities(world: World) -> None:
    """Add what breaks naive clients: stubs, a raw upload, an infinite number."""
    for days_ago, note in STUB_DAYS:
        day = world.today() - timedelta(days=days_ago)
        recording.add_stub(
            world,
            note=note,
            hidden_load=HIDDEN_LOADS.get(days_ago, 0),
            start_date_local=f"{day}T12:31:05",
        )
    walk_day = world.today() - timedelta(days=UNANALYSED_DAYS_AGO)
    walk = recording.add(
        world,
        {
            "type": "Walk",
            "name": "Walk, not analysed yet",
            "start_date_local": f"{walk_day}T13:05:00",
            "moving_time": 1500,
        },
    )
    walk |= {"analyzed": None, "icu_lap_count": None}
    _mark_infinite(world)


def _mark_infinite(world: World) -> None:
    """Give one lap the text that upstream once sent for a division by zero."""
    for record in activities.newest_first(world):
        laps = activities.laps(world, record)
        if record.get("type") == "Run" and any(lap.label for lap in laps):
            laps[0].extra["decoupling"] = "-Infinity"
            return
