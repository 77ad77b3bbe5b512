"""What a planned workout costs: load in points, and watts where there are any.

The formulas were found on recorded answers. Power: normalized power of the planned
watts, rounded, against FTP. Heart rate: TRIMP against an hour at threshold. Pace:
average speed against threshold pace, squared, for swims cubed.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bridge.simulator.workouts.targets import SWIMS, Effort, Thresholds

RESTING_HR_BPM = 50  # upstream knows the athlete's own; for TRIMP this is close enough
SMOOTHING_S = 30
LONGEST_SMOOTHED_S = 172_800  # beyond two days smoothing changes nothing but the cost


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
        watts += [value for each in efforts for value in _each_second(each)] * reps
    total = window = 0.0
    for index, value in enumerate(watts):
        window += value - (watts[index - SMOOTHING_S] if index >= SMOOTHING_S else 0)
        total += (max(window, 0.0) / min(index + 1, SMOOTHING_S)) ** 4
    return float((total / seconds) ** 0.25)


def _each_second(effort: Effort) -> Iterator[float]:
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
