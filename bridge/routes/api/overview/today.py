"""The morning brief: what to do today and what to heed, in one breath."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Response

from bridge.domain.activity.activity import flatten_activity, pairs_of
from bridge.domain.calendar.event import flatten_events, steps_by_event
from bridge.domain.overview.brief import (
    Brief,
    DayRows,
    flatten_brief,
    say_brief,
)
from bridge.domain.overview.fitness import day_load, flatten_fitness
from bridge.domain.raw import flatten_all
from bridge.domain.wellness.baseline import days_to_read
from bridge.domain.wellness.recovery import flatten_nights
from bridge.routes.api.calendar.race import read_season
from bridge.routes.params import DAY
from bridge.routes.replies import reply
from bridge.services import client, now_local, settings, today, together, voice


def show() -> Response:
    """Tell what to do today, what of the night is unusual, the next race, form."""
    brief, said, _ = read_brief(DAY.get() or today())
    return reply(brief, said)


def read_brief(day: date) -> tuple[Brief, str, DayRows]:
    """Return the brief of a day, its sentence, and what both were made of."""
    upstream = client()
    (raw_wellness, raw_fitness), done, planned, season = together(
        lambda: upstream.mornings(days_to_read(day), day),
        lambda: upstream.activities(day, day),
        lambda: upstream.events(day, day + timedelta(days=1)),
        lambda: read_season(upstream, day),
    )
    events = {event.event_id: event for event in season}
    of_day = flatten_events(planned, pairs_of(done), steps_too=False)
    events |= {event.event_id: event for event in of_day}
    activities = flatten_all(flatten_activity, done)
    as_percent, is_today = settings().form_as_percent, day == today()
    load = day_load(done, planned, day) if is_today else None
    rows = DayRows(
        wellness=flatten_nights(raw_wellness, day),
        events=list(events.values()),
        activities=activities,
        steps=steps_by_event(planned),
    )
    fitness = flatten_fitness(raw_fitness, day, load=load, as_percent=as_percent)
    brief = flatten_brief(fitness, rows, voice=voice(), today=today())
    hour = now_local().hour
    said = say_brief(brief, voice(), today(), as_percent=as_percent, hour=hour)
    return brief, said, rows
