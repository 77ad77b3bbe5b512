"""Whole sets of zones as they are sent: lists, or one text with commas."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bridge.domain.flat import number
from bridge.domain.inputs import InputError, parse_number, parse_text
from bridge.domain.values import Value, Values
from bridge.domain.zones.kinds import (
    HEART_RATE,
    POWER,
    ZoneKind,
    bounds_in,
    names_in,
    padded,
)
from bridge.domain.zones.settings import NO_LIMIT_PERCENT
from bridge.errors import (
    BadField,
    NotRising,
    OpenEnd,
    WattsAsPercent,
    WrongCount,
)

MOST_ZONES = 20
MOST_PERCENT_OF_FTP = 250
HIGHEST_BPM = 250
_LONGEST_NAME = 50
_FIRST_LIMIT_OF_FTP = 100  # nobody's first zone goes up to the threshold
_FAR_ABOVE = 1.3  # of the old percentage: nobody moves a limit that far
_ALIKE = 0.1  # with an FTP near 100 watts and percent say the same
_EXAMPLES = {
    "power_zones_percent": "55, 75, 90, 105, 120, 150, 999",
    "hr_zones_bpm": "135, 150, 156, 168, 172, 177, 189",
    "pace_zones_percent": "77.5, 87.7, 94.3, 100, 103.4, 111.5, 999",
}
NAMES_EXAMPLE = "Recovery, Endurance, Tempo"


def example_of(name: str) -> str:
    """Return a list that is understood."""
    return _EXAMPLES.get(name, NAMES_EXAMPLE)


def read_bounds(kind: ZoneKind, value: object) -> list[float]:
    """Return the limits that were sent, each a number.

    Raises
    ------
    BadField
        If one is no number, or they are fewer than 2 or more than 20.
    """
    try:
        bounds = [
            parse_number(item, units=("%", "bpm"), least=1, most=NO_LIMIT_PERCENT)
            for item in _items(value, kind.bounds)
        ]
    except InputError as error:
        raise _bad(kind.bounds, str(error)) from error
    if any(round(bound, kind.digits) != bound for bound in bounds):
        raise _bad(kind.bounds, "too many decimals")
    return bounds


def read_names(kind: ZoneKind, value: object) -> list[str]:
    """Return the names that were sent.

    Raises
    ------
    BadField
        If one is empty or too long, or they are fewer than 2 or more than 20.
    """
    try:
        return [
            parse_text(item, max_length=_LONGEST_NAME)
            for item in _items(value, kind.names)
        ]
    except InputError as error:
        raise _bad(kind.names, str(error)) from error


def check_bounds(kind: ZoneKind, bounds: Sequence[float], end: float | None) -> None:
    """Refuse limits that upstream would store but that are no zones.

    Raises
    ------
    WattsAsPercent, OpenEnd, NotRising
        Whatever comes first.
    """
    if kind is POWER:
        _check_percent_of_ftp(bounds)
    if kind is HEART_RATE and end is None:
        end = bounds[-1]
    if end is not None and bounds[-1] != end:
        raise OpenEnd(f"{bounds[-1]:g}", name=kind.bounds, last=f"{end:g}")
    for low, high in pairwise(bounds):
        if high <= low:
            words = {"value": f"{high:g}", "after": f"{low:g}"}
            raise NotRising(kind.bounds, name=kind.bounds, **words)


def check_no_watts(bounds: Sequence[float], now: Values) -> None:
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
    old, new = (_finite(each) for each in (bounds_in(now, POWER), bounds))
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


def paired_names(
    kind: ZoneKind, bounds: Sequence[float], sent: Sequence[str], now: Values
) -> list[str]:
    """Return a name for each zone.

    Raises
    ------
    WrongCount
        If there are more or fewer names than zones.
    """
    known = names_in(now, kind)
    if not sent and len(bounds) == len(bounds_in(now, kind)):
        return padded(known, len(bounds))
    names = list(sent) or known or padded((), len(bounds))
    if len(names) != len(bounds):
        raise WrongCount(kind.names, name=kind.names, count=str(len(bounds)))
    return names


def _check_percent_of_ftp(bounds: Sequence[float]) -> None:
    finite = _finite(bounds)
    odd = [bound for bound in finite if bound > MOST_PERCENT_OF_FTP]
    odd += [bound for bound in finite[:1] if bound >= _FIRST_LIMIT_OF_FTP]
    if odd:
        raise WattsAsPercent(POWER.bounds, name=POWER.bounds, value=f"{odd[0]:g}")


def _items(value: object, name: str) -> list[object]:
    items = _split(value) if isinstance(value, str) else value
    if not isinstance(items, list) or not 2 <= len(items) <= MOST_ZONES:
        raise _bad(name, "no list of 2 to 20")
    return items


def _split(text: str) -> list[object]:
    """Split at line breaks or semicolons, else at commas."""
    mark = r"[\n;]" if re.search(r"[\n;]", text.strip()) else ","
    return [part.strip() for part in re.split(mark, text.strip())]


def _bad(name: str, why: str) -> BadField:
    return BadField(f"{name}: {why}", name=name, example=example_of(name))
