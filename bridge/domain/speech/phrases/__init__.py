"""The sentences of the bridge: one file for each language, the same keys in all.

A phrase is a text with ``{placeholders}``, or a mapping of CLDR plural
categories (``one``, ``many``, ``other`` …) to such texts. A file is read the first
time that its language is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

Phrase = str | Mapping[str, str]
Table = Mapping[str, Phrase]

LANGUAGES: tuple[str, ...] = ("en", "de", "fr", "es")


@cache
def phrases_of(language: str) -> Table:
    """Return the sentences of ``language``, one of :data:`LANGUAGES`."""
    table: Table = _file_of(language)["phrases"]
    return table


def words_of(language: str, purpose: str) -> Mapping[str, Any]:
    """Return the words of a language that are understood, such as ``dictation``.

    Empty where nobody has written any yet.
    """
    table: Mapping[str, Any] = _file_of(language).get(purpose, {})
    return table


@cache
def _file_of(language: str) -> Mapping[str, Any]:
    if language not in LANGUAGES:
        raise KeyError(language)
    import tomllib  # here, so that a start that says nothing yet does without it

    file = Path(__file__).with_name(f"{language}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def phrase_of(key: str, own: Table, english: Callable[[], Table]) -> Phrase:
    """Return a phrase; English is better than silence where a table lacks it.

    Raises
    ------
    KeyError
        If no table has it.
    """
    return own[key] if key in own else english()[key]
