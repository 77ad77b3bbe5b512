"""One line of workout text as one step: duration, target, cadence, words.

A step line is free text with tokens in it. What stands before the first token is
the cue the athlete reads; after it words are ignored, and where two tokens of one
kind compete (``Z2 3h 190w``) the last one wins. Every repetition in the patterns is
bounded, so that a hostile line costs no more than its length.
"""

from __future__ import annotations

import re

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
_METRES = {"km": 1000.0, "m": 1.0, "mi": 1609.344, "y": 0.9144}
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
