"""Say why Intervals.icu refuses new zones or thresholds of a sport with 422."""

from __future__ import annotations

import json
from typing import Any

from bridge.domain.doctor.request.model import Cause, Request, cause

_FASTEST_M_PER_S = 12  # above, it is a pace in seconds, not a speed
_REFUSALS = {  # what upstream writes in `error`
    "Invalid HR zone names": "hr_zone_names",
    "Invalid threshold pace": "threshold_pace",
}


def check_zones(request: Request, answer: str) -> list[Cause]:
    """Return why a write to sport-settings ends, or may end, in 422.

    ``answer`` is the text that may hold upstream's words. What upstream takes
    without a word, such as watts in place of percent, is not judged here.
    """
    codes = [code for words, code in _REFUSALS.items() if words in answer]
    is_update = "sport-settings" in (request.address or "") and request.body
    rows = _rows(request.body or "") if is_update else []
    for row in rows:
        zones, names = row.get("hr_zones"), row.get("hr_zone_names")
        if ("hr_zones" in row) != ("hr_zone_names" in row):
            codes.append("hr_zone_names")
        elif isinstance(zones, list) and isinstance(names, list):
            codes += ["hr_zone_names"] if len(zones) != len(names) else []
        pace = row.get("threshold_pace", 0)
        is_speed = isinstance(pace, int | float) and 0 <= pace <= _FASTEST_M_PER_S
        codes += [] if pace is None or is_speed else ["threshold_pace"]
    return [cause(code) for code in dict.fromkeys(codes)]


def _rows(body: str) -> list[dict[str, Any]]:
    try:
        payload, _ = json.JSONDecoder().raw_decode(body.strip())
    except (ValueError, RecursionError):
        return []
    rows = payload if isinstance(payload, list) else [payload]
    return [row for row in rows[:50] if isinstance(row, dict)]
