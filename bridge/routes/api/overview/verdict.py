"""Whether so much is off today that an easy day is better, for whoever says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bridge.domain.calendar.event import RawEvent
from bridge.domain.overview.fitness import (
    DayLoad,
    Fitness,
    RawFitness,
    flatten_fitness,
    load_ahead,
)
from bridge.domain.overview.verdict import is_easy
from bridge.domain.wellness.baseline import days_to_read
from bridge.domain.wellness.day import RawWellness
from bridge.errors import UpstreamError
from bridge.services import settings
from bridge.upstream.client import Client

Mornings = tuple[Sequence[RawWellness], Sequence[RawFitness]]


def read_signs(upstream: Client, day: date) -> Mornings | None:
    """Return the nights up to a day; what only advises may be missing."""
    try:
        return upstream.mornings(days_to_read(day), day)
    except UpstreamError:
        return None


def is_off(
    mornings: Mornings | None,
    events: Sequence[RawEvent],
    paired: Mapping[str, str],
    day: date,
) -> bool:
    """Tell whether the signs of a day ask for an easy one."""
    if mornings is None:
        return False
    load = DayLoad(planned=load_ahead(events, day, paired))
    return judged_by(mornings, day, load)[1]


def judged_by(
    mornings: Mornings, day: date, load: DayLoad | None = None
) -> tuple[Fitness, bool]:
    """Return the fitness of a day, and whether its signs ask for an easy one.

    ``mornings`` are wellness and fitness of the day and the sixty days before it.
    """
    nights, rows = mornings
    as_percent = settings().form_as_percent
    fitness = flatten_fitness(rows, day, load=load, as_percent=as_percent)
    return fitness, is_easy(nights, day, fitness.form_zone)
