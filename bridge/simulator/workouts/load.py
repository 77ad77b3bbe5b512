"""What a planned step aims at, and what a workout costs: load, and watts.

The formulas were found on recorded answers. Power: normalized power of the planned
watts, rounded, against FTP. Heart rate: TRIMP against an hour at threshold. Pace:
average speed against threshold pace, squared, for swims cubed.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from bridge.simulator.athlete.sports import SWIMS

RESTING_HR_BPM = 50  # upstream knows the athlete's own; for TRIMP this is close enough
SMOOTHING_S = 30
LONGEST_SMOOTHED_S = 172_800  # beyond two days smoothing changes nothing but the cost
OPEN_ZONE_PERCENT = 900  # upstream writes 999 for "no upper edge"
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

    sport: str  # upstream's activity type, such as ``Ride``
    ftp: int | None  # watts
    lthr: int | None  # bpm
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


class Block(NamedTuple):
    """Steps that are done ``reps`` times in a row."""

    reps: int
    efforts: Sequence[Effort]


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Load in points and, where there is power, watts."""

    training_load: int | None
    normalized_power: int | None = None
    average_watts: int | None = None


def load_of(blocks: Sequence[Block], thresholds: Thresholds) -> Load:
    """Add up the load of all steps, each by the kind of its target.

    Parameters
    ----------
    blocks
        The workout in order; a step outside any repeat is a block done once.
    thresholds
        The athlete's sport settings.

    Returns
    -------
    Load
        Whole points; None when no step has a target that can be weighed.
    """
    power = _only("power", blocks)
    normalized = half_up(normalized_power(power)) if power else None
    parts = (
        _power_load(power, normalized, thresholds),
        _hr_load(_only("hr", blocks), thresholds),
        _pace_load(_only("pace", blocks), thresholds),
    )
    known = [part for part in parts if part is not None]
    return Load(
        training_load=half_up(sum(known)) if known else None,
        normalized_power=normalized,
        average_watts=half_up(_average(power)) if power else None,
    )


def _only(kind: str, blocks: Sequence[Block]) -> list[Block]:
    kept = (
        Block(reps, [each for each in efforts if each.kind == kind and each.seconds])
        for reps, efforts in blocks
    )
    return [block for block in kept if block.efforts]


def _power_load(
    blocks: Sequence[Block], normalized: int | None, thresholds: Thresholds
) -> float | None:
    if normalized is None or not thresholds.ftp:
        return None
    return float(_seconds(blocks) / 36 * (normalized / thresholds.ftp) ** 2)


def _hr_load(blocks: Sequence[Block], thresholds: Thresholds) -> float | None:
    if not blocks or not thresholds.lthr:
        return None
    highest = max(thresholds.max_hr or thresholds.lthr / 0.9, thresholds.lthr)
    reserve = max(highest - RESTING_HR_BPM, 1.0)

    def strain(bpm: float) -> float:
        share = min(max((bpm - RESTING_HR_BPM) / reserve, 0.0), 1.5)
        return share * math.exp(1.92 * share)

    hour = strain(thresholds.lthr)
    points = sum(
        reps * sum(strain(each.middle) * each.seconds for each in efforts)
        for reps, efforts in blocks
    )
    return points / 36 / hour if hour else None


def _pace_load(blocks: Sequence[Block], thresholds: Thresholds) -> float | None:
    if not blocks or not thresholds.threshold_pace:
        return None
    share = min(_average(blocks) / thresholds.threshold_pace, 10.0)
    power = 3 if thresholds.sport in SWIMS else 2
    return float(_seconds(blocks) / 36 * share**power)


def normalized_power(blocks: Sequence[Block]) -> float:
    """Return the fourth-power mean of the planned watts, smoothed over 30 s.

    The window grows from the first second on: that is what reproduces the records.
    """
    seconds = _seconds(blocks)
    if seconds > LONGEST_SMOOTHED_S:
        fourth_powers = sum(
            reps * sum(map(_fourth_powers, efforts)) for reps, efforts in blocks
        )
        return float((fourth_powers / seconds) ** 0.25)
    watts: list[float] = []
    for reps, efforts in blocks:
        watts += [value for each in efforts for value in _second_by_second(each)] * reps
    sums = [0.0, *accumulate(watts)]
    first = range(1, min(SMOOTHING_S, len(sums)))
    total = sum((sums[end] / end) ** 4 for end in first)
    total += sum(
        ((after - before) / SMOOTHING_S) ** 4
        for before, after in zip(sums, sums[SMOOTHING_S:], strict=False)
    )
    return float((total / seconds) ** 0.25)


def _second_by_second(effort: Effort) -> Iterator[float]:
    if not effort.ramp:
        return iter([effort.middle] * effort.seconds)
    slope = (effort.end - effort.start) / effort.seconds
    return (effort.start + slope * second for second in range(effort.seconds))


def _fourth_powers(effort: Effort) -> float:
    start, end = effort.start, effort.end
    if not effort.ramp or start == end:
        return effort.seconds * effort.middle**4
    return float(effort.seconds * (end**5 - start**5) / (5 * (end - start)))


def _seconds(blocks: Sequence[Block]) -> int:
    return sum(reps * sum(each.seconds for each in steps) for reps, steps in blocks)


def _average(blocks: Sequence[Block]) -> float:
    total = sum(
        reps * sum(each.middle * each.seconds for each in efforts)
        for reps, efforts in blocks
    )
    return total / _seconds(blocks)


def intensity_of(training_load: int, seconds: int) -> float:
    """Return the intensity in percent that makes this load in this time.

    Upstream derives it from the rounded load, not from the watts.
    """
    return round(100 * math.sqrt(training_load * 36 / seconds), 6) if seconds else 0.0


def half_up(number: float) -> int:
    """Round as upstream does: 193.5 W is 194 W, 182.5 W is 183 W."""
    return math.floor(number + 0.5)
