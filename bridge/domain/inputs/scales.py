"""Scales: a number or one word, "good", "sehr gut", "très dur", "7".

The numbers are upstream's. On most of them low is good: mood 1 is excellent,
soreness 0 is none, feel 1 is strong.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from bridge.domain.inputs.numbers import read_number, take_number
from bridge.domain.inputs.refusals import InputError, Mistake, with_example
from bridge.domain.inputs.texts import plain_text
from bridge.domain.inputs.tokens import Phrases, phrases_meaning, tokenize
from bridge.domain.speech.phrases import understood


class Scale(StrEnum):
    """Every scale that can be written."""

    MOOD = "mood"
    MOTIVATION = "motivation"
    SLEEP_QUALITY = "sleep_quality"
    SORENESS = "soreness"
    FATIGUE = "fatigue"
    STRESS = "stress"
    INJURY = "injury"
    HYDRATION = "hydration"
    FEEL = "feel"
    RPE = "rpe"


@dataclass(frozen=True, slots=True)
class _Words:
    """Words that scales share; ``table`` names them in each language's file."""

    table: str
    low: int
    high: int
    example: str


_QUALITY = _Words("quality", 1, 4, "good or 2")
_STRAIN = _Words("strain", 0, 4, "average or 2")
_SCALES: Mapping[Scale, _Words] = {
    Scale.MOOD: _QUALITY,
    Scale.MOTIVATION: _QUALITY,
    Scale.SLEEP_QUALITY: _QUALITY,
    Scale.SORENESS: _STRAIN,
    Scale.FATIGUE: _STRAIN,
    Scale.STRESS: _STRAIN,
    Scale.INJURY: _Words("injury", 1, 4, "niggle or 2"),
    Scale.HYDRATION: _Words("hydration", 1, 4, "okay or 2"),
    Scale.FEEL: _Words("feel", 1, 5, "normal or 3"),
    Scale.RPE: _Words("rpe", 1, 10, "slightly challenging or 5"),
}


def parse_scale(value: object, scale: Scale) -> int:
    """Return the number upstream keeps for a number or a word.

    Raises
    ------
    InputError
        ``not_on_the_scale`` for an unknown word or a fraction, ``out_of_range``
        for a number outside of the scale; the example is a word and a number.
    """
    example = scale_example(scale)
    number = _number(value, example)
    if number is None:
        return _word(value, scale, example)
    low, high = scale_limits(scale)
    if not low <= number <= high:
        raise InputError(Mistake.OUT_OF_RANGE, example)
    if number != int(number):
        raise InputError(Mistake.NOT_ON_THE_SCALE, example)
    return int(number)


def scale_limits(scale: Scale) -> tuple[int, int]:
    """Return the lowest and the highest number of a scale."""
    return _SCALES[scale].low, _SCALES[scale].high


def scale_example(scale: Scale) -> str:
    """Return an input that is understood, such as "good or 2"."""
    return _SCALES[scale].example


@cache
def _phrases(table: str) -> Phrases[int]:
    words = understood("scales", table)
    return phrases_meaning({int(number): words[number] for number in words})


def _number(value: object, example: str) -> float | None:
    """Return a number in digits or words; None for any other word."""
    if not isinstance(value, str):
        return read_number(value, example).number
    refusal = InputError(Mistake.NOT_ON_THE_SCALE, example)
    tokens = tokenize(plain_text(value, refusal))
    with with_example(example):
        taken = take_number(tokens, 0)
    return taken[0] if taken is not None and taken[1] == len(tokens) else None


def _word(value: object, scale: Scale, example: str) -> int:
    refusal = InputError(Mistake.NOT_ON_THE_SCALE, example)
    tokens = tokenize(plain_text(value, refusal))
    taken = _phrases(_SCALES[scale].table).take(tokens, 0)
    if taken is None or taken[1] != len(tokens):
        raise refusal
    return taken[0]
