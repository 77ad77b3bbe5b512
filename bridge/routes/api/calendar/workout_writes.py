"""Planning workouts: from text or from one dictated sentence."""

from __future__ import annotations

from dataclasses import replace

from flask import Response

from bridge.domain.calendar.dictation import (
    EXAMPLE,
    DictatedWorkout,
    example_in,
    read_workout,
    target_for,
)
from bridge.domain.calendar.input import read_day_ahead, read_event
from bridge.domain.inputs import InputError, InputKind
from bridge.domain.zones.settings import settings_for
from bridge.errors import (
    FieldsClash,
    MissingField,
    UnclearWorkout,
    WorkoutPartMissing,
)
from bridge.routes.api.calendar.event_writes import (
    answer_written,
    calendar_events,
    make,
    new_event,
)
from bridge.routes.route import Body, Field
from bridge.routes.writing import Fields, fields, write
from bridge.services import client, stranger_voice, today

WORKOUT_BODY = Body(
    fields=(
        Field("text", "one sentence: sport, how long, how hard, day", EXAMPLE),
        Field("workout_text", "steps as Intervals.icu writes them", "- 20m 80%"),
        Field("type", "the sport of workout_text", "Ride"),
        Field("day", "where the sentence names none", "tomorrow"),
        Field("start_local", "day and time on the wall clock", "2026-11-28T17:30"),
        Field("name", "what it is called", "Tempo"),
        Field("colour", "a colour's name, or #rrggbb", "green"),
        Field("indoor", "yes or no", "yes"),
    ),
    meant={
        "sentence": "text",
        "description": "workout_text",
        "steps": "workout_text",
        "sport": "type",
        "date": "day",
        "color": "colour",
        "title": "name",
    },
)
# Both languages of dictation read it, and so does everybody's eye.
_IN_ANY_LANGUAGE = "90 min ride zone 2, 2026-11-28"
_ALSO = frozenset({"name", "colour", "indoor"})
_IN_THE_SENTENCE = ("workout_text", "type", "start_local")


def plan() -> Response:
    """Put a workout into the calendar, and tell what upstream understood of it."""
    sent = fields()
    if "text" in sent:
        return _dictated(sent)
    if "workout_text" not in sent:
        raise MissingField("text", name="text", example=_IN_ANY_LANGUAGE)
    text = sent.pop("workout_text")
    return make(
        read_event({**sent, "description": text, "category": "workout"}, today())
    )


def _dictated(sent: Fields) -> Response:
    for other in _IN_THE_SENTENCE:
        if other in sent:
            raise FieldsClash(other, name="text", other=other)
    heard = _heard(sent)
    others: Fields = {name: sent[name] for name in sent if name in _ALSO}
    wanted = heard.event_values
    if others:
        wanted |= read_event(others, today(), wanted)
    events = calendar_events()
    outcome = write(events, new_event(wanted), source="events")
    row = events.row(outcome)
    if not outcome.preview:
        return answer_written(row, outcome)
    row = {**row, "moving_time": heard.planned_s}  # as upstream will read it
    return answer_written(row, outcome, steps=heard.steps)


def _heard(sent: Fields) -> DictatedWorkout:
    """Return the workout of the sentence, in zones that the athlete has."""
    day = read_day_ahead(sent["day"], today()) if "day" in sent else None
    try:
        heard = read_workout(sent["text"], today(), day=day)
    except InputError as error:
        raise _unclear(error) from error
    raw = settings_for(client().sport_settings(), heard.sport)
    return replace(heard, target=target_for(heard.sport, raw) or heard.target)


def _unclear(error: InputError) -> UnclearWorkout:
    """Return the refusal that names the part, in the words of who asks."""
    speaker, part = stranger_voice(), error.seen or "text"
    if speaker.knows(f"dictation.{part}"):
        part = speaker.say(f"dictation.{part}")
    missing = error.kind is InputKind.MISSING
    kind = WorkoutPartMissing if missing else UnclearWorkout
    return kind(f"{error.kind.value}: {part}", part=part, sentence=_sentence())


def _sentence() -> str:
    return example_in(stranger_voice().language)
