"""What may be written to a sport's zones, and what of it makes sense together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bridge.domain.flat import Scalar, number
from bridge.domain.inputs import Dimension, InputError, parse_quantity
from bridge.domain.values import Values
from bridge.domain.zones.kinds import (
    HEART_RATE,
    KINDS,
    POWER,
    ZoneKind,
    bounds_in,
    bounds_text,
    end_of,
    names_text,
    values_of,
)
from bridge.domain.zones.limit import LIMIT_FIELDS, read_limit
from bridge.domain.zones.lists import (
    HIGHEST_BPM,
    check_bounds,
    check_no_watts,
    example_of,
    paired_names,
    read_bounds,
    read_names,
)
from bridge.domain.zones.paces import check_threshold, read_pace
from bridge.domain.zones.settings import RawSportSettings
from bridge.errors import BadField, FieldsClash, NothingToWrite, OutOfBounds

Wanted = dict[str, Scalar | None]

_PLAUSIBLE: Final[Mapping[str, tuple[Dimension, int, int, str]]] = {
    "ftp_w": (Dimension.POWER, 30, 1000, "288"),
    "indoor_ftp_w": (Dimension.POWER, 30, 1000, "280"),
    "lthr_bpm": (Dimension.HEART_RATE, 60, 240, "168"),
    "max_hr_bpm": (Dimension.HEART_RATE, 80, HIGHEST_BPM, "189"),
}
ZONE_INPUTS: Final[tuple[tuple[str, str, Scalar], ...]] = (
    ("ftp_w", "threshold power in watts", 288),
    ("indoor_ftp_w", "threshold power indoors in watts", 280),
    ("lthr_bpm", "threshold heart rate", 168),
    ("max_hr_bpm", "maximum heart rate, the end of the last zone", 189),
    ("threshold_pace", "a pace for a kilometre, mile or 100 metres", "4:10/km"),
    *LIMIT_FIELDS,
    *(
        (kind.bounds, "all upper limits, the last 999 or the maximum heart rate",
         example_of(kind.bounds))
        for kind in KINDS
    ),
    *((kind.names, "a name for each zone", example_of(kind.names)) for kind in KINDS),
)  # fmt: skip
MEANT: Final[Mapping[str, str]] = {
    "ftp": "ftp_w",
    "indoor_ftp": "indoor_ftp_w",
    "lthr": "lthr_bpm",
    "max_hr": "max_hr_bpm",
    "power_zones": "power_zones_percent",
    "hr_zones": "hr_zones_bpm",
    "pace_zones": "pace_zones_percent",
    "power_zones_names": "power_zone_names",
    "hr_zones_names": "hr_zone_names",
    "pace_zones_names": "pace_zone_names",
}
COMPUTED: Final = frozenset({"id", "athlete_id", "created", "updated", "mmp_model"})


def read_zones(
    sent: Mapping[str, object], raw: RawSportSettings, *, imperial: bool = False
) -> Wanted:
    """Return the values to write, under our names; nothing that was not asked for.

    Parameters
    ----------
    sent
        Names out of :data:`ZONE_INPUTS` with what the phone sent.
    raw
        The sport's settings as they are now.
    imperial
        Whether the athlete hears miles and yards: a pace without a length has to be
        for the one that Intervals.icu shows.

    Returns
    -------
    dict
        Thresholds; limits and names as one text each. A new maximum heart rate
        brings the heart rate limits that end with it, and the other way round.

    Raises
    ------
    BadField
        Or one of its kind, for the first value that cannot be.
    NoZones
        If one limit of zones was sent that do not exist.
    NothingToWrite
        If nothing was sent.
    """
    now = values_of(raw)
    wanted = _thresholds(sent, raw, imperial=imperial)
    for kind in KINDS:
        wanted |= _whole_set(kind, sent, now | wanted)
    limit = read_limit(sent, raw, now | wanted, imperial=imperial)
    twice = next((name for name in limit if name in wanted), None)
    if twice is not None:
        raise FieldsClash(twice, name=twice, other="zone")
    wanted |= limit
    if not wanted:
        raise NothingToWrite("no zone field", example="ftp_w: 288")
    wanted |= _heart_rate_end(wanted, now)
    _check_threshold_beats(now | wanted, wanted)
    return wanted


def _thresholds(
    sent: Mapping[str, object], raw: RawSportSettings, *, imperial: bool
) -> Wanted:
    wanted: Wanted = {
        name: _whole(name, sent[name]) for name in _PLAUSIBLE if name in sent
    }
    if "threshold_pace" in sent:
        name = "threshold_pace"
        pace = read_pace(name, sent[name], raw, imperial=imperial)
        check_threshold(name, pace, raw, imperial=imperial)
        wanted["threshold_pace_m_per_s"] = round(pace.speed_m_per_s, 6)
    return wanted


def _whole(name: str, value: object) -> int:
    dimension, least, most, example = _PLAUSIBLE[name]
    try:
        found = parse_quantity(value, dimension)
    except InputError as error:
        raise BadField(f"{name}: {error}", name=name, example=example) from error
    if not least <= found <= most:
        raise OutOfBounds(name, name=name, low=str(least), high=str(most))
    return int(found)


def _whole_set(kind: ZoneKind, sent: Mapping[str, object], now: Values) -> Wanted:
    names = read_names(kind, sent[kind.names]) if kind.names in sent else []
    if kind.bounds not in sent:
        if not names:
            return {}
        paired_names(kind, bounds_in(now, kind), names, now)
        return {kind.names: names_text(names)}
    bounds = read_bounds(kind, sent[kind.bounds])
    check_bounds(kind, bounds, end_of(kind, now))
    if kind is POWER:
        check_no_watts(bounds, now)
    wanted: Wanted = {kind.bounds: bounds_text(bounds)}
    paired = names_text(paired_names(kind, bounds, names, now))
    return wanted if paired == now.get(kind.names) else wanted | {kind.names: paired}


def _heart_rate_end(wanted: Values, now: Values) -> Wanted:
    """Let the last heart rate zone and the maximum be the same.

    Upstream overwrites the maximum by the end of the last zone.
    """
    bounds = bounds_in({**now, **wanted}, HEART_RATE)
    if not bounds or not {"max_hr_bpm", HEART_RATE.bounds} & set(wanted):
        return {}
    highest = end_of(HEART_RATE, {**now, **wanted})
    if highest is None:
        return {"max_hr_bpm": int(bounds[-1])}
    if len(bounds) > 1 and bounds[-2] >= highest:
        low, high = f"{bounds[-2] + 1:g}", str(HIGHEST_BPM)
        raise OutOfBounds("max_hr_bpm", name="max_hr_bpm", low=low, high=high)
    return {HEART_RATE.bounds: bounds_text([*bounds[:-1], highest])}


def _check_threshold_beats(whole: Values, wanted: Values) -> None:
    lthr, highest = number(whole.get("lthr_bpm")), number(whole.get("max_hr_bpm"))
    if not {"lthr_bpm", "max_hr_bpm"} & set(wanted):
        return
    if lthr is not None and highest is not None and lthr >= highest:
        high = str(int(highest) - 1)
        raise OutOfBounds("lthr_bpm", name="lthr_bpm", low="60", high=high)
