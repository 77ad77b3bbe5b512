"""Forgiving numbers: "72,5", "72.5 kg", "1 234,5"; never a guess.

A point or a comma is a decimal mark. Thousands may stand apart by a blank, a
no-break or thin blank, or an apostrophe, the same one throughout. So that
nothing is read a thousand times too large or too small:

* "1,234" could be either and is refused; "0,234" and "12345,678" could not;
* "1.234" is 1.234, as in JSON; a quantity that is counted in whole units
  refuses it ("10.000" steps);
* "1.234,5" and "1,234.5" mix the marks and are refused.

Words, fractions, exponents, hexadecimal, "nan", other scripts' digits, hidden
characters and booleans are not numbers.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection
from dataclasses import dataclass

from bridge.domain.inputs.refusals import InputError, InputKind
from bridge.domain.inputs.texts import plain_text

LARGEST = 1e12
COMMA_LANGUAGES = frozenset({"de", "fr", "es"})
_EXAMPLE = "72.5"
_GAP = "\u202f"
_NUMBER = re.compile(
    r"(?P<sign>[+\-\u2212]?)"
    r"(?P<whole>[0-9]{1,3}(?P<gap>[ \u00a0\u202f\u2009'\u2019])[0-9]{3}"
    r"(?:(?P=gap)[0-9]{3})*(?![0-9])|[0-9]+)"
    r"(?:(?P<mark>[.,])(?P<decimals>[0-9]+))?"
    r"(?P<unit>.*)",
    re.DOTALL,
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
    refusal = InputError(InputKind.NOT_A_NUMBER, example)
    if isinstance(value, int | float):
        return Reading(_own_number(value, refusal))
    match = _NUMBER.fullmatch(plain_text(value, refusal))
    if match is None:
        raise refusal
    whole = re.sub(r"[^0-9]", "", match["whole"])
    if _is_ambiguous(match, whole):
        raise InputError(InputKind.AMBIGUOUS, example)
    sign = -1.0 if match["sign"] in {"-", "\u2212"} else 1.0
    decimals = match["decimals"] or "0"
    number = sign * float(f"{whole}.{decimals}") + 0.0
    grouped = float(whole + decimals) if _looks_grouped(match, whole) else None
    return Reading(number, unit_key(match["unit"]), grouped)


def bounded(number: float, least: float, most: float, example: str) -> float:
    """Return the number, or refuse it outside of ``least`` to ``most``."""
    if not least <= number <= most:
        raise InputError(InputKind.OUT_OF_RANGE, example)
    return number


def unit_key(unit: str) -> str:
    """Return a unit as the tables write it: lower case, single blanks."""
    return " ".join(unit.casefold().split()).rstrip(".")


def unit_refused(unit: str, example: str) -> InputError:
    """Return the refusal of what follows a number."""
    if re.fullmatch(r"[^\W\d_]+", unit) is None:
        return InputError(InputKind.NOT_A_NUMBER, example)
    return InputError(InputKind.UNKNOWN_UNIT, example, seen=unit[:40])


def format_number(number: float, language: str = "en", *, decimals: int = 1) -> str:
    """Write a number so that ``parse_number`` reads the same in any language.

    Thousands stand apart by a narrow no-break blank from 10 000 on. Three
    decimals after a comma get a zero behind them, because "1,234" is ambiguous.
    """
    text = f"{number:,.{decimals}f}"
    whole, _, rest = text.partition(".")
    whole = whole.replace(",", _GAP if abs(number) >= 10_000 else "")
    if not rest:
        return whole
    mark = "," if language in COMMA_LANGUAGES else "."
    return whole + mark + rest + ("0" if mark == "," and len(rest) == 3 else "")


def _own_number(value: float, refusal: InputError) -> float:
    """Return a JSON number as a float; a boolean is an int only to Python."""
    if isinstance(value, bool) or (isinstance(value, float) and math.isnan(value)):
        raise refusal
    if not -LARGEST <= value <= LARGEST:
        raise InputError(InputKind.OUT_OF_RANGE, refusal.example)
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
