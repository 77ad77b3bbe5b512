"""What may be written to a sport's zones, and what of it makes sense together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from bridge.domain.flat import Scalar, number
from bridge.domain.inputs import (
    Dimension,
    InputError,
    parse_number,
    parse_quantity,
    parse_text,
    refused,
)
from bridge.domain.values import Value, Values
from bridge.domain.zones.limit import (
    HIGHEST_BPM,
    LIMIT_FIELDS,
    MOST_PERCENT_OF_FTP,
    check_threshold,
    read_limit,
    read_pace,
)
from bridge.domain.zones.settings import NO_LIMIT_PERCENT, RawSportSettings
from bridge.domain.zones.values import (
    HEART_RATE,
    METRICS,
    POWER,
    Metric,
    bounds_of,
    end_of,
    names_of,
    padded,
    plain,
    values_of,
)
from bridge.errors import (
    BadField,
    FieldsClash,
    NothingToWrite,
    NotRising,
    OpenEnd,
    OutOfBounds,
    WattsAsPercent,
    WrongCount,
)

Wanted = dict[str, Value]

_MOST_ZONES = 20
_LONGEST_NAME = 50
_FIRST_LIMIT_OF_FTP = 100  # nobody's first zone goes up to the threshold
_FAR_ABOVE = 1.3  # of the old percentage: nobody moves a limit that far
_ALIKE = 0.1  # with an FTP near 100 watts and percent say the same
_EXAMPLES = {
    "power_zones_percent": "55, 75, 90, 105, 120, 150, 999",
    "hr_zones_bpm": "135, 150, 156, 168, 172, 177, 189",
    "pace_zones_percent": "77.5, 87.7, 94.3, 100, 103.4, 111.5, 999",
}
_NAMES_EXAMPLE = "Recovery, Endurance, Tempo"
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
        (metric.bounds, "all upper limits, the last 999 or the maximum heart rate",
         _EXAMPLES[metric.bounds])
        for metric in METRICS
    ),
    *((metric.names, "a name for each zone", _NAMES_EXAMPLE) for metric in METRICS),
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
        Thresholds; limits as a list of numbers, names as one of texts. A new maximum
        heart rate brings the heart rate limits that end with it, and the other way
        round.

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
    for metric in METRICS:
        wanted |= _whole_set(metric, sent, now | wanted)
    limit = read_limit(sent, raw, now | wanted, imperial=imperial)
    twice = next((name for name in limit if name in wanted), None)
    if twice is not None:
        raise FieldsClash(twice, name=twice, other="zone")
    wanted |= limit
    if not wanted:
        raise NothingToWrite("no zone field", name="ftp_w", example="ftp_w: 288")
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
        measured = parse_quantity(value, dimension)
    except InputError as error:
        raise refused(name, error, example) from error
    if not least <= measured <= most:
        raise OutOfBounds(name, name=name, low=str(least), high=str(most))
    return int(measured)


def _whole_set(metric: Metric, sent: Mapping[str, object], now: Values) -> Wanted:
    names = _read_names(metric, sent[metric.names]) if metric.names in sent else []
    if metric.bounds not in sent:
        if not names:
            return {}
        _paired_names(metric, bounds_of(now, metric), names, now)
        return {metric.names: names}
    bounds = _read_bounds(metric, sent[metric.bounds])
    _check_bounds(metric, bounds, end_of(metric, now))
    if metric is POWER:
        _check_no_watts(bounds, now)
    wanted: Wanted = {metric.bounds: [plain(bound) for bound in bounds]}
    paired = _paired_names(metric, bounds, names, now)
    return (
        wanted if paired == now.get(metric.names) else wanted | {metric.names: paired}
    )


def _heart_rate_end(wanted: Values, now: Values) -> Wanted:
    """Let the last heart rate zone and the maximum be the same.

    Upstream overwrites the maximum by the end of the last zone.
    """
    bounds = bounds_of({**now, **wanted}, HEART_RATE)
    if not bounds or not {"max_hr_bpm", HEART_RATE.bounds} & set(wanted):
        return {}
    highest = end_of(HEART_RATE, {**now, **wanted})
    if highest is None:
        return {"max_hr_bpm": int(bounds[-1])}
    if len(bounds) > 1 and bounds[-2] >= highest:
        low, high = f"{bounds[-2] + 1:g}", str(HIGHEST_BPM)
        raise OutOfBounds("max_hr_bpm", name="max_hr_bpm", low=low, high=high)
    return {HEART_RATE.bounds: [*bounds[:-1], plain(highest)]}


def _check_threshold_beats(whole: Values, wanted: Values) -> None:
    lthr, highest = number(whole.get("lthr_bpm")), number(whole.get("max_hr_bpm"))
    if not {"lthr_bpm", "max_hr_bpm"} & set(wanted):
        return
    if lthr is not None and highest is not None and lthr >= highest:
        high = str(int(highest) - 1)
        raise OutOfBounds("lthr_bpm", name="lthr_bpm", low="60", high=high)


def _read_bounds(metric: Metric, value: object) -> list[float]:
    """Return the limits that were sent, each a number.

    Raises
    ------
    BadField
        If one is no number, or they are fewer than 2 or more than 20.
    """
    try:
        bounds = [
            parse_number(item, units=("%", "bpm"), least=1, most=NO_LIMIT_PERCENT)
            for item in _items(value, metric.bounds)
        ]
    except InputError as error:
        raise refused(metric.bounds, error, _EXAMPLES[metric.bounds]) from error
    if any(round(bound, metric.digits) != bound for bound in bounds):
        raise _bad(metric.bounds, "too many decimals")
    return bounds


def _read_names(metric: Metric, value: object) -> list[str]:
    """Return the names that were sent.

    Raises
    ------
    BadField
        If one is empty or too long, or they are fewer than 2 or more than 20.
    """
    try:
        return [
            parse_text(item, max_length=_LONGEST_NAME)
            for item in _items(value, metric.names)
        ]
    except InputError as error:
        raise refused(metric.names, error, _NAMES_EXAMPLE) from error


def _check_bounds(metric: Metric, bounds: Sequence[float], end: float | None) -> None:
    """Refuse limits that upstream would store but that are no zones.

    Raises
    ------
    WattsAsPercent, OpenEnd, NotRising
        Whatever comes first.
    """
    if metric is POWER:
        _check_percent_of_ftp(bounds)
    if metric is HEART_RATE and end is None:
        end = bounds[-1]
    if end is not None and bounds[-1] != end:
        raise OpenEnd(f"{bounds[-1]:g}", name=metric.bounds, last=f"{end:g}")
    for low, high in pairwise(bounds):
        if high <= low:
            words = {"value": f"{high:g}", "after": f"{low:g}"}
            raise NotRising(metric.bounds, name=metric.bounds, **words)


def _check_no_watts(bounds: Sequence[float], now: Values) -> None:
    """Refuse the watts of a weak rider, which could be percent by themselves.

    Parameters
    ----------
    bounds
        The limits that were sent for power.
    now
        The values as they are, a new FTP included: with as many limits of old, the
        new ones are watts where they lie nearer to the old ones in watts, or where
        the middle one is far above its old percentage.

    Raises
    ------
    WattsAsPercent
        With the limit in the middle.
    """
    old, new = _finite(bounds_of(now, POWER)), _finite(bounds)
    if not new or len(old) != len(new):
        return
    middle = len(new) // 2
    far = new[middle] >= _FAR_ABOVE * old[middle]
    if far or _is_nearer_to_watts(new, old, now.get("ftp_w")):
        raise WattsAsPercent(POWER.bounds, name=POWER.bounds, value=f"{new[middle]:g}")


def _is_nearer_to_watts(
    new: Sequence[float], old: Sequence[float], ftp_w: Value
) -> bool:
    factor = (number(ftp_w) or 0.0) / 100
    if not factor or abs(factor - 1) < _ALIKE:
        return False
    pairs = list(zip(new, old, strict=True))
    to_watts = sum(abs(limit - percent * factor) for limit, percent in pairs)
    return to_watts < sum(abs(limit - percent) for limit, percent in pairs)


def _finite(bounds: Sequence[float]) -> list[float]:
    return [bound for bound in bounds if bound != NO_LIMIT_PERCENT]


def _paired_names(
    metric: Metric, bounds: Sequence[float], sent: Sequence[str], now: Values
) -> list[str]:
    """Return a name for each zone.

    Raises
    ------
    WrongCount
        If there are more or fewer names than zones.
    """
    known = names_of(now, metric)
    if not sent and len(bounds) == len(bounds_of(now, metric)):
        return padded(known, len(bounds))
    names = list(sent) or known or padded((), len(bounds))
    if len(names) != len(bounds):
        raise WrongCount(metric.names, name=metric.names, count=str(len(bounds)))
    return names


def _check_percent_of_ftp(bounds: Sequence[float]) -> None:
    finite = _finite(bounds)
    odd = [bound for bound in finite if bound > MOST_PERCENT_OF_FTP]
    odd += [bound for bound in finite[:1] if bound >= _FIRST_LIMIT_OF_FTP]
    if odd:
        raise WattsAsPercent(POWER.bounds, name=POWER.bounds, value=f"{odd[0]:g}")


def _items(value: object, name: str) -> list[object]:
    items = _split(value) if isinstance(value, str) else value
    if not isinstance(items, list) or not 2 <= len(items) <= _MOST_ZONES:
        raise _bad(name, "no list of 2 to 20")
    return items


def _split(text: str) -> list[object]:
    """Split at line breaks or semicolons, else at commas."""
    mark = r"[\n;]" if re.search(r"[\n;]", text.strip()) else ","
    return [part.strip() for part in re.split(mark, text.strip())]


def _bad(name: str, why: str) -> BadField:
    return BadField(
        f"{name}: {why}", name=name, example=_EXAMPLES.get(name, _NAMES_EXAMPLE)
    )
