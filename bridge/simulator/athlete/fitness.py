"""Compute fitness and fatigue from loads, by the known recursion."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

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
    return before + (load - before) * (1 - math.exp(-1 / days))


def series(
    loads: Mapping[date, float],
    first: date,
    last: date,
    *,
    start: tuple[float, float],
    days_of: DaysOf = lambda _: (CTL_DAYS, ATL_DAYS),
) -> dict[date, Fitness]:
    """Return fitness for every day from first to last, both included."""
    result: dict[date, Fitness] = {}
    (ctl, atl), day = start, first
    while day <= last:
        ctl_days, atl_days = days_of(day)
        load = loads.get(day, 0.0)
        ctl, atl = step(ctl, load, ctl_days), step(atl, load, atl_days)
        result[day] = Fitness(ctl, atl, load)
        day += timedelta(days=1)
    return result


def after_each(
    loads: Sequence[float], before: tuple[float, float], days: tuple[float, float]
) -> list[tuple[float, float]]:
    """Return ctl and atl as they stand after each session of one day."""
    states, total = [], 0.0
    for load in loads:
        total += load
        states.append(
            (step(before[0], total, days[0]), step(before[1], total, days[1]))
        )
    return states
