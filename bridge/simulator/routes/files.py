"""Serve streams and files of activities."""

from __future__ import annotations

import gzip
import io
import zipfile
from typing import Any

from flask import Blueprint, Response, request

from bridge.simulator.activities import records as activities
from bridge.simulator.activities.laps import measure
from bridge.simulator.activities.streams import Streams, envelope, mended, unwrap
from bridge.simulator.door import (
    flag,
    json_body,
    listed,
    reply,
    reply_file,
    suffixed,
    the_world,
    uploaded_file,
    wants_csv,
)
from bridge.simulator.fields.activity import STREAM, WEATHER_SUMMARY
from bridge.simulator.fields.bodies import Record, read_records
from bridge.simulator.refusals import not_found, semantic
from bridge.simulator.talk import corners

bp = Blueprint("files", __name__)

V = "/activity/<activity_id>"
EDITABLE = ("time", "watts", "heartrate", "cadence", "distance", "altitude", "latlng")


def _open(activity_id: str) -> tuple[Record, Streams]:
    world = the_world()
    record = activities.find(world, activity_id, readable=True)
    return record, world.streams_of(activity_id) or {}


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


def _own_streams(activity_id: str) -> Streams:
    """Return an activity's streams as a copy that may be written."""
    world = the_world()
    if activity_id not in world.recorded:
        world.recorded[activity_id] = dict(world.streams_of(activity_id) or {})
    return world.recorded[activity_id]


def _store(record: Record, sent: Streams) -> Response:
    own = _own_streams(record["id"])
    lengths = {len(values) for values in (*own.values(), *sent.values())}
    if len(lengths) > 1:
        raise semantic("Streams must have the same length")
    own |= mended({"time": own.get("time", [])} | sent)
    record["stream_types"] = list(own)
    activities.mark_analysed(the_world(), record)
    return reply({"updated": list(sent), "deleted": []})


@bp.put(f"{V}/streams")
def write_streams(activity_id: str) -> Response:
    """Replace streams, sent as JSON."""
    record, _ = _open(activity_id)
    rows = read_records(STREAM | {"data": "l", "data2": "l"}, json_body())
    return _store(record, {str(row.get("type")): unwrap(row) for row in rows})


@bp.put(f"{V}/streams.csv")
def write_streams_csv(activity_id: str) -> Response:
    """Replace streams, sent as a CSV file."""
    record, _ = _open(activity_id)
    lines = uploaded_file()[1].decode("utf-8-sig").strip().splitlines()
    names = lines[0].split(",")
    rows = [[_read_cell(cell) for cell in line.split(",")] for line in lines[1:]]
    columns = [list(column) for column in zip(*rows, strict=True)]
    return _store(record, dict(zip(names, columns, strict=True)))


def _read_cell(text: str) -> Any:
    if ":" in text:
        return tuple(float(part) for part in text.split(":"))
    if not text:
        return None
    try:
        number = float(text)
    except ValueError as error:
        raise semantic(f"Invalid number [{text}]") from error
    return int(number) if number.is_integer() else number


def _fit(record: Record, found: Streams, *, power: bool, heart: bool) -> bytes:
    from bridge.simulator.files.fit import encode_fit

    world = the_world()
    rows = [measure(lap, found, record) for lap in activities.laps(world, record)]
    shown = activities.body(world, record)
    return encode_fit(shown, _kept(found, power, heart), rows)


def _kept(found: Streams, power: bool, heart: bool) -> Streams:
    dropped = set() if power else {"watts"}
    dropped |= set() if heart else {"heartrate"}
    return {name: found[name] for name in found if name not in dropped}


def _recorded(found: Streams) -> Streams:
    if not found:
        raise not_found("File")
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
    from bridge.simulator.files.gpx import encode_gpx

    record, found = _open(activity_id)
    if "latlng" not in found:
        raise semantic("Activity has no GPS data")
    power, heart = flag("power", default=True), flag("hr", default=True)
    body = activities.body(the_world(), record)
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
            record, found = world.activities.get(key), world.streams_of(key)
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
    body = {"bounds": corners.bounds(path), "latlngs": shown or None}
    return reply(body | {"route": route, "weather": None})


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
