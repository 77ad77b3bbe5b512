"""Bests: points of the power, pace and heart rate curves, and estimated FTP."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import msgspec

from bridge.domain.flat import amount, ident, text, whole_amount
from bridge.domain.moment import read_day, read_day_text
from bridge.domain.raw import RawRecord
from bridge.domain.speech.breath import in_one_breath
from bridge.domain.speech.trim import begin
from bridge.domain.speech.voice import ENGLISH, Voice
from bridge.domain.sport import ROWS, SWIMS, paces, say_discipline

CurveMetric = Literal["power", "heart_rate", "pace"]

DURATIONS_S = (5, 15, 30, 60, 300, 600, 1200, 3600)
RUN_DISTANCES_M = (400, 800, 1000, 1500, 1609, 3000, 5000, 10_000, 21_097, 42_195)
SWIM_DISTANCES_M = (50, 100, 200, 400, 800, 1500, 3800)
ROW_DISTANCES_M = (500, 1000, 2000, 5000, 6000, 10_000, 21_097)
_NEAR = 0.005  # share by which a curve's point may miss the distance asked for
_MOST_POINTS = 20_000
_SPOKEN_DURATIONS_S = (5, 60, 300, 1200)
_SPOKEN_DISTANCES_M = (100, 400, 500, 1000, 1500, 2000, 5000, 10_000)


class RawCurves(RawRecord):
    """What is read of a ``DataCurveSet``."""

    rows: object = msgspec.field(default=None, name="list")
    activities: object = None


class RawEftp(RawRecord):
    """What estimated FTP reads of a ``Wellness`` row."""

    id: object = None
    sport_info: object = msgspec.field(default=None, name="sportInfo")


class Best(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One best: a duration with its power or heart rate, a distance with its time."""

    sport: str
    kind: str  # power, heart_rate or pace
    duration_s: int | None = None
    distance_m: int | None = None
    power_w: int | None = None
    relative_power_w_per_kg: float | None = None
    heart_rate_bpm: int | None = None
    time_s: int | None = None
    pace_s_per_km: float | None = None
    pace_s_per_100m: float | None = None
    pace_s_per_500m: float | None = None
    date: str | None = None
    activity_id: str | None = None
    period: str | None = None  # upstream's name of the time looked at


@dataclass(frozen=True, slots=True)
class BestsOf:
    """What was asked for: a sport, and upstream's name of a time.

    That is days (``42d``), years (``1y``), ``all``, or a season, the latest ``s0``.
    """

    sport: str
    period: str | None = None


class Eftp(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Estimated FTP of one sport, and how it changed."""

    sport: str
    date: str
    eftp_w: int
    w_prime_j: int | None = None
    p_max_w: int | None = None
    eftp_change_w: int | None = None
    changed_since: str | None = None


def flatten_bests(raw: RawCurves, sport: str, kind: CurveMetric) -> list[Best]:
    """Flatten the usual points of the first curve of a set.

    Parameters
    ----------
    raw
        ``list`` of curves with parallel lists: ``secs`` or ``distance`` (metres),
        ``values`` (watts, beats a minute, or seconds), ``activity_id``; and
        ``activities`` by id, for their days.
    sport
        The type the curves were asked for.
    kind
        Which curves these are.

    Returns
    -------
    list of Best
        Only points that the curve has; a distance may be off by half a percent.

    Source
    ------
    GET /api/v1/athlete/{id}/power-curves, hr-curves, pace-curves.
    """
    rows = raw.rows if isinstance(raw.rows, list) else []
    curve = next((row for row in rows if isinstance(row, Mapping)), None)
    if curve is None:
        return []
    days = raw.activities if isinstance(raw.activities, Mapping) else {}
    points = _paces(curve, sport) if kind == "pace" else _efforts(curve, sport, kind)
    return [_with_day(best, days) for best in points]


def flatten_eftp(rows: Sequence[RawEftp], sport: str = "Ride") -> Eftp | None:
    """Flatten estimated FTP at the end of some days, and its change over them.

    Parameters
    ----------
    rows
        Wellness rows in any order; reads ``sportInfo`` (watts, joules).
    sport
        The sport; upstream estimates for several.

    Returns
    -------
    Eftp or None
        None where upstream has no estimate for the sport on any of the days.

    Source
    ------
    GET /api/v1/athlete/{id}/wellness, schema ``SportInfo``.
    """
    found = [
        (day, info)
        for row in rows
        if (day := read_day(row.id)) is not None
        and (info := _info(row.sport_info, sport)) is not None
    ]
    if not found:
        return None
    found.sort(key=lambda pair: pair[0])
    (first_day, first), (last_day, last) = found[0], found[-1]
    now = whole_amount(last.get("eftp"), least=1, most=5000) or 0
    before = whole_amount(first.get("eftp"), least=1, most=5000) or 0
    changed = first_day < last_day
    return Eftp(
        sport=sport,
        date=last_day.isoformat(),
        eftp_w=now,
        w_prime_j=whole_amount(last.get("wPrime"), least=1),
        p_max_w=whole_amount(last.get("pMax"), least=1),
        eftp_change_w=now - before if changed else None,
        changed_since=first_day.isoformat() if changed else None,
    )


def say_bests(
    bests: Sequence[Best],
    voice: Voice,
    today: date,
    asked: BestsOf,
    eftp: Eftp | None = None,
) -> str:
    """Say estimated FTP and the bests that people compare, the longest first."""
    spoken = [best for best in reversed(bests) if _is_spoken(best)]
    # How hard a heart can beat is no feat: said only where there is nothing else.
    if eftp is not None or any(best.kind != "heart_rate" for best in bests):
        spoken = [best for best in spoken if best.kind != "heart_rate"]
    name, when = begin(say_discipline(asked.sport, voice)), _say_looked_at(asked, voice)
    if not spoken and eftp is None:
        when = when or voice.say("period.all")
        return voice.say("bests.none", sport=name, period=when)
    said = [_say_best(best, voice) for best in spoken]
    if eftp is None:
        key = "bests.of" if when is None else "bests.in"
        head = voice.say(key, sport=name, period=when or "", what=said[0])
        return in_one_breath(voice, (head, _fewer(said[1:])))
    first = [
        voice.say("bests.of", sport=name, what=what)
        for what in _say_eftp(eftp, voice, today)
    ]
    return in_one_breath(voice, (first, _fewer(said, when, voice)))


def _fewer(
    said: Sequence[str], when: str | None = None, voice: Voice = ENGLISH
) -> list[str]:
    """Return a sentence of some bests, then of fewer and fewer."""
    lists = [", ".join(said[:most]) for most in range(len(said), 0, -1)]
    if when is not None:
        lists = [voice.say("period.of", period=when, what=what) for what in lists]
    return [f"{begin(what)}." for what in lists]


def _say_looked_at(asked: BestsOf, voice: Voice) -> str | None:
    """Say the time looked at."""
    period = asked.period
    if period is None:
        return None
    number = int("".join(filter(str.isdigit, period)) or 0)
    if period.startswith("s"):
        return voice.say("period.season" if not number else "period.earlier_season")
    if period.endswith("d"):
        return voice.say("period.last", n=number)
    if period.endswith("y"):
        return voice.say("period.year" if number == 1 else "period.years", n=number)
    return voice.say("period.all")


def _say_eftp(eftp: Eftp, voice: Voice, today: date) -> list[str]:
    """Say estimated FTP and by how much it changed; then without the change."""
    now, change = voice.say("bests.eftp", n=eftp.eftp_w), eftp.eftp_change_w
    since = read_day(eftp.changed_since)
    if since is None or not change:  # the same is no news
        return [now]
    day = voice.calendar_day(since, today)
    key = "bests.up" if change > 0 else "bests.down"
    return [f"{now}, {voice.say(key, n=abs(change), day=day)}", now]


def _efforts(
    curve: Mapping[str, object], sport: str, kind: CurveMetric
) -> Iterator[Best]:
    seconds, values = _list(curve, "secs"), _list(curve, "values")
    per_kg, ids = _list(curve, "watts_per_kg"), _list(curve, "activity_id")
    places = {whole_amount(value): place for place, value in enumerate(seconds)}
    for duration_s in DURATIONS_S:
        place = places.get(duration_s)
        if place is None:
            continue
        value = whole_amount(_at(values, place), least=1)
        if value is None:
            continue
        power = kind == "power"
        yield Best(
            sport=sport,
            kind=kind,
            duration_s=duration_s,
            power_w=value if power else None,
            relative_power_w_per_kg=amount(_at(per_kg, place), 2, least=0.01)
            if power
            else None,
            heart_rate_bpm=None if power else value,
            activity_id=ident(_at(ids, place)),
            period=text(curve.get("label"), 60),
        )


def _paces(curve: Mapping[str, object], sport: str) -> Iterator[Best]:
    distances, values = _list(curve, "distance"), _list(curve, "values")
    ids = _list(curve, "activity_id")
    distances_m: Sequence[int] = RUN_DISTANCES_M
    if sport in SWIMS | ROWS:
        distances_m = SWIM_DISTANCES_M if sport in SWIMS else ROW_DISTANCES_M
    for distance_m in distances_m:
        place = _nearest(distances, distance_m)
        time_s = None if place is None else whole_amount(_at(values, place), least=1)
        if place is None or time_s is None:
            continue
        counted_as = sport if sport in SWIMS | ROWS else "Run"
        pace = paces(counted_as, distance_m / 1000, time_s)
        yield Best(
            sport=sport,
            kind="pace",
            distance_m=distance_m,
            time_s=time_s,
            pace_s_per_km=pace.pace_s_per_km,
            pace_s_per_100m=pace.pace_s_per_100m,
            pace_s_per_500m=pace.pace_s_per_500m,
            activity_id=ident(_at(ids, place)),
            period=text(curve.get("label"), 60),
        )


def _nearest(distances: Sequence[object], wanted: int) -> int | None:
    misses = [
        (abs(metres - wanted), place)
        for place, value in enumerate(distances)
        if (metres := amount(value, 2)) is not None
    ]
    miss, place = min(misses, default=(float("inf"), 0))
    return place if miss <= wanted * _NEAR else None


def _with_day(best: Best, activities: Mapping[object, object]) -> Best:
    activity = activities.get(best.activity_id)
    if not isinstance(activity, Mapping):
        return best
    day = read_day_text(activity.get("start_date_local"))
    return msgspec.structs.replace(best, date=day)


def _info(infos: object, sport: str) -> Mapping[str, object] | None:
    rows = infos if isinstance(infos, list) else []
    for row in rows:
        if (
            isinstance(row, Mapping)
            and row.get("type") == sport
            and whole_amount(row.get("eftp"), least=1, most=5000) is not None
        ):
            return row
    return None


def _is_spoken(best: Best) -> bool:
    return (
        best.duration_s in _SPOKEN_DURATIONS_S or best.distance_m in _SPOKEN_DISTANCES_M
    )


def _say_best(best: Best, voice: Voice) -> str:
    if best.distance_m is not None:
        swum = best.sport in SWIMS
        extent = voice.metric.say_distance(best.distance_m / 1000, swum=swum)
    else:
        extent = voice.say_duration(best.duration_s or 0)
    if best.time_s is not None:
        value = _exact_time(best.time_s, voice)
    elif best.power_w is not None:
        value = voice.say("watts", n=best.power_w)
    else:
        value = voice.say("beats", n=best.heart_rate_bpm or 0)
    key = "bests.one" if best.time_s is None else "bests.time"
    return voice.say(key, extent=extent, value=value)


def _exact_time(seconds: int, voice: Voice) -> str:
    """Say a time to the second up to an hour: a best is not rounded to minutes."""
    return (voice.say_exact_time if seconds < 3600 else voice.say_duration)(seconds)


def _list(curve: Mapping[str, object], key: str) -> Sequence[object]:
    values = curve.get(key)
    return values[:_MOST_POINTS] if isinstance(values, list) else ()


def _at(values: Sequence[object], place: int) -> object:
    return values[place] if place < len(values) else None
