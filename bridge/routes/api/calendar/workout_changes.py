"""Moving, finishing and skipping planned workouts: today's, the next, or by id."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import msgspec
from flask import Response

from bridge.domain.calendar.event import (
    SESSIONS,
    Event,
    RawEvent,
    covers,
    flatten_event,
    say_event_name,
)
from bridge.domain.calendar.input import moved, read_day_ahead, read_start
from bridge.domain.calendar.plan import next_session
from bridge.domain.calendar.written import (
    EventWritten,
    event_written,
    say_moved,
)
from bridge.domain.moment import read_day
from bridge.domain.raw import flatten_each, record_of
from bridge.domain.values import Values
from bridge.errors import (
    AlreadyDone,
    BadField,
    BadParameter,
    FieldsClash,
    MissingField,
    NoEvent,
    NothingPlanned,
)
from bridge.routes.api.calendar.event_writes import calendar_events, event_id
from bridge.routes.replies import reply
from bridge.routes.route import Body, Field
from bridge.routes.troubles import say_troubles
from bridge.routes.writing import fields, write
from bridge.services import (
    now_local,
    stranger_voice,
    today,
    voice,
    writer,
)
from bridge.writes.carry import Outcome
from bridge.writes.events import CalendarEvents, DoneWorkouts
from bridge.writes.writable import Change

MOVE_BODY = Body(
    fields=(
        Field("day", "the new day: a date, a weekday to come, tomorrow …", "Saturday"),
        Field("start_local", "the new day and time", "2026-11-28T17:30"),
    ),
    meant={"date": "day", "to": "day", "start_date_local": "start_local"},
)
WORKOUT_CHANGE_BODY = Body(fields=())
_AHEAD = timedelta(days=28)


def move(workout: str) -> Response:
    """Move a workout to another day; it keeps its time of day and its length."""
    events = calendar_events()
    target, now = _chosen(events, workout)
    wanted = moved(now, _new_start(now))
    outcome = write(events, Change.of(target, now, wanted), source="events")
    written = _written(events, outcome)
    said = say_moved(written, voice(), today(), already=outcome.already)
    return _reply(written, said, outcome)


def skip(workout: str) -> Response:
    """Turn a workout into a note, which does not count; it can be taken back."""
    events = calendar_events()
    target, now = _chosen(events, workout)
    name = say_event_name(_event(events, target), voice())
    called = voice().say("event.skipped_name", name=name)
    wanted = {"category": "NOTE", "name": called}
    outcome = write(events, Change.of(target, now, wanted), source="events")
    written = _written(events, outcome)
    key = "event.would_skip" if outcome.preview else "event.skipped"
    said = voice().say(key, name=name, day=_say_day(written))
    return _reply(written, said, outcome)


def done(workout: str) -> Response:
    """Mark a workout as done: upstream makes an activity of it."""
    events = calendar_events()
    target, _ = _chosen(events, workout, even_done=True)
    event = _event(events, target)
    name = say_event_name(event, voice())
    if event.done:
        known = event_written(events.seen(target), activity_id=event.paired_activity_id)
        return reply(known, voice().say("event.done_already", name=name))
    wanted = {"event_id": target, "rpe": None, "feel": None}
    workouts = DoneWorkouts(writer())
    outcome = write(workouts, Change.making(wanted), source="workouts")
    written = event_written(events.seen(target), preview=outcome.preview)
    if not outcome.preview:
        made = outcome.target
        written = msgspec.structs.replace(
            written, done=True, activity_id=made, paired_activity_id=made
        )
    key = "event.would_be_done" if outcome.preview else "event.done"
    said = voice().say(key, name=name, day=_say_day(written))
    return _reply(written, said, outcome)


def _new_start(now: Values) -> datetime:
    """Return the new start; it may not lie before today."""
    sent = fields()
    if "day" in sent and "start_local" in sent:
        raise FieldsClash("day", name="day", other="start_local")
    name = "start_local" if "start_local" in sent else "day"
    if name not in sent:
        raise MissingField("day", name="day", example="tomorrow, or Saturday")
    if name == "start_local":
        start = read_start(sent[name], today())
    else:
        clock = _clock(now)
        start = datetime.combine(read_day_ahead(sent[name], today()), clock)
    if start.date() < today():
        raise BadField("before today", name=name, example="tomorrow, or Saturday")
    return start


def _clock(now: Values) -> time:
    began = now.get("start_local")
    return datetime.fromisoformat(began).time() if isinstance(began, str) else time()


def _chosen(
    events: CalendarEvents, workout: str, *, even_done: bool = False
) -> tuple[str, Values]:
    """Return the workout that is meant and its fields.

    ``today`` is the first one of today that is not done, ``next`` that of the coming
    four weeks.

    Raises
    ------
    NothingPlanned, NoEvent
        If there is none.
    BadParameter
        If the id can be none, or is that of a note or the like.
    AlreadyDone
        If it was done, unless ``even_done``.
    """
    if workout in ("today", "next"):
        target = _first(workout, even_done=even_done)
    elif workout.isdecimal():
        target = event_id(workout)
    else:
        raise BadParameter("workout", name="workout", example="today or next")
    now = events.read([target])[target]
    if now is None:
        raise NoEvent(f"event {target}")
    if now.get("category") not in SESSIONS:
        raise BadParameter(f"event {target}", name="workout", example="next")
    if not even_done and _event(events, target).done:
        raise AlreadyDone(f"event {target}", event=target)
    return target, now


def _first(which: str, *, even_done: bool) -> str:
    first, last = today(), today() + (_AHEAD if which == "next" else timedelta())
    rows = writer().client.events(first, last)
    events = flatten_each(flatten_event, rows)
    if which == "today":
        events = [event for event in events if _begins_today(event, first)]
    found = next_session(events, now_local().replace(tzinfo=None))
    if found is None and even_done:
        past = [event for event in events if event.done and covers(event, first)]
        found = past[-1] if past else None
    if found is None:
        day = stranger_voice().say("day.today" if which == "today" else "day.soon")
        raise NothingPlanned(which, day=day)
    return found.event_id


def _begins_today(event: Event, day: date) -> bool:
    return read_day(event.date) == day


def _event(events: CalendarEvents, target: str) -> Event:
    return flatten_event(record_of(events.seen(target), RawEvent))


def _written(events: CalendarEvents, outcome: Outcome) -> EventWritten:
    return event_written(
        events.row(outcome), preview=outcome.preview, not_kept=outcome.not_kept
    )


def _say_day(event: Event) -> str:
    day = read_day(event.date)
    return "" if day is None else voice().day(day, today())


def _reply(written: EventWritten, said: str, outcome: Outcome) -> Response:
    return reply(written, " ".join([*say_troubles(outcome, voice()), said]))
