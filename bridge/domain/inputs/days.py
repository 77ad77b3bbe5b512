"""Days as people say them: "2026-11-28", "tomorrow", "Samstag", "-3d"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Literal

from bridge.domain.inputs.numbers import take_number
from bridge.domain.inputs.refusals import InputError, Mistake, with_example
from bridge.domain.inputs.texts import plain_text
from bridge.domain.inputs.tokens import (
    Phrases,
    Taken,
    Tokens,
    phrases_meaning,
    token_at,
    tokenize,
)
from bridge.domain.speech.phrases import understood

Direction = Literal["forward", "backward"]

FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2100, 12, 31)
_WEEKDAYS = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip
_EXAMPLE = "2026-11-28, yesterday or Saturday"
_START_EXAMPLE = "2026-11-28T17:30"
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_START = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?"
)


def parse_day(value: object, today: date, *, direction: Direction = "backward") -> date:
    """Return the day that is meant, seen from ``today`` in athlete local time.

    Parameters
    ----------
    value
        ``yyyy-MM-dd``; today, yesterday, tomorrow and the like; a weekday;
        "next Friday" (the first after today), "last Monday" (the last before
        today), "this Sunday" (the first from today on); "-3d", "+2w", "in 3
        days", "3 days ago". English, German, French and Spanish words.
    today
        The athlete's own day.
    direction
        What a bare weekday means: "forward" for planning (the next one, today
        included), "backward" for reading (the last one, today included).

    Raises
    ------
    InputError
        ``not_a_day``, ``ambiguous`` ("03.02.2026": which is the month?), or
        ``out_of_range`` outside of 1970 to 2100.
    """
    refusal = InputError(Mistake.NOT_A_DAY, _EXAMPLE)
    tokens = tokenize(plain_text(value, refusal))
    with with_example(_EXAMPLE):
        taken = take_day(tokens, 0, today, direction=direction)
    if taken is None or taken[1] != len(tokens):
        raise refusal
    return taken[0]


def parse_start_local(
    value: object, today: date, *, direction: Direction = "backward"
) -> datetime:
    """Return a start on the athlete's wall clock; a day alone is its midnight.

    Takes ``yyyy-MM-ddTHH:MM[:SS]`` without an offset, and all that
    ``parse_day`` takes. The result has no time zone: a time that a change to
    summer time leaves out is kept as it was said.
    """
    refusal = InputError(Mistake.NOT_A_DAY, _START_EXAMPLE)
    match = _START.fullmatch(plain_text(value, refusal))
    if match is None:
        return datetime.combine(parse_day(value, today, direction=direction), time())
    day = parse_day(match[1], today)
    try:
        clock = time(int(match[2]), int(match[3]), int(match[4] or 0))
    except ValueError:
        raise refusal from None
    return datetime.combine(day, clock)


def take_day(
    tokens: Tokens, start: int, today: date, *, direction: Direction = "backward"
) -> Taken[date]:
    """Read a day at one place of a sentence, with "on" or "am" before it."""
    lead = _words().on.take(tokens, start)
    place = start if lead is None else lead[1]
    iso = _take_iso(tokens, place)
    if iso is not None:
        return iso
    found = (
        _take_offset(tokens, place)
        or _words().near.take(tokens, place)
        or _take_weekday(tokens, place, today, direction)
    )
    return None if found is None else (_shifted(today, found[0]), found[1])


def _take_iso(tokens: Tokens, place: int) -> Taken[date]:
    token = token_at(tokens, place)
    if _ISO.fullmatch(token) is None:
        return None
    try:
        day = date.fromisoformat(token)
    except ValueError:
        raise InputError(Mistake.NOT_A_DAY, _EXAMPLE) from None
    return _inside(day), place + 1


def _take_offset(tokens: Tokens, start: int) -> Taken[int]:
    """Read "-3d", "in 3 days", "vor 2 Wochen" or "3 days ago" as days."""
    lead = _words().signs.take(tokens, start)
    sign, place = (0, start) if lead is None else lead
    span = _take_span(tokens, place)
    if span is None:
        return None
    days, place = span
    if sign:
        return days * sign, place
    ago = _words().ago_behind.take(tokens, place)
    return None if ago is None else (-days, ago[1])


def _take_span(tokens: Tokens, start: int) -> Taken[int]:
    number = take_number(tokens, start)
    span = None if number is None else _words().spans.take(tokens, number[1])
    if number is None or span is None or number[0] != int(number[0]):
        return None
    return int(number[0]) * span[0], span[1]


def _take_weekday(
    tokens: Tokens, start: int, today: date, direction: Direction
) -> Taken[int]:
    """Read a weekday, with "next", "last" or "this" beside it, as days."""
    lead = _words().which.take(tokens, start)
    which, place = ("", start) if lead is None else lead
    weekday = _words().weekdays.take(tokens, place)
    if weekday is None:
        return None
    behind = weekday[1]
    tail = _words().which_behind.take(tokens, behind)
    if tail is not None and not which:
        which, behind = tail
    ahead = (weekday[0] - today.weekday()) % 7
    latest = ahead - 7 if ahead else 0
    days = {
        "": latest if direction == "backward" else ahead,
        "this": ahead,
        "next": ahead or 7,
        "last": ahead - 7,
    }
    return days[which], behind


def _shifted(today: date, days: int) -> date:
    try:
        return _inside(today + timedelta(days=days))
    except OverflowError:
        raise InputError(Mistake.OUT_OF_RANGE, _EXAMPLE) from None


def _inside(day: date) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise InputError(Mistake.OUT_OF_RANGE, _EXAMPLE)
    return day


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of all languages in which days are said."""

    on: Phrases[str]
    which: Phrases[str]
    which_behind: Phrases[str]
    weekdays: Phrases[int]
    near: Phrases[int]
    signs: Phrases[int]
    ago_behind: Phrases[str]
    spans: Phrases[int]


@cache
def _words() -> _Words:
    """Read the tables ``days`` of the languages, once."""
    said = understood("days")
    weekdays = understood("days", "weekdays")
    near = understood("days", "near")
    return _Words(
        on=phrases_meaning({"": said["on"]}),
        which=phrases_meaning({name: said[name] for name in ("this", "next", "last")}),
        which_behind=phrases_meaning(
            {name: said[f"{name}_behind"] for name in ("next", "last")}
        ),
        weekdays=phrases_meaning(
            {_WEEKDAYS.index(day): weekdays[day] for day in weekdays}
        ),
        near=phrases_meaning({int(days): near[days] for days in near}),
        signs=phrases_meaning(
            {1: ("+", *said["ahead"]), -1: ("-", "\u2212", *said["ago"])}
        ),
        ago_behind=phrases_meaning({"": said["ago_behind"]}),
        spans=phrases_meaning({1: said["day"], 7: said["week"]}),
    )
