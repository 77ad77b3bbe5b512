"""What was recorded: streams as CSV, and the activity's file."""

from __future__ import annotations

from flask import Response

from bridge.domain.activity.activity import flatten_activity, is_strava_stub
from bridge.domain.activity.track import file_name, read_file
from bridge.errors import StravaOnly, UpstreamGarbage
from bridge.routes.api.activity.choice import known, latest_of, no_file_found
from bridge.routes.params import FILE_KIND, STREAMS, TYPE, activity_id
from bridge.routes.replies import send_file
from bridge.services import client
from bridge.upstream.files import stream_file


def streams(activity: str = "latest") -> Response:
    """Send the recorded streams as CSV, upstream's own."""
    if activity == "latest":
        raw = latest_of(TYPE.get())
        if raw is None:
            raise no_file_found()
        activity = str(raw.id)
    found = client().streams_csv(activity_id(activity), STREAMS.get())
    pieces = stream_file(found)
    return send_file(pieces, "text/csv; charset=utf-8", f"{activity}-streams.csv")


def show(activity: str = "latest") -> Response:
    """Send the activity's file: as it was recorded, or made into FIT or GPX."""
    wanted = activity
    raw = (
        latest_of(TYPE.get())
        if activity == "latest"
        else known(client().activity(activity_id(activity)), wanted)
    )
    if raw is None:
        raise no_file_found()
    if is_strava_stub(raw):
        raise StravaOnly(f"activity {raw.id}")
    body = client().activity_file(str(raw.id), FILE_KIND.get() or "file")
    try:
        data, kind = read_file(body)
    except ValueError as error:
        raise UpstreamGarbage(f"file of {raw.id}: {error}") from error
    return send_file([data], kind.content_type, file_name(flatten_activity(raw), kind))
