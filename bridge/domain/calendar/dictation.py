"""One dictated sentence becomes an entry of the calendar; what is unclear is refused.

The grammar, in English, German, French and Spanish, also mixed; the parts come in any
order::

    sentence  = work sport [intensity | target] [day] [clock] [recovery] [warm-up]
                [cool-down]
    work      = extent | times extent         "one hour", "5 x 4 min", "10k"
    times     = number ("x" | "times" | "by" | "mal" | "fois" | "por"), "twice"
    extent    = duration | distance           "1 h 20", "400 metres", "half marathon"
    intensity = words                         "easy", "hart", "zone 3", "sweet spot"
    target    = watts | percent | pace | beats         "at 200 watts", "4:30 per k"
    recovery  = extent (easy | rest)          "2 minutes easy", "90 s Pause"
    warm-up   = extent "warm-up" | "warm-up" extent     likewise the cool-down
    day       = as in ``take_day``, from today on       clock = as in ``take_clock``

Words without content ("with", "eine", "please", a comma) are passed over; any other
word is refused by name, for it could turn the meaning around ("no", "or"). A recovery
needs a repeated work. Nothing is added that was not said but what the record's
``assumed`` tells: without an intensity it is easy, without a day today, and an
"easy 10k" is run.

A bare number behind "x" is minutes up to 60 and metres from 100 on; in the water it is
metres from 25 on. A time with a colon is m:ss; for a work in one piece it might be
hours or the time of day, and is refused unless a unit follows ("1:30 h"). "m" after a
number is minutes or metres, whichever is possible: at most 4 h of repeated work or 12 h
in one piece, and at least 200 m (``_Bounds``); where both are, it is refused.

Intensities are zones: very easy 1, easy 2, moderate 3, hard 4, very hard 5.
Warm-up, cool-down and recovery are zone 1.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Literal, TypeVar

from bridge.domain.calendar.dictated import (
    ZONED,
    Aim,
    Assumed,
    Dictated,
    DictatedEntry,
    DictatedWorkout,
    Extent,
    Interval,
    IntervalSet,
    Unit,
    natural_metric,
)
from bridge.domain.inputs.clocks import Part, SaidClock, take_clock, take_part
from bridge.domain.inputs.days import SaidDay, take_day
from bridge.domain.inputs.durations import after_about, take_duration
from bridge.domain.inputs.numbers import is_article, take_number
from bridge.domain.inputs.paces import take_pace
from bridge.domain.inputs.quantities import MEASURES, Dimension
from bridge.domain.inputs.refusals import InputError, Mistake, with_example
from bridge.domain.inputs.sports import take_indoor, take_sport
from bridge.domain.inputs.tokens import (
    Phrases,
    Sentence,
    Taken,
    Tokens,
    phrases_meaning,
    read_sentence,
    token_at,
)
from bridge.domain.speech.phrases import LANGUAGES, understood, words_of
from bridge.domain.sport import SWIMS, sport_group

T = TypeVar("T")
_Label = Literal["warm_up", "cool_down", "recovery"]

EXAMPLE = "Tomorrow one hour easy run, or 5 times 4 minutes hard ride on Friday"
MOST_REPEATS = 50
_MOST_PHRASES = 4  # "no race, a race day": more are nothing
_EASY = Aim.in_zone(2)
_EASIEST = Aim.in_zone(1)
_CLOCK = re.compile("[0-9]+:[0-9]+")
_EACH = frozenset({"each", "every", "je", "chaque", "cada", "jeden"})
_PUNCTUATION = frozenset(
    ",.;:!?\u2026\u00a1\u00bf-\u2013\u2014\"'\u201c\u201d\u201e()/"
)
_SWEET_SPOT = Aim(88, 94, "%")
# "easy 10k" is run: nobody calls a ride or a swim so.
_RUN_DISTANCES_M = frozenset({5000.0, 8000.0, 10_000.0, 15_000.0, 21_097.5, 42_195.0})
_RUN_REPEATS_M = frozenset({800.0, 1000.0, 1200.0, 1600.0, 2000.0, 3000.0, 5000.0})
_SHORTEST_POOL_M, _MOST_BARE_MIN, _LEAST_BARE_M = 25, 60, 100
_LANGUAGE_TABLES = (
    "times", "recovery", "intervals", "warm_up", "cool_down", "fillers", "race",
    "rest_day", "note",
)  # fmt: skip


def read_plan(
    sentence: object,
    now: date,
    *,
    day: date | None = None,
    language: str = "en",
) -> Dictated:
    """Return what one dictated sentence plans.

    Parameters
    ----------
    sentence
        At most 300 characters in any of the languages.
    now
        The athlete's own day, or wall clock: a bare weekday is today only as long as
        there is time for it.
    day
        The day of a sentence that names none; today without it, as ``assumed`` says.
    language
        The language of the example in a refusal, and of labels where the sentence
        does not show its own.

    Returns
    -------
    DictatedWorkout or DictatedEntry
        A workout, its zones of power on rides, of pace on runs and swims, of heart
        rate elsewhere; or a rest day, a race, a note, days of illness or holiday.
        ``others`` are days that could have been meant as well.

    Raises
    ------
    InputError
        ``not_a_workout`` with the word not understood as ``seen``; ``missing``,
        ``ambiguous``, ``past`` or ``out_of_range`` with the part: sport, work,
        intensity, day, clock, recovery, warm_up, cool_down, repeats, duration, "m" or
        the time; ``two_sports``.
    """
    example = example_in(language)
    with with_example(example):
        try:
            said = read_sentence(sentence)
        except InputError:
            raise InputError(Mistake.NOT_A_WORKOUT, example) from None
        entry = _read_entry(said, now, day)
        if entry is not None:
            return entry
        try:
            heard = _Heard(said, now, language)
            return heard.workout(day)
        except InputError:
            note = _read_note(said, now, day)
            if note is None:
                raise
            return note


def read_workout(
    sentence: object, now: date, *, day: date | None = None, language: str = "en"
) -> DictatedWorkout:
    """Return the workout of one dictated sentence; see :func:`read_plan`.

    Raises
    ------
    InputError
        Also where the sentence is a race, a note or a rest day.
    """
    plan = read_plan(sentence, now, day=day, language=language)
    if isinstance(plan, DictatedWorkout):
        return plan
    raise InputError(Mistake.NOT_A_WORKOUT, example_in(language))


def example_in(language: str) -> str:
    """Return sentences to dictate, in a language that is understood."""
    return str(words_of(language, "dictation").get("example", EXAMPLE))


@dataclass(frozen=True, slots=True)
class _Bounds:
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


_ONE_PIECE = _Bounds(most_s=12 * 3600, least_m=200.0)
_REPEATED = _Bounds(most_s=4 * 3600, least_m=200.0, most_m=100_000.0)
_MARKED: dict[_Label, _Bounds] = {
    "warm_up": _Bounds(most_s=2 * 3600, least_m=100.0, most_m=50_000.0),
    "cool_down": _Bounds(most_s=2 * 3600, least_m=100.0, most_m=50_000.0),
    "recovery": _Bounds(most_s=1800, least_m=25.0, most_m=10_000.0),
}


@dataclass(frozen=True, slots=True)
class _Work:
    """The main part: how often, and what it can mean; a bare number has no unit."""

    times: int
    readings: tuple[Extent, ...] = ()
    bare: float | None = None


@dataclass(slots=True)
class _When:
    """The day and the time of a sentence; each may be said twice, if it is the same."""

    now: date
    day: SaidDay | None = None
    clock: SaidClock | None = None
    part: Part | None = None

    @property
    def today(self) -> date:
        return self.now.date() if isinstance(self.now, datetime) else self.now

    def listen(self, tokens: Tokens, start: int) -> int | None:
        """Hear a clock time, a day or a part of the day."""
        clock = take_clock(tokens, start)
        if clock is not None:
            self.clock = _same(self.clock, clock[0], "clock")
            return clock[1]
        day = take_day(tokens, start, self.now, direction="forward")
        if day is not None:
            if day[0].day < self.today:
                raise InputError(Mistake.PAST, "", seen="day")
            if self.day is not None and self.day.day == day[0].day:
                return day[1]
            self.day = _same(self.day, day[0], "day")
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


class _Heard:
    """What was understood of the sentence; each part at most once."""

    def __init__(self, said: Sentence, now: date, language: str) -> None:
        self.said, self.tokens = said, said.tokens
        self.language = _language_of(said.tokens, language)
        self.when = _When(now)
        self.sport: str | None = None
        self.indoor: str | None = None
        self.aim: Aim | None = None
        self.style: Aim | None = None
        self.runs = False  # a sort of workout that only runners do
        self.work: _Work | None = None
        self.marked: dict[_Label, Extent] = {}
        self.rests = True
        words = _words()
        self.intervals = any(
            words.intervals.take(self.tokens, place)
            for place in range(len(self.tokens))
        )
        self.repeats = any(
            self._work_at(place) is not None for place in range(len(self.tokens))
        )
        place = 0
        while place < len(self.tokens):
            place = self._listen(place)

    def workout(self, day: date | None) -> DictatedWorkout:
        """Return the workout, or refuse with the first part that is missing."""
        assumed: list[Assumed] = []
        work = self.work
        if work is None and self.sport is None and self.indoor is None:
            raise InputError(Mistake.MISSING, "", seen="sport")
        work = _said(work, "work")
        sport = self.sport or self.indoor or self._sport_by_the_rest(work)
        if not (self.sport or self.indoor):
            assumed.append("ride" if sport == "Ride" else "run")
        sport = _said(sport, "sport")
        extent = _extent_of(work, sport)
        aim = self.aim or self.style
        if aim is None:
            aim = _EASY
            if sport in ZONED:
                assumed.append("easy")
        when, clock, of_day = self.when.settle(day, extent.seconds or 0)
        rest = self.marked.get("recovery")
        if work.times > 1 and rest is None and self.rests and sport in ZONED:
            assumed.append("no_rest")
        title = f"{sport} {f'{work.times}x' if work.times > 1 else ''}{extent.title}"
        return DictatedWorkout(
            sport=sport,
            day=when.day,
            clock=clock,
            name=f"{title} {aim.title}" if sport in ZONED else title,
            target=natural_metric(sport),
            sets=self._sets(work.times, extent, aim),
            indoor=self.indoor is not None,
            others=when.others,
            choose=when.choose,
            assumed=(*assumed, *of_day),
        )

    def _sport_by_the_rest(self, work: _Work) -> str | None:
        """Return the sport of a sentence that only makes sense in one."""
        if self.aim is not None and (self.aim == _SWEET_SPOT or self.aim.unit == "w"):
            return "Ride"
        metres = [extent.metres or work.bare for extent in work.readings] or [work.bare]
        if work.times == 1:
            runs = any(length in _RUN_DISTANCES_M for length in metres)
        else:
            runs = any(length in _RUN_REPEATS_M for length in metres)
        return "Run" if runs or self.runs else None

    def _sets(self, times: int, extent: Extent, aim: Aim) -> tuple[IntervalSet, ...]:
        labels = words_of(self.language, "dictation")["labels"]
        easy = {
            label: Interval(extent, _EASIEST, labels[label])
            for label, extent in self.marked.items()
        }
        rest = [easy["recovery"]] if "recovery" in easy else []
        main = IntervalSet((Interval(extent, aim), *rest), times)
        before = [IntervalSet((easy["warm_up"],))] if "warm_up" in easy else []
        after = [IntervalSet((easy["cool_down"],))] if "cool_down" in easy else []
        return (*before, main, *after)

    def _listen(self, start: int) -> int:
        """Understand the part that begins at ``start``; return the place after.

        The fillers come last: what adds nothing ("a", "on", "in") may open an extent
        or a day.
        """
        words = _words()
        if words.brick.take(self.tokens, start) is not None:
            raise InputError(Mistake.TWO_SPORTS, "", seen="sport")
        without = words.no_recovery.take(self.tokens, start)
        if without is not None:
            self.rests = False
            return without[1]
        if self.tokens[start] in words.false_friends[self.language]:
            return start + 1
        place = (
            self._hear_marked(start)
            or self._hear_aim(start)
            or self._hear_extent(start)
            or self._hear_word(start)
            or self.when.listen(self.tokens, start)
        )
        if place is not None:
            return place
        filler = words.fillers.take(self.tokens, start)
        filler = filler or words.intervals.take(self.tokens, start)
        if filler is not None and not self._recurs(start):
            return filler[1]
        if self.tokens[start] in _PUNCTUATION:
            return start + 1
        seen = self.said.words[start].rstrip(".") or self.tokens[start]
        raise InputError(Mistake.NOT_A_WORKOUT, "", seen=seen[:40])

    def _recurs(self, start: int) -> bool:
        """Tell whether this is the "chaque" of "chaque lundi"."""
        if self.tokens[start] not in _EACH:
            return False
        return take_day(self.tokens, start + 1, self.when.now) is not None

    def _hear_marked(self, start: int) -> int | None:
        """Hear "warm-up 10 minutes" or "rest of 90 s": the word comes first."""
        mark = _words().marks_before.take(self.tokens, start)
        if mark is None or (mark[0] == "recovery" and not self.repeats):
            return None
        place = self._after_of(mark[1])
        extent = _take_extent(self.tokens, place)
        if extent is None:
            return None
        behind = _words().marks_behind.take(self.tokens, self._after_of(extent[1]))
        if behind is not None and behind[0] != mark[0]:
            return None  # "warm-up, 5 minutes rest": the next word marks it
        return self._keep(mark[0], extent[0], behind[1] if behind else extent[1])

    def _hear_extent(self, start: int) -> int | None:
        """Hear an extent; the word behind it tells what it is of, else it is work."""
        repeated = self._work_at(start)
        word = self._longest_word(start)
        if repeated is not None:
            self.work = _first(self.work, repeated[0], "work")
            return repeated[1]
        extent = _take_extent(self.tokens, start)
        if extent is None or word > extent[1]:
            return None  # "marathon pace" is no marathon
        readings, end = extent
        mark = _words().marks_behind.take(self.tokens, end)
        mark = mark or _words().marks_behind.take(self.tokens, self._after_of(end))
        if mark is not None and self._can_mark(mark[0], self._after_of(end)):
            return self._keep(mark[0], readings, mark[1])
        if self.repeats:
            return None
        if _CLOCK.fullmatch(self.tokens[end - 1]):
            # "7:30" might be the time of day, or minutes and seconds.
            raise InputError(Mistake.AMBIGUOUS, "", seen=self.tokens[end - 1])
        self.work = _first(self.work, _Work(1, tuple(readings)), "work")
        return end

    def _can_mark(self, label: _Label, place: int) -> bool:
        """Tell whether the extent before this place can be what the word says.

        "easy" makes a recovery only of what follows the repeats.
        """
        if label != "recovery":
            return True
        rest = _words().marks_before.take(self.tokens, place)
        return self.repeats and (self.work is not None or rest is not None)

    def _work_at(self, start: int) -> Taken[_Work]:
        """Read "5 x 4 min", "fünfmal 1000 Meter", "12 x 400", "6 repeats of 1 min".

        "three ten minute intervals" is one only where intervals are spoken of.
        """
        tokens, words = self.tokens, _words()
        number = take_number(tokens, start)
        repeats = _take_times(tokens, start, number)
        behind = None if number is None else words.intervals.take(tokens, number[1])
        noun = False
        if repeats is None and number is not None and behind is not None:
            repeats, noun = (number[0], self._after_of(behind[1])), True
            self._keep_style(number[1])
        if repeats is None:
            return self._intervals_at(start, number)
        times, place = repeats
        extent = _take_extent(tokens, self._after_of(place))
        if extent is not None:
            return _Work(_whole_times(times), tuple(extent[0])), extent[1]
        bare = None if noun else take_number(tokens, place)
        if bare is None or is_article(tokens[place]) or bare[0] % 1:
            return None
        return _Work(_whole_times(times), bare=bare[0]), bare[1]

    def _intervals_at(self, start: int, number: Taken[float]) -> Taken[_Work]:
        """Read the "three ten minute" of "three ten minute intervals"."""
        if not self.intervals or number is None or is_article(self.tokens[start]):
            return None
        extent = _take_extent(self.tokens, number[1])
        if extent is None or number[0] % 1 or number[0] > MOST_REPEATS:
            return None
        if take_number(self.tokens, number[1]) is None:
            return None
        return _Work(_whole_times(number[0]), tuple(extent[0])), extent[1]

    def _keep_style(self, place: int) -> None:
        style = _words().styles.take(self.tokens, place)
        if style is not None:
            self.style = style[0]

    def _keep(self, part: _Label, readings: Sequence[Extent], end: int) -> int:
        extent = _MARKED[part].only(readings)
        self.marked[part] = _same(self.marked.get(part), extent, part)
        return end

    def _hear_aim(self, start: int) -> int | None:
        """Hear "200 watts", "at 75 percent", "4:30 per k", "140 to 150 bpm"."""
        place = self._after_of(start)
        taken = _take_aim(self.tokens, place)
        if taken is None:
            return None
        self.aim = _same(self.aim, taken[0], "intensity")
        return taken[1]

    def _hear_word(self, start: int) -> int | None:
        """Hear the intensity, the sort of workout, the roof or the sport."""
        words = _words()
        zone = words.intensities.take(self.tokens, start)
        style = words.styles.take(self.tokens, start)
        sport, indoor = take_sport(self.tokens, start), take_indoor(self.tokens, start)
        longest = self._longest_word(start)
        if not longest:
            return None
        if sport is not None and sport[1] == longest:
            self.sport = _one_sport(self.sport, sport[0])
        elif indoor is not None and indoor[1] == longest:
            self.indoor = self.indoor or indoor[0]
        elif style is not None and style[1] == longest:
            self.style = self.style or style[0]
            self.runs = (
                self.runs or words.run_styles.take(self.tokens, start) is not None
            )
        elif zone is not None:
            self.aim = _same(self.aim, zone[0], "intensity")
        return longest

    def _longest_word(self, start: int) -> int:
        """Return the place behind the longest word for how or what, or 0."""
        words = _words()
        takers: tuple[Callable[[Tokens, int], Taken[object]], ...] = (
            words.intensities.take,
            words.styles.take,
            take_sport,
            take_indoor,
        )
        taken = (take(self.tokens, start) for take in takers)
        return max((one[1] for one in taken if one is not None), default=0)

    def _after_of(self, place: int) -> int:
        for _ in range(2):
            joint = _words().of.take(self.tokens, place)
            place = place if joint is None else joint[1]
        return place


def _read_entry(said: Sentence, now: date, day: date | None) -> DictatedEntry | None:
    """Return a rest day, a race or days off, if the sentence is nothing else."""
    phrases = [
        (taken[0], (place, taken[1]))
        for place in range(len(said.tokens))
        for table in (_words().rest_day, _words().race, _words().absence)
        if (taken := table.take(said.tokens, place)) is not None
    ]
    for category, phrase in phrases[:_MOST_PHRASES]:
        entry = _Entry(said, now, category, phrase).entry(day)
        if entry is not None:
            return entry
    return None


@dataclass(slots=True)
class _Entry:
    """A sentence in which one phrase says that it is no workout."""

    said: Sentence
    now: date
    category: str
    phrase: tuple[int, int]
    when: _When = field(init=False)
    end: SaidDay | None = None
    sport: str | None = None
    extent: Extent | None = None

    def __post_init__(self) -> None:
        self.when = _When(self.now)

    def entry(self, day: date | None) -> DictatedEntry | None:
        """Return the entry; None where a word of the sentence has no part in it."""
        place = 0
        while place < len(self.said.tokens):
            after = self._after(place)
            if after is None:
                return None
            place = after
        race = self.category.startswith("RACE")
        first, last = self.phrase
        is_sport = take_sport(self.said.tokens, first)
        if is_sport is not None and is_sport[1] >= last:
            if self.extent is not None and self.extent.seconds is not None:
                return None  # "eine Stunde rennen"
            if self.category == "RACE_OR_RUN":
                raise InputError(Mistake.AMBIGUOUS, "", seen="race_or_run")
        if not race and (self.extent is not None or self.sport is not None):
            return None
        return self._made(day, race=race)

    def _made(self, day: date | None, *, race: bool) -> DictatedEntry:
        when, clock, assumed = self.when.settle(day)
        sport, metres = self.sport, None
        if race:
            metres = None if self.extent is None else self.extent.metres
            runs = self.said.tokens[self.phrase[0]].startswith("park")
            if sport is None and (runs or metres in _RUN_DISTANCES_M):
                sport = "Run"
                assumed = (*assumed, *(() if runs else ("run",)))
            if sport is None:
                raise InputError(Mistake.MISSING, "", seen="sport")
        seconds = None if self.extent is None else self.extent.seconds
        end = None if self.end is None else self.end.day
        if end is not None and end < when.day:
            raise InputError(Mistake.AMBIGUOUS, "", seen="day")
        category = "NOTE" if self.category == "REST" else self.category
        return DictatedEntry(
            category=category,
            name=self._name(metres, seconds),
            day=when.day,
            clock=clock,
            end_day=end,
            sport=sport,
            distance_km=None if metres is None else round(metres / 1000, 4),
            planned_s=seconds,
            others=when.others,
            choose=when.choose,
            assumed=assumed,
        )

    def _name(self, metres: float | None, seconds: int | None) -> str | None:
        """Return the name in the language of the phrase; None of days off."""
        names = words_of(_language_of(self.said.tokens, "en"), "dictation")
        if self.category == "REST":
            return str(names["rest_day_name"])
        if not self.category.startswith("RACE"):
            return None
        extent = Extent(seconds, metres) if metres or seconds else None
        name = str(names["race_name"])
        return name if extent is None else f"{name} {extent.title}"

    def _after(self, place: int) -> int | None:
        """Return the place behind what begins here, or None."""
        if place == self.phrase[0]:
            return self.phrase[1]
        tokens = self.said.tokens
        after = (
            self._after_end(place)
            or self._after_extent(place)
            or self._after_sport(place)
            or self.when.listen(tokens, place)
        )
        if after is not None:
            return after
        filler = _words().fillers.take(tokens, place)
        if filler is not None:
            return filler[1]
        return place + 1 if tokens[place] in _PUNCTUATION else None

    def _after_end(self, place: int) -> int | None:
        """Hear the last day of an absence: "until Thursday"."""
        until = _words().until.take(self.said.tokens, place)
        if until is None or self.category not in _ABSENCES:
            return None
        end = take_day(self.said.tokens, until[1], self.now, direction="forward")
        if end is None:
            return None
        self.end = end[0]
        return end[1]

    def _after_extent(self, place: int) -> int | None:
        extent = _take_extent(self.said.tokens, place)
        if extent is None or self.extent is not None:
            return None
        self.extent = _ONE_PIECE.only(extent[0])
        return extent[1]

    def _after_sport(self, place: int) -> int | None:
        sport = take_sport(self.said.tokens, place)
        if sport is None:
            return None
        self.sport = _one_sport(self.sport, sport[0])
        return sport[1]


_ABSENCES = frozenset({"SICK", "INJURED", "HOLIDAY"})


def _read_note(said: Sentence, now: date, day: date | None) -> DictatedEntry | None:
    """Return a note: what follows its word is its name, but for the day."""
    start = 0
    while (filler := _words().fillers.take(said.tokens, start)) is not None:
        if _words().note.take(said.tokens, start) is not None:
            break
        start = filler[1]
    note = _words().note.take(said.tokens, start)
    if note is None:
        return None
    when = _When(now)
    place = note[1]
    names: list[int] = []
    while place < len(said.tokens):
        named = names and when.day is not None
        after = None if named else when.listen(said.tokens, place)
        if after is None:
            names.append(place)
        place = place + 1 if after is None else after
    inside = [n for n in names if said.tokens[n] not in _PUNCTUATION]
    if not inside:
        raise InputError(Mistake.MISSING, "", seen="name")
    name = said.said(inside[0], inside[-1] + 1).rstrip(".!\u2026")
    at, clock, assumed = when.settle(day)
    return DictatedEntry(
        category="NOTE",
        name=name,
        day=at.day,
        clock=clock,
        others=at.others,
        choose=at.choose,
        assumed=assumed,
    )


def _same(kept: T | None, heard: T, part: str) -> T:
    """Return what was heard, unless the sentence already had another."""
    if kept is not None and kept != heard:
        raise InputError(Mistake.AMBIGUOUS, "", seen=part)
    return heard


def _first(kept: T | None, heard: T, part: str) -> T:
    """Return what was heard; it may be said once."""
    if kept is not None:
        raise InputError(Mistake.AMBIGUOUS, "", seen=part)
    return heard


def _said(part: T | None, name: str) -> T:
    """Return a part of the sentence that must not be missing."""
    if part is None:
        raise InputError(Mistake.MISSING, "", seen=name)
    return part


def _one_sport(kept: str | None, heard: str) -> str:
    """Return the closer one of two names of a sport: "mountain bike ride"."""
    if kept is None or kept == heard:
        return heard
    if sport_group(kept) == sport_group(heard):
        general = {sport_group(kept)}
        closer = {kept, heard} - general
        if len(closer) == 1:
            return closer.pop()
    raise InputError(Mistake.TWO_SPORTS, "", seen="sport")


def _extent_of(work: _Work, sport: str) -> Extent:
    """Return the one thing that the work can be in this sport."""
    bounds = _REPEATED if work.times > 1 else _ONE_PIECE
    if work.bare is None:
        return bounds.only(work.readings, work.times)
    if sport in SWIMS:
        if work.bare >= _SHORTEST_POOL_M:
            return bounds.only([Extent(metres=work.bare)], work.times)
    elif work.bare <= _MOST_BARE_MIN:
        return bounds.only([Extent(seconds=round(work.bare * 60))], work.times)
    elif work.bare >= _LEAST_BARE_M:
        return bounds.only([Extent(metres=work.bare)], work.times)
    raise InputError(Mistake.AMBIGUOUS, "", seen=f"{work.bare:g}")


def _whole_times(times: float) -> int:
    if times != int(times) or not 1 <= times <= MOST_REPEATS:
        raise InputError(Mistake.OUT_OF_RANGE, "", seen="repeats")
    return int(times)


def _take_times(tokens: Tokens, start: int, number: Taken[float]) -> Taken[float]:
    """Read "5 x", "five times", "5 sets of", "twice" or "fünfmal"."""
    words = _words()
    if number is not None:
        times = words.times.take(tokens, number[1])
        percent = words.aims.take(tokens, number[1])  # "75 por ciento"
        return None if times is None or percent else (number[0], times[1])
    word = token_at(tokens, start)
    for ending in words.times_endings:
        stem = word.removesuffix(ending)
        often = None if stem == word else take_number((stem,), 0)
        if often is not None:
            return often[0], start + 1
    return words.twice.take(tokens, start)


def _take_extent(tokens: Tokens, start: int) -> Taken[list[Extent]]:
    """Return all that an extent could mean: "400 m" is two things."""
    start = after_about(tokens, start)
    named = _words().named_lengths.take(tokens, start)
    if named is not None:
        return [Extent(metres=named[0])], named[1]
    number = take_number(tokens, start)
    if number is not None:
        value, behind = number
        if token_at(tokens, behind) == "m":
            if not tokens[start][0].isdigit():
                return None  # "a.m." is no minute
            minutes = Extent(seconds=round(value * 60))
            return [minutes, Extent(metres=value)], behind + 1
        length = _words().lengths.take(tokens, behind)
        if length is not None:
            return [Extent(metres=value * length[0])], length[1]
    length_s = take_duration(tokens, start, clock="m:ss")
    return None if length_s is None else ([Extent(seconds=length_s[0])], length_s[1])


def _take_aim(tokens: Tokens, start: int) -> Taken[Aim]:
    """Read watts, percent, beats or a pace, one or from one to another."""
    pace = take_pace(tokens, start)
    if pace is not None:
        return Aim(pace[0].seconds, pace[0].seconds, "pace", pace[0]), pace[1]
    words = _words()
    lead = words.beats_before.take(tokens, start)
    place = start if lead is None else lead[1]
    low = take_number(tokens, place)
    if low is None or is_article(tokens[place]):
        return None
    high = low
    joint = words.to.take(tokens, low[1])
    if joint is not None:
        high = take_number(tokens, joint[1]) or low
    unit = words.aims.take(tokens, high[1])
    if unit is None:
        beats = lead is not None and 60 <= low[0] <= 220
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


def _language_of(tokens: Tokens, otherwise: str) -> str:
    """Return the language most of the words are of, else the phone's own."""
    counts = {
        language: sum(token in words for token in tokens)
        for language, words in _vocabularies().items()
    }
    most = max(counts.values())
    if counts.get(otherwise, 0) == most or not most:
        return otherwise if otherwise in LANGUAGES else LANGUAGES[0]
    return next(language for language in LANGUAGES if counts[language] == most)


@cache
def _vocabularies() -> dict[str, frozenset[str]]:
    from bridge.domain.inputs.tokens import tokenize

    vocabularies = {}
    for language in LANGUAGES:
        said = words_of(language, "dictation")
        phrases = [word for name in _LANGUAGE_TABLES for word in said[name]]
        phrases += [word for row in said["intensities"].values() for word in row]
        phrases += [w for row in words_of(language, "sports").values() for w in row]
        lengths = words_of(language, "durations")
        phrases += [*lengths["hour"], *lengths["minute"], *lengths["second"]]
        days = words_of(language, "days")
        phrases += [w for row in days["weekdays"].values() for w in row]
        phrases += [w for row in days["near"].values() for w in row]
        phrases += [w for row in days["months"].values() for w in row]
        tokens = {token for phrase in phrases for token in tokenize(phrase)}
        vocabularies[language] = frozenset(
            token for token in tokens if len(token) > 1 and token.isalpha()
        )
    return vocabularies


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of all languages in which workouts are dictated."""

    marks_before: Phrases[_Label]
    marks_behind: Phrases[_Label]
    no_recovery: Phrases[str]
    lengths: Phrases[float]
    named_lengths: Phrases[float]
    times: Phrases[str]
    times_endings: tuple[str, ...]
    twice: Phrases[float]
    intervals: Phrases[str]
    of: Phrases[str]
    intensities: Phrases[Aim]
    styles: Phrases[Aim]
    run_styles: Phrases[str]
    aims: Phrases[Unit]
    aims_behind: Phrases[Unit]
    beats_before: Phrases[str]
    to: Phrases[str]
    fillers: Phrases[str]
    false_friends: dict[str, frozenset[str]]
    brick: Phrases[str]
    rest_day: Phrases[str]
    race: Phrases[str]
    absence: Phrases[str]
    note: Phrases[str]
    until: Phrases[str]


@cache
def _words() -> _Words:
    """Read the tables ``dictation`` of the languages, once."""
    said = understood("dictation")
    labels: dict[_Label, tuple[str, ...]] = {part: said[part] for part in _MARKED}
    behind = {**labels, "recovery": (*said["recovery"], *said["recovery_behind"])}
    metres = MEASURES[Dimension.DISTANCE].units
    named = understood("dictation", "lengths")
    categories = understood("categories")
    watts, beats = MEASURES[Dimension.POWER].units, MEASURES[Dimension.HEART_RATE].units
    percent = list(MEASURES[Dimension.PERCENT].units)
    return _Words(
        marks_before=phrases_meaning(labels),
        marks_behind=phrases_meaning(behind),
        no_recovery=_all(said["no_recovery"]),
        # "m" is minutes or metres: see _take_extent.
        lengths=Phrases({unit: metres[unit] for unit in metres if unit != "m"}),
        named_lengths=phrases_meaning({float(m): named[m] for m in named}),
        times=_all(("x", "\u00d7", "*", *said["times"])),
        times_endings=said["times_ending"],
        twice=phrases_meaning({2.0: said["twice"]}),
        intervals=_all(said["intervals"]),
        of=_all(said["of"]),
        intensities=_aims("intensities"),
        styles=_aims("styles"),
        run_styles=_all(said["run_styles"]),
        aims=phrases_meaning({"w": watts, "bpm": beats, "%": percent}),
        aims_behind=phrases_meaning(_percent_of()),
        beats_before=_all(said["beats_before"]),
        to=_all((*said["to"], "-", "\u2013")),
        fillers=_all(said["fillers"]),
        false_friends={
            language: frozenset(words_of(language, "dictation")["false_friends"])
            for language in LANGUAGES
        },
        brick=_all(said["brick"]),
        rest_day=phrases_meaning({"REST": said["rest_day"]}),
        race=phrases_meaning(
            {
                "RACE_A": (*said["race"], *categories["RACE_A"]),
                "RACE_B": categories["RACE_B"],
                "RACE_C": categories["RACE_C"],
                "RACE_OR_RUN": said["race_or_run"],
            }
        ),
        absence=phrases_meaning(
            {name: (name.lower(), *categories[name]) for name in _ABSENCES}
        ),
        note=_all(said["note"]),
        until=_all(said["until"]),
    )


def _percent_of() -> dict[Unit, tuple[str, ...]]:
    said = understood("dictation")
    return {
        "%": said["percent_of"],
        "%hr": said["percent_of_max_hr"],
        "%lthr": said["percent_of_lthr"],
    }


def _aims(table: str) -> Phrases[Aim]:
    """Return words with their zone, or with the percents of a range ("88-94")."""
    aims: dict[str, Aim] = {}
    for name, words in understood("dictation", table).items():
        low, _, high = name.partition("-")
        aim = Aim(int(low), int(high), "%") if high else Aim.in_zone(int(low))
        aims |= dict.fromkeys(words, aim)
    if table == "intensities":
        names = understood("dictation")["zone"]
        for zone in range(1, 8):
            said = (str(zone), *understood("numbers", "small")[str(zone)])
            aims |= {
                f"{name} {number}": Aim.in_zone(zone)
                for name in names
                for number in said
            }
    return Phrases(aims)


def _all(words: Iterable[str]) -> Phrases[str]:
    return phrases_meaning({"": words})
