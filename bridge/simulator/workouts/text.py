"""The workout builder's text: plain lines in, upstream's ``workout_doc`` out.

Blocks are set apart by blank lines. Lines with a dash are steps; a line above them
that ends in ``4x`` makes the block a repeat. All else is prose. Text without a single
step is no error upstream, and none here: the doc is empty and the load 0.

A step line is free text with tokens in it. What stands before the first token is
the cue the athlete reads; after it words are ignored, and where two tokens of one
kind compete (``Z2 3h 190w``) the last one wins. Every repetition in the patterns is
bounded, so that a hostile line costs no more than its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from bridge.simulator.athlete.sports import SWIMS
from bridge.simulator.workouts.load import (
    Block,
    Effort,
    Load,
    Thresholds,
    effort_of,
    half_up,
    intensity_of,
    load_of,
    speed_of,
)

Step = dict[str, object]
Target = dict[str, object]

_NUMBER = r"\d{1,4}(?:\.\d{1,3})?"
_CLOCK = r"\d{1,2}:\d\d(?:/(?:km|mi|100m|250m|400m|500m|100y))?"
_TOKEN = re.compile(
    rf"""
    (?<!\S)(?:
      (?P<pace>{_CLOCK}(?:\s?-\s?{_CLOCK})?)\s{{1,3}}pace
    | (?P<percent>{_NUMBER}%?\s?-\s?{_NUMBER}|{_NUMBER})%
      \s?(?P<of>ftp|lthr|hr|pace|mmp\s{{1,3}}\S{{1,8}})?
    | (?P<watts>{_NUMBER}\s?w?\s?-\s?{_NUMBER}|{_NUMBER})\s?w
    | z(?P<zone>\d(?:\s?-\s?z?\d)?)(?:\s{{1,3}}(?P<zone_of>hr|lthr|pace))?
    | (?P<cadence>{_NUMBER}\s?-\s?{_NUMBER}|{_NUMBER})\s?rpm
    | (?P<length>\d{{1,6}}(?:\.\d{{1,4}})?)\s?
      (?P<unit>km|miles?|mi|mtr|meters|metres|yards|yds|yrd|yd|y)
    | (?P<time>\d[\dhms'’′"”″]{{1,15}})
    | (?P<rest>0)
    | (?P<ramp>ramp)(?=\s{{1,3}}[\dz])
    | (?P<flag>freeride|maxeffort|hidepower)
    | (?P<press>press\s{{1,3}}lap)
    | intensity=(?P<intensity>active|rest|warmup|cooldown|recovery|interval|other)
    | (?:hr|power)=(?:lap|\d{{1,2}}s)
    )(?=[,;]?(?:\s|$))
    """,
    re.IGNORECASE | re.VERBOSE,
)
_TIMES = (
    re.compile(r"(?:(\d{1,3})h)?(?:(\d{1,5})m)?(?:(\d{1,6})s)?", re.IGNORECASE),
    re.compile(r"(?:(\d{1,3})h)?(\d{1,5})m(\d{1,2})", re.IGNORECASE),
    re.compile(r"(\d{1,3})h(\d{1,2})()", re.IGNORECASE),
    re.compile(r"()(?:(\d{1,5})['’′])?(?:(\d{1,6})[\"”″])?"),
    re.compile(r"()(\d{1,5})['’′](\d{1,2})"),
)
_PACES = {  # what follows the slash: (units of the doc, factor to its distance)
    "km": ("MINS_KM", 1.0),
    "mi": ("MINS_MILE", 1.0),
    "100m": ("SECS_100M", 1.0),
    "250m": ("SECS_500M", 2.0),
    "400m": ("SECS_100M", 0.25),
    "500m": ("SECS_500M", 1.0),
    "100y": ("SECS_100Y", 1.0),
}
_PERCENT_OF = {
    "ftp": ("power", "%ftp"),
    "mmp": ("power", "%mmp"),
    "hr": ("hr", "%hr"),
    "lthr": ("hr", "%lthr"),
    "pace": ("pace", "%pace"),
}
_ZONE_OF = {"power": "power_zone", "hr": "hr_zone", "lthr": "hr_zone"}
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


def parse_workout(text: str, thresholds: Thresholds) -> ParsedWorkout:
    """Parse the text of a planned workout; anything at all, it is never refused.

    Returns
    -------
    ParsedWorkout
        With an empty ``doc`` and load 0 when no line is a step; ``training_load`` is
        None when there are steps but no target can be weighed.
    """
    blocks = [block for block in _blocks(text, thresholds.sport) if block.steps]
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
        intensity=None
        if load.training_load is None or not seconds
        else intensity_of(load.training_load, seconds),
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


def parse_step(line: str, *, default_pace: str) -> Step | None:
    """Read what follows the dash of a step line.

    Parameters
    ----------
    line
        The text after ``-``.
    default_pace
        The distance an absolute pace without one is meant for: ``km``, ``100m``.

    Returns
    -------
    Step or None
        A step in upstream's own shape; ``duration`` in seconds or ``distance`` in
        metres is always there. None when the line has neither, or only zero.
    """
    cue, prompted, body = line.partition("<!>")
    step: Step = {}
    text_end: int | None = None
    for match in _TOKEN.finditer(body if prompted else line):
        if _read(match, step, default_pace) and text_end is None:
            text_end = match.start()
    if not step.get("duration") and not step.get("distance"):
        return None
    text = cue.strip() if prompted else line[:text_end].strip()
    return {"text": text} | step if text else step


def _read(match: re.Match[str], step: Step, default_pace: str) -> bool:
    """Put one token into the step; False when it was none after all."""
    kind, found = match.lastgroup, match.groupdict()
    if found["time"]:
        seconds = seconds_of(found["time"])
        if seconds is None:
            return False
        step.pop("distance", None)
        step["duration"] = seconds
    elif found["length"]:
        step.pop("duration", None)
        step["distance"] = _metres(found["length"], found["unit"])
    elif found["cadence"]:
        step["cadence"] = _target(found["cadence"], "rpm")
    elif found["intensity"]:
        step["intensity"] = found["intensity"].lower()
    elif found["flag"] or found["ramp"]:
        step[(found["flag"] or found["ramp"]).lower()] = True
    elif found["press"]:
        step["until_lap_press"] = True
    elif kind is not None:
        _read_target(found, step, default_pace)
    return True


def _read_target(found: dict[str, str | None], step: Step, default_pace: str) -> None:
    if pace := found["pace"]:
        step["pace"] = _absolute_pace(pace, default_pace)
    elif watts := found["watts"]:
        step["power"] = _target(watts, "w")
    elif zone := found["zone"]:
        of = (found["zone_of"] or "power").lower()
        key = "hr" if of == "lthr" else of
        step[key] = _target(zone, _ZONE_OF.get(of, "pace_zone"))
    elif percent := found["percent"]:
        key, units = _PERCENT_OF[(found["of"] or "ftp").lower().split()[0]]
        step[key] = _target(percent, units)
    elif found["rest"]:
        step["power"] = _target("0", "%ftp")


def seconds_of(text: str) -> int | None:
    """Read ``1h30m``, ``1m30``, ``90s``, ``5'``, ``10'30"``; None if it is none."""
    for pattern in _TIMES:
        if match := pattern.fullmatch(text):
            hours, minutes, seconds = (int(part or 0) for part in match.groups())
            return hours * 3600 + minutes * 60 + seconds
    return None


def _metres(length: str, unit: str) -> float | int:
    unit = unit.lower()
    for start, metres in (("km", 1000.0), ("mi", 1609.344), ("y", 0.9144)):
        if unit.startswith(start):
            return whole(float(length) * metres)
    return whole(float(length))


def _absolute_pace(text: str, default_pace: str) -> Target:
    """Return seconds for each unit of distance, as ``MINS_KM`` and its like."""
    clocks = [clock.strip().partition("/") for clock in text.lower().split("-")]
    distance = next((after for _, _, after in reversed(clocks) if after), default_pace)
    units, factor = _PACES[distance]
    seconds = [
        str(round((int(minutes) * 60 + int(rest)) * factor, 3))
        for minutes, rest in (clock.split(":") for clock, _, _ in clocks)
    ]
    return _target("-".join(seconds), units)


def _target(text: str, units: str) -> Target:
    numbers = [whole(float(part.strip(" %wWzZ\t"))) for part in text.split("-")]
    if len(numbers) == 1:
        return {"value": numbers[0], "units": units}
    return {"start": numbers[0], "end": numbers[1], "units": units}


def whole(number: float) -> float | int:
    """Return an int where nothing is lost: upstream writes 213, not 213.0."""
    return int(number) if number == int(number) else number
