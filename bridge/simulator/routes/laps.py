"""Serve laps: read them, cut them anew."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from bridge.simulator.activities import records
from bridge.simulator.activities.laps import Lap, groups_of, measure, partition
from bridge.simulator.activities.streams import streams_of
from bridge.simulator.exchange import flag, json_body, reply, the_world
from bridge.simulator.fields.activity import INTERVAL
from bridge.simulator.fields.bodies import Record, Streams, read_records
from bridge.simulator.refusals import semantic
from bridge.simulator.state import State, is_stub

bp = Blueprint("laps", __name__)

V = "/activity/<activity_id>"


def lap_rows(world: State, record: Record) -> tuple[Any, Any]:
    """Return measured laps and their groups; null before the analysis."""
    streams = streams_of(world, record["id"])
    if streams is None:
        return [], []
    if not world.is_analysed(record):
        return None, None
    laps = records.laps(world, record)
    rows = [measure(lap, streams, record) for lap in laps]
    return rows, groups_of(rows)


def with_intervals(world: State, record: Record) -> Record:
    """Return an activity with its laps; a stub stays a stub."""
    shown = records.body(world, record)
    if is_stub(record):
        return shown
    rows, groups = lap_rows(world, record)
    return shown | {"icu_intervals": rows, "icu_groups": groups}


def _answer(record: Record) -> Response:
    world = the_world()
    rows, groups = lap_rows(world, record)
    done = world.is_analysed(record)
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
    record = records.find(world, activity_id, readable=True)
    streams = streams_of(world, activity_id)
    if streams is None:
        raise semantic("Activity has no streams")
    return record, streams


def _cut(record: Record, laps: list[Lap], samples: int) -> Response:
    world = the_world()
    first = world.next_id("lap") * 100
    world.laps[record["id"]] = partition(laps, samples, first)
    record["icu_intervals_edited"] = True
    records.mark_analysed(world, record)
    return _answer(record)


@bp.get(f"{V}/intervals")
def index(activity_id: str) -> Response:
    """Return the laps of an activity and their groups."""
    return _answer(records.find(the_world(), activity_id, readable=True))


@bp.put(f"{V}/intervals")
def replace(activity_id: str) -> Response:
    """Cut the activity anew; gaps are filled, `type` is ignored."""
    record, streams = _open(activity_id)
    sent = [_sent(row) for row in read_records(INTERVAL, json_body())]
    kept = [] if flag("all", default=True) else records.laps(the_world(), record)
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
