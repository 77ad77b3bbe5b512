"""The sentences of the bridge: one table for each language, the same keys in all.

A phrase is a text with ``{placeholders}``, or a mapping of CLDR plural
categories (``one``, ``few``, ``other`` …) to such texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module

Phrase = str | Mapping[str, str]
Table = Mapping[str, Phrase]

LANGUAGES: tuple[str, ...] = ("en", "de", "fr", "es")


@cache
def phrases_of(language: str) -> Table:
    """Return the table of ``language``, one of :data:`LANGUAGES`."""
    if language not in LANGUAGES:
        raise KeyError(language)
    table: Table = import_module(f"bridge.domain.speech.phrases.{language}").PHRASES
    return table


def phrase_of(key: str, own: Table, english: Table) -> Phrase:
    """Return a phrase; English is better than silence where a table lacks it.

    Raises
    ------
    KeyError
        If no table has it.
    """
    return own[key] if key in own else english[key]
