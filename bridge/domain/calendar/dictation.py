"""One dictated sentence becomes an entry of the calendar; what is unclear is refused.

The grammar, in English, German, French and Spanish, also mixed; the parts come in any
order::

    sentence  = work sport [intensity | target] [day] [clock] [recovery] [warm-up]
                [cool-down] [whole]
    work      = extent | times extent         "one hour", "5 x 4 min", "10k"
    times     = number ("x" | "times" | "by" | "mal" | "fois" | "por"), "twice"
    extent    = duration | distance           "1 h 20", "400 metres", "half marathon"
    intensity = words                         "easy", "hart", "zone 3", "sweet spot"
    target    = watts | percent | pace | beats         "at 200 watts", "4:30 per k"
    recovery  = extent (easy | rest)          "2 minutes easy", "90 s Pause"
    warm-up   = extent "warm-up" | "warm-up" extent     likewise the cool-down
    whole     = extent beside repeated work  "2 hours with 3 times 10 minutes tempo"
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
in one piece, and at least 200 m (``Bounds``); where both are, it is refused.

Intensities are zones: very easy 1, easy 2, moderate 3, hard 4, very hard 5.
Warm-up, cool-down and recovery are zone 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bridge.domain.calendar.dictated import (
    ZONED,
    Aim,
    Assumed,
    Dictated,
    DictatedWorkout,
    Extent,
    Interval,
    IntervalSet,
    natural_metric,
)
from bridge.domain.calendar.dictation_parts import (
    CLOCK,
    MARKED,
    ONE_PIECE,
    PUNCTUATION,
    REPEATED,
    RUN_DISTANCES_M,
    When,
    first,
    heard,
    measure_starts,
    one_sport,
    same,
    take_aim,
    take_extent,
    take_times,
)
from bridge.domain.calendar.dictation_words import (
    Label,
    language_of,
    words_of_dictation,
)
from bridge.domain.calendar.entries import read_entry, read_note
from bridge.domain.inputs.days import take_day
from bridge.domain.inputs.numbers import is_article, take_number
from bridge.domain.inputs.paces import PER
from bridge.domain.inputs.refusals import InputError, Mistake, with_example
from bridge.domain.inputs.sports import indoor_words, sport_words
from bridge.domain.inputs.tokens import Sentence, Taken, read_sentence
from bridge.domain.speech.phrases import words_of
from bridge.domain.sport import SWIMS

EXAMPLE = "Tomorrow one hour easy run"
MOST_REPEATS = 50
_EASY = Aim.in_zone(2)
_EASIEST = Aim.in_zone(1)
_EACH = frozenset({"each", "every", "je", "chaque", "cada", "jeden"})
_SWEET_SPOT = Aim(88, 94, "%")
# "easy 10k" is run: nobody calls a ride or a swim so.
_RACED_M = frozenset({21_097.5, 42_195.0})
_RUN_REPEATS_M = frozenset({800.0, 1000.0, 1200.0, 1600.0, 2000.0, 3000.0, 5000.0})
_SHORTEST_POOL_M, _MOST_BARE_MIN, _LEAST_BARE_M = 25, 60, 100


def read_plan(
    sentence: object,
    now: date,
    *,
    day: date | None = None,
    language: str = "en",
    as_race: bool | None = None,
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
    as_race
        What "course" or "marathon on 18 April" is, a race or not; None refuses it.

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
        entry = read_entry(said, now, day, as_race=as_race)
        if entry is not None:
            return entry
        try:
            heard = _Heard(said, now, language)
            return heard.workout(day, may_be_race=as_race is None)
        except InputError:
            note = read_note(said, now, day)
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
class _Work:
    """The main part: how often, and what it can mean; a bare number has no unit."""

    times: int
    readings: tuple[Extent, ...] = ()
    bare: float | None = None


class _Heard:
    """What was understood of the sentence; each part at most once."""

    def __init__(self, said: Sentence, now: date, language: str) -> None:
        self.said, self.tokens = said, said.tokens
        self.language = language_of(said.tokens, language)
        self.when = When(now, day_first=self.language != "en")
        self.sport: str | None = None
        self.indoor: str | None = None
        self.aim: Aim | None = None
        self.style: Aim | None = None
        self.runs = False  # a sort of workout that only runners do
        self.work: _Work | None = None
        self.marked: dict[Label, Extent] = {}
        self.whole: Extent | None = None  # of a workout with repeats somewhere in it
        self.around: Aim | None = None  # how easy the rest of it is
        self.whole_said = ""
        self.rests = True
        words = words_of_dictation()
        self.intervals = words.intervals.are_in(self.tokens)
        self.paced = PER.are_in(self.tokens)
        self.measured = measure_starts(self.tokens)
        self.repeats = any(
            self._work_at(place) is not None for place in sorted(self.measured)
        )
        place = 0
        while place < len(self.tokens):
            place = self._listen(place)

    def workout(self, day: date | None, *, may_be_race: bool) -> DictatedWorkout:
        """Return the workout, or refuse with the first part that is missing."""
        assumed: list[Assumed] = []
        work = self.work
        if work is None and self.sport is None and self.indoor is None:
            raise InputError(Mistake.MISSING, "", seen="sport")
        work = heard(work, "work")
        if may_be_race and not (self.sport or self.indoor or self.aim or self.style):
            metres = {extent.metres for extent in work.readings}
            if metres & _RACED_M:  # "marathon on 18 April"
                raise InputError(Mistake.AMBIGUOUS, "", seen="race_or_run")
        sport = self.sport or self.indoor or self._sport_by_the_rest(work)
        if not (self.sport or self.indoor):
            assumed.append("ride" if sport == "Ride" else "run")
        sport = heard(sport, "sport")
        extent = _extent_of(work, sport)
        aim = self.aim or self.style
        if aim is None:
            aim = _EASY
            if sport in ZONED:
                assumed.append("easy")
        whole = self.whole
        if whole is None and self.around is not None:
            raise InputError(Mistake.AMBIGUOUS, "", seen="intensity")
        when, clock, of_day = self.when.settle(day, (whole or extent).seconds or 0)
        rest = self.marked.get("recovery")
        if whole is not None:
            assumed.append("spread")
        elif work.times > 1 and rest is None and self.rests and sport in ZONED:
            assumed.append("no_rest")
        length = "" if whole is None else f"{whole.title}, "
        repeats = f"{work.times}x" if work.times > 1 else ""
        title = f"{sport} {length}{repeats}{extent.title}"
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
            runs = any(length in RUN_DISTANCES_M for length in metres)
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
        if self.whole is None:
            return (*before, main, *after)
        easy_parts = _within(self.whole, main, (*before, *after), self.around or _EASY)
        if easy_parts is None:
            raise InputError(Mistake.NOT_A_WORKOUT, "", seen=self.whole_said)
        return (*before, *easy_parts, *after)

    def _listen(self, start: int) -> int:
        """Understand the part that begins at ``start``; return the place after.

        The fillers come last: what adds nothing ("a", "on", "in") may open an extent
        or a day.
        """
        words, token = words_of_dictation(), self.tokens[start]
        without = self._hear_unusual(start) if token in words.unusual else None
        if without is not None:
            return without
        if token in words.false_friends[self.language]:
            return start + 1
        place = (
            self._hear_measure(start)
            or self._hear_word(start)
            or self.when.listen(self.tokens, start)
            or self._hear_whole(start)
        )
        if place is not None:
            return place
        weekday = words.short_days[self.language].get(token)
        if weekday is not None:  # "run mon", though "mon" is French for "my"
            self.when.listen((weekday,), 0)
            return start + 1
        filler = words.fillers.take(self.tokens, start)
        filler = filler or words.intervals.take(self.tokens, start)
        if filler is not None and not self._recurs(start):
            return filler[1]
        if token in PUNCTUATION:
            return start + 1
        seen = self.said.words[start].rstrip(".") or token
        raise InputError(Mistake.NOT_A_WORKOUT, "", seen=seen[:40])

    def _hear_whole(self, start: int) -> int | None:
        """Hear the "2 hours" of "2 hours with 3 times 10 minutes tempo"."""
        if not self.repeats or self.whole is not None or start not in self.measured:
            return None
        taken = take_extent(self.tokens, start)
        if taken is None:
            return None
        self.whole = ONE_PIECE.only(taken[0])
        self.whole_said = self.said.words[start]
        return taken[1]

    def _hear_unusual(self, start: int) -> int | None:
        """Hear "without rest"; refuse a "brick"."""
        words = words_of_dictation()
        if words.brick.take(self.tokens, start) is not None:
            raise InputError(Mistake.TWO_SPORTS, "", seen="sport")
        without = words.no_recovery.take(self.tokens, start)
        if without is None:
            return None
        self.rests = False
        return without[1]

    def _hear_measure(self, start: int) -> int | None:
        """Hear what has a length or a number in it, where one can begin."""
        leads = self.tokens[start] in words_of_dictation().leads
        if start not in self.measured and not leads:
            return None
        return (
            self._hear_marked(start)
            or self._hear_aim(start)
            or self._hear_extent(start)
        )

    def _recurs(self, start: int) -> bool:
        """Tell whether this is the "chaque" of "chaque lundi"."""
        if self.tokens[start] not in _EACH:
            return False
        return take_day(self.tokens, start + 1, self.when.now) is not None

    def _hear_marked(self, start: int) -> int | None:
        """Hear "warm-up 10 minutes" or "rest of 90 s": the word comes first."""
        marks = words_of_dictation().marks_before
        if self.tokens[start] not in marks.first:
            return None
        mark = marks.take(self.tokens, start)
        if mark is None or (mark[0] == "recovery" and not self.repeats):
            return None
        place = self._after_of(mark[1])
        extent = take_extent(self.tokens, place)
        if extent is None:
            return None
        behind = words_of_dictation().marks_behind.take(
            self.tokens, self._after_of(extent[1])
        )
        if behind is not None and behind[0] != mark[0]:
            return None  # "warm-up, 5 minutes rest": the next word marks it
        return self._keep(mark[0], extent[0], behind[1] if behind else extent[1])

    def _hear_extent(self, start: int) -> int | None:
        """Hear an extent; the word behind it tells what it is of, else it is work."""
        if start not in self.measured:
            return None
        repeated = self._work_at(start)
        if repeated is not None:
            self.work = first(self.work, repeated[0], "work")
            return repeated[1]
        extent = take_extent(self.tokens, start)
        if extent is None or self._longest_word(start) > extent[1]:
            return None  # "marathon pace" is no marathon
        readings, end = extent
        marks, behind_of = words_of_dictation().marks_behind, self._after_of(end)
        mark = marks.take(self.tokens, end) or marks.take(self.tokens, behind_of)
        if mark is not None and self._can_mark(mark[0], behind_of):
            return self._keep(mark[0], readings, mark[1])
        if self.repeats:
            return None
        if CLOCK.fullmatch(self.tokens[end - 1]):
            # "7:30" might be the time of day, or minutes and seconds.
            raise InputError(Mistake.AMBIGUOUS, "", seen=self.tokens[end - 1])
        self.work = first(self.work, _Work(1, tuple(readings)), "work")
        return end

    def _can_mark(self, label: Label, place: int) -> bool:
        """Tell whether the extent before this place can be what the word says.

        "easy" makes a recovery only of what follows the repeats.
        """
        if label != "recovery":
            return True
        rest = words_of_dictation().marks_before.take(self.tokens, place)
        return self.repeats and (self.work is not None or rest is not None)

    def _work_at(self, start: int) -> Taken[_Work]:
        """Read "5 x 4 min", "fünfmal 1000 Meter", "12 x 400", "6 repeats of 1 min".

        "three ten minute intervals" is one only where intervals are spoken of.
        """
        tokens, words = self.tokens, words_of_dictation()
        number = take_number(tokens, start)
        repeats = take_times(tokens, start, number)
        behind = None if number is None else words.intervals.take(tokens, number[1])
        noun = False
        if repeats is None and number is not None and behind is not None:
            repeats, noun = (number[0], self._after_of(behind[1])), True
            self._keep_style(number[1])
        if repeats is None:
            return self._intervals_at(start, number)
        times, place = repeats
        extent = take_extent(tokens, self._after_of(place))
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
        extent = take_extent(self.tokens, number[1])
        if extent is None or number[0] % 1 or number[0] > MOST_REPEATS:
            return None
        if take_number(self.tokens, number[1]) is None:
            return None
        return _Work(_whole_times(number[0]), tuple(extent[0])), extent[1]

    def _keep_style(self, place: int) -> None:
        style = words_of_dictation().styles.take(self.tokens, place)
        if style is not None:
            self.style = style[0]

    def _keep(self, part: Label, readings: Sequence[Extent], end: int) -> int:
        extent = MARKED[part].only(readings)
        self.marked[part] = same(self.marked.get(part), extent, part)
        return end

    def _hear_aim(self, start: int) -> int | None:
        """Hear "200 watts", "at 75 percent", "4:30 per k", "140 to 150 bpm"."""
        place = self._after_of(start)
        if place not in self.measured:
            return None
        taken = take_aim(self.tokens, place, paced=self.paced)
        if taken is None:
            return None
        self.aim = same(self.aim, taken[0], "intensity")
        return taken[1]

    def _hear_word(self, start: int) -> int | None:
        """Hear the intensity, the sort of workout, the roof or the sport."""
        words = words_of_dictation()
        if self.tokens[start] not in words.named:
            return None
        zone = words.intensities.take(self.tokens, start)
        style = words.styles.take(self.tokens, start)
        sport = sport_words().take(self.tokens, start)
        indoor = indoor_words().take(self.tokens, start)
        longest = _longest(zone, style, sport, indoor)
        if not longest:
            return None
        if sport is not None and sport[1] == longest:
            self.sport = one_sport(self.sport, sport[0])
        elif indoor is not None and indoor[1] == longest:
            self.indoor = self.indoor or indoor[0]
        elif style is not None and style[1] == longest:
            self.style = self.style or style[0]
            self.runs = (
                self.runs or words.run_styles.take(self.tokens, start) is not None
            )
        elif zone is not None:
            self._keep_intensity(zone[0])
        return longest

    def _keep_intensity(self, aim: Aim) -> None:
        """Keep how hard it is; of two, the easier is that around the repeats."""
        before, zones = self.aim, {"zone"}
        both = None if before is None or before == aim else {before.unit, aim.unit}
        if self.repeats and before is not None and both == zones:
            easier, self.aim = sorted((before, aim), key=lambda one: one.low)
            self.around = same(self.around, easier, "intensity")
        else:
            self.aim = same(self.aim, aim, "intensity")

    def _longest_word(self, start: int) -> int:
        """Return the place behind the longest word for how or what, or 0."""
        words = words_of_dictation()
        if self.tokens[start] not in words.named:
            return 0
        tables = words.intensities, words.styles, sport_words(), indoor_words()
        return _longest(*(table.take(self.tokens, start) for table in tables))

    def _after_of(self, place: int) -> int:
        of = words_of_dictation().of
        for _ in range(2):
            begins = place < len(self.tokens) and self.tokens[place] in of.first
            joint = of.take(self.tokens, place) if begins else None
            place = place if joint is None else joint[1]
        return place


def _within(
    whole: Extent, main: IntervalSet, marked: Sequence[IntervalSet], easy: Aim
) -> tuple[IntervalSet, ...] | None:
    """Return repeats with easy parts around them, as long as the whole workout.

    Where a recovery was said it follows each of them, and what is left is halved
    before and after; else what is left lies evenly before, between and behind them.
    None where nothing is left, or one is a time and the other a distance.
    """
    timed = whole.seconds is not None
    pieces = [piece for one in marked for piece in one.intervals]
    pieces += main.intervals * main.times
    lengths = [each.extent.seconds if timed else each.extent.metres for each in pieces]
    known = [length for length in lengths if length is not None]
    left = int(((whole.seconds if timed else whole.metres) or 0) - sum(known))
    if len(known) < len(lengths) or left <= 0 or main.times < 2:
        return None
    gaps = 2 if len(main.intervals) > 1 else main.times + 1
    gap, step = left // gaps, 60 if timed else 100
    gap -= gap % step if gap >= 2 * step else 0
    first, other = (
        Interval(Extent(seconds=n) if timed else Extent(metres=float(n)), easy)
        for n in (left - gap * (gaps - 1), gap)
    )
    begin = IntervalSet((first,))
    if len(main.intervals) > 1:
        return begin, main, IntervalSet((other,))
    return begin, IntervalSet((*main.intervals, other), main.times)


def _longest(*taken: Taken[Any]) -> int:
    """Return the place behind the longest of what was read at one place, or 0."""
    return max((one[1] for one in taken if one is not None), default=0)


def _extent_of(work: _Work, sport: str) -> Extent:
    """Return the one thing that the work can be in this sport."""
    bounds = REPEATED if work.times > 1 else ONE_PIECE
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
