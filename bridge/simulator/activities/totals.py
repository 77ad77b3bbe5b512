"""Work out a whole activity from its pieces: averages, load, time in zones."""

from __future__ import annotations

import base64
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from bridge.simulator.athlete.sports import RIDES, RUNS, SWIMS
from bridge.simulator.fields.bodies import Record
from bridge.simulator.moments import spoken_seconds
from bridge.simulator.seed.sessions import Piece, Session

UNSET_PACE = 3.3
UNSET_ZONES = (999,)
SWEET_SPOT = (84, 97)
HILL = 1.012  # running the athlete's hills costs this much more than the flat


@dataclass(frozen=True, slots=True)
class Athlete:
    """What an athlete's body was on one day, for one sport."""

    settings: Record
    ftp: int
    resting_hr: int
    weight_kg: float


def heart_rate(effort: float, athlete: Athlete) -> float:
    """Return the steady heart rate of an effort."""
    lthr = athlete.settings.get("lthr") or 165
    reserve = lthr - athlete.resting_hr
    return float(min(athlete.resting_hr + reserve * effort**0.72, lthr * 1.06))


def speed(effort: float, kind: str, athlete: Athlete) -> float:
    """Return metres per second at an effort."""
    if kind in RIDES:
        return float(9.3 * effort**0.6)
    if kind in RUNS or kind in SWIMS:
        return threshold_pace(athlete.settings) * effort
    return 0.0


def threshold_pace(settings: Record) -> float:
    """Return the threshold in metres per second; an athlete may not have set it."""
    return float(settings.get("threshold_pace") or UNSET_PACE)


def load_of(moving_s: float, intensity: float) -> int:
    """Return the training load of a time at an intensity in percent."""
    return round(moving_s / 3600 * (intensity / 100) ** 2 * 100)


def intensity_of(moving_s: float, load: float) -> float:
    """Return the intensity in percent that makes a load of a time."""
    return float(round((load / 100 / (moving_s / 3600)) ** 0.5 * 100, 5))


def _mean(pieces: Sequence[Piece], values: Sequence[float], power: float = 1) -> float:
    total = sum(piece.seconds for piece in pieces)
    weighted = zip(pieces, values, strict=True)
    powered = sum(piece.seconds * value**power for piece, value in weighted)
    return float((powered / total) ** (1 / power))


def zone_seconds(
    pieces: Sequence[Piece], values: Sequence[float], bounds: Sequence[float]
) -> list[int]:
    """Return the seconds spent below each upper bound and above the one before."""
    seconds = [0] * len(bounds)
    for piece, value in zip(pieces, values, strict=True):
        seconds[min(bisect_left(bounds, value), len(bounds) - 1)] += piece.seconds
    return seconds


def summarise(session: Session, athlete: Athlete) -> Record:
    """Return every total of an activity that follows from its pieces."""
    pieces, kind = session.pieces, session.type
    moving_s = sum(piece.seconds for piece in pieces)
    speeds = [speed(piece.effort, kind, athlete) for piece in pieces]
    hearts = [heart_rate(piece.effort, athlete) for piece in pieces]
    metres = round(_mean(pieces, speeds) * moving_s, 2)
    record: Record = {
        "type": kind,
        "moving_time": moving_s,
        "elapsed_time": moving_s + sum(piece.stop_s for piece in pieces),
        "icu_recording_time": moving_s,
        "icu_warmup_time": athlete.settings.get("warmup_time"),
        "icu_cooldown_time": athlete.settings.get("cooldown_time"),
        "icu_lap_count": sum(piece.seconds > 1 for piece in pieces),
    }
    record |= _movement(metres, moving_s, speeds, indoor=session.indoor)
    record |= _heart(pieces, hearts, athlete)
    record |= _sport_totals(session, athlete, speeds, record)
    record["calories"] = round(moving_s / 60 * (record["average_heartrate"] - 70) / 8)
    record["interval_summary"] = _summary(pieces, hearts, kind, athlete)
    record["skyline_chart_bytes"] = _skyline(pieces)
    return record


def _movement(
    metres: float, moving_s: int, speeds: Sequence[float], *, indoor: bool
) -> Record:
    if not metres:
        return {"average_speed": None, "pace": None}
    average = round(metres / moving_s, 6)
    climb = 0.0 if indoor else round(metres / 1000 * 7.3, 2)
    return {
        "distance": metres,
        "icu_distance": metres,
        "average_speed": average,
        "max_speed": round(max(speeds) * 1.12, 3),
        "pace": average,
        "total_elevation_gain": climb,
        "total_elevation_loss": round(climb * 0.98, 2),
        "average_altitude": None if indoor else 61.5,
        "min_altitude": None if indoor else 34.0,
        "max_altitude": None if indoor else 89.0,
    }


def _heart(
    pieces: Sequence[Piece], hearts: Sequence[float], athlete: Athlete
) -> Record:
    zones = athlete.settings.get("hr_zones") or [999]
    average = _mean(pieces, hearts)
    lthr = athlete.settings.get("lthr") or 165
    moving_s = sum(piece.seconds for piece in pieces)
    return {
        "has_heartrate": True,
        "average_heartrate": round(average),
        "max_heartrate": min(round(max(hearts)) + 3, zones[-1]),
        "lthr": lthr,
        "athlete_max_hr": athlete.settings.get("max_hr"),
        "icu_hr_zones": athlete.settings.get("hr_zones"),
        "icu_hr_zone_times": zone_seconds(pieces, hearts, zones),
        "hr_load_type": athlete.settings.get("hr_load_type"),
        "hr_load": load_of(moving_s, average / lthr * 96),
        "trimp": round(moving_s / 60 * average / lthr, 5),
    }


def _sport_totals(
    session: Session, athlete: Athlete, speeds: Sequence[float], record: Record
) -> Record:
    if session.type in RIDES:
        return _power(session.pieces, athlete, record)
    if session.type in RUNS or session.type in SWIMS:
        return _pace(session, athlete, speeds, record)
    load = record["hr_load"]
    intensity = intensity_of(record["moving_time"], load)
    return {"icu_training_load": load, "icu_intensity": intensity}


def _power(pieces: Sequence[Piece], athlete: Athlete, record: Record) -> Record:
    ftp, moving_s = athlete.ftp, record["moving_time"]
    watts = [piece.effort * ftp for piece in pieces]
    average, normalized = round(_mean(pieces, watts)), round(_mean(pieces, watts, 4))
    intensity = round(normalized / ftp * 100, 5)
    load, heart = load_of(moving_s, intensity), record["average_heartrate"]
    percents = [piece.effort * 100 for piece in pieces]
    above = sum(
        (watt - ftp) * piece.seconds
        for piece, watt in zip(pieces, watts, strict=True)
        if watt > ftp
    )
    return {
        "icu_ftp": ftp,
        "icu_w_prime": athlete.settings.get("w_prime"),
        "p_max": athlete.settings.get("p_max"),
        "icu_average_watts": average,
        "icu_weighted_avg_watts": normalized,
        "icu_intensity": intensity,
        "icu_training_load": load,
        "power_load": load,
        "icu_joules": average * moving_s,
        "icu_joules_above_ftp": round(above),
        "icu_max_wbal_depletion": round(above * 0.6),
        "icu_efficiency_factor": round(normalized / heart, 6),
        "icu_variability_index": round(normalized / average, 6),
        "icu_power_hr": round(average / heart, 6),
        "decoupling": round((normalized - average) / 9 + 1.2, 5),
        "strain_score": round(load * 1.08, 4),
        "device_watts": True,
        "average_cadence": 84.5,
        "icu_power_zones": athlete.settings.get("power_zones"),
        "icu_sweet_spot_min": athlete.settings.get("sweet_spot_min"),
        "icu_sweet_spot_max": athlete.settings.get("sweet_spot_max"),
        "icu_zone_times": _power_zone_times(pieces, percents, athlete.settings),
        "icu_rolling_ftp": ftp - 3,
        "icu_rolling_ftp_delta": 0,
        "icu_pm_ftp": round(ftp * 0.97),
    }


def _power_zone_times(
    pieces: Sequence[Piece], percents: Sequence[float], settings: Record
) -> list[Record]:
    bounds = settings.get("power_zones") or UNSET_ZONES
    seconds = zone_seconds(pieces, percents, bounds)
    low = settings.get("sweet_spot_min") or SWEET_SPOT[0]
    high = settings.get("sweet_spot_max") or SWEET_SPOT[1]
    sweet = sum(
        piece.seconds
        for piece, percent in zip(pieces, percents, strict=True)
        if low <= percent <= high
    )
    zones = [{"id": f"Z{n}", "secs": secs} for n, secs in enumerate(seconds, start=1)]
    return [*zones, {"id": "SS", "secs": sweet}]


def _pace(
    session: Session, athlete: Athlete, speeds: Sequence[float], record: Record
) -> Record:
    settings, running = athlete.settings, session.type in RUNS
    threshold = threshold_pace(settings)
    zones = settings.get("pace_zones") or UNSET_ZONES
    gap = round(record["pace"] * (HILL if running else 1), 6)
    intensity = round(gap / threshold * 100, 5)
    load = load_of(record["moving_time"], intensity)
    percents = [value / threshold * 100 for value in speeds]
    times = zone_seconds(session.pieces, percents, zones)
    totals: dict[str, Any] = {
        "threshold_pace": settings.get("threshold_pace"),
        "pace_zones": settings.get("pace_zones"),
        "pace_zone_times": times,
        "pace_load": load,
        "pace_load_type": settings.get("pace_load_type"),
        "icu_training_load": load,
        "icu_intensity": intensity,
        "average_cadence": 84.2 if running else 28.4,
    }
    totals["average_stride"] = round(
        record["pace"] / totals["average_cadence"] * (30 if running else 60), 6
    )
    if running:
        hilly = [percent * HILL for percent in percents]
        totals |= {"gap": gap, "gap_model": "STRAVA_RUN", "use_gap_zone_times": True}
        totals["gap_zone_times"] = zone_seconds(session.pieces, hilly, zones)
    elif session.indoor:
        totals |= {"pool_length": 25.0, "lengths": round(record["distance"] / 25)}
    return totals


def _summary(
    pieces: Sequence[Piece], hearts: Sequence[float], kind: str, athlete: Athlete
) -> list[str]:
    groups: dict[str, int] = {}
    for piece, heart in zip(pieces, hearts, strict=True):
        if piece.work:
            watts = f"{round(piece.effort * athlete.ftp)}w"
            value = watts if kind in RIDES else f"{round(heart)}bpm"
            text = f"{spoken_seconds(piece.seconds)} {value}"
            groups[text] = groups.get(text, 0) + 1
    return [f"{count}x {text}" for text, count in groups.items()]


def _skyline(pieces: Sequence[Piece]) -> str:
    marks = [0, *(min(255, round(piece.effort * 100)) for piece in pieces)]
    steps = bytes(value for pair in pairwise(marks) for value in pair)
    return base64.b64encode(steps).decode()
