"""Planned workouts."""

from __future__ import annotations

from datetime import timedelta

from flask import Response

from bridge.domain.calendar.event import (
    Event,
    flatten_event,
    say_workout,
    steps_by_event,
)
from bridge.domain.calendar.plan import next_session, say_today
from bridge.domain.calendar.workout import WorkoutStep
from bridge.domain.raw import flatten_each
from bridge.routes.params import DAY_AHEAD
from bridge.routes.replies import answer, reply, reply_items
from bridge.services import client, now_local, today, voice

_AHEAD = timedelta(days=28)


def show_today() -> Response:
    """Tell what is planned for today, or for another day."""
    day = DAY_AHEAD.get() or today()
    rows = client().events(day, day)
    events = flatten_each(flatten_event, rows)
    steps = steps_by_event(rows)
    speech = say_today(events, voice(), today(), day=day, steps=steps)
    return reply_items(events, speech)


def show_next() -> Response:
    """Tell the next workout or race that is not done."""
    event, steps = read_next()
    if event is None:
        return answer({"count": 0}, voice().say("workout.none_ahead"))
    return reply(event, say_workout(event, voice(), today(), steps=steps))


def read_next() -> tuple[Event | None, tuple[WorkoutStep, ...]]:
    """Return the next session of the coming weeks and its steps."""
    rows = client().events(today(), today() + _AHEAD)
    events = flatten_each(flatten_event, rows)
    found = next_session(events, now_local().replace(tzinfo=None))
    if found is None:
        return None, ()
    return found, steps_by_event(rows).get(found.event_id, ())
