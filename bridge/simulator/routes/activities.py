"""Serve activities: lists, searches, one of them, new ones, comments."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from flask import Blueprint, Response, request

from bridge.simulator.activities import records
from bridge.simulator.exchange import (
    edges,
    flag,
    json_body,
    listed,
    number,
    reply,
    reply_csv,
    the_world,
    uploaded_file,
    wanted,
    whole,
)
from bridge.simulator.fields.activity import ACTIVITY, MESSAGE, SEARCH_RESULT
from bridge.simulator.fields.bodies import Record, read_record, render, trim
from bridge.simulator.files import uploads
from bridge.simulator.routes.laps import with_intervals
from bridge.simulator.state import is_stub

bp = Blueprint("activities", __name__)

A = "/athlete/<athlete_id>"
V = "/activity/<activity_id>"
CSV_RENAMED = {
    "icu_normalized_watts": "icu_weighted_avg_watts",
    "icu_fatigue": "icu_atl",
    "icu_fitness": "icu_ctl",
    "icu_eftp": "icu_rolling_ftp",
    "icu_variability": "icu_variability_index",
    "icu_efficiency": "icu_efficiency_factor",
}
CSV_COLUMNS = """
    id start_date_local name type moving_time distance elapsed_time
    total_elevation_gain max_speed average_speed has_heartrate max_heartrate
    average_heartrate calories device_watts icu_average_watts icu_normalized_watts
    icu_joules icu_intensity icu_training_load icu_training_load_edited icu_fatigue
    icu_fitness icu_eftp icu_variability icu_efficiency trainer commute workout_type
""".split()  # noqa: SIM905 - a text reads better than forty quotes


def _shown(rows: Iterable[Record]) -> list[Record]:
    return [records.body(the_world(), record) for record in rows]


@bp.get(f"{A}/activities")
def index() -> Response:
    """Return activities of a range, the newest first."""
    world = the_world()
    wanted("oldest")
    oldest, newest = edges(None, datetime.combine(world.today(), datetime.max.time()))
    low, high = oldest.isoformat(), newest.isoformat()
    route, fields, limit = whole("route_id"), listed("fields"), whole("limit")
    rows = [
        record
        for record in world.newest_first()
        if low <= record["start_date_local"] <= high
        and (route is None or record.get("route_id") == route)
    ]
    shown = _shown(rows[:limit] if limit is not None else rows)
    return reply([trim(row, fields) for row in shown] if fields else shown)


@bp.get(f"{A}/activities.csv")
def as_csv() -> Response:
    """Return all activities as CSV; it begins with a byte order mark."""
    world = the_world()
    done = (record for record in world.newest_first() if not is_stub(record))
    rows = _shown(done)
    for row in rows:
        row |= {new: row[old] for new, old in CSV_RENAMED.items()}
    return reply_csv(CSV_COLUMNS, rows, bom=True)


@bp.get(f"{A}/activities/<ids>")
def several(ids: str) -> Response:
    """Return several activities by id; unknown ones are skipped."""
    world = the_world()
    found = [world.activities[key] for key in ids.split(",") if key in world.activities]
    if flag("intervals"):
        return reply([with_intervals(world, record) for record in found])
    return reply(_shown(found))


def _matches() -> list[Record]:
    text, limit = wanted("q").lower(), whole("limit", 100)
    rows = the_world().newest_first()
    if text.startswith("#"):
        hits = [
            row
            for row in rows
            if text[1:] in [tag.lower() for tag in row.get("tags") or []]
        ]
    else:
        hits = [row for row in rows if text in (row.get("name") or "").lower()]
    return hits[:limit]


@bp.get(f"{A}/activities/search")
def search() -> Response:
    """Return short rows of activities by part of the name or exact tag."""
    rows = _shown(_matches())
    return reply([{name: row.get(name) for name in SEARCH_RESULT} for row in rows])


@bp.get(f"{A}/activities/search-full")
def search_full() -> Response:
    """Return whole activities by part of the name or exact tag."""
    return reply(_shown(_matches()))


@bp.post(f"{A}/activities/manual")
def create_manual() -> Response:
    """Create an activity by hand."""
    world, fields = the_world(), read_record(ACTIVITY, json_body())
    return reply(records.body(world, records.create_manual(world, fields)))


@bp.post(f"{A}/activities")
def upload() -> Response:
    """Take a recorded file: 201 when it was new, 200 when all is known."""
    world, (name, data) = the_world(), uploaded_file()
    keys = ("name", "description", "device_name", "external_id")
    fields = {key: request.args[key] for key in keys if request.args.get(key)}
    event = request.args.get("paired_event_id")
    event_id = number("paired_event_id", event) if event else None
    body, fresh = uploads.take(world, name, data, fields, event_id)
    return reply(body, 201 if fresh else 200)


@bp.get(V)
def show(activity_id: str) -> Response:
    """Return an activity, with laps when asked; 200 for a stub too."""
    world = the_world()
    record = records.find(world, activity_id)
    if flag("intervals"):
        return reply(with_intervals(world, record))
    return reply(records.body(world, record))


@bp.put(V)
def update(activity_id: str) -> Response:
    """Change sent fields; -1 clears a number."""
    world, changes = the_world(), read_record(ACTIVITY, json_body())
    record = records.find(world, activity_id)
    return reply(records.body(world, records.update(world, record, changes)))


@bp.delete(V)
def remove(activity_id: str) -> Response:
    """Delete an activity and leave a tombstone."""
    world = the_world()
    return reply(records.remove(world, records.find(world, activity_id)))


@bp.get(f"{V}/messages")
def messages(activity_id: str) -> Response:
    """Return the comments on an activity, oldest first."""
    world = the_world()
    records.find(world, activity_id)
    since, limit = whole("sinceId", 0) or 0, whole("limit", 100)
    rows = world.messages.get(activity_id, [])
    fresh = [render(MESSAGE, row) for row in rows if row["id"] > since]
    return reply(fresh[:limit])


@bp.post(f"{V}/messages")
def comment(activity_id: str) -> Response:
    """Add a comment; upstream would also open a chat, which nobody here reads."""
    world = the_world()
    record = records.find(world, activity_id)
    content = read_record({"content": "s"}, json_body()).get("content") or ""
    author = world.athlete_id, world.athlete["name"]
    message = records.comment(world, record, content, *author)
    return reply({"id": message["id"], "new_chat": None})
