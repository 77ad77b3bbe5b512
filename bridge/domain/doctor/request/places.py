"""Find the address that was meant, and say how the given one differs."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import get_close_matches

from bridge.domain.doctor.request import routes
from bridge.domain.doctor.request.model import Seen, seen
from bridge.domain.doctor.request.routes import Route, find_route, is_placeholder

MOST_ROUNDS = 4

_PLURALS = {
    "event": "events", "wellnesses": "wellness", "athletes": "athlete",
    "workout": "workouts", "interval": "intervals", "stream": "streams",
    "folder": "folders", "chat": "chats", "message": "messages", "gears": "gear",
    "sport-setting": "sport-settings", "route": "routes", "profiles": "profile",
    "power-histograms": "power-histogram", "activitys": "activities",
}  # fmt: skip
_NICKNAMES = {
    "sport_settings": "sport-settings", "sportsettings": "sport-settings",
    "sportSettings": "sport-settings", "zones": "sport-settings",
    "fitness": "wellness", "form": "wellness", "sleep": "wellness",
    "calendar": "events", "planned-workouts": "events", "bikes": "gear",
    "shoes": "gear", "user": "athlete", "users": "athlete",
    "summary": "athlete-summary",
    "athlete_summary": "athlete-summary", "fit": "fit-file", "gpx": "gpx-file",
    "original": "file", "download": "file", "comments": "messages",
}  # fmt: skip
_NUMBER = re.compile(r"[A-Za-z]{0,3}\d[\d,.-]{0,400}")
_LAPS = frozenset({"laps", "laps.csv", "laps.json", "lap", "splits", "icu_intervals"})
Strategy = Callable[[list[str]], tuple[list[str], str] | None]


def find_place(segments: list[str]) -> tuple[Route | None, list[str], list[Seen]]:
    """Return the route that was meant, its segments, and what had to be changed."""
    route = find_route(segments)
    given = list(segments)
    codes: list[str] = []
    for _ in range(MOST_ROUNDS):
        if route is not None:
            break
        if (step := _first_step(segments)) is None:
            return None, given, [seen("path_unknown")]
        segments, code = step
        codes.append(code)
        route = find_route(segments)
    if route is None:
        return None, given, [seen("path_unknown")]
    wanted = _shown(route)
    return route, segments, [seen(code, wanted=wanted) for code in codes]


def _shown(route: Route) -> str:
    names = {"A": "0", "V": "ID", "D": "2026-01-31", "N": "ID"}
    return "/" + "/".join(names.get(part, part.rstrip("*")) for part in route.parts)


def _first_step(segments: list[str]) -> tuple[list[str], str] | None:
    steps = (strategy(segments) for strategy in _STRATEGIES)
    return next((step for step in steps if step and step[0] != segments), None)


def _lower_case(segments: list[str]) -> tuple[list[str], str] | None:
    lowered = [
        part.lower() if part.lower() in routes.WORDS or part.lower() in _LAPS else part
        for part in segments
    ]
    return lowered, "path_case"


def _laps(segments: list[str]) -> tuple[list[str], str] | None:
    if not segments or segments[-1] not in _LAPS:
        return None
    numbers = [part for part in segments[:-1] if _is_id(part)]
    in_activity = any(part in ("activity", "activities") for part in segments)
    if not numbers or not in_activity:
        return None
    return ["activity", numbers[-1], "intervals"], "laps_endpoint"


def _one_activity(segments: list[str]) -> tuple[list[str], str] | None:
    """Make /activity/1 of /activities/1 and of /athlete/0/activity/1."""
    tail, code = segments, "activities_for_one"
    if len(segments) > 2 and segments[0] == "athlete":
        tail, code = segments[2:], "activity_under_athlete"
    if len(tail) < 2 or tail[0] not in ("activity", "activities"):
        return None
    if not (_is_id(tail[1]) or tail[1] in ("latest", "last")):
        return None
    return ["activity", *tail[1:]], code


def _activity_list(segments: list[str]) -> tuple[list[str], str] | None:
    if segments[-1:] != ["activity"] or len(segments) > 3:
        return None
    return [*segments[:-1], "activities"], "activity_for_list"


def _athlete_part(segments: list[str]) -> tuple[list[str], str] | None:
    """Make /athlete/0/wellness of /wellness and of /i123/wellness."""
    if not segments or segments[0] == "athlete":
        return None
    below = routes.BELOW_ATHLETE
    if _below(segments[0], below):
        return ["athlete", "0", *segments], "athlete_part_missing"
    if len(segments) > 1 and _below(segments[1], below) and _is_id(segments[0]):
        return ["athlete", *segments], "athlete_part_missing"
    return None


def _athlete_id_missing(segments: list[str]) -> tuple[list[str], str] | None:
    has_athlete = len(segments) > 1 and segments[0] == "athlete"
    if has_athlete and _below(segments[1], routes.BELOW_ATHLETE):
        return ["athlete", "0", *segments[1:]], "athlete_id_missing"
    return (["athlete", "0"], "athlete_id_missing") if segments == ["athlete"] else None


def _plural(segments: list[str]) -> tuple[list[str], str] | None:
    if segments[:1] == ["athletes"] and len(segments) == 1:
        return None
    return [_PLURALS.get(part, part) for part in segments], "path_singular_plural"


def _nickname(segments: list[str]) -> tuple[list[str], str] | None:
    return [_NICKNAMES.get(part, part) for part in segments], "path_nearest"


def _nearest(segments: list[str]) -> tuple[list[str], str] | None:
    return [_nearest_word(part) for part in segments], "path_nearest"


def _nearest_word(part: str) -> str:
    stem = routes.without_extension(part)
    if _is_id(part) or stem in routes.WORDS or len(part) > 40:
        return part
    return next(iter(get_close_matches(part, sorted(routes.WORDS), 1, 0.75)), part)


def _below(part: str, names: frozenset[str]) -> bool:
    known = _PLURALS.get(part, _NICKNAMES.get(part, part))
    return routes.without_extension(known) in names or known in names


def _is_id(part: str) -> bool:
    return is_placeholder(part) or bool(_NUMBER.fullmatch(part))


_STRATEGIES: tuple[Strategy, ...] = (
    _lower_case,
    _laps,
    _one_activity,
    _activity_list,
    _athlete_id_missing,
    _athlete_part,
    _plural,
    _nickname,
    _nearest,
)
