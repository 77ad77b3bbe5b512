"""The morning brief: form, sleep, heart rate variability, plan, phase, race."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from bridge.domain.activity.activity import Activity
from bridge.domain.calendar.event import SESSIONS, Event, covers, say_event_name
from bridge.domain.calendar.race import (
    Race,
    flatten_race,
    phase_on,
    say_countdown,
    say_phase,
)
from bridge.domain.overview.fitness import Fitness, say_form
from bridge.domain.speech.breath import Part, in_one_breath, short
from bridge.domain.speech.voice import ENGLISH, Voice
from bridge.domain.sport import say_sport
from bridge.domain.wellness.baseline import baseline
from bridge.domain.wellness.day import Wellness

_NOTABLE_SLEEP_S = 1800
_MOST_NAMED = 2
_RACE_IS_NEAR_DAYS = 60


class Brief(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One day at a glance. ``…_7d`` and ``…_60d`` are means of the days before."""

    date: str
    form: float | None = None
    form_percent: float | None = None
    form_zone: str | None = None
    form_before_plan: float | None = None  # without what is planned only
    form_before_plan_percent: float | None = None
    form_before_plan_zone: str | None = None
    ctl_before_plan: float | None = None
    atl_before_plan: float | None = None
    ctl: float | None = None
    atl: float | None = None
    sleep_is_in: bool = False  # last night's sleep has arrived upstream
    sleep_s: int | None = None
    sleep_7d_s: int | None = None
    sleep_60d_s: int | None = None
    sleep_status: str | None = None  # low, normal or high against the 60 days
    hrv_ms: float | None = None
    hrv_7d_ms: float | None = None
    hrv_60d_ms: float | None = None
    hrv_status: str | None = None
    resting_hr_bpm: int | None = None
    resting_hr_7d_bpm: int | None = None
    resting_hr_60d_bpm: int | None = None
    resting_hr_status: str | None = None
    sessions_planned: int = 0
    sessions_left: int = 0
    sessions_done: int = 0
    planned: str | None = None  # names of what is still to do
    planned_load: int | None = None  # all of the day's plan, done or not
    planned_s: int | None = None
    done: str | None = None
    done_load: int = 0
    done_s: int = 0
    phase: str | None = None
    race: str | None = None
    race_date: str | None = None
    race_days: int | None = None


_OF_FITNESS = frozenset(Brief.__struct_fields__) & frozenset(Fitness.__struct_fields__)


def flatten_brief(
    fitness: Fitness,
    *,
    wellness: Sequence[Wellness],
    events: Sequence[Event],
    activities: Sequence[Activity],
    voice: Voice = ENGLISH,
) -> Brief:
    """Put one day together out of what is already flat.

    Parameters
    ----------
    fitness
        Fitness of the day; the day is its ``date``.
    wellness
        The day and the 60 days before it, with gaps.
    events
        Calendar entries from the day on, as far as the next race.
    activities
        What was done; other days are passed over.
    voice
        Joins names as its language does, and names what has none by its sport.
    """
    day = date.fromisoformat(fitness.date)
    brief = Brief(**{name: getattr(fitness, name) for name in _OF_FITNESS})
    brief = _with_night(brief, wellness, day)
    brief = _with_plan(brief, events, day, voice)
    brief = _with_done(brief, activities, voice)
    race = flatten_race(events, day)
    return brief if race is None else _with_race(brief, race)


def say_brief(
    brief: Brief, voice: Voice, today: date, *, as_percent: bool = False
) -> str:
    """Say the day in one breath: form, the night, what to do, what is done."""
    past = date.fromisoformat(brief.date) < today
    return in_one_breath(
        (
            say_form(_fitness_of(brief), voice, as_percent=as_percent, past=past),
            _say_sleep(brief, voice, today),
            _say_hrv(brief, voice),
            _say_plan(brief, voice, today),
            _say_done(brief, voice, today),
            _say_race(brief, voice, today),
            None if brief.phase is None else say_phase(brief.phase, voice),
        )
    )


def _fitness_of(brief: Brief) -> Fitness:
    return Fitness(**{name: getattr(brief, name) for name in _OF_FITNESS})


def _with_night(brief: Brief, wellness: Sequence[Wellness], day: date) -> Brief:
    night = next((row for row in wellness if row.date == brief.date), None)
    night = night or Wellness(date=brief.date)
    sleep = baseline(wellness, day, lambda row: row.sleep_s)
    hrv = baseline(wellness, day, lambda row: row.hrv_ms)
    pulse = baseline(wellness, day, lambda row: row.resting_hr_bpm)
    return msgspec.structs.replace(
        brief,
        sleep_is_in=night.sleep_s is not None,
        sleep_s=night.sleep_s,
        sleep_7d_s=_whole(sleep.mean_7d),
        sleep_60d_s=_whole(sleep.mean_60d),
        sleep_status=sleep.status,
        hrv_ms=night.hrv_ms,
        hrv_7d_ms=_tenth(hrv.mean_7d),
        hrv_60d_ms=_tenth(hrv.mean_60d),
        hrv_status=hrv.status,
        resting_hr_bpm=night.resting_hr_bpm,
        resting_hr_7d_bpm=_whole(pulse.mean_7d),
        resting_hr_60d_bpm=_whole(pulse.mean_60d),
        resting_hr_status=pulse.status,
    )


def _with_plan(
    brief: Brief,
    events: Sequence[Event],
    day: date,
    voice: Voice,
) -> Brief:
    sessions = [row for row in events if row.category in SESSIONS and covers(row, day)]
    left = [session for session in sessions if not session.done]
    phase = phase_on(events, day)
    return msgspec.structs.replace(
        brief,
        sessions_planned=len(sessions),
        sessions_left=len(left),
        planned=_names([say_event_name(event, voice) for event in left], voice),
        planned_load=sum(session.planned_load or 0 for session in sessions) or None,
        planned_s=sum(session.planned_s or 0 for session in sessions) or None,
        phase=None if phase is None else phase.name,
    )


def _with_done(
    brief: Brief,
    activities: Sequence[Activity],
    voice: Voice,
) -> Brief:
    done = [row for row in activities if row.date == brief.date]
    return msgspec.structs.replace(
        brief,
        sessions_done=len(done),
        done=_names([row.name or say_sport(row.type, voice) for row in done], voice),
        done_load=sum(row.training_load or 0 for row in done),
        done_s=sum(row.moving_s or 0 for row in done),
    )


def _with_race(brief: Brief, race: Race) -> Brief:
    return msgspec.structs.replace(
        brief, race=race.name, race_date=race.date, race_days=race.days
    )


def _say_sleep(brief: Brief, voice: Voice, today: date) -> str | None:
    if brief.sleep_s is None:  # only of last night it may still come
        is_today = brief.date == today.isoformat()
        return voice.say("brief.no_sleep") if is_today else None
    slept = voice.say_duration(brief.sleep_s)
    usual = brief.sleep_7d_s
    if usual is None or abs(brief.sleep_s - usual) < _NOTABLE_SLEEP_S:
        return voice.say("brief.slept", time=slept)
    more = brief.sleep_s > usual
    difference = voice.say_duration(abs(brief.sleep_s - usual))
    key = "brief.slept_more" if more else "brief.slept_less"
    return voice.say(key, time=slept, difference=difference)


def _say_hrv(brief: Brief, voice: Voice) -> str | None:
    if brief.hrv_ms is None:
        return None
    key = "brief.hrv" if brief.hrv_status is None else f"brief.hrv_{brief.hrv_status}"
    return voice.say(key, n=round(brief.hrv_ms))


def _say_plan(brief: Brief, voice: Voice, today: date) -> Part:
    """Say what is planned; where that is too long, only how much it is."""
    day = date.fromisoformat(brief.date)
    past, when = day < today, voice.day(day, today)
    if not brief.sessions_left:
        key = "brief.nothing_was_planned" if past else "brief.nothing_planned"
        return None if brief.sessions_done else voice.say(key, day=when)
    names = short(brief.planned or voice.say("category.WORKOUT"))
    if past:
        return voice.say("brief.left_undone", day=when, names=names)
    left = "" if day > today else voice.say("week.left", n=brief.sessions_left)
    # With something done already, the plan's sums would count it twice.
    if brief.sessions_left != brief.sessions_planned:
        return voice.say("brief.planned", names=names), left
    bare = voice.say("brief.planned_on", day=when, names=names)
    if brief.planned_s is None:
        return bare, left
    time = voice.say_duration(brief.planned_s)
    several = brief.sessions_left > 1
    together = voice.say("brief.together", names=names, time=time)
    names = together if several else f"{names}, {time}"
    return voice.say("brief.planned_on", day=when, names=names), bare, left


def _say_done(brief: Brief, voice: Voice, today: date) -> str | None:
    if not brief.sessions_done:
        return None
    names = short(brief.done or voice.say("sport.Other"))
    if brief.done_load:
        names = f"{names}, {voice.say('load', n=brief.done_load)}"
    day = date.fromisoformat(brief.date)
    if day == today:
        return voice.say("brief.done", names=names)
    return voice.say("brief.done_on", day=voice.day(day, today), names=names)


def _say_race(brief: Brief, voice: Voice, today: date) -> str | None:
    if brief.race_date is None:
        return None
    days = (date.fromisoformat(brief.race_date) - today).days  # heard today
    if not 0 <= days <= _RACE_IS_NEAR_DAYS:
        return None
    race = short(brief.race or voice.say("category.RACE_A"))
    return say_countdown(days, race, voice)


def _names(names: Sequence[str], voice: Voice) -> str | None:
    return voice.listed(names[:_MOST_NAMED]) if names else None


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)


def _tenth(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
