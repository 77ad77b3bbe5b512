"""Durations as people say and type them: "7h 20", "1:05:30", "90 min", "45'"."""

from __future__ import annotations

import re
from typing import Literal

from bridge.domain.inputs.numbers import HALF_MORE, bounded, read_number, take_number
from bridge.domain.inputs.refusals import InputError, Mistake, with_example
from bridge.domain.inputs.texts import plain_text
from bridge.domain.inputs.tokens import (
    Phrases,
    Taken,
    Tokens,
    all_mean,
    token_at,
    tokenize,
)

Clock = Literal["h:mm", "m:ss"]
TimeUnit = Literal["h", "min", "s"]

LONGEST_S = 48 * 3600
_EXAMPLES: dict[Clock, str] = {"h:mm": "7h 20", "m:ss": "4 min 10 s"}
_CLOCK = re.compile(r"([0-9]{1,3}):([0-9]{2})(?::([0-9]{2}))?")
_SECONDS_IN: dict[TimeUnit, int] = {"h": 3600, "min": 60, "s": 1}

TIME_UNITS = Phrases(
    all_mean("h|hr|hrs|hour|hours|std|stunde|stunden|heure|heures|hora|horas", 3600)
    | all_mean("m|min|mins|minute|minutes|minuten|minuto|minutos|'|\u2032", 60)
    | all_mean("s|sec|secs|second|seconds|sek|sekunde|sekunden|seconde|secondes", 1)
    | all_mean('segundo|segundos|"|\u2033|\u201d', 1)
)
_WHOLE = Phrases(
    all_mean("half an hour|a half hour|half hour|une demi-heure|media hora", 1800)
    | all_mean("halbe Stunde|eine halbe Stunde|einer halben Stunde", 1800)
    | all_mean("quarter of an hour|a quarter of an hour", 900)
    | all_mean("Viertelstunde|eine Viertelstunde|einer Viertelstunde", 900)
    | all_mean("three quarters of an hour|Dreiviertelstunde", 2700)
    | all_mean("eine Dreiviertelstunde|einer Dreiviertelstunde", 2700)
)
_JOINTS = frozenset({"and", "und", "et", "y"})
# Before these words a number belongs to them, not to the hours before it.
_COUNTED = Phrases(all_mean("x|×|*|times|mal|sets|reps|m|mtr|metres|meters|km|k", ""))


def parse_duration(
    value: object,
    *,
    default_unit: TimeUnit | None = None,
    clock: Clock = "h:mm",
    least_s: int = 1,
    most_s: int = LONGEST_S,
) -> int:
    """Return a duration in whole seconds.

    Parameters
    ----------
    value
        "7h 20", "7:20", "1h30m", "90 min", "45'", "1:05:30", "2 hours and 5
        minutes", "eine Stunde 20 Minuten", "anderthalb Stunden", or a number.
    default_unit
        The unit of a bare number; without it a bare number is ambiguous.
    clock
        What two numbers with a colon are: "h:mm" (sleep) or "m:ss" (laps).
    least_s, most_s
        The limits, both allowed.

    Raises
    ------
    InputError
        ``not_a_duration``, ``ambiguous`` or ``out_of_range``.
    """
    example = _EXAMPLES[clock]
    bare = _bare_number(value, example)
    if bare is not None:
        if default_unit is None:
            raise InputError(Mistake.AMBIGUOUS, example)
        if default_unit == "s" and isinstance(value, str) and bare % 1:
            # "7,5" in a field of seconds was meant as hours.
            raise InputError(Mistake.AMBIGUOUS, example)
        seconds = round(bare * _SECONDS_IN[default_unit])
    else:
        seconds = _spoken(value, clock, example)
    return int(bounded(seconds, least_s, most_s, example))


def take_duration(tokens: Tokens, start: int, *, clock: Clock = "h:mm") -> Taken[int]:
    """Read a duration at one place of a sentence."""
    whole = _WHOLE.take(tokens, start)
    if whole is not None:
        return whole
    match = _CLOCK.fullmatch(token_at(tokens, start))
    if match is not None:
        return _take_clock(tokens, start + 1, match, clock)
    return _take_parts(tokens, start)


def _bare_number(value: object, example: str) -> float | None:
    """Return a number without unit, or None where there is more to read."""
    try:
        reading = read_number(value, example)
    except InputError as error:
        if error.mistake is Mistake.NOT_A_NUMBER and isinstance(value, str):
            return None
        raise
    if reading.if_grouped is not None:
        raise InputError(Mistake.AMBIGUOUS, example)
    return None if reading.unit else reading.number


def _spoken(value: object, clock: Clock, example: str) -> int:
    refusal = InputError(Mistake.NOT_A_DURATION, example)
    text = plain_text(value, refusal, max_length=80)
    tokens = tuple(sign for sign in tokenize(text) if sign != ",")
    with with_example(example):
        taken = take_duration(tokens, 0, clock=clock)
    if taken is None or taken[1] != len(tokens):
        raise refusal
    return taken[0]


def _take_clock(
    tokens: Tokens, place: int, match: re.Match[str], clock: Clock
) -> Taken[int]:
    """Read "7:20", "1:05:30" or "4:05 min"; a unit behind it goes first."""
    parts = [int(part) for part in match.groups() if part is not None]
    largest = 3600 if clock == "h:mm" or len(parts) == 3 else 60
    unit = TIME_UNITS.take(tokens, place)
    if unit is not None:
        largest, place = unit
    sizes = (3600, 60, 1)[{3600: 0, 60: 1}.get(largest, 2) :]
    if max(parts[1:]) >= 60 or len(sizes) < len(parts):
        return None
    return sum(n * size for n, size in zip(parts, sizes, strict=False)), place


def _take_parts(tokens: Tokens, start: int) -> Taken[int]:
    """Read numbers with falling units, each unit once at most."""
    total, place, smallest = 0.0, start, LONGEST_S
    while True:
        joint = place > start and token_at(tokens, place) in _JOINTS
        part = _take_part(tokens, place + joint)
        if part is None or part[1] >= smallest:
            break
        seconds, smallest, place = part
        total += seconds
    if place == start:
        return None
    rest = _trailing_number(tokens, place, smallest)
    return round(total + rest), place + (rest > 0)


def _take_part(tokens: Tokens, start: int) -> tuple[float, int, int] | None:
    """Return seconds, seconds of the unit, and the place behind it."""
    number = take_number(tokens, start)
    unit = None if number is None else TIME_UNITS.take(tokens, number[1])
    if number is None or unit is None:
        return None
    size, place = unit
    half = HALF_MORE.take(tokens, place)
    more, place = (0.0, place) if half is None else half
    return (number[0] + more) * size, size, place


def _trailing_number(tokens: Tokens, start: int, smallest: int) -> int:
    """Return the seconds of the "20" in "7h 20" or of the "10" in "4 min 10"."""
    digits = token_at(tokens, start)
    if smallest < 60 or re.fullmatch("[0-9]{1,2}", digits) is None:
        return 0
    if int(digits) >= 60 or _COUNTED.take(tokens, start + 1) is not None:
        return 0
    return int(digits) * smallest // 60
