"""One value alone in a text, with the words that people put around it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TypeVar

from bridge.domain.inputs.refusals import InputError
from bridge.domain.inputs.tokens import (
    Phrases,
    Taken,
    Tokens,
    phrases_meaning,
    read_sentence,
)
from bridge.domain.speech.phrases import understood

T = TypeVar("T")

_LONGEST = 80
_SIGNS = frozenset(".,!:=\u2026")


def only_value(
    text: object, take: Callable[[Tokens, int], Taken[T]], refusal: InputError
) -> T:
    """Return the value of a text in which nothing else is said.

    Parameters
    ----------
    text
        At most 80 characters: "about 72", "I slept seven hours twenty."
    take
        Reads the value at one place.
    refusal
        Raised where there is none, two that differ, or a word that is not known.
    """
    try:
        tokens = read_sentence(text, max_length=_LONGEST).tokens
    except InputError:
        raise refusal from None
    values: list[T] = []
    place = 0
    while place < len(tokens):
        taken = take(tokens, place)
        if taken is not None:
            values.append(taken[0])
            place = taken[1]
            continue
        filler = _fillers().take(tokens, place)
        if filler is None and tokens[place] not in _SIGNS:
            raise refusal
        place = place + 1 if filler is None else filler[1]
    if not values or any(value != values[0] for value in values):
        raise refusal
    return values[0]


def take_out_of(tokens: Tokens, start: int) -> Taken[str]:
    """Read the "out of" of "7 out of 10"."""
    return _out_of().take(tokens, start)


@cache
def _fillers() -> Phrases[str]:
    return phrases_meaning({"": understood("values")["fillers"]})


@cache
def _out_of() -> Phrases[str]:
    return phrases_meaning({"": ("/", *understood("values")["out_of"])})
