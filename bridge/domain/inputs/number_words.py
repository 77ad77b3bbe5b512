"""English and German number words up to 120, and the halves between them."""

from __future__ import annotations

import re

from bridge.domain.inputs.numbers import read_number
from bridge.domain.inputs.refusals import InputError, InputKind
from bridge.domain.inputs.tokens import Phrases, Taken, Tokens, all_mean, token_at

_EN_ONES = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|"
    "fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
)
_EN_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_DE_ONES = (
    "null|ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|dreizehn|"
    "vierzehn|fünfzehn|sechzehn|siebzehn|achtzehn|neunzehn"
)
_DE_TENS = "zwanzig|dreißig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig"
_DIGITS = re.compile("[0-9]+(?:[.,][0-9]+)*")
_ARTICLES = "a|an|eins|eine|einer|einen|einem"


def _word(words: str, place: int) -> str:
    return words.split("|")[place]


def _english(number: int) -> str:
    if number < 20:
        return _word(_EN_ONES, number)
    if number >= 100:
        rest = f" {_english(number - 100)}" if number > 100 else ""
        return f"one hundred{rest}"
    tens, ones = divmod(number, 10)
    return _word(_EN_TENS, tens - 2) + (f" {_word(_EN_ONES, ones)}" if ones else "")


def _german(number: int) -> str:
    if number < 20:
        return _word(_DE_ONES, number)
    if number >= 100:
        return "hundert" + (_german(number - 100) if number > 100 else "")
    tens, ones = divmod(number, 10)
    return (f"{_word(_DE_ONES, ones)}und" if ones else "") + _word(_DE_TENS, tens - 2)


def _all_words() -> dict[str, float]:
    words: dict[str, float] = all_mean(_ARTICLES, 1.0)
    words |= {"zwo": 2.0, "anderthalb": 1.5, "half a": 0.5, "half an": 0.5}
    for number in range(121):
        words[_english(number)] = words[_german(number)] = float(number)
    for number in range(101, 121):
        words[f"one hundred and {_english(number - 100)}"] = float(number)
    for number in range(100, 121):
        words[f"a {_english(number).removeprefix('one ')}"] = float(number)
        words[f"ein{_german(number)}"] = float(number)
    for number in range(1, 13):
        words[f"{_german(number)}einhalb"] = number + 0.5
    return words


NUMBER_WORDS = Phrases(_all_words())
HALF_MORE = Phrases(
    all_mean("and a half|und eine halbe|und ein halb|et demie|y media", 0.5)
)


def take_number(tokens: Tokens, start: int) -> Taken[float]:
    """Read digits ("12,5") or words ("two and a half", "zweieinhalb").

    Raises ``InputError`` for digits that are ambiguous: "1,234", and in a
    sentence also "1.234", whose unit is not known here.
    """
    taken = _digits(token_at(tokens, start), start) or NUMBER_WORDS.take(tokens, start)
    if taken is None:
        return None
    number, place = taken
    half = HALF_MORE.take(tokens, place)
    return taken if half is None else (number + half[0], half[1])


def _digits(token: str, start: int) -> Taken[float]:
    """Read one token of digits; dates and clock times are no numbers."""
    if _DIGITS.fullmatch(token) is None:
        return None
    reading = read_number(token)
    if reading.if_grouped is not None:
        raise InputError(InputKind.AMBIGUOUS, "12.5")
    return reading.number, start + 1
