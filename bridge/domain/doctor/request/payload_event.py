"""Judge a calendar event that is sent."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from bridge.domain.doctor.request.days import PLACEHOLDER_DAY, read_day
from bridge.domain.doctor.request.model import Seen, seen
from bridge.domain.doctor.request.vocabulary import (
    CATEGORIES,
    CATEGORY_ALIASES,
    EVENT_ALIASES,
    SPORTS,
)

Row = dict[str, Any]
MIDNIGHT = "T00:00:00"
_WITH_SPORT = frozenset({"WORKOUT", "RACE_A", "RACE_B", "RACE_C"})


def check_event(row: Row, new: bool) -> tuple[Row, list[Seen]]:
    """Return the event as it should be, and what is wrong with it."""
    row, found = _named(row)
    for step in (_category, _days, _sport):
        row, marks = step(row)
        found += marks
    if new:
        row, marks = _completed(row)
        found += marks
    return row, found


def _named(row: Row) -> tuple[Row, list[Seen]]:
    found: list[Seen] = []
    fixed: Row = {}
    for name, value in row.items():
        wanted = EVENT_ALIASES.get(name, name)
        if wanted != name and wanted not in row:
            found.append(seen("event_key", given=name, wanted=wanted))
            fixed[wanted] = value
        else:
            fixed[name] = value
    return fixed, found


def _category(row: Row) -> tuple[Row, list[Seen]]:
    given = row.get("category")
    if given is None or given in CATEGORIES:
        return row, []
    upper = str(given).strip().upper().replace(" ", "_").replace("-", "_")[:40]
    if upper in CATEGORIES:
        return row | {"category": upper}, [seen("category_case", wanted=upper)]
    near = get_close_matches(upper, CATEGORIES, 1, 0.6)
    wanted = CATEGORY_ALIASES.get(upper) or next(iter(near), "NOTE")
    return row | {"category": wanted}, [seen("category_unknown", wanted=wanted)]


def _days(row: Row) -> tuple[Row, list[Seen]]:
    found: list[Seen] = []
    fixed = dict(row)
    for name in ("start_date_local", "end_date_local"):
        if row.get(name) is None:
            continue
        day = read_day(str(row[name]))
        if day.wrong:
            found.append(seen(day.wrong, name=name, wanted=day.text))
        if "T" not in day.text:
            found.append(seen("event_date_without_time", name=name))
        fixed[name] = day.text if "T" in day.text else day.text + MIDNIGHT
    return fixed, found


def _sport(row: Row) -> tuple[Row, list[Seen]]:
    return check_sport(row)


def check_sport(row: Row) -> tuple[Row, list[Seen]]:
    """Return ``row`` with its sport in upstream's spelling."""
    given = row.get("type")
    if not isinstance(given, str) or given in SPORTS:
        return row, []
    plain = {sport.lower(): sport for sport in SPORTS}
    wanted = plain.get(given.replace(" ", "").replace("_", "").lower()[:40])
    wanted = wanted or _SPORT_NAMES.get(given.lower()[:40])
    if wanted is None:
        return row, []
    return row | {"type": wanted}, [seen("sport_spelling", wanted=wanted)]


_SPORT_NAMES = {
    "running": "Run", "cycling": "Ride", "bike": "Ride", "biking": "Ride",
    "swimming": "Swim", "walking": "Walk", "hiking": "Hike",
    "strength": "WeightTraining",
    "weights": "WeightTraining", "gym": "WeightTraining", "mtb": "MountainBikeRide",
    "gravel": "GravelRide", "indoor": "VirtualRide", "treadmill": "VirtualRun",
}  # fmt: skip


def _completed(row: Row) -> tuple[Row, list[Seen]]:
    found: list[Seen] = []
    added: Row = {}
    if "category" not in row:
        added["category"] = "WORKOUT" if "type" in row else "NOTE"
        found.append(seen("category_missing", wanted=added["category"]))
    category = row.get("category", added.get("category"))
    if "start_date_local" not in row:
        added["start_date_local"] = PLACEHOLDER_DAY + MIDNIGHT
        found.append(seen("event_start_missing"))
    if category == "NOTE" and not row.get("name"):
        added["name"] = "Note"
        found.append(seen("event_name_missing"))
    if category in _WITH_SPORT and not row.get("type"):
        added["type"] = "Ride"
        found.append(seen("event_sport_missing"))
    return row | added, found
