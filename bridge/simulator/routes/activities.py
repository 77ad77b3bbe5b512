"""Serve activities of an athlete: lists, searches, new ones."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from flask import Blueprint, Response, request

from bridge.simulator.activities import recording
from bridge.simulator.activities import records as activities
from bridge.simulator.activities.laps import measure
from bridge.simulator.door import (
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
    wanted_whole,
    whole,
)
from bridge.simulator.fields.activity import ACTIVITY, SEARCH_RESULT
from bridge.simulator.fields.bodies import Record, read_record, read_records, trim
from bridge.simulator.files import uploads
from bridge.simulator.routes.laps import with_intervals

bp = Blueprint("activities", __name__)

A = "/athlete/<athlete_id>"
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


def _shown(records: Iterable[Record]) -> list[Record]:
    return [activities.body(the_world(), record) for record in records]


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
        for record in activities.newest_first(world)
        if low <= record["start_date_local"] <= high
        and (route is None or record.get("route_id") == route)
    ]
    shown = _shown(rows[:limit] if limit is not None else rows)
    return reply([trim(row, fields) for row in shown] if fields else shown)


@bp.get(f"{A}/activities.csv")
def as_csv() -> Response:
    """Return all activities as CSV; it begins with a byte order mark."""
    world = the_world()
    records = activities.newest_first(world)
    rows = _shown(record for record in records if not activities.is_stub(record))
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


@bp.get(f"{A}/activities-around")
def around() -> Response:
    """Return the neighbours of an activity, the nearest first."""
    world = the_world()
    middle = activities.find(world, wanted("activity_id"))
    limit, route = whole("limit", 30), whole("route_id")
    here = datetime.fromisoformat(middle["start_date_local"])

    def distance(record: Record) -> float:
        there = datetime.fromisoformat(record["start_date_local"])
        return abs((there - here).total_seconds())

    rows = [
        record
        for record in activities.newest_first(world)
        if route is None or record.get("route_id") == route
    ]
    return reply(_shown(sorted(rows, key=distance)[:limit]))


def _found() -> list[Record]:
    text, limit = wanted("q").lower(), whole("limit", 100)
    rows = activities.newest_first(the_world())
    if text.startswith("#"):
        hits = [row for row in rows if text[1:] in _lower(row.get("tags"))]
    else:
        hits = [row for row in rows if text in (row.get("name") or "").lower()]
    return hits[:limit]


def _lower(tags: list[str] | None) -> list[str]:
    return [tag.lower() for tag in tags or []]


@bp.get(f"{A}/activities/search")
def search() -> Response:
    """Return short rows of activities by part of the name or exact tag."""
    rows = _shown(_found())
    return reply([{name: row.get(name) for name in SEARCH_RESULT} for row in rows])


@bp.get(f"{A}/activities/search-full")
def search_full() -> Response:
    """Return whole activities by part of the name or exact tag."""
    return reply(_shown(_found()))


@bp.get(f"{A}/activities/interval-search")
def interval_search() -> Response:
    """Return activities with laps of a length and intensity."""
    world = the_world()
    seconds = wanted_whole("minSecs"), wanted_whole("maxSecs")
    intensity = wanted_whole("minIntensity"), wanted_whole("maxIntensity")
    fewest, most = whole("minReps", 1) or 1, whole("maxReps", 999999) or 999999
    limit = whole("limit", 30) or 30
    hits: list[Record] = []
    for record in activities.newest_first(world):
        if len(hits) == limit:
            break
        if not activities.is_stub(record):
            reps = _repeats(record, seconds, intensity, fewest)
            hits += [record] if fewest <= reps <= most else []
    return reply(_shown(hits))


def _repeats(
    record: Record, seconds: tuple[int, int], intensity: tuple[int, int], fewest: int
) -> int:
    world = the_world()
    fitting = [
        lap
        for lap in activities.laps(world, record)
        if lap.work and seconds[0] <= lap.end_index - lap.start_index <= seconds[1]
    ]
    enough = len(fitting) >= fewest
    streams = world.streams_of(record["id"]) if fitting and enough else None
    if streams is None:
        return 0
    values = [measure(lap, streams, record)["intensity"] or 0 for lap in fitting]
    return sum(intensity[0] <= value <= intensity[1] for value in values)


@bp.get(f"{A}/activity-tags")
def tags() -> Response:
    """Return all tags activities carry."""
    rows = the_world().activities.values()
    return reply(sorted({tag for row in rows for tag in row.get("tags") or []}))


@bp.post(f"{A}/activities/manual")
def create_manual() -> Response:
    """Create an activity by hand."""
    world, fields = the_world(), read_record(ACTIVITY, json_body())
    return reply(activities.body(world, recording.create_manual(world, fields)))


@bp.post(f"{A}/activities/manual/bulk")
def create_many() -> Response:
    """Create or update several activities by hand, by external id."""
    world, rows = the_world(), read_records(ACTIVITY, json_body())
    return reply(_shown([recording.create_manual(world, row) for row in rows]))


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
