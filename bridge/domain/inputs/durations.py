"""Durations as people say and type them: "7h 20", "1:05:30", "90 min", "45'"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from bridge.domain.inputs.numbers import (
    bounded,
    is_article,
    more_than_whole,
    number_starts,
    read_number,
    take_number,
)
from bridge.domain.inputs.refusals import InputError, Mistake, with_example
from bridge.domain.inputs.tokens import (
    Phrases,
    Taken,
    Tokens,
    phrases_meaning,
    token_at,
)
from bridge.domain.inputs.values import only_value
from bridge.domain.speech.phrases import understood

Clock = Literal["h:mm", "m:ss"]
TimeUnit = Literal["h", "min", "s"]

LONGEST_S = 48 * 3600
_MINUTE_S = 60
_EXAMPLES: dict[Clock, str] = {"h:mm": "7h 20", "m:ss": "4 min 10 s"}
_CLOCK = re.compile(r"([0-9]{1,3}):([0-9]{2})(?::([0-9]{2}))?")
_SECONDS_IN: dict[TimeUnit, int] = {"h": 3600, "min": 60, "s": 1}

# Before these words a number belongs to them, not to the hours before it.
_OF = (("d",), ("of",))
_COUNTED = re.compile(
    "x|×|[*]|times|mal|fois|veces|sets?|reps?|m|mtr|met[er]+n?s?|metros?|km|k"
    "|kilo.*|series|series|wiederholungen|intervalle?s?|[%/]|w|watts?|percent|prozent"
    "|mi|miles?|milers?|meilen?|millas?|yards?|yds?|feet|ft|bpm|beats|puls|schlage"
)


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
    """Read a duration at one place of a sentence, without its "about"."""
    start = after_about(tokens, start)
    if start >= len(tokens):
        return None
    words = _words()
    begins = tokens[start] in words.whole.first
    whole = words.whole.take(tokens, start) if begins else None
    if whole is not None:
        return whole
    match = _CLOCK.fullmatch(tokens[start])
    if match is not None:
        return _take_clock(tokens, start + 1, match, clock)
    return _take_parts(tokens, start)


def after_about(tokens: Tokens, start: int) -> int:
    """Return the place behind "about", "ungefähr", "une petite"."""
    about = about_words()
    if start >= len(tokens) or tokens[start] not in about.first:
        return start
    taken = about.take(tokens, start)
    return start if taken is None else taken[1]


@cache
def about_words() -> Phrases[str]:
    """Return the words before a length that leave it as it is: "about", "ungefähr"."""
    return phrases_meaning({"": understood("durations")["about"]})


def duration_starts(tokens: Tokens) -> frozenset[int]:
    """Return the places where a duration may begin: all of a number or an "about"."""
    first = _words().first
    said = {place for place, token in enumerate(tokens) if token in first}
    return number_starts(tokens) | said


def take_time_unit(tokens: Tokens, start: int) -> Taken[int]:
    """Read the seconds of a unit: "h", "Minuten", "heures"."""
    units = _words().units
    begins = start < len(tokens) and tokens[start] in units.first
    return units.take(tokens, start) if begins else None


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

    def take(tokens: Tokens, start: int) -> Taken[int]:
        taken = take_duration(tokens, start, clock=clock)
        # "5 min 1 h", "7h 75"
        return None if taken and token_at(tokens, taken[1])[:1].isdigit() else taken

    with with_example(example):
        return only_value(value, take, refusal)


def _take_clock(
    tokens: Tokens, place: int, match: re.Match[str], clock: Clock
) -> Taken[int]:
    """Read "7:20", "1:05:30" or "4:05 min"; a unit behind it goes first."""
    parts = [int(part) for part in match.groups() if part is not None]
    largest = 3600 if clock == "h:mm" or len(parts) == 3 else 60
    unit = take_time_unit(tokens, place)
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
        if place == len(tokens):
            break
        joint = place > start and (
            tokens[place] == "," or tokens[place] in _words().joints
        )
        part = _take_part(tokens, place + joint)
        if part is None or part[1] >= smallest:
            break
        seconds, smallest, place = part
        total += seconds
    if place == start:
        return None
    rest = _trailing_number(tokens, place, smallest)
    return (round(total), place) if rest is None else (round(total + rest[0]), rest[1])


def _take_part(tokens: Tokens, start: int) -> tuple[float, int, int] | None:
    """Return seconds, seconds of the unit, and the place behind it."""
    number = take_number(tokens, start)
    if number is None:
        return None
    place = number[1]
    if place == len(tokens):
        return None
    if tokens[place] in _words().loose and is_article(tokens[start]):
        place += 1
    if tokens[place : place + 1] in _OF:
        place += 1
        place += token_at(tokens, place) == "'"
    elif place > number[1]:
        place += token_at(tokens, place) == "'"
    unit = take_time_unit(tokens, place)
    if unit is None:
        return None
    size, place = unit
    more = more_than_whole(tokens, place)
    if more is not None and take_time_unit(tokens, more[1]) is None:
        return (number[0] + more[0]) * size, size, more[1]
    return number[0] * size, size, place


def _trailing_number(tokens: Tokens, start: int, smallest: int) -> Taken[float]:
    """Return the seconds of the "20" in "7h 20" or of "twenty" in "seven hours twenty".

    They may be joined ("siete horas y veinte").
    """
    if smallest < _MINUTE_S or start == len(tokens):
        return None
    joint = tokens[start] in _words().joints
    place = start + joint
    # "3 minutes très dur"
    if place == len(tokens) or (not joint and tokens[place] == "tres"):
        return None
    number = take_number(tokens, place)
    digits = tokens[place]
    if number is None or is_article(digits):
        return None
    if digits[0].isdigit() and re.fullmatch("[0-9]{1,2}", digits) is None:
        return None
    value, end = number
    if not 0 < value < _MINUTE_S or value != int(value) or is_counted(tokens, end):
        return None
    return value * smallest / 60, end


def is_counted(tokens: Tokens, place: int) -> bool:
    """Tell whether a number before this place is of something else."""
    behind = token_at(tokens, place)
    if behind in ("by", "por"):  # "5 por 1000", but "4 por kilómetro"
        return take_number(tokens, place + 1) is not None
    return _COUNTED.fullmatch(behind) is not None or (
        behind == "." and token_at(tokens, place + 1)[:1].isdigit()
    )


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of all languages in which lengths of time are said."""

    units: Phrases[int]
    whole: Phrases[int]
    joints: frozenset[str]
    loose: frozenset[str]
    first: frozenset[str]  # what a duration begins with that is no number


@cache
def _words() -> _Words:
    """Read the tables ``durations`` of the languages, once."""
    said = understood("durations")
    lengths = understood("durations", "whole")
    whole = phrases_meaning({int(seconds): lengths[seconds] for seconds in lengths})
    return _Words(
        units=phrases_meaning(
            {
                3600: said["hour"],
                60: (*said["minute"], "'", "\u2032"),
                1: (*said["second"], '"', "\u2033", "\u201d"),
            }
        ),
        whole=whole,
        joints=frozenset(said["joints"]),
        loose=frozenset(said["loose"]),
        first=whole.first | about_words().first,
    )
