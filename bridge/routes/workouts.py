"""Planned workouts."""

from __future__ import annotations

from flask import Response

from bridge.domain.event import flatten_event, steps_by_event
from bridge.domain.plan import say_today
from bridge.domain.raw import flatten_each
from bridge.routes.params import DAY
from bridge.routes.replies import reply_items
from bridge.services import client, today, voice


def show_today() -> Response:
    """Tell what is planned for today, or for ``?day=``."""
    day = DAY.get() or today()
    rows = client().events(day, day)
    events = flatten_each(flatten_event, rows)
    steps = steps_by_event(rows)
    speech = say_today(events, voice(), today(), day=day, steps=steps)
    return reply_items(events, speech)
