"""Cut an activity into laps and measure each of them from the streams."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from bridge.simulator.activities.totals import load_of
from bridge.simulator.fields.activity import GROUP, INTERVAL
from bridge.simulator.fields.bodies import Record, Streams, render
from bridge.simulator.seed.sessions import Piece

PAUSE_S = 10  # devices that save space write a sample every few seconds


@dataclass(frozen=True, slots=True)
class Lap:
    """One stretch of an activity; the end index is exclusive."""

    id: int
    start_index: int
    end_index: int
    work: bool
    label: str | None = None
    extra: Record = field(default_factory=dict)


def laps_of(pieces: Sequence[Piece], first_id: int) -> list[Lap]:
    """Return the laps a device would have written for the pieces."""
    laps, start = [], 0
    for number, piece in enumerate(pieces):
        end = start + piece.seconds
        laps.append(Lap(first_id + number, start, end, piece.work, piece.label))
        start = end
    return laps


def partition(sent: Iterable[Lap], samples: int, first_id: int) -> list[Lap]:
    """Return laps that cover the whole activity: gaps become recovery."""
    laps: list[Lap] = []
    position, number = 0, first_id
    for lap in sorted(sent, key=lambda lap: lap.start_index):
        start, end = max(lap.start_index, position), min(lap.end_index, samples)
        if end <= start:
            continue
        if start > position:
            laps.append(Lap(number, position, start, work=False))
            number += 1
        laps.append(Lap(lap.id, start, end, lap.work, lap.label, lap.extra))
        position = end
    if position < samples:
        laps.append(Lap(number, position, samples, work=False))
    return laps


def measure(lap: Lap, streams: Streams, activity: Record) -> Record:
    """Return all keys of one lap, measured from the streams."""
    start, end = lap.start_index, lap.end_index
    time = streams["time"]
    elapsed_s = time[end - 1] - time[start] + 1
    values: Record = {
        "id": lap.id,
        "type": "WORK" if lap.work else "RECOVERY",
        "label": lap.label,
        "start_index": start,
        "end_index": end,
        "start_time": time[start],
        "end_time": time[end - 1] + 1,
        "elapsed_time": elapsed_s,
        "moving_time": moving_seconds(time, start, end),
        "decoupling": None,
    }
    values |= _heart_and_cadence(streams, start, end)
    values |= _movement(streams, start, end, activity)
    values |= _power(streams, start, end, activity) if "watts" in streams else {}
    if "watts" not in streams:
        values |= _pace_zone(values, activity)
    values["group_id"] = group_id(values) if lap.work else None
    return render(INTERVAL, values | lap.extra)


def moving_seconds(time: Sequence[int], start: int, end: int) -> int:
    """Return the seconds in motion between two samples: a longer gap is a stop."""
    if time[end - 1] - time[start] == end - 1 - start:
        return end - start
    gaps = (after - before for before, after in pairwise(time[start:end]))
    return 1 + sum(gap if gap <= PAUSE_S else 1 for gap in gaps)


def _heart_and_cadence(streams: Streams, start: int, end: int) -> Record:
    result: Record = {}
    for name in ("heartrate", "cadence"):
        part = streams.get(name, [])[start:end]
        if part:
            mean = sum(part) / len(part)
            result |= {
                f"average_{name}": round(mean, 6 if name == "cadence" else None),
                f"min_{name}": min(part),
                f"max_{name}": max(part),
            }
    return result


def _movement(streams: Streams, start: int, end: int, activity: Record) -> Record:
    distance = streams.get("distance")
    if not distance:
        return {}
    metres = round(distance[end - 1] - (distance[start - 1] if start else 0.0), 2)
    seconds = moving_seconds(streams["time"], start, end)
    velocity = streams.get("velocity_smooth", [0.0] * end)[start:end]
    average = round(metres / seconds, 6)
    ratio = (activity.get("gap") or 0) / (activity.get("pace") or 1)
    cadence = sum(streams.get("cadence", [])[start:end]) / (end - start)
    result = {
        "distance": metres,
        "average_speed": average,
        "min_speed": min(velocity),
        "max_speed": max(velocity),
        "gap": round(average * ratio, 6) if ratio else None,
        "average_stride": round(average * 30 / cadence, 6) if cadence else None,
    }
    return result | _altitude(streams, start, end, metres)


def _altitude(streams: Streams, start: int, end: int, metres: float) -> Record:
    heights = streams.get("altitude", [])[start:end]
    if not heights:
        return {}
    climb = sum(max(0.0, after - before) for before, after in pairwise(heights))
    rise = heights[-1] - heights[0]
    return {
        "total_elevation_gain": round(climb, 2),
        "min_altitude": min(heights),
        "max_altitude": max(heights),
        "average_gradient": round(rise / metres, 6) if metres else None,
    }


def _power(streams: Streams, start: int, end: int, activity: Record) -> Record:
    watts, ftp = streams["watts"][start:end], activity.get("icu_ftp") or 250
    average, normalized = sum(watts) / len(watts), normalized_power(watts)
    weight_kg = activity.get("icu_weight") or 72.0
    bounds = activity.get("icu_power_zones") or [999]
    zone = bisect_left(bounds, average / ftp * 100)
    return {
        "average_watts": round(average),
        "average_watts_alt": round(average),
        "min_watts": min(watts),
        "max_watts": max(watts),
        "average_watts_kg": round(average / weight_kg, 6),
        "max_watts_kg": round(max(watts) / weight_kg, 6),
        "weighted_average_watts": round(normalized),
        "intensity": round(normalized / ftp * 100),
        "training_load": round((end - start) / 36 * (normalized / ftp) ** 2, 6),
        "joules": sum(watts),
        "joules_above_ftp": sum(max(0, watt - ftp) for watt in watts),
        "zone": zone + 1,
        "zone_min_watts": round(bounds[zone - 1] * ftp / 100) + 1 if zone else 0,
        "zone_max_watts": round(bounds[zone] * ftp / 100),
        "w5s_variability": round((max(watts) - min(watts)) / 1000, 6),
    }


def _pace_zone(values: Record, activity: Record) -> Record:
    threshold = activity.get("threshold_pace")
    pace = values.get("gap") or values.get("average_speed")
    if not threshold or not pace:
        return {}
    percent = pace / threshold * 100
    bounds = activity.get("pace_zones") or [999]
    return {
        "intensity": round(percent),
        "zone": bisect_left(bounds, percent) + 1,
        "training_load": float(load_of(values["moving_time"], percent)),
    }


def normalized_power(watts: Sequence[int]) -> float:
    """Return normalized power: the fourth-power mean of 30 s rolling averages."""
    if len(watts) < 30:
        return sum(watts) / len(watts)
    window = sum(watts[:30])
    total = (window / 30) ** 4
    for index in range(30, len(watts)):
        window += watts[index] - watts[index - 30]
        total += (window / 30) ** 4
    return float((total / (len(watts) - 29)) ** 0.25)


def group_id(values: Record) -> str:
    """Name the group of equal repeats a lap belongs to, as `342s@185w76rpm`."""
    seconds = round(values["elapsed_time"] / 5) * 5 or values["elapsed_time"]
    watts, heart = values.get("average_watts"), values.get("average_heartrate") or 0
    effort = f"{round(watts / 10) * 10}w" if watts else f"{round(heart / 10) * 10}bpm"
    cadence = values.get("average_cadence")
    return f"{seconds}s@{effort}" + (f"{round(cadence)}rpm" if cadence else "")


def groups_of(laps: Sequence[Record]) -> list[Record]:
    """Return one row for each group of equal laps: their means and their count."""
    members: dict[str, list[Record]] = {}
    for lap in laps:
        if lap["group_id"]:
            members.setdefault(lap["group_id"], []).append(lap)
    return [_group(name, rows) for name, rows in members.items()]


def _group(name: str, rows: Sequence[Record]) -> Record:
    means: dict[str, Any] = {}
    for key, code in INTERVAL.items():
        numbers = [row[key] for row in rows if isinstance(row[key], int | float)]
        if code in ("i", "f") and numbers:
            mean = sum(numbers) / len(numbers)
            means[key] = round(mean) if code == "i" else round(mean, 6)
    return render(GROUP, means | {"id": name, "count": len(rows)})
