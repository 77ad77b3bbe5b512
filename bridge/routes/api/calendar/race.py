"""The next race, and the training phase before it."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Response

from bridge.domain.calendar.event import Event, flatten_event
from bridge.domain.calendar.race import flatten_race, say_race
from bridge.domain.raw import flatten_all
from bridge.routes.params import CATEGORY
from bridge.routes.replies import reply, send
from bridge.services import client, today, voice
from bridge.upstream.client import Client

SEASON = ("RACE_A", "RACE_B", "RACE_C", "PLAN", "SICK", "INJURED", "HOLIDAY")
_AHEAD = timedelta(days=366)
_LONGEST_PHASE = timedelta(days=120)  # a phase that began before today still counts


def show() -> Response:
    """Count down to the next race, or to the next of ``?category=``."""
    events = read_season(client(), today())
    race = flatten_race(events, today(), category=CATEGORY.get())
    speech = say_race(race, voice(), today())
    return send({"count": 0}, speech) if race is None else reply(race, speech)


def read_season(upstream: Client, day: date) -> list[Event]:
    """Return races, phases, and what keeps from training, around ``day``."""
    rows = upstream.events(day - _LONGEST_PHASE, day + _AHEAD, categories=SEASON)
    return flatten_all(flatten_event, rows)
