"""The brief of a day: a verdict if one is due, what to do, what is unusual."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import msgspec

from bridge.domain.activity.activity import Activity, say_against_plan
from bridge.domain.calendar.away import away_on, say_away
from bridge.domain.calendar.event import (
    SESSIONS,
    Event,
    covers,
    in_order,
    say_event_name,
    say_session,
    say_start,
)
from bridge.domain.calendar.race import Race, flatten_race, phase_on, say_in_days
from bridge.domain.calendar.workout import WorkoutStep, main_set, say_main_set
from bridge.domain.moment import read_clock
from bridge.domain.overview.fitness import Fitness, say_form
from bridge.domain.overview.verdict import (
    Signs,
    is_enough,
    race_on,
    reasons_of,
)
from bridge.domain.speech.breath import Part, in_one_breath, short
from bridge.domain.speech.trim import begin
from bridge.domain.speech.voice import ENGLISH, Voice
from bridge.domain.sport import say_sport
from bridge.domain.wellness.baseline import baseline
from bridge.domain.wellness.day import Wellness

_NOTABLE_SLEEP_S = 2700
_MOST_NAMED = 3
_MOST_BY_NAME = 2
_RACE_IS_NEAR_DAYS = 21
_RACE_IS_TOLD_DAYS = 60
_NIGHT_IS_OVER_HOUR, _MORNING_IS_OVER_HOUR, _EVENING_HOUR = 4, 14, 17


class Brief(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One day at a glance. ``…_7d`` and ``…_60d`` are means of the days before."""

    date: str
    verdict: str | None = None  # sick, injured, holiday, race, easy; else as planned
    verdict_until: str | None = None  # the last day of an illness, injury, holiday
    reasons: str | None = None  # what is off: hrv, sleep, resting_hr, form
    form: float | None = None
    form_percent: float | None = None
    form_zone: str | None = None
    ctl: float | None = None
    atl: float | None = None
    form_after_plan: float | None = None  # of today, once all that is planned is done
    form_after_plan_percent: float | None = None
    form_after_plan_zone: str | None = None
    ctl_after_plan: float | None = None
    atl_after_plan: float | None = None
    sleep_is_in: bool = False  # last night's sleep has arrived upstream
    sleep_s: int | None = None
    sleep_7d_s: int | None = None
    sleep_60d_s: int | None = None
    sleep_status: str | None = None  # low, normal or high against the 60 days
    hrv_ms: float | None = None
    hrv_7d_ms: float | None = None
    hrv_60d_ms: float | None = None
    hrv_sdnn_ms: float | None = None  # of an athlete whose watch measures no rMSSD
    hrv_sdnn_7d_ms: float | None = None
    hrv_sdnn_60d_ms: float | None = None
    hrv_status: str | None = None
    resting_hr_bpm: int | None = None
    resting_hr_7d_bpm: int | None = None
    resting_hr_60d_bpm: int | None = None
    resting_hr_status: str | None = None
    sessions_planned: int = 0
    sessions_left: int = 0
    sessions_done: int = 0
    missed_count: int | None = None  # of a past day: planned and not done
    planned: str | None = None  # names of what is still to do, the first ones
    planned_load: int | None = None  # all of the day's plan, done or not
    planned_s: int | None = None
    left_s: int | None = None  # of what is still to do
    agenda: str | None = None  # all that is still to do, with their times
    session: str | None = None  # the first one to do, as it is said
    session_start_local: str | None = None
    second_session: str | None = None  # its name
    main_set: str | None = None  # of the first session: 4 times 8 minutes
    tomorrow: str | None = None  # the first session of the day after
    done: str | None = None
    done_load: int = 0
    done_s: int = 0
    compliance_percent: int | None = None  # of the one session done
    strava_sessions: int | None = None  # done, but without their numbers
    phase: str | None = None
    race: str | None = None
    race_date: str | None = None
    race_days: int | None = None
    race_category: str | None = None
    race_start_local: str | None = None
    race_distance_km: float | None = None


_OF_FITNESS = frozenset(Brief.__struct_fields__) & frozenset(Fitness.__struct_fields__)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRows:
    """What a day is put together from, flat already.

    Attributes
    ----------
    wellness
        The day and the 60 days before it, with gaps.
    events
        Calendar entries of the day and the next, and as far as the next race.
    activities
        What was done; other days are passed over.
    steps
        The steps of planned workouts by their event id.
    """

    wellness: Sequence[Wellness] = ()
    events: Sequence[Event] = ()
    activities: Sequence[Activity] = ()
    steps: Mapping[str, Sequence[WorkoutStep]] = field(default_factory=dict)


def flatten_brief(
    fitness: Fitness,
    rows: DayRows,
    *,
    voice: Voice = ENGLISH,
    today: date | None = None,
) -> Brief:
    """Put one day together.

    Parameters
    ----------
    fitness
        Fitness of the day; the day is its ``date``.
    rows
        What stands in the calendar, and what was slept and done.
    voice
        Joins names as its language does, and names what has none by its sport.
    today
        The athlete's day: a verdict is passed on no other. None is the day itself.
    """
    day = date.fromisoformat(fitness.date)
    today = today or day
    brief = Brief(**{name: getattr(fitness, name) for name in _OF_FITNESS})
    brief = _with_night(brief, rows.wellness, day)
    brief = _with_plan(brief, rows, day, voice)
    brief = _with_done(brief, rows.activities, voice)
    race = flatten_race(rows.events, day)
    brief = brief if race is None else _with_race(brief, race)
    if day < today:
        missed = brief.sessions_left or None
        return msgspec.structs.replace(brief, missed_count=missed)
    return _with_verdict(brief, rows.events, day, is_today=day == today)


def say_brief(
    brief: Brief,
    voice: Voice,
    today: date,
    *,
    as_percent: bool = False,
    hour: int = 12,
) -> str:
    """Say the day in one breath: the verdict, what to do, what is unusual, race, form.

    A race tomorrow comes before what to do. ``hour`` is that of the athlete's clock:
    sleep is waited for when the night is over, and is no news in the evening.
    """
    day = date.fromisoformat(brief.date)
    form = say_form(_fitness_of(brief), voice, today, as_percent=as_percent)
    if day < today:
        return in_one_breath(voice, (*_say_past(brief, voice, today), form))
    if _is_newcomer(brief):
        return voice.say("brief.newcomer")
    if brief.verdict == "easy" and brief.sessions_done and not brief.sessions_left:
        brief = msgspec.structs.replace(brief, verdict=None)  # the advice is too late
    is_morning = _NIGHT_IS_OVER_HOUR <= hour < _MORNING_IS_OVER_HOUR
    waits = is_morning and brief.sleep_7d_s is not None
    verdict = _say_verdict(brief, voice, today, as_percent=as_percent)
    is_off = brief.form_zone in ("high_risk", "transition")
    told = brief.verdict == "easy" and "form" in (brief.reasons or "")
    near = (brief.race_days or 0) <= _RACE_IS_NEAR_DAYS
    race = _say_race(brief, voice, today)
    if brief.verdict in ("sick", "injured"):
        return in_one_breath(voice, (*verdict, *_say_plan(brief, voice, today)))
    is_eve, is_evening = brief.race_days == 1, day == today and hour >= _EVENING_HOUR
    waits = waits and day == today
    # Of a day to come no night is over, wherever the sun is.
    night = [] if is_evening or day > today else _say_night(brief, voice, waits=waits)
    must: list[Part] = [
        *verdict,
        race if is_eve else None,
        *_say_done(brief, voice),
        *_say_plan(brief, voice, today),
        _say_tomorrow(brief, voice, today),
        *night,
        race if near and not is_eve else None,
        form if is_off and not told else None,
    ]
    spare: list[Part] = [
        None if is_evening or day > today else _say_normal(brief, voice),
        None if is_off or told or form is None else form,
        None if near else race,
        voice.say("brief.good_luck") if brief.verdict == "race" else None,
    ]
    return in_one_breath(voice, must, spare)


def _fitness_of(brief: Brief) -> Fitness:
    return Fitness(**{name: getattr(brief, name) for name in _OF_FITNESS})


def _with_night(brief: Brief, wellness: Sequence[Wellness], day: date) -> Brief:
    night = next((row for row in wellness if row.date == brief.date), None)
    night = night or Wellness(date=brief.date)
    sleep = baseline(wellness, day, lambda row: row.sleep_s)
    rmssd = baseline(wellness, day, lambda row: row.hrv_ms)
    sdnn = baseline(wellness, day, lambda row: row.hrv_sdnn_ms)
    by_sdnn = night.hrv_ms is None and night.hrv_sdnn_ms is not None
    pulse = baseline(wellness, day, lambda row: row.resting_hr_bpm)
    return msgspec.structs.replace(
        brief,
        sleep_is_in=night.sleep_s is not None,
        sleep_s=night.sleep_s,
        sleep_7d_s=_whole(sleep.mean_7d),
        sleep_60d_s=_whole(sleep.mean_60d),
        sleep_status=sleep.status,
        hrv_ms=night.hrv_ms,
        hrv_7d_ms=_tenth(rmssd.mean_7d),
        hrv_60d_ms=_tenth(rmssd.mean_60d),
        hrv_sdnn_ms=night.hrv_sdnn_ms if by_sdnn else None,
        hrv_sdnn_7d_ms=_tenth(sdnn.mean_7d) if by_sdnn else None,
        hrv_sdnn_60d_ms=_tenth(sdnn.mean_60d) if by_sdnn else None,
        hrv_status=(sdnn if by_sdnn else rmssd).status,
        resting_hr_bpm=night.resting_hr_bpm,
        resting_hr_7d_bpm=_whole(pulse.mean_7d),
        resting_hr_60d_bpm=_whole(pulse.mean_60d),
        resting_hr_status=pulse.status,
    )


def _with_plan(brief: Brief, rows: DayRows, day: date, voice: Voice) -> Brief:
    events, steps = rows.events, rows.steps
    sessions = _sessions_on(events, day)
    race = None if away_on(events, day) else race_on(events, day)
    left = [row for row in sessions if not row.done and row is not race]
    after = _sessions_on(events, day + timedelta(days=1))
    phase = phase_on(events, day)
    return msgspec.structs.replace(
        brief,
        sessions_planned=len(sessions),
        sessions_left=sum(not session.done for session in sessions),
        planned=_names([say_event_name(event, voice) for event in left], voice),
        planned_load=sum(session.planned_load or 0 for session in sessions) or None,
        planned_s=sum(session.planned_s or 0 for session in sessions) or None,
        left_s=sum(session.planned_s or 0 for session in left) or None,
        agenda=_names(_timed_once(left, voice), voice),
        tomorrow=_say_first(after, steps, voice),
        phase=None if phase is None else phase.name,
        **_first(left, steps, voice),
    )


def _timed_once(events: Sequence[Event], voice: Voice) -> list[str]:
    """Return the names with their times; two of one name are named once."""
    return list(dict.fromkeys(_say_timed(event, voice) for event in events))


def _say_timed(event: Event, voice: Voice) -> str:
    name, at = say_event_name(event, voice), say_start(event, voice)
    return name if at is None else f"{name} {at}"


def _sessions_on(events: Sequence[Event], day: date) -> list[Event]:
    return in_order(
        row for row in events if row.category in SESSIONS and covers(row, day)
    )


def _first(
    left: Sequence[Event], steps: Mapping[str, Sequence[WorkoutStep]], voice: Voice
) -> dict[str, Any]:
    """Return the fields of the first session to do; of several the main set counts."""
    if not left:
        return {}
    first = left[0]
    found = main_set(steps.get(first.event_id, ()))
    sets = [] if found is None else say_main_set(found, voice)
    return {
        "session": _say_first(left, steps, voice),
        "session_start_local": first.start_local
        if read_clock(first.start_local)
        else None,
        "second_session": say_event_name(left[1], voice) if len(left) > 1 else None,
        "main_set": next(reversed(sets), None),
    }


def _say_first(
    sessions: Sequence[Event], steps: Mapping[str, Sequence[WorkoutStep]], voice: Voice
) -> str | None:
    if not sessions:
        return None
    return say_session(sessions[0], voice, steps.get(sessions[0].event_id, ()))[0]


def _with_done(
    brief: Brief,
    activities: Sequence[Activity],
    voice: Voice,
) -> Brief:
    done = [row for row in activities if row.date == brief.date]
    seen = [row for row in done if not row.strava_only]
    return msgspec.structs.replace(
        brief,
        sessions_done=len(done),
        done=_names([_name_of(row, voice) for row in seen], voice),
        done_load=sum(row.training_load or 0 for row in done),
        done_s=sum(row.moving_s or 0 for row in done),
        compliance_percent=seen[0].compliance_percent if len(seen) == 1 else None,
        strava_sessions=len(done) - len(seen) or None,
    )


def _name_of(activity: Activity, voice: Voice) -> str:
    name = (activity.name or "").rstrip(". ")
    return name or say_sport(activity.type, voice)


def _with_race(brief: Brief, race: Race) -> Brief:
    return msgspec.structs.replace(
        brief,
        race=race.name,
        race_date=race.date,
        race_days=race.days,
        race_category=race.category,
        race_start_local=race.start_local,
        race_distance_km=race.planned_distance_km,
    )


def _with_verdict(
    brief: Brief, events: Sequence[Event], day: date, *, is_today: bool
) -> Brief:
    reasons = reasons_of(
        Signs(
            sleep_s=brief.sleep_s,
            sleep_usual_s=brief.sleep_7d_s,
            sleep_status=brief.sleep_status,
            hrv_status=brief.hrv_status,
            resting_hr_bpm=brief.resting_hr_bpm,
            resting_hr_usual_bpm=brief.resting_hr_7d_bpm,
            resting_hr_status=brief.resting_hr_status,
            form_zone=brief.form_zone,
        )
    )
    brief = msgspec.structs.replace(brief, reasons=", ".join(reasons) or None)
    away = away_on(events, day)
    if away is not None:
        verdict, until = away
        return msgspec.structs.replace(
            brief, verdict=verdict, verdict_until=until.isoformat()
        )
    if race_on(events, day) is not None:
        return msgspec.structs.replace(brief, verdict="race")
    if is_today and is_enough(reasons):
        return msgspec.structs.replace(brief, verdict="easy")
    return brief


def _is_newcomer(brief: Brief) -> bool:
    """Tell whether nothing was ever done, as far as upstream knows."""
    never = not round(brief.ctl or 0) and not round(brief.atl or 0)
    return never and not (brief.sessions_planned or brief.sessions_done)


def _say_verdict(
    brief: Brief, voice: Voice, today: date, *, as_percent: bool
) -> list[Part]:
    if brief.verdict in ("sick", "injured", "holiday"):
        day = date.fromisoformat(brief.date)
        until = date.fromisoformat(brief.verdict_until or brief.date)
        return [say_away(brief.verdict, until, day, today, voice)]
    if brief.verdict == "race":
        return [_say_race_day(brief, voice, today)]
    if brief.verdict == "easy":
        why = _say_reasons(brief, voice, as_percent=as_percent)
        return [voice.say("brief.easy", reasons=", ".join(why))] if why else []
    return []


def _say_reasons(brief: Brief, voice: Voice, *, as_percent: bool) -> list[str]:
    """Say what is off: all that is too low at once, then the pulse, then form."""
    reasons = (brief.reasons or "").split(", ")
    spoken = {"hrv": "brief.hrv", "sleep": "brief.sleep"}
    low = [voice.say(spoken[name]) for name in spoken if name in reasons]
    said = [voice.say("brief.well_below", what=voice.listed(low))] if low else []
    if "resting_hr" in reasons:
        said.append(voice.say("brief.pulse_above", n=_beats_above(brief)))
    if "form" in reasons:
        percent = brief.form_percent if as_percent else None
        form = voice.signed((brief.form if percent is None else percent) or 0)
        form = form if percent is None else voice.say("percent", number=form)
        said.append(voice.say("brief.form", form=form))
    return said


def _beats_above(brief: Brief) -> int:
    return (brief.resting_hr_bpm or 0) - (brief.resting_hr_7d_bpm or 0)


def _say_race_day(brief: Brief, voice: Voice, today: date) -> list[str]:
    """Say a race on its day: its name, its start, how far."""
    day = date.fromisoformat(brief.date)
    key = "brief.race_today" if day == today else "brief.race_on"
    return [
        begin(voice.say(key, day=voice.day(day, today), what=what))
        for what in _race_wordings(brief, voice)
    ]


def _race_wordings(brief: Brief, voice: Voice) -> list[str]:
    """Return a race with its start and how far it is, then with less of it."""
    clock = read_clock(brief.race_start_local)
    km = brief.race_distance_km
    name = _race_name(brief, voice)
    start = (
        None if clock is None else voice.say("race.start", time=voice.say_time(clock))
    )
    far = voice.say_distance(km) if km else None
    wordings = ((name, start, far), (name, start), (name,))
    return [", ".join(filter(None, parts)) for parts in wordings]


def _race_name(brief: Brief, voice: Voice) -> str:
    return short(brief.race or voice.say(f"category.{_category_of(brief)}"), voice)


def _category_of(brief: Brief) -> str:
    known = brief.race_category in ("RACE_A", "RACE_B", "RACE_C")
    return brief.race_category or "" if known else "RACE_A"


def _say_plan(brief: Brief, voice: Voice, today: date) -> list[Part]:
    """Say what is still to do, and what may be done about it."""
    day = date.fromisoformat(brief.date)
    when = voice.day(day, today)
    if brief.planned is None:
        return _say_no_plan(brief, voice, when, is_today=day == today)
    names = short(brief.planned, voice)
    change: Part = [voice.say("brief.to_change"), ""]
    if brief.verdict in ("sick", "injured"):
        n = brief.sessions_left
        stands = voice.say("brief.still_stands", n=n, names=names, day=when)
        return [begin(stands), change]
    if brief.verdict == "race":
        return [voice.say("brief.also_planned", names=names)]
    if brief.verdict == "easy":
        whole, shorter = _say_first_sessions(brief, voice)
        planned = [voice.say("brief.is_planned", what=w) for w in (whole, shorter)]
        return [planned, change]
    return [_say_sessions(brief, voice, when)]


def _say_no_plan(
    brief: Brief, voice: Voice, when: str, *, is_today: bool
) -> list[Part]:
    """Say that there is nothing to do, which in a planned week is a day of rest."""
    if brief.sessions_done or brief.verdict in ("sick", "injured", "race"):
        return []
    if is_today and brief.verdict is None and (brief.tomorrow or brief.phase):
        eve = brief.race_days == 1  # the race was said first
        return [voice.say("brief.rest_today" if eve else "brief.rest_day")]
    return [begin(voice.say("brief.nothing_planned", day=when))]


def _say_sessions(brief: Brief, voice: Voice, when: str) -> list[str]:
    """Say one session whole, two by name, of more their number first."""
    clock = read_clock(brief.session_start_local)
    at = None if clock is None else voice.say("plan.at", time=voice.say_time(clock))
    whole, shorter = _say_first_sessions(brief, voice)
    if brief.sessions_done:
        parts = [" ".join(filter(None, (at, what))) for what in (whole, shorter)]
        return [voice.say("brief.still_to_do", what=what) for what in parts]
    n = brief.sessions_left
    if n <= _MOST_BY_NAME:
        head = begin(" ".join(filter(None, (when, at))))
        return [voice.say("brief.day", day=head, what=w) for w in (whole, shorter)]
    time = None if brief.left_s is None else voice.say_duration(brief.left_s)
    count = begin(voice.say("brief.sessions", n=n, day=when))
    heads = (", ".join(filter(None, (count, time))), count)
    what = short(brief.agenda or brief.planned or "", voice)
    return [voice.say("brief.day", day=head, what=what) for head in heads]


def _say_first_sessions(brief: Brief, voice: Voice) -> tuple[str, str]:
    """Return the first session and the second behind it; then without its length."""
    session = brief.session or short(brief.planned or "", voice)
    first, _, length = session.rpartition(", ")
    shorter = first or length
    if brief.second_session is None or brief.sessions_left > _MOST_BY_NAME:
        return session, shorter
    second = short(brief.second_session, voice)
    return (
        voice.say("brief.then", first=session, second=second),
        voice.say("brief.then", first=shorter, second=second),
    )


def _say_tomorrow(brief: Brief, voice: Voice, today: date) -> list[str]:
    """Say what comes the day after, where nothing is left to do."""
    if brief.tomorrow is None or brief.sessions_left:
        return []
    if brief.race_days == 1:  # the race says so itself
        return []
    name, _, _ = brief.tomorrow.partition(", ")
    after = date.fromisoformat(brief.date) + timedelta(days=1)
    day = begin(voice.day(after, today))
    return [voice.say("brief.day", day=day, what=w) for w in (brief.tomorrow, name)]


def _say_done(
    brief: Brief, voice: Voice, key: str = "brief.done", when: str = ""
) -> list[Part]:
    """Say what was done: two by name, one against its plan, more are counted."""
    if not brief.sessions_done:
        return []

    def say(*parts: str | None) -> str:
        return begin(voice.say(key, what=", ".join(filter(None, parts)), day=when))

    hidden = brief.strava_sessions or 0
    strava = voice.say("strava.hidden", n=hidden) if hidden else None
    seen = brief.sessions_done - hidden
    if seen < 1:
        return [strava]
    time = voice.say_duration(brief.done_s) if brief.done_s else None
    if seen > 1:
        load = voice.say("load", n=brief.done_load) if brief.done_load else None
        counted = say(voice.say("brief.activities", n=seen), time, load)
        names = short(brief.done or "", voice) if seen <= _MOST_BY_NAME else ""
        named = [say(names, time)] if names and not hidden else []
        return [[*named, counted], strava]
    name = short(brief.done or voice.say("sport.Other"), voice).rstrip(".")
    against = say_against_plan(brief.compliance_percent, voice)
    return [[say(name, time, against), say(name, against), say(name)], strava]


def _say_past(brief: Brief, voice: Voice, today: date) -> list[Part]:
    """Say what was done and what was missed."""
    when = voice.day(date.fromisoformat(brief.date), today)
    if not brief.sessions_done and brief.planned is None:
        return [begin(voice.say("brief.nothing_was_planned", day=when))]
    done = _say_done(brief, voice, "brief.done_on", when)
    if brief.planned is None:
        return done
    names = short(brief.planned, voice)
    return [*done, begin(voice.say("brief.left_undone", day=when, names=names))]


def _say_night(brief: Brief, voice: Voice, *, waits: bool) -> list[Part]:
    """Say what of the night is not as usual; what the verdict has said is left out."""
    told = brief.reasons if brief.verdict == "easy" else None
    said: list[Part] = []
    if "sleep" not in (told or ""):
        said.append(_say_sleep(brief, voice, waits=waits))
    if brief.hrv_status in ("low", "high") and "hrv" not in (told or ""):
        by_sdnn = brief.hrv_sdnn_ms is not None
        value = round((brief.hrv_sdnn_ms if by_sdnn else brief.hrv_ms) or 0)
        said.append(voice.say(f"brief.hrv_{brief.hrv_status}", n=value))
    if brief.resting_hr_status == "high" and "resting_hr" not in (told or ""):
        above = _beats_above(brief)
        if above > 0:
            beats = voice.say_number(brief.resting_hr_bpm or 0)
            said.append(voice.say("brief.pulse_high", pulse=beats, n=above))
    return said


def _say_sleep(brief: Brief, voice: Voice, *, waits: bool) -> Part:
    if brief.sleep_s is None:
        return voice.say("brief.no_sleep") if waits else None
    if not _is_notable(brief):
        return None
    usual = brief.sleep_7d_s or 0
    key = "brief.slept_more" if brief.sleep_s > usual else "brief.slept_less"
    return voice.say(
        key,
        time=voice.say_half_hours(brief.sleep_s),
        difference=voice.say_roughly(abs(brief.sleep_s - usual)),
    )


def _is_notable(brief: Brief) -> bool:
    usual, slept_s = brief.sleep_7d_s, brief.sleep_s
    if usual is None or slept_s is None:
        return False
    return abs(slept_s - usual) >= _NOTABLE_SLEEP_S


def _say_normal(brief: Brief, voice: Voice) -> str | None:
    """Say in a word what is as usual."""
    hrv = brief.hrv_status == "normal"
    sleep = brief.sleep_7d_s is not None and brief.sleep_s is not None
    sleep = sleep and not _is_notable(brief)
    if not hrv and not sleep:
        return None
    which = "both" if hrv and sleep else "hrv" if hrv else "sleep"
    return voice.say(f"brief.normal_{which}")


def _say_race(brief: Brief, voice: Voice, today: date) -> Part:
    """Say how far the next race is; of today, and of another day, it is said before."""
    if brief.race_date is None or brief.race_date == brief.date:
        return None
    days = (date.fromisoformat(brief.race_date) - today).days  # heard today
    if not 0 <= days <= _RACE_IS_TOLD_DAYS:
        return None
    if days == 1:
        return [say_in_days(days, name, voice) for name in _race_wordings(brief, voice)]
    return say_in_days(days, _race_name(brief, voice), voice)


def _names(names: Sequence[str], voice: Voice) -> str | None:
    return voice.listed(names[:_MOST_NAMED]) if names else None


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)


def _tenth(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
