"""Days as people say them: "2026-11-28", "tomorrow", "Samstag", "-3d"."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Literal

from bridge.domain.inputs.day_words import (
    AGO_AFTER,
    AGO_BEFORE,
    AHEAD,
    LAST,
    LAST_AFTER,
    NEXT,
    NEXT_AFTER,
    PREPOSITIONS,
    RELATIVE_DAYS,
    SPANS,
    THIS,
    TODAY_WORDS,
    WEEKDAYS,
)
from bridge.domain.inputs.number_words import take_number
from bridge.domain.inputs.refusals import InputError, InputKind, with_example
from bridge.domain.inputs.texts import plain_text
from bridge.domain.inputs.tokens import Taken, Tokens, token_at, tokenize

Direction = Literal["forward", "backward"]

FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2100, 12, 31)
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
    refusal = InputError(InputKind.NOT_A_DAY, _EXAMPLE)
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
    refusal = InputError(InputKind.NOT_A_DAY, _START_EXAMPLE)
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
    lead = PREPOSITIONS.take(tokens, start)
    place = start if lead is None else lead[1]
    iso = _take_iso(tokens, place)
    if iso is not None:
        return iso
    found = (
        _take_offset(tokens, place)
        or RELATIVE_DAYS.take(tokens, place)
        or _take_weekday(tokens, place, today, direction)
    )
    return None if found is None else (_shifted(today, found[0]), found[1])


def format_day(day: date, today: date, language: str = "en") -> str:
    """Write a day so that ``parse_day`` reads the same in any language."""
    words = TODAY_WORDS.get(language, TODAY_WORDS["en"])
    return words.get((day - today).days, day.isoformat())


def _take_iso(tokens: Tokens, place: int) -> Taken[date]:
    token = token_at(tokens, place)
    if _ISO.fullmatch(token) is None:
        return None
    try:
        day = date.fromisoformat(token)
    except ValueError:
        raise InputError(InputKind.NOT_A_DAY, _EXAMPLE) from None
    return _inside(day), place + 1


def _take_offset(tokens: Tokens, start: int) -> Taken[int]:
    """Read "-3d", "in 3 days", "vor 2 Wochen" or "3 days ago" as days."""
    lead = AHEAD.take(tokens, start) or AGO_BEFORE.take(tokens, start)
    sign, place = (0, start) if lead is None else lead
    span = _take_span(tokens, place)
    if span is None:
        return None
    days, place = span
    if sign:
        return days * sign, place
    ago = AGO_AFTER.take(tokens, place)
    return None if ago is None else (days * ago[0], ago[1])


def _take_span(tokens: Tokens, start: int) -> Taken[int]:
    number = take_number(tokens, start)
    span = None if number is None else SPANS.take(tokens, number[1])
    if number is None or span is None or number[0] != int(number[0]):
        return None
    return int(number[0]) * span[0], span[1]


def _take_weekday(
    tokens: Tokens, start: int, today: date, direction: Direction
) -> Taken[int]:
    """Read a weekday, with "next", "last" or "this" beside it, as days."""
    lead = NEXT.take(tokens, start) or LAST.take(tokens, start)
    lead = lead or THIS.take(tokens, start)
    which, place = ("", start) if lead is None else lead
    weekday = WEEKDAYS.take(tokens, place)
    if weekday is None:
        return None
    behind = weekday[1]
    tail = NEXT_AFTER.take(tokens, behind) or LAST_AFTER.take(tokens, behind)
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
        raise InputError(InputKind.OUT_OF_RANGE, _EXAMPLE) from None


def _inside(day: date) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise InputError(InputKind.OUT_OF_RANGE, _EXAMPLE)
    return day
