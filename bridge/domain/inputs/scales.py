"""Scales: a number or one word, "good", "sehr gut", "très dur", "7".

The numbers are upstream's. On most of them low is good: mood 1 is excellent,
soreness 0 is none, feel 1 is strong.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, partial

from bridge.domain.inputs.numbers import is_article, read_number, take_number
from bridge.domain.inputs.refusals import InputError, Mistake, with_example
from bridge.domain.inputs.tokens import Phrases, Taken, Tokens, phrases_meaning
from bridge.domain.inputs.values import only_value, take_out_of
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
    if not isinstance(value, str):
        return _on_scale(read_number(value, example).number, scale)
    refusal = InputError(Mistake.NOT_ON_THE_SCALE, example)
    with with_example(example):
        return only_value(value, partial(take_scale, scale=scale), refusal)


def take_scale(tokens: Tokens, start: int, scale: Scale) -> Taken[int]:
    """Read a word or a number at one place: "not bad", "7", "sieben von zehn".

    Raises
    ------
    InputError
        ``out_of_range`` for a number outside of the scale, ``not_on_the_scale`` for a
        fraction and for one out of another number than the scale's highest.
    """
    word = _phrases(_SCALES[scale].table).take(tokens, start)
    if word is not None:
        return word
    number = take_number(tokens, start)
    if number is None or (is_article(tokens[start]) and number[0] == 1):
        return None
    of = take_out_of(tokens, number[1])
    highest = None if of is None else take_number(tokens, of[1])
    if highest is not None:
        if highest[0] != scale_limits(scale)[1] or not _is_upward(scale):
            raise InputError(Mistake.NOT_ON_THE_SCALE, scale_example(scale))
        number = number[0], highest[1]
    return _on_scale(number[0], scale), number[1]


def _on_scale(number: float, scale: Scale) -> int:
    low, high = scale_limits(scale)
    if not low <= number <= high:
        ends = str(low), str(high)
        raise InputError(Mistake.OUT_OF_RANGE, scale_example(scale), ends=ends)
    if number != int(number):
        raise InputError(Mistake.NOT_ON_THE_SCALE, scale_example(scale))
    return int(number)


def _is_upward(scale: Scale) -> bool:
    """Tell whether the highest number is the most; of a mood, four is the worst."""
    return scale is Scale.RPE or _SCALES[scale].table == "strain"


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
