"""Laps: the rows of upstream's ``icu_intervals``, for every sport."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from bridge.domain.activity.activity import Activity, RawActivity
from bridge.domain.activity.files import csv_text
from bridge.domain.flat import MOST, amount, text, whole_amount
from bridge.domain.raw import RawRecord, extended, record_of
from bridge.domain.speech.breath import in_one_breath
from bridge.domain.speech.voice import Voice
from bridge.domain.sport import cadences, paces, times

SLIVER_S = 5
_REST_IS_SLOWER = 2.5
_ALIKE = 0.03  # by so large a share alike laps may differ in length
_EVEN = 0.015
_VERY_EVEN = 0.01
_ENOUGH_FOR_A_BEST = 5
_FEW_BEATS = 2


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
    average_watts_alt: object = None
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
    watts = raw.average_watts or raw.average_watts_alt  # of a second power meter
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
        power_w=whole_amount(watts, least=1),
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


class ActivityLaps(Activity, frozen=True, kw_only=True, omit_defaults=True):
    """An activity, and what its laps are about."""

    repeats: int | None = None  # how many laps are alike, and are compared
    lap_trend: str | None = None  # even, slower, faster; by power easier, harder


def with_laps(activity: Activity, laps: Sequence[Lap]) -> ActivityLaps:
    """Add how many alike efforts there are, and whether they faded."""
    measure = _measure_of(laps)
    alike = _alike(_efforts_of(laps, measure))
    repeats = len(alike) if len(alike) > 1 else None
    trend = _trend(alike, measure)
    return extended(activity, ActivityLaps, repeats=repeats, lap_trend=trend)


def say_laps(
    laps: Sequence[Lap], voice: Voice, *, analyzed: bool = True, manual: bool = False
) -> str:
    """Say how often and how long, how the first and the last went, then the pulse.

    ``analyzed`` and ``manual`` tell why there are none: upstream still works on the
    activity, or it was typed in by hand.
    """
    if not laps:
        return voice.say(_why_none(analyzed=analyzed, manual=manual))
    measure = _measure_of(laps)
    efforts = _efforts_of(laps, measure)
    alike = _alike(efforts)
    if len(laps) == 1:
        return voice.say("laps.one", what=_say_lap(laps[0], voice))
    if measure is None or len(alike) < 2:
        parts = [voice.say("laps.count", n=len(laps))]
        if len(efforts) == 1:
            parts.append(voice.say("laps.work_one", what=_say_lap(efforts[0], voice)))
        return in_one_breath(voice, parts)
    head = voice.say(
        "steps.repeat", n=len(alike), steps=_say_extent_of(alike, measure, voice)
    )
    return in_one_breath(
        voice,
        (
            _say_course(head, alike, measure, voice),
            _say_best(alike, measure, voice),
            _say_beats(alike, measure, voice),
        ),
    )


def _efforts_of(laps: Sequence[Lap], measure: _Measure | None) -> list[Lap]:
    """Return the laps that are compared: no rests, and all with the one measure."""
    moving = [lap for lap in laps if not _is_rest(lap, laps, measure)]
    work = [lap for lap in moving if lap.kind == "work"] or moving
    return [lap for lap in work if measure is None or measure.of(lap)]


def _alike(efforts: Sequence[Lap]) -> list[Lap]:
    """Return the largest group of equal length: warming up is none of the repeats."""
    groups = [[other for other in efforts if _is_alike(lap, other)] for lap in efforts]
    most = max(groups, key=len, default=[])
    return most if len(most) * 2 > len(efforts) else list(efforts)


def _is_alike(lap: Lap, other: Lap) -> bool:
    """Tell whether two laps are equally long, or far, but for 3 percent."""
    lengths = [(lap.distance_km, other.distance_km), (lap.moving_s, other.moving_s)]
    return any(
        one and two and abs(one - two) <= _ALIKE * max(one, two) for one, two in lengths
    )


def _say_extent_of(laps: Sequence[Lap], measure: _Measure, voice: Voice) -> str:
    """Say how far each lap is where all are paced and equally far, else how long."""
    far = [lap.distance_km for lap in laps if lap.distance_km and measure.is_pace]
    if far and len(far) == len(laps) and max(far) - min(far) <= _ALIKE * max(far):
        swum = laps[0].pace_s_per_100m is not None
        middle = sorted(far)[len(far) // 2]
        return voice.metric.say_distance(_round_distance(middle), swum=swum)
    long = [lap.moving_s for lap in laps if lap.moving_s]
    if long and len(long) == len(laps) and max(long) - min(long) <= _ALIKE * max(long):
        return voice.say_duration(sorted(long)[len(long) // 2])
    return voice.say("laps.lap", n=len(laps))


def _round_distance(kilometres: float) -> float:
    """Return the round distance that is meant: 1.003 kilometres are 1."""
    step = 0.1 if kilometres >= 1 else 0.05 if kilometres >= 0.3 else 0.025
    near = round(kilometres / step) * step
    return near if abs(near - kilometres) <= 0.02 * kilometres else kilometres


def _say_course(
    head: str, laps: Sequence[Lap], measure: _Measure, voice: Voice
) -> list[str]:
    """Say the measure of all, or of the first and the last, and where it went."""
    timed = _is_timed(laps, measure)
    values = [float(lap.moving_s or 0) if timed else measure.of(lap) for lap in laps]
    say = Voice.say_exact_time if timed else measure.say
    first, last = say(voice, values[0]), say(voice, values[-1])
    trend = _trend(laps, measure) or "even"
    if max(values) - min(values) <= _VERY_EVEN * max(values):
        each = say(voice, sum(values) / len(values))
        key = "laps.each_in" if timed else "laps.each"
        return [voice.say(key, laps=head, each=each)]
    if trend == "even" and not measure.is_pace:
        mean = say(voice, sum(values) / len(values))
        low = voice.say_number(round(min(values)))
        return [
            voice.say("laps.between", laps=head, low=low, high=say(voice, max(values))),
            voice.say("laps.mean", laps=head, mean=mean),
        ]
    how = voice.say(f"laps.{trend}")
    return [voice.say("laps.course", laps=head, first=first, last=last, how=how)]


def _is_timed(laps: Sequence[Lap], measure: _Measure) -> bool:
    """Tell whether the time of each says it: all are equally far, up to a kilometre."""
    far = [lap.distance_km or 0.0 for lap in laps]
    if not measure.is_pace or not all(far) or not all(lap.moving_s for lap in laps):
        return False
    return max(far) <= 1.01 and max(far) - min(far) <= _ALIKE * max(far)


def _trend(laps: Sequence[Lap], measure: _Measure | None) -> str | None:
    """Compare the first third with the last one; 1.5 percent are even."""
    if measure is None or len(laps) < 2:
        return None
    values = [measure.of(lap) for lap in laps]
    third = max(1, len(values) // 3)
    first, last = sum(values[:third]) / third, sum(values[-third:]) / third
    if not first or abs(last - first) <= _EVEN * first:
        return "even"
    if measure.is_pace:
        return "slower" if last > first else "faster"
    return "harder" if last > first else "easier"


def _say_best(laps: Sequence[Lap], measure: _Measure, voice: Voice) -> str | None:
    """Say that the first or the last was the best, where it stands out."""
    if len(laps) < _ENOUGH_FOR_A_BEST:
        return None
    ranked = sorted(laps, key=measure.effort)
    best, second = measure.of(ranked[0]), measure.of(ranked[1])
    if abs(best - second) <= _EVEN * best:
        return None
    if ranked[0] is laps[0]:
        return voice.say("laps.first_best")
    return voice.say("laps.last_best") if ranked[0] is laps[-1] else None


def _say_beats(laps: Sequence[Lap], measure: _Measure, voice: Voice) -> str | None:
    """Say where the pulse went, if it is not what the laps are compared by."""
    beats = [lap.heart_rate_bpm or 0 for lap in laps]
    if measure.name == "heart_rate_bpm" or not all(beats):
        return None
    low, high = voice.say_number(beats[0]), voice.say_number(beats[-1])
    if abs(beats[0] - beats[-1]) <= _FEW_BEATS:
        return voice.say("laps.pulse", pulse=high)
    return voice.say("laps.pulse_course", low=low, high=high)


def _why_none(*, analyzed: bool, manual: bool) -> str:
    if manual:
        return "laps.manual"
    return "laps.none" if analyzed else "laps.not_analyzed"


@dataclass(frozen=True, slots=True)
class _Measure:
    """What laps are compared by, and how it is said."""

    name: str  # the field of a lap
    say: Callable[[Voice, float], str]
    is_pace: bool = True  # less is harder

    def of(self, lap: Lap) -> float:
        """Return the value of a lap, 0 where it has none."""
        return getattr(lap, self.name) or 0.0

    def effort(self, lap: Lap) -> float:
        """Return what laps are sorted by, the hardest first."""
        return self.of(lap) if self.is_pace else -self.of(lap)


_PACES = (
    _Measure("pace_s_per_km", Voice.say_pace),
    _Measure("pace_s_per_100m", Voice.say_swim_pace),
    _Measure("pace_s_per_500m", Voice.say_row_pace),
)
_EFFORTS = (
    _Measure(
        "power_w",
        lambda voice, value: voice.say("watts", n=round(value)),
        is_pace=False,
    ),
    _Measure(
        "heart_rate_bpm",
        lambda voice, value: voice.say("beats", n=round(value)),
        is_pace=False,
    ),
)


def _measure_of(laps: Sequence[Lap]) -> _Measure | None:
    """Return the one measure for all laps of an activity; two cannot be compared.

    Pace where any lap has one, for a lap without it is a rest; else what most efforts
    have, power rather than heart rate: nobody pedals while resting.
    """
    for measure in _PACES:
        if any(map(measure.of, laps)):
            return measure
    work = [lap for lap in laps if lap.kind == "work"] or laps
    counted = [(sum(map(bool, map(each.of, work))), each) for each in _EFFORTS]
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


def _say_lap(lap: Lap, voice: Voice) -> str:
    """Say how far and how long one lap was."""
    swum = lap.pace_s_per_100m is not None
    far = voice.say_distance(lap.distance_km, swum=swum) if lap.distance_km else None
    time = voice.say_duration(lap.moving_s) if lap.moving_s else None
    if far and time:
        return voice.say("activity.done", distance=far, time=time)
    return far or time or voice.say("laps.unknown")
