"""Days as people say them: "2026-11-28", "morgen früh", "the 28th", "lundi en huit".

What "next" means differs: in English and German "next Tuesday", said on a Monday, is
that of the week after, for the day after is "tomorrow"; "mardi prochain" and "el martes
que viene" are the first to come. Where two days can be meant the other one is kept
beside, so that a writer can ask.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, cached_property, partial
from typing import Literal

from bridge.domain.inputs.clocks import (
    Part,
    SaidClock,
    take_clock,
    take_part,
    take_written_clock,
)
from bridge.domain.inputs.durations import is_counted, take_time_unit
from bridge.domain.inputs.numbers import is_article, may_begin_number, take_number
from bridge.domain.inputs.refusals import InputError, Mistake, with_example
from bridge.domain.inputs.texts import plain_text
from bridge.domain.inputs.tokens import (
    Phrases,
    Taken,
    Tokens,
    phrases_meaning,
    read_sentence,
    token_at,
)
from bridge.domain.inputs.written import read_written
from bridge.domain.speech.phrases import understood

Direction = Literal["forward", "backward"]

FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2100, 12, 31)
_WEEKDAYS = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip
_EXAMPLE = "2026-11-28, yesterday or Saturday"
_START_EXAMPLE = "2026-11-28T17:30"
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DOTTED = re.compile(r"([0-9]{1,2})[.]([0-9]{1,2})(?:[.]([0-9]{4}|[0-9]{2}))?")
_NUMBER_OF_DAY = re.compile("[0-9]{1,2}")
_YEAR = re.compile("20[0-9]{2}")
_MOST_LEADS = 3
_WEEK = 7
_MONTHS = 12
_TOO_LATE_H = 22  # nobody begins today's workout after that
_FRENCH_WEEKS = {8: 7, 15: 14}  # "dans huit jours" is a week


@dataclass(frozen=True, slots=True)
class SaidDay:
    """A day that was said; ``others`` are days that could have been meant as well.

    Where ``choose`` is set, none of them is more likely ("this weekend"): the writer
    has to ask.
    """

    day: date
    others: tuple[date, ...] = ()
    choose: bool = False
    part: Part | None = None
    bare: bool = False  # a weekday alone, which may be today


@dataclass(frozen=True, slots=True)
class SaidTime:
    """A day with the clock time that was said with it."""

    day: SaidDay
    clock: SaidClock | None = None


def parse_day(
    value: object,
    now: date,
    *,
    direction: Direction = "backward",
    day_first: bool = False,
) -> date:
    """Return the day that is meant, seen from ``now`` in athlete local time.

    Parameters
    ----------
    value
        ``yyyy-MM-dd``; today, yesterday, tomorrow and the like, with a time of day
        or a clock time, which are passed over; a weekday; "last Monday" (the last
        before today), "this Sunday" (the first from today on), "Monday next week",
        "Samstag in einer Woche"; "-3d", "+2w", "in 3 days", "3 days ago"; "the 28th",
        "28. November", "28.11."; all in English, German, French and Spanish, with the
        words of a wish around it: "move it to Friday", "auf Samstag". "next Friday" is
        the first after today, unless that is tomorrow (see above).
    now
        The athlete's own day, or wall clock.
    direction
        What a bare weekday or date means: "forward" for planning (the next one, today
        included), "backward" for reading (the last one, today included).
    day_first
        Whether the athlete's language puts the day before the month, always.

    Raises
    ------
    InputError
        ``not_a_day``, ``day_or_month`` ("03.02.2026": which is the month?),
        ``ambiguous`` ("this weekend"), or ``out_of_range`` outside of 1970 to 2100.
    """
    written = None
    if isinstance(value, str):
        written = read_written(value, day_first=day_first)
    if written is not None:
        return _inside(written.day)
    said = read_time(value, now, direction=direction, day_first=day_first)
    return sure_day(said.day)


def parse_start_local(
    value: object,
    now: date,
    *,
    direction: Direction = "backward",
    day_first: bool = False,
) -> datetime:
    """Return a start on the athlete's wall clock; a day alone is its midnight.

    Takes ``yyyy-MM-ddTHH:MM[:SS]`` and the other forms of ``read_written``, and all
    that ``parse_day`` takes, in the same way. The result has no time zone: a time that
    a change to summer time leaves out is kept as it was said, and the offset of a phone
    is that of the clock on its wall. UTC is nobody's wall clock.
    """
    refusal = InputError(Mistake.NOT_A_DAY, _START_EXAMPLE)
    written = read_written(plain_text(value, refusal), day_first=day_first)
    if written is not None:
        if written.offset == UTC:
            raise refusal
        return datetime.combine(_inside(written.day), written.clock or time())
    said = read_time(value, now, direction=direction, day_first=day_first)
    clock = time() if said.clock is None else said.clock.time
    return datetime.combine(sure_day(said.day), clock)


def read_time(
    value: object,
    now: date,
    *,
    direction: Direction = "backward",
    after: date | None = None,
    day_first: bool = False,
) -> SaidTime:
    """Return the day of a text that says nothing else, with its clock time.

    Parameters
    ----------
    value, now, direction, day_first
        As in ``parse_day``.
    after
        The day from which "a day later" is counted; without it that is no day.

    Raises
    ------
    InputError
        As in ``parse_day``; days between which nobody can choose are returned.
    """
    refusal = InputError(Mistake.NOT_A_DAY, _EXAMPLE)
    plain_text(value, refusal)
    tokens = read_sentence(value).tokens
    with with_example(_EXAMPLE):
        said = _all_of(tokens, _Seen(tokens, now, direction, after, day_first))
    if said is None:
        raise refusal
    return said


def sure_day(said: SaidDay) -> date:
    """Return the day, unless only the athlete can choose it."""
    if said.choose:
        raise InputError(Mistake.AMBIGUOUS, _EXAMPLE, seen="day")
    return said.day


def _all_of(tokens: Tokens, seen: _Seen) -> SaidTime | None:
    """Read a text to its end; None where it holds anything else."""
    day: SaidDay | None = None
    clock: SaidClock | None = None
    part: Part | None = None
    short = _words().short.take(tokens, 0)
    if short is not None and short[1] == len(tokens):
        tokens = (_WEEKDAYS[short[0]],)
        seen = replace(seen, tokens=tokens)
    place = 0
    while place < len(tokens):
        said = _take_day(seen, place)
        if said is not None:
            if day is not None and day.day != said[0].day:
                raise InputError(Mistake.AMBIGUOUS, _EXAMPLE, seen="day")
            day, place = said
            continue
        at, within = take_clock(tokens, place), take_part(tokens, place)
        if at is None and day is not None:
            at = take_written_clock(tokens, place)
        filler = _words().fillers.take(tokens, place)
        if at is not None and clock is None:
            clock, place = at
        elif within is not None and part is None:
            part, place = within
        elif filler is not None or (tokens[place] in ",." and place):
            place = filler[1] if filler else place + 1
        else:
            return None
    if day is None:
        return None
    within_day = part or day.part
    return SaidTime(
        replace(day, part=within_day), None if clock is None else clock.at(within_day)
    )


def take_day(  # noqa: PLR0913 - each but the first two is as in parse_day
    tokens: Tokens,
    start: int,
    now: date,
    *,
    direction: Direction = "backward",
    after: date | None = None,
    day_first: bool = False,
) -> Taken[SaidDay]:
    """Read a day at one place of a sentence, with "on" or "auf" before it.

    Raises
    ------
    InputError
        ``ambiguous`` ("next week": which day?), ``day_or_month`` ("03/02": which is the
        month?), ``out_of_range``, ``not_a_day`` (the 30th of February).
    """
    return _take_day(_Seen(tokens, now, direction, after, day_first), start)


def _take_day(seen: _Seen, start: int) -> Taken[SaidDay]:
    tokens, on = seen.tokens, _words().on
    best: Taken[SaidDay] = None
    place = start
    for _ in range(_MOST_LEADS):
        for taken in seen.readings(place, led=place > start):
            if best is None or taken[1] > best[1]:
                best = taken
        begins = place < len(tokens) and tokens[place] in on.first
        lead = on.take(tokens, place) if begins else None
        if lead is None:
            break
        place = lead[1]
    if best is None:
        return None
    said, place = best
    part = None if said.part is not None else _take_part_of(tokens, place)
    return best if part is None else (replace(said, part=part[0]), part[1])


def _take_part_of(tokens: Tokens, place: int) -> Taken[Part]:
    if token_at(tokens, place) == "morgen":  # "Samstag Morgen"
        return "morning", place + 1
    return take_part(tokens, place)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A sentence seen from one day."""

    tokens: Tokens
    now: date
    direction: Direction
    after: date | None
    day_first: bool = False  # as the language writes them

    @property
    def today(self) -> date:
        return self.now.date() if isinstance(self.now, datetime) else self.now

    def readings(self, start: int, *, led: bool) -> Iterator[tuple[SaidDay, int]]:
        """Read every sort of day that begins here."""
        if start >= len(self.tokens):
            return
        words, token = _words(), self.tokens[start]
        numbered = may_begin_number(token)
        takers = (
            (self._iso, _ISO.fullmatch(token)),
            (self._near, token in words.near.first),
            (self._today, token in words.today.first),
            (self._offset, numbered or token in words.first_of_offset),
            (self._weekday, token in words.first_of_weekday),
            (self._in_week, token in words.weeks.first),
            (self._weekend, token in words.first_of_weekend),
            (self._beside, token in words.day_beside.first),
            (partial(self._date, led=led), numbered or token in words.first_of_date),
        )
        for take, begins in takers:
            taken = take(start) if begins else None
            if taken is not None:
                yield taken

    def _iso(self, start: int) -> Taken[SaidDay]:
        try:
            day = date.fromisoformat(self.tokens[start])
        except ValueError:
            raise InputError(Mistake.NOT_A_DAY, _EXAMPLE) from None
        return SaidDay(_inside(day)), start + 1

    def _near(self, start: int) -> Taken[SaidDay]:
        """Read "tomorrow", and "morgen in einer Woche"."""
        near = _words().near.take(self.tokens, start)
        if near is None:
            return None
        days, place = near
        in_a_week = _words().in_a_week
        begins = place < len(self.tokens) and self.tokens[place] in in_a_week.first
        week = in_a_week.take(self.tokens, place) if begins else None
        if week is not None:
            days, place = days + _WEEK, week[1]
        return SaidDay(self._days(days)), place

    def _today(self, start: int) -> Taken[SaidDay]:
        """Read "tonight", "ce soir"."""
        part = _words().today.take(self.tokens, start)
        return None if part is None else (SaidDay(self.today, part=part[0]), part[1])

    def _offset(self, start: int) -> Taken[SaidDay]:
        """Read "-3d", "in 3 days", "3 days ago", "a week from Friday"."""
        words = _words()
        begins = self.tokens[start] in words.signs.first
        lead = words.signs.take(self.tokens, start) if begins else None
        sign, place = (0, start) if lead is None else lead
        span = self._span(place)
        if span is None:
            return None
        days, place, other = span
        later = words.later_behind.take(self.tokens, place)
        if later is not None and not sign:
            return self._from_after(days, later[1])
        if sign:
            others = (self._days(other * sign),) if other else ()
            return SaidDay(self._days(days * sign), others), place
        ago = words.ago_behind.take(self.tokens, place)
        if ago is not None:
            return SaidDay(self._days(-days)), ago[1]
        from_today = words.today_behind.take(self.tokens, place)
        if from_today is not None:
            return SaidDay(self._days(days)), from_today[1]
        return self._from_another(days, place)

    def _from_another(self, days: int, place: int) -> Taken[SaidDay]:
        """Read the rest of "a week from Saturday", "a week tomorrow"."""
        words = _words()
        joint = words.from_behind.take(self.tokens, place)
        place = place if joint is None else joint[1]
        near = words.near.take(self.tokens, place)
        if near is not None and near[0] >= 0:
            return SaidDay(self._days(near[0] + days)), near[1]
        weekday = words.weekdays.take(self.tokens, place)
        if weekday is None or days % _WEEK:
            return None
        ahead = (weekday[0] - self.today.weekday()) % _WEEK
        return SaidDay(self._days(ahead + days)), weekday[1]

    def _beside(self, start: int) -> Taken[SaidDay]:
        """Read "the following day", "le lendemain"."""
        days = _words().day_beside.take(self.tokens, start)
        return None if days is None else self._from_after(*days)

    def _from_after(self, days: int, place: int) -> Taken[SaidDay]:
        if self.after is None:
            return None
        return SaidDay(_shifted(self.after, days)), place

    def _span(self, start: int) -> tuple[int, int, int] | None:
        """Return days, the place behind, and what the days may be instead."""
        fortnights = _words().fortnight
        begins = not fortnights.first.isdisjoint(self.tokens[start : start + 1])
        fortnight = fortnights.take(self.tokens, start) if begins else None
        if fortnight is not None:
            return 2 * _WEEK, fortnight[1], 0
        number = take_number(self.tokens, start)
        if number is None or number[0] != int(number[0]):
            return None
        unit = _words().spans.take(self.tokens, number[1])
        if unit is None:
            return None
        days = int(number[0])
        if token_at(self.tokens, number[1]) == "jours" and days in _FRENCH_WEEKS:
            return _FRENCH_WEEKS[days], unit[1], days
        return days * unit[0], unit[1], 0

    def _weekday(self, start: int) -> Taken[SaidDay]:
        """Read a weekday with all that can stand beside it."""
        words = _words()
        which, place = words.which.take(self.tokens, start) or ("", start)
        weekday = words.weekdays.take(self.tokens, place)
        if weekday is None:
            return None
        number, place = weekday
        behind = words.which_behind.take(self.tokens, place)
        if behind is not None and not which:
            which, place = behind
        week = words.weeks.take(self.tokens, self._behind_on(place))
        if week is not None and not which:
            return SaidDay(self._in_week_of(number, week[0])), week[1]
        in_a_week = words.in_a_week.take(self.tokens, place)
        ahead = (number - self.today.weekday()) % _WEEK
        if in_a_week is not None:
            return SaidDay(self._days(ahead + _WEEK)), in_a_week[1]
        later = self._weeks_behind(place)
        if later is not None and not which:
            return SaidDay(self._days(ahead + later[0])), later[1]
        dated = self._date(self._behind_comma(place), led=True)
        if dated is not None and not which:
            if {dated[0].day.weekday()} != {number}:
                raise InputError(Mistake.AMBIGUOUS, _EXAMPLE, seen="day")
            return dated
        return self._that(which, ahead), place

    def _weeks_behind(self, place: int) -> Taken[int]:
        """Read the "in zwei Wochen" of "Samstag in zwei Wochen"."""
        lead = _words().signs.take(self.tokens, place)
        span = None if lead is None or lead[0] < 0 else self._span(lead[1])
        return None if span is None or span[0] % _WEEK else (span[0], span[1])

    def _that(self, which: str, ahead: int) -> SaidDay:
        """Return the weekday that is ``ahead`` days from today, or as it was said."""
        distances = {
            "last": ahead - _WEEK,
            "this": ahead,
            "coming": ahead or _WEEK,
            "after_next": (ahead or _WEEK) + _WEEK,
        }
        if which in distances:
            return SaidDay(self._days(distances[which]))
        return self._next(ahead) if which == "next" else self._bare(ahead)

    def _bare(self, ahead: int) -> SaidDay:
        if self.direction == "backward":
            return SaidDay(self._days(ahead - _WEEK if ahead else 0))
        if ahead:
            return SaidDay(self._days(ahead))
        days = [self._days(0), self._days(_WEEK)]
        if isinstance(self.now, datetime) and self.now.hour >= _TOO_LATE_H:
            days.reverse()
        return SaidDay(days[0], (days[1],), bare=True)

    def _next(self, ahead: int) -> SaidDay:
        if ahead == 0 or self.today.weekday() + ahead >= _WEEK:
            return SaidDay(self._days(ahead or _WEEK))
        days = [self._days(ahead), self._days(ahead + _WEEK)]
        if ahead == 1:
            days.reverse()
        return SaidDay(days[0], (days[1],))

    def _in_week(self, start: int) -> Taken[SaidDay]:
        """Read "next week Monday", "nächste Woche am Montag"; a week alone is none."""
        week = _words().weeks.take(self.tokens, start)
        if week is None:
            return None
        place = week[1]
        for _ in range(2):
            weekday = _words().weekdays.take(self.tokens, place)
            if weekday is not None:
                return SaidDay(self._in_week_of(weekday[0], week[0])), weekday[1]
            place = self._behind_on(self._behind_comma(place))
        if self.direction == "forward":
            raise InputError(Mistake.AMBIGUOUS, _EXAMPLE, seen="day")
        return None

    def _in_week_of(self, weekday: int, weeks: int) -> date:
        return self._days(weekday - self.today.weekday() + weeks * _WEEK)

    def _weekend(self, start: int) -> Taken[SaidDay]:
        """Read "this weekend": two days, of which only the athlete can choose."""
        words = _words()
        which, place = words.which.take(self.tokens, start) or ("", start)
        weekend = words.weekend.take(self.tokens, place)
        if weekend is None:
            return None
        place = weekend[1]
        behind = words.which_behind.take(self.tokens, place)
        if behind is not None and not which:
            which, place = behind
        week = words.weeks.take(self.tokens, place)
        weeks = 0
        if week is not None:
            weeks, place = week
        elif which in ("last", "after_next") or which == "next":
            weeks = -1 if which == "last" else 1
        elif not which and self.direction == "backward":
            weeks = 0 if self.today.weekday() >= _WEEK - 2 else -1
        days = [self._in_week_of(day, weeks) for day in (5, 6)]
        if which == "next":
            days = [self._in_week_of(day, week) for week in (0, 1) for day in (5, 6)]
        if self.direction == "forward":
            days = [day for day in days if day >= self.today] or days
        return SaidDay(days[0], tuple(days[1:]), choose=len(days) > 1), place

    def _date(self, start: int, *, led: bool) -> Taken[SaidDay]:
        """Read "the 28th", "28. November 2026", "November 28", "28.11.", "28/11"."""
        words = _words()
        lead = words.before_date.take(self.tokens, start)
        place = start if lead is None else lead[1]
        led = led or lead is not None
        return (
            self._dotted(place, led=led)
            or self._slashed(place)
            or self._month_first(place)
            or self._day_first(place, led=led)
        )

    def _dotted(self, place: int, *, led: bool) -> Taken[SaidDay]:
        match = _DOTTED.fullmatch(token_at(self.tokens, place))
        if match is None:
            return None
        day, month, year = int(match[1]), int(match[2]), _year(match[3])
        dot = token_at(self.tokens, place + 1) == "."
        end = place + 1 + dot
        if year is None and _YEAR.fullmatch(token_at(self.tokens, end)):
            year, end = int(self.tokens[end]), end + 1
        if is_counted(self.tokens, end) or take_time_unit(self.tokens, end):
            return None
        if month > _MONTHS or (year is None and not dot and not led):
            return None
        is_either = day <= _MONTHS and day != month
        if is_either and year is not None and not self.day_first:
            raise InputError(Mistake.DAY_OR_MONTH, _EXAMPLE, seen="day")
        return SaidDay(self._dated(day, month, year)), end

    def _slashed(self, place: int) -> Taken[SaidDay]:
        tokens = self.tokens
        if token_at(tokens, place + 1) != "/":
            return None
        numbers = [token_at(tokens, place), token_at(tokens, place + 2)]
        if not all(_NUMBER_OF_DAY.fullmatch(number) for number in numbers):
            return None
        end, year = place + 3, None
        if token_at(tokens, end) == "/":
            year = _year(token_at(tokens, end + 1))
            if year is None:
                return None
            end += 2
        first, second = int(numbers[0]), int(numbers[1])
        orders = [
            (day, month)
            for day, month in dict.fromkeys([(first, second), (second, first)])
            if 1 <= month <= _MONTHS
        ]
        if not orders:
            return None
        if len(orders) > 1:
            if not 1 <= first <= _MONTHS:
                return None
            if not self.day_first:
                raise InputError(Mistake.DAY_OR_MONTH, _EXAMPLE, seen="day")
        return SaidDay(self._dated(*orders[0], year)), end

    def _month_first(self, place: int) -> Taken[SaidDay]:
        month = _words().months.take(self.tokens, place)
        if month is None:
            return None
        lead = _words().before_date.take(self.tokens, month[1])
        number = self._number_of_day(month[1] if lead is None else lead[1])
        if number is None:
            return None
        day, end, _ = number
        if is_counted(self.tokens, end) or take_time_unit(self.tokens, end):
            return None
        year, end = self._year_at(end)
        return SaidDay(self._dated(day, month[0], year)), end

    def _day_first(self, place: int, *, led: bool) -> Taken[SaidDay]:
        number = self._number_of_day(place)
        if number is None:
            return None
        day, end, marked = number
        month = self._month_at(end)
        if month is not None:
            of_year = _words().of.take(self.tokens, month[1])
            year, behind = self._year_at(month[1] if of_year is None else of_year[1])
            behind = behind if year else month[1]
            return SaidDay(self._dated(day, month[0], year)), behind
        if marked == "" and self._is_no_date(place, end):
            return None
        if not led and marked in ("", "."):
            return None
        if is_counted(self.tokens, end) or take_time_unit(self.tokens, end):
            return None
        return SaidDay(self._dated(day, None, None)), end

    def _is_no_date(self, place: int, end: int) -> bool:
        """Tell whether a bare number cannot be a day: "to 5 k", "the 20 minutes"."""
        lead = token_at(self.tokens, place - 1) if place else ""
        weekday = _words().weekdays.take((lead,), 0)
        behind = token_at(self.tokens, end)
        counted = is_counted(self.tokens, end) or behind[:1].isdigit()
        if weekday is not None:  # "vendredi 27"
            day = self._dated(int(self.tokens[place]), None, None)
            counted = counted or day.weekday() != weekday[0]
        return counted or (weekday is None and lead not in _BARE_DATES)

    def _number_of_day(self, place: int) -> tuple[int, int, str] | None:
        """Return the number of a day, the place behind and its mark ("th", ".")."""
        words = _words()
        ordinal = words.ordinals.take(self.tokens, place)
        if ordinal is not None:  # "the second run" is no day
            return (ordinal[0], ordinal[1], "") if self._month_at(ordinal[1]) else None
        token = token_at(self.tokens, place)
        if _NUMBER_OF_DAY.fullmatch(token):
            number: Taken[float] = float(token), place + 1
        else:
            number = take_number(self.tokens, place)
            if number is None or token[:1].isdigit() or not self._month_at(number[1]):
                return None
            if is_article(token) and token not in ("uno",):
                return None  # "à sept heures" is no September
        if number is None or not 1 <= number[0] <= 31 or number[0] % 1:
            return None
        mark = words.ordinal.take(self.tokens, number[1])
        if mark is None:
            return int(number[0]), number[1], ""
        return int(number[0]), mark[1], self.tokens[number[1]]

    def _month_at(self, place: int) -> Taken[int]:
        of = _words().of.take(self.tokens, place)
        return _words().months.take(self.tokens, place if of is None else of[1])

    def _year_at(self, place: int) -> tuple[int | None, int]:
        at = self._behind_comma(place)
        year = token_at(self.tokens, at)
        return (int(year), at + 1) if _YEAR.fullmatch(year) else (None, place)

    def _dated(self, day: int, month: int | None, year: int | None) -> date:
        """Return the date, of all years and months the next one (or the last one)."""
        if year is not None and month is not None:
            return _inside(_real(year, month, day))
        step = 1 if self.direction == "forward" else -1
        months = self.today.year * _MONTHS + self.today.month - 1
        for distance in range(8 * _MONTHS + 1):
            this_year, this_month = divmod(months + step * distance, _MONTHS)
            if month is not None and this_month + 1 != month:
                continue
            try:
                found = date(this_year, this_month + 1, day)
            except ValueError:
                continue
            if (found - self.today).days * step >= 0:
                return _inside(found)
        raise InputError(Mistake.NOT_A_DAY, _EXAMPLE)

    def _behind_on(self, place: int) -> int:
        lead = _words().on.take(self.tokens, place)
        return place if lead is None else lead[1]

    def _behind_comma(self, place: int) -> int:
        return place + (token_at(self.tokens, place) == ",")

    def _days(self, days: int) -> date:
        return _shifted(self.today, days)


# Behind these a bare number is a day: "am 28", "le 28", "el 28".
_BARE_DATES = frozenset({"am", "le", "el", "al", "au", "den", "zum", "vom", "du"})


def _year(text: str | None) -> int | None:
    if not text or not re.fullmatch("20[0-9]{2}|[0-9]{2}", text):
        return None
    return int(text) + (2000 if len(text) == 2 else 0)


def _real(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise InputError(Mistake.NOT_A_DAY, _EXAMPLE) from None


def _shifted(today: date, days: int) -> date:
    try:
        return _inside(today + timedelta(days=days))
    except OverflowError:
        raise InputError(Mistake.OUT_OF_RANGE, _EXAMPLE) from None


def _inside(day: date) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise InputError(Mistake.OUT_OF_RANGE, _EXAMPLE)
    return day


@dataclass(frozen=True)
class _Words:
    """The words of all languages in which days are said."""

    on: Phrases[str]
    which: Phrases[str]
    which_behind: Phrases[str]
    weekdays: Phrases[int]
    short: Phrases[int]
    near: Phrases[int]
    today: Phrases[Part]
    signs: Phrases[int]
    ago_behind: Phrases[str]
    later_behind: Phrases[str]
    from_behind: Phrases[str]
    today_behind: Phrases[str]
    day_beside: Phrases[int]
    spans: Phrases[int]
    fortnight: Phrases[str]
    weeks: Phrases[int]
    in_a_week: Phrases[str]
    weekend: Phrases[str]
    months: Phrases[int]
    ordinals: Phrases[int]
    ordinal: Phrases[str]
    before_date: Phrases[str]
    of: Phrases[str]
    fillers: Phrases[str]

    @cached_property
    def first_of_offset(self) -> frozenset[str]:
        """The words of "in three days", "a week from Friday"."""
        return self.signs.first | self.fortnight.first

    @cached_property
    def first_of_weekday(self) -> frozenset[str]:
        """The words of "next Friday"."""
        return self.which.first | self.weekdays.first

    @cached_property
    def first_of_weekend(self) -> frozenset[str]:
        """The words of "this weekend"."""
        return self.which.first | self.weekend.first

    @cached_property
    def first_of_date(self) -> frozenset[str]:
        """The words of "the 28th", "November 28", "first of May"."""
        return self.before_date.first | self.months.first | self.ordinals.first


@cache
def _words() -> _Words:
    """Read the tables ``days`` of the languages, once."""
    said = understood("days")
    weekdays = understood("days", "weekdays")
    short = understood("days", "short")
    today = understood("days", "today")
    return _Words(
        on=_all(said["on"]),
        which=phrases_meaning(
            {name: said[name] for name in ("this", "coming", "next", "last")}
        ),
        which_behind=phrases_meaning(
            {
                "coming": said["coming_behind"],
                "after_next": said["next_behind"],
                "last": said["last_behind"],
            }
        ),
        weekdays=phrases_meaning(
            {_WEEKDAYS.index(day): weekdays[day] for day in weekdays}
        ),
        short=phrases_meaning({_WEEKDAYS.index(day): short[day] for day in short}),
        near=_numbered("near"),
        today=phrases_meaning({_PARTS[part]: today[part] for part in today}),
        signs=phrases_meaning(
            {1: ("+", *said["ahead"]), -1: ("-", "\u2212", *said["ago"])}
        ),
        ago_behind=_all(said["ago_behind"]),
        later_behind=_all(said["later_behind"]),
        from_behind=_all(said["from_behind"]),
        today_behind=_all(said["today_behind"]),
        day_beside=phrases_meaning(
            {1: said["the_day_after"], -1: said["the_day_before"]}
        ),
        spans=phrases_meaning({1: said["day"], _WEEK: said["week"]}),
        fortnight=_all(said["fortnight"]),
        weeks=phrases_meaning(
            {1: said["next_week"], 0: said["this_week"], -1: said["last_week"]}
        ),
        in_a_week=_all(said["in_a_week"]),
        weekend=_all(said["weekend"]),
        months=_numbered("months"),
        ordinals=_numbered("ordinals"),
        ordinal=_all(said["ordinal"]),
        before_date=_all(said["before_date"]),
        of=_all(said["of"]),
        fillers=_all(said["fillers"]),
    )


_PARTS: dict[str, Part] = {
    "morning": "morning",
    "noon": "noon",
    "afternoon": "afternoon",
    "evening": "evening",
}


def _all(words: Iterable[str]) -> Phrases[str]:
    return phrases_meaning({"": words})


def _numbered(part: str) -> Phrases[int]:
    table = understood("days", part)
    return phrases_meaning({int(number): table[number] for number in table})
