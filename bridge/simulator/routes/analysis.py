"""Serve what follows from one activity's streams: curves, efforts, histograms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, request

from bridge.simulator.activities import analysis, curves
from bridge.simulator.activities import records as activities
from bridge.simulator.activities.curves import GAP, HEART, METRES, PACE, POWER, SECONDS
from bridge.simulator.activities.streams import Streams
from bridge.simulator.athlete import account as athlete
from bridge.simulator.athlete import sports
from bridge.simulator.door import (
    flag,
    listed,
    reply,
    reply_csv,
    suffixed,
    the_world,
    wanted,
    wants_csv,
    whole,
)
from bridge.simulator.fields.activity import HR_CURVE, PACE_CURVE, POWER_CURVE
from bridge.simulator.fields.bodies import Record, render
from bridge.simulator.refusals import semantic
from bridge.simulator.routes.curves import measured, reached, watts_fields

bp = Blueprint("analysis", __name__)

V = "/activity/<activity_id>"


def _open(activity_id: str) -> tuple[Record, Streams]:
    world = the_world()
    record = activities.find(world, activity_id, readable=True)
    return record, world.streams_of(activity_id) or {}


def _curve(activity_id: str, kind: str, windows: Sequence[float], name: str) -> Record:
    world, (record, streams) = the_world(), _open(activity_id)
    if not streams:
        bests: list[Any] = [None] * len(windows)
    else:
        bests = curves.activity_best(world, activity_id, kind, windows)
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
    return frame | measured(bests, windows) | {name: reached(bests, windows)}


def _answer(table: dict[str, str], row: Record, lengths: str) -> Response:
    if wants_csv():
        pairs = zip(row[lengths], row["values"], strict=True)
        rows = [{lengths: length, "value": value} for length, value in pairs]
        return reply_csv([lengths, "value"], rows, bom=False)
    return reply(render(table, row))


def _power(activity_id: str, stream: str = "watts") -> Record:
    row = _curve(activity_id, POWER, SECONDS, "secs")
    weight_kg = row["weight"] or 72.0
    row |= watts_fields(row["values"], row["activity_id"], weight_kg)
    return row | {"stream_type": stream, "stream_name": "Power", "after_kj": 0}


@suffixed(bp, f"{V}/power-curve")
def power_curve(activity_id: str) -> Response:
    """Return the best power of an activity for each duration."""
    return _answer(POWER_CURVE, _power(activity_id), "secs")


@suffixed(bp, f"{V}/power-curves")
def power_curves(activity_id: str) -> Response:
    """Return the same for each kind of power stream."""
    rows = [_power(activity_id, name) for name in listed("types") or ["watts"]]
    if wants_csv():
        return _answer(POWER_CURVE, rows[0], "secs")
    return reply([render(POWER_CURVE, row) for row in rows])


@suffixed(bp, f"{V}/hr-curve")
def hr_curve(activity_id: str) -> Response:
    """Return the highest mean pulse for each duration."""
    return _answer(HR_CURVE, _curve(activity_id, HEART, SECONDS, "secs"), "secs")


@suffixed(bp, f"{V}/pace-curve")
def pace_curve(activity_id: str) -> Response:
    """Return the least seconds for each distance."""
    kind = GAP if flag("gap") else PACE
    row = _curve(activity_id, kind, METRES, "distance") | {"type": kind.upper()}
    return _answer(PACE_CURVE, row | {"paceModels": []}, "distance")


@bp.get(f"{V}/best-efforts")
def best_efforts(activity_id: str) -> Response:
    """Return the best efforts of a stream, the best first, none overlapping."""
    _, streams = _open(activity_id)
    name, seconds, metres = wanted("stream"), whole("duration"), _metres()
    if (seconds is None) == (metres is None):
        raise semantic("One of duration or distance is required")
    if name not in streams:
        raise semantic(f"Stream [{name}] not found")
    count, first = whole("count", 8) or 8, whole("startIndex", 0) or 0
    last = whole("endIndex", 0) or len(streams["time"])
    least = float(whole("minValue", 0) or 0)
    span = range(first, min(last, len(streams["time"])))
    found = analysis.best_efforts(streams, name, span, seconds=seconds, metres=metres)
    efforts = [effort for effort in found if effort["average"] >= least]
    return reply({"efforts": efforts[:count]})


def _metres() -> float | None:
    text = request.args.get("distance")
    try:
        return float(text) if text else None
    except ValueError as error:
        raise semantic("Invalid distance") from error


def _histogram(activity_id: str, name: str, size: float) -> Response:
    _, streams = _open(activity_id)
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
    record, streams = _open(activity_id)
    model = {"type": record.get("hr_load_type")}
    model["icu_training_load"] = record.get("hr_load")
    return reply(model | {"trainingDataCount": len(streams.get("heartrate", []))})


@bp.get(f"{V}/power-spike-model")
def power_spike_model(activity_id: str) -> Response:
    """Return the power model that tells spikes from sprints."""
    record, _ = _open(activity_id)
    kind = record.get("type") or "Ride"
    settings = sports.settings_for(the_world().sports, kind) or {}
    if not settings.get("ftp"):
        raise semantic("No power model for this type")
    return reply(athlete.power_model(settings))


@bp.get(f"{V}/time-at-hr")
def time_at_hr(activity_id: str) -> Response:
    """Return seconds at each beat, and at it or above."""
    _, streams = _open(activity_id)
    return reply(analysis.time_at(streams.get("heartrate", [])))


@suffixed(bp, f"{V}/power-vs-hr")
def power_vs_hr(activity_id: str) -> Response:
    """Return pulse against power, first half against second."""
    record, streams = _open(activity_id)
    plot = analysis.power_vs_heart(record, streams)
    if wants_csv():
        names = ["start", "secs", "watts", "hr", "cadence"]
        return reply_csv(names, plot["series"], bom=False)
    return reply(plot)
