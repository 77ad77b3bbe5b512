"""Baselines: what is usual for this athlete, to judge one day by."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bridge.domain.moment import read_day
from bridge.domain.wellness.day import Wellness, mean

Status = Literal["low", "normal", "high"]

SHORT_DAYS = 7
LONG_DAYS = 60
_ENOUGH_DAYS = 14


@dataclass(frozen=True, slots=True)
class Baseline:
    """The means of the 7 and the 60 days before a day.

    ``status`` is low or high where the day lies more than one standard deviation
    of the 60 days from their mean; None with fewer than 14 values to go by.
    """

    mean_7d: float | None = None
    mean_60d: float | None = None
    status: Status | None = None


def baseline(
    days: Sequence[Wellness],
    day: date,
    value_of: Callable[[Wellness], float | None],
) -> Baseline:
    """Reckon the baseline of one value, the day itself not counted.

    Parameters
    ----------
    days
        Flat wellness of the day and the 60 before it, in any order, with gaps.
    day
        The day to be judged.
    value_of
        Takes the value out of a day.
    """
    return baseline_of({_age(row, day): value_of(row) for row in days})


def baseline_of(by_age: Mapping[int | None, float | None]) -> Baseline:
    """Reckon the baseline of values by how many days ago they are."""
    short = _values(by_age, SHORT_DAYS)
    long = _values(by_age, LONG_DAYS)
    return Baseline(
        mean_7d=mean(short),
        mean_60d=mean(long),
        status=_status(by_age.get(0), long),
    )


def days_to_read(day: date) -> date:
    """Return the oldest day that a baseline for ``day`` needs."""
    return day - timedelta(days=LONG_DAYS)


def _values(by_age: Mapping[int | None, float | None], most: int) -> list[float]:
    return [
        value
        for age, value in by_age.items()
        if age is not None and 1 <= age <= most and value is not None
    ]


def _status(value: float | None, usual: Sequence[float]) -> Status | None:
    if value is None or len(usual) < _ENOUGH_DAYS:
        return None
    # The exact sums of ``statistics`` take fifty times as long.
    middle = math.fsum(usual) / len(usual)
    squares = math.fsum((value - middle) ** 2 for value in usual)
    spread = math.sqrt(squares / (len(usual) - 1))
    if value < middle - spread:
        return "low"
    return "high" if value > middle + spread else "normal"


def _age(row: Wellness, day: date) -> int | None:
    found = read_day(row.date)
    return None if found is None else (day - found).days
