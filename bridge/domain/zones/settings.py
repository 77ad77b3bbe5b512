"""Sport settings: the thresholds that a sport's zones are reckoned from."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Mapping, Sequence

import msgspec

from bridge.domain.flat import amount, ident, quotient, texts_of, whole_amount
from bridge.domain.inputs import InputError, read_sport
from bridge.domain.raw import RawRecord, record_of
from bridge.domain.sport import ROWS, SWIMS, Paces
from bridge.errors import BadParameter

NO_LIMIT_PERCENT = 999


class RawSportSettings(RawRecord):
    """What is read of a ``SportSettings`` record."""

    id: object = None
    types: object = None
    other: object = None
    ftp: object = None
    indoor_ftp: object = None
    w_prime: object = None
    p_max: object = None
    power_zones: object = None
    power_zone_names: object = None
    sweet_spot_min: object = None
    sweet_spot_max: object = None
    lthr: object = None
    max_hr: object = None
    hr_zones: object = None
    hr_zone_names: object = None
    threshold_pace: object = None
    pace_units: object = None
    pace_zones: object = None
    pace_zone_names: object = None


class Thresholds(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the zones of one sport are reckoned from."""

    sport: str  # the first of ``types``
    types: str | None = None
    settings_id: str | None = None
    ftp_w: int | None = None
    indoor_ftp_w: int | None = None
    w_prime_j: int | None = None
    p_max_w: int | None = None
    sweet_spot_from_percent: int | None = None
    sweet_spot_to_percent: int | None = None
    sweet_spot_from_w: int | None = None
    sweet_spot_to_w: int | None = None
    lthr_bpm: int | None = None
    max_hr_bpm: int | None = None
    threshold_pace_s_per_km: float | None = None
    threshold_pace_s_per_100m: float | None = None
    threshold_pace_s_per_500m: float | None = None


def flatten_thresholds(raw: RawSportSettings) -> Thresholds:
    """Flatten the thresholds of one sport's settings.

    Parameters
    ----------
    raw
        ``ftp`` in watts, ``lthr`` in beats a minute, ``threshold_pace`` in metres a
        second for every sport, sweet spot in percent of FTP.

    Returns
    -------
    Thresholds
        Pace for 100 m for swims, for 500 m for rowing, for a kilometre otherwise.

    Source
    ------
    GET /api/v1/athlete/{id}/sport-settings, schema ``SportSettings``.
    """
    ftp_w = whole_amount(raw.ftp, least=1, most=5000)
    sweet_from = whole_amount(raw.sweet_spot_min, least=1, most=NO_LIMIT_PERCENT)
    sweet_to = whole_amount(raw.sweet_spot_max, least=1, most=NO_LIMIT_PERCENT)
    pace = paces_at(raw, 100)
    return Thresholds(
        sport=sport_of(raw),
        types=", ".join(filter(None, texts_of(raw.types))) or None,
        settings_id=ident(raw.id),
        ftp_w=ftp_w,
        indoor_ftp_w=whole_amount(raw.indoor_ftp, least=1, most=5000),
        w_prime_j=whole_amount(raw.w_prime, least=1),
        p_max_w=whole_amount(raw.p_max, least=1),
        sweet_spot_from_percent=sweet_from if ftp_w else None,
        sweet_spot_to_percent=sweet_to if ftp_w else None,
        sweet_spot_from_w=watts_at(sweet_from, ftp_w),
        sweet_spot_to_w=watts_at(sweet_to, ftp_w),
        lthr_bpm=whole_amount(raw.lthr, least=1, most=300),
        max_hr_bpm=whole_amount(raw.max_hr, least=1, most=300),
        threshold_pace_s_per_km=pace.pace_s_per_km,
        threshold_pace_s_per_100m=pace.pace_s_per_100m,
        threshold_pace_s_per_500m=pace.pace_s_per_500m,
    )


def settings_for(
    settings: Sequence[RawSportSettings], sport: str
) -> RawSportSettings | None:
    """Return the settings that count for a sport, else those for other sports."""
    for raw in settings:
        if sport.lower() in (name.lower() for name in texts_of(raw.types)):
            return raw
    return next((raw for raw in settings if raw.other is True), None)


def thresholds_for(
    thresholds: Sequence[Thresholds], sport: str | None
) -> Thresholds | None:
    """Return the thresholds of a sport; never those of another."""
    for found in thresholds:
        if sport is not None and sport in (found.types or "").split(", "):
            return found
    return None


def settings_named(
    settings: Sequence[RawSportSettings], sport: str
) -> RawSportSettings:
    """Return the settings that are meant, by one of their types; never another's.

    Raises
    ------
    BadParameter
        If there are none of that sport.
    """
    types = [name for raw in settings for name in texts_of(raw.types)]
    with contextlib.suppress(InputError):
        meant = read_sport(sport, types)
        for raw in settings:
            if meant in texts_of(raw.types):
                return raw
    known = ", ".join([sport_of(raw) for raw in settings][:4]) or "Ride"
    raise BadParameter(f"sport {sport[:40]!r}", name="sport", example=known)


def read_sport_settings(rows: object) -> list[RawSportSettings]:
    """Return the settings inside an athlete's ``sportSettings``."""
    found = rows if isinstance(rows, list) else []
    mappings = [row for row in found if isinstance(row, Mapping)]
    return [record_of(row, RawSportSettings) for row in mappings]


def sport_of(raw: RawSportSettings) -> str:
    """Return the sport that names a settings record: the first of its types."""
    return next(filter(None, texts_of(raw.types)), "Other")


def paces_at(raw: RawSportSettings, percent: float | None) -> Paces:
    """Return the pace at a percentage of threshold speed, as the sport counts."""
    metres_per_s = amount(raw.threshold_pace, 7, least=0.01, most=100)
    if metres_per_s is None or not percent:
        return Paces()
    speed, sport = metres_per_s * percent / 100, sport_of(raw)
    if sport in SWIMS or raw.pace_units in ("SECS_100M", "SECS_100Y"):
        return Paces(pace_s_per_100m=quotient(100, speed))
    if sport in ROWS or raw.pace_units == "SECS_500M":
        return Paces(pace_s_per_500m=quotient(500, speed))
    return Paces(pace_s_per_km=quotient(1000, speed))


def watts_at(percent: float | None, ftp_w: int | None) -> int | None:
    """Return the whole watts at a percentage of FTP."""
    if percent is None or ftp_w is None:
        return None
    return math.floor(percent * ftp_w / 100)
