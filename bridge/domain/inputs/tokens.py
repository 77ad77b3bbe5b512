"""Sentences cut into tokens, and tables of phrases that are found in them.

Durations, paces, days and dictated workouts share one way of reading: a
``take_…`` function looks at one place of the token list and gives back what
it found with the place after it, or None. Nothing is ever searched for
backwards, so the work grows with the length of the text only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

Tokens = tuple[str, ...]
T = TypeVar("T")
Taken = tuple[T, int] | None

# ASCII digits only: \d would let Arabic and full-width digits through.
_TOKEN = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])"
    r"|[0-9]{1,3}(?::[0-9]{2}){1,2}(?![0-9:])"
    r"|[0-9]+(?:[.,][0-9]+)*"
    r"|[^\W\d_]+\.?"
    r"|\S"
)
# Behind a letter only: a mark on a digit is not to be overlooked.
_ACCENTS = re.compile(r"(?<=[a-z])[\u0300-\u036f]+")
_BLANKS = re.compile(r"[\s_\-.]+")
_HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")


def folded(text: str) -> str:
    """Return text as words are compared: small, without accents, one apostrophe.

    A keyboard in a hurry leaves accents out, and a phone types the curly apostrophe.
    """
    parted = unicodedata.normalize("NFD", text.casefold().replace("\u2019", "'"))
    return unicodedata.normalize("NFC", _ACCENTS.sub("", parted))


def squeezed(text: str) -> str:
    """Return a name as names are compared: folded, without blanks, dots and dashes."""
    return folded(_BLANKS.sub("", text))


def tokenize(text: str) -> Tokens:
    """Cut text into dates, clock times, numbers, words and single signs.

    Words are folded and lose the dot of an abbreviation; a hyphen between letters
    parts two words ("cool-down").
    """
    found = _TOKEN.findall(_HYPHEN.sub(" ", folded(text)))
    return tuple(token.rstrip(".") or token for token in found)


def token_at(tokens: Tokens, place: int) -> str:
    """Return the token at a place, or "" behind the last."""
    return tokens[place] if place < len(tokens) else ""


def all_mean(words: str, meaning: T) -> dict[str, T]:
    """Return a table that gives phrases, parted by "|", one meaning."""
    return dict.fromkeys(words.split("|"), meaning)


def phrases_meaning(table: Mapping[T, Iterable[str]]) -> Phrases[T]:
    """Return the phrases that stand under each meaning."""
    return Phrases({word: meaning for meaning in table for word in table[meaning]})


class Phrases(Generic[T]):
    """Phrases of one or more words, each with its meaning; the longest wins."""

    def __init__(self, table: Mapping[str, T]) -> None:
        self._meanings = {tokenize(phrase): table[phrase] for phrase in table}
        self._longest = max(map(len, self._meanings))

    def take(self, tokens: Tokens, start: int) -> Taken[T]:
        """Return the meaning of the longest phrase at ``start``, if any."""
        longest = min(self._longest, len(tokens) - start)
        for end in range(start + longest, start, -1):
            if tokens[start:end] in self._meanings:
                return self._meanings[tokens[start:end]], end
        return None
