"""Judge what a body says, according to where it goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bridge.domain.doctor.request.days import PLACEHOLDER_DAY
from bridge.domain.doctor.request.model import Seen, seen, unmended
from bridge.domain.doctor.request.payload_event import check_event
from bridge.domain.doctor.request.payload_other import (
    check_activity,
    check_gear,
    check_workout,
)
from bridge.domain.doctor.request.payload_wellness import check_wellness
from bridge.domain.doctor.request.payload_zones import check_sport_settings
from bridge.domain.doctor.request.routes import Route

Row = dict[str, Any]
Check = Callable[[Row, bool], tuple[Row, list[Seen]]]  # row, is it new?
MOST_ROWS = 50

_CHECKS: dict[str, Check] = {
    "athlete/A/events*": check_event,
    "athlete/A/events/N": check_event,
    "athlete/A/events/bulk": check_event,
    "athlete/A/wellness*": check_wellness,
    "athlete/A/wellness/D": check_wellness,
    "athlete/A/wellness-bulk": check_wellness,
    "athlete/A/sport-settings": check_sport_settings,
    "athlete/A/sport-settings/N": check_sport_settings,
    "athlete/A/gear*": check_gear,
    "athlete/A/gear/N": check_gear,
    "athlete/A/gear/N/replace": check_gear,
    "athlete/A/workouts": check_workout,
    "athlete/A/workouts/bulk": check_workout,
    "athlete/A/workouts/N": check_workout,
    "activity/V": check_activity,
    "athlete/A/activities/manual": check_activity,
    "athlete/A/activities/manual/bulk": check_activity,
}
_LISTS = frozenset(
    {
        "athlete/A/events/bulk", "athlete/A/wellness-bulk", "athlete/A/workouts/bulk",
        "athlete/A/activities/manual/bulk", "athlete/A/events/bulk-delete",
        "athlete-plans", "activity/V/intervals", "activity/V/delete-intervals",
    }
)  # fmt: skip
_NEED_A_DAY = frozenset({"athlete/A/wellness*", "athlete/A/wellness-bulk"})


def check_payload(payload: Any, route: Route, method: str) -> tuple[Any, list[Seen]]:
    """Return the payload as it should be, and what is wrong with it."""
    pattern = "/".join(route.parts)
    payload, found = _shaped(payload, pattern, method)
    check = _CHECKS.get(pattern)
    if check is None:
        return payload, found
    rows = payload if isinstance(payload, list) else [payload]
    fixed: list[Any] = []
    for row in rows[:MOST_ROWS]:
        if not isinstance(row, dict):
            fixed.append(row)
            continue
        mended, marks = check(row, method == "POST")
        fixed.append(mended)
        found += marks
        if pattern in _NEED_A_DAY and "id" not in mended:
            found.append(seen("wellness_day_missing"))
            mended["id"] = PLACEHOLDER_DAY
    fixed += rows[MOST_ROWS:]
    return (fixed if isinstance(payload, list) else fixed[0]), found


def _shaped(payload: Any, pattern: str, method: str) -> tuple[Any, list[Seen]]:
    """Make a list of an object, or the reverse, where upstream wants that."""
    if pattern in _LISTS:
        if isinstance(payload, dict):
            return [payload], [seen("array_expected")]
        return payload, []
    several = pattern == "athlete/A/sport-settings" and method == "PUT"
    if several or not isinstance(payload, list) or pattern not in _CHECKS:
        return payload, []
    if len(payload) == 1:
        return payload[0], [seen("object_expected")]
    return payload, [unmended("object_expected")]
