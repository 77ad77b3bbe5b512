"""What the app Health Auto Export sends: its metrics become samples of ours.

``{"data": {"metrics": [{"name", "units", "data": [{"qty", "date"}]}]}}``; of sleep a
row is a night (aggregated) or a stage. See the app's own page of its JSON format.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bridge.domain.flat import number, text
from bridge.domain.health.samples import MOST_EXPORTED, local_day
from bridge.domain.inputs.written import read_written
from bridge.errors import BadField

EXAMPLE = '{"metrics": [{"name": "step_count", "units": "count", "data": []}]}'
_MOST_NAMED = 20
# Its metrics, and the samples of ours that they are.
METRICS: Mapping[str, str] = {
    "sleep_analysis": "sleep",
    "step_count": "steps",
    "resting_heart_rate": "resting_hr",
    "heart_rate_variability": "hrv",
    "weight_body_mass": "weight",
    "body_fat_percentage": "body_fat",
    "blood_oxygen_saturation": "spo2",
    "respiratory_rate": "respiration",
    "vo2_max": "vo2max",
}
_HOUR_S = {"hr": 3600, "h": 3600, "hour": 3600, "hours": 3600, "min": 60, "s": 1}
_COUNTS = frozenset({"", "count", "counts", "step", "steps"})
_AWAKE_AFTER = timedelta(minutes=1)  # of a night that says only how long one lay awake

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """Lines of samples by our names; what is whole; metrics that we do not know.

    A night that the app added up, and a day of steps, is whole: nothing of it was cut
    where the app stopped looking.
    """

    samples: Mapping[str, tuple[str, ...]]
    whole: frozenset[str]
    unknown: tuple[str, ...]


def read_export(data: object, zone: ZoneInfo) -> Exported:
    """Read the value of ``data``.

    Parameters
    ----------
    data
        An object with a list of ``metrics``; what else the app can send is left.
    zone
        The athlete's time zone, for the days of steps.

    Returns
    -------
    Exported
        A row that is none becomes a line that is no sample either, so that it is
        counted and named with the others.

    Raises
    ------
    BadField
        If it is no such object, or holds rows beyond counting.
    """
    metrics = data.get("metrics") if isinstance(data, Mapping) else None
    if not isinstance(metrics, list):
        raise BadField("data: no metrics", name="data", example=EXAMPLE)
    samples: dict[str, list[str]] = {}
    steps, seen = dict[date, float](), set[tuple[str, ...]]()
    unknown: list[str] = []
    whole = {"steps"}
    for metric, unit, rows in _metrics(metrics):
        name = METRICS.get(metric)
        if name is None:
            unknown.append(metric)
        elif name == "steps":
            samples.setdefault(name, []).extend(_add_up(rows, unit, zone, steps, seen))
        elif name == "sleep":
            nights = [row for row in rows if "value" not in row]
            stages = [row for row in rows if "value" in row]
            whole |= set() if stages else {name}
            lines = samples.setdefault(name, [])
            lines += [_stage(row) for row in stages]
            lines += [line for row in nights for line in _night(row, unit)]
        else:
            samples.setdefault(name, []).extend(_line(row, unit) for row in rows)
    if steps:
        samples["steps"] += [
            f"{day}T00:00;{day}T00:00;{steps[day]:.0f}" for day in steps
        ]
    if sum(map(len, samples.values())) > MOST_EXPORTED:
        raise BadField("data: too many rows", name="data", example=EXAMPLE)
    named = tuple(dict.fromkeys(unknown))[:_MOST_NAMED]
    read = {name: tuple(samples[name]) for name in samples}
    return Exported(samples=read, whole=frozenset(whole), unknown=named)


def _metrics(metrics: list[object]) -> Iterator[tuple[str, str, list[Row]]]:
    for metric in metrics:
        if not isinstance(metric, Mapping):
            raise BadField("data: no metric", name="data", example=EXAMPLE)
        name, rows = text(metric.get("name"), 60), metric.get("data") or []
        if name is None or not isinstance(rows, list) or len(rows) > MOST_EXPORTED:
            raise BadField("data: no metric", name="data", example=EXAMPLE)
        unit = text(metric.get("units"), 20) or ""
        yield name, unit, [row if isinstance(row, Mapping) else {} for row in rows]


def _word(value: object) -> str:
    """Return a value as one word of a line; nothing that parts a line."""
    shown = f"{value}" if isinstance(value, str | int | float) else "?"
    return " ".join(shown.replace(";", " ").split())[:40] or "?"


def _line(row: Row, unit: str) -> str:
    at = _word(row.get("date"))
    value = row.get("qty", row.get("Avg"))
    return f"{at};{at};{_word(value)} {unit}".strip()


def _stage(row: Row) -> str:
    """Return one stage of a night."""
    parts = (row.get("startDate"), row.get("endDate"), row.get("value"))
    return ";".join(map(_word, parts))


def _night(row: Row, unit: str) -> list[str]:
    """Return a night that the app added up: asleep, and awake for the rest of it."""
    asleep_s = _asleep_s(row, unit)
    start, end = _instant(row.get("sleepStart")), _instant(row.get("sleepEnd"))
    if asleep_s is None or end is None:
        return [_line(row, unit)]
    if start is None or (end - start).total_seconds() <= asleep_s:
        start = end - timedelta(seconds=asleep_s)
    lines = [f"{start.isoformat()};{end.isoformat()};Asleep"]
    awake = end - start - timedelta(seconds=asleep_s)
    if awake:
        after = start + min(_AWAKE_AFTER, timedelta(seconds=asleep_s))
        lines.append(f"{after.isoformat()};{(after + awake).isoformat()};Awake")
    return lines


def _asleep_s(row: Row, unit: str) -> int | None:
    """Return how long one slept: in all, else the stages together."""
    factor = _HOUR_S.get(unit.casefold(), 3600)
    whole = number(row.get("totalSleep"))
    parts = [number(row.get(name)) for name in ("asleep", "core", "deep", "rem")]
    slept = whole or sum(part for part in parts if part is not None)
    return round(slept * factor) if 0 < slept * factor <= 86_400 else None


def _add_up(
    rows: list[Row],
    unit: str,
    zone: ZoneInfo,
    steps: dict[date, float],
    seen: set[tuple[str, ...]],
) -> list[str]:
    """Add steps of minutes, hours or days to their days; return what are none."""
    odd = []
    for row in rows:
        same = _word(row.get("date")), _word(row.get("qty")), _word(row.get("source"))
        if same in seen:  # the app sends a row again now and then
            continue
        seen.add(same)
        at, count = _instant(row.get("date")), number(row.get("qty"))
        if at is None or count is None or count < 0 or unit.casefold() not in _COUNTS:
            odd.append(_line(row, unit))
            continue
        day = local_day(at if at.tzinfo else at.replace(tzinfo=zone), zone)
        steps[day] = steps.get(day, 0.0) + count
    return odd


def _instant(value: object) -> datetime | None:
    written = read_written(value) if isinstance(value, str) else None
    return None if written is None or written.clock is None else written.moment
