"""Scales: a number or one word, "good", "sehr gut", "très dur", "7".

The numbers are upstream's. On most of them low is good: mood 1 is excellent,
soreness 0 is none, feel 1 is strong.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from bridge.domain.inputs.number_words import take_number
from bridge.domain.inputs.numbers import read_number
from bridge.domain.inputs.refusals import InputError, InputKind, with_example
from bridge.domain.inputs.scale_words import (
    FEEL,
    HYDRATION,
    INJURY,
    QUALITY,
    RPE,
    STRAIN,
    Words,
    numbers_of,
)
from bridge.domain.inputs.texts import plain_text
from bridge.domain.inputs.tokens import Phrases, tokenize


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


_WORDS: Mapping[Scale, Words] = {
    Scale.MOOD: QUALITY,
    Scale.MOTIVATION: QUALITY,
    Scale.SLEEP_QUALITY: QUALITY,
    Scale.SORENESS: STRAIN,
    Scale.FATIGUE: STRAIN,
    Scale.STRESS: STRAIN,
    Scale.INJURY: INJURY,
    Scale.HYDRATION: HYDRATION,
    Scale.FEEL: FEEL,
    Scale.RPE: RPE,
}
_PHRASES = {scale: Phrases(numbers_of(words)) for scale, words in _WORDS.items()}


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
        raise InputError(InputKind.OUT_OF_RANGE, example)
    if number != int(number):
        raise InputError(InputKind.NOT_ON_THE_SCALE, example)
    return int(number)


def scale_limits(scale: Scale) -> tuple[int, int]:
    """Return the lowest and the highest number of a scale."""
    numbers = _WORDS[scale]["en"]
    return min(numbers), max(numbers)


def scale_example(scale: Scale) -> str:
    """Return an input that is understood, such as "good or 2"."""
    middle = sum(scale_limits(scale)) // 2
    return f"{format_scale(middle, scale)} or {middle}"


def format_scale(number: int, scale: Scale, language: str = "en") -> str:
    """Write a number of a scale as the word that ``parse_scale`` reads back."""
    words = _WORDS[scale].get(language, _WORDS[scale]["en"])
    return words[number].split("|")[0]


def _number(value: object, example: str) -> float | None:
    """Return a number in digits or words; None for any other word."""
    if not isinstance(value, str):
        return read_number(value, example).number
    refusal = InputError(InputKind.NOT_ON_THE_SCALE, example)
    tokens = tokenize(plain_text(value, refusal))
    with with_example(example):
        taken = take_number(tokens, 0)
    return taken[0] if taken is not None and taken[1] == len(tokens) else None


def _word(value: object, scale: Scale, example: str) -> int:
    refusal = InputError(InputKind.NOT_ON_THE_SCALE, example)
    tokens = tokenize(plain_text(value, refusal))
    taken = _PHRASES[scale].take(tokens, 0)
    if taken is None or taken[1] != len(tokens):
        raise refusal
    return taken[0]
