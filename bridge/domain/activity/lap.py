"""Laps: the rows of upstream's ``icu_intervals``, for every sport."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from bridge.domain.activity.activity import RawActivity
from bridge.domain.activity.files import csv_text
from bridge.domain.flat import MOST, amount, text, whole_amount
from bridge.domain.raw import RawRecord, record_of
from bridge.domain.speech.breath import in_one_breath, in_runs
from bridge.domain.speech.voice import Voice
from bridge.domain.sport import cadences, paces, times

SLIVER_S = 5
_MOST_LAPS_SPOKEN = 20
_REST_IS_SLOWER = 2.5


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
    pace_s_per_500m: float | None = None
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
    moving_s, elapsed_s = times(raw.moving_time, raw.elapsed_time)
    rpm, spm = cadences(sport, raw.average_cadence)
    kind = text(raw.type, 20)
    return Lap(
        lap=lap,
        kind=None if kind is None else kind.lower(),
        label=text(raw.label, 200),
        start_s=whole_amount(raw.start_time),
        distance_km=amount(kilometres, 3),
        moving_s=moving_s,
        elapsed_s=elapsed_s,
        **paces(sport, kilometres, moving_s)._asdict(),
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
    measure = _measure_of(laps)
    moving = [lap for lap in laps if not _is_rest(lap, laps, measure)]
    work = [lap for lap in moving if lap.kind == "work"] or moving
    mixed = 0 < len(work) < len(laps)
    ranked = sorted(
        (lap for lap in work if measure and measure.of(lap)),
        key=lambda lap: measure.effort(lap) if measure else 0.0,
    )
    extremes = [] if measure is None else _say_extremes(ranked, measure, voice)
    if len(work) == 1:
        each: str | None = _say_lap(work[0], voice, measure)
    elif measure is None or len(work) > _MOST_LAPS_SPOKEN or len(ranked) < len(work):
        each = None  # all or none, half a list would mislead
    else:
        efforts = in_runs((measure.figures(voice, lap) for lap in work), voice)
        group = "laps.work_" if mixed else "laps."
        each = voice.say(group + measure.list_key, efforts=", ".join(efforts))
    return in_one_breath(
        (
            voice.say("laps.count", n=len(laps)),
            voice.say("laps.work", n=len(work)) if mixed else None,
            *extremes,
            each,
        )
    )


def _why_none(*, analyzed: bool, manual: bool) -> str:
    if manual:
        return "laps.manual"
    return "laps.none" if analyzed else "laps.not_analyzed"


@dataclass(frozen=True, slots=True)
class _Measure:
    """What laps are compared by, how it is said, and as one figure of many."""

    name: str  # the field of a lap
    say: Callable[[Voice, float], str]
    figure: Callable[[Voice, float], str]
    list_key: str = "paces"
    best_key: str = "laps.fastest"
    worst_key: str = "laps.slowest"

    def of(self, lap: Lap) -> float:
        """Return the value of a lap, 0 where it has none."""
        return getattr(lap, self.name) or 0.0

    def effort(self, lap: Lap) -> float:
        """Return what laps are sorted by, the hardest first."""
        return self.of(lap) if self.is_pace else -self.of(lap)

    def figures(self, voice: Voice, lap: Lap) -> str:
        """Return the effort of a lap as bare figures."""
        return self.figure(voice, self.of(lap))

    @property
    def is_pace(self) -> bool:
        """Tell whether less is harder."""
        return self.list_key == "paces"


_PACES = (
    _Measure("pace_s_per_km", Voice.say_pace, Voice.list_pace),
    _Measure("pace_s_per_100m", Voice.say_swim_pace, Voice.list_swim_pace),
    _Measure("pace_s_per_500m", Voice.say_row_pace, Voice.list_row_pace),
)
_HARDEST = ("laps.hardest", "laps.easiest")
_EFFORTS = (
    _Measure(
        "power_w",
        lambda voice, value: voice.say("watts", n=round(value)),
        Voice.say_number,
        "powers",
        *_HARDEST,
    ),
    _Measure(
        "heart_rate_bpm",
        lambda voice, value: voice.say("beats", n=round(value)),
        Voice.say_number,
        "beats",
        *_HARDEST,
    ),
)


def _measure_of(laps: Sequence[Lap]) -> _Measure | None:
    """Return the one measure for all laps of an activity; two cannot be compared.

    Pace where any lap has one, for a lap without it is a rest; else what most of them
    have, power rather than heart rate.
    """
    for measure in _PACES:
        if any(map(measure.of, laps)):
            return measure
    counted = [(sum(map(bool, map(each.of, laps))), each) for each in _EFFORTS]
    most, measure = max(counted, key=lambda row: row[0])
    return measure if most else None


def _is_rest(lap: Lap, laps: Sequence[Lap], measure: _Measure | None) -> bool:
    """Tell whether somebody stood or strolled between two efforts.

    Devices call every lap work: one without a pace among laps with one, or a shorter
    one at 40 percent of the fastest's speed, is a rest.
    """
    if measure is None or not measure.is_pace:
        return False
    if not measure.of(lap):
        return True
    fastest = min((row for row in laps if measure.of(row)), key=measure.of)
    slow = measure.of(lap) > _REST_IS_SLOWER * measure.of(fastest)
    return slow and (lap.distance_km or 0) < (fastest.distance_km or 0)


def _say_extremes(ranked: Sequence[Lap], measure: _Measure, voice: Voice) -> list[str]:
    if len(ranked) < 2:
        return []
    best, worst = ranked[0], ranked[-1]
    said = [_say_extreme(measure.best_key, best, measure, voice)]
    if measure.of(worst) != measure.of(best):
        said.append(_say_extreme(measure.worst_key, worst, measure, voice))
    return said


def _say_extreme(key: str, lap: Lap, measure: _Measure, voice: Voice) -> str:
    effort = measure.say(voice, measure.of(lap))
    return voice.say(key, lap=voice.say_number(lap.lap), effort=effort)


def _say_lap(lap: Lap, voice: Voice, measure: _Measure | None) -> str:
    parts = (
        voice.say_distance(lap.distance_km, swum=lap.pace_s_per_100m is not None)
        if lap.distance_km
        else None,
        voice.say_duration(lap.moving_s) if lap.moving_s else None,
        measure.say(voice, measure.of(lap)) if measure and measure.of(lap) else None,
    )
    what = ", ".join(part for part in parts if part) or voice.say("laps.unknown")
    return voice.say("laps.each", lap=voice.say_number(lap.lap), what=what)
