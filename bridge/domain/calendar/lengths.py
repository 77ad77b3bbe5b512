"""What looks like a slip in the length of a workout, and is asked back first.

In the text of a workout ``m`` is minutes and ``mtr`` is metres. Whoever writes ``50m``
for a length of the pool plans fifty minutes of it, and upstream obliges: a swim of
thirteen hours. Nobody notices before it stands in the calendar.
"""

from __future__ import annotations

import re

from bridge.domain.sport import ON_FOOT, ROWS, SWIMS
from bridge.domain.values import Values
from bridge.errors import MetresOrMinutes, VeryLong

LONGEST_S = 8 * 3600  # a longer day is asked back
_REPEATS = re.compile(r"(?:^|\s)([0-9]{1,3})x\b", re.IGNORECASE)
_STEP = re.compile(r"^\s*-")
_MINUTES = re.compile(r"(?<![\w.:/])([0-9]{1,5})m(?![\w/])(?!\s*/)", re.IGNORECASE)
_EXTENT = re.compile(
    r"(?<![\w.:/])(?:([0-9]+(?:\.[0-9]+)?)h)?(?:([0-9]+(?:\.[0-9]+)?)m)?"
    r"(?:([0-9]+)s)?(?![\w/])",
    re.IGNORECASE,
)
_LEAST_LENGTH = 50  # metres of a repeat, or of a step of its own in the water
_POOL = 25
_TRACK = 100  # a step of its own on foot: 100m, 400m; 90m is a long run
_SHORTEST_LENGTH_M = 25


def check_lengths(values: Values) -> None:
    """Refuse a workout whose length looks like a slip.

    Parameters
    ----------
    values
        The values of an entry: category, type, description, ``planned_s``.

    Raises
    ------
    MetresOrMinutes
        If minutes in its text look like metres.
    VeryLong
        If it takes more than 8 hours, as far as text or field say.
    """
    if values.get("category") != "WORKOUT":
        return
    text, sport = str(values.get("description") or ""), str(values.get("type") or "")
    total_s, repeats = 0.0, 1
    for line in text.splitlines():
        if not _STEP.match(line):
            times = _REPEATS.search(line)
            repeats = int(times[1]) if times else 1
            continue
        minutes = _MINUTES.search(line)
        if minutes and _looks_like_metres(int(minutes[1]), sport, repeats):
            seen = f"{minutes[1]}m"
            raise MetresOrMinutes(seen, seen=seen, meant=f"{minutes[1]}mtr")
        total_s += repeats * _seconds(line)
    planned = values.get("planned_s")
    seconds = max(total_s, planned if isinstance(planned, int | float) else 0)
    check_length_s(seconds)


def check_length_s(seconds: float) -> None:
    """Refuse a workout of more than 8 hours.

    Raises
    ------
    VeryLong
        If it is longer.
    """
    if seconds > LONGEST_S:
        raise VeryLong(f"{round(seconds)} s", length_s=str(round(seconds)))


def _looks_like_metres(number: int, sport: str, repeats: int) -> bool:
    if sport in SWIMS:
        return number >= _SHORTEST_LENGTH_M and (
            number % _POOL == 0 or number >= _LEAST_LENGTH
        )
    if sport in ON_FOOT or sport in ROWS:
        return (repeats > 1 and number >= _LEAST_LENGTH) or (
            number >= _TRACK and number % _TRACK == 0
        )
    return False


def _seconds(line: str) -> float:
    """Return how long the first duration of a step is, in seconds."""
    for found in _EXTENT.finditer(line):
        if found[0]:
            hours, minutes, seconds = (float(part or 0) for part in found.groups())
            return hours * 3600 + minutes * 60 + seconds
    return 0.0
