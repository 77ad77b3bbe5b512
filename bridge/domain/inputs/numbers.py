"""Forgiving numbers: "72,5", "72.5 kg", "1 234,5"; never a guess.

A point or a comma is a decimal mark. Thousands may stand apart by a blank, a
no-break or thin blank, or an apostrophe, the same one throughout. So that
nothing is read a thousand times too large or too small:

* "1,234" could be either and is refused; "0,234" and "12345,678" could not, and
  nobody weighs 72 tons: a quantity whose thousandfold cannot be is read;
* "1.234" is 1.234, as in JSON; a quantity that is counted in whole units
  refuses it ("10.000" steps);
* "1.234,5" and "1,234.5" mix the marks and are refused.

Fractions, exponents, hexadecimal, "nan", other scripts' digits, hidden characters and
booleans are not numbers. In a sentence, and there alone, the number words of every
language are, with halves, quarters and decimals, and so are "½" and "2 1/2".
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from bridge.domain.inputs.refusals import InputError, Mistake
from bridge.domain.inputs.texts import plain_text
from bridge.domain.inputs.tokens import (
    Phrases,
    Taken,
    Tokens,
    folded,
    phrases_meaning,
    token_at,
)
from bridge.domain.speech.phrases import LANGUAGES, understood, words_of

T = TypeVar("T")

LARGEST = 1e12
_EXAMPLE = "72.5"
_NUMBER = re.compile(
    r"(?P<sign>[+\-\u2212]?)"
    r"(?P<whole>[0-9]{1,3}(?P<gap>[ \u00a0\u202f\u2009'\u2019])[0-9]{3}"
    r"(?:(?P=gap)[0-9]{3})*(?![0-9])|[0-9]+)"
    r"(?:(?P<mark>[.,])(?P<decimals>[0-9]+))?"
    r"(?P<unit>.*)",
    re.DOTALL,
)
_DIGITS = re.compile("[0-9]+(?:[.,][0-9]+)*")
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
# Behind digits; "5 mille" is five miles in French.
_THOUSANDS = frozenset({"thousand", "tausend", "mil"})
_RATIOS = {"1/2": 0.5, "1/4": 0.25, "3/4": 0.75}
_LISTS = ("hundred", "thousand", "ten_joints", "joints", "point")
_MOST_DECIMALS = 4
_LONGEST_NUMBER = 60


@dataclass(frozen=True, slots=True)
class Reading:
    """A number as it was written, with what follows it."""

    number: float
    unit: str = ""
    if_grouped: float | None = None  # "1.234" read as a thousand, else None
    by_comma: bool = False  # "1,234", which says less than "1.234"


def parse_number(
    value: object,
    *,
    units: Collection[str] = (),
    least: float = -LARGEST,
    most: float = LARGEST,
    example: str = _EXAMPLE,
) -> float:
    """Return a number given as such or as text, with one of ``units`` or none.

    Raises
    ------
    InputError
        ``not_a_number``, ``ambiguous``, ``unknown_unit`` or ``out_of_range``.
    """
    reading = read_number(value, example)
    if reading.unit and reading.unit not in {unit_key(unit) for unit in units}:
        raise unit_refused(reading.unit, example)
    return bounded(reading.number, least, most, example)


def read_number(
    value: object, example: str = _EXAMPLE, *, comma_may_group: bool = False
) -> Reading:
    """Read a number and the unit behind it, whatever the unit is.

    "1,234" is refused, unless the caller judges by what is measured whether the comma
    ``comma_may_group``: see :attr:`Reading.if_grouped`.
    """
    refusal = InputError(Mistake.NOT_A_NUMBER, example)
    if isinstance(value, int | float):
        return Reading(_own_number(value, refusal))
    match = _NUMBER.fullmatch(plain_text(value, refusal))
    if match is None:
        raise refusal
    whole = re.sub(r"[^0-9]", "", match["whole"])
    grouped_by_comma = match["mark"] == "," and _looks_grouped(match, whole)
    if _mixes_marks(match) or (grouped_by_comma and not comma_may_group):
        raise InputError(Mistake.AMBIGUOUS, example)
    sign = -1.0 if match["sign"] in {"-", "\u2212"} else 1.0
    decimals = match["decimals"] or "0"
    number = sign * float(f"{whole}.{decimals}") + 0.0
    grouped = float(whole + decimals) if _looks_grouped(match, whole) else None
    return Reading(number, unit_key(match["unit"]), grouped, grouped_by_comma)


def bounded(number: float, least: float, most: float, example: str) -> float:
    """Return the number, or refuse it outside of ``least`` to ``most``."""
    if not least <= number <= most:
        raise InputError(Mistake.OUT_OF_RANGE, example)
    return number


def unit_key(unit: str) -> str:
    """Return a unit as the tables write it: lower case, single blanks."""
    return " ".join(unit.casefold().split()).rstrip(".")


def unit_refused(unit: str, example: str) -> InputError:
    """Return the refusal of what follows a number."""
    if re.fullmatch(r"[^\W\d_]+", unit) is None:
        return InputError(Mistake.NOT_A_NUMBER, example)
    return InputError(Mistake.UNKNOWN_UNIT, example, seen=unit[:40])


def take_number(tokens: Tokens, start: int) -> Taken[float]:
    """Read digits ("12,5", "2 1/2", "1½") or words ("two and a half", "zweieinhalb").

    An article counts as one ("an hour"). Words reach to 999,999.

    Raises ``InputError`` for digits that are ambiguous: "1,234", and in a
    sentence also "1.234", whose unit is not known here.
    """
    word = tokens[start] if start < len(tokens) else ""
    if not _words().may_begin(word):  # as most words of a sentence
        return None
    in_digits = None if word.isalpha() else _take_in_digits(tokens, start)
    if in_digits is not None:
        return in_digits
    part, words = _words().parts.take(tokens, start), _take_in_words(tokens, start)
    if part is None or (words is not None and words[1] > part[1]):
        return words or _words().articles.take(tokens, start)
    return part


def may_begin_number(token: str) -> bool:
    """Tell whether a number may begin with this token: a word of one, or any sign."""
    return _words().may_begin(token)


def number_starts(tokens: Tokens) -> frozenset[int]:
    """Return the places of a sentence where a number may begin, or a sign stands."""
    may_begin = _words().may_begin
    return frozenset(n for n, token in enumerate(tokens) if may_begin(token))


def is_article(token: str) -> bool:
    """Tell whether a word is a number only where something is counted: "a"."""
    return token in _words().articles.alone


def more_than_whole(tokens: Tokens, place: int) -> Taken[float]:
    """Read what is added behind a number or its unit: "and a half", "et quart"."""
    more = _words().more
    begins = place < len(tokens) and tokens[place] in more.first
    return more.take(tokens, place) if begins else None


def _own_number(value: float, refusal: InputError) -> float:
    """Return a JSON number as a float; a boolean is an int only to Python."""
    if isinstance(value, bool) or (isinstance(value, float) and math.isnan(value)):
        raise refusal
    if not -LARGEST <= value <= LARGEST:
        raise InputError(Mistake.OUT_OF_RANGE, refusal.example)
    return float(value) + 0.0


def _mixes_marks(match: re.Match[str]) -> bool:
    return match["mark"] is not None and match["unit"][:1] in {".", ","}


def _looks_grouped(match: re.Match[str], whole: str) -> bool:
    """Say whether the mark could part thousands: "1,234", but not "0,234"."""
    return (
        match["mark"] is not None
        and match["gap"] is None
        and len(match["decimals"]) == 3
        and len(whole) <= 3
        and whole.strip("0") != ""
    )


def _digits(token: str, start: int) -> Taken[float]:
    """Read one token of digits; dates and clock times are no numbers."""
    if token.isdecimal() and token.isascii():
        return float(token), start + 1
    if _DIGITS.fullmatch(token) is None:
        return None
    reading = read_number(token)
    if reading.if_grouped is not None:
        raise InputError(Mistake.AMBIGUOUS, "12.5")
    return reading.number, start + 1


def _take_in_digits(tokens: Tokens, start: int) -> Taken[float]:
    """Read "12,5", "½", "2½", "2 1/2", "1/2", "72 point 5" and "3 tausend"."""
    token = tokens[start]
    sign = _FRACTIONS.get(token)
    taken = (sign, start + 1) if sign is not None else _take_ratio(tokens, start)
    if taken is not None:
        return taken
    taken = _digits(token, start)
    if taken is None:
        return None
    number, place = taken
    if number != int(number) or place == len(tokens):
        return taken
    if tokens[place] in _THOUSANDS:
        return number * 1000, place + 1
    sign = _FRACTIONS.get(tokens[place])
    part = (sign, place + 1) if sign is not None else _take_ratio(tokens, place)
    if part is not None and part[0] < 1:
        return number + part[0], part[1]
    return _with_decimals(number, tokens, place)


def _take_ratio(tokens: Tokens, start: int) -> Taken[float]:
    """Read "1/2", "3/4"; any other might be a date."""
    fraction = _RATIOS.get("".join(tokens[start : start + 3]))
    return None if fraction is None else (fraction, start + 3)


def _with_decimals(number: float, tokens: Tokens, place: int) -> tuple[float, int]:
    """Add "point five", "Komma 5", "and a half" to a whole number."""
    if place == len(tokens) or tokens[place] not in _words().goes_on:
        return number, place
    more = _words().more.take(tokens, place)
    if more is not None:
        return number + more[0], more[1]
    for words in _words().languages:
        if tokens[place] in words.point:
            decimals = words.take_decimals(tokens, place + 1)
            if decimals is not None:
                return float(f"{number:.0f}.{decimals[0]}"), decimals[1]
    return number, place


def _take_in_words(tokens: Tokens, start: int) -> Taken[float]:
    """Read the longest number that a language has at this place."""
    best: Taken[float] = None
    for words in _words().languages:
        taken = words.take(tokens, start)
        if taken is not None and (best is None or taken[1] > best[1]):
            best = taken
    if best is None:
        return None
    if best[0] != int(best[0]):
        return best
    return _with_decimals(best[0], tokens, best[1])


@dataclass(frozen=True, slots=True)
class _Numbers:
    """The number words of one language."""

    small: Phrases[int]  # what stands alone below twenty
    tens: Phrases[int]
    hundreds: Phrases[int]
    hundred: frozenset[str]
    thousand: frozenset[str]
    ten_joints: frozenset[str]
    joints: frozenset[str]
    point: frozenset[str]
    whole_words: bool  # "zweihundertacht" is one word

    def take(self, tokens: Tokens, start: int) -> Taken[float]:
        """Read a whole number in words."""
        head = self._below_thousand(tokens, start)
        if self.whole_words and (head is None or head[1] == start + 1):
            compound = self._compound(token_at(tokens, start))
            if compound is not None:
                return compound, start + 1
        number, place = head or (1, start)
        if token_at(tokens, place) not in self.thousand:
            return None if head is None else (float(number), place)
        rest = self._joined(tokens, place + 1, self._below_thousand)
        more, place = rest or (0, place + 1)
        return float(number * 1000 + more), place

    def take_decimals(self, tokens: Tokens, start: int) -> Taken[str]:
        """Read what stands behind the point: "5", "two five", "zéro cinq"."""
        token = token_at(tokens, start)
        if token.isdecimal() and token.isascii() and len(token) <= _MOST_DECIMALS:
            return token, start + 1
        said, place = "", start
        while (taken := self._below_hundred(tokens, place)) is not None:
            said, place = said + str(taken[0]), taken[1]
            if len(said) > _MOST_DECIMALS:
                return None
        return (said, place) if said else None

    def _below_thousand(self, tokens: Tokens, start: int) -> Taken[int]:
        hundreds = self.hundreds.take(tokens, start)
        if hundreds is None:
            head = self._below_hundred(tokens, start)
            number, place = head or (1, start + is_article(token_at(tokens, start)))
            if token_at(tokens, place) not in self.hundred:
                return head
            hundreds = number * 100, place + 1
        rest = self._joined(tokens, hundreds[1], self._below_hundred)
        return hundreds if rest is None else (hundreds[0] + rest[0], rest[1])

    def _below_hundred(self, tokens: Tokens, start: int) -> Taken[int]:
        tens, small = self.tens.take(tokens, start), self.small.take(tokens, start)
        if tens is None:
            # "zwei und siebzig"
            parted = small is not None and token_at(tokens, small[1]) == "und"
            if small is None or not parted or not self.whole_words:
                return small
            tens = self.tens.take(tokens, small[1] + 1)
            return small if tens is None else (small[0] + tens[0], tens[1])
        number, place = tens
        joints = [0] if "" in self.ten_joints else []
        joints += [1] if token_at(tokens, place) in self.ten_joints else []
        for joint in joints:
            ones = self.small.take(tokens, place + joint)
            # soixante-dix, quatre-vingt-dix-sept
            most = 19 if number in (60, 80) and "et" in self.ten_joints else 9
            if ones is not None and 1 <= ones[0] <= most:
                return number + ones[0], ones[1]
        return tens

    def _joined(
        self, tokens: Tokens, start: int, take: Callable[[Tokens, int], Taken[int]]
    ) -> Taken[int]:
        joint = token_at(tokens, start) in self.joints
        return take(tokens, start + joint)

    def _compound(self, word: str) -> float | None:
        """Read "zweihundertachtundachtzig", "siebeneinhalb"."""
        if len(word) > _LONGEST_NUMBER or not word.isalpha():
            return None
        if word.endswith("einhalb"):
            whole = self._compound(word.removesuffix("einhalb"))
            return None if whole is None else whole + 0.5
        number = self._whole_word(word, (*self.thousand, *self.hundred))
        return None if number is None else float(number)

    def _whole_word(self, word: str, sizes: tuple[str, ...]) -> int | None:
        if not sizes:
            ones, _, tens = word.rpartition("und")
            low, high = self._one(ones, self.small), self._one(tens, self.tens)
            if high is not None and (low or not ones):
                return high + (low or 0)
            return self._one(word, self.small)
        size = 1000 if sizes[0] in self.thousand else 100
        head, mark, rest = word.partition(sizes[0])
        if not mark:
            return self._whole_word(word, sizes[1:])
        times = self._whole_word(head, sizes[1:]) if head else 1
        more = self._whole_word(rest.removeprefix("und"), sizes[1:]) if rest else 0
        return None if times is None or more is None else times * size + more

    @staticmethod
    def _one(word: str, table: Phrases[int]) -> int | None:
        taken = table.take((word,), 0) if word else None
        return None if taken is None else taken[0]


@dataclass(frozen=True, slots=True)
class _Words:
    """The number words of all languages."""

    languages: tuple[_Numbers, ...]
    articles: Phrases[float]
    parts: Phrases[float]
    more: Phrases[float]
    first: frozenset[str]  # the words that a number begins with
    compounded: tuple[str, ...]  # and the beginnings of those that are one word
    goes_on: frozenset[str]  # the words by which a whole number is made more

    def may_begin(self, word: str) -> bool:
        """Tell whether a number may begin with this word."""
        if not word or not word.isalpha():
            return bool(word)
        return word in self.first or word.startswith(self.compounded)


@cache
def _words() -> _Words:
    """Read the tables ``numbers`` of the languages, once."""
    plain = understood("numbers")
    languages = tuple(_numbers(words_of(name, "numbers")) for name in LANGUAGES)
    articles = phrases_meaning({1.0: plain["articles"]})
    parts = _meaning(float, understood("numbers", "parts"))
    more = _meaning(float, understood("numbers", "more"))
    first = articles.first | parts.first
    compounded: set[str] = set()
    for words in languages:
        own = words.small.first | words.tens.first | words.hundreds.first
        first |= own | words.hundred | words.thousand
        if words.whole_words:
            compounded |= own | words.hundred | words.thousand
    return _Words(
        languages=languages,
        articles=articles,
        parts=parts,
        more=more,
        first=first,
        compounded=tuple(sorted(compounded)),
        goes_on=more.first.union(*(words.point for words in languages)),
    )


def _numbers(table: Mapping[str, Any]) -> _Numbers:
    words = {name: frozenset(map(folded, table[name])) for name in _LISTS}
    return _Numbers(
        small=_meaning(int, table["small"]),
        tens=_meaning(int, table["tens"]),
        hundreds=_meaning(int, table["hundreds"]),
        whole_words=table["whole_words"],
        **words,
    )


def _meaning(of: Callable[[str], T], table: Mapping[str, Iterable[str]]) -> Phrases[T]:
    return phrases_meaning({of(number): words for number, words in table.items()})
