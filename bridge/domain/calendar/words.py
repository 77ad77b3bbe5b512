"""Categories and colours of the calendar by their words."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from bridge.domain.inputs.tokens import folded, squeezed
from bridge.domain.speech.phrases import understood
from bridge.errors import BadField

# What upstream has, in its order.
CATEGORIES: Final = (
    "WORKOUT",
    "RACE_A",
    "RACE_B",
    "RACE_C",
    "NOTE",
    "PLAN",
    "HOLIDAY",
    "SICK",
    "INJURED",
    "TARGET",
    "SEASON_START",
    "SET_EFTP",
    "FITNESS_DAYS",
    "SET_FITNESS",
)
_HEX: Final = re.compile(r"#[0-9a-fA-F]{6}", re.ASCII)
_LONGEST_WORD: Final = 60


def read_category(value: object) -> str:
    """Return upstream's category: "note", "Race A" and "Rennen" are known.

    Raises
    ------
    BadField
        If it is none of them.
    """
    category = _categories().get(squeezed(_short(value)))
    if category is None:
        example = "workout, note, race a, holiday or plan"
        raise BadField("category", name="category", example=example)
    return category


def read_colour(value: object) -> str:
    """Return a colour by its English name, or as #rrggbb.

    Raises
    ------
    BadField
        If it is neither.
    """
    word = _short(value).strip()
    colour = _colours().get(folded(word))
    if colour is None and _HEX.fullmatch(word):
        colour = word.lower()
    if colour is None:
        raise BadField("colour", name="colour", example="green or #ff7f0e")
    return colour


def _short(value: object) -> str:
    """Return a word; what is none, or as long as a book, is nobody's word."""
    return value if isinstance(value, str) and len(value) <= _LONGEST_WORD else ""


@cache
def _colours() -> dict[str, str]:
    table = understood("colours")
    return {folded(word): colour for colour in table for word in table[colour]}


@cache
def _categories() -> dict[str, str]:
    words = {squeezed(category): category for category in CATEGORIES}
    table = understood("categories")
    return words | {squeezed(word): name for name in table for word in table[name]}
