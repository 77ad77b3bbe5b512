"""Paces: "4:10/km", "6:45 per mile", "1:45/100m", "4 min 10", "3.33 m/s"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bridge.domain.inputs.durations import after_about, take_duration
from bridge.domain.inputs.numbers import bounded, read_number, take_number
from bridge.domain.inputs.refusals import InputError, Mistake, with_example
from bridge.domain.inputs.tokens import (
    Phrases,
    Taken,
    Tokens,
    all_mean,
    token_at,
    tokenize,
)
from bridge.domain.inputs.values import only_value

Per = Literal["km", "mi", "100m", "100yd", "500m"]

PER_M: Mapping[Per, float] = {
    "km": 1000.0,
    "mi": 1609.344,
    "100m": 100.0,
    "100yd": 91.44,
    "500m": 500.0,
}
_EXAMPLES: Mapping[Per, str] = {
    "km": "4:10/km",
    "mi": "6:45/mi",
    "100m": "1:45/100m",
    "100yd": "1:35/100yd",
    "500m": "2:05/500m",
}
_MINUTE_S, _TEN, _MOST_MIN = 60, 10, 30
_SLOWEST_S_PER_KM, _FASTEST_S_PER_KM = 3600.0, 60.0
_SPEEDS_M_PER_S = (
    all_mean("m/s|mps", 1.0)
    | all_mean("km/h|kmh|kph", 1 / 3.6)
    | all_mean("mph|mi/h", 0.44704)
)
_LENGTHS: Mapping[Per, str] = {
    "km": "km|k|kilo|kilometer|kilometre|kilomètre|kilómetro|ks|kilometers|kilometres",
    "mi": "mi|mile|meile|milla|miles|mille",
    "100m": "100m|100 meters|100 metres|100 meter|hundred|hundred metres|hundred meters"
    "|hundert meter|100 mètres|100 metros|100|cent mètres|cien metros",
    "100yd": "100y|100yd|100yds|100 yards|100 yardas|hundred yards",
    "500m": "500m|500 meters|500 metres|500 meter|500",
}
_PER_WORDS = (
    *("/", "per", "a", "an", "the", "pro", "je", "au", "aux", "les", "par", "por"),
    *("cada", "min/", "min per", "auf den", "auf die", "den", "el", "le", "per one"),
    *("auf einen", "por cada", "a hundred", "per a", "der", "die", "als", "minutes a"),
)
PER = Phrases(
    {
        f"{word} {length}": per
        for per, lengths in _LENGTHS.items()
        for length in lengths.split("|")
        for word in _PER_WORDS
    }
)
_WORDS = Phrases(all_mean("pace|tempo|allure|ritmo|schnitt|uhr|min|minutes", ""))


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds for a length, as it was said."""

    seconds: float
    per: Per = "km"

    @property
    def s_per_km(self) -> float:
        """Seconds for a kilometre."""
        return self.seconds * 1000 / PER_M[self.per]

    @property
    def s_per_100m(self) -> float:
        """Seconds for 100 metres, as swimmers count."""
        return self.seconds * 100 / PER_M[self.per]

    @property
    def speed_m_per_s(self) -> float:
        """Metres a second, which is what upstream keeps for every sport."""
        return PER_M[self.per] / self.seconds


def parse_pace(value: object, *, per: Per = "km") -> Pace:
    """Return a pace; ``per`` is the length of one that names none ("4:10").

    A speed ("3.33 m/s", "14 km/h") becomes a pace over ``per``. A bare number
    and decimal minutes ("4.10/km": ten seconds, or a tenth?) are ambiguous.

    Raises
    ------
    InputError
        ``not_a_pace``, ``ambiguous`` or ``out_of_range`` (1 to 60 min/km).
    """
    example = _EXAMPLES[per]
    pace = _from_speed(value, per) or _from_words(value, per)
    bounded(pace.s_per_km, _FASTEST_S_PER_KM, _SLOWEST_S_PER_KM, example)
    return pace


def format_pace(pace: Pace) -> str:
    """Write a pace so that ``parse_pace`` reads the same to the second."""
    minutes, seconds = divmod(round(pace.seconds), 60)
    return f"{minutes}:{seconds:02d}/{pace.per}"


def _from_speed(value: object, per: Per) -> Pace | None:
    """Return the pace of a speed; None where no speed was given."""
    example = _EXAMPLES[per]
    try:
        reading = read_number(value, example)
    except InputError as error:
        if error.mistake is Mistake.NOT_A_NUMBER and isinstance(value, str):
            return None
        raise
    if reading.unit in _SPEEDS_M_PER_S:
        speed = reading.number * _SPEEDS_M_PER_S[reading.unit]
        return Pace(PER_M[per] / bounded(speed, 0.1, 100.0, example), per)
    if not reading.unit or PER.take(tokenize(reading.unit), 0) is not None:
        raise InputError(Mistake.AMBIGUOUS, example)
    return None


def take_pace(tokens: Tokens, start: int, *, per: Per | None = None) -> Taken[Pace]:
    """Read a pace at one place: "4:10 per k", "four ten a mile", "5 minutes per k".

    Without a length it is none, unless ``per`` says which.
    """
    start = after_about(tokens, start)
    time = _take_minutes(tokens, start)
    if time is None:
        return None
    seconds, place = time
    named = _WORDS.take(tokens, place)  # "4:10 min per km", "4:10 pace"
    for behind in (place,) if named is None else (named[1], place):
        length = PER.take(tokens, behind)
        if length is not None and seconds:
            return Pace(float(seconds), length[0]), length[1]
    if per is None or not seconds:
        return None
    return Pace(float(seconds), per), place if named is None else named[1]


def _take_minutes(tokens: Tokens, start: int) -> Taken[int]:
    """Read "4:10", "4 minutes 10" and, bare, "4 10", "four ten", "quatre dix"."""
    time = take_duration(tokens, start, clock="m:ss")
    if time is not None:
        return time
    minutes = take_number(tokens, start)
    seconds = None if minutes is None else take_number(tokens, minutes[1])
    if minutes is None or seconds is None or minutes[0] % 1 or seconds[0] % 1:
        return None
    if not 1 <= minutes[0] < _MOST_MIN or not _TEN <= seconds[0] < _MINUTE_S:
        return None
    return int(minutes[0] * _MINUTE_S + seconds[0]), seconds[1]


def _from_words(value: object, per: Per) -> Pace:
    refusal = InputError(Mistake.NOT_A_PACE, _EXAMPLES[per])

    def take(tokens: Tokens, start: int) -> Taken[Pace]:
        taken = take_pace(tokens, start, per=per)
        # A length that is not known stands behind the slash.
        return None if taken and token_at(tokens, taken[1]) == "/" else taken

    with with_example(_EXAMPLES[per]):
        return only_value(value, take, refusal)
