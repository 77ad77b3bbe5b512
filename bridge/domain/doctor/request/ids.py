"""Judge the ids of an address: whose, and of which activity."""

from __future__ import annotations

import re

from bridge.domain.doctor.request.days import is_relative, read_day
from bridge.domain.doctor.request.keys import looks_opaque
from bridge.domain.doctor.request.model import Seen, seen
from bridge.domain.doctor.request.routes import BELOW_ATHLETE, Route, is_placeholder

OWNER = "0"  # upstream's name for whoever owns the key
GAP = "ID"  # to be filled: an invented id would only bring the next refusal

_GOOD_ATHLETE = re.compile(r"i\d{1,9}")
_DIGITS = re.compile(r"\d{1,12}")
_ACTIVITY = re.compile(r"i?\d{1,20}")
_ME = frozenset({"me", "self", "my", "current", "@me", "~", "mine", "-", "owner"})
_SHAPES = (  # of the id in small letters
    (re.compile(r"ii+\d{1,9}"), "id_doubled_i"),
    (_GOOD_ATHLETE, "id_capital_i"),
    (re.compile(r"api[-_]?key"), "id_api_key"),
)
_SAFE = re.compile(r"[A-Za-z]{0,3}\d{1,20}(?:,[A-Za-z]{0,3}\d{1,20}){0,40}")
_SPORT = re.compile(r"[A-Z][A-Za-z]{2,20}")


def check_athlete_id(given: str) -> tuple[str, list[Seen]]:
    """Return the athlete id to use instead of ``given``, and what is wrong with it.

    An ``i`` is never added or taken away by guess: ``0`` always fits the key.
    """
    if given == OWNER or _GOOD_ATHLETE.fullmatch(given):
        return given, []
    return OWNER, [_wrong_athlete_id(given)]


def _wrong_athlete_id(given: str) -> Seen:
    lowered = given.lower()
    if _DIGITS.fullmatch(given):
        return seen("id_without_i", given=given)
    if lowered in _ME:
        return seen("id_me", given=lowered)
    for pattern, code in _SHAPES:
        if pattern.fullmatch(lowered):
            return seen(code)
    if is_placeholder(given):
        return seen("placeholder_in_path")
    return seen("id_is_key" if looks_opaque(given) else "id_not_an_id")


def is_key_in_path(segment: str) -> bool:
    """Say whether ``segment`` looks like a key pasted into the address."""
    return looks_opaque(segment) and not _SAFE.fullmatch(segment)


def is_no_athlete(given: str) -> bool:
    """Say whether what stands for an athlete is no id in any spelling."""
    _, found = check_athlete_id(given)
    return bool({one.code for one in found} & {"id_is_key", "id_not_an_id"})


def check_other_ids(
    route: Route, segments: list[str], method: str
) -> tuple[list[str], list[Seen]]:
    """Return ``segments`` with ids that can be shown, and what is wrong with them."""
    fixed, found = list(segments), []
    for index, part in enumerate(route.parts):
        if part == "V":
            fixed[index], marks = _check_activity(segments, index, method)
            found += marks
        elif part == "N":
            fixed[index], marks = _check_number(segments[index], segments[index - 1])
            found += marks
        elif part == "D":
            fixed[index], marks = _check_day(segments[index])
            found += marks
    return fixed, found


def _check_activity(
    segments: list[str], index: int, method: str
) -> tuple[str, list[Seen]]:
    given = segments[index]
    if given.lower() in ("latest", "last"):
        return GAP, [seen("activity_latest")]
    if is_placeholder(given) or not _ACTIVITY.fullmatch(given):
        return GAP, [seen("placeholder_in_path")]
    if given.startswith("i"):
        return given, []
    whole = len(segments) == index + 1 and method == "GET"
    return given, [seen("strava_stub_likely" if whole else "strava_activity_id")]


def _check_day(given: str) -> tuple[str, list[Seen]]:
    day = read_day(given)
    if is_placeholder(given):
        return day.text, [seen("placeholder_in_path")]
    if not day.wrong and "T" not in day.text:
        return day.text, []
    code = "date_relative" if is_relative(given) else day.wrong or "date_with_time"
    wanted = day.text[:10]
    return wanted, [seen(code, name="the address", wanted=wanted)]


def _check_number(given: str, before: str) -> tuple[str, list[Seen]]:
    if is_placeholder(given):
        return GAP, [seen("placeholder_in_path")]
    if _SAFE.fullmatch(given):
        return given, []
    if _SPORT.fullmatch(given) and before == "sport-settings":
        return given, []
    return GAP, [seen("placeholder_in_path")]


def shows_foreign_id(segments: list[str]) -> bool:
    """Say whether the address names an athlete other than "the key's owner"."""
    below = len(segments) < 3 or segments[2].split(".")[0] in BELOW_ATHLETE
    named = len(segments) > 1 and segments[0] == "athlete" and segments[1] != OWNER
    return named and (below or len(segments) > 2)
