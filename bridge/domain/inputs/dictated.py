"""The small parts of a dictated workout: how long, how often, and fillers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bridge.domain.inputs.durations import Clock, take_duration
from bridge.domain.inputs.number_words import take_number
from bridge.domain.inputs.quantities import MEASURES, Dimension
from bridge.domain.inputs.refusals import InputError, InputKind
from bridge.domain.inputs.tokens import Phrases, Taken, Tokens, all_mean, token_at

Words = Phrases[str]

MOST_REPEATS = 50
_CLOCK = re.compile("[0-9]+:[0-9]+")

_LENGTHS = Phrases(
    {
        unit: factor
        for unit, factor in MEASURES[Dimension.DISTANCE].units.items()
        if unit != "m"  # minutes or metres: see _find_amount
    }
)
_TIMES = Phrases(
    all_mean("x|×|*|times|mal|sets|sets of|reps|reps of|repeats of|intervals of", "")
    | all_mean("wiederholungen|wiederholungen von|wiederholungen à", "")
    | all_mean("intervalle|intervalle von|intervalle à", "")
)
_OF = Phrases(all_mean("of|for|von|zum|with|mit", ""))
_WARM_UP = Phrases(
    all_mean("warm up|warmup|warming up|aufwärmen|warmlaufen|warmfahren", "")
    | all_mean("einlaufen|einfahren|einrollen|einschwimmen", "")
)
_COOL_DOWN = Phrases(
    all_mean("cool down|cooldown|cooling down|abwärmen|abkühlen", "")
    | all_mean("auslaufen|ausfahren|ausrollen|ausschwimmen", "")
)
_REST_NOUNS = all_mean("rest|recovery|break|pause|erholung|trabpause|gehpause", "")
_REST_NOUN = Phrases(_REST_NOUNS)
_REST = Phrases(
    _REST_NOUNS
    | all_mean("off|between|in between|dazwischen", "")
    | all_mean("easy|light|easy jog|easy spin|easy recovery|jog recovery", "")
    | all_mean("locker|lockere|lockeres|lockerer|leicht|ruhig|traben", "")
    | all_mean("lockere Pause|locker traben|lockeres Traben|leichtes Traben", "")
)
_FILLERS = Phrases(
    all_mean("a|an|the|in|on|at|for|of|with|and|then|each|please|i|me|my|to", "")
    | all_mean("want|want to|go|do|plan|schedule|add|long|between|in between", "")
    | all_mean("workout|session|training|interval|intervals|effort|efforts", "")
    | all_mean("ein|eine|einen|einem|einer|der|die|das|den|dem|im|am|auf|für", "")
    | all_mean("mit|und|dann|je|jeweils|bitte|ich|mir|will|möchte|plane|lang", "")
    | all_mean("einheit|intervalle|gehen|fahren|dazwischen|,|.", "")
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A time in seconds or a distance in metres: one of the two."""

    seconds: int | None = None
    metres: float | None = None

    @property
    def text(self) -> str:
        """The amount as workout text: ``1h20m``, ``400mtr``, ``1.5km``."""
        return self._written("m", "mtr")

    @property
    def title(self) -> str:
        """The amount for a title: ``1h20min``, ``400m``."""
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
class Room:
    """What an amount can be at all, all repeats together."""

    most_s: int
    least_m: float
    most_m: float = 400_000.0

    def only(self, readings: list[Amount], times: int = 1) -> Amount:
        """Return the one reading that is possible."""
        possible = [amount for amount in readings if self._fits(amount, times)]
        if not possible:
            raise InputError(InputKind.OUT_OF_RANGE, "", seen="duration")
        if len(possible) > 1:
            raise InputError(InputKind.AMBIGUOUS, "", seen="m")
        return possible[0]

    def _fits(self, amount: Amount, times: int) -> bool:
        if amount.seconds is not None:
            return 0 < amount.seconds * times <= self.most_s
        return self.least_m <= (amount.metres or 0.0) * times <= self.most_m


ONE_PIECE = Room(most_s=12 * 3600, least_m=200.0)
REPEATED = Room(most_s=4 * 3600, least_m=200.0, most_m=100_000.0)
EDGE = Room(most_s=2 * 3600, least_m=100.0, most_m=50_000.0)
REST = Room(most_s=3600, least_m=25.0, most_m=10_000.0)


def take_work(tokens: Tokens, start: int) -> Taken[tuple[int, Amount]]:
    """Read "one hour", "5 x 4 min" or "fünfmal 1000 Meter"."""
    times = _take_times(tokens, start)
    if times is None:
        piece = _find_amount(tokens, start, clock="h:mm")
        if piece is not None and _CLOCK.fullmatch(tokens[piece[1] - 1]):
            # "7:30" might be the time of day, or minutes and seconds.
            raise InputError(InputKind.AMBIGUOUS, "", seen=tokens[piece[1] - 1])
        return piece and ((1, ONE_PIECE.only(piece[0])), piece[1])
    repeats, place = times
    if repeats != int(repeats) or not 1 <= repeats <= MOST_REPEATS:
        raise InputError(InputKind.OUT_OF_RANGE, "", seen="repeats")
    work, often = _find_amount(tokens, place), int(repeats)
    return work and ((often, REPEATED.only(work[0], often)), work[1])


def take_warm_up(tokens: Tokens, start: int) -> Taken[Amount]:
    """Read "10 minutes warm-up" or "warm-up 10 minutes"."""
    return _take_marked(tokens, start, _WARM_UP, _WARM_UP, EDGE)


def take_cool_down(tokens: Tokens, start: int) -> Taken[Amount]:
    """Read "10 minutes cool-down" or "Auslaufen 10 Minuten"."""
    return _take_marked(tokens, start, _COOL_DOWN, _COOL_DOWN, EDGE)


def take_rest(tokens: Tokens, start: int) -> Taken[Amount]:
    """Read "2 minutes easy" or "90 Sekunden Pause"."""
    return _take_marked(tokens, start, _REST_NOUN, _REST, REST)


def take_filler(tokens: Tokens, start: int) -> Taken[str]:
    """Read a word that adds nothing."""
    return _FILLERS.take(tokens, start)


def _take_marked(
    tokens: Tokens, start: int, before: Words, behind: Words, room: Room
) -> Taken[Amount]:
    """Read an amount with its word before or behind it."""
    mark = before.take(tokens, start)
    found = _find_amount(tokens, start if mark is None else _after_of(tokens, mark[1]))
    if found is None:
        return None
    readings, end = found
    if mark is None:
        mark = behind.take(tokens, _after_of(tokens, end))
        if mark is None:
            return None
        end = mark[1]
    return room.only(readings), end


def _after_of(tokens: Tokens, place: int) -> int:
    joint = _OF.take(tokens, place)
    return place if joint is None else joint[1]


def _take_times(tokens: Tokens, start: int) -> Taken[float]:
    """Read "5 x", "five times", "5 sets of", "twice" or "fünfmal"."""
    word = token_at(tokens, start)
    if word == "twice":
        return 2.0, start + 1
    if word.endswith("mal") and word != "mal":
        number = take_number((word.removesuffix("mal"),), 0)
        return None if number is None else (number[0], start + 1)
    number = take_number(tokens, start)
    times = None if number is None else _TIMES.take(tokens, number[1])
    return None if number is None or times is None else (number[0], times[1])


def _find_amount(
    tokens: Tokens, start: int, *, clock: Clock = "m:ss"
) -> Taken[list[Amount]]:
    """Return all that an amount could mean: "400 m" is two things."""
    number = take_number(tokens, start)
    if number is not None and token_at(tokens, number[1]) == "m":
        if not tokens[start][0].isdigit():
            return None  # "a.m." is no minute
        minutes = Amount(seconds=round(number[0] * 60))
        return [minutes, Amount(metres=number[0])], number[1] + 1
    length = None if number is None else _LENGTHS.take(tokens, number[1])
    if number is not None and length is not None:
        return [Amount(metres=number[0] * length[0])], length[1]
    time = take_duration(tokens, start, clock=clock)
    return None if time is None else ([Amount(seconds=time[0])], time[1])
