"""Steps out of health samples: a phone and a watch count the same ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from bridge.domain.health.samples import Sample, local_day

Counted = tuple[Sample, float]


def steps_by_day(counted: Sequence[Counted], zone: ZoneInfo) -> dict[date, float]:
    """Return the sum of each local day.

    Samples that overlap come from several sources which counted the same steps: at
    each moment the fastest counts. One that reaches over midnight is shared out.
    Those without a length are sums of a day already: the largest counts.
    """
    totals: dict[date, float] = {}
    for sample, steps in counted:
        if sample.end == sample.start:
            day = local_day(sample.start, zone)
            totals[day] = max(totals.get(day, 0.0), steps)
    paces = [
        _Pace(*sample.span, steps / (sample.end - sample.start).total_seconds())
        for sample, steps in counted
        if sample.end > sample.start
    ]
    for day, steps in _swept(paces, zone).items():
        totals[day] = max(totals.get(day, 0.0), steps)
    return totals


@dataclass(frozen=True, slots=True)
class _Pace:
    start: datetime
    end: datetime
    per_s: float


def _swept(paces: Sequence[_Pace], zone: ZoneInfo) -> dict[date, float]:
    """Walk from border to border; between two of them nothing changes."""
    borders = sorted(
        {moment for pace in paces for moment in (pace.start, pace.end)}
        | {moment for pace in paces for moment in _midnights(pace, zone)}
    )
    waiting = sorted(paces, key=lambda pace: pace.start, reverse=True)
    active: list[_Pace] = []
    totals: dict[date, float] = {}
    for start, end in pairwise(borders):
        while waiting and waiting[-1].start <= start:
            active.append(waiting.pop())
        active = [pace for pace in active if pace.end > start]
        fastest = max((pace.per_s for pace in active), default=0.0)
        day = local_day(start, zone)
        steps = fastest * (end - start).total_seconds()
        totals[day] = totals.get(day, 0.0) + steps
    return totals


def _midnights(pace: _Pace, zone: ZoneInfo) -> list[datetime]:
    day, last = local_day(pace.start, zone), local_day(pace.end, zone)
    found = []
    while day < last:
        day += timedelta(days=1)
        found.append(datetime.combine(day, time(), zone).astimezone(pace.start.tzinfo))
    return found
