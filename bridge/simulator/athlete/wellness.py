"""Keep wellness rows: what the athlete entered and what is computed beside it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from bridge.simulator.fields.bodies import Record, read_record, render
from bridge.simulator.fields.plan import WELLNESS
from bridge.simulator.moments import local_day
from bridge.simulator.refusals import semantic
from bridge.simulator.seed.season import ftp_on

if TYPE_CHECKING:
    from bridge.simulator.world import World

COMPUTED = (
    "id",
    "ctl",
    "atl",
    "rampRate",
    "ctlLoad",
    "atlLoad",
    "sportInfo",
    "updated",
)


def put(world: World, day: str, changes: Any) -> Record:
    """Apply a partial change to one day; an unknown key refuses the whole row."""
    key = local_day(day).isoformat()
    fields = _unlocked(world, world.wellness.get(key, {}), _read(world, changes))
    row = world.wellness.setdefault(key, {})
    for name, value in fields.items():
        if value is not None or world.switches.clear_with_null:
            row[name] = value
    row["updated"] = world.stamp()
    for measured, copied in (("weight", "tempWeight"), ("restingHR", "tempRestingHR")):
        if fields.get(measured) is not None:
            row[copied] = fields.get(copied, False)
    world.touch()
    return body(world, date.fromisoformat(key))


def check(world: World, changes: Any) -> None:
    """Refuse a row upstream would refuse, without writing it."""
    _read(world, changes)


def _unlocked(world: World, row: Record, fields: Record) -> Record:
    if not row.get("locked"):
        return fields
    if world.switches.unlock_allowed and fields.get("locked") is False:
        return fields
    return {} if world.switches.locked_ignores_writes else fields | {"locked": True}


def _read(world: World, changes: Any) -> Record:
    fields = read_record(WELLNESS, changes)
    unknown = set(changes) - set(WELLNESS) - world.custom_wellness_keys
    if unknown:
        raise semantic(
            f"Unrecognized wellness field [{min(unknown)}] "
            f"for athlete {world.athlete_id}"
        )
    custom = {name: changes[name] for name in world.custom_wellness_keys & set(changes)}
    return custom | {name: fields[name] for name in fields if name not in COMPUTED}


def is_known(world: World, day: date) -> bool:
    """Tell whether upstream has a row for a day."""
    if day.isoformat() in world.wellness:
        return True
    last = date.max if world.switches.future_wellness else world.today()
    first = first_day(world)
    return first is not None and first <= day <= last


def first_day(world: World) -> date | None:
    """Return the first day anything is known about."""
    starts = (
        [min(record["start_date_local"] for record in world.activities.values())[:10]]
        if world.activities
        else []
    )
    starts += [min(world.wellness)] if world.wellness else []
    return date.fromisoformat(min(starts)) if starts else None


def body(world: World, day: date) -> Record:
    """Return one day's row with all keys, null where nothing is known."""
    stored = world.wellness.get(day.isoformat(), {})
    row = render(WELLNESS, stored)
    row |= {name: stored.get(name) for name in sorted(world.custom_wellness_keys)}
    fitness, before = world.fitness_on(day), world.fitness_on(day - timedelta(days=7))
    return row | {
        "id": day.isoformat(),
        "ctl": round(fitness.ctl, 6),
        "atl": round(fitness.atl, 6),
        "rampRate": round(fitness.ctl - before.ctl, 6),
        "ctlLoad": fitness.load,
        "atlLoad": fitness.load,
        "sportInfo": _sport_info(world, day),
        "updated": stored.get("updated") or f"{day.isoformat()}T22:10:00.000+00:00",
    }


def _sport_info(world: World, day: date) -> list[Record] | None:
    if not world.activities:
        return None
    infos: list[Record] = []
    for settings in world.sports:
        if settings.get("ftp"):
            eftp = ftp_on(day, world.today(), settings["ftp"]) * 0.985
            models = {"wPrime": settings.get("w_prime"), "pMax": settings.get("p_max")}
            infos.append(
                {"type": settings["types"][0], "eftp": round(eftp, 3)} | models
            )
        elif settings.get("threshold_pace") and settings["types"][0] == "Run":
            infos.append({"type": "Run", "eftp": None, "wPrime": None, "pMax": None})
    return infos


def rows(world: World, oldest: date, newest: date) -> list[Record]:
    """Return the known days of a range, in upstream's order."""
    stored = [date.fromisoformat(day) for day in world.wellness]
    known_first = min([first_day(world) or world.today(), *stored])
    horizon = world.today() + timedelta(days=120)
    oldest, newest = max(oldest, known_first), min(newest, max([horizon, *stored]))
    days = max(0, (newest - oldest).days + 1)
    wanted = (oldest + timedelta(days=number) for number in range(days))
    known = [body(world, day) for day in wanted if is_known(world, day)]
    return known[::-1] if world.switches.newest_first_wellness else known
