"""Scales: a number or one word, "good", "sehr müde", "7".

The numbers are upstream's. On most of them low is good: mood 1 is excellent,
soreness 0 is none, feel 1 is strong.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bridge.domain.inputs.number_words import take_number
from bridge.domain.inputs.numbers import read_number
from bridge.domain.inputs.refusals import InputError, InputKind, with_example
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


@dataclass(frozen=True, slots=True)
class _Words:
    """Words for each number; the first of each language is the one we write."""

    english: Mapping[int, str]
    german: Mapping[int, str]

    @property
    def numbers(self) -> Mapping[str, int]:
        """Every word with its number."""
        return {
            word: number
            for words in (self.english, self.german)
            for number in words
            for word in words[number].split("|")
        }


_QUALITY = _Words(
    english={
        1: "excellent|great|super|very good|fantastic|amazing",
        2: "good|well",
        3: "average|ok|okay|so so|normal|medium",
        4: "poor|bad|terrible|awful|very bad",
    },
    german={
        1: "ausgezeichnet|sehr gut|super|hervorragend|prima|top|spitze",
        2: "gut",
        3: "mittel|durchschnittlich|ok|okay|geht so|mittelmäßig|normal",
        4: "schlecht|sehr schlecht|mies|miserabel",
    },
)
_STRAIN = _Words(
    english={
        0: "none|no|not at all|nothing",
        1: "low|a little|little|slight|mild|light",
        2: "average|medium|moderate|some|normal",
        3: "high|very|strong",
        4: "extreme|very high|extremely|extremely high|worst",
    },
    german={
        0: "keine|keiner|kein|gar nicht|nichts|gar keine",
        1: "gering|wenig|leicht|niedrig|ein wenig|etwas",
        2: "mittel|mäßig|durchschnittlich|normal",
        3: "hoch|stark|viel|sehr",
        4: "extrem|sehr hoch|sehr stark|extrem hoch|extrem stark",
    },
)
_INJURY = _Words(
    english={
        1: "excellent|none|no|not injured|healthy|fine",
        2: "niggle|a niggle|slight|minor",
        3: "poor|bad",
        4: "injured|severe",
    },
    german={
        1: "ausgezeichnet|keine|nein|gesund|nicht verletzt",
        2: "zwicken|zwickt|leicht|etwas",
        3: "schlecht|stark",
        4: "verletzt|schwer",
    },
)
_HYDRATION = _Words(
    english={
        1: "well hydrated|well|good|excellent",
        2: "okay|ok|average|normal",
        3: "dehydrated|poor|thirsty",
        4: "very dehydrated|very poor|very thirsty",
    },
    german={
        1: "gut getrunken|gut|sehr gut",
        2: "mittel|ok|okay|normal",
        3: "zu wenig getrunken|wenig|durstig|schlecht",
        4: "viel zu wenig getrunken|viel zu wenig|sehr durstig|sehr schlecht",
    },
)
_FEEL = _Words(
    english={
        1: "strong|very strong|great|excellent|super",
        2: "good|well",
        3: "normal|ok|okay|average|so so",
        4: "poor|bad",
        5: "weak|very weak|terrible|awful|very bad",
    },
    german={
        1: "stark|sehr stark|super|ausgezeichnet|sehr gut",
        2: "gut",
        3: "normal|ok|okay|mittel|geht so",
        4: "schlecht",
        5: "schwach|sehr schwach|sehr schlecht|miserabel",
    },
)
_RPE = _Words(
    english={
        1: "nothing at all|no effort",
        2: "very easy|very light",
        3: "easy|light",
        4: "comfortable|somewhat easy",
        5: "slightly challenging|moderate|somewhat hard",
        6: "difficult|challenging",
        7: "hard",
        8: "very hard",
        9: "extremely hard",
        10: "max effort|maximum|max|all out|maximal",
    },
    german={
        1: "gar nicht anstrengend|keine anstrengung",
        2: "sehr leicht|sehr locker",
        3: "leicht|locker",
        4: "angenehm",
        5: "etwas anstrengend|mittel|moderat",
        6: "anstrengend|schwierig",
        7: "hart|schwer",
        8: "sehr hart|sehr schwer|sehr anstrengend",
        9: "extrem hart|extrem schwer|extrem anstrengend",
        10: "maximal|volle kraft|alles gegeben",
    },
)
_WORDS: Mapping[Scale, _Words] = {
    Scale.MOOD: _QUALITY,
    Scale.MOTIVATION: _QUALITY,
    Scale.SLEEP_QUALITY: _QUALITY,
    Scale.SORENESS: _STRAIN,
    Scale.FATIGUE: _STRAIN,
    Scale.STRESS: _STRAIN,
    Scale.INJURY: _INJURY,
    Scale.HYDRATION: _HYDRATION,
    Scale.FEEL: _FEEL,
    Scale.RPE: _RPE,
}
_PHRASES = {scale: Phrases(words.numbers) for scale, words in _WORDS.items()}


def parse_scale(value: object, scale: Scale) -> int:
    """Return the number upstream keeps for a number or a word.

    Raises
    ------
    InputError
        ``not_on_the_scale`` for an unknown word or a fraction, ``out_of_range``
        for a number outside of the scale; the example is a word and a number.
    """
    words = _WORDS[scale].english
    example = scale_example(scale)
    number = _number(value, example)
    if number is None:
        return _word(value, scale, example)
    if not min(words) <= number <= max(words):
        raise InputError(InputKind.OUT_OF_RANGE, example)
    if number != int(number):
        raise InputError(InputKind.NOT_ON_THE_SCALE, example)
    return int(number)


def scale_limits(scale: Scale) -> tuple[int, int]:
    """Return the lowest and the highest number of a scale."""
    return min(_WORDS[scale].english), max(_WORDS[scale].english)


def scale_example(scale: Scale) -> str:
    """Return an input that is understood, such as "good or 2"."""
    middle = sum(scale_limits(scale)) // 2
    return f"{format_scale(middle, scale)} or {middle}"


def format_scale(number: int, scale: Scale, language: str = "en") -> str:
    """Write a number of a scale as the word that ``parse_scale`` reads back."""
    words = _WORDS[scale].german if language == "de" else _WORDS[scale].english
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
