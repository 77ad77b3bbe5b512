"""What a planned step aims at: its target in watts, beats or metres a second."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

OPEN_ZONE_PERCENT = 900  # upstream writes 999 for "no upper edge"
SWIMS = frozenset({"Swim", "OpenWaterSwim"})
KINDS = ("power", "hr", "pace")
_METRES_OF_PACE = {
    "MINS_KM": 1000.0,
    "MINS_MILE": 1609.344,
    "SECS_100M": 100.0,
    "SECS_500M": 500.0,
    "SECS_100Y": 91.44,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """What an athlete's sport settings say about effort."""

    sport: str
    ftp: int | None
    lthr: int | None
    max_hr: int | None
    threshold_pace: float | None  # m/s
    power_zones: Sequence[float]  # upper edges, percent of FTP
    hr_zones: Sequence[float]  # upper edges, bpm
    pace_zones: Sequence[float]  # upper edges, percent of threshold pace


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """One step in one unit: watts, bpm or m/s from ``start`` to ``end``."""

    kind: str  # one of KINDS
    start: float
    end: float
    seconds: int
    ramp: bool

    @property
    def middle(self) -> float:
        """Return the mean of a ramp and the aim of a range alike."""
        return (self.start + self.end) / 2


def effort_of(step: Mapping[str, object], thresholds: Thresholds) -> Effort | None:
    """Resolve the first target of a step that the thresholds allow."""
    for kind in KINDS:
        span = target_span(step.get(kind), thresholds)
        if span is not None:
            seconds = step.get("duration")
            return Effort(
                kind=kind,
                start=span[0],
                end=span[1],
                seconds=seconds if isinstance(seconds, int) else 0,
                ramp=bool(step.get("ramp")),
            )
    return None


def speed_of(effort: Effort | None, thresholds: Thresholds) -> float | None:
    """Return m/s: that of a pace target, else as near to threshold as the effort."""
    if effort is None:
        return None
    if effort.kind == "pace":
        return effort.middle
    threshold = thresholds.ftp if effort.kind == "power" else thresholds.lthr
    if not threshold or not thresholds.threshold_pace:
        return None
    return effort.middle / threshold * thresholds.threshold_pace


def target_span(target: object, thresholds: Thresholds) -> tuple[float, float] | None:
    """Return a target's ends in watts, bpm or m/s; None if that cannot be known."""
    if not isinstance(target, dict):
        return None
    units = str(target.get("units"))
    start, end = _ends(target)
    if units in _METRES_OF_PACE:
        if start <= 0 or end <= 0:
            return None
        return _METRES_OF_PACE[units] / start, _METRES_OF_PACE[units] / end
    if units.endswith("_zone"):
        return _zone_span(units, int(start), int(end), thresholds)
    return _percent_span(units, start, end, thresholds)


def _ends(target: Mapping[str, object]) -> tuple[float, float]:
    ends = (target.get(key, target.get("value", 0)) for key in ("start", "end"))
    start, end = (float(each) if isinstance(each, int | float) else 0 for each in ends)
    return start, end


def _percent_span(
    units: str, start: float, end: float, thresholds: Thresholds
) -> tuple[float, float] | None:
    """Watts and beats are cut to whole ones, as upstream's averages show."""
    if units == "w":
        return start, end
    if units == "%pace":
        pace = thresholds.threshold_pace
        return (start * pace / 100, end * pace / 100) if pace else None
    hundred = {
        "%ftp": thresholds.ftp,
        "%lthr": thresholds.lthr,
        "%hr": thresholds.max_hr,
    }.get(units)
    if not hundred:
        return None
    return float(start * hundred // 100), float(end * hundred // 100)


def _zone_span(
    units: str, first: int, last: int, thresholds: Thresholds
) -> tuple[float, float] | None:
    edges = zone_edges(units, thresholds)
    if not (1 <= first <= len(edges) and 1 <= last <= len(edges)):
        return None
    if first <= last:
        return edges[first - 1][0], edges[last - 1][1]
    return edges[first - 1][1], edges[last - 1][0]


def zone_edges(units: str, thresholds: Thresholds) -> list[tuple[float, float]]:
    """Return lowest and highest watts, bpm or m/s of each zone.

    A zone starts one unit over the one before; the first starts at four fifths of
    its end, which is what the one recorded Z1 target shows.
    """
    if units == "hr_zone":
        return _stacked(list(thresholds.hr_zones), 1.0)
    if units == "power_zone":
        ftp = thresholds.ftp or 0
        uppers = [math.floor(edge * ftp / 100) for edge in thresholds.power_zones]
        spans = _stacked(uppers, 1.0) if ftp else []
        return [(math.floor(low), high) for low, high in spans]
    pace = thresholds.threshold_pace or 0.0
    closed = list(thresholds.pace_zones)
    if len(closed) > 1 and closed[-1] > OPEN_ZONE_PERCENT:
        closed[-1] = closed[-2] * 1.1
    spans = _stacked(closed, 1.0) if pace else []
    return [(low * pace / 100, high * pace / 100) for low, high in spans]


def _stacked(uppers: Sequence[float], gap: float) -> list[tuple[float, float]]:
    lowers = [uppers[0] * 0.8, *(upper + gap for upper in uppers)] if uppers else []
    return list(zip(lowers, uppers, strict=False))
