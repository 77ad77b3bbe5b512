"""Judge gear, library workouts and activities that are sent."""

from __future__ import annotations

from typing import Any

from bridge.domain.doctor.request.days import read_day
from bridge.domain.doctor.request.model import Seen, seen, unmended
from bridge.domain.doctor.request.payload_event import check_sport

Row = dict[str, Any]
LONGEST_NAME = 80
_GEAR = {"SHOE": "Shoes", "SHOES": "Shoes", "BIKE": "Bike", "WETSUIT": "Wetsuit"}


def check_gear(row: Row, _new: bool) -> tuple[Row, list[Seen]]:
    """Return the gear as it should be, and what is wrong with it."""
    if "gear_type" not in row:
        return row, []
    given = row["gear_type"]
    kind = _GEAR.get(str(given).upper(), given)
    fixed = {"type": kind} | {k: v for k, v in row.items() if k != "gear_type"}
    return fixed, [seen("gear_type")]


def check_workout(row: Row, new: bool) -> tuple[Row, list[Seen]]:
    """Return the library workout as it should be, and what is wrong with it."""
    found: list[Seen] = []
    fixed = dict(row)
    if "type" not in row and (new or "sport" in row):
        found.append(seen("workout_type_missing"))
        fixed["type"] = fixed.pop("sport", "Ride")
    if new and "folder_id" not in row:
        found.append(unmended("folder_missing"))
    if isinstance(row.get("name"), str) and len(row["name"]) > LONGEST_NAME:
        found.append(seen("name_too_long"))
        fixed["name"] = row["name"][:LONGEST_NAME]
    fixed, marks = check_sport(fixed)
    return fixed, found + marks


def check_activity(row: Row, new: bool) -> tuple[Row, list[Seen]]:
    """Return the activity as it should be, and what is wrong with it."""
    fixed, found = check_sport(row)
    if not new and any(value is None for value in row.values()):
        found.append(seen("null_clears_nothing"))
    if row.get("start_date_local") is not None:
        day = read_day(str(row["start_date_local"]))
        if day.wrong:
            found.append(seen(day.wrong, name="start_date_local", wanted=day.text))
            fixed = fixed | {"start_date_local": day.text}
    return fixed, found
