"""What was written to the calendar, or would be, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from bridge.domain.calendar.event import (
    SESSIONS,
    Event,
    RawEvent,
    flatten_event,
    last_day,
    say_category,
    say_event_name,
    say_workout,
)
from bridge.domain.calendar.values import TECHNICAL, upstream_row
from bridge.domain.calendar.workout import WorkoutStep, read_steps
from bridge.domain.flat import number
from bridge.domain.moment import read_day
from bridge.domain.raw import extended, record_of
from bridge.domain.speech.breath import in_one_breath, sentence, short
from bridge.domain.speech.voice import Voice
from bridge.domain.sport import say_sport
from bridge.domain.values import Value, Values


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
    name = short(event.name or "")
    return voice.say("event.entry", category=category, when=when, name=name)


def say_made(
    event: EventWritten,
    voice: Voice,
    today: date,
    *,
    steps: Sequence[WorkoutStep] = (),
    troubles: Sequence[str] = (),
) -> str:
    """Say what was written and what upstream understood of it, troubles first."""
    key = "change.preview" if event.preview else "change.done"
    if event.understood is False:
        key = "event.not_understood"
    said = say_event(event, voice, today, steps)
    return in_one_breath((*troubles, voice.say(key), said))


def say_unchanged(
    event: EventWritten, voice: Voice, today: date, steps: Sequence[WorkoutStep] = ()
) -> str:
    """Say that an entry was so already."""
    said = say_event(event, voice, today, steps)
    return in_one_breath((voice.say("change.so_already"), said))


def say_removed(event: EventWritten, voice: Voice, today: date) -> str:
    """Say what was removed, or would be."""
    key = "event.would_go" if event.preview else "event.removed"
    day = read_day(event.date)
    when = "" if day is None else voice.day(day, today)
    return voice.say(key, name=say_event_name(event, voice), day=when)


def say_moved(
    event: EventWritten, voice: Voice, today: date, *, already: bool = False
) -> str:
    """Say to which day a workout was moved, or would be, or where it was already."""
    day = read_day(event.date)
    when = "" if day is None else voice.day(day, today)
    key = "event.would_move" if event.preview else "event.moved"
    if already:
        key = "event.there_already"
    return voice.say(key, name=say_event_name(event, voice), day=when)


def say_values(values: Values, voice: Voice, today: date) -> str:
    """Say an entry, or those of its fields that were written."""
    if {"category", "start_local"} <= set(values):
        event = flatten_event(record_of(event_as_wanted(values), RawEvent))
        return say_event(event, voice, today, ())
    said = [
        _say_field(name, value, voice, today)
        for name, value in values.items()
        if name not in TECHNICAL and name != "end_local"
    ]
    return in_one_breath(said)


def _say_field(name: str, value: Value, voice: Voice, today: date) -> str:
    match name:
        case "start_local":
            day = read_day(value)
            said = "" if day is None else voice.day(day, today)
        case "category":
            said = say_category(str(value), voice)
        case "type":
            said = say_sport(str(value), voice)
        case "planned_s" | "target_s" if value is not None:
            said = voice.say_duration(number(value) or 0.0)
        case "planned_distance_km" | "target_distance_km" if value is not None:
            said = voice.say_distance(number(value) or 0.0)
        case "indoor" if value in ("yes", "no"):
            said = voice.say(f"word.{value}")
        case _ if isinstance(value, int | float):
            said = voice.say_number(value, 1)
        case _:
            said = voice.say("change.empty") if value is None else short(str(value))
    label = voice.label(name, "event")
    return sentence(voice.say("event.field", name=label, value=said))


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
