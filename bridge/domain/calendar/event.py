"""Events: what stands in the calendar, above all planned workouts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial

import msgspec

from bridge.domain.calendar.workout import (
    WorkoutStep,
    main_set,
    read_steps,
    say_main_set,
    say_steps,
    show_steps,
)
from bridge.domain.flat import (
    MOST_KM,
    MOST_LOAD,
    MOST_S,
    amount,
    ident,
    text,
    whole_amount,
)
from bridge.domain.moment import (
    last_day_of,
    read_clock,
    read_day,
    read_day_text,
    read_local,
    say_day,
)
from bridge.domain.raw import RawRecord, flatten_all
from bridge.domain.speech.breath import Part, in_one_breath, sentence, short
from bridge.domain.speech.names import for_the_ear
from bridge.domain.speech.trim import begin
from bridge.domain.speech.voice import Voice
from bridge.domain.sport import SWIMS, is_named_so, say_sport, sport_group
from bridge.domain.zones.settings import Thresholds
from bridge.errors import UpstreamGarbage

RACES = ("RACE_A", "RACE_B", "RACE_C")
SESSIONS = frozenset({"WORKOUT", *RACES})
_INDOORS = frozenset({"Swim", "WeightTraining", "Yoga", "Pilates", "Elliptical"})
_SETS = re.compile(r"\b\d+\s?[x×]\s?\(?\d.*")
_MEASURES = re.compile(r"(\d+x)?(\d+(\.\d+)?(h|min|s|m|km))+ Z\d", re.ASCII)


class RawEvent(RawRecord):
    """What is read of an ``Event``."""

    id: object = None
    category: object = None
    color: object = None
    name: object = None
    type: object = None
    start_date_local: object = None
    end_date_local: object = None
    updated: object = None
    description: object = None
    icu_training_load: object = None
    load_target: object = None
    moving_time: object = None
    time_target: object = None
    distance: object = None
    distance_target: object = None
    icu_intensity: object = None
    indoor: object = None
    workout_doc: object = None
    paired_activity_id: object = None


class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One calendar entry; ``planned_…`` is the plan, or the target where that is all.

    ``start_local`` at midnight means "some time that day"; ``end_local`` is the first
    moment after.
    """

    event_id: str
    category: str | None = None  # WORKOUT, RACE_A, NOTE, PLAN, HOLIDAY ...
    name: str | None = None
    type: str | None = None  # the sport
    date: str | None = None
    start_local: str | None = None
    end_local: str | None = None
    colour: str | None = None
    planned_load: int | None = None
    planned_s: int | None = None
    planned_distance_km: float | None = None
    intensity_percent: float | None = None
    indoor: bool | None = None
    done: bool | None = None  # of workouts and races only
    paired_activity_id: str | None = None
    workout_steps: str | None = None
    description: str | None = None


def flatten_event(
    raw: RawEvent,
    *,
    paired: Mapping[str, str] | None = None,
    steps_too: bool = True,
) -> Event:
    """Flatten one calendar entry.

    Parameters
    ----------
    raw
        Seconds, metres, points of load, and ``workout_doc`` with the parsed steps.
    paired
        Activity ids by the event id they were paired with: upstream may know a pair
        from the activity's side only.
    steps_too
        Whether the steps of a workout are wanted, in a line.

    Returns
    -------
    Event
        Without the zeros that upstream writes for a workout it could not parse.

    Raises
    ------
    UpstreamGarbage
        If there is no ``id``.

    Source
    ------
    GET /api/v1/athlete/{id}/events, schema ``Event``.
    """
    event_id = ident(raw.id)
    if event_id is None:
        raise UpstreamGarbage("a record of event without an id")
    category = text(raw.category, 40)
    activity_id = ident(raw.paired_activity_id) or (paired or {}).get(event_id)
    metres = amount(raw.distance, 1, least=1) or amount(raw.distance_target, 1, least=1)
    return Event(
        event_id=event_id,
        category=category,
        name=text(raw.name, 200),
        type=text(raw.type, 60),
        date=read_day_text(raw.start_date_local),
        start_local=read_local(raw.start_date_local),
        end_local=read_local(raw.end_date_local),
        colour=text(raw.color, 40),
        planned_load=_planned_load(raw),
        planned_s=_first(raw.moving_time, raw.time_target, most=MOST_S),
        planned_distance_km=amount(metres, 2, 0.001, most=MOST_KM),
        intensity_percent=amount(raw.icu_intensity, 1, least=1),
        indoor=raw.indoor if isinstance(raw.indoor, bool) else None,
        done=activity_id is not None if category in SESSIONS else None,
        paired_activity_id=activity_id,
        workout_steps=show_steps(read_steps(raw.workout_doc)) if steps_too else None,
        description=text(raw.description, 2000),
    )


def flatten_events(
    raws: Iterable[RawEvent],
    paired: Mapping[str, str] | None = None,
    *,
    steps_too: bool = True,
) -> list[Event]:
    """Flatten calendar entries, as :func:`flatten_event` does."""
    return flatten_all(partial(flatten_event, paired=paired, steps_too=steps_too), raws)


def is_outdoors(raw: RawEvent) -> bool:
    """Tell whether a session meets the weather: no pool, gym or trainer."""
    sport = text(raw.type, 60) or ""
    indoors = raw.indoor is True or sport.startswith("Virtual")
    return not indoors and sport not in _INDOORS


def load_to_do(
    raw: RawEvent, day: date, paired: Mapping[str, str] | None = None
) -> int:
    """Return the load planned on ``day`` by a session that is not done, else 0."""
    event_id = ident(raw.id)
    if event_id is None or text(raw.category, 40) not in SESSIONS:
        return 0
    if ident(raw.paired_activity_id) is not None or event_id in (paired or {}):
        return 0
    on_day = read_day(raw.start_date_local) == day
    return (on_day and _planned_load(raw)) or 0


def steps_by_event(raws: Sequence[RawEvent]) -> dict[str, tuple[WorkoutStep, ...]]:
    """Return the steps of each planned workout by its event id, to be spoken."""
    steps = {ident(raw.id): read_steps(raw.workout_doc) for raw in raws}
    return {event_id: found for event_id, found in steps.items() if event_id and found}


def covers(event: Event, day: date) -> bool:
    """Tell whether an event falls on ``day``; holidays and phases last for many."""
    first = read_day(event.date)
    if first is None or day < first:
        return False
    return day <= last_day(event, first)


def last_day(event: Event, first: date) -> date:
    """Return the last day of an event."""
    return last_day_of(first, event.end_local)


def say_workout(
    event: Event,
    voice: Voice,
    today: date,
    *,
    steps: Sequence[WorkoutStep] = (),
) -> str:
    """Say one planned workout or race: when, its name, how long, the first steps."""
    name, day = say_event_name(event, voice), say_day(event.date, voice, today)
    if is_all_measures(event.name or "", event.type):  # they follow, as one says them
        name = say_sport(event.type, voice)
    key = "plan.race" if event.category in RACES else "plan.workout"
    head = sentence(name) if day is None else voice.say(key, day=day, name=name)
    size = _say_size(event, voice, name)
    said = say_steps(steps, voice, swum=event.type in SWIMS)
    return in_one_breath(voice, (head, size, said))


def say_planned(
    event: Event,
    voice: Voice,
    today: date,
    *,
    steps: Sequence[WorkoutStep] = (),
    thresholds: Thresholds | None = None,
) -> list[Part]:
    """Say one session that is to come: when, what, how far, how long; its main set.

    ``thresholds`` are those of its sport: with them percentages are watts and beats.
    """
    found = main_set(steps)
    sets: list[str] = []
    if found is not None:
        sets = say_main_set(found, voice, thresholds, swum=event.type in SWIMS)
    km, seconds = event.planned_distance_km, event.planned_s
    far = voice.say_distance(km, swum=event.type in SWIMS) if km else None
    time = voice.say_duration(seconds) if seconds else None
    if found is not None and len(steps) == 1 and sets:
        time, sets = sets[0], []
        far = far if found.distance_m is None else None  # it says that already
    day = say_day(event.date, voice, today)
    if covers(event, today):
        day = voice.day(today, today)  # also where it began before
    if event.category in RACES:
        clock = read_clock(event.start_local)
        at = (
            None
            if clock is None
            else voice.say("race.start", time=voice.say_time(clock))
        )
        what = ", ".join(filter(None, (say_event_name(event, voice), at, far)))
        if day is not None:
            what = begin(voice.say("plan.race", day=day, name=what))
        return [sentence(what)]
    name = _say_where(event, without_set(event, voice) if sets else None, voice)
    head = begin(" ".join(filter(None, (day, say_start(event, voice)))))
    wordings = ((name, far, time), (name, time or far), (name,))
    said = [", ".join(filter(None, parts)) for parts in wordings]
    first = [voice.say("brief.day", day=head, what=what) for what in said if head]
    return [
        first or [sentence(words) for words in said],
        [voice.say("steps.main", sets=words) for words in sets],
    ]


def _say_where(event: Event, name: str | None, voice: Voice) -> str:
    """Name a session, and say that it is on the trainer or on the treadmill."""
    name = say_event_name(event, voice) if name is None else name
    place = {"Ride": "trainer", "Run": "treadmill"}.get(sport_group(event.type))
    if not event.indoor or place is None:
        return name
    return voice.say(f"plan.{place}", name=name)


def in_order(events: Iterable[Event]) -> list[Event]:
    """Put the sessions of a day in order: by their time, then the most loaded first."""
    return sorted(
        events,
        key=lambda event: (
            read_clock(event.start_local) is None,
            event.start_local or "",
            -(event.planned_load or 0),
        ),
    )


def say_session(
    event: Event, voice: Voice, steps: Sequence[WorkoutStep] = ()
) -> list[str]:
    """Say one session without its day, the longest wording first.

    ``Threshold, 4 times 8 minutes, 1 hour 12``, without the main set, the name alone.
    """
    name, found = say_event_name(event, voice), main_set(steps)
    whole = found is not None and len(steps) == 1
    sets = [] if found is None or whole else say_main_set(found, voice)
    if sets:
        name = without_set(event, voice)
    time = voice.say_duration(event.planned_s) if event.planned_s else None
    wordings = ([name, *sets[-1:], time], [name, time], [name])
    return [", ".join(filter(None, parts)) for parts in wordings]


def without_set(event: Event, voice: Voice) -> str:
    """Return a name without the ``4x8`` in it, which the main set says better."""
    name = _SETS.sub("", event.name or "").strip(" ,;:-–")
    return short(name, voice) if len(name) > 1 else say_sport(event.type, voice)


def say_start(event: Event, voice: Voice) -> str | None:
    """Say the time of day that an event begins at: ``at 18:00``."""
    clock = read_clock(event.start_local)
    return None if clock is None else voice.say("plan.at", time=voice.say_time(clock))


def say_event_name(event: Event, voice: Voice) -> str:
    """Return the name of an event, else its sport or category."""
    if event.name is not None and for_the_ear(event.name, voice):
        return short(event.name, voice)
    is_race = event.category in RACES  # "Race A" says more than "Run"
    if event.category is None or (event.category in SESSIONS and not is_race):
        return say_sport(event.type, voice)
    return say_category(event.category, voice)


def is_all_measures(name: str, sport: str | None) -> bool:
    """Tell whether a name is only the sport and its measures: "Run 5x4min Z4"."""
    first, _, measures = name.partition(" ")
    return first == sport and _MEASURES.fullmatch(measures) is not None


def say_category(category: str | None, voice: Voice) -> str:
    """Name a category of the calendar."""
    key = f"category.{category}"
    return voice.say(key if voice.knows(key) else "category.OTHER")


def _say_size(event: Event, voice: Voice, name: str) -> str | None:
    km, seconds, load = event.planned_distance_km, event.planned_s, event.planned_load
    parts = (
        None if is_named_so(name, event.type, voice) else say_sport(event.type, voice),
        say_start(event, voice),
        voice.say_distance(km, swum=event.type in SWIMS) if km else None,
        voice.say_duration(seconds) if seconds else None,
        voice.say("load", n=load) if load else None,
    )
    said = [part for part in parts if part]
    return sentence(begin(", ".join(said))) if said else None


def _planned_load(raw: RawEvent) -> int | None:
    return _first(raw.icu_training_load, raw.load_target, most=MOST_LOAD)


def _first(*values: object, most: float) -> int | None:
    found = (whole_amount(value, least=1, most=most) for value in values)
    return next((value for value in found if value is not None), None)
