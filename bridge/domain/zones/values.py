"""What of a sport's settings can be written: under our names, and under upstream's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bridge.domain.flat import amount, number, texts_of, whole_amount
from bridge.domain.values import Value, Values
from bridge.domain.zones.settings import NO_LIMIT_PERCENT, RawSportSettings

THRESHOLDS: Mapping[str, str] = {
    "ftp_w": "ftp",
    "indoor_ftp_w": "indoor_ftp",
    "lthr_bpm": "lthr",
    "max_hr_bpm": "max_hr",
    "threshold_pace_m_per_s": "threshold_pace",
}
_MOST_ZONES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """What zones can be of: our fields of their limits and names, and upstream's."""

    name: str
    bounds: str
    names: str
    upstream_bounds: str
    upstream_names: str
    digits: int = 0  # of a limit; upstream keeps whole percents of FTP and beats

    @property
    def ends_open(self) -> bool:
        """Tell whether the last limit is 999; else it is the maximum heart rate."""
        return self is not HEART_RATE


POWER = Metric(
    name="power",
    bounds="power_zones_percent",
    names="power_zone_names",
    upstream_bounds="power_zones",
    upstream_names="power_zone_names",
)
HEART_RATE = Metric(
    name="heart_rate",
    bounds="hr_zones_bpm",
    names="hr_zone_names",
    upstream_bounds="hr_zones",
    upstream_names="hr_zone_names",
)
PACE = Metric(
    name="pace",
    bounds="pace_zones_percent",
    names="pace_zone_names",
    upstream_bounds="pace_zones",
    upstream_names="pace_zone_names",
    digits=2,
)
METRICS = (POWER, HEART_RATE, PACE)
BOUNDS: Mapping[str, Metric] = {metric.bounds: metric for metric in METRICS}
NAMES: Mapping[str, Metric] = {metric.names: metric for metric in METRICS}


def values_of(raw: RawSportSettings) -> dict[str, Value]:
    """Return all that can be written of a sport, as it is now.

    Limits are a list of numbers, names one of texts; None where there are none.
    """
    values: dict[str, Value] = {
        name: whole_amount(getattr(raw, THRESHOLDS[name]), least=1, most=5000)
        for name in ("ftp_w", "indoor_ftp_w", "lthr_bpm", "max_hr_bpm")
    }
    values["threshold_pace_m_per_s"] = amount(raw.threshold_pace, 6, least=0.01)
    for metric in METRICS:
        bounds = getattr(raw, metric.upstream_bounds)
        rows = bounds[:_MOST_ZONES] if isinstance(bounds, list) else []
        limits = [amount(row, 3, most=10_000) for row in rows]
        values[metric.bounds] = [plain(row) for row in limits if row is not None]
        values[metric.names] = texts_of(getattr(raw, metric.upstream_names))
    return {name: None if value == [] else value for name, value in values.items()}


def recalled(values: Values) -> dict[str, Value]:
    """Return values of the journal; once it had each list as one text."""
    whole = dict(values)
    for name, written in values.items():
        if isinstance(written, str) and name in BOUNDS:
            whole[name] = [plain(float(bound)) for bound in written.split(",")]
        elif isinstance(written, str) and name in NAMES:
            whole[name] = written.split("\n")
    return whole


def bounds_of(values: Values, metric: Metric) -> list[float]:
    """Return the limits among the values."""
    rows = values.get(metric.bounds)
    limits = rows if isinstance(rows, list) else []
    return [row for row in limits if isinstance(row, int | float)]


def names_of(values: Values, metric: Metric) -> list[str]:
    """Return the names among the values."""
    rows = values.get(metric.names)
    names = rows if isinstance(rows, list) else []
    return [row for row in names if isinstance(row, str)]


def end_of(metric: Metric, values: Values) -> float | None:
    """Return what the last limit has to be: 999, or the maximum heart rate."""
    if metric.ends_open:
        return float(NO_LIMIT_PERCENT)
    return number(values.get("max_hr_bpm"))


def plain(bound: float) -> float:
    """Return a limit without a decimal point where it is whole."""
    return int(bound) if bound == int(bound) else bound


def padded(names: Sequence[str], count: int) -> list[str]:
    """Return as many names as there are zones: upstream may have fewer."""
    more = [f"Zone {zone}" for zone in range(len(names) + 1, count + 1)]
    return [*names[:count], *more]


def upstream_body(values: Values, raw: RawSportSettings) -> dict[str, object]:
    """Return the body of a partial write: what was asked, and what must go with it.

    Parameters
    ----------
    values
        The fields to write, and nothing else.
    raw
        The settings as they are now, for the names and limits that have to be sent
        together.

    Returns
    -------
    dict
        Limits always with as many names. A new maximum heart rate comes with the
        heart rate limits, whose last one would overwrite it.
    """
    whole = {**values_of(raw), **values}
    body: dict[str, object] = {
        upstream: values[name]
        for name, upstream in THRESHOLDS.items()
        if name in values
    }
    for metric in METRICS:
        ends = metric is HEART_RATE and "max_hr_bpm" in values and whole[metric.bounds]
        if ends or metric.bounds in values or metric.names in values:
            body |= _pair(metric, whole)
    return body


def complete_body(values: Values, raw: RawSportSettings) -> dict[str, object]:
    """Return the same with every zone, for an upstream that takes no less."""
    whole = {**values_of(raw), **values}
    body = upstream_body(values, raw)
    for metric in METRICS:
        body |= _pair(metric, whole)
    return body


def _pair(metric: Metric, whole: Values) -> dict[str, object]:
    bounds, end = bounds_of(whole, metric), end_of(metric, whole)
    if not bounds:
        return {metric.upstream_bounds: None, metric.upstream_names: None}
    if end is not None and (len(bounds) == 1 or bounds[-2] < end):
        bounds[-1] = plain(end)
    return {
        metric.upstream_bounds: [plain(bound) for bound in bounds],
        metric.upstream_names: padded(names_of(whole, metric), len(bounds)),
    }
