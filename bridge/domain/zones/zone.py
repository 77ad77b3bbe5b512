"""Zones: the training zones of each sport, in every unit at once."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import msgspec

from bridge.domain.flat import amount, texts_of, whole_amount
from bridge.domain.speech.breath import in_one_breath, sentence
from bridge.domain.speech.trim import begin
from bridge.domain.speech.voice import Voice
from bridge.domain.sport import say_discipline
from bridge.domain.zones.settings import (
    NO_LIMIT_PERCENT,
    RawSportSettings,
    Thresholds,
    paces_at,
    sport_of,
    watts_at,
)

_MOST_ZONES = 20
_ENDURANCE = "2"


class Zone(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One zone. A bound that does not exist is left out.

    Power and pace begin at 0 percent and are open at the top; heart rate is open at
    the bottom and ends at the maximum. Percent are of FTP, of threshold heart rate or
    of threshold speed, by ``kind``. A pace goes from the slow end to the fast one.
    """

    sport: str
    kind: str  # power, heart_rate or pace
    zone: str  # "1", "2" ...
    name: str | None = None
    from_percent: float | None = None
    to_percent: float | None = None
    from_w: int | None = None
    to_w: int | None = None
    from_bpm: int | None = None
    to_bpm: int | None = None
    from_pace_s_per_km: float | None = None
    to_pace_s_per_km: float | None = None
    from_pace_s_per_100m: float | None = None
    to_pace_s_per_100m: float | None = None
    from_pace_s_per_500m: float | None = None
    to_pace_s_per_500m: float | None = None


def flatten_zones(raw: RawSportSettings) -> list[Zone]:
    """Flatten the power, heart rate and pace zones of one sport, in that order.

    Parameters
    ----------
    raw
        Upper bounds: ``power_zones`` in percent of FTP, ``hr_zones`` in beats a
        minute, ``pace_zones`` in percent of threshold speed; 999 is no bound. The
        lists of names may be shorter.

    Returns
    -------
    list of Zone
        Watts from ``floor(previous % of FTP) + 1`` to ``floor(this % of FTP)``, as
        upstream reckons them.

    Source
    ------
    GET /api/v1/athlete/{id}/sport-settings, schema ``SportSettings``.
    """
    return [*_power_zones(raw), *_heart_rate_zones(raw), *_pace_zones(raw)]


def say_zones(
    thresholds: Thresholds,
    zones: Sequence[Zone],
    voice: Voice,
    *,
    asked: str | None = None,
) -> str:
    """Say the sport's thresholds and its endurance zone, the one ridden most.

    ``asked`` is the sport that was asked for: where those of all other sports count
    for it, that is said.
    """
    sport, said = thresholds.sport, list(_say_thresholds(thresholds, voice))
    zone = list(_say_endurance(zones, voice))
    if not said and not zone:
        return voice.say("zones.none", sport=say_discipline(asked or sport, voice))
    key, name = "zones.sport", begin(say_discipline(sport, voice))
    if sport == "Other" and asked not in (None, "Other"):
        key, name = "zones.other", begin(say_discipline(asked, voice))
    most = [", ".join(said[:end]) for end in range(len(said), 0, -1)]
    head = [voice.say(key, sport=name, what=what) for what in most]
    return in_one_breath(voice, (head or sentence(name), *zone))


def _power_zones(raw: RawSportSettings) -> Iterator[Zone]:
    ftp_w = whole_amount(raw.ftp, least=1, most=5000)
    names = texts_of(raw.power_zone_names)
    for number, below, bound in _bounds(raw.power_zones):
        top = None if bound >= NO_LIMIT_PERCENT else bound
        bottom_w = watts_at(below, ftp_w)
        yield Zone(
            sport=sport_of(raw),
            kind="power",
            zone=str(number),
            name=_name(names, number),
            from_percent=0 if number == 1 else math.floor(below) + 1,
            to_percent=_round_or_not(top),
            from_w=None if bottom_w is None else bottom_w + 1,
            to_w=watts_at(top, ftp_w),
        )


def _heart_rate_zones(raw: RawSportSettings) -> Iterator[Zone]:
    lthr = whole_amount(raw.lthr, least=1, most=300)
    names = texts_of(raw.hr_zone_names)
    for number, below, bound in _bounds(raw.hr_zones):
        first = None if number == 1 else math.floor(below) + 1
        last = None if bound >= NO_LIMIT_PERCENT else math.floor(bound)
        yield Zone(
            sport=sport_of(raw),
            kind="heart_rate",
            zone=str(number),
            name=_name(names, number),
            from_percent=_percent(first, lthr),
            to_percent=_percent(last, lthr),
            from_bpm=first,
            to_bpm=last,
        )


def _pace_zones(raw: RawSportSettings) -> Iterator[Zone]:
    names = texts_of(raw.pace_zone_names)
    for number, below, bound in _bounds(raw.pace_zones):
        top = None if bound >= NO_LIMIT_PERCENT else bound
        slow, fast = paces_at(raw, below), paces_at(raw, top)
        yield Zone(
            sport=sport_of(raw),
            kind="pace",
            zone=str(number),
            name=_name(names, number),
            from_percent=_round_or_not(below),
            to_percent=_round_or_not(top),
            from_pace_s_per_km=slow.pace_s_per_km,
            to_pace_s_per_km=fast.pace_s_per_km,
            from_pace_s_per_100m=slow.pace_s_per_100m,
            to_pace_s_per_100m=fast.pace_s_per_100m,
            from_pace_s_per_500m=slow.pace_s_per_500m,
            to_pace_s_per_500m=fast.pace_s_per_500m,
        )


def _bounds(values: object) -> Iterator[tuple[int, float, float]]:
    """Yield each zone's number, the bound below it and its own, while they rise."""
    below = 0.0
    rows = values if isinstance(values, list) else []
    for number, value in enumerate(rows[:_MOST_ZONES], start=1):
        bound = amount(value, 1, most=10_000)
        if bound is None or bound <= below:
            return
        yield number, below, bound
        below = bound


def _percent(bpm: int | None, lthr: int | None) -> int | None:
    return None if bpm is None or not lthr else round(bpm / lthr * 100)


def _round_or_not(percent: float | None) -> float | None:
    """Write 55.0 as 55 and leave 77.5 as it is."""
    if percent is None or not percent.is_integer():
        return percent
    return int(percent)


def _name(names: Sequence[str], number: int) -> str | None:
    return names[number - 1] or None if number <= len(names) else None


def _say_thresholds(thresholds: Thresholds, voice: Voice) -> Iterator[str]:
    if thresholds.ftp_w is not None:
        yield voice.say("zones.ftp", n=thresholds.ftp_w)
    if thresholds.threshold_pace_s_per_km is not None:
        pace = voice.say_pace(thresholds.threshold_pace_s_per_km)
        yield voice.say("zones.pace", pace=pace)
    if thresholds.threshold_pace_s_per_100m is not None:
        pace = voice.say_swim_pace(thresholds.threshold_pace_s_per_100m)
        yield voice.say("zones.pace", pace=pace)
    if thresholds.threshold_pace_s_per_500m is not None:
        pace = voice.say_row_pace(thresholds.threshold_pace_s_per_500m)
        yield voice.say("zones.pace", pace=pace)
    if thresholds.lthr_bpm is not None:
        yield voice.say("zones.lthr", n=thresholds.lthr_bpm)
    if thresholds.max_hr_bpm is not None:
        yield voice.say("zones.max_hr", n=thresholds.max_hr_bpm)


def _say_endurance(zones: Sequence[Zone], voice: Voice) -> Iterator[str]:
    endurance = [zone for zone in zones if zone.zone == _ENDURANCE]
    watts = [(zone.from_w, zone.to_w) for zone in endurance]
    beats = [(zone.from_bpm, zone.to_bpm) for zone in endurance]
    said_watts = False
    for low, high in watts:
        if low is not None and high is not None:
            said_watts = True
            yield _say_held("zones.watts", low, high, voice)
    for low, high in beats:
        if low is not None and high is not None:
            key = "zones.beats_too" if said_watts else "zones.beats"
            yield _say_held(key, low, high, voice)


def _say_held(key: str, low: float, high: float, voice: Voice) -> str:
    first, last = voice.say_number(low), voice.say_number(high)
    held = voice.say("number.range", low=first, high=last)
    return voice.say(key, zone=_ENDURANCE, held=held)
