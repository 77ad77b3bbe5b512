"""Furnish an account and fill it with two years of training, sleep and plans."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from bridge.simulator.activities import records
from bridge.simulator.athlete.sports import RIDES, RUNS, athlete_sports
from bridge.simulator.fields.bodies import Record
from bridge.simulator.moments import stamp
from bridge.simulator.seed import plan, things
from bridge.simulator.seed.sessions import HISTORY_DAYS, Session, train
from bridge.simulator.state import Shelves, State

STUB_DAYS = ((5, True), (6, False), (19, True), (20, False), (41, True))
HIDDEN_LOADS = {41: 65}  # fitness counts what Strava hides
UNANALYSED_DAYS_AGO = 4
FORGETS = 0.14


def furnish(state: State, timezone: str) -> None:
    """Set up what an account has from its first minute."""
    activated = stamp(state.now() - timedelta(days=HISTORY_DAYS + 3))
    state.sports = athlete_sports(state.athlete_id, activated)
    state.athlete = things.new_athlete(state, timezone, activated)
    things.add_forecast(state)


def populate(state: State) -> None:
    """Fill the account: training, sleep, plans, gear, messages."""
    state.start_fitness = (34.0, 36.0)
    things.add_gear(state)
    _train(state)
    things.add_reminders(state)
    _add_oddities(state)
    _sleep(state)
    plan.add_library(state)
    plan.add_calendar(state)
    _let_a_coach_comment(state)
    things.add_custom_items(state)
    state.touch()


def populate_alike(state: State) -> None:
    """Fill the account as one was filled that had its seed, owner, hour and place.

    Tests build thousands of worlds alike; a copy takes a hundredth of the time.
    """
    mould = _mould(state.seed, state.now(), state.athlete_id, str(state.zone))
    for name, shelf in mould.items():
        # What hangs in these records is only ever replaced, and hence shared.
        flat = name in ("activities", "wellness")
        copied = {key: shelf[key].copy() for key in shelf} if flat else _copy_of(shelf)
        setattr(state, name, copied)
    state.touch()


@lru_cache(maxsize=12)
def _mould(
    seed: int, moment: datetime, athlete_id: str, timezone: str
) -> dict[str, Any]:
    state = State(seed, lambda: moment, athlete_id, "", timezone)
    furnish(state, timezone)
    populate(state)
    return {name: vars(state)[name] for name in vars(Shelves())}


def _copy_of(shelf: Any) -> Any:
    """Copy dicts and lists all the way down; all else cannot be changed."""
    if type(shelf) is dict:
        return {name: _copy_of(value) for name, value in shelf.items()}
    if type(shelf) is list:
        return [_copy_of(value) for value in shelf]
    return shelf


def _train(state: State) -> None:
    today = state.today()
    for day, clock, session in train(state.seed, today):
        wall = datetime.combine(day, time.fromisoformat(clock))
        rng = random.Random(f"{state.seed}:{day}:{session.name}")
        records.store(state, wall, session, **_extras(state, session, day, rng))


def _extras(state: State, session: Session, day: date, rng: random.Random) -> Record:
    extras: Record = {"gear": things.gear_for(state, session, day)}
    if rng.random() < 0.6:
        effort = max(piece.effort for piece in session.pieces if piece.seconds > 30)
        rpe = min(10, max(1, round(effort * 7) + rng.randint(-1, 1)))
        minutes = sum(piece.seconds for piece in session.pieces) // 60
        extras |= {"icu_rpe": rpe, "feel": rng.randint(1, 4)}
        extras |= {"session_rpe": rpe * minutes}
    if session.type in RIDES and session.indoor:
        extras |= {"source": "ZWIFT", "device_name": "Zwift", "average_temp": 21.0}
    elif session.type in RIDES:
        extras |= {"route_id": things.route_for(state, session.name)}
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


def _add_oddities(state: State) -> None:
    """Add what breaks naive clients: stubs, a raw upload, an infinite number."""
    for days_ago, note in STUB_DAYS:
        day = state.today() - timedelta(days=days_ago)
        records.add_stub(
            state,
            note=note,
            hidden_load=HIDDEN_LOADS.get(days_ago, 0),
            start_date_local=f"{day}T12:31:05",
        )
    walk_day = state.today() - timedelta(days=UNANALYSED_DAYS_AGO)
    walk = records.add(
        state,
        {
            "type": "Walk",
            "name": "Walk, not analysed yet",
            "start_date_local": f"{walk_day}T13:05:00",
            "moving_time": 1500,
        },
    )
    walk |= {"analyzed": None, "icu_lap_count": None}
    _mark_infinite(state)


def _mark_infinite(state: State) -> None:
    """Give one lap the text that upstream once sent for a division by zero."""
    for record in state.newest_first():
        laps = records.laps(state, record)
        if record.get("type") == "Run" and any(lap.label for lap in laps):
            laps[0].extra["decoupling"] = "-Infinity"
            return


def _sleep(state: State) -> None:
    """Fill two years of wellness, with gaps; last night is always there."""
    today = state.today()
    for days_ago in range(HISTORY_DAYS, -1, -1):
        day = today - timedelta(days=days_ago)
        rng = random.Random(f"{state.seed}:night:{day}")
        if days_ago and rng.random() < FORGETS:
            continue
        row = _night(day, days_ago, rng)
        woke = f"{day}T06:{rng.randint(10, 59)}:21.40{rng.randint(0, 9)}+00:00"
        row["updated"] = min(woke, state.stamp())
        state.wellness[day.isoformat()] = row


def _night(day: date, days_ago: int, rng: random.Random) -> Record:
    tired = day.weekday() in (0, 4)
    hours = rng.gauss(7.4, 0.7) - (0.5 if tired else 0)
    row: Record = {
        "restingHR": round(rng.gauss(48, 1.6)) + tired,
        "hrv": round(rng.gauss(68, 7) - 5 * tired, 1),
        "sleepSecs": round(hours * 60) * 60,
        "sleepScore": float(max(30, min(98, round(hours * 11)))),
        "avgSleepingHR": round(rng.gauss(51, 1.5), 1),
        "spO2": round(rng.uniform(95, 98), 1),
        "respiration": round(rng.uniform(13.2, 14.8), 1),
        "tempRestingHR": False,
    }
    if days_ago:
        row["steps"] = rng.randint(4200, 14800)
    if days_ago == 0 or rng.random() < 0.45:
        row["weight"] = round(71.4 + days_ago / 365 + rng.uniform(-0.5, 0.5), 1)
        row["tempWeight"] = False
    if rng.random() < 0.4:
        row |= _feelings(rng)
    if day.day == 1:
        row |= {"vo2max": 54.0, "bodyFat": round(rng.uniform(12, 14), 1)}
    return row


def _feelings(rng: random.Random) -> Record:
    row: Record = {
        name: rng.choice((1, 2, 2, 3))
        for name in ("sleepQuality", "mood", "motivation")
    }
    row |= {
        name: rng.choice((1, 1, 2, 3)) for name in ("soreness", "fatigue", "stress")
    }
    if rng.random() < 0.2:
        row["comments"] = rng.choice(
            ["Legs are good", "Slept badly", "A bit of a cough"]
        )
    return row


def _let_a_coach_comment(state: State) -> None:
    rng = random.Random(f"{state.seed}:talk")
    words = ["Nicely paced.", "Keep the easy days easy.", "How were the legs?"]
    own = [row for row in state.newest_first() if row["id"] in state.sessions]
    for record in own[:3]:
        records.comment(state, record, rng.choice(words), "i515151", "Coach Kim")
