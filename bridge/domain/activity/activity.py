"""Activities: what was done, and the stubs that Strava leaves of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Literal

import msgspec

from bridge.domain.flat import (
    MOST_BPM,
    MOST_CLIMB_M,
    MOST_KCAL,
    MOST_KM,
    MOST_LOAD,
    MOST_W,
    amount,
    ident,
    text,
    whole_amount,
)
from bridge.domain.moment import read_day, read_day_text, read_local, say_day
from bridge.domain.raw import RawRecord
from bridge.domain.speech.breath import in_one_breath, sentence, short
from bridge.domain.speech.names import for_the_ear
from bridge.domain.speech.trim import begin
from bridge.domain.speech.voice import Voice
from bridge.domain.sport import (
    ROWS,
    SWIMS,
    cadences,
    is_named_so,
    paces,
    say_sport,
    sport_group,
    times,
)
from bridge.errors import UpstreamGarbage

STRAVA = "STRAVA"
MANUAL = "MANUAL"  # typed in by hand: nothing was recorded
AgainstPlan = Literal["as_planned", "harder", "easier"]
_AS_PLANNED_PERCENT = 15
COMPARED_DAYS = 42
_ENOUGH_TO_COMPARE = 5
_NOTABLE_WEEKS = 2


class RawActivity(RawRecord):
    """What is read of an ``Activity`` or of a Strava stub."""

    id: object = None
    icu_athlete_id: object = None
    note: object = msgspec.field(default=None, name="_note")
    source: object = None
    name: object = None
    type: object = None
    start_date_local: object = None
    analyzed: object = None
    device_name: object = None
    distance: object = None
    icu_distance: object = None
    moving_time: object = None
    elapsed_time: object = None
    total_elevation_gain: object = None
    calories: object = None
    average_heartrate: object = None
    max_heartrate: object = None
    average_cadence: object = None
    icu_average_watts: object = None
    average_watts: object = None
    icu_weighted_avg_watts: object = None
    weighted_average_watts: object = None
    icu_training_load: object = None
    icu_intensity: object = None
    icu_rpe: object = None
    perceived_exertion: object = None
    feel: object = None
    gear: object = None
    tags: object = None
    interval_summary: object = None
    paired_event_id: object = None
    compliance: object = None


class RawWritableActivity(RawActivity):
    """What is read of an ``Activity`` before and after it is written."""

    description: object = None
    carbs_ingested: object = None
    external_id: object = None


class RawActivityIds(RawRecord):
    """The ids of an activity: upstream's and its maker's."""

    id: object = None
    external_id: object = None


class Activity(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One activity. What upstream does not know is left out.

    ``pace_s_per_km`` stands for what is done on foot, ``pace_s_per_100m`` for swims,
    ``pace_s_per_500m`` for rowing, ``speed_km_per_h`` for everything else that covers
    ground.
    """

    activity_id: str
    name: str | None = None
    type: str | None = None
    date: str | None = None  # the local day
    start_local: str | None = None
    source: str | None = None
    strava_only: bool | None = None  # upstream may not pass the rest on
    analyzed: bool | None = None  # False while upstream still works on it
    device: str | None = None
    gear: str | None = None
    event_id: str | None = None  # the planned workout it was paired with
    compliance_percent: int | None = None  # of that plan
    against_plan: str | None = None  # as_planned, harder, easier
    distance_km: float | None = None
    moving_s: int | None = None
    elapsed_s: int | None = None
    climb_m: int | None = None
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
    calories_kcal: int | None = None
    training_load: int | None = None
    intensity_percent: float | None = None
    rpe: int | None = None  # 1 to 10
    feel: int | None = None  # 1 strong to 5 weak
    tags: str | None = None
    interval_summary: str | None = None
    effort: str | None = None  # easy, usual or hard, against the athlete's six weeks
    hardest_in_weeks: int | None = None  # no other had as much load for so long


def flatten_activity(raw: RawActivity) -> Activity:
    """Flatten one upstream activity.

    Parameters
    ----------
    raw
        ``distance`` and ``total_elevation_gain`` in metres, times in seconds,
        ``average_cadence`` of a run for one leg; any of it may be missing.

    Returns
    -------
    Activity
        Kilometres to 0.01, of swims to 0.001; whole seconds, pace over the moving
        time, cadence of runs for both feet. Of a Strava stub only id, day and source.
        A distance, effort, power or time under its second key counts where the first
        has none.

    Raises
    ------
    UpstreamGarbage
        If there is no ``id``: then it is not an activity.

    Source
    ------
    GET /api/v1/athlete/{id}/activities, schemas ``Activity`` and ``Hidden``.
    """
    activity_id = ident(raw.id)
    if activity_id is None:
        raise UpstreamGarbage("a record of activity without an id")
    return _stub(raw, activity_id) if is_strava_stub(raw) else _full(raw, activity_id)


def flatten_load(raw: RawActivity) -> Activity:
    """Flatten what an activity is compared by: its id, day, sport and load.

    See :func:`flatten_activity`, which takes eight times as long.
    """
    activity_id = ident(raw.id)
    if activity_id is None:
        raise UpstreamGarbage("a record of activity without an id")
    return Activity(
        activity_id=activity_id,
        type=text(raw.type, 60),
        date=read_day_text(raw.start_date_local),
        training_load=whole_amount(raw.icu_training_load, most=MOST_LOAD),
    )


def _stub(raw: RawActivity, activity_id: str) -> Activity:
    return Activity(
        activity_id=activity_id,
        date=read_day_text(raw.start_date_local),
        start_local=read_local(raw.start_date_local),
        source=STRAVA,
        strava_only=True,
    )


def _full(raw: RawActivity, activity_id: str) -> Activity:
    sport = text(raw.type, 60)
    metres = _first(raw.distance, raw.icu_distance)
    kilometres = amount(metres, 5, 0.001, least=0.001, most=MOST_KM)
    moving_s, elapsed_s = times(raw.moving_time, raw.elapsed_time)
    effort = _first(raw.icu_rpe, raw.perceived_exertion)
    rpm, spm = cadences(sport, raw.average_cadence)
    compliance = whole_amount(raw.compliance, least=0.5)
    return Activity(
        activity_id=activity_id,
        name=text(raw.name, 200),
        type=sport,
        date=read_day_text(raw.start_date_local),
        start_local=read_local(raw.start_date_local),
        source=text(raw.source, 60),
        analyzed=text(raw.analyzed) is not None,
        device=text(raw.device_name, 100),
        gear=_name_of(raw.gear),
        event_id=ident(raw.paired_event_id),
        compliance_percent=compliance,
        against_plan=None if compliance is None else against_plan(compliance),
        distance_km=amount(kilometres, 3 if sport in SWIMS else 2),
        moving_s=moving_s,
        elapsed_s=elapsed_s,
        climb_m=whole_amount(raw.total_elevation_gain, most=MOST_CLIMB_M),
        **paces(sport, kilometres, moving_s)._asdict(),
        heart_rate_bpm=whole_amount(raw.average_heartrate, least=1, most=MOST_BPM),
        max_heart_rate_bpm=whole_amount(raw.max_heartrate, least=1, most=MOST_BPM),
        power_w=whole_amount(
            _first(raw.icu_average_watts, raw.average_watts), least=1, most=MOST_W
        ),
        normalized_power_w=whole_amount(
            _first(raw.icu_weighted_avg_watts, raw.weighted_average_watts),
            least=1,
            most=MOST_W,
        ),
        cadence_rpm=rpm,
        cadence_spm=spm,
        calories_kcal=whole_amount(raw.calories, least=1, most=MOST_KCAL),
        training_load=whole_amount(raw.icu_training_load, most=MOST_LOAD),
        intensity_percent=amount(raw.icu_intensity, 1, least=0.1),
        rpe=whole_amount(effort, least=1, most=10),
        feel=whole_amount(raw.feel, least=1, most=5),
        tags=_joined(raw.tags),
        interval_summary=_joined(raw.interval_summary),
    )


def _first(value: object, second: object) -> object:
    """Return a value, or what stands under its second key where it is unknown."""
    return second if value is None else value


def is_strava_stub(raw: RawActivity) -> bool:
    """Tell whether upstream may not pass this activity on.

    There are two kinds: with a note or the source STRAVA, and - from chains such
    as Wahoo to Strava - without either, a bare number for an id and no values.
    """
    if raw.note is not None:
        return True
    empty = all(
        value is None for value in (raw.type, raw.name, raw.distance, raw.moving_time)
    )
    from_strava = raw.source == STRAVA or (
        raw.source is None and (ident(raw.id) or "").isdecimal()
    )
    return from_strava and empty


def pairs_of(raws: Iterable[RawActivity]) -> dict[str, str]:
    """Return the activities by the events that they say they fulfilled.

    Upstream knows a pair from the activity's side, and not always from the event's.
    """
    pairs = ((ident(raw.paired_event_id), ident(raw.id)) for raw in raws)
    return {event: activity for event, activity in pairs if event and activity}


def compared_since(activity: Activity) -> date | None:
    """Return the first day that an activity is compared with; None without a load."""
    day = read_day(activity.date)
    if day is None or not activity.training_load:
        return None
    return day - timedelta(days=COMPARED_DAYS)


def judged(activity: Activity, before: Sequence[Activity]) -> Activity:
    """Judge an activity by the load of the athlete's own of six weeks before.

    Of ``before`` those of other days are passed over.

    It is hard above three quarters of them and easy below one quarter, the same group
    of sports only, from five of them on. The hardest of all sports is told from two
    weeks on.
    """
    day, load = read_day(activity.date), activity.training_load
    if day is None or not load:
        return activity
    others = [row for row in before if row.activity_id != activity.activity_id]
    aged = [(_age(row, day), row) for row in others]
    earlier = [(age, row) for age, row in aged if 0 <= age <= COMPARED_DAYS]
    group = sport_group(activity.type)
    loads = sorted(
        row.training_load
        for _, row in earlier
        if row.training_load and sport_group(row.type) == group
    )
    if len(loads) < _ENOUGH_TO_COMPARE:
        return activity
    low, high = loads[len(loads) // 4], loads[(3 * len(loads)) // 4]
    effort = "hard" if load > high else "easy" if load < low else "usual"
    harder = [age for age, row in earlier if (row.training_load or 0) >= load]
    weeks = min(harder, default=max(age for age, _ in earlier)) // 7
    return msgspec.structs.replace(
        activity,
        effort=effort,
        hardest_in_weeks=weeks if weeks >= _NOTABLE_WEEKS else None,
    )


def _age(activity: Activity, day: date) -> int:
    found = read_day(activity.date)
    return -1 if found is None else (day - found).days


def say_activity(activity: Activity, voice: Voice, today: date) -> str:
    """Say when and what, how far and how long; its figures; how it was for a plan."""
    day = say_day(activity.date, voice, today)
    if activity.strava_only:
        key = "strava.some_day" if day is None else "strava.day"
        return in_one_breath(
            voice, (voice.say(key, day=day or ""), voice.say("strava.cure"))
        )
    against = say_against_plan(activity.compliance_percent, voice)
    effort = say_effort(activity, voice)
    verdict = effort if against is None else sentence(begin(against))
    figures = [say_pace(activity, voice), _say_pulse(activity, voice)]
    return in_one_breath(
        voice,
        (
            _say_head(activity, voice, day),
            [_say_list([figures[0], figures[1]]), _say_list([figures[0]])],
            verdict,
            _pending(activity, voice),
        ),
        [effort if against is not None and activity.hardest_in_weeks else None],
    )


def say_effort(activity: Activity, voice: Voice) -> str | None:
    """Say how hard it was for this athlete, with its load."""
    load = activity.training_load
    if activity.effort is None or not load:
        return None
    if activity.hardest_in_weeks is not None:
        weeks = activity.hardest_in_weeks
        return voice.say("activity.hardest", n=weeks, load=voice.say_number(load))
    return voice.say(f"activity.{activity.effort}", n=load)


def _say_head(activity: Activity, voice: Voice, day: str | None) -> list[str]:
    """Say when, what, how far, how long and how high, the longest wording first."""
    name = _say_name(activity, voice)
    title = name if day is None else voice.say("activity.title", day=day, name=name)
    done, climb = say_done(activity, voice), _say_climb(activity, voice)
    if done is None and climb is None:
        return [sentence(begin(title))]
    wordings = (", ".join(filter(None, (done, climb))), done or climb or "")
    return [
        begin(voice.say("activity.head", title=title, done=words)) for words in wordings
    ]


def _say_list(parts: Sequence[str | None]) -> str:
    said = ", ".join(filter(None, parts))
    return sentence(begin(said)) if said else ""


def say_against_plan(compliance_percent: int | None, voice: Voice) -> str | None:
    """Say how a session was against its plan: as planned, harder or easier."""
    if compliance_percent is None:
        return None
    return voice.say(f"activity.{against_plan(compliance_percent)}")


def against_plan(compliance_percent: int) -> AgainstPlan:
    """Judge how much of its plan a session was; 15 percent are as planned."""
    if compliance_percent > 100 + _AS_PLANNED_PERCENT:
        return "harder"
    if compliance_percent < 100 - _AS_PLANNED_PERCENT:
        return "easier"
    return "as_planned"


def say_activities(
    activities: Sequence[Activity],
    voice: Voice,
    *,
    period: str,
    count: int | None = None,
) -> str:
    """Say how many there are, and their time, load and distance together.

    ``period`` are the days looked at, as they are said: ``in the last 30 days``.
    """
    number = len(activities) if count is None else count
    if not activities:
        return in_one_breath(voice, (voice.say("activities.none", period=period),))
    hidden = sum(1 for activity in activities if activity.strava_only)
    if hidden == number:
        return voice.say("strava.hidden", n=hidden)
    counted = voice.say("activities.counted", n=number)
    return in_one_breath(
        voice,
        (
            begin(voice.say("period.of", period=period, what=counted)),
            say_total(activities, voice) if number == len(activities) else None,
            voice.say("strava.among", n=hidden) if hidden else None,
        ),
    )


def say_total(activities: Sequence[Activity], voice: Voice) -> str | None:
    """Say how long and hard some activities were together; of one sport, how far.

    Kilometres that were swum, run and ridden are not added up.
    """
    groups = {sport_group(row.type) for row in activities if row.distance_km}
    kilometres = sum(activity.distance_km or 0 for activity in activities)
    seconds = sum(activity.moving_s or 0 for activity in activities)
    load = sum(activity.training_load or 0 for activity in activities)
    swum = all(activity.type in SWIMS for activity in activities)
    parts = (
        voice.say_distance(kilometres, swum=swum) if len(groups) == 1 else None,
        voice.say_duration(seconds) if seconds else None,
        voice.say("load", n=round(load)) if load else None,
    )
    what = ", ".join(filter(None, parts))
    return voice.say("activities.total", what=what) if what else None


def say_done(activity: Activity, voice: Voice) -> str | None:
    """Say how far and how long: ``8.2 kilometres in 42 minutes``."""
    far = activity.distance_km
    time = None if activity.moving_s is None else voice.say_duration(activity.moving_s)
    if not far:
        return time
    distance = voice.say_distance(far, swum=activity.type in SWIMS)
    if time is None:
        return distance
    return voice.say("activity.done", distance=distance, time=time)


def say_pace(activity: Activity, voice: Voice) -> str | None:
    """Say the pace of a runner, swimmer or rower, the power or speed of a rider."""
    if activity.pace_s_per_km is not None:
        return voice.say_pace(activity.pace_s_per_km)
    if activity.pace_s_per_100m is not None:
        return voice.say_swim_pace(activity.pace_s_per_100m)
    if activity.pace_s_per_500m is not None:
        return voice.say_row_pace(activity.pace_s_per_500m)
    if activity.power_w:
        return voice.say("watts", n=round(activity.power_w))
    if activity.speed_km_per_h and activity.speed_km_per_h >= 1:
        return voice.say_speed(activity.speed_km_per_h)
    return None


def _say_name(activity: Activity, voice: Voice) -> str:
    if activity.name is None or is_named_so(activity.name, activity.type, voice):
        return say_sport(activity.type, voice)
    if not for_the_ear(activity.name, voice):  # a picture, or a link
        return say_sport(activity.type, voice)
    return short(activity.name, voice).rstrip(".")


def _say_pulse(activity: Activity, voice: Voice) -> str | None:
    beats = activity.heart_rate_bpm
    return voice.say("activity.heart_rate", n=round(beats)) if beats else None


def _say_climb(activity: Activity, voice: Voice) -> str | None:
    if not activity.climb_m or activity.climb_m < 100:
        return None
    # On water, on a mat and on a treadmill a barometer climbs for itself.
    if not activity.distance_km or activity.type in SWIMS | ROWS:
        return None
    if voice.units == "metric":
        return voice.say("activity.climb_metres", n=round(activity.climb_m, -1))
    return voice.say("activity.climb", climb=voice.say_climb(activity.climb_m))


def _pending(activity: Activity, voice: Voice) -> str | None:
    if activity.analyzed is not False or activity.source == MANUAL:
        return None
    return voice.say("activity.not_analyzed")


def _name_of(value: object) -> str | None:
    return text(value.get("name"), 100) if isinstance(value, Mapping) else None


def _joined(values: object) -> str | None:
    if not isinstance(values, list):
        return text(values, 500)
    words = [word for value in values if (word := text(value, 100))]
    return text(", ".join(words), 500)
