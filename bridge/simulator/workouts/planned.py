"""What follows from a planned workout's text: its steps, length, load, and targets."""

from __future__ import annotations

import math
from typing import Any

from bridge.simulator.athlete.sports import SWIMS, settings_for
from bridge.simulator.fields.bodies import Record
from bridge.simulator.state import State
from bridge.simulator.workouts.load import Thresholds
from bridge.simulator.workouts.text import parse_workout

OUTDOOR_RANGE = 0.025  # a single target outdoors becomes a band this wide each way


def parsed_fields(state: State, record: Record, changes: Record) -> Record:
    """Return the fields of a workout or event that follow from its text."""
    kind, text = str(record["type"]), record.get("description") or ""
    workout = parse_workout(text, _thresholds(state, kind))
    load = workout.training_load
    if not workout.doc:
        lifting = kind == "WeightTraining"
        given = changes.get("icu_training_load") or record.get("icu_training_load")
        doc = changes.get("workout_doc") or {}
        return {
            "workout_doc": doc,
            "icu_training_load": given or (None if lifting else 0),
        }
    return {
        "workout_doc": workout.doc,
        "moving_time": workout.moving_time,
        "distance": workout.distance or changes.get("distance"),
        "icu_training_load": load,
        "icu_intensity": workout.intensity,
        "strain_score": None if load is None else round(load * 1.08, 4),
        "joules": round((workout.average_watts or 0) * workout.moving_time),
    }


def _thresholds(state: State, sport: str) -> Thresholds:
    settings = settings_for(state.sports, sport) or {}
    return Thresholds(
        sport=sport,
        ftp=settings.get("ftp"),
        lthr=settings.get("lthr"),
        max_hr=None,
        threshold_pace=settings.get("threshold_pace"),
        power_zones=settings.get("power_zones") or [],
        hr_zones=settings.get("hr_zones") or [],
        pace_zones=settings.get("pace_zones") or [],
    )


def resolve(state: State, event: Record) -> Any:
    """Return the event's workout_doc with `_power`, `_hr`, `_pace` beside targets."""
    doc: Record | None = event["workout_doc"]
    if not doc or not event.get("type"):
        return doc
    settings = settings_for(state.sports, event["type"]) or {}
    names = ("ftp", "lthr", "threshold_pace", "pace_units")
    own = {name: settings[name] for name in names if settings.get(name)}
    indoor = event.get("indoor") or event["type"].startswith("Virtual")
    spread = 0.0 if indoor or event["type"] in SWIMS else OUTDOOR_RANGE
    steps = [_step(step, settings, spread) for step in doc.get("steps", [])]
    return doc | own | {"steps": steps}


def _step(step: Record, settings: Record, spread: float) -> Record:
    if "steps" in step:
        inner = [_step(part, settings, spread) for part in step["steps"]]
        return step | {"steps": inner}
    resolved = dict(step)
    for name, threshold, zones in (
        ("power", "ftp", "power_zones"),
        ("hr", "lthr", "hr_zones"),
        ("pace", "threshold_pace", "pace_zones"),
    ):
        target, base = step.get(name), settings.get(threshold)
        if target and base:
            bounds = settings.get(zones) or []
            band = _band(target, base, bounds, spread)
            resolved[f"_{name}"] = band if name == "pace" else _whole(band)
            metres = _metres(step, band) if name == "pace" else None
            resolved |= {"_distance": metres} if metres else {}
    return resolved


def _metres(step: Record, band: Record) -> float | None:
    if step.get("distance") or not step.get("duration"):
        return None
    middle = band.get("value") or (band["start"] + band["end"]) / 2
    return float(round(middle * step["duration"], 4))


def _whole(band: Record) -> Record:
    return {name: float(math.floor(value)) for name, value in band.items()}


def _band(target: Record, base: float, zones: list[float], spread: float) -> Record:
    units = str(target.get("units", ""))
    low = float(target.get("start") or target.get("value") or 0)
    high = float(target.get("end") or target.get("value") or 0)
    if units.endswith("_zone"):
        in_beats = units == "hr_zone"
        return _zone_band(int(low), int(high), zones, 1 if in_beats else base / 100)
    scale = base / 100 if units.startswith("%") else 1.0
    if "value" in target:
        value = target["value"] * scale
        edges = {"start": value * (1 - spread), "end": value * (1 + spread)}
        return {"value": value} | edges
    middle = (low + high) / 2 * scale
    return {"value": middle, "start": low * scale, "end": high * scale}


def _zone_band(low: int, high: int, zones: list[float], scale: float) -> Record:
    if not zones:
        return {"start": 0.0, "end": 0.0}
    below = zones[low - 2] + 1 if low > 1 else 0
    top = zones[min(high, len(zones)) - 1]
    return {"start": below * scale, "end": top * scale}
