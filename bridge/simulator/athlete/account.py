"""Show the account: athlete, profile, weekly summaries, weather."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from bridge.simulator.activities import records
from bridge.simulator.athlete import sports, wellness
from bridge.simulator.athlete.fitness import fitness_on
from bridge.simulator.fields.athlete import (
    ATHLETE,
    CATEGORY_SUMMARY,
    PROFILE,
    SUMMARY,
)
from bridge.simulator.fields.bodies import Record, render
from bridge.simulator.fields.plan import CUSTOM_ITEM, SPORT_SETTINGS
from bridge.simulator.moments import monday_of
from bridge.simulator.seed.sessions import ftp_on
from bridge.simulator.state import State

COPIED_TO_WELLNESS = (
    ("icu_weight", "weight", "tempWeight"),
    ("icu_resting_hr", "restingHR", "tempRestingHR"),
)
READ_ONLY = ("id", "icu_api_key", "icu_friend_invite_token", "icu_activated", "plan")


def body(state: State) -> Record:
    """Return the account with all keys, its secrets among them."""
    shown = render(ATHLETE, state.athlete)
    shown["bikes"] = _gear(state, "Bike")
    shown["shoes"] = _gear(state, "Shoes")
    plan = state.training_plan
    shown["training_plan_id"] = plan.get("training_plan_id")
    shown["training_plan_start_date"] = plan.get("training_plan_start_date")
    return shown


def _gear(state: State, kind: str) -> list[Record]:
    pieces = [piece for piece in state.gear.values() if piece["type"] == kind]
    return [
        {
            "id": piece["id"],
            "name": piece["name"],
            "distance": piece.get("distance"),
            "primary": number == 0,
        }
        for number, piece in enumerate(pieces)
    ]


def full_body(state: State) -> Record:
    """Return the account with sport settings: there, `mmp_model` is filled."""
    rows = [sport_body(state, row, model=True) for row in state.sports]
    items = [render(CUSTOM_ITEM, item) for item in state.custom_items.values()]
    leaked = state.switches.leak_password
    secret = {"password": state.athlete["password"]} if leaked else {}
    return body(state) | {"sportSettings": rows, "custom_items": items} | secret


def sport_body(state: State, settings: Record, *, model: bool = False) -> Record:
    """Return one sport's settings with all keys."""
    shown = render(SPORT_SETTINGS, settings)
    if model and settings.get("ftp") and state.activities:
        shown["mmp_model"] = power_model(settings)
    return shown


def power_model(settings: Record) -> Record:
    """Return the power model that follows from the FTP."""
    ftp = settings["ftp"]
    return {
        "type": "FFT_CURVES",
        "criticalPower": round(ftp * 0.98),
        "wPrime": settings.get("w_prime"),
        "pMax": settings.get("p_max"),
        "inputPointIndexes": [300, 1200],
        "ftp": round(ftp * 0.985),
    }


def update(state: State, changes: Record) -> Record:
    """Change the account; a weight or pulse also marks today's wellness."""
    keep = {name: changes[name] for name in changes if name not in READ_ONLY}
    local_day = keep.pop("localDate", None) or str(state.today())
    recalculate = keep.pop("recalcHrZones", False)
    state.athlete |= {name: keep[name] for name in keep if name in ATHLETE}
    for source, target, mark in COPIED_TO_WELLNESS:
        if keep.get(source) is not None:
            wellness.put(state, local_day, {target: keep[source], mark: True})
    if recalculate:
        rule = {"recalculate": True, "old_zone_rule": False}
        state.sports = [sports.written(row, {}, **rule) for row in state.sports]
    return body(state)


def profile(state: State) -> Record:
    """Return who the athlete is, in few words."""
    items = [render(CUSTOM_ITEM, item) for item in state.custom_items.values()]
    shared = {"sharedFolders": [], "customItems": items}
    return {"athlete": render(PROFILE, state.athlete)} | shared


def summary(state: State, first: date, last: date, tags: Iterable[str]) -> list[Record]:
    """Return one row for each week that a range touches, the newest first."""
    wanted, rows, monday = set(tags), [], monday_of(last)
    while monday >= monday_of(first):
        edges = max(monday, first), min(monday + timedelta(days=6), last)
        rows.append(_week(state, *edges, wanted))
        monday -= timedelta(weeks=1)
    return rows


def _week(state: State, first: date, last: date, tags: set[str]) -> Record:
    done = [
        records.body(state, record)
        for record in state.activities.values()
        if str(first) <= record["start_date_local"][:10] <= str(last)
        and not record.get("_stub")
        and (not tags or tags & set(record.get("tags") or []))
    ]
    kinds = sorted({record["type"] for record in done})
    groups = {kind: [row for row in done if row["type"] == kind] for kind in kinds}
    week_ago = last - timedelta(days=7)
    fitness, earlier = fitness_on(state, last), fitness_on(state, week_ago)
    zones = _zone_seconds(done)
    known = [day for day in state.wellness if day <= str(last)]
    row = render(SUMMARY, _sums(done)) | {
        "date": str(monday_of(first)),
        "athlete_id": state.athlete_id,
        "athlete_name": state.athlete["name"],
        "fitness": round(fitness.ctl, 5),
        "fatigue": round(fitness.atl, 5),
        "form": round(fitness.ctl - fitness.atl, 5),
        "rampRate": round(fitness.ctl - earlier.ctl, 5),
        "weight": state.athlete.get("icu_weight"),
        "timeInZones": zones,
        "timeInZonesTot": sum(zones),
        "byCategory": [
            render(CATEGORY_SUMMARY, _sums(rows) | {"category": sport})
            for sport, rows in groups.items()
        ],
        "mostRecentWellnessId": max(known, default=None),
    }
    return row | _eftp(state, last)


def _sums(rows: list[Record]) -> Record:
    def total(name: str) -> Any:
        return sum(row.get(name) or 0 for row in rows)

    return {
        "count": len(rows),
        "time": total("moving_time"),
        "moving_time": total("moving_time"),
        "elapsed_time": total("elapsed_time"),
        "calories": total("calories"),
        "total_elevation_gain": round(total("total_elevation_gain"), 2),
        "training_load": total("icu_training_load"),
        "srpe": total("session_rpe"),
        "distance": round(total("distance"), 2),
    }


def _zone_seconds(rows: list[Record]) -> list[int]:
    seconds = [0] * 7
    for row in rows:
        times = row.get("icu_hr_zone_times") or []
        for index, value in enumerate(times[:7]):
            seconds[index] += value
    return seconds


def _eftp(state: State, day: date) -> Record:
    ride = sports.settings_for(state.sports, "Ride")
    if ride is None or not ride.get("ftp") or not state.activities:
        return {}
    eftp = round(ftp_on(day, state.today(), ride["ftp"]) * 0.985, 3)
    weight_kg = state.athlete.get("icu_weight") or 72.0
    return {"eftp": eftp, "eftpPerKg": round(eftp / weight_kg, 4)}


def forecasts(state: State) -> list[Record]:
    """Return the weather of the next days for each enabled place."""
    rng = random.Random(f"{state.seed}:weather:{state.today()}")
    days = [state.today() + timedelta(days=number) for number in range(5)]
    return [
        place | {"daily": [_weather_of(day, rng) for day in days]}
        for place in state.forecasts
        if place.get("enabled")
    ]


def _weather_of(day: date, rng: random.Random) -> Record:
    warm = rng.uniform(4, 22)
    temperature = {"min": round(warm - 4, 1), "max": round(warm + 4, 1)}
    wind = {"wind_speed": round(rng.uniform(1, 9), 1), "wind_deg": rng.randrange(360)}
    rain = {"rain": round(max(0.0, rng.gauss(0, 2)), 1), "clouds": rng.randint(0, 100)}
    return {"id": day.isoformat(), "temp": temperature} | wind | rain
