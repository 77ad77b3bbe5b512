"""A dictated sentence on its way into the calendar, and what is asked back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from flask import Response

from bridge.domain.calendar.dictated import (
    Dictated,
    DictatedEntry,
    DictatedWorkout,
    for_athlete,
    say_assumed,
)
from bridge.domain.calendar.dictation import EXAMPLE, example_in, read_plan
from bridge.domain.calendar.event import (
    say_category,
)
from bridge.domain.calendar.input import (
    is_sure,
    read_day_ahead,
    read_event,
)
from bridge.domain.calendar.lengths import check_length_s
from bridge.domain.inputs import InputError, Mistake
from bridge.errors import (
    AmbiguousWorkout,
    FieldsClash,
    OneSportAtATime,
    UnclearWorkout,
    WhichDay,
    WorkoutInPast,
    WorkoutOutOfRange,
    WorkoutPartMissing,
)
from bridge.routes.api.calendar.events import (
    answer_written,
    calendar_events,
    make,
    write_new,
)
from bridge.routes.route import Body, Field
from bridge.routes.writing import Fields
from bridge.services import (
    client,
    is_day_first,
    now_local,
    stranger_voice,
    today,
    voice,
)

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
        Field("sure", "yes plans also what looks like a slip", "yes"),
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
_ALSO = frozenset({"name", "colour", "indoor"})
_IN_THE_SENTENCE = ("workout_text", "type", "start_local")
_REFUSALS: Mapping[Mistake, type[UnclearWorkout]] = {
    Mistake.MISSING: WorkoutPartMissing,
    Mistake.AMBIGUOUS: AmbiguousWorkout,
    Mistake.DAY_OR_MONTH: AmbiguousWorkout,
    Mistake.PAST: WorkoutInPast,
    Mistake.OUT_OF_RANGE: WorkoutOutOfRange,
    Mistake.TWO_SPORTS: OneSportAtATime,
}


def plan_sentence(sent: Fields) -> Response:
    """Put what a sentence plans into the calendar, and read back what it left out."""
    for other in _IN_THE_SENTENCE:
        if other in sent:
            raise FieldsClash(other, name="text", other=other)
    heard = _heard(sent)
    if isinstance(heard, DictatedWorkout) and not is_sure(sent):
        check_length_s(heard.planned_s or 0)
    if heard.choose:
        raise which_day((heard.day, *heard.others), "text")
    others: Fields = {name: sent[name] for name in sent if name in _ALSO}
    notes = say_assumed(heard, voice(), today())
    if isinstance(heard, DictatedEntry):
        fields_of_entry = {**heard.event_values, **others}
        wanted = read_event(
            fields_of_entry,
            today(),
            name_of=_category_name,
            day_first=is_day_first(),
        )
        return make(wanted, notes=notes)
    wanted = heard.event_values
    if others:
        wanted |= read_event(others, today(), wanted, day_first=is_day_first())
    events = calendar_events()
    outcome = write_new(events, wanted)
    row = events.row(outcome)
    if not outcome.preview:
        return answer_written(row, outcome, notes=notes)
    row = {**row, "moving_time": heard.planned_s}  # as upstream will read it
    return answer_written(row, outcome, steps=heard.steps, notes=notes)


def _heard(sent: Fields) -> Dictated:
    """Return what the sentence plans, in zones that the athlete has."""
    day = None
    if "day" in sent:
        day = read_day_ahead(sent["day"], today(), day_first=is_day_first())
    language = stranger_voice().language
    try:
        heard = read_plan(sent["text"], now_local(), day=day, language=language)
        if isinstance(heard, DictatedEntry):
            return heard
        return for_athlete(heard, client().sport_settings())
    except InputError as error:
        raise unclear(error) from error


def unclear(error: InputError) -> UnclearWorkout:
    """Return the refusal that names the part, in the words of who asks."""
    speaker, part = stranger_voice(), error.seen or "text"
    if speaker.knows(f"dictation.{part}"):
        part = speaker.say(f"dictation.{part}")
    refusal = _REFUSALS.get(error.mistake, UnclearWorkout)
    sentence = example_in(speaker.language)
    return refusal(f"{error.mistake.value}: {part}", part=part, sentence=sentence)


def _category_name(category: str) -> str:
    return say_category(category, voice())


def which_day(days: Sequence[date], name: str) -> WhichDay:
    """Return the question which of several days is meant."""
    said = [voice().calendar_day(day, today()) for day in days]
    return WhichDay("several days", days=", ".join(said), name=name, example=said[0])
