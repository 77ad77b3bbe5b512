"""Find the best an athlete did for each length: of time, or of way."""

from __future__ import annotations

import operator
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from bridge.simulator.activities.totals import HILL, heart_rate, speed
from bridge.simulator.athlete.sports import RIDES, settings_for
from bridge.simulator.fields.bodies import Record
from bridge.simulator.moments import day_of, local_day
from bridge.simulator.refusals import semantic
from bridge.simulator.state import State

SECONDS = [1, 5, 10, 15, 30, 60, 120, 180, 300, 480, 600, 1200, 1800, 3600, 7200]
METRES = [100, 200, 400, 800, 1000, 1500, 1609.34, 3000, 5000, 10000, 21097.5, 42195]
POWER, HEART, PACE, GAP = "power", "hr", "pace", "gap"


@dataclass(frozen=True, slots=True)
class Best:
    """The best stretch for one length."""

    value: float
    start_index: int
    end_index: int
    activity_id: str


def best_stretch(
    lengths: Sequence[float],
    values: Sequence[float],
    window: float,
    better: Callable[[float, float], bool],
) -> tuple[float, float] | None:
    """Return mean and start of the best window over steps of steady values.

    The mean over steady steps is extreme where the window begins or ends at a step,
    so that only these places need a look.
    """
    edges = [0.0, *accumulate(lengths)]
    if not values or edges[-1] < window:
        return None
    products = (size * value for size, value in zip(lengths, values, strict=True))
    sums = [0.0, *accumulate(products)]

    def integral(place: float) -> float:
        step = min(bisect_right(edges, place) - 1, len(values) - 1)
        return sums[step] + (place - edges[step]) * values[step]

    starts = [*edges, *(edge - window for edge in edges)]
    best: tuple[float, float] | None = None
    for start in starts:
        if 0 <= start <= edges[-1] - window:
            mean = (integral(start + window) - integral(start)) / window
            if best is None or better(mean, best[0]):
                best = mean, start
    return best


def _steps(
    state: State, activity_id: str, kind: str
) -> tuple[list[float], list[float]]:
    """Return the activity as steps: lengths and steady values of one kind."""
    streams = state.recorded.get(activity_id)
    if streams is not None:
        return _recorded_steps(streams, kind)
    session, athlete = state.sessions[activity_id]
    if (kind == POWER) != (session.type in RIDES) and kind != HEART:
        return [], []
    seconds = [float(piece.seconds) for piece in session.pieces]
    efforts = [piece.effort for piece in session.pieces]
    if kind == POWER:
        return seconds, [effort * athlete.ftp for effort in efforts]
    if kind == HEART:
        return seconds, [heart_rate(effort, athlete) for effort in efforts]
    hill = HILL if kind == GAP else 1.0
    speeds = [speed(effort, session.type, athlete) * hill for effort in efforts]
    return _by_way(seconds, speeds)


def _by_way(
    seconds: Sequence[float], speeds: Sequence[float]
) -> tuple[list[float], list[float]]:
    steps = [(s * v, 1 / v) for s, v in zip(seconds, speeds, strict=True) if v > 0]
    return [way for way, _ in steps], [slowness for _, slowness in steps]


def _recorded_steps(streams: Record, kind: str) -> tuple[list[float], list[float]]:
    name = {POWER: "watts", HEART: "heartrate"}.get(kind, "velocity_smooth")
    values = [float(value or 0) for value in streams.get(name, [])]
    seconds = [1.0] * len(values)
    return (seconds, values) if kind in (POWER, HEART) else _by_way(seconds, values)


def activity_best(
    state: State, activity_id: str, kind: str, windows: Iterable[float]
) -> list[Best | None]:
    """Return the best stretch of one activity for each window."""
    by_way = kind in (PACE, GAP)
    better = operator.lt if by_way else operator.gt
    lengths, values = _steps(state, activity_id, kind)
    result: list[Best | None] = []
    for window in windows:
        stretch = best_stretch(lengths, values, window, better)
        if stretch is None:
            result.append(None)
            continue
        mean, start = stretch
        value = mean * window if by_way else mean
        seconds = start * mean if by_way else start
        length = value if by_way else window
        edges = round(seconds), round(seconds + length)
        result.append(Best(value, *edges, activity_id))
    return result


def best_of(
    state: State, ids: Iterable[str], kind: str, windows: Sequence[float]
) -> list[Best | None]:
    """Return the best stretch of many activities for each window."""
    better = operator.lt if kind in (PACE, GAP) else operator.gt
    best: list[Best | None] = [None] * len(windows)
    for activity_id in ids:
        found = activity_best(state, activity_id, kind, windows)
        for index, (old, new) in enumerate(zip(best, found, strict=True)):
            if new is not None and (old is None or better(new.value, old.value)):
                best[index] = new
    return best


def eligible(state: State, kind: str | None, first: date, last: date) -> list[str]:
    """Return the activities of a sport in a range that have streams."""
    settings = settings_for(state.sports, kind) if kind else None
    low, high = str(first), str(last)
    return [
        record["id"]
        for record in state.newest_first()
        if (record["id"] in state.sessions or record["id"] in state.recorded)
        and low <= record["start_date_local"][:10] <= high
        and (settings is None or record["type"] in settings["types"])
    ]


def span_of(state: State, curve: str, newest: date) -> tuple[str, date, date]:
    """Return label, first and last day of a curve id such as `1y`, `42d`, `s0`."""
    name = curve.split("-kj", maxsplit=1)[0]
    if name == "all":
        return "All time", date(2000, 1, 1), newest
    if name.startswith("r."):
        parts = name.split(".")
        if len(parts) == 3:
            return f"{parts[1]} - {parts[2]}", local_day(parts[1]), local_day(parts[2])
    if name in ("s0", "s1"):
        return _season(state, name, newest)
    count, unit = name[:-1], name[-1:]
    if count.isdigit() and unit in ("d", "w", "m", "y"):
        days = int(count) * {"d": 1, "w": 7, "m": 30, "y": 365}[unit]
        words = {"d": "days", "w": "weeks", "m": "months", "y": "years"}[unit]
        label = f"1 {words[:-1]}" if count == "1" else f"{count} {words}"
        return label, newest - timedelta(days=days - 1), newest
    raise semantic(f"Invalid curve [{curve}]")


def _season(state: State, name: str, newest: date) -> tuple[str, date, date]:
    starts = [
        day_of(event)
        for event in state.events.values()
        if event["category"] == "SEASON_START"
    ]
    began = max((day for day in starts if day <= newest), default=None)
    began = began or newest - timedelta(days=180)
    if name == "s0":
        return "This season", began, newest
    return "Last season", began - timedelta(days=365), began - timedelta(days=1)


BUCKET_W = 10


def power_and_heart(state: State, ids: Iterable[str]) -> Record:
    """Return mean pulse and minutes for each bucket of power."""
    seconds: dict[int, float] = {}
    beats: dict[int, float] = {}
    for activity_id in ids:
        lengths, watts = _steps(state, activity_id, POWER)
        _, hearts = _steps(state, activity_id, HEART)
        for length, watt, heart in zip(lengths, watts, hearts, strict=False):
            bucket = int(watt // BUCKET_W)
            seconds[bucket] = seconds.get(bucket, 0.0) + length
            beats[bucket] = beats.get(bucket, 0.0) + length * heart
    buckets = range(min(seconds), max(seconds) + 1) if seconds else range(0)
    return {
        "minWatts": buckets.start * BUCKET_W,
        "maxWatts": buckets.stop * BUCKET_W,
        "bucketSize": BUCKET_W,
        "bpm": [round(beats[b] / seconds[b]) if b in seconds else 0 for b in buckets],
        "cadence": [85 if b in seconds else 0 for b in buckets],
        "minutes": [round(seconds.get(b, 0.0) / 60) for b in buckets],
    }
