"""Judge the part of an address behind the question mark."""

from __future__ import annotations

from difflib import get_close_matches

from bridge.domain.doctor.request.days import (
    PLACEHOLDER_DAY,
    days_after,
    is_relative,
    read_day,
)
from bridge.domain.doctor.request.model import Seen, seen
from bridge.domain.doctor.request.routes import Route
from bridge.domain.doctor.request.vocabulary import (
    DATE_NAMES,
    NEWEST_ALIASES,
    OLDEST_ALIASES,
    QUERY_NAMES,
    SECRET_QUERY,
)

Pairs = list[tuple[str, str]]
FIRST_DAY = "2020-01-01"  # far enough back; `limit` keeps the newest
_SAMPLES = {
    "type": "Ride", "q": "long", "activity_id": "ID",
    "stream": "watts", "category": "NOTE", "ext": "zwo", "reset": "false",
    "minSecs": "60", "maxSecs": "600", "minIntensity": "80", "maxIntensity": "120",
}  # fmt: skip


def check_query(given: Pairs, route: Route, method: str) -> tuple[Pairs, list[Seen]]:
    """Return the parameters as they should be, and what is wrong with them."""
    takes_days = "oldest" in route.needs.get(method, ()) or _lists_days(route)
    pairs, found = _named(given, takes_days=takes_days)
    pairs, wrong_days = _dated(pairs)
    pairs, reversed_range = _ordered(pairs)
    pairs, missing = _completed(pairs, route, method)
    return pairs, found + wrong_days + reversed_range + missing


def _lists_days(route: Route) -> bool:
    return route.parts[2:] in (("wellness*",), ("events*",))


def _named(given: Pairs, *, takes_days: bool) -> tuple[Pairs, list[Seen]]:
    pairs: Pairs = []
    found: list[Seen] = []
    for name, value in given:
        wanted = _wanted_name(name, takes_days=takes_days)
        if wanted is None:
            continue
        if wanted != name:
            found.append(seen("parameter_name", given=name, wanted=wanted))
        pairs.append((wanted, value))
    return pairs, found


def _wanted_name(name: str, *, takes_days: bool) -> str | None:
    """Return the upstream name of a parameter, None for one to be left out."""
    if name.lower() in SECRET_QUERY:
        return None
    if takes_days and name in OLDEST_ALIASES:
        return "oldest"
    if takes_days and name in NEWEST_ALIASES:
        return "newest"
    if name in QUERY_NAMES:
        return name
    return next(iter(get_close_matches(name[:40], sorted(QUERY_NAMES), 1, 0.8)), None)


def _dated(given: Pairs) -> tuple[Pairs, list[Seen]]:
    pairs: Pairs = []
    found: list[Seen] = []
    for name, value in given:
        if name not in DATE_NAMES:
            pairs.append((name, value))
            continue
        if not value:  # an empty one counts as missing
            continue
        day = read_day(value)
        if day.wrong:
            code = "date_relative" if is_relative(value) else day.wrong
            found.append(seen(code, name=name, wanted=day.text))
        pairs.append((name, day.text))
    return pairs, found


def _ordered(pairs: Pairs) -> tuple[Pairs, list[Seen]]:
    values = dict(pairs)
    for first, last in (("oldest", "newest"), ("start", "end")):
        old, new = values.get(first, ""), values.get(last, "")
        days = read_day(old).day, read_day(new).day
        if days[0] and days[1] and days[0] > days[1]:
            swapped = {first: new, last: old}
            fixed = [(name, swapped.get(name, value)) for name, value in pairs]
            return fixed, [seen("range_reversed", first=first, last=last)]
    return pairs, []


def _completed(pairs: Pairs, route: Route, method: str) -> tuple[Pairs, list[Seen]]:
    values = dict(pairs)
    found: list[Seen] = []
    added: Pairs = []
    for name in route.needs.get(method, ()):
        if values.get(name):
            continue
        code = "oldest_missing" if name == "oldest" else "parameter_missing"
        found.append(seen(code, name=name))
        added.append((name, _sample(name, values, method)))
    pairs = [(name, value) for name, value in pairs if value or name == "q"]
    bounded = "limit" in values or "newest" in values
    if added[:1] == [("oldest", FIRST_DAY)] and not bounded and method == "GET":
        added.append(("limit", "10"))
    if _writes_zones(route, method) and "recalcHrZones" not in values:
        found.append(seen("recalc_missing"))
        added.append(("recalcHrZones", "false"))
    return added + pairs, found


def _writes_zones(route: Route, method: str) -> bool:
    settings = ("sport-settings",), ("sport-settings", "N")
    return method == "PUT" and route.parts[2:] in settings


def _sample(name: str, values: dict[str, str], method: str) -> str:
    if name not in DATE_NAMES:
        return _SAMPLES.get(name, "0")
    if method != "GET":  # no day is guessed for what writes or deletes
        return PLACEHOLDER_DAY
    oldest = read_day(values.get("oldest") or values.get("start") or FIRST_DAY).day
    newest = read_day(values.get("newest") or values.get("end") or "").day
    if name in ("newest", "end"):
        return days_after(oldest, 30) if oldest else PLACEHOLDER_DAY
    return days_after(newest, -30) if newest else FIRST_DAY
