"""How many days and weeks in a row were trained."""

from __future__ import annotations

from datetime import timedelta

from flask import Response

from bridge.domain.activity.activity import Activity, flatten_activity
from bridge.domain.calendar.away import away_on
from bridge.domain.calendar.event import SESSIONS, covers, flatten_event
from bridge.domain.overview.fitness import flatten_fitness
from bridge.domain.overview.streak import Streak, flatten_streak, say_streak
from bridge.domain.raw import flatten_all
from bridge.routes.replies import reply
from bridge.services import client, today, together, voice

_BACK = timedelta(days=366)
_LONGEST_AWAY = timedelta(days=30)
_FIELDS = "id,start_date_local"  # a year of nothing but days


def show() -> Response:
    """Tell the streak, which lives until the day or week is over."""
    streak, said, _, _ = read_streak()
    return reply(streak, said)


def read_streak() -> tuple[Streak, str, list[Activity], bool]:
    """Return the streak, its sentence, and what both were made of.

    That is a year of activities, their days alone, and whether training is due today.
    """
    since, day = today() - _BACK, today()
    upstream = client()
    rows, raw_events, raw_fitness = together(
        lambda: upstream.activities(since, day, fields=_FIELDS),
        lambda: upstream.events(day - _LONGEST_AWAY, day),
        lambda: upstream.fitness(day, day),
    )
    activities = flatten_all(flatten_activity, rows)
    streak = flatten_streak(activities, day, since=since)
    events = flatten_all(flatten_event, raw_events)
    fitness = flatten_fitness(raw_fitness, day)
    planned = any(row.category in SESSIONS and covers(row, day) for row in events)
    is_fit = away_on(events, day) is None and fitness.form_zone != "high_risk"
    may_train = planned and is_fit
    said = say_streak(streak, voice(), may_train=may_train)
    return streak, said, activities, may_train
