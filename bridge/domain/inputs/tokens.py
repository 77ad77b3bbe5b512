"""Sentences cut into tokens, and tables of phrases that are found in them.

Durations, paces, days and dictated workouts share one way of reading: a
``take_…`` function looks at one place of the token list and gives back what
it found with the place after it, or None. Nothing is ever searched for
backwards, so the work grows with the length of the text only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from typing import Generic, TypeVar

from bridge.domain.inputs.refusals import InputError, Mistake
from bridge.domain.inputs.texts import plain_text
from bridge.domain.speech.phrases import understood

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
_HYPHEN = re.compile(r"(?<=[^\W_])[-\u2010\u2011](?=[^\W\d_])")
LONGEST_SENTENCE = 300
_LONGEST_WORD = 40


def folded(text: str) -> str:
    """Return text as words are compared: small, without accents, one apostrophe.

    A keyboard in a hurry leaves accents out, and a phone types the curly apostrophe.
    """
    parted = unicodedata.normalize("NFD", text.casefold().replace("\u2019", "'"))
    return unicodedata.normalize("NFC", _ACCENTS.sub("", parted))


def squeezed(text: str) -> str:
    """Return a name as names are compared: folded, without blanks, dots and dashes."""
    return folded(_BLANKS.sub("", text))


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence cut into tokens, beside each the word that it was made of."""

    words: tuple[str, ...]
    tokens: Tokens

    def said(self, start: int, end: int) -> str:
        """Return the words of some places as they came, accents and capitals too."""
        return " ".join(self.words[start:end])


def read_sentence(text: object, *, max_length: int = LONGEST_SENTENCE) -> Sentence:
    """Return a sentence, its compounds parted: "Tempolauf" is two tokens.

    Raises
    ------
    InputError
        ``not_a_text``: nothing to read, too long, or with hidden characters.
    """
    refusal = InputError(Mistake.NOT_A_TEXT, "")
    whole = plain_text(text, refusal, max_length=max_length)
    words: list[str] = []
    tokens: list[str] = []
    for word, token in _as_said(_cut(whole)):
        parts = _parted(token)
        words += [word, *[""] * (len(parts) - 1)]
        tokens += parts
    return Sentence(tuple(words), tuple(tokens))


def tokenize(text: str) -> Tokens:
    """Cut text into dates, clock times, numbers, words and single signs.

    Words are folded and lose the dot of an abbreviation; a hyphen before a letter
    parts two words ("cool-down", "10-mile").
    """
    return tuple(token for _, token in _cut(text))


def _cut(text: str) -> list[tuple[str, str]]:
    """Return each word with its token."""
    apart = _HYPHEN.sub(" ", unicodedata.normalize("NFC", text))
    words = (word for word in _TOKEN.findall(apart))
    return [(word, folded(word).rstrip(".") or word) for word in words]


def _as_said(cut: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield each word with the token that was said: "too hours" are two.

    What only fills a pause ("uh", "euh") is left out. A word as it came stays beside
    the tokens, for a name is kept as it is written.
    """
    phrases, tokens = _misheard(), tuple(token for _, token in cut)
    place = 0
    while place < len(cut):
        taken = phrases.take(tokens, place)
        if taken is None:
            yield cut[place]
            place += 1
            continue
        said, end = tokenize(taken[0]), taken[1]
        words = [word for word, _ in cut[place:end]]
        surplus = len(words) - len(said)
        if said and surplus > 0:
            words = [" ".join(words[: surplus + 1]), *words[surplus + 1 :]]
        yield from zip_longest(words[: len(said)], said, fillvalue="")
        place = end


@cache
def _misheard() -> Phrases[str]:
    return phrases_meaning(understood("misheard"))


def _parted(token: str) -> list[str]:
    """Return the parts of a compound ("tempolauf", "mittwochabend"), else the token.

    Its first part may be joined by an "s" ("regenerationslauf").
    """
    for place in range(len(token) - 2, 2, -1) if len(token) < _LONGEST_WORD else ():
        head, tail = token[:place], token[place:]
        for heads, tails in _compounds():
            part = heads.get(head)
            part = part or (heads.get(head[:-1]) if head[-1] == "s" else None)
            if part is not None and tail in tails:
                return [*tokenize(part), *tokenize(tails[tail])]
    return [token]


@cache
def _compounds() -> tuple[tuple[Mapping[str, str], Mapping[str, str]], ...]:
    """Return the parts that compounds are made of, with what they stand for.

    Sorts of workouts, days with a part of the day, and lengths ("zweistündig").
    """
    return tuple(
        (_parts(f"{sort}_heads"), _parts(f"{sort}_tails"))
        for sort in ("sort", "day", "length")
    )


def _parts(table: str) -> Mapping[str, str]:
    said = understood("compounds", table)
    return {folded(part): word for word, parts in said.items() for part in parts}


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
    """Phrases of one or more words, each with its meaning; the longest wins.

    ``first`` are the words that one begins with, ``alone`` those that are one: who
    reads a whole sentence sees by them at one look where there is nothing to read.
    """

    def __init__(self, table: Mapping[str, T]) -> None:
        self._meanings = {tokenize(phrase): table[phrase] for phrase in table}
        self._longest = max(map(len, self._meanings), default=0)
        self.first = frozenset(phrase[0] for phrase in self._meanings if phrase)
        self.alone = frozenset(said[0] for said in self._meanings if len(said) == 1)

    def take(self, tokens: Tokens, start: int) -> Taken[T]:
        """Return the meaning of the longest phrase at ``start``, if any."""
        if start >= len(tokens) or tokens[start] not in self.first:
            return None
        longest = min(self._longest, len(tokens) - start)
        for end in range(start + longest, start, -1):
            if tokens[start:end] in self._meanings:
                return self._meanings[tokens[start:end]], end
        return None

    def are_in(self, tokens: Tokens) -> bool:
        """Tell whether any of the phrases stands in a sentence."""
        starts = [n for n, token in enumerate(tokens) if token in self.first]
        return any(self.take(tokens, start) is not None for start in starts)
