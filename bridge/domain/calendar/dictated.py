"""What a dictated sentence becomes: a workout, or another entry of the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Literal

from bridge.domain.calendar.workout import StepTarget, WorkoutStep
from bridge.domain.flat import Scalar
from bridge.domain.inputs.paces import Pace, format_pace
from bridge.domain.inputs.refusals import InputError, Mistake
from bridge.domain.speech.voice import Voice
from bridge.domain.sport import ON_FOOT, RIDES, RUNS, SWIMS, sport_group
from bridge.domain.zones.settings import RawSportSettings, settings_for

Metric = Literal["power", "hr", "pace"]  # what the zones of a workout are of
Unit = Literal["zone", "w", "%", "%hr", "%lthr", "bpm", "pace"]
Assumed = Literal["easy", "today", "no_rest", "spread", "clock", "run", "ride", "day"]

_NATURAL: dict[str, Metric] = {"Ride": "power", "Run": "pace", "Swim": "pace"}
_SUFFIXES: dict[Metric, str] = {"power": "", "hr": " HR", "pace": " Pace"}
_UNITS: dict[Metric, str] = {
    "power": "power_zone",
    "hr": "hr_zone",
    "pace": "pace_zone",
}
_PERCENT: dict[Metric, tuple[str, str]] = {
    "power": ("%", "%ftp"),
    "hr": ("% LTHR", "%lthr"),
    "pace": ("% Pace", "%pace"),
}
# Sports in which an intensity says something; the others last, and that is all.
ZONED = (
    RIDES
    | RUNS
    | SWIMS
    | ON_FOOT
    | {"Rowing", "VirtualRow", "NordicSki", "RollerSki", "BackcountrySki", "VirtualSki"}
    | {"Kayaking", "Canoeing", "StandUpPaddling", "Elliptical", "InlineSkate"}
    | {"IceSkate", "StairStepper", "EMountainBikeRide", "Wheelchair"}
)


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
class Aim:
    """What to hold: a zone, or from ``low`` to ``high`` watts, percent, beats."""

    low: float
    high: float
    unit: Unit = "zone"
    pace: Pace | None = None

    @classmethod
    def in_zone(cls, zone: int) -> Aim:
        """Return the aim of one zone."""
        return cls(zone, zone)

    def text(self, target: Metric) -> str:
        """Return the aim as workout text; its percents and zones are of ``target``."""
        numbers = self._numbers()
        match self.unit:
            case "zone":
                return f"Z{numbers}{_SUFFIXES[target]}"
            case "w":
                return f"{numbers}w"
            case "%":
                return numbers + _PERCENT[target][0]
            case "%hr" | "%lthr":
                return f"{numbers}% {self.unit[1:].upper()}"
            case "pace" if self.pace is not None:
                return f"{format_pace(self.pace).replace('yd', 'y')} Pace"
        return ""

    @property
    def title(self) -> str:
        """The aim for a title: ``Z2``, ``200W``, ``4:30/km``."""
        if self.pace is not None:
            return format_pace(self.pace)
        signs = {"zone": "Z", "w": "W", "bpm": "bpm"}
        if self.unit == "zone":
            return f"Z{self._numbers()}"
        return self._numbers() + signs.get(self.unit, "%")

    def step_target(self, target: Metric) -> StepTarget | None:
        """Return the aim as a step has it, before upstream has read it."""
        if self.unit == "bpm" or self.pace is not None:
            return None
        units: dict[str, str] = {"zone": _UNITS[target], "%": _PERCENT[target][1]}
        return StepTarget(self.low, self.high, units.get(self.unit, self.unit))

    def _numbers(self) -> str:
        if self.low == self.high:
            return f"{self.low:g}"
        return f"{self.low:g}-{self.high:g}"


@dataclass(frozen=True, slots=True)
class Interval:
    """One piece at one intensity; ``label`` has no digits, which upstream misreads."""

    extent: Extent
    aim: Aim
    label: str = ""


@dataclass(frozen=True, slots=True)
class IntervalSet:
    """Intervals done once, or several times over."""

    intervals: tuple[Interval, ...]
    times: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DictatedWorkout:
    """A workout as it was dictated, ready to become an event.

    Its zones are of what is usual for the sport; see :func:`for_athlete`.
    """

    sport: str  # upstream's type
    day: date
    name: str  # needs no language: "Run 5x4min Z4"
    target: Metric
    sets: tuple[IntervalSet, ...]
    clock: time | None = None
    indoor: bool = False
    others: tuple[date, ...] = ()  # days that could have been meant instead
    choose: bool = False  # none of the days is more likely
    assumed: tuple[Assumed, ...] = ()  # what was not said; the writer reads it back
    not_used: tuple[str, ...] = ()  # words that found no part of the workout

    @property
    def description(self) -> str | None:
        """Intervals.icu workout text; None in a sport without intensities.

        Minutes are ``m`` and metres ``mtr``; ``Z2`` is a power zone, ``Z2 HR`` and
        ``Z2 Pace`` are the others; repeats stand between blank lines.
        """
        if self.sport not in ZONED:
            return None
        paragraphs = []
        for one in self.sets:
            lines = [f"{one.times}x"] if one.times > 1 else []
            for piece in one.intervals:
                parts = (piece.label, piece.extent.text, piece.aim.text(self.target))
                lines.append(f"- {' '.join(part for part in parts if part)}")
            paragraphs.append("\n".join(lines))
        return "\n\n".join(paragraphs)

    @property
    def planned_s(self) -> int | None:
        """The whole time in seconds, or None where an interval is a distance."""
        total = 0
        for one in self.sets:
            for piece in one.intervals:
                if piece.extent.seconds is None:
                    return None
                total += piece.extent.seconds * one.times
        return total

    @property
    def steps(self) -> tuple[WorkoutStep, ...]:
        """The steps as they can be said, before upstream has read them."""
        if self.sport not in ZONED:
            return ()
        steps = []
        for one in self.sets:
            inner = tuple(self._step(piece) for piece in one.intervals)
            single = one.times == 1 and len(inner) == 1
            steps.append(
                inner[0] if single else WorkoutStep(reps=one.times, steps=inner)
            )
        return tuple(steps)

    @property
    def event_values(self) -> dict[str, Scalar | None]:
        """The values of the calendar entry that it becomes."""
        start = datetime.combine(self.day, self.clock or time())
        values: dict[str, Scalar | None] = {
            "category": "WORKOUT",
            "name": self.name,
            "type": self.sport,
            "start_local": start.isoformat(),
        }
        if self.description is not None:
            values["description"] = self.description
        elif self.planned_s is not None:
            values["planned_s"] = self.planned_s
        else:
            metres = self.sets[0].intervals[0].extent.metres or 0.0
            values["planned_distance_km"] = round(metres / 1000, 3)
        return values | ({"indoor": "yes"} if self.indoor else {})

    def _step(self, piece: Interval) -> WorkoutStep:
        metres = piece.extent.metres
        target = piece.aim.step_target(self.target)
        return WorkoutStep(
            label=piece.label or None,
            duration_s=piece.extent.seconds,
            distance_m=None if metres is None else round(metres),
            targets=() if target is None else (target,),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DictatedEntry:
    """What is no workout: a rest day, a race, a note, days of illness or holiday."""

    category: str  # upstream's: NOTE, RACE_A, SICK …
    name: str | None
    day: date
    clock: time | None = None
    end_day: date | None = None  # the last day, included
    sport: str | None = None
    distance_km: float | None = None
    planned_s: int | None = None
    others: tuple[date, ...] = ()
    choose: bool = False
    assumed: tuple[Assumed, ...] = ()
    not_used: tuple[str, ...] = ()

    @property
    def event_values(self) -> dict[str, Scalar | None]:
        """The fields of the entry, as ``read_event`` takes them."""
        start = datetime.combine(self.day, self.clock or time())
        values: dict[str, Scalar | None] = {
            "category": self.category,
            "start_local": start.isoformat(),
            "name": self.name,
            "type": self.sport,
            "planned_distance_km": self.distance_km,
            "planned_s": self.planned_s,
        }
        values = {name: value for name, value in values.items() if value is not None}
        if self.end_day is not None:
            values["end_local"] = self.end_day.isoformat()
        return values


Dictated = DictatedWorkout | DictatedEntry


def natural_metric(sport: str) -> Metric:
    """Return what the zones of a sport are usually of."""
    return _NATURAL.get(sport_group(sport), "hr")


def for_athlete(
    heard: DictatedWorkout, settings: Sequence[RawSportSettings]
) -> DictatedWorkout:
    """Return the workout in zones that the athlete has, out of the sport settings.

    Zones that were never set would be understood as nothing. Where there are none
    at all, it stays as it is usual for the sport. Beats a minute become percents of
    the threshold, which is what workout text can say.

    Raises
    ------
    InputError
        ``missing``: beats were named, and the athlete has no threshold of them.
    """
    raw = settings_for(settings, heard.sport)
    if raw is not None:
        has_power = bool(raw.power_zones and raw.ftp)
        has_pace = bool(raw.pace_zones and raw.threshold_pace)
        group = sport_group(heard.sport)
        natural: Metric = "power" if group in ("Ride", "Rowing") else "pace"
        if (natural == "power" and has_power) or (natural == "pace" and has_pace):
            heard = replace(heard, target=natural)
        elif raw.hr_zones:
            heard = replace(heard, target="hr")
    lthr = raw.lthr if raw is not None and isinstance(raw.lthr, int | float) else None
    sets = tuple(
        replace(one, intervals=tuple(_in_percent(row, lthr) for row in one.intervals))
        for one in heard.sets
    )
    return replace(heard, sets=sets)


def say_assumed(plan: Dictated, voice: Voice, today: date) -> list[str]:
    """Say what the sentence left open and how it was taken, a sentence each."""
    words = {"day": voice.bare_day(plan.day, today)}
    if plan.others:
        words["other"] = voice.day(plan.others[0], today)
    if plan.clock is not None:
        words["clock"] = voice.say_time(datetime.combine(plan.day, plan.clock))
    lacking = {"day": "other", "clock": "clock"}
    return [
        voice.fill(f"assumed.{name}", words)
        for name in plan.assumed
        if lacking.get(name, "day") in words
    ]


def _in_percent(interval: Interval, lthr: float | None) -> Interval:
    aim = interval.aim
    if aim.unit != "bpm":
        return interval
    if not lthr:
        raise InputError(Mistake.MISSING, "", seen="lthr")
    low, high = (round(100 * beats / lthr) for beats in (aim.low, aim.high))
    return replace(interval, aim=Aim(low, high, "%lthr"))
