"""One week: planned against done."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Response

from bridge.domain.activity.activity import Activity, flatten_activity, pairs_of
from bridge.domain.calendar.event import Event, flatten_events
from bridge.domain.overview.week import (
    Week,
    WeekSport,
    flatten_week,
    monday_of,
    say_week,
    week_by_sport,
)
from bridge.domain.raw import flatten_all
from bridge.routes.params import DAY_AHEAD
from bridge.routes.replies import reply_items
from bridge.services import client, today, together, voice


def show() -> Response:
    """Tell the week of ``?day=``: planned and done, with last week beside it."""
    week, sports, _, _ = read_week(monday_of(DAY_AHEAD.get() or today()))
    return reply_items(sports, say_week(week, voice(), today()), about=week)


def read_week(
    start: date,
) -> tuple[Week, list[WeekSport], list[Activity], list[Event]]:
    """Return the week that begins on a Monday, its sports, and what is in it."""
    end = start + timedelta(days=6)
    upstream = client()
    raw_activities, raw_events = together(
        lambda: upstream.activities(start - timedelta(days=7), end),
        lambda: upstream.events(start - timedelta(days=7), end),
    )
    activities = flatten_all(flatten_activity, raw_activities)
    events = flatten_events(raw_events, pairs_of(raw_activities))
    week = flatten_week(activities, events, start, today(), voice())
    return week, week_by_sport(activities, events, start), activities, events
