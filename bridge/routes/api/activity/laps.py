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
    with_laps,
)
from bridge.domain.flat import text
from bridge.errors import NoRecord, StravaOnly
from bridge.routes.api.activity.meant import (
    known,
    latest_of,
    no_file,
    no_such,
    say_no_latest,
)
from bridge.routes.params import TYPE, activity_id
from bridge.routes.replies import paged, reply_items, send, send_file
from bridge.services import client, voice


def index(activity: str = "latest") -> Response:
    """Tell the laps of an activity, of any sport."""
    raw = read_with_laps(activity)
    if raw is None:
        return send(paged([], 0, 1), say_no_latest())
    laps = laps_of(raw)
    speech = say_laps(
        laps,
        voice(),
        analyzed=raw.analyzed is not None,
        manual=raw.source == "MANUAL",
    )
    return reply_items(laps, speech, about=with_laps(flatten_activity(raw), laps))


def csv_file(activity: str = "latest") -> Response:
    """Send the laps of an activity as CSV."""
    raw = read_with_laps(activity)
    if raw is None:
        raise no_file()
    return send_file(
        laps_csv(laps_of(raw)), "text/csv; charset=utf-8", f"{raw.id}-laps.csv"
    )


def read_with_laps(activity: str) -> RawActivityWithLaps | None:
    """Return an activity with its laps; None where there is no latest one.

    Raises
    ------
    BadId, NoRecord, UpstreamGarbage
        If there can be, or is, no such activity.
    """
    wanted = activity
    if activity == "latest":
        latest = latest_of(TYPE.get())
        if latest is None:
            return None
        wanted = str(latest.id)
    checked = activity_id(wanted)
    try:
        return known(client().activity_with_laps(checked), wanted)
    except NoRecord as error:
        raise no_such(checked, client()) from error


def laps_of(raw: RawActivityWithLaps) -> list[Lap]:
    """Return the laps of an activity; Strava keeps back those of its own."""
    if is_strava_stub(raw):
        raise StravaOnly(f"activity {raw.id}")
    return flatten_laps(read_laps(raw), text(raw.type, 60))
