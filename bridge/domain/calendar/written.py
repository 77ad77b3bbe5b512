"""What was written to the calendar, or would be, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from bridge.domain.calendar.event import (
    RACES,
    SESSIONS,
    Event,
    RawEvent,
    flatten_event,
    is_all_measures,
    last_day,
    say_category,
    say_event_name,
    say_start,
    say_workout,
)
from bridge.domain.calendar.values import TECHNICAL, upstream_row
from bridge.domain.calendar.workout import (
    WorkoutStep,
    main_set,
    read_steps,
    say_main_set,
    say_only_step,
    say_steps,
)
from bridge.domain.flat import number
from bridge.domain.moment import read_day
from bridge.domain.raw import extended, record_of
from bridge.domain.speech.breath import Part, in_one_breath, sentence, short
from bridge.domain.speech.trim import begin
from bridge.domain.speech.voice import Voice
from bridge.domain.sport import SWIMS, is_named_so, say_sport
from bridge.domain.values import Value, Values

_ADDED = ("event.added", "event.would_add")
_CHANGED = ("event.changed", "event.would_change")


class EventWritten(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A calendar entry as it is now, and what became of the write."""

    preview: bool | None = None  # nothing was written
    removed: bool | None = None
    understood: bool | None = None  # whether upstream found steps in a workout's text
    activity_id: str | None = None  # what was made of a workout that was done
    not_kept: str | None = None  # names of fields that Intervals.icu did not keep


def steps_of(row: Mapping[str, object]) -> tuple[WorkoutStep, ...]:
    """Return the steps that upstream found in a workout's text."""
    return read_steps(row.get("workout_doc"))


def event_written(
    row: Mapping[str, object],
    *,
    preview: bool = False,
    removed: bool = False,
    activity_id: str | None = None,
    not_kept: Sequence[str] = (),
) -> EventWritten:
    """Return an entry as upstream has it, with what became of the write."""
    event = flatten_event(record_of(row, RawEvent))
    text = event.category == "WORKOUT" and event.description is not None
    return extended(
        event,
        EventWritten,
        preview=preview or None,
        removed=removed or None,
        understood=event.workout_steps is not None if text and not preview else None,
        activity_id=activity_id,
        not_kept=", ".join(name for name in not_kept if name not in TECHNICAL) or None,
    )


def event_as_wanted(values: Values) -> dict[str, object]:
    """Return values as upstream would show them, for a preview."""
    return {"id": "0", **upstream_row(values)}


def say_event(
    event: Event, voice: Voice, today: date, steps: Sequence[WorkoutStep]
) -> str:
    """Say one entry: a session as a plan, another with its days."""
    if event.category in SESSIONS:
        return say_workout(event, voice, today, steps=steps)
    category, when = say_category(event.category, voice), _say_days(event, voice, today)
    if event.name in (None, category):
        return voice.say("event.nameless", category=category, when=when)
    name = short(event.name or "", voice)
    return voice.say("event.entry", category=category, when=when, name=name)


def say_made(
    event: EventWritten,
    voice: Voice,
    today: date,
    *,
    steps: Sequence[WorkoutStep] = (),
    troubles: Sequence[str] = (),
) -> str:
    """Say what was added and what upstream understood of it, troubles first."""
    said = _say_written(_ADDED, event, voice, today, steps)
    unwell = event.category in ("SICK", "INJURED") and not event.preview
    hope = voice.say("event.get_well") if unwell else None
    return in_one_breath(voice, (*troubles, *said, hope))


def say_changed(
    event: EventWritten,
    voice: Voice,
    today: date,
    *,
    steps: Sequence[WorkoutStep] = (),
    troubles: Sequence[str] = (),
) -> str:
    """Say an entry that was there before as it is now, troubles first."""
    said = _say_written(_CHANGED, event, voice, today, steps)
    return in_one_breath(voice, (*troubles, *said))


def _say_written(
    keys: tuple[str, str],
    event: EventWritten,
    voice: Voice,
    today: date,
    steps: Sequence[WorkoutStep],
) -> tuple[Part, Part]:
    """Say what upstream did not understand, and the entry, longer and shorter."""
    day = _say_span(event, voice, today)
    shorter = [" ".join(parts) for parts in _say_parts(event, voice, steps)]
    key = keys[1] if event.preview else keys[0]
    unread = voice.say("event.not_understood") if event.understood is False else None
    return unread, [begin(voice.say(key, day=day, what=words)) for words in shorter]


def _say_parts(
    event: Event, voice: Voice, steps: Sequence[WorkoutStep]
) -> list[list[str]]:
    """Return what an entry is, in sentences, in wordings from long to short.

    The steps go before the load does, for they are what was understood; where they
    are too long the main set stands for them.
    """
    if event.category not in SESSIONS:
        category = say_category(event.category, voice)
        if event.name in (None, category):
            return [[sentence(category)]]
        name = short(event.name or "", voice)
        return [[sentence(voice.say("event.what", category=category, name=name))]]
    name = say_event_name(event, voice)
    if is_all_measures(event.name or "", event.type):  # they follow, as one says them
        name = say_sport(event.type, voice)
    swum = event.type in SWIMS
    whole = say_only_step(steps, voice, swum=swum)
    km = None if whole else event.planned_distance_km
    seconds = None if whole else event.planned_s
    race = say_category(event.category, voice) if event.category in RACES else None
    said = (
        None if race == name else race,
        name,
        None if is_named_so(name, event.type, voice) else say_sport(event.type, voice),
        say_start(event, voice),
        voice.say_distance(km, swum=swum) if km else None,
        voice.say_duration(seconds) if seconds else None,
        whole,
    )
    head = sentence(begin(", ".join(part for part in said if part)))
    load = voice.say("load", n=event.planned_load) if event.planned_load else None
    loads = [[sentence(begin(load))], []] if load else [[]]
    sets = [] if whole else _say_sets(steps, voice, swum=swum)
    return [
        *([head, sets_, *more] for sets_ in sets for more in loads),
        *([head, *more] for more in loads),
    ]


def _say_sets(steps: Sequence[WorkoutStep], voice: Voice, *, swum: bool) -> list[str]:
    """Say the steps, else the main set alone, the longest wording first."""
    every = say_steps(steps, voice, swum=swum)
    main = main_set(steps) if len(steps) > 1 else None
    sets = [] if main is None else say_main_set(main, voice, swum=swum)
    return [
        *([every] if every else []),
        *(voice.say("steps.main", sets=words) for words in sets),
    ]


def say_unchanged(
    event: EventWritten, voice: Voice, today: date, steps: Sequence[WorkoutStep] = ()
) -> str:
    """Say that an entry was so already."""
    said = say_event(event, voice, today, steps)
    return in_one_breath(voice, (voice.say("change.so_already"), said))


def say_removed(event: EventWritten, voice: Voice, today: date) -> str:
    """Say what was removed, or would be."""
    key = "event.would_go" if event.preview else "event.removed"
    day = read_day(event.date)
    when = "" if day is None else voice.day(day, today)
    return voice.say(key, name=say_event_name(event, voice), day=when)


def say_moved(
    event: EventWritten,
    voice: Voice,
    today: date,
    *,
    before: date | None,
    beside: Sequence[Event] = (),
) -> str:
    """Say to which day and time a workout was moved, or would be, from which day.

    Parameters
    ----------
    event, voice, today
        The workout as it is now, or would be.
    before
        The day it was on; None where it was there already.
    beside
        What else is to be done on that day.
    """
    name, day = say_event_name(event, voice), read_day(event.date) or today
    if before is None:
        when = voice.bare_day(day, today)
        return voice.say("event.there_already", name=name, day=when)
    key = "event.would_move" if event.preview else "event.moved"
    clock = say_start(event, voice)
    when = " ".join(filter(None, (voice.day(day, today), clock)))
    moved = voice.say(
        key, name=name, to_day=when, from_day=voice.bare_day(before, today)
    )
    names = [say_event_name(other, voice) for other in beside]
    others = voice.say("event.beside", n=len(names), names=voice.listed(names))
    return in_one_breath(voice, (moved, others if names else None))


def restored_sentence(
    values: Values,
    row: Mapping[str, object],
    voice: Voice,
    today: date,
    *,
    preview: bool,
) -> str | None:
    """Say that a workout is on its day, or planned, again.

    None for all other fields: they are said one by one. ``row`` is the entry as
    upstream has it, ``values`` what is restored of it.
    """
    fields = set(values) - TECHNICAL
    event = flatten_event(record_of({**row, **upstream_row(values)}, RawEvent))
    if fields <= {"start_local", "end_local"}:
        key = "undo.would_move" if preview else "undo.moved"
    elif fields <= {"category", "name"} and values.get("category") in SESSIONS:
        key = "undo.would_unskip" if preview else "undo.unskipped"
    else:
        return None
    day = voice.day(read_day(event.date) or today, today)
    when = " ".join(filter(None, (day, say_start(event, voice))))
    return voice.say(key, name=say_event_name(event, voice), day=when)


def say_title(values: Values, voice: Voice, today: date) -> str:
    """Say what an entry is called and when it is: ``Strength today``."""
    event = flatten_event(record_of(event_as_wanted(values), RawEvent))
    name, day = say_event_name(event, voice), read_day(event.date)
    if day is None:
        return name
    return voice.say("undo.named", name=name, day=voice.day(day, today))


def say_values(values: Values, voice: Voice, today: date) -> str:
    """Say an entry, or those of its fields that were written."""
    if {"category", "start_local"} <= set(values):
        event = flatten_event(record_of(event_as_wanted(values), RawEvent))
        return say_event(event, voice, today, ())
    shown = [name for name in values if name not in TECHNICAL and name != "end_local"]
    shown.sort(key=lambda name: (values[name] is None, name != "start_local"))
    said = [_say_field(name, values[name], voice, today) for name in shown]
    return in_one_breath(voice, said)


def _say_field(name: str, value: Value, voice: Voice, today: date) -> str:
    if value is None and name == "indoor":
        return sentence(begin(voice.say("event.indoor.no")))
    if value is None:
        empty = voice.say("event.without", name=voice.say(f"field.{name}"))
        return sentence(begin(empty))
    match name:
        case "start_local":
            return sentence(begin(voice.day(read_day(value) or today, today)))
        case "indoor" if value in ("yes", "no"):
            return sentence(begin(voice.say(f"event.indoor.{value}")))
        case "category":
            said = say_category(str(value), voice)
        case "type":
            said = say_sport(str(value), voice)
        case "planned_s" | "target_s":
            said = voice.say_duration(number(value) or 0.0)
        case "planned_distance_km" | "target_distance_km":
            said = voice.say_distance(number(value) or 0.0)
        case _ if isinstance(value, int | float):
            said = voice.say_number(value, 1)
        case _:
            said = short(str(value), voice)
    label = voice.label(name, "event")
    return sentence(voice.say("event.field", name=label, value=said))


def _say_span(event: Event, voice: Voice, today: date) -> str:
    """Return the day of an entry, or its first and last, behind "for"."""
    first = read_day(event.date)
    if first is None:
        return ""
    last = last_day(event, first)
    if last - first < timedelta(days=1):
        return voice.bare_day(first, today)
    said = voice.bare_day(first, today, weekday=False)
    return voice.say("event.span", first=said, last=voice.calendar_day(last, today))


def _say_days(event: Event, voice: Voice, today: date) -> str:
    first = read_day(event.date)
    if first is None:
        return ""
    last = last_day(event, first)
    if last - first < timedelta(days=1):
        return voice.day(first, today)
    return voice.say(
        "event.days",
        first=voice.calendar_day(first, today),
        last=voice.calendar_day(last, today),
    )
