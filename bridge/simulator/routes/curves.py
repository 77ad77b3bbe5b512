"""Serve best power, pulse and pace, of one activity and of many, and histograms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Blueprint, Response, request

from bridge.simulator.activities import analysis, curves, records
from bridge.simulator.activities.curves import (
    GAP,
    HEART,
    METRES,
    PACE,
    POWER,
    SECONDS,
    Best,
)
from bridge.simulator.activities.streams import streams_of
from bridge.simulator.athlete import account, sports
from bridge.simulator.exchange import (
    edges,
    flag,
    listed,
    reply,
    suffixed,
    the_world,
    wanted,
    whole,
)
from bridge.simulator.fields.activity import HR_CURVE, PACE_CURVE, POWER_CURVE
from bridge.simulator.fields.bodies import Record, Streams, render
from bridge.simulator.moments import local_day
from bridge.simulator.refusals import semantic

bp = Blueprint("curves", __name__)

A = "/athlete/<athlete_id>"
V = "/activity/<activity_id>"


def _measured(
    bests: Sequence[Best | None], windows: Sequence[float], name: str
) -> Record:
    """Return the parallel arrays of a curve: only lengths that were reached."""
    pairs = zip(windows, bests, strict=True)
    reached = [(window, best) for window, best in pairs if best is not None]
    return {
        name: [window for window, _ in reached],
        "values": [round(best.value) for _, best in reached],
        "start_index": [best.start_index for _, best in reached],
        "end_index": [best.end_index for _, best in reached],
        "activity_id": [best.activity_id for _, best in reached],
    }


def _watts_fields(values: list[int], owners: list[str], weight_kg: float) -> Record:
    """Return what a power curve has beside its watts."""
    return {
        "watts": values,
        "watts_per_kg": [round(value / weight_kg, 4) for value in values],
        "wkg_activity_id": owners,
    }


def _newest() -> date:
    text = request.args.get("newest") or request.args.get("now")
    return local_day(text) if text else the_world().today()


def _frame(curve: str, kind: str | None) -> tuple[Record, list[str]]:
    world = the_world()
    label, first, last = curves.span_of(world, curve, _newest())
    ids = curves.eligible(world, kind, first, last)
    rows = [world.activities[key] for key in ids]
    frame: Record = {
        "id": curve,
        "label": label,
        "start_date_local": f"{first}T00:00:00",
        "end_date_local": f"{last}T00:00:00",
        "days": (last - first).days + 1,
        "moving_time": sum(row.get("moving_time") or 0 for row in rows),
        "training_load": sum(row.get("icu_training_load") or 0 for row in rows),
        "weight": world.athlete.get("icu_weight"),
        "filters": [],
    }
    return frame, ids


def _answer(rows: list[Record]) -> Response:
    world = the_world()
    ids = {key for row in rows for key in row["activity_id"]}
    named = {key: records.body(world, world.activities[key]) for key in sorted(ids)}
    return reply({"list": rows, "activities": named})


def _asked() -> list[str]:
    return listed("curves") or ["1y"]


@suffixed(bp, f"{A}/power-curves", csv=False)
def power_curves() -> Response:
    """Return best power for each duration and each asked span."""
    world, kind = the_world(), wanted("type")
    settings = sports.settings_for(world.sports, kind) or {}
    rows = []
    for curve in _asked():
        frame, ids = _frame(curve, kind)
        bests = curves.best_of(world, ids, POWER, SECONDS)
        row = frame | _measured(bests, SECONDS, "secs")
        weight_kg = world.athlete.get("icu_weight") or 72.0
        row |= _watts_fields(row["values"], row["activity_id"], weight_kg)
        models = [account.power_model(settings)] if settings.get("ftp") and ids else []
        rows.append(render(POWER_CURVE, row | {"powerModels": models}))
    return _answer(rows)


@suffixed(bp, f"{A}/hr-curves", csv=False)
def hr_curves() -> Response:
    """Return the highest mean pulse for each duration and span."""
    rows = []
    for curve in _asked():
        frame, ids = _frame(curve, request.args.get("type"))
        bests = curves.best_of(the_world(), ids, HEART, SECONDS)
        row = frame | _measured(bests, SECONDS, "secs")
        rows.append(render(HR_CURVE, row))
    return _answer(rows)


@suffixed(bp, f"{A}/pace-curves", csv=False)
def pace_curves() -> Response:
    """Return the least seconds for each distance and span."""
    kind = GAP if flag("gap") else PACE
    rows = []
    for curve in _asked():
        frame, ids = _frame(curve, request.args.get("type") or "Run")
        bests = curves.best_of(the_world(), ids, kind, METRES)
        row = frame | _measured(bests, METRES, "distance")
        row |= {"type": kind.upper(), "paceModels": []}
        rows.append(render(PACE_CURVE, row))
    return _answer(rows)


def _lengths(name: str, default: Sequence[float]) -> list[float]:
    try:
        return [float(text) for text in listed(name)] or list(default)
    except ValueError as error:
        raise semantic(f"Invalid {name}") from error


def _by_activity(kind: str, windows: Sequence[float], key: str) -> list[Record]:
    """Return one row for each activity of a range."""
    world = the_world()
    wanted("oldest"), wanted("newest")
    oldest, newest = edges(None, None)
    ids = curves.eligible(world, request.args.get("type"), oldest.date(), newest.date())
    rows = []
    for activity_id in ids:
        bests = curves.activity_best(world, activity_id, kind, windows)
        if any(bests):
            record = world.activities[activity_id]
            values = [round(best.value) if best else None for best in bests]
            identity = {"id": activity_id, "weight": record.get("icu_weight")}
            identity["start_date_local"] = record["start_date_local"]
            rows.append(identity | {key: values})
    return rows


def _many(
    name: str, windows: Sequence[float], rows: list[Record], **more: bool
) -> Response:
    lengths = [int(window) if window == int(window) else window for window in windows]
    return reply({name: lengths, "curves": rows} | more)


@suffixed(bp, f"{A}/activity-power-curves", csv=False)
def activity_power_curves() -> Response:
    """Return best power for each activity of a range."""
    windows = _lengths("secs", SECONDS)
    return _many("secs", windows, _by_activity(POWER, windows, "watts"))


@suffixed(bp, f"{A}/activity-hr-curves", csv=False)
def activity_hr_curves() -> Response:
    """Return the highest mean pulse for each activity of a range."""
    windows = _lengths("secs", SECONDS)
    return _many("secs", windows, _by_activity(HEART, windows, "bpm"))


@suffixed(bp, f"{A}/activity-pace-curves", csv=False)
def activity_pace_curves() -> Response:
    """Return the least seconds by distance for each activity of a range."""
    windows = _lengths("distances", METRES)
    gap = flag("gap")
    rows = _by_activity(GAP if gap else PACE, windows, "secs")
    return _many("distances", windows, rows, gap=gap)


@bp.get(f"{A}/power-hr-curve")
def power_hr_curve() -> Response:
    """Return pulse and time by power over a range."""
    world, kind = the_world(), request.args.get("type") or "Ride"
    first, last = local_day(wanted("start")), local_day(wanted("end"))
    ids = curves.eligible(world, kind, first, last)
    settings = sports.settings_for(world.sports, kind) or {}
    span = {"athleteId": world.athlete_id, "start": str(first), "end": str(last)}
    names = (("lthr", "lthr"), ("max_hr", "max_hr"), ("ftp", "ftp"))
    own = {name: settings.get(source) for name, source in names}
    return reply(span | curves.power_and_heart(world, ids) | own)


def _streams(activity_id: str) -> tuple[Record, Streams]:
    world = the_world()
    record = records.find(world, activity_id, readable=True)
    return record, streams_of(world, activity_id) or {}


def _one(activity_id: str, measure: str, windows: Sequence[float], name: str) -> Record:
    world, (record, streams) = the_world(), _streams(activity_id)
    if not streams:
        bests: list[Any] = [None] * len(windows)
    else:
        bests = curves.activity_best(world, activity_id, measure, windows)
    frame = {
        "id": activity_id,
        "label": record.get("name"),
        "start_date_local": record["start_date_local"],
        "end_date_local": record["start_date_local"],
        "days": 1,
        "moving_time": record.get("moving_time"),
        "training_load": record.get("icu_training_load"),
        "weight": record.get("icu_weight"),
    }
    return frame | _measured(bests, windows, name)


def _power(activity_id: str, stream: str = "watts") -> Record:
    row = _one(activity_id, POWER, SECONDS, "secs")
    weight_kg = row["weight"] or 72.0
    row |= _watts_fields(row["values"], row["activity_id"], weight_kg)
    return row | {"stream_type": stream, "stream_name": "Power", "after_kj": 0}


@suffixed(bp, f"{V}/power-curve", csv=False)
def power_curve(activity_id: str) -> Response:
    """Return the best power of an activity for each duration."""
    return reply(render(POWER_CURVE, _power(activity_id)))


@suffixed(bp, f"{V}/power-curves", csv=False)
def power_curves_by_stream(activity_id: str) -> Response:
    """Return the same for each kind of power stream."""
    rows = [_power(activity_id, name) for name in listed("types") or ["watts"]]
    return reply([render(POWER_CURVE, row) for row in rows])


@suffixed(bp, f"{V}/hr-curve", csv=False)
def hr_curve(activity_id: str) -> Response:
    """Return the highest mean pulse for each duration."""
    return reply(render(HR_CURVE, _one(activity_id, HEART, SECONDS, "secs")))


@suffixed(bp, f"{V}/pace-curve", csv=False)
def pace_curve(activity_id: str) -> Response:
    """Return the least seconds for each distance."""
    kind = GAP if flag("gap") else PACE
    row = _one(activity_id, kind, METRES, "distance") | {"type": kind.upper()}
    return reply(render(PACE_CURVE, row | {"paceModels": []}))


@bp.get(f"{V}/best-efforts")
def best_efforts(activity_id: str) -> Response:
    """Return the best efforts of a stream, the best first, none overlapping."""
    _, streams = _streams(activity_id)
    name, seconds, metres = wanted("stream"), whole("duration"), _metres()
    if (seconds is None) == (metres is None):
        raise semantic("One of duration or distance is required")
    if name not in streams:
        raise semantic(f"Stream [{name}] not found")
    count, first = whole("count", 8) or 8, whole("startIndex", 0) or 0
    last = whole("endIndex", 0) or len(streams["time"])
    least = float(whole("minValue", 0) or 0)
    span = range(first, min(last, len(streams["time"])))
    best = analysis.best_efforts(streams, name, span, seconds=seconds, metres=metres)
    efforts = [effort for effort in best if effort["average"] >= least]
    return reply({"efforts": efforts[:count]})


def _metres() -> float | None:
    text = request.args.get("distance")
    try:
        return float(text) if text else None
    except ValueError as error:
        raise semantic("Invalid distance") from error


def _histogram(activity_id: str, name: str, size: float) -> Response:
    _, streams = _streams(activity_id)
    return reply(analysis.histogram(streams.get(name, []), size))


@bp.get(f"{V}/hr-histogram")
def hr_histogram(activity_id: str) -> Response:
    """Return seconds for each band of pulse."""
    return _histogram(activity_id, "heartrate", whole("bucketSize", 5) or 5)


@bp.get(f"{V}/power-histogram")
def power_histogram(activity_id: str) -> Response:
    """Return seconds for each band of power."""
    return _histogram(activity_id, "watts", whole("bucketSize", 25) or 25)


@bp.get(f"{V}/pace-histogram")
def pace_histogram(activity_id: str) -> Response:
    """Return seconds for each band of speed."""
    return _histogram(activity_id, "velocity_smooth", 0.2)


@bp.get(f"{V}/gap-histogram")
def gap_histogram(activity_id: str) -> Response:
    """Return seconds for each band of speed on the flat."""
    return _histogram(activity_id, "velocity_smooth", 0.2)


@bp.get(f"{V}/hr-load-model")
def hr_load_model(activity_id: str) -> Response:
    """Return how a load was made from the pulse."""
    record, streams = _streams(activity_id)
    model = {"type": record.get("hr_load_type")}
    model["icu_training_load"] = record.get("hr_load")
    return reply(model | {"trainingDataCount": len(streams.get("heartrate", []))})


@suffixed(bp, f"{V}/power-vs-hr", csv=False)
def power_vs_hr(activity_id: str) -> Response:
    """Return pulse against power, first half against second."""
    record, streams = _streams(activity_id)
    return reply(analysis.power_vs_heart(record, streams))
