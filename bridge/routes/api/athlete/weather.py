"""The weather of the next session, where Intervals.icu has a forecast."""

from __future__ import annotations

from datetime import date

from flask import Response

from bridge.domain.athlete.weather import flatten_weather, say_weather
from bridge.domain.calendar.event import is_outdoors, say_event_name
from bridge.routes.api.calendar.workouts import next_of, read_ahead
from bridge.routes.params import DAY_AHEAD
from bridge.routes.replies import reply
from bridge.services import client, today, voice


def show() -> Response:
    """Tell the weather of a day, by default of the next planned session."""
    day, session = DAY_AHEAD.get(), None
    if day is None:
        day, session = _next_day()
    weather = flatten_weather(client().weather_forecast(), day, session=session)
    return reply(weather, say_weather(weather, voice(), today()))


def _next_day() -> tuple[date, str | None]:
    rows, paired = read_ahead()
    event = next_of([row for row in rows if is_outdoors(row)], paired)
    if event is None or event.date is None:
        return today(), None
    return date.fromisoformat(event.date), say_event_name(event, voice())
