"""Sports: which move on foot, swim or roll, and what they are called."""

from __future__ import annotations

import re

from bridge.domain.flat import quotient, whole_amount
from bridge.domain.speech.voice import Voice

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
_SLOWEST_S_PER_KM = 7200
_SLOWEST_S_PER_100M = 1800
_WORD_EDGE = re.compile(r"(?<=[a-z])(?=[A-Z])")


def sport_group(sport: str | None) -> str:
    """Return the sport that a type is counted under: VirtualRide is a Ride."""
    if sport in RIDES:
        return "Ride"
    if sport in RUNS:
        return "Run"
    return "Swim" if sport in SWIMS else sport or "Other"


def say_sport(sport: str | None, voice: Voice) -> str:
    """Name a sport; one that upstream has added since is taken apart into words."""
    key = f"sport.{sport or 'Other'}"
    if voice.knows(key):
        return voice.say(key)
    return _WORD_EDGE.sub(" ", sport or "")


def paces(
    sport: str | None, kilometres: float | None, moving_s: float | None
) -> tuple[float | None, float | None, float | None]:
    """Return seconds per kilometre, seconds per 100 m, km/h: the sport's one only."""
    if sport in ON_FOOT:
        pace = quotient(moving_s, kilometres, 1, most=_SLOWEST_S_PER_KM)
        return pace, None, None
    if sport in SWIMS:
        hundreds = None if kilometres is None else kilometres * 10
        pace = quotient(moving_s, hundreds, 1, most=_SLOWEST_S_PER_100M)
        return None, pace, None
    hours = None if moving_s is None else moving_s / 3600
    return None, None, quotient(kilometres, hours, 1, most=1000)


def cadences(sport: str | None, cadence: object) -> tuple[int | None, int | None]:
    """Return turns a minute, or the steps a minute of both feet of a runner."""
    if sport in ON_FOOT:
        return None, whole_amount(cadence, 2.0, least=1, most=1000)
    return whole_amount(cadence, least=1, most=1000), None


def is_named_so(name: str, sport: str | None, voice: Voice) -> bool:
    """Tell whether a name says no more than the sport, or there is no sport."""
    words = {sport.casefold(), say_sport(sport, voice).casefold()} if sport else set()
    return sport is None or name.casefold() in words
