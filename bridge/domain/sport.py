"""Sports: which move on foot, swim or roll, and what they are called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from bridge.domain.flat import MOST_S, quotient, whole_amount
from bridge.domain.speech.trim import clip
from bridge.domain.speech.voice import Voice

_LONGEST_NAME = 60

# What Intervals.icu knows, as its specification lists it.
TYPES = (
    "Ride",
    "Run",
    "Swim",
    "WeightTraining",
    "Hike",
    "Walk",
    "AlpineSki",
    "BackcountrySki",
    "Badminton",
    "Canoeing",
    "Crossfit",
    "EBikeRide",
    "EMountainBikeRide",
    "Elliptical",
    "Golf",
    "GravelRide",
    "TrackRide",
    "Handcycle",
    "HighIntensityIntervalTraining",
    "Hockey",
    "IceSkate",
    "InlineSkate",
    "Kayaking",
    "Kitesurf",
    "MountainBikeRide",
    "Cyclocross",
    "NordicSki",
    "OpenWaterSwim",
    "Padel",
    "Pilates",
    "Pickleball",
    "Racquetball",
    "Rugby",
    "RockClimbing",
    "RollerSki",
    "Rowing",
    "Sail",
    "Skateboard",
    "Snowboard",
    "Snowshoe",
    "Soccer",
    "Squash",
    "StairStepper",
    "StandUpPaddling",
    "Surfing",
    "TableTennis",
    "Tennis",
    "TrailRun",
    "Transition",
    "Velomobile",
    "VirtualRide",
    "VirtualRow",
    "VirtualRun",
    "VirtualSki",
    "WaterSport",
    "Wheelchair",
    "Windsurf",
    "Workout",
    "Yoga",
    "Other",
)
RUNS = frozenset({"Run", "TrailRun", "VirtualRun"})
ON_FOOT = RUNS | {"Walk", "Hike", "Snowshoe"}
SWIMS = frozenset({"Swim", "OpenWaterSwim"})
RIDES = frozenset(
    {
        "Ride",
        "VirtualRide",
        "GravelRide",
        "TrackRide",
        "MountainBikeRide",
        "Cyclocross",
        "EBikeRide",
        "EMountainBikeRide",
        "Handcycle",
        "Velomobile",
    }
)
ROWS = frozenset({"Rowing", "VirtualRow"})
# What a common word means: "ride" is all that rolls, "swim" open water as well.
_GROUPS: Mapping[str, frozenset[str]] = {
    "Ride": RIDES,
    "Run": RUNS,
    "Swim": SWIMS,
    "Rowing": ROWS,
}
_ROUNDING = 1.1  # recorded laps have up to 5 percent more movement than time
_SLOWEST_S_PER_KM = 7200
_SLOWEST_S_PER_100M = 1800
_SLOWEST_S_PER_500M = 1800
_WORD_EDGE = re.compile(r"(?<=[a-z])(?=[A-Z])")


def sport_group(sport: str | None) -> str:
    """Return the sport that a type is counted under: VirtualRide is a Ride."""
    found = (name for name, types in _GROUPS.items() if sport in types)
    return next(found, sport or "Other")


def types_meant(sport: str) -> frozenset[str]:
    """Return the types that are meant by one of them.

    Ride, Run, Swim and Rowing are common words and mean their whole group; every
    other type means itself.
    """
    return _GROUPS.get(sport, frozenset({sport}))


def say_sport(sport: str | None, voice: Voice) -> str:
    """Name a sport; one that upstream has added since is taken apart into words."""
    key = f"sport.{sport or 'Other'}"
    if voice.knows(key):
        return voice.say(key)
    return clip(_WORD_EDGE.sub(" ", sport or ""), _LONGEST_NAME)


def say_discipline(sport: str | None, voice: Voice) -> str:
    """Name a sport as what one does: cycling, not a ride; inside a sentence."""
    key = f"discipline.{sport}"
    return voice.say(key) if voice.knows(key) else say_sport(sport, voice)


class Paces(NamedTuple):
    """How fast, in the measure of the sport; the other three are None."""

    pace_s_per_km: float | None = None
    pace_s_per_100m: float | None = None
    pace_s_per_500m: float | None = None
    speed_km_per_h: float | None = None


def paces(sport: str | None, kilometres: float | None, moving_s: float | None) -> Paces:
    """Return how fast it was, as the sport counts: rowers by 500 metres."""

    def pace(per_km: float, slowest_s: float) -> float | None:
        lengths = None if kilometres is None else kilometres * per_km
        return quotient(moving_s, lengths, 1, most=slowest_s)

    if sport in ON_FOOT:
        return Paces(pace_s_per_km=pace(1, _SLOWEST_S_PER_KM))
    if sport in SWIMS:
        return Paces(pace_s_per_100m=pace(10, _SLOWEST_S_PER_100M))
    if sport in ROWS:
        return Paces(pace_s_per_500m=pace(2, _SLOWEST_S_PER_500M))
    hours = None if moving_s is None else moving_s / 3600
    return Paces(speed_km_per_h=quotient(kilometres, hours, 1, most=1000))


def times(moving: object, elapsed: object) -> tuple[int | None, int | None]:
    """Return moving and elapsed time in seconds, believed where they can be true.

    Old uploads and stretching come with 0 seconds of movement, which means that
    nobody measured it: then the elapsed time stands for it. Nobody moves for longer
    than has passed; a few seconds more are left to upstream's rounding.
    """
    moving_s = whole_amount(moving, least=1, most=MOST_S)
    elapsed_s = whole_amount(elapsed, least=1, most=MOST_S)
    if moving_s is None or elapsed_s is None:
        return moving_s or elapsed_s, elapsed_s
    cannot_be = moving_s > elapsed_s * _ROUNDING
    return elapsed_s if cannot_be else moving_s, elapsed_s


def cadences(sport: str | None, cadence: object) -> tuple[int | None, int | None]:
    """Return turns a minute, or the steps a minute of both feet of a runner."""
    if sport in ON_FOOT:
        return None, whole_amount(cadence, 2.0, least=1, most=1000)
    return whole_amount(cadence, least=1, most=1000), None


def is_named_so(name: str, sport: str | None, voice: Voice) -> bool:
    """Tell whether a name says no more than the sport, or there is no sport."""
    words = {sport.casefold(), say_sport(sport, voice).casefold()} if sport else set()
    return sport is None or name.casefold() in words
