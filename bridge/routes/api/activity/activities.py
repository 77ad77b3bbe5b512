"""Activities: what was done."""

from __future__ import annotations

import msgspec
from flask import Response

from bridge.domain.activity.activity import (
    Activity,
    RawActivity,
    flatten_activity,
    say_activities,
    say_activity,
)
from bridge.domain.activity.search import say_found
from bridge.domain.flat import ITEMS_AT_ONCE
from bridge.domain.raw import flatten_each
from bridge.errors import BadParameter
from bridge.routes.api.activity.choice import known, latest_of, none_found, readable
from bridge.routes.params import DAY, LIMIT, QUERY, TYPE, activity_id, day_range
from bridge.routes.replies import reply, reply_items
from bridge.services import client, today, voice

DAYS = 30


def index() -> Response:
    """List the activities of a range, newest first."""
    day = DAY.get()
    oldest, newest = (day, day) if day else day_range(DAYS)
    found = readable(client().activities(oldest, newest), TYPE.get())
    activities = flatten_each(flatten_activity, found[: LIMIT.get()])
    return reply_items(activities, say_activities(activities, voice()))


def latest() -> Response:
    """Tell the latest activity, or the latest of a type."""
    found = latest_of(TYPE.get())
    if found is None:
        return none_found()
    activity = flatten_activity(found)
    return reply(activity, say_activity(activity, voice(), today()))


def show(activity: str) -> Response:
    """Tell one activity."""
    found = flatten_activity(known(client().activity(activity_id(activity)), activity))
    return reply(found, say_activity(found, voice(), today()))


def search() -> Response:
    """Find activities by a part of their name, or by a #tag."""
    words = QUERY.get()
    if words is None:
        raise BadParameter("q is missing", name=QUERY.name, example=QUERY.example)
    most = LIMIT.get() or ITEMS_AT_ONCE
    found = client().search(words, most)
    activities = flatten_each(_flatten_found, readable(found, TYPE.get()))
    said = say_found(activities, words, voice(), today(), cut=len(found) >= most)
    return reply_items(activities, said)


def _flatten_found(raw: RawActivity) -> Activity:
    """Flatten a search result, which says nothing about the analysis."""
    return msgspec.structs.replace(flatten_activity(raw), analyzed=None)
