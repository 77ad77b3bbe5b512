"""Fitness, fatigue and form of one day."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Response

from bridge.domain.overview.fitness import (
    DayLoad,
    RawFitness,
    day_load,
    flatten_fitness,
    say_fitness,
)
from bridge.routes.params import DAY
from bridge.routes.replies import reply
from bridge.services import client, settings, today, together, voice

_WEEK = timedelta(days=7)


def show() -> Response:
    """Tell form, fitness and fatigue of one day."""
    day = DAY.get() or today()
    rows, load = _read(day)
    as_percent = settings().form_as_percent
    fitness = flatten_fitness(rows, day, load=load, as_percent=as_percent)
    said = say_fitness(fitness, voice(), today(), as_percent=as_percent)
    return reply(fitness, said)


def _read(day: date) -> tuple[list[RawFitness], DayLoad | None]:
    """Return the rows, and the load of today: other days have no plan left."""
    upstream = client()
    if day != today():
        return upstream.fitness(day - _WEEK, day), None
    rows, done, planned = together(
        lambda: upstream.fitness(day - _WEEK, day),
        lambda: upstream.activities(day, day),
        lambda: upstream.events(day, day),
    )
    return rows, day_load(done, planned, day)
