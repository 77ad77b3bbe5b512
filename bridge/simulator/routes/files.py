"""Serve streams and files of activities, and where they went."""

from __future__ import annotations

import gzip
import io
import zipfile
from typing import Any

from flask import Blueprint, Response, request

from bridge.simulator.activities import records
from bridge.simulator.activities.laps import measure
from bridge.simulator.activities.streams import envelope, streams_of
from bridge.simulator.exchange import (
    flag,
    listed,
    reply,
    reply_file,
    suffixed,
    the_world,
    wants_csv,
)
from bridge.simulator.fields.activity import WEATHER_SUMMARY
from bridge.simulator.fields.bodies import Record, Streams
from bridge.simulator.files.fit import encode_fit
from bridge.simulator.files.tracks import encode_gpx
from bridge.simulator.refusals import no_record, semantic

bp = Blueprint("files", __name__)

V = "/activity/<activity_id>"


def _open(activity_id: str) -> tuple[Record, Streams]:
    world = the_world()
    record = records.find(world, activity_id, readable=True)
    return record, streams_of(world, activity_id) or {}


@suffixed(bp, f"{V}/streams")
def streams(activity_id: str) -> Response:
    """Return the streams of an activity: all, or the named types."""
    _, found = _open(activity_id)
    types = listed("types")
    names = [name for name in found if not types or name in types]
    if wants_csv():
        return _csv({name: found[name] for name in found if name in {*names, "time"}})
    return reply([envelope(name, found[name]) for name in names])


def _csv(found: Streams) -> Response:
    lines = [",".join(found)]
    rows = zip(*found.values(), strict=True)
    lines += [",".join(_cell(value) for value in row) for row in rows]
    return Response("\n".join([*lines, ""]), mimetype="text/csv")


def _cell(value: Any) -> str:
    if isinstance(value, tuple | list):
        return ":".join(str(part) for part in value)
    return "" if value is None else str(value)


def _fit(record: Record, found: Streams, *, power: bool, heart: bool) -> bytes:
    world = the_world()
    rows = [measure(lap, found, record) for lap in records.laps(world, record)]
    shown = records.body(world, record)
    return encode_fit(shown, _kept(found, power, heart), rows)


def _kept(found: Streams, power: bool, heart: bool) -> Streams:
    dropped = set() if power else {"watts"}
    dropped |= set() if heart else {"heartrate"}
    return {name: found[name] for name in found if name not in dropped}


def _recorded(found: Streams) -> Streams:
    if not found:
        raise no_record("File")
    return found


@bp.get(f"{V}/file")
def original(activity_id: str) -> Response:
    """Return the file the device sent, gzip-encoded as upstream does."""
    record, found = _open(activity_id)
    data = the_world().files.get(activity_id)
    if data is None:
        data = _fit(record, _recorded(found), power=True, heart=True)
    kind = record.get("file_type") or "fit"
    name = f"{activity_id}.{kind}.gz"
    packed = gzip.compress(data, 5, mtime=0)
    response = reply_file(packed, name, "application/octet-stream")
    response.headers["Content-Encoding"] = "gzip"
    return response


@bp.get(f"{V}/fit-file")
def fit_file(activity_id: str) -> Response:
    """Return a FIT file made from the streams."""
    record, found = _open(activity_id)
    power, heart = flag("power", default=True), flag("hr", default=True)
    data = _fit(record, _recorded(found), power=power, heart=heart)
    return reply_file(data, f"{activity_id}.fit", "application/octet-stream")


@bp.get(f"{V}/gpx-file")
def gpx_file(activity_id: str) -> Response:
    """Return a GPX file; it needs a place."""
    record, found = _open(activity_id)
    if "latlng" not in found:
        raise semantic("Activity has no GPS data")
    power, heart = flag("power", default=True), flag("hr", default=True)
    body = records.body(the_world(), record)
    data = encode_gpx(body, _kept(found, power, heart))
    return reply_file(data, f"{activity_id}.gpx", "application/gpx+xml")


@bp.post("/athlete/<athlete_id>/download-fit-files")
def fit_files() -> Response:
    """Return several FIT files in a zip; Strava's are left out."""
    world, ids = the_world(), listed("ids")
    if not ids:
        raise semantic("Required request parameter 'ids' is not present")
    power, heart = flag("power", default=True), flag("hr", default=True)
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        for key in ids:
            record, found = world.activities.get(key), streams_of(world, key)
            if record and found:
                data = _fit(record, found, power=power, heart=heart)
                archive.writestr(f"{key}.fit", data)
    return reply_file(box.getvalue(), "activities.zip", "application/zip")


@bp.get(f"{V}/map")
def on_map(activity_id: str) -> Response:
    """Return the path of an activity and its corners."""
    world = the_world()
    record, found = _open(activity_id)
    asked = request.args.get("bounds")
    if asked is not None and len(asked.split(",")) != 4:
        raise semantic("Expected left, top, right, bottom for bounds")
    path = [list(point) for point in found.get("latlng", [])]
    route = world.routes.get(record.get("route_id") or 0)
    shown = None if flag("boundsOnly") else path
    body = {"bounds": _bounds(path), "latlngs": shown or None}
    return reply(body | {"route": route, "weather": None})


def _bounds(path: list[list[float]]) -> list[list[float]] | None:
    """Return the south-west and north-east corners of a path."""
    if not path:
        return None
    latitudes, longitudes = zip(*path, strict=True)
    return [[min(latitudes), min(longitudes)], [max(latitudes), max(longitudes)]]


@bp.get(f"{V}/weather-summary")
def weather(activity_id: str) -> Response:
    """Return the weather an activity had."""
    record, found = _open(activity_id)
    values = {name: record.get(name) for name in WEATHER_SUMMARY}
    values |= {"start_index": 0, "end_index": len(found.get("time", []))}
    values |= {"start_secs": 0, "end_secs": record.get("elapsed_time")}
    return reply(values | {"whole_activity": True})


@bp.get(f"{V}/segments")
def segments(activity_id: str) -> Response:
    """Return segments: the pretend athlete rides none."""
    _open(activity_id)
    return reply([])
