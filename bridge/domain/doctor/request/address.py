"""Judge the web address: the host, ``/api/v1``, the athlete, and the words behind.

Whether an address takes the method, the parameters and the body is left to
Intervals.icu's own answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import unquote

from bridge.domain.doctor.request.characters import BLANKS, INVISIBLE, has_any
from bridge.domain.doctor.request.model import Cause, cause

HOST = "intervals.icu"
BASE = f"https://{HOST}/api/v1"
OWNER = "0"  # upstream's name for whoever owns the key
GAP = "ID"  # to be filled: an invented id would only bring the next refusal
_MOST_SEGMENTS = 12
_MOST_PARAMETERS = 60

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,15}):/{1,2}")
_HOST = re.compile(r"(?:localhost|[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})(?::\d{1,5})?")
_PREFIX = re.compile(r"api|v\d{1,2}(?:\.\d{1,2})?", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"[{<\[$:].{0,60}|(?:athlete|activity|event)?_?ids?|latest|last", re.IGNORECASE
)
_ATHLETE = re.compile(r"i\d{1,9}")
_ACTIVITY = re.compile(r"i?\d{1,20}(?:,i?\d{1,20}){0,40}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ANY_ID = re.compile(r"[A-Za-z]?\d{1,20}|[A-Za-z]{2,40}")  # 7, b12; Ride, phone
_SHAPES = {"activity": _ACTIVITY, "activities": _ACTIVITY, "wellness": _DAY}
_ME = frozenset({"me", "self", "my", "current", "@me", "~", "mine", "-", "owner"})

# Every word of upstream's addresses, so that a right one is never doubted.
_TOP = frozenset(
    {
        "athlete", "athletes", "athlete-plans", "disconnect-app", "activity",
        "pace_distances", "download-workout", "shared-event", "chats",
    }
)  # fmt: skip
_BELOW_ATHLETE = frozenset(
    {
        "chats", "download-workout",
        "profile", "connections", "athlete-summary", "training-plan", "settings",
        "sport-settings", "activities", "activities-around", "activity-tags",
        "download-fit-files", "power-curves", "hr-curves", "pace-curves",
        "activity-power-curves", "activity-hr-curves", "activity-pace-curves",
        "power-hr-curve", "mmp-model", "wellness", "wellness-bulk", "events",
        "workouts.zip", "duplicate-events", "fitness-model-events", "event-tags",
        "folders", "workouts", "workout-tags", "duplicate-workouts",
        "apply-plan-changes", "gear", "custom-item", "custom-item-indexes", "routes",
        "weather-config", "weather-forecast", "groups",
    }
)  # fmt: skip
WORDS = _TOP | _BELOW_ATHLETE | frozenset(
    {
        "apply",
        "matching-activities", "search", "search-full", "interval-search", "manual",
        "bulk", "tombstone", "messages", "intervals", "delete-intervals",
        "split-interval", "interval-stats", "best-efforts", "streams", "file",
        "fit-file", "gpx-file", "map", "segments", "time-at-hr", "weather-summary",
        "hr-load-model", "power-spike-model", "power-vs-hr", "power-curve", "hr-curve",
        "pace-curve", "gap-histogram", "hr-histogram", "pace-histogram",
        "power-histogram", "bulk-delete", "apply-plan", "mark-done", "download",
        "import-workout", "shared-with", "calc", "replace", "reminder", "image",
        "similarity", "seen", "send-message",
    }
)  # fmt: skip
_BEFORE_AN_ID = frozenset(
    {
        "athlete", "activity", "activities", "sport-settings", "settings", "wellness",
        "events", "folders", "workouts", "gear", "reminder", "custom-item", "routes",
        "similarity", "chats", "messages", "intervals", "shared-event",
    }
)  # fmt: skip
_NICKNAMES = {
    "sport_settings": "sport-settings", "sportsettings": "sport-settings",
    "zones": "sport-settings", "fitness": "wellness", "form": "wellness",
    "sleep": "wellness", "calendar": "events", "planned-workouts": "events",
    "bikes": "gear", "shoes": "gear", "gears": "gear", "user": "athlete",
    "users": "athlete", "athletes": "athlete", "summary": "athlete-summary",
    "laps": "intervals", "lap": "intervals", "splits": "intervals",
    "fit": "fit-file", "gpx": "gpx-file", "original": "file", "comments": "messages",
    "event": "events", "workout": "workouts", "stream": "streams",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Address:
    """A web address in its parts; ``segments`` are percent-decoded."""

    login: str  # "user:key" before an @, "" without
    host: str
    segments: tuple[str, ...]
    query: tuple[tuple[str, str], ...]
    causes: tuple[Cause, ...] = ()  # what is odd about scheme, host and slashes

    @property
    def is_upstream(self) -> bool:
        """Say whether the host is Intervals.icu or was meant to be."""
        return not self.host or "interval" in self.host

    @property
    def athlete_id(self) -> str | None:
        """The athlete the address names, None where it names none."""
        if "athlete" not in self.segments[:-1]:
            return None
        return self.segments[self.segments.index("athlete") + 1]


def read_address(text: str) -> Address:
    """Take ``text`` apart; what is missing is empty."""
    rest = text.strip(BLANKS)
    scheme = ""
    if match := _SCHEME.match(rest):
        scheme, rest = match[1].lower(), rest[match.end() :]
    front, mark, query = rest.partition("?")
    if not mark and "&" in front:  # "…/activities&oldest=…"
        front, _, query = front.partition("&")
    front = front.partition("#")[0]
    first, _, path = front.partition("/")
    login, at, host = first.rpartition("@")
    if not (scheme or at or _HOST.fullmatch(first)):  # a path alone
        login, host, path = "", "", front.removeprefix("/")
    segments, path_causes = _segments(path)
    return Address(
        login=unquote(login),
        host=host.lower(),
        segments=segments,
        query=_pairs(query.partition("#")[0]),
        causes=(*_check_host(scheme, host.lower()), *path_causes),
    )


def _check_host(scheme: str, host: str) -> list[Cause]:
    causes = []
    if "interval" in host and scheme != "https":
        causes.append(cause("not_https"))
    if host and (host.rpartition(":")[0] or host) != HOST:
        causes.append(cause("host_other"))
    return causes


def _segments(path: str) -> tuple[tuple[str, ...], list[Cause]]:
    pieces = path.split("/")[: _MOST_SEGMENTS * 4]
    decoded = [unquote(piece) for piece in pieces]
    clean = [piece.strip(BLANKS + INVISIBLE) for piece in decoded]
    blank = any(has_any(piece, BLANKS + INVISIBLE) for piece in decoded)
    is_odd = bool(path.strip("/")) and (blank or "" in clean)
    segments = tuple(piece for piece in clean if piece)[:_MOST_SEGMENTS]
    return segments, [cause("path_odd")] if is_odd else []


def _pairs(query: str) -> tuple[tuple[str, str], ...]:
    pairs = []
    for piece in re.split(r"[&?]", query)[:_MOST_PARAMETERS]:
        name, _, value = piece.partition("=")
        if name:
            spaced = value.replace("+", " ") if "T" not in value else value
            pairs.append((unquote(name), unquote(spaced)))
    return tuple(pairs)


def check_path(address: Address) -> tuple[list[str] | None, list[Cause]]:
    """Return the path behind ``/api/v1`` as it should be, and what was wrong.

    The path is None where nothing near enough is known.
    """
    segments, causes = _without_prefix(list(address.segments))
    if "oauth" in segments[:2]:
        return None, [cause("oauth_address")]
    if not segments:
        return None, [cause("path_missing")]
    spelt = _spelt(segments)
    meant, codes = _structured(spelt)
    if not _is_known(meant):
        return None, [*causes, cause("path_unknown")]
    wanted = "/" + "/".join(part if part in WORDS else GAP for part in meant)
    wanted = wanted.replace(f"/athlete/{GAP}", f"/athlete/{OWNER}")
    if spelt != segments:
        codes.append("path_nearest")
    causes += [cause(code, wanted=wanted) for code in codes]
    fixed, id_causes = _check_ids(meant)
    return fixed, causes + id_causes


def _without_prefix(segments: list[str]) -> tuple[list[str], list[Cause]]:
    prefix: list[str] = []
    while segments and _PREFIX.fullmatch(segments[0]):
        prefix.append(segments.pop(0))
    right = [part.lower() for part in prefix] == ["api", "v1"]
    return segments, [] if right else [cause("api_v1_missing")]


def _stem(segment: str) -> str:
    stem, _, ending = segment.rpartition(".")
    return stem if ending in ("json", "csv", "zwo", "mrc", "erg", "fit") else segment


def is_word(segment: str) -> bool:
    """Say whether ``segment`` is a word of upstream's addresses."""
    return segment in WORDS or _stem(segment) in WORDS


def _positions(segments: list[str]) -> tuple[list[str], list[str]]:
    """Return the segments, and for each the one before it."""
    return segments, ["", *segments[:-1]]


def _is_known(segments: list[str]) -> bool:
    if segments[0] == "athlete":
        starts_right = not segments[2:] or _stem(segments[2]) in _BELOW_ATHLETE
    else:
        starts_right = _stem(segments[0]) in _TOP
    pairs = zip(*_positions(segments), strict=True)
    return starts_right and all(
        is_word(segment) or before in _BEFORE_AN_ID for segment, before in pairs
    )


def _spelt(segments: list[str]) -> list[str]:
    """Return ``segments`` with each misspelt word as upstream spells it."""
    spelt: list[str] = []
    for segment in segments:
        before = spelt[-1] if spelt else ""
        spelt.append(_nearest(segment, before, is_alone=len(segments) == 1))
    return spelt


def _nearest(segment: str, before: str, *, is_alone: bool) -> str:
    if is_word(segment) and not (segment == "athletes" and not is_alone):
        return segment
    lowered = _stem(segment.lower())
    word = _NICKNAMES.get(lowered) or (lowered if lowered in WORDS else "")
    if before in _BEFORE_AN_ID:
        below = before == "athlete" and word in _BELOW_ATHLETE
        return word if below else segment  # else an id
    if word or len(segment) > 40 or any(char.isdigit() for char in segment):
        return word or segment
    near = get_close_matches(lowered, sorted(WORDS), 1, 0.75)
    return near[0] if near else segment


def _structured(segments: list[str]) -> tuple[list[str], list[str]]:
    """Return the path with ``athlete`` and ``activity`` where they belong."""
    codes: list[str] = []
    first = segments[0]
    one_of_list = first == "activities" and bool(segments[1:])
    if _stem(first) in _BELOW_ATHLETE - _TOP and not one_of_list:
        segments, codes = ["athlete", OWNER, *segments], ["athlete_missing"]
    elif not is_word(first) and _stem("".join(segments[1:2])) in _BELOW_ATHLETE:
        segments, codes = ["athlete", *segments], ["athlete_missing"]
    elif first == "athlete" and (not segments[1:] or _stem(segments[1]) in WORDS):
        segments, codes = ["athlete", OWNER, *segments[1:]], ["athlete_missing"]
    tail = segments[2:] if segments[0] == "athlete" else segments
    if tail == ["activity"]:
        return ["athlete", OWNER, "activities"], [*codes, "activity_path"]
    below_list = tail[:1] == ["activities"] and not is_word("".join(tail[1:2]))
    is_one = below_list and (len(tail) > 2 or tail == segments)
    if tail[1:] and (is_one or (tail[0] == "activity" and tail != segments)):
        return ["activity", *tail[1:]], [*codes, "activity_path"]
    return segments, codes


def _check_ids(segments: list[str]) -> tuple[list[str], list[Cause]]:
    fixed, causes = [], []
    for segment, before in zip(*_positions(segments), strict=True):
        right, code = _checked_id(segment, before)
        fixed.append(right)
        if code:
            causes.append(cause(code, given=segment.lower()))
    return fixed, causes


def _checked_id(segment: str, before: str) -> tuple[str, str]:
    """Return what to put there, and the code of what is wrong, if anything.

    An ``i`` is never added or taken away by guess: ``0`` always fits the key.
    """
    if before == "athlete":
        code = _athlete_code(segment)
        return (OWNER, code) if code else (segment, "")
    if is_word(segment):
        return segment, ""
    shape = _SHAPES.get(before, _ANY_ID)
    if _PLACEHOLDER.fullmatch(segment) or not shape.fullmatch(segment):
        return GAP, "placeholder_in_path"
    return segment, ""


def _athlete_code(given: str) -> str:
    if given == OWNER or _ATHLETE.fullmatch(given):
        return ""
    if given.isdecimal():
        return "id_without_i"
    if given.lower() in _ME:
        return "id_me"
    if _PLACEHOLDER.fullmatch(given):
        return "placeholder_in_path"
    return "id_is_key" if looks_opaque(given) else "id_not_an_id"


def is_no_id(segment: str) -> bool:
    """Say whether ``segment`` may be a key pasted into the address."""
    return looks_opaque(segment) and not _ACTIVITY.fullmatch(segment)


def is_no_athlete(given: str) -> bool:
    """Say whether what stands for an athlete is no id in any spelling."""
    return _athlete_code(given) in ("id_is_key", "id_not_an_id")


def looks_opaque(text: str) -> bool:
    """Say whether ``text`` looks like a key rather than like a word."""
    enough = len(text) >= 12 and text.isascii() and text.isalnum()
    return enough and any(c.isdigit() for c in text) and any(c.isalpha() for c in text)
