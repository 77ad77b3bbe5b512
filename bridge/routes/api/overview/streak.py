"""How many days and weeks in a row were trained."""

from __future__ import annotations

from datetime import timedelta

import msgspec
from flask import Response

from bridge.domain.activity.activity import Activity, flatten_activity
from bridge.domain.calendar.away import LONGEST_AWAY, away_on
from bridge.domain.calendar.event import SESSIONS, covers, flatten_event
from bridge.domain.overview.fitness import DayLoad, load_ahead
from bridge.domain.overview.streak import Streak, flatten_streak, say_streak
from bridge.domain.raw import flatten_all
from bridge.domain.wellness.baseline import days_to_read
from bridge.routes.api.overview.verdict import judged_by
from bridge.routes.replies import reply
from bridge.services import client, today, together, voice

_BACK = timedelta(days=366)
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
    rows, raw_events, mornings = together(
        lambda: upstream.activities(since, day, fields=_FIELDS),
        lambda: upstream.events(day - LONGEST_AWAY, day),
        lambda: upstream.mornings(days_to_read(day), day),
    )
    activities = flatten_all(flatten_activity, rows)
    streak = flatten_streak(activities, day, since=since)
    events = flatten_all(flatten_event, raw_events)
    planned = any(row.category in SESSIONS and covers(row, day) for row in events)
    away, load = away_on(events, day), DayLoad(planned=load_ahead(raw_events, day))
    fitness, is_off = judged_by(mornings, day, load)
    is_fit = away is None and (is_off or fitness.form_zone != "high_risk")
    verdict = away.reason if away else "easy" if is_off else None
    streak = msgspec.structs.replace(streak, verdict=verdict)
    may_train = planned and is_fit
    said = say_streak(streak, voice(), may_train=may_train)
    return streak, said, activities, may_train
