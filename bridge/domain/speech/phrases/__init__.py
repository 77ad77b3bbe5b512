"""The words of the bridge: one file for each language, the same keys in all.

Its table ``phrases`` is what is said: a text with ``{placeholders}``, or a mapping of
CLDR plural categories (``one``, ``many``, ``other`` …) to such texts. ``fields`` is
what fields are called. The other tables are what is understood. A file is read the
first time that its language is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from bridge.domain.speech.toml import read_toml

Phrase = str | Mapping[str, str]
Table = Mapping[str, Phrase]

LANGUAGES: tuple[str, ...] = ("en", "de", "fr", "es")
# French sets its marks apart by a blank at which no line breaks. Nobody sees in a
# file which blank it is, so it is put in here.
_FRENCH_MARK = re.compile(r"(?<=[\w}»)]) ?([:;?!])(?=\s|$)")


@cache
def phrases_of(language: str) -> Table:
    """Return the sentences of ``language``, one of :data:`LANGUAGES`."""
    table: Table = _file_of(language)["phrases"]
    return _set_apart(table) if language == "fr" else table


@cache
def scales_of(language: str) -> frozenset[str]:
    """Return the fields of which some numbers have a word of their own."""
    keys = (key.split(".") for key in phrases_of(language))
    return frozenset(key[1] for key in keys if key[0] == "scale")


@cache
def fields_of(language: str) -> Mapping[str, Sequence[str]]:
    """Return what each field is called in a sentence, and what one could say for it."""
    table: Mapping[str, Sequence[str]] = _file_of(language)["fields"]
    return table


@cache
def words_of(language: str, purpose: str) -> Mapping[str, Any]:
    """Return the words of a language that are understood, such as ``dictation``.

    A star in the file stands for each of the language's ``endings``. Empty where
    nobody has written any yet.
    """
    file = _file_of(language)
    table: Mapping[str, Any] = _inflected(
        file.get(purpose, {}), file.get("endings", ())
    )
    return table


@cache
def understood(purpose: str, part: str | None = None) -> Mapping[str, tuple[str, ...]]:
    """Return the words of all languages, under what they mean.

    ``part`` names a table inside: the ``weekdays`` of ``days``.
    """
    words: dict[str, tuple[str, ...]] = {}
    for language in LANGUAGES:
        table = words_of(language, purpose)
        for meaning, own in (table if part is None else table.get(part, {})).items():
            if isinstance(own, list):
                words[meaning] = (*words.get(meaning, ()), *own)
    return words


def _set_apart(table: Table) -> Table:
    """Put French blanks before the marks that want one: "demain\u00a0: Tempo"."""

    def apart(phrase: str) -> str:
        return _FRENCH_MARK.sub("\u00a0\\1", phrase)

    return {
        key: apart(phrase)
        if isinstance(phrase, str)
        else {form: apart(phrase[form]) for form in phrase}
        for key, phrase in table.items()
    }


def _inflected(value: Any, endings: Sequence[str]) -> Any:
    if isinstance(value, Mapping):
        return {name: _inflected(inside, endings) for name, inside in value.items()}
    if not isinstance(value, list):
        return value
    return [
        word.replace("*", ending)
        for word in value
        for ending in (endings if word.endswith("*") else ("",))
    ]


@cache
def _file_of(language: str) -> Mapping[str, Any]:
    if language not in LANGUAGES:
        raise KeyError(language)
    return read_toml(Path(__file__).with_name(f"{language}.toml"))
