"""One dictated sentence becomes a planned workout; what is unclear is refused.

The grammar, in English and German; the parts come in any order, each once::

    sentence  = work intensity sport [day] [recovery] [warm-up] [cool-down]
    work      = amount | times amount         "one hour", "5 x 4 min"
    times     = number ("x" | "times" | "mal" | "sets of"), "twice", "fünfmal"
    amount    = duration | distance           "1 h 20", "400 metres", "zwei Stunden"
    intensity = one word                      "easy", "hart", "zone 3"
    recovery  = amount (easy | rest)          "2 minutes easy", "90 s Pause"
    warm-up   = amount "warm-up" | "warm-up" amount     likewise the cool-down
    day       = as in ``parse_day``, from today on

Words without content ("with", "eine", "please", a comma) are skipped; any other
word is refused by name. A recovery needs a repeated work before it. Nothing is
added that was not said: no warm-up, no rest.

A time with a colon is m:ss; for a work in one piece it might be hours or the time
of day, and is refused unless a unit follows ("1:30 h"). "m" after a number is
minutes or metres, whichever is possible: at most 4 h of repeated work or 12 h in
one piece, and at least 200 m (``dictated.Room``); where both are, it is refused.

Intensities are zones: very easy 1, easy 2, moderate 3, hard 4, very hard 5.
Warm-up, cool-down and recovery are zone 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar

from bridge.domain.inputs.days import take_day
from bridge.domain.inputs.dictated import (
    Amount,
    take_cool_down,
    take_filler,
    take_rest,
    take_warm_up,
    take_work,
)
from bridge.domain.inputs.refusals import InputError, InputKind, with_example
from bridge.domain.inputs.sports import INTENSITIES, SPORTS
from bridge.domain.inputs.texts import plain_text
from bridge.domain.inputs.tokens import Tokens, tokenize

T = TypeVar("T")
Target = Literal["power", "hr", "pace"]

EXAMPLES = {
    "en": "Tomorrow one hour easy run, or 5 times 4 minutes hard ride on Friday",
    "de": "Morgen eine Stunde locker laufen, oder 5 mal 4 Minuten hart Rad am Freitag",
}
_LONGEST = 200
_EASIEST_ZONE = 1
_TARGETS: dict[str, Target] = {"Ride": "power", "Run": "pace", "Swim": "pace"}
_SUFFIXES: dict[Target, str] = {"power": "", "hr": " HR", "pace": " Pace"}


@dataclass(frozen=True, slots=True)
class Step:
    """One piece at one intensity; ``label`` has no digits, which upstream misreads."""

    amount: Amount
    zone: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Steps done once, or several times over."""

    steps: tuple[Step, ...]
    times: int = 1


@dataclass(frozen=True, slots=True)
class DictatedWorkout:
    """A workout as it was dictated, ready to become an event."""

    sport: str  # "Ride", "Run", "Swim", "Walk", "Hike", "Rowing"
    day: date
    name: str  # needs no language: "Run 5x4min Z4"
    target: Target
    blocks: tuple[Block, ...]

    @property
    def description(self) -> str:
        """Intervals.icu workout text.

        Minutes are ``m`` and metres ``mtr``; ``Z2`` is a power zone, ``Z2 HR`` and
        ``Z2 Pace`` are the others; repeats stand between blank lines.
        """
        return "\n\n".join(self._written(block) for block in self.blocks)

    @property
    def planned_s(self) -> int | None:
        """The whole time in seconds, or None where a step is a distance."""
        total = 0
        for block in self.blocks:
            for step in block.steps:
                if step.amount.seconds is None:
                    return None
                total += step.amount.seconds * block.times
        return total

    def _written(self, block: Block) -> str:
        suffix = _SUFFIXES[self.target]
        lines = [f"{block.times}x"] if block.times > 1 else []
        for step in block.steps:
            label = f"{step.label} " if step.label else ""
            lines.append(f"- {label}{step.amount.text} Z{step.zone}{suffix}")
        return "\n".join(lines)


def read_workout(
    sentence: object,
    today: date,
    *,
    day: date | None = None,
    target: Target | None = None,
    language: str = "en",
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
    target
        What the zones are of; None for power on rides, pace on runs and swims,
        heart rate elsewhere. An athlete without pace zones wants "hr".
    language
        The language of the example in a refusal.

    Raises
    ------
    InputError
        ``not_a_workout`` with the word not understood as ``seen``; ``missing``,
        ``ambiguous`` or ``out_of_range`` with the part: sport, work, intensity,
        day, recovery, warm_up, cool_down, repeats, duration, "m" or the time.
    """
    example = EXAMPLES.get(language, EXAMPLES["en"])
    refusal = InputError(InputKind.NOT_A_WORKOUT, example)
    tokens = tokenize(plain_text(sentence, refusal, max_length=_LONGEST))
    with with_example(example):
        heard, place = _Heard(), 0
        while place < len(tokens):
            place = heard.listen(tokens, place, today)
        return heard.workout(day, target)


@dataclass(slots=True)
class _Heard:
    """What was understood of the sentence so far; each part at most once."""

    sport: str | None = None
    day: date | None = None
    intensity: int | None = None
    work: tuple[int, Amount] | None = None
    recovery: Amount | None = None
    warm_up: Amount | None = None
    cool_down: Amount | None = None

    def listen(self, tokens: Tokens, place: int, today: date) -> int:
        """Understand the part that begins at ``place``; return the place after."""
        after = (
            self._hear_amount(tokens, place)
            or self._hear_day(tokens, place, today)
            or self._hear_word(tokens, place)
        )
        if after is not None:
            return after
        skipped = take_filler(tokens, place)
        if skipped is None:
            raise InputError(InputKind.NOT_A_WORKOUT, "", seen=tokens[place][:40])
        return skipped[1]

    def workout(self, day: date | None, target: Target | None) -> DictatedWorkout:
        """Return the workout, or refuse with the first part that is missing."""
        sport = _said(self.sport, "sport")
        times, amount = _said(self.work, "work")
        zone = _said(self.intensity, "intensity")
        return DictatedWorkout(
            sport=sport,
            day=_said(self.day or day, "day"),
            name=f"{sport} {f'{times}x' if times > 1 else ''}{amount.title} Z{zone}",
            target=target or _TARGETS.get(sport, "hr"),
            blocks=self._blocks(times, Step(amount, zone)),
        )

    def _hear_amount(self, tokens: Tokens, start: int) -> int | None:
        """Hear warm-up, cool-down, recovery or work, told apart by their words."""
        warm_up = take_warm_up(tokens, start)
        if warm_up is not None:
            self.warm_up = _first(self.warm_up, warm_up[0], "warm_up")
            return warm_up[1]
        cool_down = take_cool_down(tokens, start)
        if cool_down is not None:
            self.cool_down = _first(self.cool_down, cool_down[0], "cool_down")
            return cool_down[1]
        if self.work is not None and self.work[0] > 1:
            return self._hear_recovery(tokens, start)
        work = take_work(tokens, start)
        if work is None:
            return None
        self.work = _first(self.work, work[0], "work")
        return work[1]

    def _hear_recovery(self, tokens: Tokens, start: int) -> int | None:
        rest = take_rest(tokens, start)
        if rest is None:
            return None
        self.recovery = _first(self.recovery, rest[0], "recovery")
        return rest[1]

    def _hear_day(self, tokens: Tokens, start: int, today: date) -> int | None:
        day = take_day(tokens, start, today, direction="forward")
        if day is None:
            return None
        if day[0] < today:
            raise InputError(InputKind.OUT_OF_RANGE, "", seen="day")
        self.day = _first(self.day, day[0], "day")
        return day[1]

    def _hear_word(self, tokens: Tokens, start: int) -> int | None:
        """Hear the intensity or the sport; the same sport may be said again."""
        zone = INTENSITIES.take(tokens, start)
        if zone is not None:
            self.intensity = _first(self.intensity, zone[0], "intensity")
            return zone[1]
        sport = SPORTS.take(tokens, start)
        if sport is None:
            return None
        if sport[0] != self.sport:
            self.sport = _first(self.sport, sport[0], "sport")
        return sport[1]

    def _blocks(self, times: int, work: Step) -> tuple[Block, ...]:
        steps = [work]
        if self.recovery is not None:
            steps.append(Step(self.recovery, _EASIEST_ZONE, "Recovery"))
        blocks = [Block(tuple(steps), times)]
        if self.warm_up is not None:
            warm_up = Step(self.warm_up, _EASIEST_ZONE, "Warm up")
            blocks.insert(0, Block((warm_up,)))
        if self.cool_down is not None:
            cool_down = Step(self.cool_down, _EASIEST_ZONE, "Cool down")
            blocks.append(Block((cool_down,)))
        return tuple(blocks)


def _first(kept: T | None, heard: T, part: str) -> T:
    """Return what was heard, unless the sentence already had another."""
    if kept is not None:
        raise InputError(InputKind.AMBIGUOUS, "", seen=part)
    return heard


def _said(part: T | None, name: str) -> T:
    """Return a part of the sentence that must not be missing."""
    if part is None:
        raise InputError(InputKind.MISSING, "", seen=name)
    return part
