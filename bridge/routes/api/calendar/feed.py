"""The calendar as a feed for calendar apps, which bring a view key in its address."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from zoneinfo import ZoneInfo

from flask import Response, request

from bridge.domain.calendar.event import flatten_events
from bridge.domain.calendar.feed import FEED_CATEGORIES, Feed, read_stamps
from bridge.routes.api.calendar.events import read_pairs
from bridge.routes.params import BUSY
from bridge.services import client, settings, today, together, voice

_BACK = timedelta(days=60)  # a phase that began before still counts
_AHEAD = timedelta(days=366)


def calendar_feed(key: str) -> Response:
    """Send planned workouts, races and phases as iCalendar; ``busy`` without names."""
    del key  # the guard let it in
    upstream, day = client(), today()
    first, last = day - _BACK, day + _AHEAD
    rows, paired = together(
        lambda: upstream.events(first, last, categories=FEED_CATEGORIES),
        lambda: read_pairs(upstream, first, last, until=day),
    )
    feed = Feed(
        voice=voice(),
        zone=ZoneInfo(settings().timezone),
        stamps=read_stamps(rows),
        busy=bool(BUSY.get()),
    )
    body = feed.write(flatten_events(rows, paired))
    response = Response(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="training.ics"'
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.set_etag(hashlib.sha256(body).hexdigest()[:32])
    response.make_conditional(request)
    return response
