"""Work out fitness and fatigue from what was done and what is planned."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from bridge.simulator.fields.bodies import Record
from bridge.simulator.fields.enums import TRAINING
from bridge.simulator.moments import day_of
from bridge.simulator.state import State, is_stub

PROJECTION = timedelta(days=120)
CTL_DAYS, ATL_DAYS = 42, 7
DaysOf = Callable[[date], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Fitness:
    """One day: what was done, and what it made of the athlete."""

    ctl: float
    atl: float
    load: float


def step(before: float, load: float, days: float) -> float:
    """Move a fitness number on by one day with a load."""
    return before + (load - before) * _share_of_a_day(days)


@cache
def _share_of_a_day(days: float) -> float:
    return 1 - math.exp(-1 / days)


@dataclass(frozen=True, slots=True)
class _Chart:
    """Fitness of each day, and what was done on it."""

    days: Mapping[date, Fitness]
    done: Mapping[date, Sequence[tuple[str, float]]]
    days_of: DaysOf


def fitness_on(state: State, day: date) -> Fitness:
    """Return fitness of a day; before the first day it is what it started with."""
    return _chart(state).days.get(day, Fitness(*state.start_fitness, 0.0))


def fitness_after(state: State, record: Record) -> tuple[float, float] | None:
    """Return ctl and atl as they stood after an activity, None before its analysis."""
    chart, day, total = _chart(state), day_of(record), 0.0
    for activity_id, load in chart.done.get(day, ()):
        total += load
        if activity_id == record["id"]:
            eve = chart.days.get(day - timedelta(days=1))
            ctl, atl = (eve.ctl, eve.atl) if eve else state.start_fitness
            ctl_days, atl_days = chart.days_of(day)
            return step(ctl, total, ctl_days), step(atl, total, atl_days)
    return None


def _chart(state: State) -> _Chart:
    key = ("fitness", state.today(), state.switches.planned_bake)
    if key not in state.worked_out:
        state.worked_out[key] = _worked_out(state)
    chart: _Chart = state.worked_out[key]
    return chart


def _worked_out(state: State) -> _Chart:
    done, days_of = _done_loads(state), _days_of(state)
    totals = {day: float(sum(x for _, x in rows)) for day, rows in done.items()}
    for day, load in _planned_loads(state).items():
        totals[day] = totals.get(day, 0.0) + load
    day = min(totals, default=state.today())
    last = max(state.today(), max(totals, default=day)) + PROJECTION
    days, (ctl, atl) = dict[date, Fitness](), state.start_fitness
    while day <= last:
        load, (ctl_days, atl_days) = totals.get(day, 0.0), days_of(day)
        ctl, atl = step(ctl, load, ctl_days), step(atl, load, atl_days)
        days[day] = Fitness(ctl, atl, load)
        day += timedelta(days=1)
    return _Chart(days, done, days_of)


def _done_loads(state: State) -> dict[date, list[tuple[str, float]]]:
    """Return what was done on each day: id and load, in order of the day."""
    days: dict[date, list[tuple[str, float]]] = {}
    for record in reversed(state.newest_first()):
        if is_stub(record) or state.is_analysed(record):
            name = "_hidden_load" if is_stub(record) else "icu_training_load"
            load = float(record.get(name) or 0)
            days.setdefault(day_of(record), []).append((record["id"], load))
    return days


def _planned_loads(state: State) -> dict[date, float]:
    """Return the load still planned for today and each later day."""
    today, days = state.today(), dict[date, float]()
    for record in state.events.values():
        day, load = day_of(record), record.get("icu_training_load")
        counts = record["category"] in TRAINING and not record.get("paired_activity_id")
        counts &= not record["not_on_fitness_chart"]
        if day == today and not state.switches.planned_bake:
            continue
        if counts and load and day >= today:
            days[day] = days.get(day, 0.0) + load
    return days


def _days_of(state: State) -> DaysOf:
    """Return a day's time constants: the last FITNESS_DAYS event rules."""
    rows = state.events.values()
    changes = [row for row in rows if row["category"] == "FITNESS_DAYS"]
    changes.sort(key=day_of, reverse=True)

    def days_of(day: date) -> tuple[float, float]:
        for row in changes:
            if day_of(row) <= day:
                return row.get("ctl_days") or CTL_DAYS, row.get("atl_days") or ATL_DAYS
        return CTL_DAYS, ATL_DAYS

    return days_of
