"""Show the account: athlete, profile, weekly summaries, connections."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from bridge.simulator.activities import records as activities
from bridge.simulator.athlete import sports
from bridge.simulator.fields.athlete import (
    ATHLETE,
    CATEGORY_SUMMARY,
    CONNECTIONS,
    PROFILE,
    SUMMARY,
)
from bridge.simulator.fields.bodies import Record, render
from bridge.simulator.fields.plan import CUSTOM_ITEM, SPORT_SETTINGS
from bridge.simulator.moments import monday_of
from bridge.simulator.seed.season import ftp_on

if TYPE_CHECKING:
    from bridge.simulator.world import World

COPIED_TO_WELLNESS = (
    ("icu_weight", "weight", "tempWeight"),
    ("icu_resting_hr", "restingHR", "tempRestingHR"),
)
READ_ONLY = ("id", "icu_api_key", "icu_friend_invite_token", "icu_activated", "plan")


def body(world: World) -> Record:
    """Return the account with all keys, its secrets among them."""
    shown = render(ATHLETE, world.athlete)
    shown["bikes"] = _gear(world, "Bike")
    shown["shoes"] = _gear(world, "Shoes")
    plan = world.training_plan
    shown["training_plan_id"] = plan.get("training_plan_id")
    shown["training_plan_start_date"] = plan.get("training_plan_start_date")
    return shown


def _gear(world: World, kind: str) -> list[Record]:
    pieces = [piece for piece in world.gear.values() if piece["type"] == kind]
    return [
        {
            "id": piece["id"],
            "name": piece["name"],
            "distance": piece.get("distance"),
            "primary": number == 0,
        }
        for number, piece in enumerate(pieces)
    ]


def full_body(world: World) -> Record:
    """Return the account with sport settings: there, `mmp_model` is filled."""
    rows = [sport_body(world, row, model=True) for row in world.sports]
    items = [render(CUSTOM_ITEM, item) for item in world.custom_items.values()]
    leaked = world.switches.leak_password
    secret = {"password": world.athlete["password"]} if leaked else {}
    return body(world) | {"sportSettings": rows, "custom_items": items} | secret


def sport_body(world: World, settings: Record, *, model: bool = False) -> Record:
    """Return one sport's settings with all keys."""
    shown = render(SPORT_SETTINGS, settings)
    if model and settings.get("ftp") and world.activities:
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


def update(world: World, changes: Record) -> Record:
    """Change the account; a weight or pulse also marks today's wellness."""
    keep = {name: changes[name] for name in changes if name not in READ_ONLY}
    local_day = keep.pop("localDate", None) or str(world.today())
    recalculate = keep.pop("recalcHrZones", False)
    world.athlete |= {name: keep[name] for name in keep if name in ATHLETE}
    for source, target, mark in COPIED_TO_WELLNESS:
        if keep.get(source) is not None:
            world.set_wellness(local_day, **{target: keep[source], mark: True})
    if recalculate:
        rule = {"recalculate": True, "old_zone_rule": False}
        world.sports = [sports.written(row, {}, **rule) for row in world.sports]
    return body(world)


def profile(world: World) -> Record:
    """Return who the athlete is, in few words."""
    items = [render(CUSTOM_ITEM, item) for item in world.custom_items.values()]
    shared = {"sharedFolders": [], "customItems": items}
    return {"athlete": render(PROFILE, world.athlete)} | shared


def connections(world: World) -> Record:
    """Return which services are connected, from what the account holds."""
    account = world.athlete
    on = {
        "garmin_health_connected": bool(account.get("icu_garmin_health")),
        "garmin_training_connected": bool(account.get("icu_garmin_training")),
        "strava_connected": bool(account.get("strava_authorized")),
    }
    for service in ("polar", "suunto", "coros", "concept2", "wahoo", "zwift"):
        on[f"{service}_connected"] = bool(account.get(f"{service}_user_id"))
    return {name: on.get(name, False) for name in CONNECTIONS} | {"id": account["id"]}


def followed(world: World, prefix: str | None) -> list[Record]:
    """Return the athletes the caller may see, with tags and notes."""
    if prefix:
        return []
    return [body(world) | {"icu_tags": [], "icu_notes": None}]


def summary(world: World, first: date, last: date, tags: Iterable[str]) -> list[Record]:
    """Return one row for each week that a range touches, the newest first."""
    wanted, rows = set(tags), []
    for monday in week_starts(first, last)[::-1]:
        edges = max(monday, first), min(monday + timedelta(days=6), last)
        rows.append(_week(world, *edges, wanted))
    return rows


def week_starts(first: date, last: date) -> list[date]:
    """Return the Mondays of the weeks that a range touches."""
    weeks = (monday_of(last) - monday_of(first)).days // 7
    return [monday_of(first) + timedelta(weeks=number) for number in range(weeks + 1)]


def _week(world: World, first: date, last: date, tags: set[str]) -> Record:
    done = [
        activities.body(world, record)
        for record in world.activities.values()
        if str(first) <= record["start_date_local"][:10] <= str(last)
        and not record.get("_stub")
        and (not tags or tags & set(record.get("tags") or []))
    ]
    kinds = sorted({record["type"] for record in done})
    groups = {kind: [row for row in done if row["type"] == kind] for kind in kinds}
    fitness, earlier = (
        world.fitness_on(last),
        world.fitness_on(last - timedelta(days=7)),
    )
    zones = _zone_seconds(done)
    known = [day for day in world.wellness if day <= str(last)]
    row = render(SUMMARY, _sums(done)) | {
        "date": str(monday_of(first)),
        "athlete_id": world.athlete_id,
        "athlete_name": world.athlete["name"],
        "fitness": round(fitness.ctl, 5),
        "fatigue": round(fitness.atl, 5),
        "form": round(fitness.ctl - fitness.atl, 5),
        "rampRate": round(fitness.ctl - earlier.ctl, 5),
        "weight": world.athlete.get("icu_weight"),
        "timeInZones": zones,
        "timeInZonesTot": sum(zones),
        "byCategory": [_category(kind, groups[kind]) for kind in kinds],
        "mostRecentWellnessId": max(known, default=None),
    }
    return row | _eftp(world, last)


def _category(kind: str, rows: list[Record]) -> Record:
    return render(CATEGORY_SUMMARY, _sums(rows) | {"category": kind})


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


def _eftp(world: World, day: date) -> Record:
    ride = sports.settings_for(world.sports, "Ride")
    if ride is None or not ride.get("ftp") or not world.activities:
        return {}
    eftp = round(ftp_on(day, world.today(), ride["ftp"]) * 0.985, 3)
    weight_kg = world.athlete.get("icu_weight") or 72.0
    return {"eftp": eftp, "eftpPerKg": round(eftp / weight_kg, 4)}


def forecasts(world: World) -> list[Record]:
    """Return the weather of the next days for each enabled place."""
    rng = random.Random(f"{world.seed}:weather:{world.today()}")
    days = [world.today() + timedelta(days=number) for number in range(5)]
    return [
        place | {"daily": [_weather_of(day, rng) for day in days]}
        for place in world.forecasts
        if place.get("enabled")
    ]


def _weather_of(day: date, rng: random.Random) -> Record:
    warm = rng.uniform(4, 22)
    temperature = {"min": round(warm - 4, 1), "max": round(warm + 4, 1)}
    wind = {"wind_speed": round(rng.uniform(1, 9), 1), "wind_deg": rng.randrange(360)}
    rain = {"rain": round(max(0.0, rng.gauss(0, 2)), 1), "clouds": rng.randint(0, 100)}
    return {"id": day.isoformat(), "temp": temperature} | wind | rain
