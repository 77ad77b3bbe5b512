"""The calendar: planned workouts, races, notes, holidays, training phases."""

from __future__ import annotations

from datetime import timedelta

from flask import Response

from bridge.domain.calendar.event import flatten_event
from bridge.domain.calendar.plan import say_events
from bridge.domain.raw import flatten_each
from bridge.routes.params import (
    CATEGORY,
    DAY_AHEAD,
    NEWEST_AHEAD,
    OLDEST_AHEAD,
    checked_range,
)
from bridge.routes.replies import reply_items
from bridge.services import client, today, voice

_AHEAD = timedelta(days=6)


def index() -> Response:
    """List the calendar of a range, by default the week to come."""
    day = DAY_AHEAD.get()
    oldest = day or OLDEST_AHEAD.get() or today()
    newest = day or NEWEST_AHEAD.get() or oldest + _AHEAD
    checked_range(oldest, newest)
    category = CATEGORY.get()
    rows = client().events(oldest, newest, categories=(category,) if category else ())
    events = flatten_each(flatten_event, rows)
    return reply_items(events, say_events(events, voice(), today()))
