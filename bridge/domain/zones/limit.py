"""One limit of one zone: ``zone`` with ``to_percent``, ``to_w``, ``to_bpm``, a pace."""

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
    parse_quantity,
)
from bridge.domain.inputs.paces import PER_M
from bridge.domain.values import Values
from bridge.domain.zones.kinds import (
    HEART_RATE,
    PACE,
    POWER,
    ZoneKind,
    bounds_in,
    bounds_text,
)
from bridge.domain.zones.lists import HIGHEST_BPM, MOST_PERCENT_OF_FTP
from bridge.domain.zones.paces import pace_length, read_pace
from bridge.domain.zones.settings import RawSportSettings, sport_of
from bridge.errors import (
    BadField,
    FieldsClash,
    MissingField,
    NoZones,
    OutOfBounds,
    WattsAsPercent,
)

_ZONE = re.compile(r"\s*(?:z|zone)?\s*([0-9]{1,2})(?:[.,]0)?\s*", re.IGNORECASE)
_METRICS: Final[Mapping[str, ZoneKind]] = {
    **dict.fromkeys(("power", "watts", "w", "leistung", "watt"), POWER),
    **dict.fromkeys(("heart_rate", "heart rate", "hr", "bpm"), HEART_RATE),
    **dict.fromkeys(("heart", "puls", "herzfrequenz"), HEART_RATE),
    **dict.fromkeys(("pace", "speed", "tempo"), PACE),
}
_TARGETS: Final[Mapping[str, ZoneKind | None]] = {
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Limit:
    """Reads a limit into the kind's own unit, percent or beats, and shows one."""

    target: str
    kind: ZoneKind
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
            raise _bad(self.target, str(error)) from error

    def show_least(self, low: float) -> str:
        """Return the least that is taken after a limit, in the unit that was sent."""
        if self.target == "to_pace":
            return self._show_pace(low + _PACE_STEP, math.floor)
        step = 10.0**-self.kind.digits
        return f"{self._shown(low + step, math.ceil):g}"

    def show_most(self, high: float) -> str:
        """Return the most that is taken before a limit, in the unit that was sent."""
        if self.target == "to_pace":
            return self._show_pace(high - _PACE_STEP, math.ceil)
        step = 10.0**-self.kind.digits
        return f"{self._shown(high - step, math.floor):g}"

    def _shown(self, bound: float, whole: Callable[[float], int]) -> float:
        if self.target == "to_w":
            return whole(round(bound * self._known("ftp_w") / 100, 6))
        if self.target == "to_percent" and self.kind is HEART_RATE:
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
        if self.kind is HEART_RATE:
            return round(percent * self._known("lthr_bpm") / 100)
        if self.kind is POWER and percent > MOST_PERCENT_OF_FTP:
            shown = f"{percent:g}"
            raise WattsAsPercent("to_percent", name="to_percent", value=shown)
        if round(percent, self.kind.digits) != percent:
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
) -> dict[str, Scalar | None]:
    """Return all limits of the kind, with one of them changed; {} if none was sent.

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
    kind = _kind(sent, target, now)
    bounds = bounds_in(now, kind)
    if not bounds:
        raise NoZones(kind.bounds, sport=sport_of(raw), name=kind.bounds)
    number = _zone(sent, len(bounds), kind)
    limit = _Limit(target=target, kind=kind, raw=raw, now=now, imperial=imperial)
    value = limit.read(sent[target])
    if number == len(bounds):  # of heart rate: its end is the maximum
        return _maximum(sent, value)
    low, high = bounds[number - 2] if number > 1 else 0.0, bounds[number]
    if not low < value < high:
        words = {"low": limit.show_least(low), "high": limit.show_most(high)}
        raise OutOfBounds(f"{target} {value:g}", name=target, **words)
    bounds[number - 1] = value
    return {kind.bounds: bounds_text(bounds)}


def _target(sent: Mapping[str, object]) -> str:
    found = [name for name in _TARGETS if name in sent]
    if not found:
        raise MissingField("to_percent", name="to_percent", example="78")
    if len(found) > 1:
        raise FieldsClash(found[0], name=found[0], other=found[1])
    if "zone" not in sent:
        raise MissingField("zone", name="zone", example=_EXAMPLES["zone"])
    return found[0]


def _kind(sent: Mapping[str, object], target: str, now: Values) -> ZoneKind:
    meant, said = _TARGETS[target], _metric(sent.get("metric"))
    if meant and said and meant is not said:
        raise FieldsClash("metric", name="metric", other=target)
    kind = meant or said
    if kind is not None:
        return kind
    in_percent = [kind for kind in (POWER, PACE) if bounds_in(now, kind)]
    if len(in_percent) > 1:
        raise MissingField("metric", name="metric", example="power or pace")
    return in_percent[0] if in_percent else HEART_RATE


def _metric(value: object) -> ZoneKind | None:
    if value is None:
        return None
    word = value.strip().casefold() if isinstance(value, str) else ""
    if word not in _METRICS:
        example = "power, heart_rate or pace"
        raise BadField("metric", name="metric", example=example)
    return _METRICS[word]


def _zone(sent: Mapping[str, object], count: int, kind: ZoneKind) -> int:
    value = sent["zone"]
    is_number = isinstance(value, int | float | str) and not isinstance(value, bool)
    found = _ZONE.fullmatch(str(value)) if is_number else None
    if found is None:
        raise _bad("zone", "no number")
    number, last = int(found[1]), count - 1 if kind.ends_open else count
    if not 1 <= number <= last:
        raise OutOfBounds("zone", name="zone", low="1", high=str(last))
    return number


def _maximum(sent: Mapping[str, object], value: float) -> dict[str, Scalar | None]:
    if "max_hr_bpm" in sent:
        raise FieldsClash("max_hr_bpm", name="max_hr_bpm", other="zone")
    if value > HIGHEST_BPM:
        words = {"low": "80", "high": str(HIGHEST_BPM)}
        raise OutOfBounds("to_bpm", name="to_bpm", **words)
    return {"max_hr_bpm": int(value)}


def _bad(name: str, why: str) -> BadField:
    return BadField(f"{name}: {why}", name=name, example=_EXAMPLES[name])
