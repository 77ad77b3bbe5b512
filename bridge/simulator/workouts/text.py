"""The workout builder's text: plain lines in, upstream's ``workout_doc`` out.

Blocks are set apart by blank lines. Lines with a dash are steps; a line above them
that ends in ``4x`` makes the block a repeat. All else is prose. Text without a single
step is no error upstream, and none here: the doc is empty and the load 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from bridge.simulator.workouts.load import Block, Load, half_up, intensity_of, load_of
from bridge.simulator.workouts.steps import Step, parse_step, whole
from bridge.simulator.workouts.targets import (
    SWIMS,
    Effort,
    Thresholds,
    effort_of,
    speed_of,
)

_REPEAT = re.compile(r"(?:^|\s)(\d{1,3})\s?x$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedWorkout:
    """What upstream computes from a workout's text."""

    doc: dict[str, object] = field(default_factory=dict)
    moving_time: int = 0  # seconds
    distance: float | None = None  # metres
    training_load: int | None = 0
    intensity: float | None = None  # percent
    normalized_power: int | None = None
    average_watts: int | None = None


class _Measured(NamedTuple):
    seconds: int
    metres: float
    effort: Effort | None


class _Block(NamedTuple):
    title: str
    reps: int  # 0: not a repeat
    steps: list[Step]


def parse_workout(  # noqa: PLR0913 - one for each threshold an athlete can have
    text: str,
    *,
    sport: str,
    ftp: int | None,
    lthr: int | None,
    threshold_pace: float | None,
    power_zones: Sequence[float],
    hr_zones: Sequence[float],
    pace_zones: Sequence[float],
    max_hr: int | None = None,
) -> ParsedWorkout:
    """Parse the text of a planned workout.

    Parameters
    ----------
    text
        The event's ``description``; anything at all, it is never refused.
    sport
        Upstream's activity type, such as ``Ride``.
    ftp, lthr, max_hr
        Watts and beats a minute, None where the athlete has none.
    threshold_pace
        Metres a second.
    power_zones, pace_zones
        Upper edges in percent of the threshold.
    hr_zones
        Upper edges in beats a minute.

    Returns
    -------
    ParsedWorkout
        With an empty ``doc`` and load 0 when no line is a step; ``training_load`` is
        None when there are steps but no target can be weighed.
    """
    thresholds = Thresholds(
        sport=sport,
        ftp=ftp,
        lthr=lthr,
        max_hr=max_hr,
        threshold_pace=threshold_pace,
        power_zones=power_zones,
        hr_zones=hr_zones,
        pace_zones=pace_zones,
    )
    blocks = [block for block in _blocks(text, sport) if block.steps]
    return _weigh(blocks, thresholds) if blocks else ParsedWorkout()


def _blocks(text: str, sport: str) -> Iterator[_Block]:
    default_pace = "100m" if sport in SWIMS else "km"
    block = _Block("", 0, [])
    for line in map(str.strip, text.splitlines()):
        if line.startswith("-"):
            if step := parse_step(line[1:].strip(), default_pace=default_pace):
                block.steps.append(step)
        elif not line and (block.steps or block.reps):
            yield block
            block = _Block("", 0, [])
        elif line and not block.steps and (repeat := _REPEAT.search(line[-8:])):
            block = _Block(line, int(repeat[1]), block.steps)
    yield block


def _weigh(blocks: Sequence[_Block], thresholds: Thresholds) -> ParsedWorkout:
    """Measure every step, then add up."""
    steps: list[Step] = []
    weighed: list[Block] = []
    seconds, metres = 0, 0.0
    for block in blocks:
        measured = [_measured(step, thresholds) for step in block.steps]
        reps = block.reps or 1
        block_s = reps * sum(each.seconds for each in measured)
        block_m = reps * sum(each.metres for each in measured)
        weighed.append(Block(reps, [each.effort for each in measured if each.effort]))
        steps += _written(block, block_s, block_m)
        seconds, metres = seconds + block_s, metres + block_m
    load = load_of(weighed, thresholds)
    return ParsedWorkout(
        doc=_doc(steps, seconds, metres, load),
        moving_time=seconds,
        distance=round(metres, 4),
        training_load=load.training_load,
        intensity=_intensity(load, seconds),
        normalized_power=load.normalized_power,
        average_watts=load.average_watts,
    )


def _measured(step: Step, thresholds: Thresholds) -> _Measured:
    """Find the time of a step given as distance, or the distance of a timed one."""
    effort = effort_of(step, thresholds)
    speed = speed_of(effort, thresholds)
    distance, duration = step.get("distance"), step.get("duration")
    if isinstance(distance, int | float):
        seconds = half_up(distance / speed) if speed else 0
        if seconds:
            step["duration"] = seconds
        timed = effort and replace(effort, seconds=seconds)
        return _Measured(seconds, float(distance), timed)
    seconds = duration if isinstance(duration, int) else 0
    paced = effort is not None and effort.kind == "pace"
    return _Measured(seconds, seconds * speed if paced and speed else 0.0, effort)


def _written(block: _Block, seconds: int, metres: float) -> list[Step]:
    if not block.reps:
        return block.steps
    return [
        {
            "reps": block.reps,
            "text": block.title,
            "steps": block.steps,
            "distance": whole(round(metres, 4)),
            "duration": seconds,
        }
    ]


def _doc(
    steps: list[Step], seconds: int, metres: float, load: Load
) -> dict[str, object]:
    doc: dict[str, object] = {
        "steps": steps,
        "duration": seconds,
        "distance": whole(round(metres, 4)),
        "options": {},
        "locales": [],
    }
    if load.normalized_power and load.average_watts:
        doc["normalized_power"] = load.normalized_power
        doc["average_watts"] = load.average_watts
        doc["variability_index"] = load.normalized_power / load.average_watts
    return doc


def _intensity(load: Load, seconds: int) -> float | None:
    if load.training_load is None or not seconds:
        return None
    return intensity_of(load.training_load, seconds)
