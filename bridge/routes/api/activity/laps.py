"""The laps of an activity: for every sport, as JSON and as CSV."""

from __future__ import annotations

from flask import Response

from bridge.domain.activity.activity import flatten_activity, is_strava_stub
from bridge.domain.activity.lap import (
    Lap,
    RawActivityWithLaps,
    flatten_laps,
    laps_csv,
    read_laps,
    say_laps,
)
from bridge.domain.flat import text
from bridge.errors import StravaOnly
from bridge.routes.api.activity.choice import no_file_found, no_items_found, with_laps
from bridge.routes.replies import reply_items, send_file
from bridge.services import voice


def index(activity: str = "latest") -> Response:
    """Tell the laps of an activity, of any sport."""
    found = with_laps(activity)
    if found is None:
        return no_items_found()
    laps = _laps(found)
    speech = say_laps(
        laps,
        voice(),
        analyzed=found.analyzed is not None,
        manual=found.source == "MANUAL",
    )
    return reply_items(laps, speech, about=flatten_activity(found))


def csv_file(activity: str = "latest") -> Response:
    """Send the laps of an activity as CSV."""
    found = with_laps(activity)
    if found is None:
        raise no_file_found()
    return send_file(
        laps_csv(_laps(found)), "text/csv; charset=utf-8", f"{found.id}-laps.csv"
    )


def _laps(found: RawActivityWithLaps) -> list[Lap]:
    if is_strava_stub(found):
        raise StravaOnly(f"activity {found.id}")
    return flatten_laps(read_laps(found), text(found.type, 60))
