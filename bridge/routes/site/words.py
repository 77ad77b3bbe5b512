"""The words of the pages: one TOML file a language, and which language a reader has.

A word that is missing is a failure, never an empty place: a test goes through all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from flask import request
from markupsafe import Markup, escape

from bridge.domain.speech.ago import say_ago
from bridge.domain.speech.phrases import LANGUAGES
from bridge.domain.speech.toml import read_toml
from bridge.services import state

FOLDER = Path(__file__).parents[2] / "pages" / "words"
COOKIE = "bridge-language"
NAMES: Mapping[str, str] = {
    "en": "English",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
}
_TAG = re.compile(r"([A-Za-z]{2})(?:[-_][0-9A-Za-z_-]{1,20})?")
_BOLD, _CODE = re.compile(r"\*\*(.+?)\*\*"), re.compile("`(.+?)`")


class Words:
    """A table of words: ``words.setup_key.title`` is safe HTML, to be formatted."""

    def __init__(self, table: Mapping[str, Any], name: str) -> None:
        self._table = table
        self._name = name

    def __getattr__(self, key: str) -> Any:
        """Return a word, or a table of them."""
        # No AttributeError: Jinja would show nothing in its stead.
        try:
            return self._table[key]
        except KeyError:
            raise KeyError(f"no words {self._name}.{key}") from None

    def __getitem__(self, key: str) -> Any:
        """Return the same for a name that is worked out."""
        return getattr(self, key)


def page_language() -> str:
    """Return the language of the page: chosen, else the browser's, else English."""
    chosen = chosen_language()
    return chosen or request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]


def chosen_language() -> str:
    """Return the language that the reader chose, by link now or before; else ""."""
    asked = request.args.get("lang") or request.args.get("language")
    for tag in (asked, request.cookies.get(COOKIE)):
        found = _TAG.fullmatch(tag or "")
        if found and found[1].lower() in LANGUAGES:
            return found[1].lower()
    return ""


def words() -> Words:
    """Return the words in the language of this page."""
    language = state().language or page_language()
    return words_in(language)


@cache
def words_in(language: str) -> Words:
    """Return all words of a language."""
    return _table(read_toml(FOLDER / f"{language}.toml"), language)


def counted(forms: Words, n: int) -> Markup:
    """Return the form of a word for a number, with the number in it."""
    form: Markup = forms["one" if n == 1 else "other"]
    return form.format(n=n)


def ago(then: datetime, now: datetime) -> str:
    """Say when something was, in the language of the page."""
    language = state().language or page_language()
    if language == "en":
        return say_ago(then, now)
    from babel.dates import format_timedelta  # for those who do not read English

    passed = max(now - then, timedelta(seconds=1))  # of none Babel says "in 0 seconds"
    return format_timedelta(-passed, add_direction=True, locale=language)


def _table(table: Mapping[str, Any], name: str) -> Words:
    made = {
        key: _table(value, f"{name}.{key}") if isinstance(value, dict) else _html(value)
        for key, value in table.items()
    }
    return Words(made, name)


def _html(text: str) -> Markup:
    """Return a word as HTML: ``**bold**`` and `````code````` are drawn."""
    safe = _BOLD.sub(r"<b>\1</b>", str(escape(text)))
    return Markup(_CODE.sub(r"<code>\1</code>", safe))  # noqa: S704  # our own words
