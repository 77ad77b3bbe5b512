"""Judge sport settings that are sent, above all their zones."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from bridge.domain.doctor.request.model import Seen, seen, unmended

Row = dict[str, Any]
NO_LIMIT = 999  # upstream's "no upper bound" of power and pace zones
HIGHEST_PERCENT = 220  # a bound above is watts; the widest real zones end at 200
LOWEST_FTP_W, HIGHEST_W = 20, 3000
LOWEST_MAX_HR_BPM = 120
FASTEST_M_PER_S = 12  # above, it is a pace in seconds, not a speed


def check_sport_settings(row: Row, _new: bool) -> tuple[Row, list[Seen]]:
    """Return the settings as they should be, and what is wrong with them."""
    found: list[Seen] = []
    for step in _STEPS:
        row, marks = step(row)
        found += marks
    return row, found


def _bounds(row: Row, name: str) -> list[float]:
    value = row.get(name)
    if not isinstance(value, list) or len(value) > 100:
        return []
    return [v for v in value if isinstance(v, int | float) and not isinstance(v, bool)]


def _watts(row: Row) -> tuple[Row, list[Seen]]:
    bounds = _bounds(row, "power_zones")
    real = [bound for bound in bounds if bound != NO_LIMIT]
    if not real or max(real) <= HIGHEST_PERCENT:
        return row, []
    ftp = _watts_or_none(row.get("ftp"))
    if ftp is None or max(real) > HIGHEST_W:
        return row, [unmended("zones_in_watts")]
    percent: list[float] = [round(bound / ftp * 100) for bound in real]
    return row | {"power_zones": [*percent, NO_LIMIT][: len(bounds)]}, [
        seen("zones_in_watts")
    ]


def _watts_or_none(value: Any) -> float | None:
    sane = isinstance(value, int | float) and LOWEST_FTP_W <= value <= HIGHEST_W
    return float(value) if sane else None


def _last_bound(row: Row) -> tuple[Row, list[Seen]]:
    found: list[Seen] = []
    fixed = dict(row)
    for name in ("power_zones", "pace_zones"):
        bounds = _bounds(row, name)
        if not bounds or bounds[-1] == NO_LIMIT:
            continue
        found.append(seen("zones_last_not_999", name=name))
        names = row.get(name.replace("zones", "zone_names"))
        spare = isinstance(names, list) and len(names) == len(bounds) + 1
        fixed[name] = [*(bounds if spare else bounds[:-1]), NO_LIMIT]
    return fixed, found


def _ascending(row: Row) -> tuple[Row, list[Seen]]:
    found = []
    for name in ("power_zones", "hr_zones", "pace_zones"):
        bounds = _bounds(row, name)
        if any(upper <= lower for lower, upper in pairwise(bounds)):
            found.append(unmended("zones_not_ascending", name=name))
    return row, found


def _heart_rate(row: Row) -> tuple[Row, list[Seen]]:
    bounds = _bounds(row, "hr_zones")
    if not bounds:
        return row, []
    if bounds[-1] == NO_LIMIT:
        return _last_heart_rate(row, bounds)
    if bounds[-1] <= LOWEST_MAX_HR_BPM:
        return row, [unmended("hr_zones_in_percent")]
    max_hr = row.get("max_hr")
    if max_hr is not None and max_hr != bounds[-1]:
        return row | {"max_hr": bounds[-1]}, [seen("max_hr_overwritten")]
    return row, []


def _last_heart_rate(row: Row, bounds: list[float]) -> tuple[Row, list[Seen]]:
    max_hr = row.get("max_hr")
    if isinstance(max_hr, int) and max_hr < NO_LIMIT:
        fixed = row | {"hr_zones": [*bounds[:-1], max_hr]}
        return fixed, [seen("hr_zones_last_999")]
    return row, [unmended("hr_zones_last_999")]


def _names(row: Row) -> tuple[Row, list[Seen]]:
    zones, names = row.get("hr_zones"), row.get("hr_zone_names")
    if isinstance(zones, list) and isinstance(names, list):
        counts = {"zones": str(len(zones)), "names": str(len(names))}
        different = len(zones) != len(names)
        return row, [unmended("hr_zone_lengths", **counts)] if different else []
    if isinstance(zones, list) or isinstance(names, list):
        return row, [seen("hr_zones_alone")]
    return row, []


def _threshold_pace(row: Row) -> tuple[Row, list[Seen]]:
    pace = row.get("threshold_pace")
    if pace is None:
        return row, []
    if isinstance(pace, int | float) and 0 <= pace <= FASTEST_M_PER_S:
        return row, []
    return row, [unmended("threshold_pace_unit")]


_STEPS: tuple[Callable[[Row], tuple[Row, list[Seen]]], ...] = (
    _watts,
    _last_bound,
    _ascending,
    _heart_rate,
    _names,
    _threshold_pace,
)
