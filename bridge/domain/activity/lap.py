"""Laps: the rows of upstream's ``icu_intervals``, for every sport."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from bridge.domain.activity.activity import RawActivity
from bridge.domain.activity.files import csv_text
from bridge.domain.flat import MOST, amount, text, whole_amount
from bridge.domain.raw import RawRecord, record_of
from bridge.domain.speech.breath import in_one_breath, in_runs
from bridge.domain.speech.voice import Voice
from bridge.domain.sport import cadences, paces

SLIVER_S = 5
_MOST_LAPS_SPOKEN = 20


class RawLaps(RawRecord):
    """What is read of an ``IntervalsDTO``, or of an activity with its intervals."""

    id: object = None
    analyzed: object = None
    type: object = None
    source: object = None
    icu_intervals: object = None


class RawActivityWithLaps(RawActivity):
    """What is read of ``ActivityWithIntervals``."""

    icu_intervals: object = None


class RawLap(RawRecord):
    """What is read of an ``Interval``."""

    type: object = None
    label: object = None
    start_time: object = None
    distance: object = None
    moving_time: object = None
    elapsed_time: object = None
    total_elevation_gain: object = None
    average_speed: object = None
    average_heartrate: object = None
    max_heartrate: object = None
    average_watts: object = None
    weighted_average_watts: object = None
    average_cadence: object = None
    intensity: object = None
    zone: object = None


class Lap(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One lap; ``lap`` counts from 1 without the slivers."""

    lap: int
    kind: str | None = None  # work or recovery
    label: str | None = None
    start_s: int | None = None  # seconds after the start of the activity
    distance_km: float | None = None
    moving_s: int | None = None
    elapsed_s: int | None = None
    pace_s_per_km: float | None = None
    pace_s_per_100m: float | None = None
    speed_km_per_h: float | None = None
    heart_rate_bpm: int | None = None
    max_heart_rate_bpm: int | None = None
    power_w: int | None = None
    normalized_power_w: int | None = None
    cadence_rpm: int | None = None
    cadence_spm: int | None = None  # steps of both feet
    climb_m: int | None = None
    intensity_percent: int | None = None
    zone: int | None = None


def read_laps(raw: RawLaps | RawActivityWithLaps) -> list[RawLap]:
    """Return the raw laps; upstream has null where there are none yet."""
    rows = raw.icu_intervals if isinstance(raw.icu_intervals, list) else []
    return [record_of(row, RawLap) for row in rows if isinstance(row, Mapping)]


def flatten_laps(intervals: Sequence[RawLap], sport: str | None) -> list[Lap]:
    """Flatten the laps of one activity.

    Parameters
    ----------
    intervals
        Upstream's intervals in order; metres, seconds, metres a second, cadence of
        a runner for one leg.
    sport
        The activity's type, which decides between pace and speed.

    Returns
    -------
    list of Lap
        Kilometres to 0.001. Slivers under 5 seconds, which devices leave between
        two laps, are dropped before the laps are numbered.

    Source
    ------
    GET /api/v1/activity/{id}/intervals, schema ``Interval``.
    """
    kept = [raw for raw in intervals if not _is_sliver(raw)]
    return [_flatten_lap(raw, sport, lap) for lap, raw in enumerate(kept, start=1)]


def _flatten_lap(raw: RawLap, sport: str | None, lap: int) -> Lap:
    kilometres = amount(raw.distance, 6, 0.001, least=0.001)
    moving_s = whole_amount(raw.moving_time)
    pace_km, pace_100m, speed = paces(sport, kilometres, moving_s)
    rpm, spm = cadences(sport, raw.average_cadence)
    kind = text(raw.type, 20)
    return Lap(
        lap=lap,
        kind=None if kind is None else kind.lower(),
        label=text(raw.label, 200),
        start_s=whole_amount(raw.start_time),
        distance_km=amount(kilometres, 3),
        moving_s=moving_s,
        elapsed_s=whole_amount(raw.elapsed_time),
        pace_s_per_km=pace_km,
        pace_s_per_100m=pace_100m,
        speed_km_per_h=speed,
        heart_rate_bpm=whole_amount(raw.average_heartrate, least=1),
        max_heart_rate_bpm=whole_amount(raw.max_heartrate, least=1),
        power_w=whole_amount(raw.average_watts, least=1),
        normalized_power_w=whole_amount(raw.weighted_average_watts, least=1),
        cadence_rpm=rpm,
        cadence_spm=spm,
        climb_m=whole_amount(raw.total_elevation_gain),
        intensity_percent=whole_amount(raw.intensity),
        zone=whole_amount(raw.zone, least=1, most=99),
    )


def _is_sliver(raw: RawLap) -> bool:
    elapsed = amount(raw.elapsed_time, 3, least=-MOST)
    return elapsed is not None and elapsed < SLIVER_S


def laps_csv(laps: Sequence[Lap]) -> str:
    """Return the laps as CSV: every column always, empty where unknown."""
    return csv_text(laps, Lap.__struct_fields__)


def say_laps(
    laps: Sequence[Lap], voice: Voice, *, analyzed: bool = True, manual: bool = False
) -> str:
    """Say how many laps, the best and the worst of the work, then one by one.

    ``analyzed`` and ``manual`` tell why there are none: upstream still works on the
    activity, or it was typed in by hand.
    """
    if not laps:
        return voice.say(_why_none(analyzed=analyzed, manual=manual))
    work = [lap for lap in laps if lap.kind == "work"]
    mixed = 0 < len(work) < len(laps)
    summary = (
        voice.say("laps.count", n=len(laps)),
        voice.say("laps.work", n=len(work)) if mixed else None,
        *_say_extremes(work or laps, voice),
    )
    each = _say_each(work, voice, "laps.work_") if mixed else _say_each(laps, voice)
    return in_one_breath((*summary, each))


def _why_none(*, analyzed: bool, manual: bool) -> str:
    if manual:
        return "laps.manual"
    return "laps.none" if analyzed else "laps.not_analyzed"


def _say_extremes(laps: Sequence[Lap], voice: Voice) -> list[str]:
    ranked = sorted((lap for lap in laps if _rank(lap)), key=_rank)
    if not ranked or len(laps) < 2:
        return []
    best, worst = ranked[0], ranked[-1]
    paced = best.pace_s_per_km is not None or best.pace_s_per_100m is not None
    keys = ("fastest", "slowest") if paced else ("hardest", "easiest")
    said = [_say_extreme(f"laps.{keys[0]}", best, voice)]
    if len(ranked) > 1 and _rank(worst) != _rank(best):
        said.append(_say_extreme(f"laps.{keys[1]}", worst, voice))
    return said


def _say_extreme(key: str, lap: Lap, voice: Voice) -> str:
    return voice.say(key, lap=voice.say_number(lap.lap), effort=_say_effort(lap, voice))


def _rank(lap: Lap) -> float:
    """Order by effort, hardest first; 0 where there is none."""
    if lap.pace_s_per_km is not None:
        return lap.pace_s_per_km
    if lap.pace_s_per_100m is not None:
        return lap.pace_s_per_100m
    return -(lap.power_w or lap.heart_rate_bpm or 0)


def _say_effort(lap: Lap, voice: Voice) -> str:
    if lap.pace_s_per_km is not None:
        return voice.say_pace(lap.pace_s_per_km)
    if lap.pace_s_per_100m is not None:
        return voice.say_swim_pace(lap.pace_s_per_100m)
    if lap.power_w is not None:
        return voice.say("watts", n=lap.power_w)
    return voice.say("beats", n=lap.heart_rate_bpm or 0)


def _say_each(laps: Sequence[Lap], voice: Voice, group: str = "laps.") -> str | None:
    """Say the effort of every lap: all or none, half a list would mislead."""
    if len(laps) == 1:
        return _say_lap(laps[0], voice)
    if len(laps) > _MOST_LAPS_SPOKEN or not all(_rank(lap) for lap in laps):
        return None
    paced = laps[0].pace_s_per_km is not None or laps[0].pace_s_per_100m is not None
    powered = laps[0].power_w is not None
    kind = "paces" if paced else "powers" if powered else "beats"
    efforts = in_runs((_figures(lap, voice) for lap in laps), voice)
    return voice.say(group + kind, efforts=", ".join(efforts))


def _figures(lap: Lap, voice: Voice) -> str:
    """Return the effort as bare figures, to be heard as one of many."""
    if lap.pace_s_per_km is not None:
        return voice.list_pace(lap.pace_s_per_km)
    if lap.pace_s_per_100m is not None:
        return voice.list_swim_pace(lap.pace_s_per_100m)
    return voice.say_number(lap.power_w or lap.heart_rate_bpm or 0)


def _say_lap(lap: Lap, voice: Voice) -> str:
    parts = (
        voice.say_distance(lap.distance_km, swum=lap.pace_s_per_100m is not None)
        if lap.distance_km
        else None,
        voice.say_duration(lap.moving_s) if lap.moving_s else None,
        _say_effort(lap, voice) if _rank(lap) else None,
    )
    what = ", ".join(part for part in parts if part) or voice.say("laps.unknown")
    return voice.say("laps.each", lap=voice.say_number(lap.lap), what=what)
