"""Serve laps: read them, cut them anew, join and split them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from bridge.simulator.activities import records as activities
from bridge.simulator.activities.laps import Lap, groups_of, measure, partition, split
from bridge.simulator.activities.streams import Streams
from bridge.simulator.door import (
    flag,
    json_body,
    number,
    reply,
    the_world,
    wanted_whole,
)
from bridge.simulator.fields.activity import INTERVAL
from bridge.simulator.fields.bodies import Record, read_record, read_records
from bridge.simulator.refusals import not_found, semantic
from bridge.simulator.world import World

bp = Blueprint("laps", __name__)

V = "/activity/<activity_id>"


def lap_rows(world: World, record: Record) -> tuple[Any, Any]:
    """Return measured laps and their groups; null before the analysis."""
    streams = world.streams_of(record["id"])
    if streams is None:
        return [], []
    if not activities.is_analysed(world, record):
        return None, None
    laps = activities.laps(world, record)
    rows = [measure(lap, streams, record) for lap in laps]
    return rows, groups_of(rows)


def with_intervals(world: World, record: Record) -> Record:
    """Return an activity with its laps; a stub stays a stub."""
    shown = activities.body(world, record)
    if activities.is_stub(record):
        return shown
    rows, groups = lap_rows(world, record)
    return shown | {"icu_intervals": rows, "icu_groups": groups}


def _answer(record: Record) -> Response:
    world = the_world()
    rows, groups = lap_rows(world, record)
    done = activities.is_analysed(world, record)
    return reply(
        {
            "id": record["id"],
            "analyzed": record["analyzed"] if done else None,
            "icu_intervals": rows,
            "icu_groups": groups,
        }
    )


def _open(activity_id: str) -> tuple[Record, Streams]:
    world = the_world()
    record = activities.find(world, activity_id, readable=True)
    streams = world.streams_of(activity_id)
    if streams is None:
        raise semantic("Activity has no streams")
    return record, streams


def _cut(record: Record, laps: list[Lap], samples: int) -> Response:
    world = the_world()
    first = world.next_id("lap") * 100
    world.laps[record["id"]] = partition(laps, samples, first)
    record["icu_intervals_edited"] = True
    activities.mark_analysed(world, record)
    return _answer(record)


@bp.get(f"{V}/intervals")
def index(activity_id: str) -> Response:
    """Return the laps of an activity and their groups."""
    return _answer(activities.find(the_world(), activity_id, readable=True))


@bp.put(f"{V}/intervals")
def replace(activity_id: str) -> Response:
    """Cut the activity anew; gaps are filled, `type` is ignored."""
    record, streams = _open(activity_id)
    sent = [_sent(row) for row in read_records(INTERVAL, json_body())]
    kept = [] if flag("all", default=True) else activities.laps(the_world(), record)
    free = [lap for lap in kept if not any(_overlap(lap, other) for other in sent)]
    return _cut(record, free + sent, len(streams["time"]))


def _overlap(lap: Lap, other: Lap) -> bool:
    return lap.start_index < other.end_index and other.start_index < lap.end_index


def _sent(row: Record) -> Lap:
    start, end = row.get("start_index"), row.get("end_index")
    if start is None or end is None or not 0 <= start < end:
        raise semantic("Invalid interval start_index or end_index")
    lap_id = row.get("id") or the_world().next_id("lap")
    return Lap(lap_id, start, end, work=True, label=row.get("label"))


@bp.put(f"{V}/intervals/<interval_id>")
def update(activity_id: str, interval_id: str) -> Response:
    """Move or rename one lap."""
    record, streams = _open(activity_id)
    wanted_id = number("intervalId", interval_id)
    laps = activities.laps(the_world(), record)
    old = next((lap for lap in laps if lap.id == wanted_id), None)
    if old is None:
        raise not_found("Interval")
    known: Record = {"start_index": old.start_index, "end_index": old.end_index}
    row = read_record(INTERVAL, json_body())
    changed = _sent(known | {"label": old.label} | row | {"id": wanted_id})
    moved = Lap(
        wanted_id, changed.start_index, changed.end_index, old.work, changed.label
    )
    others = [lap for lap in laps if lap is not old and not _overlap(lap, moved)]
    return _cut(record, [*others, moved], len(streams["time"]))


@bp.put(f"{V}/delete-intervals")
def remove(activity_id: str) -> Response:
    """Delete laps by id; what they covered becomes recovery."""
    record, streams = _open(activity_id)
    gone = {row.get("id") for row in read_records(INTERVAL, json_body())}
    laps = activities.laps(the_world(), record)
    left = [lap for lap in laps if lap.id not in gone]
    return _cut(record, left, len(streams["time"]))


@bp.put(f"{V}/split-interval")
def cut_in_two(activity_id: str) -> Response:
    """Split the lap that holds a sample."""
    record, streams = _open(activity_id)
    at = wanted_whole("splitAt")
    laps = activities.laps(the_world(), record)
    new_id = the_world().next_id("lap")
    return _cut(record, split(laps, at, new_id), len(streams["time"]))


@bp.get(f"{V}/interval-stats")
def stats(activity_id: str) -> Response:
    """Measure a stretch without storing it."""
    record, streams = _open(activity_id)
    start, end = wanted_whole("start_index"), wanted_whole("end_index")
    if not 0 <= start < end <= len(streams["time"]):
        raise semantic("Invalid start_index or end_index")
    return reply(measure(Lap(0, start, end, work=True), streams, record))
