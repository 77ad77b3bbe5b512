"""Wellness: how one day was slept, felt and measured."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

import msgspec

from bridge.domain.flat import Scalar
from bridge.domain.moment import read_day_text, read_instant
from bridge.domain.raw import RawRecord
from bridge.domain.speech.breath import Part, in_one_breath, sentence, short
from bridge.domain.speech.voice import Voice
from bridge.domain.wellness.fields import (
    SPOKEN_ONLY_WHEN_ASKED,
    WELLNESS_BY_NAME,
    WELLNESS_FIELDS,
    WellnessField,
)
from bridge.errors import UpstreamGarbage

_SPOKEN_FIRST = (
    "sleep_s",
    "sleep_score",
    "hrv_ms",
    "hrv_sdnn_ms",
    "resting_hr_bpm",
    "readiness",
)
_OF_SLEEP = frozenset({"sleep_quality", "sleep_score"})
_SMALL = 30  # below it, a decimal is worth its breath: lactate, body fat


class RawWellness(RawRecord):
    """What is read of a ``Wellness`` row, under our names."""

    id: object = None
    updated: object = None
    locked: object = None
    temp_weight: object = msgspec.field(default=None, name="tempWeight")
    temp_resting_hr: object = msgspec.field(default=None, name="tempRestingHR")
    weight_kg: object = msgspec.field(default=None, name="weight")
    resting_hr_bpm: object = msgspec.field(default=None, name="restingHR")
    hrv_ms: object = msgspec.field(default=None, name="hrv")
    hrv_sdnn_ms: object = msgspec.field(default=None, name="hrvSDNN")
    sleep_s: object = msgspec.field(default=None, name="sleepSecs")
    sleep_score: object = msgspec.field(default=None, name="sleepScore")
    sleep_quality: object = msgspec.field(default=None, name="sleepQuality")
    avg_sleeping_hr_bpm: object = msgspec.field(default=None, name="avgSleepingHR")
    spo2_percent: object = msgspec.field(default=None, name="spO2")
    respiration_per_min: object = msgspec.field(default=None, name="respiration")
    systolic_mmhg: object = msgspec.field(default=None, name="systolic")
    diastolic_mmhg: object = msgspec.field(default=None, name="diastolic")
    soreness: object = None
    fatigue: object = None
    stress: object = None
    mood: object = None
    motivation: object = None
    injury: object = None
    hydration: object = None
    hydration_volume_l: object = msgspec.field(default=None, name="hydrationVolume")
    readiness: object = None
    steps: object = None
    eaten_kcal: object = msgspec.field(default=None, name="kcalConsumed")
    carbohydrates_g: object = msgspec.field(default=None, name="carbohydrates")
    protein_g: object = msgspec.field(default=None, name="protein")
    fat_g: object = msgspec.field(default=None, name="fatTotal")
    body_fat_percent: object = msgspec.field(default=None, name="bodyFat")
    abdomen_cm: object = msgspec.field(default=None, name="abdomen")
    vo2max: object = None
    blood_glucose_mmol_per_l: object = msgspec.field(default=None, name="bloodGlucose")
    lactate_mmol_per_l: object = msgspec.field(default=None, name="lactate")
    baevsky_index: object = msgspec.field(default=None, name="baevskySI")
    menstrual_phase: object = msgspec.field(default=None, name="menstrualPhase")
    menstrual_phase_predicted: object = msgspec.field(
        default=None, name="menstrualPhasePredicted"
    )
    comments: object = None


class Wellness(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One day of wellness; what was not measured is left out.

    Scales: ``sleep_quality``, ``mood`` and ``motivation`` from 1 excellent to 4
    poor; ``soreness``, ``fatigue`` and ``stress`` from 0 none to 4 extreme;
    ``injury`` from 1 none to 4 injured; ``hydration`` from 1 good to 4 poor.
    """

    date: str
    weight_kg: float | None = None
    weight_is_copied: bool | None = None  # from the settings, not measured that day
    resting_hr_bpm: int | None = None
    resting_hr_is_copied: bool | None = None
    hrv_ms: float | None = None  # rMSSD
    hrv_sdnn_ms: float | None = None
    sleep_s: int | None = None
    sleep_score: float | None = None  # 0 to 100
    sleep_quality: int | None = None
    avg_sleeping_hr_bpm: float | None = None
    spo2_percent: float | None = None
    respiration_per_min: float | None = None
    systolic_mmhg: int | None = None
    diastolic_mmhg: int | None = None
    soreness: int | None = None
    fatigue: int | None = None
    stress: int | None = None
    mood: int | None = None
    motivation: int | None = None
    injury: int | None = None
    hydration: int | None = None
    hydration_volume_l: float | None = None
    readiness: float | None = None  # on the scale of its source
    steps: int | None = None
    eaten_kcal: int | None = None
    carbohydrates_g: float | None = None
    protein_g: float | None = None
    fat_g: float | None = None
    body_fat_percent: float | None = None
    abdomen_cm: float | None = None
    vo2max: float | None = None  # millilitres a minute and kilogram
    blood_glucose_mmol_per_l: float | None = None
    lactate_mmol_per_l: float | None = None
    baevsky_index: float | None = None
    menstrual_phase: str | None = None
    menstrual_phase_predicted: str | None = None
    comments: str | None = None
    locked: bool | None = None  # upstream ignores other sources for this day
    updated_at: str | None = None


def flatten_wellness(
    raw: RawWellness, *, private: bool = False, only: frozenset[str] | None = None
) -> Wellness:
    """Flatten one day of wellness.

    Parameters
    ----------
    raw
        A wellness row; nearly everything may be null.
    private
        Whether menstrual phase and comments are wanted too: only when somebody
        asked for them by name.
    only
        The names that are wanted, where not all are.

    Returns
    -------
    Wellness
        The values within what is possible; see ``wellness_fields``.

    Raises
    ------
    KeyError
        If ``id`` is not a day.

    Source
    ------
    GET /api/v1/athlete/{id}/wellness/{date}, schema ``Wellness``.
    """
    day = read_day_text(raw.id)
    if day is None:
        raise UpstreamGarbage("a record of day without an id")
    values: dict[str, Any] = {
        field.name: field.read(value)
        for field in _wanted(private=private, only=only)
        if (value := getattr(raw, field.name)) is not None
    }
    if only is not None:
        return Wellness(date=day, **values)
    values |= {
        "date": day,
        "weight_is_copied": _copied(values.get("weight_kg"), raw.temp_weight),
        "resting_hr_is_copied": _copied(
            values.get("resting_hr_bpm"), raw.temp_resting_hr
        ),
        "locked": raw.locked if isinstance(raw.locked, bool) else None,
        "updated_at": read_instant(raw.updated),
    }
    return Wellness(**values)


@cache
def _wanted(*, private: bool, only: frozenset[str] | None) -> tuple[WellnessField, ...]:
    return tuple(
        field
        for field in WELLNESS_FIELDS
        if (private or not field.private) and (only is None or field.name in only)
    )


def say_wellness(
    wellness: Wellness,
    voice: Voice,
    today: date,
    *,
    asked: Collection[str] = (),
    means: Mapping[str, float] | None = None,
) -> str:
    """Say what was asked for alone, else sleep, heart and how the athlete feels.

    ``asked`` are the names somebody asked for; ``means`` are those of the week before,
    to compare with. Weight, menstrual phase and comments are spoken only when asked.
    """
    names = [name for name in asked if name in WELLNESS_BY_NAME] or _order()
    if wellness.hrv_ms is not None and "hrv_sdnn_ms" not in asked:
        names = [name for name in names if name != "hrv_sdnn_ms"]
    said: list[Part] = []
    for name in names:
        value = getattr(wellness, name)
        words = say_value(name, value, voice)
        usual = _say_mean(name, (means or {}).get(name), voice) if asked else None
        said.append(None if words is None else [f"{words} {usual}" if usual else words])
    if any(said):
        return in_one_breath(voice, said)
    if "sleep_s" not in names and not _OF_SLEEP.isdisjoint(names) and wellness.sleep_s:
        # How well nobody noted; how long is the next best answer.
        return say_wellness(wellness, voice, today, asked=("sleep_s",), means=means)
    return _say_none(date.fromisoformat(wellness.date), voice, today)


def _say_mean(name: str, mean: float | None, voice: Voice) -> str | None:
    """Say the week's mean of what is measured; a feeling has none."""
    field = WELLNESS_BY_NAME[name]
    if mean is None or field.scale or field.words is not None:
        return None
    if name == "sleep_s":
        said = voice.say_duration(mean)
    elif name == "weight_kg":
        said = voice.say_weight(mean)
    else:
        said = voice.say_number(mean, 1 if abs(mean) < _SMALL else 0)
    return voice.say("wellness.week_mean", value=said)


def say_wellness_range(days: Sequence[Wellness], voice: Voice, *, period: str) -> str:
    """Say the averages over several days, of as many nights as have a value.

    ``period`` are those days as they are said: ``in the last 7 days``.
    """
    if not days:
        return in_one_breath(
            voice, (voice.say("wellness.none_in_range", period=period),)
        )
    slept = [day.sleep_s for day in days if day.sleep_s is not None]
    hearts = [day.hrv_ms for day in days if day.hrv_ms is not None]
    sdnn = [day.hrv_sdnn_ms for day in days if day.hrv_sdnn_ms is not None]
    beats = [day.resting_hr_bpm for day in days if day.resting_hr_bpm is not None]
    nights = max(len(slept), len(hearts), len(sdnn), len(beats))
    if not nights:
        return voice.say("wellness.days", n=len(days))
    by_sdnn = len(sdnn) > len(hearts)  # two measures are never mixed
    heart = mean(sdnn if by_sdnn else hearts)
    sleep, pulse = mean(slept), mean(beats)
    parts = (
        None
        if sleep is None
        else voice.say("wellness.average_sleep", time=voice.say_duration(sleep)),
        None if heart is None else voice.say("wellness.average_hrv", n=round(heart)),
        None if pulse is None else voice.say("wellness.average_pulse", n=round(pulse)),
    )
    what = ", ".join(filter(None, parts))
    said = voice.say("wellness.average_of", n=nights, period=period, what=what)
    return in_one_breath(voice, (said,))


def mean(values: Sequence[float | None]) -> float | None:
    """Return the mean of what is known, or None where nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def _order() -> list[str]:
    rest = [
        field.name
        for field in WELLNESS_FIELDS
        if field.name not in SPOKEN_ONLY_WHEN_ASKED and field.scale
    ]
    return [*_SPOKEN_FIRST, *rest, "steps"]


def say_value(name: str, value: Scalar | None, voice: Voice) -> str | None:
    """Say one value as a sentence of its own; None where there is none."""
    if value is None:
        return None
    if isinstance(value, str):
        return _say_text(name, value, voice)
    if name == "sleep_s":
        return _say_duration("wellness.sleep_s", value, voice)
    if name == "weight_kg":
        return voice.say("wellness.weight_kg", weight=voice.say_weight(value))
    key, word = f"wellness.{name}", f"scale.{name}.{value}"
    if voice.knows(word):
        plain = f"{key}.{value}"  # "No stress", not "Stress none"
        key = plain if voice.knows(plain) else key
        return voice.say(key, word=voice.say(word))
    number = voice.say_number(value, 1 if abs(value) < _SMALL else 0)
    return voice.say(key, n=value, number=number)


def _say_text(name: str, value: str, voice: Voice) -> str:
    plain, phase = f"wellness.{name}.{value}", f"phase.{value}"
    if voice.knows(plain):  # "The day is not locked", not "The lock no"
        return voice.say(plain)
    words = voice.say(phase) if voice.knows(phase) else short(value, voice)
    return sentence(voice.say(f"wellness.{name}", words=words))


def _say_duration(key: str, seconds: float, voice: Voice) -> str:
    return voice.say(key, time=voice.say_duration(seconds))


def _say_none(day: date, voice: Voice, today: date) -> str:
    if abs((day - today).days) <= 1:  # it may still come
        return voice.say("wellness.none_near", day=voice.day(day, today))
    return voice.say("wellness.none", day=voice.calendar_day(day, today))


def _copied(value: object, temporary: object) -> bool | None:
    return True if value is not None and temporary is True else None
