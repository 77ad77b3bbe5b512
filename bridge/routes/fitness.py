"""Fitness, fatigue and form of one day."""

from __future__ import annotations

from datetime import timedelta

from flask import Response

from bridge.domain.activity import RawActivity, flatten_activity
from bridge.domain.fitness import flatten_fitness, say_fitness
from bridge.domain.raw import flatten_each
from bridge.routes.params import DAY
from bridge.routes.replies import reply
from bridge.services import client, settings, today, together, voice


def show() -> Response:
    """Tell form, fitness and fatigue of one day."""
    day = DAY.get() or today()
    upstream = client()
    rows, done = together(
        lambda: upstream.fitness(day - timedelta(days=7), day),
        lambda: upstream.activities(day, day),
    )
    as_percent = settings().form_as_percent
    fitness = flatten_fitness(rows, day, load_done=_load(done), as_percent=as_percent)
    return reply(fitness, say_fitness(fitness, voice(), as_percent=as_percent))


def _load(done: list[RawActivity]) -> float:
    activities = flatten_each(flatten_activity, done)
    return sum(activity.training_load or 0 for activity in activities)
