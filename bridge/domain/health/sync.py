"""Health samples become wellness of the right days; what others wrote stays."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from statistics import fmean
from typing import Literal
from zoneinfo import ZoneInfo

from bridge.domain.flat import Scalar
from bridge.domain.flat import number as plain_number
from bridge.domain.health.samples import (
    SLEEP_EXAMPLE,
    BadSample,
    Sample,
    local_day,
    nights,
    only_in_bed,
    read_samples,
    stage_of,
    steps_by_day,
)
from bridge.domain.inputs import Dimension, InputError, parse_quantity
from bridge.domain.values import Values, same, scalar
from bridge.domain.wellness.fields import WELLNESS_BY_NAME
from bridge.errors import BadField

Why = Literal["other_source", "smaller", "cut_off", "same", "not_kept"]
ByDay = dict[date, dict[str, Scalar]]
Summary = Callable[[Sequence[float]], float]

MOST_DAYS = 31
_NEARLY_A_DAY = timedelta(hours=23)
_AFTER_MIDNIGHT = time(4)  # sleep of a whole-day window begins before, if it was cut
_DAY = timedelta(days=1)
_GROWING = frozenset({"sleep_s", "steps"})  # a later reading of a day is never less


@dataclass(frozen=True, slots=True)
class SampleType:
    """One kind of sample: what it becomes, and how several of a day become one."""

    name: str
    writes: str
    about: str
    example: str
    dimension: Dimension | None = None  # None: sleep
    of_day: Summary | None = None  # None: sleep and steps have their own way


def _last(values: Sequence[float]) -> float:
    return values[-1]


_AT_SIX = "2026-11-23T06:00:00;2026-11-23T06:00:00;{}"
SAMPLE_TYPES: tuple[SampleType, ...] = (
    SampleType("sleep", "sleep_s", "stages of sleep", SLEEP_EXAMPLE),
    SampleType(
        "steps",
        "steps",
        "step counts",
        "2026-11-22T00:00:00;2026-11-23T00:00:00;8432 count",
        Dimension.COUNT,
    ),
    SampleType(
        "resting_hr",
        "resting_hr_bpm",
        "resting heart rate, the last of a day counts",
        _AT_SIX.format("48 count/min"),
        Dimension.HEART_RATE,
        _last,
    ),
    SampleType(
        "hrv",
        "hrv_sdnn_ms",
        "heart rate variability as Apple Health measures it, which is SDNN; averaged",
        _AT_SIX.format("55 ms"),
        Dimension.HRV,
        fmean,
    ),
    SampleType(
        "weight",
        "weight_kg",
        "weight, the last of a day counts",
        _AT_SIX.format("72.5 kg"),
        Dimension.MASS,
        _last,
    ),
    SampleType(
        "body_fat",
        "body_fat_percent",
        "body fat, the last of a day counts",
        _AT_SIX.format("15.5 %"),
        Dimension.PERCENT,
        _last,
    ),
    SampleType(
        "spo2",
        "spo2_percent",
        "oxygen saturation, averaged",
        _AT_SIX.format("97 %"),
        Dimension.PERCENT,
        fmean,
    ),
    SampleType(
        "respiration",
        "respiration_per_min",
        "breaths a minute, averaged",
        _AT_SIX.format("14.5 count/min"),
        Dimension.RESPIRATION,
        fmean,
    ),
    SampleType(
        "vo2max",
        "vo2max",
        "maximal oxygen uptake, the last of a day counts",
        _AT_SIX.format("52.5"),
        Dimension.VO2MAX,
        _last,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthRead:
    """What samples say: values for each day, and what is not to be trusted.

    ``cut_off`` are days whose oldest samples lie where the phone stopped looking.
    """

    days: ByDay
    cut_off: dict[str, date] = field(default_factory=dict)  # wellness field: day
    only_in_bed: bool = False
    bad: list[BadSample] = field(default_factory=list)


def read_health(
    sent: Mapping[str, object],
    zone: ZoneInfo,
    now: datetime,
    *,
    day_first: bool = False,
    whole: Collection[str] = (),
) -> HealthRead:
    """Turn samples into values of wellness days.

    Parameters
    ----------
    sent
        Lines of samples by the names of :data:`SAMPLE_TYPES`; "" for none.
    zone
        The athlete's time zone.
    now
        The instant of the request.
    day_first
        Whether the athlete's language puts the day before the month, always.
    whole
        Names whose samples were cut nowhere, as an app says that added them up.

    Returns
    -------
    HealthRead
        Under the names and in the units of wellness. Sleep belongs to the day of
        waking, everything else to the day it was measured on. A sample that is not
        understood, lies ahead or cannot be is ``bad`` and costs no other.

    Raises
    ------
    BadField
        Where every sample is bad, for the first; for what are no samples, or days
        beyond counting.
    """
    days: ByDay = {}
    cut_off: dict[str, date] = {}
    bad: list[BadSample] = []
    in_bed = False
    for sample_type in SAMPLE_TYPES:
        read = read_samples(
            sample_type.name,
            sent.get(sample_type.name),
            zone,
            sample_type.example,
            day_first=day_first,
        )
        samples, odd = _parted(sample_type, read.good, now)
        bad += [*read.bad, *odd]
        if not samples:
            continue
        for day, value in _values(sample_type, samples, zone).items():
            days.setdefault(day, {})[sample_type.writes] = _kept(sample_type, value)
        growing = sample_type.writes in _GROWING and sample_type.name not in whole
        if growing and _is_cut(sample_type, samples, zone, now):
            cut_off[sample_type.writes] = _first_day(sample_type, samples, zone)
        in_bed |= sample_type.dimension is None and only_in_bed(samples)
    if len(days) > MOST_DAYS:
        raise BadField(f"{len(days)} days", name="start", example="the last 7 days")
    if bad and not days and not in_bed:
        raise bad[0].error
    return HealthRead(days=days, cut_off=cut_off, only_in_bed=in_bed, bad=bad)


def _parted(
    sample_type: SampleType, samples: Sequence[Sample], now: datetime
) -> tuple[list[Sample], list[BadSample]]:
    """Part samples into those whose value can be, and those whose cannot."""
    good: list[Sample] = []
    bad: list[BadSample] = []
    for sample in samples:
        try:
            if sample.start > now + _DAY:
                raise _refusal(sample_type, "lies ahead")
            if sample_type.dimension is None:
                stage_of(sample.value)
            else:
                _kept(sample_type, _number(sample_type, sample))
            good.append(sample)
        except BadField as error:
            bad.append(BadSample(name=sample_type.name, line=sample.line, error=error))
    return good, bad


def why_not(
    name: str, value: Scalar, now: Values, ours: Values, *, overwrite: bool
) -> Why | None:
    """Return why a value is not to be written, or None if it is.

    Parameters
    ----------
    name, value
        The wellness field and what the samples say.
    now
        What Intervals.icu has; a copied weight or pulse counts as empty.
    ours
        What this bridge's syncs wrote last.
    overwrite
        Whether the athlete asked to replace what others wrote.
    """
    there = scalar(now.get(name))
    if there is None:
        return None
    if same(there, value):
        return "same"
    if overwrite:
        return None
    if not same(there, ours.get(name)):
        return "other_source"
    if name in _GROWING and float(there) > float(value):
        return "smaller"
    return None


def _values(
    sample_type: SampleType, samples: Sequence[Sample], zone: ZoneInfo
) -> dict[date, float]:
    if sample_type.dimension is None:
        asleep: dict[date, float] = {}
        for night in nights(samples, zone):
            asleep[night.day] = asleep.get(night.day, 0.0) + night.asleep_s
        return asleep
    numbers = [(sample, _number(sample_type, sample)) for sample in samples]
    if sample_type.of_day is None:
        return steps_by_day(numbers, zone)
    by_day: dict[date, list[float]] = {}
    for sample, number in numbers:
        by_day.setdefault(local_day(sample.start, zone), []).append(number)
    return {day: sample_type.of_day(values) for day, values in by_day.items()}


def _number(sample_type: SampleType, sample: Sample) -> float:
    if sample_type.dimension is None:
        raise TypeError(sample_type.name)
    try:
        number = parse_quantity(sample.value, sample_type.dimension)
    except InputError as error:
        raise _refusal(sample_type, error.mistake.value) from error
    # HealthKit keeps shares of one, and some phones show them as they are.
    if sample_type.dimension is not Dimension.PERCENT or not 0 < number <= 1:
        return number
    exact = plain_number(sample.value.rstrip(" %").replace(",", "."))
    return round(100 * (number if exact is None else exact), 2)


def _kept(sample_type: SampleType, value: float) -> Scalar:
    kept = WELLNESS_BY_NAME[sample_type.writes].read(value)
    if kept is None:
        raise _refusal(sample_type, "cannot be")
    return kept


def _is_cut(
    sample_type: SampleType, samples: Sequence[Sample], zone: ZoneInfo, now: datetime
) -> bool:
    """Tell whether the oldest sample begins where "the last n days" began.

    Shortcuts looks back whole days: of the night before the oldest, only what began
    after midnight is there. A night whose sleep begins in those hours on the oldest
    day is not believed. Others look back so many hours: at 7:00 they find the end of a
    night that ended at 7:30, and half a day of steps. A sum of a day does not show
    where it was cut: the oldest of several days is not believed.
    """
    oldest = samples[0].start
    if sample_type.dimension is None:
        found = nights(samples, zone)
        if not found:
            return False
        oldest = found[0].start
        begins = oldest.astimezone(zone)
        if begins.time() < _AFTER_MIDNIGHT and begins.date() < local_day(now, zone):
            return True
    age = now - oldest
    clock = oldest.astimezone(zone).time()
    if sample_type.dimension is not None and clock == time():
        return age >= 2 * _DAY and local_day(samples[-1].start, zone) > local_day(
            oldest, zone
        )
    return age > _DAY and age % _DAY >= _NEARLY_A_DAY


def _first_day(
    sample_type: SampleType, samples: Sequence[Sample], zone: ZoneInfo
) -> date:
    if sample_type.dimension is None:
        return nights(samples, zone)[0].day
    return local_day(samples[0].start, zone)


def _refusal(sample_type: SampleType, why: str) -> BadField:
    return BadField(
        f"{sample_type.name}: {why}", name=sample_type.name, example=sample_type.example
    )
