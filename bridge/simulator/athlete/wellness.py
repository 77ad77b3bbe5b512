"""Keep wellness rows: what the athlete entered and what is computed beside it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from bridge.simulator.athlete.fitness import fitness_on
from bridge.simulator.fields.bodies import Record, read_record, render
from bridge.simulator.fields.plan import WELLNESS
from bridge.simulator.moments import local_day
from bridge.simulator.refusals import semantic
from bridge.simulator.seed.sessions import ftp_on
from bridge.simulator.state import State

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


def put(state: State, day: str, changes: Any) -> Record:
    """Apply a partial change to one day; an unknown key refuses the whole row."""
    key = local_day(day).isoformat()
    fields = _unlocked(state, state.wellness.get(key, {}), _read(state, changes))
    row = state.wellness.setdefault(key, {})
    for name, value in fields.items():
        if value is not None or state.switches.clear_with_null:
            row[name] = value
    row["updated"] = state.stamp()
    for measured, copied in (("weight", "tempWeight"), ("restingHR", "tempRestingHR")):
        if fields.get(measured) is not None:
            row[copied] = fields.get(copied, False)
    state.touch()
    return body(state, date.fromisoformat(key))


def check(state: State, changes: Any) -> None:
    """Refuse a row upstream would refuse, without writing it."""
    _read(state, changes)


def _unlocked(state: State, row: Record, fields: Record) -> Record:
    if not row.get("locked"):
        return fields
    if state.switches.unlock_allowed and fields.get("locked") is False:
        return fields
    return {} if state.switches.locked_ignores_writes else fields | {"locked": True}


def _read(state: State, changes: Any) -> Record:
    fields = read_record(WELLNESS, changes)
    unknown = set(changes) - set(WELLNESS) - state.custom_wellness_keys
    if unknown:
        raise semantic(
            f"Unrecognized wellness field [{min(unknown)}] "
            f"for athlete {state.athlete_id}"
        )
    custom = {name: changes[name] for name in state.custom_wellness_keys & set(changes)}
    return custom | {name: fields[name] for name in fields if name not in COMPUTED}


def is_known(state: State, day: date) -> bool:
    """Tell whether upstream has a row for a day."""
    if day.isoformat() in state.wellness:
        return True
    last = date.max if state.switches.future_wellness else state.today()
    first = first_day(state)
    return first is not None and first <= day <= last


def first_day(state: State) -> date | None:
    """Return the first day anything is known about."""
    starts = (
        [min(record["start_date_local"] for record in state.activities.values())[:10]]
        if state.activities
        else []
    )
    starts += [min(state.wellness)] if state.wellness else []
    return date.fromisoformat(min(starts)) if starts else None


def body(state: State, day: date) -> Record:
    """Return one day's row with all keys, null where nothing is known."""
    stored = state.wellness.get(day.isoformat(), {})
    row = render(WELLNESS, stored)
    row |= {name: stored.get(name) for name in sorted(state.custom_wellness_keys)}
    evening = f"{day.isoformat()}T22:10:00.000+00:00"
    fitness, before = fitness_on(state, day), fitness_on(state, day - timedelta(days=7))
    return row | {
        "id": day.isoformat(),
        "ctl": round(fitness.ctl, 6),
        "atl": round(fitness.atl, 6),
        "rampRate": round(fitness.ctl - before.ctl, 6),
        "ctlLoad": fitness.load,
        "atlLoad": fitness.load,
        "sportInfo": _sport_info(state, day),
        "updated": stored.get("updated") or min(evening, state.stamp()),
    }


def _sport_info(state: State, day: date) -> list[Record] | None:
    if not state.activities:
        return None
    infos: list[Record] = []
    for settings in state.sports:
        if settings.get("ftp"):
            eftp = ftp_on(day, state.today(), settings["ftp"]) * 0.985
            models = {"wPrime": settings.get("w_prime"), "pMax": settings.get("p_max")}
            infos.append(
                {"type": settings["types"][0], "eftp": round(eftp, 3)} | models
            )
        elif settings.get("threshold_pace") and settings["types"][0] == "Run":
            infos.append({"type": "Run", "eftp": None, "wPrime": None, "pMax": None})
    return infos


def rows(state: State, oldest: date, newest: date) -> list[Record]:
    """Return the known days of a range, in upstream's order."""
    stored = [date.fromisoformat(day) for day in state.wellness]
    known_first = min([first_day(state) or state.today(), *stored])
    horizon = state.today() + timedelta(days=120)
    oldest, newest = max(oldest, known_first), min(newest, max([horizon, *stored]))
    days = max(0, (newest - oldest).days + 1)
    wanted = (oldest + timedelta(days=number) for number in range(days))
    known = [body(state, day) for day in wanted if is_known(state, day)]
    return known[::-1] if state.switches.newest_first_wellness else known
