"""The parts of a dictated sentence: lengths, targets, repeats, day and time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from bridge.domain.calendar.dictated import (
    Aim,
    Assumed,
    Extent,
    Unit,
)
from bridge.domain.calendar.dictation_words import (
    Label,
    words_of_dictation,
)
from bridge.domain.inputs.clocks import Part, SaidClock, take_clock, take_part
from bridge.domain.inputs.days import SaidDay, take_day
from bridge.domain.inputs.durations import (
    duration_starts,
    take_duration,
)
from bridge.domain.inputs.numbers import is_article, take_number
from bridge.domain.inputs.paces import take_pace
from bridge.domain.inputs.refusals import InputError, Mistake
from bridge.domain.inputs.tokens import (
    Taken,
    Tokens,
    token_at,
)
from bridge.domain.sport import sport_group

T = TypeVar("T")
_LEAST_BEATS, _MOST_BEATS = 60, 220

CLOCK = re.compile("[0-9]+:[0-9]+")
PUNCTUATION = frozenset(",.;:!?\u2026\u00a1\u00bf-\u2013\u2014\"'\u201c\u201d\u201e()/")
_LEAST_BEATS, _MOST_BEATS = 60, 220
RUN_DISTANCES_M = frozenset({5000.0, 8000.0, 10_000.0, 15_000.0, 21_097.5, 42_195.0})


@dataclass(frozen=True, slots=True)
class Bounds:
    """What an extent can be at all, all repeats together."""

    most_s: int
    least_m: float
    most_m: float = 400_000.0

    def only(self, readings: Sequence[Extent], times: int = 1) -> Extent:
        """Return the one reading that is possible."""
        possible = [extent for extent in readings if self._fits(extent, times)]
        if not possible:
            raise InputError(Mistake.OUT_OF_RANGE, "", seen="duration")
        if len(possible) > 1:
            raise InputError(Mistake.AMBIGUOUS, "", seen="m")
        return possible[0]

    def _fits(self, extent: Extent, times: int) -> bool:
        if extent.seconds is not None:
            return 0 < extent.seconds * times <= self.most_s
        return self.least_m <= (extent.metres or 0.0) * times <= self.most_m


ONE_PIECE = Bounds(most_s=12 * 3600, least_m=200.0)
REPEATED = Bounds(most_s=4 * 3600, least_m=200.0, most_m=100_000.0)
MARKED: dict[Label, Bounds] = {
    "warm_up": Bounds(most_s=2 * 3600, least_m=100.0, most_m=50_000.0),
    "cool_down": Bounds(most_s=2 * 3600, least_m=100.0, most_m=50_000.0),
    "recovery": Bounds(most_s=1800, least_m=25.0, most_m=10_000.0),
}


@dataclass(slots=True)
class When:
    """The day and the time of a sentence; each may be said twice, if it is the same."""

    now: date
    _: KW_ONLY
    day_first: bool = False  # as the language of the sentence writes dates
    day: SaidDay | None = None
    clock: SaidClock | None = None
    part: Part | None = None

    @property
    def today(self) -> date:
        """The athlete's own day."""
        return self.now.date() if isinstance(self.now, datetime) else self.now

    def listen(self, tokens: Tokens, start: int) -> int | None:
        """Hear a clock time, a day or a part of the day."""
        clock = take_clock(tokens, start)
        if clock is not None:
            self.clock = same(self.clock, clock[0], "clock")
            return clock[1]
        day = take_day(
            tokens,
            start,
            self.now,
            direction="forward",
            day_first=self.day_first,
        )
        if day is not None:
            if day[0].day < self.today:
                raise InputError(Mistake.PAST, "", seen="day")
            if self.day is not None and self.day.day == day[0].day:
                return day[1]
            self.day = same(self.day, day[0], "day")
            self.part = self.part or day[0].part
            return day[1]
        part = take_part(tokens, start)
        if part is None:
            return None
        self.part = self.part or part[0]
        return part[1]

    def settle(
        self, day: date | None, length_s: int = 0
    ) -> tuple[SaidDay, time | None, tuple[Assumed, ...]]:
        """Return the day and the time, and what of them was not said."""
        assumed: list[Assumed] = []
        said = self.day
        if said is None:
            if day is None:
                assumed.append("today")
            said = SaidDay(day or self.today)
        clock = None if self.clock is None else self.clock.at(self.part)
        if clock is not None and said.day == self.today:
            clock = self._still_to_come(clock)
        said = self._with_time(said, None if clock is None else clock.time, length_s)
        if clock is not None and clock.others:
            assumed.append("clock")
        if said.others:
            assumed.append("day")
        return said, None if clock is None else clock.time, tuple(assumed)

    def _still_to_come(self, clock: SaidClock) -> SaidClock:
        """Choose of two times of today the one that is not over."""
        if not isinstance(self.now, datetime) or not clock.others:
            return clock
        clocks = (clock.time, *clock.others)
        ahead = [one for one in clocks if one > self.now.time()]
        return SaidClock(ahead[0]) if len(ahead) == 1 else clock

    def _with_time(self, said: SaidDay, clock: time | None, length_s: int) -> SaidDay:
        """Move a bare weekday on where today is too late; refuse what is over."""
        if not isinstance(self.now, datetime) or said.day != self.today:
            return said
        now = self.now.replace(tzinfo=None)
        over = clock is not None and datetime.combine(said.day, clock) <= now
        late = clock is None and (now + timedelta(seconds=length_s)).date() > said.day
        if said.bare and (over or late):
            return SaidDay(said.others[0])
        if over:
            raise InputError(Mistake.PAST, "", seen="clock")
        return said


def same(kept: T | None, heard: T, part: str) -> T:
    """Return what was heard, unless the sentence already had another."""
    if kept is not None and kept != heard:
        raise InputError(Mistake.AMBIGUOUS, "", seen=part)
    return heard


def first(kept: T | None, heard: T, part: str) -> T:
    """Return what was heard; it may be said once."""
    if kept is not None:
        raise InputError(Mistake.AMBIGUOUS, "", seen=part)
    return heard


def heard(part: T | None, name: str) -> T:
    """Return a part of the sentence that must not be missing."""
    if part is None:
        raise InputError(Mistake.MISSING, "", seen=name)
    return part


def one_sport(kept: str | None, heard: str) -> str:
    """Return the closer one of two names of a sport: "mountain bike ride"."""
    if kept is None or kept == heard:
        return heard
    if sport_group(kept) == sport_group(heard):
        general = {sport_group(kept)}
        closer = {kept, heard} - general
        if len(closer) == 1:
            return closer.pop()
    raise InputError(Mistake.TWO_SPORTS, "", seen="sport")


def measure_starts(tokens: Tokens) -> frozenset[int]:
    """Return the places where a length, a target or a count of repeats may begin."""
    words = words_of_dictation()
    said = {
        place
        for place, token in enumerate(tokens)
        if token in words.measured or token.endswith(words.times_endings)
    }
    return duration_starts(tokens) | said


def take_times(tokens: Tokens, start: int, number: Taken[float]) -> Taken[float]:
    """Read "5 x", "five times", "5 sets of", "twice" or "fünfmal"."""
    words = words_of_dictation()
    if number is not None:
        times = words.times.take(tokens, number[1])
        if times is None or words.aims.take(tokens, number[1]) is not None:
            return None  # "75 por ciento"
        return number[0], times[1]
    word = token_at(tokens, start)
    for ending in words.times_endings:
        stem = word.removesuffix(ending)
        often = None if stem == word else take_number((stem,), 0)
        if often is not None:
            return often[0], start + 1
    return words.twice.take(tokens, start)


def take_extent(tokens: Tokens, start: int) -> Taken[list[Extent]]:
    """Return all that an extent could mean: "400 m" is two things."""
    words = words_of_dictation()
    if start < len(tokens) and tokens[start] in words.about.first:
        about = words.about.take(tokens, start)
        start = start if about is None else about[1]
    if start >= len(tokens):
        return None
    begins = tokens[start] in words.named_lengths.first
    named = words.named_lengths.take(tokens, start) if begins else None
    if named is not None:
        return [Extent(metres=named[0])], named[1]
    number = take_number(tokens, start)
    if number is not None and number[1] < len(tokens):
        value, behind = number
        unit = tokens[behind]
        if unit == "m":
            if not tokens[start][0].isdigit():
                return None  # "a.m." is no minute
            minutes = Extent(seconds=round(value * 60))
            return [minutes, Extent(metres=value)], behind + 1
        measured = unit in words.lengths.first
        length = words.lengths.take(tokens, behind) if measured else None
        if length is not None:
            return [Extent(metres=value * length[0])], length[1]
    length_s = take_duration(tokens, start, clock="m:ss")
    return None if length_s is None else ([Extent(seconds=length_s[0])], length_s[1])


def take_aim(tokens: Tokens, start: int, *, paced: bool) -> Taken[Aim]:
    """Read watts, percent, beats or a pace, one or from one to another.

    ``paced`` tells whether the sentence has a "per kilometre" or the like.
    """
    words = words_of_dictation()
    pace = take_pace(tokens, start) if paced else None
    if pace is not None:
        return Aim(pace[0].seconds, pace[0].seconds, "pace", pace[0]), pace[1]
    token = tokens[start]
    if CLOCK.fullmatch(token):
        per_km = words.pace_per_km.take(tokens, start + 1)
        minutes = take_pace(tokens[: start + 1], start, per="km")
        if per_km is not None and minutes is not None:  # "im 5:30er Schnitt"
            return Aim(
                minutes[0].seconds, minutes[0].seconds, "pace", minutes[0]
            ), per_km[1]
        bare = words.bare_pace.take(tokens, start + 1)
        if bare is not None:  # "5:30 pace": for a kilometre or a mile?
            raise InputError(Mistake.AMBIGUOUS, "", seen=tokens[start])
    leads = token in words.beats_before.first
    lead = words.beats_before.take(tokens, start) if leads else None
    place = start if lead is None else lead[1]
    low = take_number(tokens, place)
    if low is None or is_article(tokens[place]):
        return None
    if lead is None and words.behind_aim.isdisjoint(tokens[low[1] : low[1] + 1]):
        return None
    high = low
    joint = words.to.take(tokens, low[1])
    if joint is not None:
        high = take_number(tokens, joint[1]) or low
    unit = words.aims.take(tokens, high[1])
    beats_behind = words.beats_before.take(tokens, high[1])
    if unit is None and beats_behind is not None and low[0] >= _LEAST_BEATS:
        unit = "bpm", beats_behind[1]  # "150 heart rate"
    if unit is None:
        beats = lead is not None and _LEAST_BEATS <= low[0] <= _MOST_BEATS
        return (Aim(low[0], high[0], "bpm"), high[1]) if beats else None
    of = words.aims_behind.take(tokens, unit[1]) if unit[0] == "%" else None
    name, end = (unit[0], unit[1]) if of is None else of
    return _plausible(Aim(low[0], high[0], name)), end


def _plausible(aim: Aim) -> Aim:
    least, most = _PLAUSIBLE[aim.unit]
    if not least <= aim.low <= aim.high <= most:
        raise InputError(Mistake.OUT_OF_RANGE, "", seen="intensity")
    return aim


_PLAUSIBLE: dict[Unit, tuple[float, float]] = {
    "w": (20, 2500),
    "bpm": (60, 230),
    "%": (20, 300),
    "%hr": (30, 110),
    "%lthr": (30, 150),
}
