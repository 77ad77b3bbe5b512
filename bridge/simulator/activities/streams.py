"""Draw an activity's streams, second by second, from its pieces."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from bridge.simulator.activities.totals import Athlete, heart_rate, speed, summarise
from bridge.simulator.athlete.sports import RIDES, RUNS
from bridge.simulator.fields.activity import STREAM
from bridge.simulator.fields.bodies import Record, Streams, render
from bridge.simulator.seed.sessions import Session
from bridge.simulator.state import State

HOME = (52.4212, 13.1846)  # a lake shore: the loops begin and end here
KEPT = 24  # drawn streams; drawing takes longer than anything else in here
WHOLE = ("time", "watts", "heartrate", "cadence", "temp")


def streams_of(state: State, activity_id: str) -> Streams | None:
    """Return an activity's streams: recorded ones, or drawn on first use."""
    if activity_id in state.recorded:
        return state.recorded[activity_id]
    if activity_id not in state.sessions:
        return None
    if activity_id not in state.drawn:
        session, athlete = state.sessions[activity_id]
        known = {
            name: value
            for name, value in state.activities[activity_id].items()
            if value is not None  # a client may have cleared what a drawing needs
        }
        totals = summarise(session, athlete) | known
        streams = draw(f"{state.seed}:{activity_id}", session, athlete, totals)
        while len(state.drawn) >= KEPT:
            del state.drawn[next(iter(state.drawn))]
        state.drawn[activity_id] = streams
    return state.drawn[activity_id]


def draw(seed: str, session: Session, athlete: Athlete, totals: Record) -> Streams:
    """Return parallel streams whose averages agree with the activity's totals."""
    rng = random.Random(seed)
    streams: Streams = {"time": _time(session)}
    streams["heartrate"] = _heart_rate(session, athlete, totals, rng)
    if session.type in RIDES:
        streams["watts"] = _watts(session, athlete, totals, rng)
    if totals.get("distance"):
        streams |= _movement(session, athlete, totals, rng)
    if totals.get("distance") and not session.indoor:
        streams |= _whereabouts(streams["distance"], totals)
    streams["temp"] = [19 + len(streams["time"]) % 5] * len(streams["time"])
    return streams


def _time(session: Session) -> list[int]:
    seconds: list[int] = []
    now = 0
    for piece in session.pieces:
        seconds += range(now, now + piece.seconds)
        now += piece.seconds + piece.stop_s
    return seconds


def _heart_rate(
    session: Session, athlete: Athlete, totals: Record, rng: random.Random
) -> list[int]:
    beat, beats = athlete.resting_hr + 38.0, []
    for piece in session.pieces:
        target = heart_rate(piece.effort, athlete)
        for _ in range(piece.seconds):
            beat += (target - beat) / 28
            beats.append(beat + rng.gauss(0, 0.8))
    drift = totals["average_heartrate"] - sum(beats) / len(beats)
    top = totals["max_heartrate"]
    return [min(round(beat + drift), top) for beat in beats]


def _watts(
    session: Session, athlete: Athlete, totals: Record, rng: random.Random
) -> list[int]:
    wobble = 0.04 if session.indoor else 0.12
    raw = [
        max(0.0, piece.effort * athlete.ftp * (1 + rng.gauss(0, wobble)))
        for piece in session.pieces
        for _ in range(piece.seconds)
    ]
    scale = totals["icu_average_watts"] * len(raw) / sum(raw)
    return [round(watts * scale) for watts in raw]


def _movement(
    session: Session, athlete: Athlete, totals: Record, rng: random.Random
) -> Streams:
    raw = [
        max(0.1, speed(piece.effort, session.type, athlete) * (1 + rng.gauss(0, 0.03)))
        for piece in session.pieces
        for _ in range(piece.seconds)
    ]
    scale = totals["distance"] / sum(raw)
    top, covered, distance, velocity = totals["max_speed"], 0.0, [], []
    for value in raw:
        covered += value * scale
        distance.append(round(covered, 2))
        velocity.append(round(min(value * scale, top), 3))
    steady = totals.get("average_cadence") or 80
    noise = 1.2 if session.type in RUNS else 2.5
    cadence = [round(steady + rng.gauss(0, noise)) for _ in raw]
    return {"cadence": cadence, "distance": distance, "velocity_smooth": velocity}


def _whereabouts(distance: Sequence[float], totals: Record) -> Streams:
    length = totals["distance"]
    radius_m = length / (2 * math.pi)
    middle = (totals["min_altitude"] + totals["max_altitude"]) / 2
    swing = (totals["max_altitude"] - totals["min_altitude"]) / 2
    streams: Streams = {"altitude": [], "latlng": []}
    for metres in distance:
        angle = 2 * math.pi * metres / length
        north_m, east_m = radius_m * math.sin(angle), radius_m * (1 - math.cos(angle))
        longitude = HOME[1] + east_m / (111320 * math.cos(math.radians(HOME[0])))
        streams["latlng"].append(
            (round(HOME[0] + north_m / 110574, 6), round(longitude, 6))
        )
        streams["altitude"].append(round(middle + swing * math.sin(metres / 420), 1))
    return streams


def envelope(kind: str, values: Sequence[Any]) -> Record:
    """Wrap one stream as upstream sends it; a place is split in data and data2."""
    pairs = kind == "latlng"
    row = {
        "type": kind,
        "data": [pair[0] for pair in values] if pairs else list(values),
        "data2": [pair[1] for pair in values] if pairs else None,
        "valueTypeIsArray": False,
        "custom": False,
        "allNull": all(value is None for value in values),
        "valueType": "java.lang.Integer" if kind in WHOLE else "java.lang.Float",
    }
    return render(STREAM, row)


def mended(streams: Mapping[str, Sequence[Any]]) -> Streams:
    """Return streams without holes: a missing value is the one before it."""
    whole = {name: _filled(values) for name, values in streams.items()}
    if "distance" in whole and "velocity_smooth" not in whole:
        steps = list(pairwise(zip(whole["distance"], whole["time"], strict=True)))
        speeds = [
            round((after[0] - before[0]) / max(1, after[1] - before[1]), 3)
            for before, after in steps
        ]
        whole["velocity_smooth"] = [*speeds[:1], *speeds] or [0.0]
    return whole


def _filled(values: Sequence[Any]) -> list[Any]:
    known = next((value for value in values if value is not None), 0)
    result = []
    for value in values:
        known = known if value is None else value
        result.append(known)
    return result
