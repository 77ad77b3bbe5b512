"""Paces of a sport as they are sent: the length that is meant, and what can be."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from bridge.domain.inputs import InputError, Pace, format_pace, parse_pace
from bridge.domain.inputs.paces import PER_M, Per
from bridge.domain.sport import RUNS, SWIMS
from bridge.domain.zones.settings import RawSportSettings, sport_of
from bridge.errors import BadField, BarePace, OutOfBounds

_LENGTHS: Final[Mapping[object, Per]] = {
    "SECS_100M": "100m",
    "SECS_100Y": "100yd",
    "MINS_KM": "km",
    "MINS_MILE": "mi",
    "SECS_500M": "500m",
}
_EXAMPLES: Final[Mapping[Per, str]] = {
    "km": "4:10/km",
    "mi": "6:30/mi",
    "100m": "1:45/100m",
    "100yd": "1:35/100yd",
    "500m": "2:05/500m",
}
_RUN_S_PER_KM: Final = (140.0, 900.0)  # 2:20 to 15:00
_SWIM_S_PER_KM: Final = (450.0, 3000.0)  # 0:45 to 5:00 for 100 metres


def pace_length(raw: RawSportSettings) -> Per:
    """Return the length for which upstream shows the paces of this sport."""
    known = _LENGTHS.get(raw.pace_units) if isinstance(raw.pace_units, str) else None
    return known or ("100m" if sport_of(raw) in SWIMS else "km")


def read_pace(
    name: str, value: object, raw: RawSportSettings, *, imperial: bool
) -> Pace:
    """Return the pace that was sent.

    Parameters
    ----------
    name
        The field it stood in.
    value
        A pace or a speed.
    raw
        The sport's settings, for the length that upstream shows.
    imperial
        Whether the athlete hears miles and yards.

    Raises
    ------
    BarePace
        If it names no length, and what the athlete hears is not what upstream shows:
        then nobody knows which one is meant.
    BadField
        If it is no pace.
    """
    spoken, shown = _spoken_length(raw, imperial=imperial), pace_length(raw)
    example = _EXAMPLES[spoken]
    try:
        pace = parse_pace(value, per=shown)
        other = pace if spoken == shown else parse_pace(value, per=spoken)
    except InputError as error:
        raise BadField(f"{name}: {error}", name=name, example=example) from error
    if round(pace.s_per_km - other.s_per_km):
        raise BarePace(name, name=name, example=example)
    return pace


def check_threshold(
    name: str, pace: Pace, raw: RawSportSettings, *, imperial: bool
) -> None:
    """Refuse a threshold at which nobody runs or swims.

    Raises
    ------
    OutOfBounds
        With both ends in the length that the athlete hears.
    """
    bounds = _bounds(sport_of(raw))
    if bounds is None or bounds[0] <= round(pace.s_per_km, 3) <= bounds[1]:
        return
    per = _spoken_length(raw, imperial=imperial)
    low_s, high_s = (round(end * PER_M[per] / 1000, 6) for end in bounds)
    low, high = Pace(math.ceil(low_s), per), Pace(math.floor(high_s), per)
    words = {"low": format_pace(low), "high": format_pace(high)}
    raise OutOfBounds(name, name=name, **words)


def _spoken_length(raw: RawSportSettings, *, imperial: bool) -> Per:
    """Return the length for which this bridge says the paces of a sport."""
    if sport_of(raw) in SWIMS:
        return "100yd" if imperial else "100m"
    return "mi" if imperial else "km"


def _bounds(sport: str) -> tuple[float, float] | None:
    if sport in SWIMS:
        return _SWIM_S_PER_KM
    return _RUN_S_PER_KM if sport in RUNS else None
