"""One dictated sentence becomes a planned workout; what is unclear is refused.

The grammar, in English and German; the parts come in any order, each once::

    sentence  = work intensity sport [day] [recovery] [warm-up] [cool-down]
    work      = extent | times extent         "one hour", "5 x 4 min"
    times     = number ("x" | "times" | "mal" | "sets of"), "twice", "fünfmal"
    extent    = duration | distance           "1 h 20", "400 metres", "zwei Stunden"
    intensity = one word                      "easy", "hart", "zone 3"
    recovery  = extent (easy | rest)          "2 minutes easy", "90 s Pause"
    warm-up   = extent "warm-up" | "warm-up" extent     likewise the cool-down
    day       = as in ``parse_day``, from today on

Words without content ("with", "eine", "please", a comma) are skipped; any other
word is refused by name. A recovery needs a repeated work before it. Nothing is
added that was not said: no warm-up, no rest.

A time with a colon is m:ss; for a work in one piece it might be hours or the time
of day, and is refused unless a unit follows ("1:30 h"). "m" after a number is
minutes or metres, whichever is possible: at most 4 h of repeated work or 12 h in
one piece, and at least 200 m (``_Bounds``); where both are, it is refused.

Intensities are zones: very easy 1, easy 2, moderate 3, hard 4, very hard 5.
Warm-up, cool-down and recovery are zone 1.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Literal, TypeVar

from bridge.domain.calendar.workout import StepTarget, WorkoutStep
from bridge.domain.flat import Scalar
from bridge.domain.inputs.days import take_day
from bridge.domain.inputs.durations import take_duration
from bridge.domain.inputs.numbers import take_number
from bridge.domain.inputs.quantities import MEASURES, Dimension
from bridge.domain.inputs.refusals import InputError, Mistake, with_example
from bridge.domain.inputs.sports import take_sport
from bridge.domain.inputs.texts import plain_text
from bridge.domain.inputs.tokens import (
    Phrases,
    Taken,
    Tokens,
    token_at,
    tokenize,
)
from bridge.domain.speech.phrases import LANGUAGES, words_of
from bridge.domain.zones.settings import RawSportSettings, settings_for

T = TypeVar("T")
Metric = Literal["power", "hr", "pace"]  # what the zones of a workout are of
_Part = Literal["warm_up", "cool_down", "recovery"]

EXAMPLE = "Tomorrow one hour easy run, or 5 times 4 minutes hard ride on Friday"
MOST_REPEATS = 50
_LONGEST = 200
_EASIEST_ZONE = 1
_CLOCK = re.compile("[0-9]+:[0-9]+")
_NATURAL: dict[str, Metric] = {"Ride": "power", "Run": "pace", "Swim": "pace"}
_SUFFIXES: dict[Metric, str] = {"power": "", "hr": " HR", "pace": " Pace"}
_UNITS: dict[Metric, str] = {
    "power": "power_zone",
    "hr": "hr_zone",
    "pace": "pace_zone",
}


@dataclass(frozen=True, slots=True)
class Extent:
    """A time in seconds or a distance in metres: one of the two."""

    seconds: int | None = None
    metres: float | None = None

    @property
    def text(self) -> str:
        """The extent as workout text: ``1h20m``, ``400mtr``, ``1.5km``."""
        return self._written("m", "mtr")

    @property
    def title(self) -> str:
        """The extent for a title: ``1h20min``, ``400m``."""
        return self._written("min", "m")

    def _written(self, minute: str, metre: str) -> str:
        if self.seconds is None:
            metres = self.metres or 0.0
            if metres < 1000:
                return f"{metres:.0f}{metre}"
            return f"{metres / 1000:.2f}".rstrip("0").rstrip(".") + "km"
        hours, rest = divmod(self.seconds, 3600)
        numbers = ((hours, "h"), (rest // 60, minute), (rest % 60, "s"))
        return "".join(f"{n}{unit}" for n, unit in numbers if n)


@dataclass(frozen=True, slots=True)
class Interval:
    """One piece at one intensity; ``label`` has no digits, which upstream misreads."""

    extent: Extent
    zone: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class IntervalSet:
    """Intervals done once, or several times over."""

    intervals: tuple[Interval, ...]
    times: int = 1


@dataclass(frozen=True, slots=True)
class DictatedWorkout:
    """A workout as it was dictated, ready to become an event.

    Its zones are of what is usual for the sport; see :func:`for_athlete`.
    """

    sport: str  # "Ride", "Run", "Swim", "Walk", "Hike", "Rowing"
    day: date
    name: str  # needs no language: "Run 5x4min Z4"
    target: Metric
    sets: tuple[IntervalSet, ...]

    @property
    def description(self) -> str:
        """Intervals.icu workout text.

        Minutes are ``m`` and metres ``mtr``; ``Z2`` is a power zone, ``Z2 HR`` and
        ``Z2 Pace`` are the others; repeats stand between blank lines.
        """
        suffix = _SUFFIXES[self.target]
        paragraphs = []
        for each in self.sets:
            lines = [f"{each.times}x"] if each.times > 1 else []
            for piece in each.intervals:
                label = f"{piece.label} " if piece.label else ""
                lines.append(f"- {label}{piece.extent.text} Z{piece.zone}{suffix}")
            paragraphs.append("\n".join(lines))
        return "\n\n".join(paragraphs)

    @property
    def planned_s(self) -> int | None:
        """The whole time in seconds, or None where an interval is a distance."""
        total = 0
        for each in self.sets:
            for piece in each.intervals:
                if piece.extent.seconds is None:
                    return None
                total += piece.extent.seconds * each.times
        return total

    @property
    def steps(self) -> tuple[WorkoutStep, ...]:
        """The steps as they can be said, before upstream has read them."""
        steps = []
        for each in self.sets:
            inner = tuple(self._step(piece) for piece in each.intervals)
            single = each.times == 1 and len(inner) == 1
            steps.append(
                inner[0] if single else WorkoutStep(reps=each.times, steps=inner)
            )
        return tuple(steps)

    @property
    def event_values(self) -> dict[str, Scalar | None]:
        """The values of the calendar entry that it becomes."""
        return {
            "category": "WORKOUT",
            "name": self.name,
            "type": self.sport,
            "start_local": f"{self.day.isoformat()}T00:00:00",
            "description": self.description,
        }

    def _step(self, piece: Interval) -> WorkoutStep:
        metres = piece.extent.metres
        return WorkoutStep(
            label=piece.label or None,
            duration_s=piece.extent.seconds,
            distance_m=None if metres is None else round(metres),
            targets=(StepTarget(piece.zone, piece.zone, _UNITS[self.target]),),
        )


def read_workout(
    sentence: object, today: date, *, day: date | None = None, language: str = "en"
) -> DictatedWorkout:
    """Return the workout of one dictated sentence.

    Parameters
    ----------
    sentence
        At most 200 characters, English or German.
    today
        The athlete's own day.
    day
        The day of a sentence that names none; None refuses such a sentence.
    language
        The language of the example in a refusal.

    Returns
    -------
    DictatedWorkout
        Its zones are of power on rides, of pace on runs and swims, of heart rate
        elsewhere.

    Raises
    ------
    InputError
        ``not_a_workout`` with the word not understood as ``seen``; ``missing``,
        ``ambiguous`` or ``out_of_range`` with the part: sport, work, intensity,
        day, recovery, warm_up, cool_down, repeats, duration, "m" or the time.
    """
    example = example_in(language)
    refusal = InputError(Mistake.NOT_A_WORKOUT, example)
    tokens = tokenize(plain_text(sentence, refusal, max_length=_LONGEST))
    with with_example(example):
        heard, place = _Heard(), 0
        while place < len(tokens):
            place = heard.listen(tokens, place, today)
        return heard.workout(day)


def example_in(language: str) -> str:
    """Return sentences to dictate, in a language that is understood."""
    return str(words_of(language, "dictation").get("example", EXAMPLE))


def for_athlete(
    heard: DictatedWorkout, settings: Sequence[RawSportSettings]
) -> DictatedWorkout:
    """Return the workout in zones that the athlete has, out of the sport settings.

    Zones that were never set would be understood as nothing. Where there are none
    at all, it stays as it is usual for the sport.
    """
    raw = settings_for(settings, heard.sport)
    if raw is None:
        return heard
    has_power = bool(raw.power_zones and raw.ftp)
    has_pace = bool(raw.pace_zones and raw.threshold_pace)
    natural: Metric = "power" if heard.sport in ("Ride", "Rowing") else "pace"
    if (natural == "power" and has_power) or (natural == "pace" and has_pace):
        return replace(heard, target=natural)
    return replace(heard, target="hr") if raw.hr_zones else heard


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
_MARKED: dict[_Part, _Bounds] = {
    "warm_up": _Bounds(most_s=2 * 3600, least_m=100.0, most_m=50_000.0),
    "cool_down": _Bounds(most_s=2 * 3600, least_m=100.0, most_m=50_000.0),
    "recovery": _Bounds(most_s=3600, least_m=25.0, most_m=10_000.0),
}


@dataclass(slots=True)
class _Heard:
    """What was understood of the sentence so far; each part at most once."""

    sport: str | None = None
    day: date | None = None
    intensity: int | None = None
    work: tuple[int, Extent] | None = None
    recovery: Extent | None = None
    warm_up: Extent | None = None
    cool_down: Extent | None = None

    def listen(self, tokens: Tokens, start: int, today: date) -> int:
        """Understand the part that begins at ``start``; return the place after.

        No phrase of one table begins like one of another, but for the fillers:
        what adds nothing here ("a", "on", "in") may open an extent or a day.
        """
        place = (
            self._hear_marked(tokens, start)
            or self._hear_word(tokens, start)
            or self._hear_extent(tokens, start)
            or self._hear_day(tokens, start, today)
        )
        if place is not None:
            return place
        filler = _words().fillers.take(tokens, start)
        if filler is None:
            raise InputError(Mistake.NOT_A_WORKOUT, "", seen=tokens[start][:40])
        return filler[1]

    def workout(self, day: date | None) -> DictatedWorkout:
        """Return the workout, or refuse with the first part that is missing."""
        sport = _said(self.sport, "sport")
        times, extent = _said(self.work, "work")
        zone = _said(self.intensity, "intensity")
        intervals = [Interval(extent, zone)]
        if self.recovery is not None:
            intervals.append(Interval(self.recovery, _EASIEST_ZONE, "Recovery"))
        sets = [IntervalSet(tuple(intervals), times)]
        if self.warm_up is not None:
            warm_up = Interval(self.warm_up, _EASIEST_ZONE, "Warm up")
            sets.insert(0, IntervalSet((warm_up,)))
        if self.cool_down is not None:
            cool_down = Interval(self.cool_down, _EASIEST_ZONE, "Cool down")
            sets.append(IntervalSet((cool_down,)))
        return DictatedWorkout(
            sport=sport,
            day=_said(self.day or day, "day"),
            name=f"{sport} {f'{times}x' if times > 1 else ''}{extent.title} Z{zone}",
            target=_NATURAL.get(sport, "hr"),
            sets=tuple(sets),
        )

    @property
    def _repeats(self) -> bool:
        return self.work is not None and self.work[0] > 1

    def _hear_marked(self, tokens: Tokens, start: int) -> int | None:
        """Hear "warm-up 10 minutes" or "rest of 90 s": the word comes first."""
        mark = _words().marks_before.take(tokens, start)
        if mark is None or (mark[0] == "recovery" and not self._repeats):
            return None
        place = _after_of(tokens, mark[1])
        extent = _take_extent(tokens, place, take_number(tokens, place))
        return None if extent is None else self._keep(mark[0], *extent)

    def _hear_extent(self, tokens: Tokens, start: int) -> int | None:
        """Hear an extent; the word behind it tells what it is of, else it is work."""
        number = take_number(tokens, start)
        extent = _take_extent(tokens, start, number)
        if extent is None:
            return None if self._repeats else self._hear_times(tokens, start, number)
        readings, end = extent
        mark = _words().marks_behind.take(tokens, _after_of(tokens, end))
        if mark is not None and (mark[0] != "recovery" or self._repeats):
            return self._keep(mark[0], readings, mark[1])
        if self._repeats:
            return None
        if _CLOCK.fullmatch(tokens[end - 1]):
            # "7:30" might be the time of day, or minutes and seconds.
            raise InputError(Mistake.AMBIGUOUS, "", seen=tokens[end - 1])
        self.work = _first(self.work, (1, _ONE_PIECE.only(readings)), "work")
        return end

    def _hear_times(
        self, tokens: Tokens, start: int, number: Taken[float]
    ) -> int | None:
        """Hear "5 x 4 min" or "fünfmal 1000 Meter"."""
        repeats = _take_times(tokens, start, number)
        if repeats is None:
            return None
        times, place = repeats
        if times != int(times) or not 1 <= times <= MOST_REPEATS:
            raise InputError(Mistake.OUT_OF_RANGE, "", seen="repeats")
        extent = _take_extent(tokens, place, take_number(tokens, place))
        if extent is None:
            return None
        only = _REPEATED.only(extent[0], int(times))
        self.work = _first(self.work, (int(times), only), "work")
        return extent[1]

    def _keep(self, part: _Part, readings: Sequence[Extent], end: int) -> int:
        extent = _MARKED[part].only(readings)
        setattr(self, part, _first(getattr(self, part), extent, part))
        return end

    def _hear_day(self, tokens: Tokens, start: int, today: date) -> int | None:
        day = take_day(tokens, start, today, direction="forward")
        if day is None:
            return None
        if day[0].day < today:
            raise InputError(Mistake.OUT_OF_RANGE, "", seen="day")
        self.day = _first(self.day, day[0].day, "day")
        return day[1]

    def _hear_word(self, tokens: Tokens, start: int) -> int | None:
        """Hear the intensity or the sport; the same sport may be said again."""
        zone = _words().intensities.take(tokens, start)
        if zone is not None:
            self.intensity = _first(self.intensity, zone[0], "intensity")
            return zone[1]
        sport = take_sport(tokens, start)
        if sport is None:
            return None
        if sport[0] != self.sport:
            self.sport = _first(self.sport, sport[0], "sport")
        return sport[1]


def _first(kept: T | None, heard: T, part: str) -> T:
    """Return what was heard, unless the sentence already had another."""
    if kept is not None:
        raise InputError(Mistake.AMBIGUOUS, "", seen=part)
    return heard


def _said(part: T | None, name: str) -> T:
    """Return a part of the sentence that must not be missing."""
    if part is None:
        raise InputError(Mistake.MISSING, "", seen=name)
    return part


def _after_of(tokens: Tokens, place: int) -> int:
    joint = _words().of.take(tokens, place)
    return place if joint is None else joint[1]


def _take_times(tokens: Tokens, start: int, number: Taken[float]) -> Taken[float]:
    """Read "5 x", "five times", "5 sets of", "twice" or "fünfmal"."""
    if number is not None:
        times = _words().times.take(tokens, number[1])
        return None if times is None else (number[0], times[1])
    word = token_at(tokens, start)
    for ending in _words().times_endings:
        stem = word.removesuffix(ending)
        often = None if stem == word else take_number((stem,), 0)
        if often is not None:
            return often[0], start + 1
    return _words().twice.take(tokens, start)


def _take_extent(
    tokens: Tokens, start: int, number: Taken[float]
) -> Taken[list[Extent]]:
    """Return all that an extent could mean: "400 m" is two things."""
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
    time = take_duration(tokens, start, clock="m:ss")
    return None if time is None else ([Extent(seconds=time[0])], time[1])


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of all languages in which workouts are dictated."""

    marks_before: Phrases[_Part]
    marks_behind: Phrases[_Part]
    lengths: Phrases[float]
    times: Phrases[str]
    times_endings: tuple[str, ...]
    twice: Phrases[float]
    of: Phrases[str]
    intensities: Phrases[int]
    fillers: Phrases[str]


@cache
def _words() -> _Words:
    """Read the tables ``dictation`` of the languages, once."""
    marks: dict[str, _Part] = {}
    behind: dict[str, _Part] = {}
    zones: dict[str, int] = {
        f"{word} {zone}": zone for zone in range(1, 8) for word in ("z", "zone")
    }
    lists: dict[str, list[str]] = {"times": ["x", "×", "*"], "fillers": [",", "."]}
    tables = [words_of(language, "dictation") for language in LANGUAGES]
    for table in filter(None, tables):
        for part in _MARKED:
            marks |= dict.fromkeys(table[part], part)
        behind |= dict.fromkeys(table["recovery_behind"], "recovery")
        for zone, words in table["intensities"].items():
            zones |= dict.fromkeys(words, int(zone))
        for name in ("times", "of", "fillers"):
            lists.setdefault(name, []).extend(table[name])
        for name in ("times_ending", "twice"):
            lists.setdefault(name, []).extend(table.get(name, []))
    metres = MEASURES[Dimension.DISTANCE].units
    return _Words(
        marks_before=Phrases(marks),
        marks_behind=Phrases(marks | behind),
        # "m" is minutes or metres: see _take_extent.
        lengths=Phrases({unit: metres[unit] for unit in metres if unit != "m"}),
        times=Phrases(dict.fromkeys(lists["times"], "")),
        times_endings=tuple(lists["times_ending"]),
        twice=Phrases(dict.fromkeys(lists["twice"], 2.0)),
        of=Phrases(dict.fromkeys(lists["of"], "")),
        intensities=Phrases(zones),
        fillers=Phrases(dict.fromkeys(lists["fillers"], "")),
    )
