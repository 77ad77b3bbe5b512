"""One limit of one zone, in percent, watts or beats or as a pace; and paces alone."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from bridge.domain.flat import Scalar, number
from bridge.domain.inputs import (
    Dimension,
    InputError,
    Pace,
    format_pace,
    parse_number,
    parse_pace,
    parse_quantity,
    refused,
)
from bridge.domain.inputs.paces import PER_M, Per
from bridge.domain.sport import RUNS, SWIMS
from bridge.domain.values import Value, Values
from bridge.domain.zones.settings import RawSportSettings, sport_of
from bridge.domain.zones.values import HEART_RATE, PACE, POWER, Metric, bounds_of, plain
from bridge.errors import (
    BadField,
    BarePace,
    FieldsClash,
    MissingField,
    NoZones,
    OutOfBounds,
    WattsAsPercent,
)

MOST_PERCENT_OF_FTP = 250
HIGHEST_BPM = 250
_ZONE = re.compile(r"\s*(?:z|zone)?\s*([0-9]{1,2})(?:[.,]0)?\s*", re.IGNORECASE)
_METRIC_WORDS: Final[Mapping[str, Metric]] = {
    **dict.fromkeys(("power", "watts", "w", "leistung", "watt"), POWER),
    **dict.fromkeys(("heart_rate", "heart rate", "hr", "bpm"), HEART_RATE),
    **dict.fromkeys(("heart", "puls", "herzfrequenz"), HEART_RATE),
    **dict.fromkeys(("pace", "speed", "tempo"), PACE),
}
_TARGETS: Final[Mapping[str, Metric | None]] = {
    "to_percent": None,
    "to_w": POWER,
    "to_bpm": HEART_RATE,
    "to_pace": PACE,
}
LIMIT_FIELDS: Final[tuple[tuple[str, str, Scalar], ...]] = (
    ("zone", "the number of one zone, with one of the four that follow", 2),
    ("to_percent", "its upper limit in percent of the threshold", 78),
    ("to_w", "its upper limit in watts", 225),
    ("to_bpm", "its upper limit in beats a minute", 150),
    ("to_pace", "its fast limit as a pace", "4:40/km"),
    ("metric", "power, heart_rate or pace, where percent could be either", "power"),
)
_EXAMPLES: Final = {name: str(example) for name, _, example in LIMIT_FIELDS}
_PACE_STEP: Final = 0.1  # a pace is kept to a tenth of a percent
_SLOWEST_S_PER_KM: Final = 3600.0
_LENGTHS: Final[Mapping[object, Per]] = {
    "SECS_100M": "100m",
    "SECS_100Y": "100yd",
    "MINS_KM": "km",
    "MINS_MILE": "mi",
    "SECS_500M": "500m",
}
_PACE_EXAMPLES: Final[Mapping[Per, str]] = {
    "km": "4:10/km",
    "mi": "6:30/mi",
    "100m": "1:45/100m",
    "100yd": "1:35/100yd",
    "500m": "2:05/500m",
}
_RUN_S_PER_KM: Final = (140.0, 900.0)  # 2:20 to 15:00
_SWIM_S_PER_KM: Final = (450.0, 3000.0)  # 0:45 to 5:00 for 100 metres


@dataclass(frozen=True, slots=True, kw_only=True)
class _Limit:
    """Reads a limit into the metric's own unit, percent or beats, and shows one."""

    target: str
    metric: Metric
    raw: RawSportSettings
    now: Values
    imperial: bool

    def read(self, value: object) -> float:
        """Return the limit that was sent."""
        try:
            match self.target:
                case "to_w":
                    watts = parse_quantity(value, Dimension.POWER)
                    return round(watts / self._known("ftp_w") * 100)
                case "to_bpm":
                    return round(parse_quantity(value, Dimension.HEART_RATE))
                case "to_pace":
                    pace = read_pace("to_pace", value, self.raw, imperial=self.imperial)
                    threshold = self._known("threshold_pace_m_per_s")
                    return round(pace.speed_m_per_s / threshold * 100, 1)
            return self._read_percent(value)
        except InputError as error:
            raise refused(self.target, error, _EXAMPLES[self.target]) from error

    def show_least(self, low: float) -> str:
        """Return the least that is taken after a limit, in the unit that was sent."""
        if self.target == "to_pace":
            return self._show_pace(low + _PACE_STEP, math.floor)
        step = 10.0**-self.metric.digits
        return f"{self._shown(low + step, math.ceil):g}"

    def show_most(self, high: float) -> str:
        """Return the most that is taken before a limit, in the unit that was sent."""
        if self.target == "to_pace":
            return self._show_pace(high - _PACE_STEP, math.ceil)
        step = 10.0**-self.metric.digits
        return f"{self._shown(high - step, math.floor):g}"

    def _shown(self, bound: float, whole: Callable[[float], int]) -> float:
        if self.target == "to_w":
            return whole(round(bound * self._known("ftp_w") / 100, 6))
        if self.target == "to_percent" and self.metric is HEART_RATE:
            return whole(round(bound / self._known("lthr_bpm") * 100, 6))
        return bound

    def _show_pace(self, percent: float, whole: Callable[[float], int]) -> str:
        length = pace_length(self.raw)
        speed = percent * self._known("threshold_pace_m_per_s") / 100
        seconds = min(PER_M[length] / speed, _SLOWEST_S_PER_KM * PER_M[length] / 1000)
        return format_pace(Pace(whole(seconds), length))

    def _read_percent(self, value: object) -> float:
        units = ("%", "percent", "prozent")
        percent = parse_number(value, units=units, least=1, most=9999)
        if self.metric is HEART_RATE:
            return round(percent * self._known("lthr_bpm") / 100)
        if self.metric is POWER and percent > MOST_PERCENT_OF_FTP:
            shown = f"{percent:g}"
            raise WattsAsPercent("to_percent", name="to_percent", value=shown)
        if round(percent, self.metric.digits) != percent:
            raise _bad("to_percent", "too many decimals")
        return percent

    def _known(self, name: str) -> float:
        known = number(self.now.get(name))
        if known is not None:
            return known
        field, example = {
            "ftp_w": ("ftp_w", "288"),
            "lthr_bpm": ("lthr_bpm", "168"),
        }.get(name, ("threshold_pace", "4:10/km"))
        raise MissingField(name, name=field, example=example)


def read_limit(
    sent: Mapping[str, object],
    raw: RawSportSettings,
    now: Values,
    *,
    imperial: bool = False,
) -> dict[str, Value]:
    """Return all limits of the metric, with one of them changed; {} if none was sent.

    Parameters
    ----------
    sent
        Names out of :data:`LIMIT_FIELDS`, and others.
    raw
        For the sport.
    now
        The values as they are, thresholds that were sent included: a limit in watts
        is one of the new FTP.
    imperial
        Whether the athlete hears miles and yards.

    Raises
    ------
    BadField, NoZones
        If it is not clear which limit is meant, or it would not lie between its
        neighbours.
    """
    if not set(_EXAMPLES) & set(sent):
        return {}
    target = _target(sent)
    metric = _metric_meant(sent, target, now)
    bounds = bounds_of(now, metric)
    if not bounds:
        raise NoZones(metric.bounds, sport=sport_of(raw), name=metric.bounds)
    zone = _zone(sent, len(bounds), metric)
    limit = _Limit(target=target, metric=metric, raw=raw, now=now, imperial=imperial)
    value = limit.read(sent[target])
    if zone == len(bounds):  # of heart rate: its end is the maximum
        return _maximum(sent, value)
    low, high = bounds[zone - 2] if zone > 1 else 0.0, bounds[zone]
    if not low < value < high:
        words = {"low": limit.show_least(low), "high": limit.show_most(high)}
        raise OutOfBounds(f"{target} {value:g}", name=target, **words)
    bounds[zone - 1] = plain(value)
    return {metric.bounds: bounds}


def zone_sent(sent: Mapping[str, object]) -> int | None:
    """Return the number of the zone whose limit was sent and read before."""
    match = _ZONE.fullmatch(str(sent["zone"])) if "zone" in sent else None
    return None if match is None else int(match[1])


def _target(sent: Mapping[str, object]) -> str:
    targets = [name for name in _TARGETS if name in sent]
    if not targets:
        raise MissingField("to_percent", name="to_percent", example="78")
    if len(targets) > 1:
        raise FieldsClash(targets[0], name=targets[0], other=targets[1])
    if "zone" not in sent:
        raise MissingField("zone", name="zone", example=_EXAMPLES["zone"])
    return targets[0]


def _metric_meant(sent: Mapping[str, object], target: str, now: Values) -> Metric:
    meant, said = _TARGETS[target], _metric_named(sent.get("metric"))
    if meant and said and meant is not said:
        raise FieldsClash("metric", name="metric", other=target)
    metric = meant or said
    if metric is not None:
        return metric
    in_percent = [metric for metric in (POWER, PACE) if bounds_of(now, metric)]
    if len(in_percent) > 1:
        raise MissingField("metric", name="metric", example="power or pace")
    return in_percent[0] if in_percent else HEART_RATE


def _metric_named(value: object) -> Metric | None:
    if value is None:
        return None
    word = value.strip().casefold() if isinstance(value, str) else ""
    if word not in _METRIC_WORDS:
        example = "power, heart_rate or pace"
        raise BadField("metric", name="metric", example=example)
    return _METRIC_WORDS[word]


def _zone(sent: Mapping[str, object], count: int, metric: Metric) -> int:
    value = sent["zone"]
    is_number = isinstance(value, int | float | str) and not isinstance(value, bool)
    match = _ZONE.fullmatch(str(value)) if is_number else None
    if match is None:
        raise _bad("zone", "no number")
    zone, last = int(match[1]), count - 1 if metric.ends_open else count
    if not 1 <= zone <= last:
        raise OutOfBounds("zone", name="zone", low="1", high=str(last))
    return zone


def _maximum(sent: Mapping[str, object], value: float) -> dict[str, Value]:
    if "max_hr_bpm" in sent:
        raise FieldsClash("max_hr_bpm", name="max_hr_bpm", other="zone")
    if value > HIGHEST_BPM:
        words = {"low": "80", "high": str(HIGHEST_BPM)}
        raise OutOfBounds("to_bpm", name="to_bpm", **words)
    return {"max_hr_bpm": int(value)}


def _bad(name: str, why: str) -> BadField:
    return BadField(f"{name}: {why}", name=name, example=_EXAMPLES[name])


def pace_length(raw: RawSportSettings) -> Per:
    """Return the length for which upstream shows the paces of this sport."""
    known = _LENGTHS.get(raw.pace_units) if isinstance(raw.pace_units, str) else None
    return known or ("100m" if sport_of(raw) in SWIMS else "km")


def read_pace(
    name: str, value: object, raw: RawSportSettings, *, imperial: bool
) -> Pace:
    """Return the pace that was sent.

    Parameters
    ----------
    name
        The field it stood in.
    value
        A pace or a speed.
    raw
        The sport's settings, for the length that upstream shows.
    imperial
        Whether the athlete hears miles and yards.

    Raises
    ------
    BarePace
        If it names no length, and what the athlete hears is not what upstream shows:
        then nobody knows which one is meant.
    BadField
        If it is no pace.
    """
    spoken, shown = _spoken_length(raw, imperial=imperial), pace_length(raw)
    example = _PACE_EXAMPLES[spoken]
    try:
        pace = parse_pace(value, per=shown)
        other = pace if spoken == shown else parse_pace(value, per=spoken)
    except InputError as error:
        raise refused(name, error, example) from error
    if round(pace.s_per_km - other.s_per_km):
        raise BarePace(name, name=name, example=example)
    return pace


def check_threshold(
    name: str, pace: Pace, raw: RawSportSettings, *, imperial: bool
) -> None:
    """Refuse a threshold at which nobody runs or swims.

    Raises
    ------
    OutOfBounds
        With both ends in the length that the athlete hears.
    """
    bounds = _pace_bounds(sport_of(raw))
    if bounds is None or bounds[0] <= round(pace.s_per_km, 3) <= bounds[1]:
        return
    per = _spoken_length(raw, imperial=imperial)
    low_s, high_s = (round(end * PER_M[per] / 1000, 6) for end in bounds)
    low, high = Pace(math.ceil(low_s), per), Pace(math.floor(high_s), per)
    words = {"low": format_pace(low), "high": format_pace(high)}
    raise OutOfBounds(name, name=name, **words)


def _spoken_length(raw: RawSportSettings, *, imperial: bool) -> Per:
    """Return the length for which this bridge says the paces of a sport."""
    if sport_of(raw) in SWIMS:
        return "100yd" if imperial else "100m"
    return "mi" if imperial else "km"


def _pace_bounds(sport: str) -> tuple[float, float] | None:
    if sport in SWIMS:
        return _SWIM_S_PER_KM
    return _RUN_S_PER_KM if sport in RUNS else None
