"""Read a day as people write it, and say what upstream would make of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?(.*)"
)
_OFFSET = re.compile(r"Z|[+\- ]\d{2}:?\d{2}")
_YEAR_FIRST = re.compile(r"(\d{4})[-./]?(\d{1,2})[-./]?(\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([-./])(\d{1,2})[-./](\d{4})")
_WORD = re.compile(r"today|yesterday|tomorrow|now|-?\d{1,4}[dwmy]|\d{10,13}", re.I)

PLACEHOLDER_DAY = "YYYY-MM-DD"


@dataclass(frozen=True, slots=True)
class Day:
    """A day as read: what is wrong with it ("" for nothing) and how to write it."""

    wrong: str
    text: str  # ISO 8601, or a gap to be filled

    @property
    def day(self) -> date | None:
        """The calendar day, where there is one."""
        try:
            return date.fromisoformat(self.text[:10])
        except ValueError:
            return None


def read_day(given: str) -> Day:
    """Return the day in ``given``; a clock time may follow behind a T."""
    text = given.strip()[:60]
    if text == PLACEHOLDER_DAY:
        return Day("", text)
    if match := _ISO.fullmatch(text):
        return _read_iso(match)
    return Day("date_not_iso", _guess(text))


def _read_iso(match: re.Match[str]) -> Day:
    day = _calendar_day(match[1], match[2], match[3])
    if day is None:
        return Day("date_impossible", PLACEHOLDER_DAY)
    clock, rest = match[4] or "", match[5]
    if not rest:
        return Day("", day + clock)
    utc = clock and _OFFSET.fullmatch(rest)
    return Day("date_utc" if utc else "date_not_iso", day + clock)


def _guess(text: str) -> str:
    """Return the ISO form where only one day can be meant."""
    if match := _YEAR_FIRST.fullmatch(text):
        return _calendar_day(match[1], match[2], match[3]) or PLACEHOLDER_DAY
    match = _YEAR_LAST.fullmatch(text)
    if match is None:
        return PLACEHOLDER_DAY
    first, mark, second, year = match.groups()
    if mark == "." or int(first) > 12:
        return _calendar_day(year, second, first) or PLACEHOLDER_DAY
    if int(second) > 12 or first == second:
        return _calendar_day(year, first, second) or PLACEHOLDER_DAY
    return PLACEHOLDER_DAY  # 03/04/2026 is two days


def _calendar_day(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def is_relative(given: str) -> bool:
    """Say whether ``given`` is a word or a number that needs a clock."""
    return bool(_WORD.fullmatch(given.strip()[:60]))


def days_after(day: date, count: int) -> str:
    """Return the ISO day ``count`` days after ``day``, within the calendar."""
    ordinal = min(max(day.toordinal() + count, 1), date.max.toordinal())
    return date.fromordinal(ordinal).isoformat()
