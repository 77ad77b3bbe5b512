"""Analyse streams: efforts, histograms, pulse against power."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from bridge.simulator.fields.activity import POWER_VS_HR
from bridge.simulator.fields.bodies import Record, Streams, render

PLOT_BUCKET_S = 60


def best_efforts(
    streams: Streams,
    name: str,
    span: range,
    *,
    seconds: int | None,
    metres: float | None,
) -> list[Record]:
    """Return all non-overlapping best efforts of a length, the best first."""
    values = [float(value or 0) for value in streams[name]]
    sums = [0.0, *accumulate(values)]
    ends = _ends(streams, span, seconds, metres)
    windows = [
        ((sums[end] - sums[start]) / (end - start), start, end) for start, end in ends
    ]
    windows.sort(reverse=True)
    chosen: list[Record] = []
    for average, start, end in windows:
        free = all(end <= e["start_index"] or start >= e["end_index"] for e in chosen)
        if free:
            chosen.append(_effort(streams, average, start, end))
    return chosen


def _ends(
    streams: Streams, span: range, seconds: int | None, metres: float | None
) -> list[tuple[int, int]]:
    if seconds is not None:
        return [
            (start, start + seconds) for start in span if start + seconds <= span.stop
        ]
    way, pairs, end = streams.get("distance", []), [], span.start
    for start in span:
        begun = way[start - 1] if start else 0.0
        while end < span.stop and (not way or way[end] - begun < (metres or 0)):
            end += 1
        if end >= span.stop:
            break
        pairs.append((start, end + 1))
    return pairs


def _effort(streams: Streams, average: float, start: int, end: int) -> Record:
    way = streams.get("distance")
    begun = way[start - 1] if way and start else 0.0
    return {
        "start_index": start,
        "end_index": end,
        "average": round(average, 4),
        "duration": end - start,
        "distance": round(way[end - 1] - begun, 2) if way else None,
    }


def histogram(values: Sequence[Any], size: float) -> list[Record]:
    """Return seconds for each band of values, from the lowest to the highest."""
    counts: dict[int, int] = {}
    for value in values:
        if value is not None:
            band = int(value // size)
            counts[band] = counts.get(band, 0) + 1
    bands = range(min(counts), max(counts) + 1) if counts else range(0)
    return [
        {
            "min": round(band * size, 2),
            "max": round((band + 1) * size, 2),
            "secs": counts.get(band, 0),
        }
        for band in bands
    ]


def power_vs_heart(record: Record, streams: Streams) -> Record:
    """Return the plot of pulse against power with both halves compared."""
    watts, beats = streams.get("watts") or [], streams.get("heartrate") or []
    if not watts or not beats:
        return render(POWER_VS_HR, {"series": [], "curves": []})
    middle = len(watts) // 2
    first = sum(watts[:middle]) / max(1, sum(beats[:middle]))
    second = sum(watts[middle:]) / max(1, sum(beats[middle:]))
    cadence = streams.get("cadence") or [0] * len(watts)
    columns: Streams = {"watts": watts, "hr": beats, "cadence": cadence}
    starts = range(0, len(watts), PLOT_BUCKET_S)
    series = [_bucket(columns, start) for start in starts]
    values = {
        "bucketSize": PLOT_BUCKET_S,
        "warmup": record.get("icu_warmup_time"),
        "cooldown": record.get("icu_cooldown_time"),
        "elapsedTime": record.get("elapsed_time"),
        "hrLag": 0,
        "powerHr": record.get("icu_power_hr"),
        "powerHrFirst": round(first, 5),
        "powerHrSecond": round(second, 5),
        "decoupling": round((first - second) / first * 100, 4) if first else None,
        "start": 0,
        "mid": middle,
        "end": len(watts),
        "series": series,
        "curves": [],
    }
    return render(POWER_VS_HR, values)


def _bucket(columns: Streams, start: int) -> Record:
    parts = {
        name: rows[start : start + PLOT_BUCKET_S] for name, rows in columns.items()
    }
    means = {name: round(sum(part) / len(part), 2) for name, part in parts.items()}
    secs = len(parts["watts"])
    times = {"start": start, "secs": secs, "movingSecs": secs}
    return times | means | {"cadence": round(means["cadence"])}
