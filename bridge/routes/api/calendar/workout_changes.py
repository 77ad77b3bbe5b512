"""Moving, finishing and skipping planned workouts: today's, the next, or by id."""

from __future__ import annotations

from collections.abc import Mapping
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
    event_as_wanted,
    event_written,
    say_moved,
)
from bridge.domain.flat import Scalar
from bridge.domain.moment import read_day
from bridge.domain.raw import flatten_each, record_of
from bridge.domain.undo import Values
from bridge.errors import (
    AlreadyDone,
    BadField,
    BadParameter,
    FieldsClash,
    MissingField,
    NoEvent,
    NothingPlanned,
)
from bridge.routes.api.calendar.event_writes import event_id, event_kind, write
from bridge.routes.replies import reply
from bridge.routes.route import Body, Field
from bridge.routes.troubles import say_troubles
from bridge.routes.writing import author, fields, is_preview
from bridge.services import (
    now_local,
    services,
    stranger_voice,
    today,
    voice,
    writer,
)
from bridge.writes.carry import Outcome, carry_out
from bridge.writes.events import DoneKind, EventKind
from bridge.writes.kind import Change

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
    kind = event_kind()
    target, now = _chosen(kind, workout)
    wanted = moved(now, _new_start(now))
    outcome = None if is_preview() else write(kind, target, now, wanted)
    told = _told(kind, target, wanted, outcome)
    already = outcome is not None and outcome.already
    said = say_moved(told, voice(), today(), already=already)
    return _reply(told, said, outcome)


def skip(workout: str) -> Response:
    """Turn a workout into a note, which does not count; it can be taken back."""
    kind = event_kind()
    target, now = _chosen(kind, workout)
    name = say_event_name(_event(kind, target), voice())
    called = voice().say("event.skipped_name", name=name)
    wanted: dict[str, Scalar | None] = {"category": "NOTE", "name": called}
    outcome = None if is_preview() else write(kind, target, now, wanted)
    told = _told(kind, target, wanted, outcome)
    key = "event.would_skip" if outcome is None else "event.skipped"
    said = voice().say(key, name=name, day=_say_day(told))
    return _reply(told, said, outcome)


def done(workout: str) -> Response:
    """Mark a workout as done: upstream makes an activity of it."""
    kind = event_kind()
    target, _ = _chosen(kind, workout, even_done=True)
    event = _event(kind, target)
    name = say_event_name(event, voice())
    if event.done:
        told = event_written(kind.seen(target), activity_id=event.paired_activity_id)
        return reply(told, voice().say("event.done_already", name=name))
    outcome = None if is_preview() else _mark_done(target)
    told = event_written(kind.seen(target), preview=outcome is None)
    if outcome is not None:
        made = outcome.target
        told = msgspec.structs.replace(
            told, done=True, activity_id=made, paired_activity_id=made
        )
    key = "event.would_be_done" if outcome is None else "event.done"
    return _reply(told, voice().say(key, name=name, day=_say_day(told)), outcome)


def _mark_done(target: str) -> Outcome:
    kind = DoneKind(writer())
    wanted = {"event_id": target, "rpe": None, "feel": None}
    asked = Change(target="", before=None, wanted=wanted)
    journal = services().store.journal
    (outcome,) = carry_out(kind, [asked], journal, author("workouts"))
    return outcome


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
    kind: EventKind, workout: str, *, even_done: bool = False
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
    now = kind.read([target])[target]
    if now is None:
        raise NoEvent(f"event {target}")
    if now.get("category") not in SESSIONS:
        raise BadParameter(f"event {target}", name="workout", example="next")
    if not even_done and _event(kind, target).done:
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


def _event(kind: EventKind, target: str) -> Event:
    return flatten_event(record_of(kind.seen(target), RawEvent))


def _told(
    kind: EventKind, target: str, wanted: Values, outcome: Outcome | None
) -> EventWritten:
    row: Mapping[str, object] = kind.seen(target)
    if outcome is None:
        row = {**row, **event_as_wanted(wanted), "id": target}
    lost = () if outcome is None else outcome.not_kept
    return event_written(row, preview=outcome is None, not_kept=lost)


def _say_day(event: Event) -> str:
    day = read_day(event.date)
    return "" if day is None else voice().day(day, today())


def _reply(told: EventWritten, said: str, outcome: Outcome | None) -> Response:
    troubles = [] if outcome is None else say_troubles(outcome, voice())
    return reply(told, " ".join([*troubles, said]))
