"""The values of a sport's settings under our names, and the body that writes them.

A list is kept as one text: limits joined by commas, names by line breaks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bridge.domain.flat import Scalar, amount, whole_amount
from bridge.domain.values import Values, scalar
from bridge.domain.zones.settings import NO_LIMIT_PERCENT, RawSportSettings, texts_of

THRESHOLDS: Mapping[str, str] = {
    "ftp_w": "ftp",
    "indoor_ftp_w": "indoor_ftp",
    "lthr_bpm": "lthr",
    "max_hr_bpm": "max_hr",
    "threshold_pace_m_per_s": "threshold_pace",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneKind:
    """One kind of zones: our names of its limits and names, and upstream's."""

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


POWER = ZoneKind(
    name="power",
    bounds="power_zones_percent",
    names="power_zone_names",
    upstream_bounds="power_zones",
    upstream_names="power_zone_names",
)
HEART_RATE = ZoneKind(
    name="heart_rate",
    bounds="hr_zones_bpm",
    names="hr_zone_names",
    upstream_bounds="hr_zones",
    upstream_names="hr_zone_names",
)
PACE = ZoneKind(
    name="pace",
    bounds="pace_zones_percent",
    names="pace_zone_names",
    upstream_bounds="pace_zones",
    upstream_names="pace_zone_names",
    digits=2,
)
KINDS = (POWER, HEART_RATE, PACE)


def values_of(raw: RawSportSettings) -> dict[str, Scalar | None]:
    """Return all that can be written of a sport, as it is now."""
    values: dict[str, Scalar | None] = {
        name: whole_amount(getattr(raw, THRESHOLDS[name]), least=1, most=5000)
        for name in ("ftp_w", "indoor_ftp_w", "lthr_bpm", "max_hr_bpm")
    }
    values["threshold_pace_m_per_s"] = amount(raw.threshold_pace, 6, least=0.01)
    for kind in KINDS:
        values[kind.bounds] = bounds_text(_bounds(getattr(raw, kind.upstream_bounds)))
        values[kind.names] = names_text(texts_of(getattr(raw, kind.upstream_names)))
    return values


def bounds_text(bounds: Sequence[float]) -> str | None:
    """Return limits as one text: ``55, 75, 999``."""
    return ", ".join(f"{bound:g}" for bound in bounds) or None


def bounds_in(values: Values, kind: ZoneKind) -> list[float]:
    """Return the limits that a text of ours holds."""
    written = values.get(kind.bounds)
    return [float(bound) for bound in str(written).split(",")] if written else []


def names_text(names: Sequence[str]) -> str | None:
    """Return names as one text, a line for each."""
    return "\n".join(names) or None


def names_in(values: Values, kind: ZoneKind) -> list[str]:
    """Return the names that a text of ours holds."""
    written = values.get(kind.names)
    return str(written).split("\n") if written else []


def end_of(kind: ZoneKind, values: Values) -> float | None:
    """Return what the last limit has to be: 999, or the maximum heart rate."""
    if kind.ends_open:
        return float(NO_LIMIT_PERCENT)
    highest = scalar(values.get("max_hr_bpm"))
    return None if highest is None else float(highest)


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
    body: dict[str, object] = {
        upstream: values[name]
        for name, upstream in THRESHOLDS.items()
        if name in values
    }
    whole = values_of(raw) | dict(values)
    for kind in KINDS:
        asked = {kind.bounds, kind.names} & set(values)
        if asked or (_is_ended_by(kind, values) and bounds_in(whole, kind)):
            body |= _pair(kind, whole)
    return body


def complete_body(values: Values, raw: RawSportSettings) -> dict[str, object]:
    """Return the same with every zone, for an upstream that takes no less."""
    whole = values_of(raw) | dict(values)
    return upstream_body(values, raw) | {
        key: value for kind in KINDS for key, value in _pair(kind, whole).items()
    }


def padded(names: Sequence[str], count: int) -> list[str]:
    """Return as many names as there are zones: upstream may have fewer."""
    more = [f"Zone {number}" for number in range(len(names) + 1, count + 1)]
    return [*names[:count], *more]


def _is_ended_by(kind: ZoneKind, values: Values) -> bool:
    return kind is HEART_RATE and "max_hr_bpm" in values


def _pair(kind: ZoneKind, whole: Values) -> dict[str, object]:
    bounds = bounds_in(whole, kind)
    end = end_of(kind, whole)
    if not bounds:
        return {kind.upstream_bounds: None, kind.upstream_names: None}
    if end is not None and (len(bounds) == 1 or bounds[-2] < end):
        bounds[-1] = end
    return {
        kind.upstream_bounds: [_plain(bound) for bound in bounds],
        kind.upstream_names: padded(names_in(whole, kind), len(bounds)),
    }


def _plain(bound: float) -> float:
    return int(bound) if bound.is_integer() else bound


def _bounds(values: object) -> list[float]:
    rows = values if isinstance(values, list) else []
    found = (amount(row, 3, most=10_000) for row in rows[:20])
    return [bound for bound in found if bound is not None]
