"""Sports by their names and words: "virtual ride", "laufen", "Krafttraining"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from bridge.domain.inputs.refusals import InputError, Mistake
from bridge.domain.inputs.texts import plain_text
from bridge.domain.inputs.tokens import (
    Phrases,
    Taken,
    Tokens,
    phrases_meaning,
    squeezed,
    tokenize,
)
from bridge.domain.speech.phrases import LANGUAGES, phrases_of, understood
from bridge.domain.sport import TYPES

_EXAMPLE = "Ride, Run, Swim or WeightTraining"
_BY_NAME: Mapping[str, str] = {squeezed(name): name for name in TYPES}


def read_sport(value: object, types: Iterable[str] = ()) -> str:
    """Return upstream's type of a sport that is named alone.

    Parameters
    ----------
    value
        Upstream's name, in parts or whole; the name in any language; a word of those
        that ``take_sport`` takes.
    types
        Types that are known beside ours: upstream may have added some since.

    Raises
    ------
    InputError
        ``not_a_workout``, if it is none of them.
    """
    refusal = InputError(Mistake.NOT_A_WORKOUT, _EXAMPLE, seen="sport")
    text = plain_text(value, refusal)
    word = squeezed(text)
    named = _BY_NAME.get(word) or {squeezed(name): name for name in types}.get(word)
    named = named or _names_spoken().get(word)
    if named is not None:
        return named
    tokens = tokenize(text)
    taken = take_sport(tokens, 0)
    if taken is None or taken[1] != len(tokens):
        raise refusal
    return taken[0]


def take_sport(tokens: Tokens, start: int) -> Taken[str]:
    """Read a sport at one place of a sentence: "bike ride", "rad fahren", "vélo"."""
    words = sport_words()
    begins = start < len(tokens) and tokens[start] in words.first
    return words.take(tokens, start) if begins else None


@cache
def sport_words() -> Phrases[str]:
    """Return the words of all sports and their names; the longest phrase counts."""
    said = understood("sports")
    names = {name: sport for name, sport in _names().items() if sport not in _GENERAL}
    own = {word: sport for sport, words in said.items() for word in words}
    return Phrases(names | own)


@cache
def indoor_words() -> Phrases[str]:
    """Return "treadmill", "auf der Rolle", "en intérieur", with the sport each means.

    The sport is "" where the words leave it open.
    """
    return phrases_meaning(understood("dictation", "indoor"))


@cache
def _names_spoken() -> Mapping[str, str]:
    """Return every type by its name in every language, the first where two agree."""
    names: dict[str, str] = {}
    for name, sport in _names().items():
        names.setdefault(squeezed(name), sport)
    return names


def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for language in LANGUAGES:
        for key, phrase in phrases_of(language).items():
            family, _, sport = key.partition(".")
            if family == "sport" and isinstance(phrase, str):
                names.setdefault(phrase, sport)
    return names


# In a sentence these say no more than "a workout", "a change".
_GENERAL = frozenset({"Workout", "Other", "Transition"})
