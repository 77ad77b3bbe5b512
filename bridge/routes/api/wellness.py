"""Wellness: sleep, heart rate variability, weight and how the athlete feels."""

from __future__ import annotations

from functools import partial

from flask import Response, request

from bridge.domain.raw import flatten_each
from bridge.domain.wellness.day import (
    Wellness,
    flatten_wellness,
    say_wellness,
    say_wellness_range,
)
from bridge.domain.wellness.fields import WELLNESS_BY_NAME
from bridge.routes.params import DAY, FIELDS, NEWEST, OLDEST, day_range
from bridge.routes.replies import reply, reply_items
from bridge.services import client, today, voice

DAYS = 7


def show() -> Response:
    """Tell the wellness of one day, or of a range, newest first."""
    asked = FIELDS.get() or []
    private = any(WELLNESS_BY_NAME[name].private for name in asked)
    flatten = partial(flatten_wellness, private=private)
    if OLDEST.name in request.args or NEWEST.name in request.args:
        oldest, newest = day_range(DAYS)
        days = flatten_each(flatten, client().wellness(oldest, newest))
        days.sort(key=lambda wellness: wellness.date, reverse=True)
        return reply_items(days, say_wellness_range(days, voice()))
    day = DAY.get() or today()
    found = flatten_each(flatten, client().wellness(day, day))
    wellness = found[0] if found else Wellness(date=day.isoformat())
    return reply(wellness, say_wellness(wellness, voice(), today(), asked=asked))
