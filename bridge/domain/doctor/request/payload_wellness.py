"""Judge a wellness row that is sent."""

from __future__ import annotations

import re
from difflib import get_close_matches
from itertools import islice
from typing import Any

from bridge.domain.doctor.request.days import read_day
from bridge.domain.doctor.request.model import Seen, seen
from bridge.domain.doctor.request.vocabulary import (
    WELLNESS,
    WELLNESS_ALIASES,
    WELLNESS_COMPUTED,
)

Row = dict[str, Any]
_UNIT = re.compile(r"_(?:kg|lbs?|bpm|ms|s|percent|ml|g|mmhg)$")
_PLAIN = {name.lower(): name for name in WELLNESS}
MOST_KEYS = 80  # upstream has 46; more are a mistake of another kind
KG_PER_POUND = 0.45359237


def check_wellness(row: Row, _new: bool) -> tuple[Row, list[Seen]]:
    """Return the row as it should be, and what is wrong with it."""
    found: list[Seen] = []
    fixed: Row = {}
    for name, value in islice(row.items(), MOST_KEYS):
        if name in WELLNESS:
            fixed[name] = value
        elif name in WELLNESS_COMPUTED:
            found.append(seen("wellness_read_only", given=name))
        else:
            found.append(_unknown(name, value, fixed, row))
    return _checked_values(fixed, found)


def _unknown(name: str, value: Any, fixed: Row, row: Row) -> Seen:
    wanted = nearest_wellness_key(name)
    if wanted is None:
        return seen("wellness_key_unknown", given=name)
    if name == "feel":  # on another scale than mood: not carried over
        return seen("wellness_feel")
    if wanted not in row and wanted not in fixed:
        fixed[wanted] = _converted(name, value)
    return seen("wellness_key", given=name, wanted=wanted)


def _converted(name: str, value: Any) -> Any:
    in_pounds = re.search(r"(?:_|\b)(?:lbs?|pounds)$", name.lower()[:60])
    if in_pounds and isinstance(value, int | float) and 0 < value < 10_000:
        return round(value * KG_PER_POUND, 1)
    return value


def nearest_wellness_key(name: str) -> str | None:
    """Return the upstream key that ``name`` most likely means."""
    lowered = name.lower().strip()[:60]
    for candidate in (lowered, _UNIT.sub("", lowered)):
        plain = re.sub(r"[^a-z0-9]", "", candidate)
        known = _PLAIN.get(plain) or WELLNESS_ALIASES.get(plain)
        if known:
            return known
    plain = re.sub(r"[^a-z0-9]", "", lowered)
    near = get_close_matches(plain, sorted(_PLAIN), 1, 0.7)
    return _PLAIN[near[0]] if near else None


def _checked_values(row: Row, found: list[Seen]) -> tuple[Row, list[Seen]]:
    fixed = dict(row)
    sleep = row.get("sleepSecs")
    if isinstance(sleep, int | float) and 0 < sleep <= 24 and sleep is not True:
        found.append(seen("sleep_in_hours"))
        fixed["sleepSecs"] = round(sleep * 3600)
    if isinstance(row.get("id"), str):
        day = read_day(row["id"])
        if day.wrong or "T" in day.text:
            code = day.wrong or "date_with_time"
            found.append(seen(code, name="id", wanted=day.text[:10]))
            fixed["id"] = day.text[:10]
    return fixed, found
