"""Fitness, fatigue and form of one day."""

from __future__ import annotations

from datetime import date

import msgspec
from flask import Response

from bridge.domain.calendar.away import AWAY_CATEGORIES, LONGEST_AWAY, Away, away_on
from bridge.domain.calendar.event import flatten_event
from bridge.domain.overview.fitness import (
    Fitness,
    day_load,
    flatten_fitness,
    say_fitness,
)
from bridge.domain.raw import flatten_all
from bridge.domain.wellness.baseline import days_to_read
from bridge.routes.api.overview.verdict import judged_by
from bridge.routes.params import DAY
from bridge.routes.replies import reply
from bridge.services import client, settings, today, together, voice


def show() -> Response:
    """Tell form, fitness and fatigue of one day."""
    day, as_percent = DAY.get() or today(), settings().form_as_percent
    if day == today():
        fitness, away = _read_today(day)
    else:  # other days have no plan left
        # The same question as on the day itself, which may be remembered.
        (_, rows), away = client().mornings(days_to_read(day), day), None
        fitness = flatten_fitness(rows, day, as_percent=as_percent)
    said = say_fitness(fitness, voice(), today(), as_percent=as_percent, away=away)
    return reply(fitness, said)


def _read_today(day: date) -> tuple[Fitness, Away | None]:
    """Return fitness without what is planned only, and what keeps from training."""
    upstream = client()
    mornings, done, planned = together(
        lambda: upstream.mornings(days_to_read(day), day),
        lambda: upstream.activities(day, day),
        lambda: upstream.events(day - LONGEST_AWAY, day),
    )
    # Of thirty days only what concerns this one is looked at.
    starts = [(str(raw.start_date_local or ""), raw) for raw in planned]
    load = day_load(done, [raw for start, raw in starts if f"{day}" in start], day)
    blocks = [raw for raw in planned if str(raw.category) in AWAY_CATEGORIES]
    fitness, is_off = judged_by(mornings, day, load)
    away = away_on(flatten_all(flatten_event, blocks), day)
    is_over = bool(done) and not load.planned  # the advice is too late
    verdict = away.reason if away else "easy" if is_off and not is_over else None
    return msgspec.structs.replace(fitness, verdict=verdict), away
