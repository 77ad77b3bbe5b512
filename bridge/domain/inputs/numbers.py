"""Forgiving numbers: "72,5", "72.5 kg", "1 234,5"; never a guess.

A point or a comma is a decimal mark. Thousands may stand apart by a blank, a
no-break or thin blank, or an apostrophe, the same one throughout. So that
nothing is read a thousand times too large or too small:

* "1,234" could be either and is refused; "0,234" and "12345,678" could not;
* "1.234" is 1.234, as in JSON; a quantity that is counted in whole units
  refuses it ("10.000" steps);
* "1.234,5" and "1,234.5" mix the marks and are refused.

Fractions, exponents, hexadecimal, "nan", other scripts' digits, hidden characters and
booleans are not numbers. In a sentence, and there alone, English and German words are:
up to 120, and the halves between them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from bridge.domain.inputs.refusals import InputError, Mistake
from bridge.domain.inputs.texts import plain_text
from bridge.domain.inputs.tokens import Phrases, Taken, Tokens, all_mean, token_at

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
_ARTICLES = "a|an|eins|eine|einer|einen|einem"
HALF_MORE = Phrases(
    all_mean("and a half|und eine halbe|und ein halb|et demie|y media", 0.5)
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A number as it was written, with what follows it."""

    number: float
    unit: str = ""
    if_grouped: float | None = None  # "1.234" read as a thousand, else None


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


def read_number(value: object, example: str = _EXAMPLE) -> Reading:
    """Read a number and the unit behind it, whatever the unit is."""
    refusal = InputError(Mistake.NOT_A_NUMBER, example)
    if isinstance(value, int | float):
        return Reading(_own_number(value, refusal))
    match = _NUMBER.fullmatch(plain_text(value, refusal))
    if match is None:
        raise refusal
    whole = re.sub(r"[^0-9]", "", match["whole"])
    if _is_ambiguous(match, whole):
        raise InputError(Mistake.AMBIGUOUS, example)
    sign = -1.0 if match["sign"] in {"-", "\u2212"} else 1.0
    decimals = match["decimals"] or "0"
    number = sign * float(f"{whole}.{decimals}") + 0.0
    grouped = float(whole + decimals) if _looks_grouped(match, whole) else None
    return Reading(number, unit_key(match["unit"]), grouped)


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
    """Read digits ("12,5") or words ("two and a half", "zweieinhalb").

    Raises ``InputError`` for digits that are ambiguous: "1,234", and in a
    sentence also "1.234", whose unit is not known here.
    """
    taken = _digits(token_at(tokens, start), start)
    taken = taken or _number_words().take(tokens, start)
    if taken is None:
        return None
    number, place = taken
    half = HALF_MORE.take(tokens, place)
    return taken if half is None else (number + half[0], half[1])


def _own_number(value: float, refusal: InputError) -> float:
    """Return a JSON number as a float; a boolean is an int only to Python."""
    if isinstance(value, bool) or (isinstance(value, float) and math.isnan(value)):
        raise refusal
    if not -LARGEST <= value <= LARGEST:
        raise InputError(Mistake.OUT_OF_RANGE, refusal.example)
    return float(value) + 0.0


def _is_ambiguous(match: re.Match[str], whole: str) -> bool:
    mixed = match["mark"] is not None and match["unit"][:1] in {".", ","}
    return mixed or (match["mark"] == "," and _looks_grouped(match, whole))


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
    if _DIGITS.fullmatch(token) is None:
        return None
    reading = read_number(token)
    if reading.if_grouped is not None:
        raise InputError(Mistake.AMBIGUOUS, "12.5")
    return reading.number, start + 1


# words


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


@cache
def _number_words() -> Phrases[float]:
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
    return Phrases(words)
