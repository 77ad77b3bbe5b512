"""Recovery: last night and this morning against what is usual for this athlete."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from bridge.domain.raw import extended, flatten_all
from bridge.domain.speech.breath import Part, in_one_breath
from bridge.domain.speech.voice import Voice
from bridge.domain.wellness.baseline import SHORT_DAYS, baseline
from bridge.domain.wellness.day import (
    RawWellness,
    Wellness,
    flatten_wellness,
    mean,
    say_value,
    say_wellness,
)
from bridge.domain.wellness.fields import WELLNESS_FIELDS

_NOTABLE_SLEEP_S = 2700
_USUAL_BEATS = 1
_ENOUGH_DAYS = 3
_FEELINGS = ("soreness", "fatigue", "stress", "mood", "motivation", "injury")


class Recovery(Wellness, frozen=True, kw_only=True, omit_defaults=True):
    """One day of wellness beside what is usual: means of the days before it."""

    sleep_7d_s: int | None = None
    sleep_status: str | None = None  # low, normal or high against 60 days
    hrv_60d_ms: float | None = None
    hrv_sdnn_60d_ms: float | None = None  # of an athlete whose watch has no rMSSD
    hrv_status: str | None = None
    resting_hr_7d_bpm: int | None = None
    resting_hr_status: str | None = None
    recovered: bool | None = None  # none of the three is off; needs more than a pulse


# What a night is held against, of the sixty before it.
_COMPARED = frozenset({"sleep_s", "hrv_ms", "hrv_sdnn_ms", "resting_hr_bpm"})


def flatten_nights(rows: Iterable[RawWellness], day: date) -> list[Wellness]:
    """Flatten a day, and of those before it what they are compared by."""
    written = day.isoformat()

    def flatten(raw: RawWellness) -> Wellness:
        return flatten_wellness(raw, only=None if raw.id == written else _COMPARED)

    return flatten_all(flatten, rows)


def recovery_of(days: Sequence[Wellness], day: date) -> Recovery:
    """Compare a day with the 60 days before it; ``days`` are in any order.

    SDNN stands for a day without rMSSD, against its own 60 days.
    """
    known = next((row for row in days if row.date == day.isoformat()), None)
    heart = known and (known.hrv_ms or known.hrv_sdnn_ms or known.resting_hr_bpm)
    if known is None or not (known.sleep_s or heart):
        return extended(known or Wellness(date=day.isoformat()), Recovery)
    by_sdnn = known.hrv_ms is None and known.hrv_sdnn_ms is not None
    sleep = baseline(days, day, lambda row: row.sleep_s)
    rmssd = baseline(days, day, lambda row: row.hrv_ms)
    sdnn = baseline(days, day, lambda row: row.hrv_sdnn_ms)
    hrv = sdnn if by_sdnn else rmssd
    pulse = baseline(days, day, lambda row: row.resting_hr_bpm)
    by_pulse = sleep.status is not None and pulse.status is not None
    is_judged = hrv.status is not None or by_pulse
    off = hrv.status == "low" or sleep.status == "low" or pulse.status == "high"
    return extended(
        known,
        Recovery,
        sleep_7d_s=None if sleep.mean_7d is None else round(sleep.mean_7d),
        sleep_status=sleep.status,
        hrv_60d_ms=_tenth(rmssd.mean_60d),
        hrv_sdnn_60d_ms=_tenth(sdnn.mean_60d) if by_sdnn else None,
        hrv_status=hrv.status,
        resting_hr_7d_bpm=None if pulse.mean_7d is None else round(pulse.mean_7d),
        resting_hr_status=pulse.status,
        recovered=not off if is_judged else None,
    )


def _tenth(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def week_means(days: Sequence[Wellness], day: date) -> dict[str, float]:
    """Return the means of the seven days before a day, of what three have at least."""
    ages = [(day - date.fromisoformat(row.date)).days for row in days]
    week = [row for row, age in zip(days, ages, strict=True) if 1 <= age <= SHORT_DAYS]
    found: dict[str, float] = {}
    for field in WELLNESS_FIELDS:
        if field.words is not None:
            continue
        values = [getattr(row, field.name) for row in week]
        known = [value for value in values if value is not None]
        if len(known) >= _ENOUGH_DAYS:
            found[field.name] = mean(known) or 0.0
    return found


def say_recovery(recovery: Recovery, voice: Voice, today: date) -> str:
    """Say sleep, HRV and resting heart rate against what is usual, and the verdict."""
    measured: list[Part] = [
        _say_sleep(recovery, voice),
        _say_hrv(recovery, voice),
        _say_pulse(recovery, voice),
    ]
    if not any(measured):
        return say_wellness(recovery, voice, today)
    feelings: list[Part] = [
        say_value(name, getattr(recovery, name), voice)
        for name in ("sleep_score", "readiness", *_FEELINGS)
    ]
    is_today = recovery.date == today.isoformat()
    verdict = voice.say("wellness.recovered") if recovery.recovered else None
    lacks_sleep = is_today and recovery.sleep_s is None and recovery.sleep_7d_s
    waits = voice.say("brief.no_sleep") if lacks_sleep else None
    said = (waits, *measured, verdict if is_today else None)
    return in_one_breath(voice, said, feelings)


def _say_sleep(recovery: Recovery, voice: Voice) -> str | None:
    slept, usual = recovery.sleep_s, recovery.sleep_7d_s
    if slept is None:
        return None
    time = voice.say_half_hours(slept)
    if usual is None:
        return voice.say("wellness.slept", time=voice.say_duration(slept))
    if abs(slept - usual) < _NOTABLE_SLEEP_S:
        return voice.say("wellness.slept_usual", time=time)
    key = "brief.slept_more" if slept > usual else "brief.slept_less"
    return voice.say(key, time=time, difference=voice.say_roughly(abs(slept - usual)))


def _say_hrv(recovery: Recovery, voice: Voice) -> str | None:
    # against its own baseline either measure is an HRV to the ear
    name = "hrv_ms" if recovery.hrv_ms is not None else "hrv_sdnn_ms"
    value: float | None = getattr(recovery, name)
    if value is None or recovery.hrv_status is None:
        return say_value(name, value, voice)
    return voice.say(f"brief.hrv_{recovery.hrv_status}", n=round(value))


def _say_pulse(recovery: Recovery, voice: Voice) -> str | None:
    beats, usual = recovery.resting_hr_bpm, recovery.resting_hr_7d_bpm
    if beats is None or usual is None:
        return say_value("resting_hr_bpm", beats, voice)
    said, more = voice.say_number(beats), beats - usual
    if abs(more) <= _USUAL_BEATS:
        return voice.say("wellness.pulse_usual", pulse=said)
    key = "brief.pulse_high" if more > 0 else "wellness.pulse_low"
    return voice.say(key, pulse=said, n=abs(more))
