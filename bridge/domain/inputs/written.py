"""Days and clock times as phones, watches and exports write them out.

A phone writes what its region says: ``2026-11-28T6:40:00 AM`` on a twelve-hour clock,
with a narrow blank before it; Apple's own export ``2026-11-28 06:40:00 +0100``; a
message ``Sat, 28 Nov 2026 06:40:00 +0100``; a shared text ``28 Nov 2026 at 6:40 AM``.
Each says one day and one time only, so each is read. Of day and month as two numbers
the one over 12 is the day: ``28/11/2026``, ``11/28/26``. Where neither is, the language
tells which stands first, or nobody knows: in English it is either.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import cache

from bridge.domain.inputs.refusals import InputError, Mistake
from bridge.domain.inputs.tokens import folded
from bridge.domain.speech.phrases import understood
from bridge.errors import OtherCalendar

# In which year the other calendars of a phone are now: Japanese and Taiwanese, Persian
# and Islamic, Coptic, Buddhist, Hebrew. No training was done in these years of ours.
_OTHER_YEARS = (
    range(2, 200),
    range(1390, 1500),
    range(1730, 1800),
    range(2550, 2650),
    range(5770, 5900),
)
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?=[ t,]|$)", re.ASCII)
_COMPACT = re.compile(
    r"([0-9]{4})([0-9]{2})([0-9]{2})t([0-9]{2})([0-9]{2})([0-9]{2})?(?![0-9])"
)
_YEAR_FIRST = re.compile(
    r"([0-9]{4})([./]) ?([0-9]{1,2})\2 ?([0-9]{1,2})\.?(?=[ t,]|$)"
)
_YEAR_LAST = re.compile(
    r"(?:\w{2,10}\.?,? )?([0-9]{1,2})([./-]) ?([0-9]{1,2})\2 ?([0-9]{4}|[0-9]{2})"
    r"(?=[ t,]|$)"
)
_DAY_FIRST = re.compile(
    r"(?:\w{2,10}\.?,? )?([0-9]{1,2})(?:\.? |-)(?:de )?([^\W\d_]+)"
    r"(?:\.?,? |-)(?:de )?([0-9]{4})(?=[ ,]|$)"
)
_MONTH_FIRST = re.compile(
    r"(?:\w{2,10}\.?,? )?([^\W\d_]+)\.? ([0-9]{1,2}),? ([0-9]{4})(?=[ ,]|$)"
)
_CLOCK = re.compile(
    r"(?:t|,? ?(?:at |um |klo |a las |a )?)"
    r"(?P<hour>[0-9]{1,2})[:.h](?P<minute>[0-9]{2})(?:[:.](?P<second>[0-9]{2}))?"
    r"(?:[.,][0-9]{1,9})?(?: uhr)?"
    r"(?: ?(?P<half>[ap])\.? ?m\.?| ?(?P<german>vorm|nachm)\.?)?"
    r"(?: ?(?P<offset>z|(?:utc|gmt)?[+-][0-9]{1,2}(?::?[0-9]{2})?|utc|gmt))?"
)
_MARKS = re.compile("[\u200e\u200f\u061c]")  # of a direction; a phone writes them
_ZONE_NAME = re.compile(r" ?(?:\([^()]{1,40}\)|\[[^\[\]]{1,40}\])$")  # of the offset
_MONTHS = 12
_EXAMPLE = "2026-11-28"
_OFFSET = re.compile(r"([+-])([0-9]{1,2}):?([0-9]{2})?")


@dataclass(frozen=True, slots=True)
class Written:
    """A day that was written out, with its clock time and offset where they stood."""

    day: date
    clock: time | None = None
    offset: timezone | None = None

    @property
    def moment(self) -> datetime:
        """Return the wall clock, or the instant where an offset was written."""
        return datetime.combine(self.day, self.clock or time(), self.offset)


def read_written(text: str, *, day_first: bool = False) -> Written | None:
    """Read a date, with or without a time of day; None for any other text.

    Parameters
    ----------
    text
        The whole text. The basic form ``20261128`` needs a time behind it: by itself
        it is too easily a number.
    day_first
        Whether the writer's language puts the day before the month, always; in
        English it may be either.

    Raises
    ------
    InputError
        ``day_or_month``: ``03/02/2026``, and the language does not tell.
    OtherCalendar
        If the year shows that the phone counts in another calendar.
    """
    bare = _ZONE_NAME.sub("", " ".join(_MARKS.sub("", text).split()))
    line = folded(bare)
    found = _read_day(line, day_first=day_first)
    if found is None:
        return None
    year, month, day, rest = found
    if any(year in years for years in _OTHER_YEARS):
        raise OtherCalendar(f"year {year}", year=str(year))
    try:
        known = date(year, month, day)
        return Written(known) if not rest else _with_clock(known, rest)
    except ValueError:
        return None


def _read_day(line: str, *, day_first: bool) -> tuple[int, int, int, str] | None:
    """Return year, month and day, and what stands behind them."""
    iso = _ISO_DAY.match(line)
    if iso is not None:
        return int(iso[1]), int(iso[2]), int(iso[3]), line[iso.end() :]
    compact = _COMPACT.match(line)
    if compact is not None:
        clock = ":".join(compact.groups("00")[3:])
        rest = f"t{clock}{line[compact.end() :]}"
        return int(compact[1]), int(compact[2]), int(compact[3]), rest
    ordered = _YEAR_FIRST.match(line)
    if ordered is not None:
        return int(ordered[1]), int(ordered[3]), int(ordered[4]), line[ordered.end() :]
    numbers = _YEAR_LAST.match(line)
    if numbers is not None:
        order = _month_and_day(int(numbers[1]), int(numbers[3]), day_first)
        year = int(numbers[4]) + (2000 if len(numbers[4]) == 2 else 0)
        return year, *order, line[numbers.end() :]
    for pattern, places in ((_DAY_FIRST, (2, 1)), (_MONTH_FIRST, (1, 2))):
        match = pattern.match(line)
        month = None if match is None else _months().get(match[places[0]])
        if match is not None and month is not None:
            return int(match[3]), month, int(match[places[1]]), line[match.end() :]
    return None


def _month_and_day(first: int, second: int, day_first: bool) -> tuple[int, int]:
    """Tell the month from the day; one over 12 is the day, and alike are both."""
    if day_first or first > _MONTHS or first == second:
        return second, first
    if second > _MONTHS:
        return first, second
    raise InputError(Mistake.DAY_OR_MONTH, _EXAMPLE, seen="day")


def _with_clock(day: date, rest: str) -> Written | None:
    match = _CLOCK.fullmatch(rest)
    if match is None:
        return None
    hour = int(match["hour"])
    half = match["half"] or {"vorm": "a", "nachm": "p"}.get(match["german"] or "")
    if half is not None:
        if hour > 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    clock = time(hour, int(match["minute"]), int(match["second"] or 0))
    return Written(day, clock, _offset(match["offset"]))


def _offset(text: str | None) -> timezone | None:
    if text is None:
        return None
    match = _OFFSET.search(text)
    if match is None:  # Z, UTC and GMT alone
        return timezone(timedelta())
    ahead = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return timezone(ahead if match[1] == "+" else -ahead)


@cache
def _months() -> dict[str, int]:
    """Return the months by their names in all languages."""
    table = understood("days", "months")
    return {folded(name): int(month) for month in table for name in table[month]}
