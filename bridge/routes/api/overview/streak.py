"""How many days and weeks in a row were trained."""

from __future__ import annotations

from datetime import timedelta

from flask import Response

from bridge.domain.activity.activity import flatten_activity
from bridge.domain.overview.streak import flatten_streak, say_streak
from bridge.domain.raw import flatten_all
from bridge.routes.replies import reply
from bridge.services import client, today, voice

_BACK = timedelta(days=366)
_FIELDS = "id,start_date_local"  # a year of nothing but days


def show() -> Response:
    """Tell the streak, which lives until the day or week is over."""
    since = today() - _BACK
    rows = client().activities(since, today(), fields=_FIELDS)
    activities = flatten_all(flatten_activity, rows)
    streak = flatten_streak(activities, today(), since=since)
    return reply(streak, say_streak(streak, voice()))
