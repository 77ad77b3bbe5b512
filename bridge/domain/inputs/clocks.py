"""Clock times as people say them: "at six pm", "um halb sieben", "a las 6 y media"."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from bridge.domain.inputs.durations import is_counted, take_time_unit
from bridge.domain.inputs.numbers import is_article, may_begin_number, take_number
from bridge.domain.inputs.tokens import (
    Phrases,
    Taken,
    Tokens,
    phrases_meaning,
    token_at,
)
from bridge.domain.speech.phrases import understood, words_of

Part = Literal["morning", "noon", "afternoon", "evening"]

_CLOCK = re.compile("([0-9]{1,2}):([0-9]{2})(?::00)?")
_POINTED = re.compile("([0-9]{1,2})[.]([0-9]{2})")
_NOON, _DAY = 12, 24
_EARLIEST_WORKOUT, _FIVE = 5, 5
_HOUR_MIN = 60


@dataclass(frozen=True, slots=True)
class SaidClock:
    """A time of day; ``others`` are what it could be as well ("at 6": 18:00)."""

    time: dt.time
    others: tuple[dt.time, ...] = ()

    def at(self, part: Part | None) -> SaidClock:
        """Return the one of the readings that lies in this part of the day."""
        if part is None:
            return self
        inside = [one for one in (self.time, *self.others) if _lies_in(one, part)]
        return SaidClock(inside[0]) if inside else self


def take_clock(tokens: Tokens, start: int) -> Taken[SaidClock]:
    """Read a clock time at one place of a sentence.

    It needs a sign that it is one: a word before it ("at", "um", "à", "a las") or
    behind it ("pm", "Uhr", "o'clock"), or the words of half and quarter hours. Hours
    from 1 to 11 that "at" or "a las" brings are of the morning or of the evening.
    """
    words = _words()
    if start >= len(tokens):
        return None
    if tokens[start] not in words.first and not may_begin_number(tokens[start]):
        return None
    lead = words.at.take(tokens, start) if tokens[start] in words.at.first else None
    if lead is not None:
        taken = _take_time(
            tokens, lead[1], led=True, by=" ".join(tokens[start : lead[1]])
        )
        if taken is not None:
            return taken
    return _take_time(tokens, start, led=False, by="")


def take_written_clock(tokens: Tokens, start: int) -> Taken[SaidClock]:
    """Read a clock time of digits behind a day: "Saturday 17:30", "samedi 18h"."""
    if not token_at(tokens, start)[:1].isdecimal():
        return None
    hour = _take_hour(tokens, start)
    if hour is None or not hour[2]:
        return None
    return _behind_hour(tokens, hour, led=True, by="")


def take_part(tokens: Tokens, start: int) -> Taken[Part]:
    """Read a part of the day: "in the morning", "abends", "por la tarde"."""
    parts = _words().parts
    begins = start < len(tokens) and tokens[start] in parts.first
    return parts.take(tokens, start) if begins else None


def _take_time(tokens: Tokens, start: int, *, led: bool, by: str) -> Taken[SaidClock]:
    words = _words()
    begins = not words.named.first.isdisjoint(tokens[start : start + 1])
    named = words.named.take(tokens, start) if begins else None
    if named is not None:
        return SaidClock(dt.time(named[0])), named[1]
    relative = _take_relative(tokens, start)
    if relative is not None:
        return _finished(*relative, tokens, doubtful=True)
    hour = _take_hour(tokens, start)
    return None if hour is None else _behind_hour(tokens, hour, led=led, by=by)


def _behind_hour(
    tokens: Tokens, hour: tuple[int, int, bool], *, led: bool, by: str
) -> Taken[SaidClock]:
    minute_of_day, place, written = hour
    marked = _words().whole_hour.take(tokens, place)
    if marked is not None and token_at(tokens, place) == "h":
        # "18h30" and "a 5h ride"
        marked = marked if led and minute_of_day >= _FIVE * _HOUR_MIN else None
    if marked is not None:
        return _behind_mark(minute_of_day, tokens, marked[1], written=written, by=by)
    minutes = None if written or not led else _take_minutes(tokens, place)
    if minutes is not None and _take_meridiem(tokens, minutes[1]) is not None:
        minute_of_day, place = minute_of_day + minutes[0], minutes[1]
    if _take_meridiem(tokens, place) is not None:
        return _finished(minute_of_day, place, tokens, doubtful=True)
    bare = None if not led else _take_bare(tokens, hour, by)
    if bare is None:
        return None
    doubtful = by in _TWELVE_HOURS and not tokens[place - 1].startswith("0")
    return _finished(*bare, tokens, doubtful=doubtful)


def _take_bare(tokens: Tokens, hour: tuple[int, int, bool], by: str) -> Taken[int]:
    """Read a time that has nothing but the word before it: "at 6", "at six thirty"."""
    minute_of_day, place, written = hour
    added = _take_added(tokens, place)
    added = added or (None if written else _take_minutes(tokens, place))
    if added is not None:
        return minute_of_day + added[0], added[1]
    if is_counted(tokens, place) or take_time_unit(tokens, place) is not None:
        return None
    if by in _NEEDS_MORE and not written:
        return None
    return minute_of_day, place


def _behind_mark(
    minute_of_day: int, tokens: Tokens, place: int, *, written: bool, by: str
) -> Taken[SaidClock]:
    """Read what follows "6 o'clock", "18 Uhr 30", "sept heures et demie"."""
    if not written:
        added = _take_added(tokens, place) or _take_minutes(tokens, place)
        if added is not None:
            minute_of_day, place = minute_of_day + added[0], added[1]
        elif by == "" and tokens[place - 1] in _ALSO_LENGTHS:
            return None  # "six heures", "7 horas": a length
    doubtful = tokens[place - 1] in ("clock", "oclock")
    return _finished(minute_of_day, place, tokens, doubtful=doubtful)


def _finished(
    minute_of_day: int, place: int, tokens: Tokens, *, doubtful: bool
) -> Taken[SaidClock]:
    """Return the time with its "pm" or "in the evening", as far as they are there."""
    meridiem = _take_meridiem(tokens, place)
    hour, minute = divmod(minute_of_day % (_DAY * _HOUR_MIN), _HOUR_MIN)
    if meridiem is not None:
        if not 1 <= hour <= _NOON:
            return None
        shift = _NOON if meridiem[0] == "pm" else 0
        return SaidClock(dt.time(hour % _NOON + shift, minute)), meridiem[1]
    part = take_part(tokens, place)
    said = dt.time(hour, minute)
    others = (dt.time((hour + _NOON) % _DAY, minute),) if 1 <= hour <= _NOON else ()
    both = SaidClock(said, others)
    if part is not None:
        return both.at(part[0]), part[1]
    if not doubtful or hour >= _NOON or not others:
        return SaidClock(said), place
    if hour < _EARLIEST_WORKOUT:  # at four nobody trains but in the afternoon
        both = SaidClock(others[0], (said,))
    return both, place


def _take_hour(tokens: Tokens, start: int) -> tuple[int, int, bool] | None:
    """Return minutes since midnight, the place behind, whether minutes were written."""
    token = token_at(tokens, start)
    match = _CLOCK.fullmatch(token) or _POINTED.fullmatch(token)
    if match is not None:
        hour, minute = int(match[1]), int(match[2])
        if hour > _DAY or minute >= _HOUR_MIN:
            return None
        return hour * _HOUR_MIN + minute, start + 1, True
    if is_article(token) and token not in ("una", "un", "une", "ein", "eins"):
        return None
    number = _take_small(tokens, start, _DAY)
    return None if number is None else (number[0] * _HOUR_MIN, number[1], False)


def _take_small(tokens: Tokens, start: int, most: int) -> Taken[int]:
    """Read a whole number up to ``most``; of "six thirty" only the six."""
    number = take_number(tokens, start)
    if number is None or number[0] != int(number[0]) or not 0 <= number[0] <= most:
        # "seis y media" is no six and a half here
        number = take_number(tokens[: start + 1], start)
    if number is None or number[0] != int(number[0]) or not 0 <= number[0] <= most:
        return None
    return int(number[0]), number[1]


def _take_minutes(tokens: Tokens, start: int) -> Taken[int]:
    """Read the "30" behind the hour, or "thirty"; "oh five" is five."""
    number = _take_small(tokens, start, _HOUR_MIN - 1)
    if number is None or is_article(token_at(tokens, start)):
        return None
    if number[0] == 0 and tokens[start] in ("oh", "zero"):
        number = _take_small(tokens, start + 1, 9)
    if number is None or is_counted(tokens, number[1]):
        return None
    if take_time_unit(tokens, number[1]) is not None:
        return None
    return number


def _take_added(tokens: Tokens, start: int) -> Taken[int]:
    """Read "et demie", "y cuarto", "moins le quart", "menos diez"."""
    words = _words()
    added = words.added.take(tokens, start)
    if added is not None:
        return added
    less = words.less.take(tokens, start)
    number = None if less is None else _take_small(tokens, less[1], _HOUR_MIN - 1)
    if number is not None:
        return -number[0], number[1]
    joined = token_at(tokens, start) == "y"
    return _take_minutes(tokens, start + 1) if joined else None


def _take_relative(tokens: Tokens, start: int) -> Taken[int]:
    """Read "half past six", "halb sieben", "quarter to seven", "ten past six"."""
    words = _words()
    begins = not words.shifts.first.isdisjoint(tokens[start : start + 1])
    shift = words.shifts.take(tokens, start) if begins else None
    minutes = None
    if shift is None:
        minutes = _take_small(tokens, start, _HOUR_MIN - 1)
        if minutes is None or is_article(token_at(tokens, start)):
            return None
        sign = words.past_or_to.take(tokens, minutes[1])
        if sign is None:
            return None
        inner = words.shifts.take(tokens, sign[1])  # "fünf vor halb sieben"
        more, place = inner or (0, sign[1])
        shift = sign[0] * minutes[0] + more, place
    hour = _take_small(tokens, shift[1], _DAY)
    if hour is None or is_counted(tokens, hour[1]):
        return None
    if is_article(tokens[shift[1]]) and tokens[shift[1]] not in ("eins", "una"):
        return None  # "half an hour"
    unit = take_time_unit(tokens, hour[1])
    if unit is not None:
        return None  # "halb 2 Stunden"
    whole = words.whole_hour.take(tokens, hour[1])
    place = hour[1] if whole is None else whole[1]
    return hour[0] * _HOUR_MIN + shift[0], place


def _take_meridiem(tokens: Tokens, start: int) -> Taken[str]:
    """Read "am" and "pm"; in German "am" opens a day ("um 6 am Samstag")."""
    meridiem = _words().meridiems.take(tokens, start)
    if meridiem is None:
        return None
    if token_at(tokens, start) == "am" and _words().german.take(tokens, meridiem[1]):
        return None
    return meridiem


def _lies_in(clock: dt.time, part: Part) -> bool:
    first, last = _HOURS[part]
    return first <= clock.hour < last


_HOURS = {
    "morning": (0, 12),
    "noon": (11, 15),
    "afternoon": (12, 21),
    "evening": (16, 24),
}
_TWELVE_HOURS = frozenset(
    {"at", "at about", "at around", "around", "about", "from", "starting at", "by"}
    | {"a las", "a la", "sobre las", "hacia las", "desde las"}
)
# "about 7", "a 10 mile run"
_NEEDS_MORE = frozenset({"about", "around", "from", "by", "ab", "a", "vers", "gegen"})
_ALSO_LENGTHS = frozenset({"heures", "heure", "h", "horas", "hora"})


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of all languages in which clock times are said."""

    at: Phrases[str]
    parts: Phrases[Part]
    meridiems: Phrases[str]
    whole_hour: Phrases[str]
    named: Phrases[int]
    shifts: Phrases[int]
    past_or_to: Phrases[int]
    added: Phrases[int]
    less: Phrases[str]
    german: Phrases[str]
    first: frozenset[str]  # what a clock time begins with that is no number


@cache
def _words() -> _Words:
    """Read the tables ``clocks`` and ``days`` of the languages, once."""
    said = understood("clocks")
    parts = understood("days", "parts")
    names = {"": tuple(word for day in _weekdays() for word in day)}
    at = phrases_meaning({"": said["at"]})
    named = phrases_meaning({12: said["noon"], 0: said["midnight"]})
    shifts = phrases_meaning(
        {
            -30: said["half_to"],
            30: said["half_past"],
            15: said["quarter_past"],
            -15: (*said["quarter_to"], *said["three_quarters_to"]),
        }
    )
    return _Words(
        at=at,
        parts=phrases_meaning({part: parts[part] for part in get_args(Part)}),
        meridiems=phrases_meaning({name: said[name] for name in ("am", "pm")}),
        whole_hour=phrases_meaning({"": said["whole_hour"]}),
        named=named,
        shifts=shifts,
        past_or_to=phrases_meaning({1: said["minutes_past"], -1: said["minutes_to"]}),
        added=phrases_meaning(
            {
                30: said["half_behind"],
                15: said["quarter_behind"],
                -15: said["quarter_less_behind"],
            }
        ),
        less=phrases_meaning({"": said["less_behind"]}),
        german=phrases_meaning(names),
        first=at.first | named.first | shifts.first,
    )


def _weekdays() -> list[tuple[str, ...]]:
    german = words_of("de", "days")
    names = [tuple(words) for words in german["weekdays"].values()]
    return [*names, tuple(german["near"]["1"]), ("kommenden", "nächsten", "wochenende")]
