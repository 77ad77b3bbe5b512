"""The addresses Intervals.icu has: which methods, which parameters they need."""

from __future__ import annotations

import re
from dataclasses import dataclass

# A athlete id, V activity id, D day, N any other id; * may end in .csv and the like.
# Behind ? stand the parameters without which upstream answers 422.
_TABLE = """
GET,PUT                       athlete/A
GET                           athlete/A/profile
GET                           athlete/A/connections
GET                           athlete/A/athlete-summary*
GET,PUT                       athlete/A/training-plan
GET                           athlete/A/settings/N
GET                           athletes
PUT                           athlete-plans
DELETE                        disconnect-app
GET,POST,PUT                  athlete/A/sport-settings
GET,PUT,DELETE                athlete/A/sport-settings/N
PUT                           athlete/A/sport-settings/N/apply
GET                           athlete/A/sport-settings/N/matching-activities
GET                           athlete/A/sport-settings/N/pace_distances
GET                           pace_distances
GET?oldest,POST               athlete/A/activities
GET                           athlete/A/activities.csv
GET                           athlete/A/activities/N
GET?activity_id               athlete/A/activities-around
GET?q                         athlete/A/activities/search
GET?q                         athlete/A/activities/search-full
GET?minSecs+maxSecs+minIntensity+maxIntensity athlete/A/activities/interval-search
POST                          athlete/A/activities/manual
POST                          athlete/A/activities/manual/bulk
GET                           athlete/A/activity-tags
POST?ids                      athlete/A/download-fit-files
GET,PUT,DELETE                activity/V
DELETE                        activity/V/tombstone
GET,POST                      activity/V/messages
GET,PUT                       activity/V/intervals
PUT                           activity/V/intervals/N
PUT                           activity/V/delete-intervals
PUT?splitAt                   activity/V/split-interval
GET?start_index+end_index     activity/V/interval-stats
GET?stream                    activity/V/best-efforts
GET,PUT                       activity/V/streams*
GET                           activity/V/file
GET                           activity/V/fit-file
GET                           activity/V/gpx-file
GET                           activity/V/map
GET                           activity/V/segments
GET                           activity/V/time-at-hr
GET                           activity/V/weather-summary
GET                           activity/V/hr-load-model
GET                           activity/V/power-spike-model
GET                           activity/V/power-vs-hr*
GET                           activity/V/power-curve*
GET                           activity/V/power-curves*
GET                           activity/V/hr-curve*
GET                           activity/V/pace-curve*
GET                           activity/V/gap-histogram
GET                           activity/V/hr-histogram
GET                           activity/V/pace-histogram
GET                           activity/V/power-histogram
GET?type                      athlete/A/power-curves*
GET                           athlete/A/hr-curves*
GET                           athlete/A/pace-curves*
GET?oldest+newest             athlete/A/activity-power-curves*
GET?oldest+newest             athlete/A/activity-hr-curves*
GET?oldest+newest             athlete/A/activity-pace-curves*
GET?start+end                 athlete/A/power-hr-curve
GET?type                      athlete/A/mmp-model
GET,POST,PUT                  athlete/A/wellness*
GET,PUT                       athlete/A/wellness/D
PUT                           athlete/A/wellness-bulk
GET,POST,PUT?oldest+newest,DELETE?oldest+category athlete/A/events*
GET,PUT,DELETE                athlete/A/events/N
POST                          athlete/A/events/bulk
PUT                           athlete/A/events/bulk-delete
POST                          athlete/A/events/apply-plan
POST                          athlete/A/events/N/mark-done
GET                           athlete/A/events/N/download*
GET?ext+oldest+newest         athlete/A/workouts.zip
POST                          athlete/A/duplicate-events
GET                           athlete/A/fitness-model-events
GET                           athlete/A/event-tags
GET,POST                      athlete/A/folders
PUT,DELETE                    athlete/A/folders/N
POST?type                     athlete/A/folders/N/import-workout
GET,PUT                       athlete/A/folders/N/shared-with
PUT?oldest+newest             athlete/A/folders/N/workouts
GET,POST                      athlete/A/workouts
GET,PUT,DELETE                athlete/A/workouts/N
POST                          athlete/A/workouts/bulk
GET                           athlete/A/workout-tags
POST                          athlete/A/duplicate-workouts
POST                          athlete/A/download-workout*
PUT                           athlete/A/apply-plan-changes
POST                          download-workout*
GET,POST                      athlete/A/gear*
PUT,DELETE                    athlete/A/gear/N
GET                           athlete/A/gear/N/calc
POST                          athlete/A/gear/N/replace
POST                          athlete/A/gear/N/reminder
PUT?reset+snoozeDays,DELETE   athlete/A/gear/N/reminder/N
GET,POST                      athlete/A/custom-item
PUT                           athlete/A/custom-item-indexes
GET,PUT,DELETE                athlete/A/custom-item/N
POST                          athlete/A/custom-item/N/image
GET                           athlete/A/routes
GET,PUT                       athlete/A/routes/N
GET                           athlete/A/routes/N/similarity/N
GET,PUT                       athlete/A/weather-config
GET                           athlete/A/weather-forecast
GET                           athlete/A/chats
GET                           athlete/A/groups
GET                           chats/N
GET                           chats/N/messages
PUT,DELETE                    chats/N/messages/N
PUT                           chats/N/messages/N/seen
POST                          chats/send-message
GET                           shared-event/N
"""

EXTENSIONS = (".json", ".csv", ".zwo", ".mrc", ".erg", ".fit")
SLOTS = frozenset("AVDN")

_PLACEHOLDER = re.compile(r"[{<\[$:].{0,60}|(?:athlete|activity|event)?_?ids?", re.I)
_NUMBERED = re.compile(r"[A-Za-z]{0,3}\d[\w,.:+-]{0,400}")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]{1,40}")


@dataclass(frozen=True, slots=True)
class Route:
    """One upstream address: its parts, and for each method what it needs."""

    parts: tuple[str, ...]
    needs: dict[str, tuple[str, ...]]

    def fits(self, segments: list[str]) -> bool:
        """Say whether ``segments`` is an address of this kind."""
        if len(segments) != len(self.parts):
            return False
        pairs = zip(self.parts, segments, strict=True)
        return all(_part_fits(part, segment, self.parts) for part, segment in pairs)

    @property
    def words(self) -> int:
        """Count the parts that are plain words, not ids."""
        return sum(part not in SLOTS for part in self.parts)


def without_extension(segment: str) -> str:
    """Return ``segment`` without an ending such as ``.csv``."""
    for ending in EXTENSIONS:
        if segment.endswith(ending):
            return segment[: -len(ending)]
    return segment


def is_placeholder(segment: str) -> bool:
    """Say whether ``segment`` is a gap in an example that was never filled."""
    return bool(_PLACEHOLDER.fullmatch(segment))


def _part_fits(part: str, segment: str, parts: tuple[str, ...]) -> bool:
    if part not in SLOTS:
        whole = without_extension(segment) if part.endswith("*") else segment
        return whole == part.rstrip("*")
    if part == "A":
        return segment not in BELOW_ATHLETE
    if is_placeholder(segment) or _NUMBERED.fullmatch(segment):
        return True
    if part == "N":
        return _is_name(segment, parts)
    return segment.lower() in {"latest", "last", "today", "yesterday"}


def _is_name(segment: str, parts: tuple[str, ...]) -> bool:
    """Say whether ``segment`` is one of the ids that are words."""
    if "sport-settings" in parts:
        return bool(_WORD.fullmatch(segment))
    return "settings" in parts and segment in {"phone", "tablet", "desktop"}


def _read(line: str) -> Route:
    methods, path = line.split()
    needs: dict[str, tuple[str, ...]] = {}
    for method in methods.split(","):
        name, _, needed = method.partition("?")
        needs[name] = tuple(needed.split("+")) if needed else ()
    return Route(tuple(path.split("/")), needs)


ROUTES = tuple(_read(line) for line in _TABLE.strip().splitlines())
WORDS = frozenset(
    part.rstrip("*") for route in ROUTES for part in route.parts if part not in SLOTS
)
BELOW_ATHLETE = frozenset(
    route.parts[2].rstrip("*")
    for route in ROUTES
    if len(route.parts) > 2 and route.parts[0] == "athlete"
)
BELOW_ACTIVITY = frozenset(
    route.parts[2].rstrip("*")
    for route in ROUTES
    if len(route.parts) > 2 and route.parts[0] == "activity"
)


def find_route(segments: list[str]) -> Route | None:
    """Return the route of ``segments``, the one with most plain words first."""
    fitting = [route for route in ROUTES if route.fits(segments)]
    return max(fitting, key=lambda route: route.words, default=None)
