"""Serve the athlete's curves: best power, pulse and pace over many activities."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, Response, request

from bridge.simulator.activities import curves
from bridge.simulator.activities import records as activities
from bridge.simulator.activities.curves import (
    GAP,
    HEART,
    METRES,
    PACE,
    POWER,
    SECONDS,
    Best,
)
from bridge.simulator.athlete import account as athlete
from bridge.simulator.athlete import sports
from bridge.simulator.door import (
    edges,
    flag,
    listed,
    reply,
    reply_csv,
    suffixed,
    the_world,
    wanted,
    wants_csv,
)
from bridge.simulator.fields.activity import HR_CURVE, PACE_CURVE, POWER_CURVE
from bridge.simulator.fields.bodies import Record, render
from bridge.simulator.moments import local_day
from bridge.simulator.refusals import semantic

bp = Blueprint("curves", __name__)

A = "/athlete/<athlete_id>"


def measured(bests: Sequence[Best | None], windows: Sequence[float]) -> Record:
    """Return the parallel arrays of a curve: only lengths that were reached."""
    found = [(w, b) for w, b in zip(windows, bests, strict=True) if b is not None]
    return {
        "values": [round(best.value) for _, best in found],
        "start_index": [best.start_index for _, best in found],
        "end_index": [best.end_index for _, best in found],
        "activity_id": [best.activity_id for _, best in found],
    }


def reached(bests: Sequence[Best | None], windows: Sequence[float]) -> list[float]:
    """Return the lengths that were reached."""
    return [w for w, best in zip(windows, bests, strict=True) if best is not None]


def watts_fields(values: list[int], owners: list[str], weight_kg: float) -> Record:
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


def _answer(rows: list[Record], windows: str) -> Response:
    world = the_world()
    if wants_csv():
        table = [
            {windows: length, row["id"]: value}
            for row in rows
            for length, value in zip(row[windows], row["values"], strict=True)
        ]
        columns = [windows, *(row["id"] for row in rows)]
        return reply_csv(columns, table, bom=False)
    ids = {key for row in rows for key in row["activity_id"]}
    named = {key: activities.body(world, world.activities[key]) for key in sorted(ids)}
    return reply({"list": rows, "activities": named})


def _asked() -> list[str]:
    return listed("curves") or ["1y"]


@suffixed(bp, f"{A}/power-curves")
def power_curves() -> Response:
    """Return best power for each duration and each asked span."""
    world, kind = the_world(), wanted("type")
    settings = sports.settings_for(world.sports, kind) or {}
    rows = []
    for curve in _asked():
        frame, ids = _frame(curve, kind)
        bests = curves.best_of(world, ids, POWER, SECONDS)
        row = frame | measured(bests, SECONDS) | {"secs": reached(bests, SECONDS)}
        weight_kg = world.athlete.get("icu_weight") or 72.0
        row |= watts_fields(row["values"], row["activity_id"], weight_kg)
        models = [athlete.power_model(settings)] if settings.get("ftp") and ids else []
        rows.append(render(POWER_CURVE, row | {"powerModels": models}))
    return _answer(rows, "secs")


@suffixed(bp, f"{A}/hr-curves")
def hr_curves() -> Response:
    """Return the highest mean pulse for each duration and span."""
    rows = []
    for curve in _asked():
        frame, ids = _frame(curve, request.args.get("type"))
        bests = curves.best_of(the_world(), ids, HEART, SECONDS)
        row = frame | measured(bests, SECONDS) | {"secs": reached(bests, SECONDS)}
        rows.append(render(HR_CURVE, row))
    return _answer(rows, "secs")


@suffixed(bp, f"{A}/pace-curves")
def pace_curves() -> Response:
    """Return the least seconds for each distance and span."""
    kind = GAP if flag("gap") else PACE
    rows = []
    for curve in _asked():
        frame, ids = _frame(curve, request.args.get("type") or "Run")
        bests = curves.best_of(the_world(), ids, kind, METRES)
        row = frame | measured(bests, METRES) | {"distance": reached(bests, METRES)}
        row |= {"type": kind.upper(), "paceModels": []}
        rows.append(render(PACE_CURVE, row))
    return _answer(rows, "distance")


def _lengths(name: str, default: Sequence[float]) -> list[float]:
    try:
        return [float(text) for text in listed(name)] or list(default)
    except ValueError as error:
        raise semantic(f"Invalid {name}") from error


def _each(kind: str, windows: Sequence[float], key: str) -> list[Record]:
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
    name: str, windows: Sequence[float], rows: list[Record], key: str, **more: bool
) -> Response:
    if wants_csv():
        columns = ["id", "start_date_local", *(f"{window:g}" for window in windows)]
        flat = [row | dict(zip(columns[2:], row[key], strict=True)) for row in rows]
        return reply_csv(columns, flat, bom=False)
    whole = [int(window) if window == int(window) else window for window in windows]
    return reply({name: whole, "curves": rows} | more)


@suffixed(bp, f"{A}/activity-power-curves")
def activity_power_curves() -> Response:
    """Return best power for each activity of a range."""
    windows = _lengths("secs", SECONDS)
    return _many("secs", windows, _each(POWER, windows, "watts"), "watts")


@suffixed(bp, f"{A}/activity-hr-curves")
def activity_hr_curves() -> Response:
    """Return the highest mean pulse for each activity of a range."""
    windows = _lengths("secs", SECONDS)
    return _many("secs", windows, _each(HEART, windows, "bpm"), "bpm")


@suffixed(bp, f"{A}/activity-pace-curves")
def activity_pace_curves() -> Response:
    """Return the least seconds by distance for each activity of a range."""
    windows = _lengths("distances", METRES)
    gap = flag("gap")
    rows = _each(GAP if gap else PACE, windows, "secs")
    return _many("distances", windows, rows, "secs", gap=gap)


@bp.get(f"{A}/mmp-model")
def mmp_model() -> Response:
    """Return the power model of a sport."""
    settings = sports.settings_for(the_world().sports, wanted("type")) or {}
    if not settings.get("ftp"):
        raise semantic("No power model for this type")
    return reply(athlete.power_model(settings))


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
