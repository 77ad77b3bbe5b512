"""Workouts: today's, the next, planned from words, moved, done and skipped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec
from flask import Response

from bridge.domain.calendar.away import away_on
from bridge.domain.calendar.event import (
    RACES,
    SESSIONS,
    Event,
    RawEvent,
    covers,
    flatten_event,
    flatten_events,
    say_event_name,
    steps_by_event,
)
from bridge.domain.calendar.input import (
    day_of,
    moved,
    read_event,
    read_start,
    read_time_ahead,
    start_on,
)
from bridge.domain.calendar.plan import (
    NextWorkout,
    Workouts,
    next_session,
    of_sport,
    say_next,
    say_none_ahead,
    say_today,
    verdict_on,
)
from bridge.domain.calendar.written import EventWritten, event_written, say_moved
from bridge.domain.moment import read_day
from bridge.domain.raw import extended, flatten_all, record_of
from bridge.domain.values import Values
from bridge.errors import (
    AlreadyDone,
    BadField,
    BadParameter,
    DayIsPast,
    FieldsClash,
    MissingField,
    NothingPlanned,
    UpstreamError,
    WorkoutAhead,
)
from bridge.routes.api.calendar.dictated import plan_sentence, which_day
from bridge.routes.api.calendar.events import (
    calendar_events,
    make,
    read_pairs,
)
from bridge.routes.api.overview.verdict import is_off, read_signs
from bridge.routes.params import DAY_AHEAD, TYPE
from bridge.routes.replies import answer, reply, reply_items
from bridge.routes.route import Body, Field
from bridge.routes.writing import earlier_try, fields, say_troubles, write
from bridge.services import (
    client,
    is_day_first,
    now_local,
    settings,
    stranger_voice,
    today,
    together,
    voice,
    writer,
)
from bridge.writes.carry import Outcome
from bridge.writes.events import CalendarEvents, DoneWorkouts
from bridge.writes.writable import Change

# Both languages of dictation read it, and so does everybody's eye.
_IN_ANY_LANGUAGE = "90 min ride zone 2, 2026-11-28"
MOVE_BODY = Body(
    fields=(
        Field("day", "the new day: a date, a weekday to come, tomorrow …", "Saturday"),
        Field("start_local", "the new day and time", "2026-11-28T17:30"),
    ),
    meant={"date": "day", "to": "day", "start_date_local": "start_local"},
)
SKIP_BODY = Body(fields=())
DONE_BODY = Body(
    fields=(Field("confirm", "yes marks also what lies ahead as done", "yes"),)
)
_AHEAD = timedelta(days=28)


def show_today() -> Response:
    """Tell what is planned for a day, today by default; of a sport if one is given."""
    day, sport = DAY_AHEAD.get() or today(), TYPE.get()
    upstream, until = client(), today()
    rows, paired, mornings = together(
        lambda: upstream.events(day, day),
        lambda: read_pairs(upstream, day, day, until=until),
        lambda: read_signs(upstream, until) if day == until else None,
    )
    events = of_sport(flatten_events(rows, paired), sport)
    known = _known(rows, sport, is_off=is_off(mornings, rows, paired, until))
    said = say_today(events, voice(), today(), day=day, workouts=known)
    return reply_items(events, said)


def show_next() -> Response:
    """Tell the next workout or race that is not done; or that of a sport."""
    sport = TYPE.get()
    rows, paired, off = read_ahead_with_signs()
    event = next_of(rows, paired, sport)
    if event is None:
        return answer({"count": 0}, say_none_ahead(voice(), sport))
    away = away_on(flatten_events(rows, paired), today())
    known = _known(rows, is_off=off)
    said = say_next(event, voice(), today(), workouts=known, away=away)
    verdict = verdict_on(event, today(), away, is_off=off) or None
    return reply(extended(event, NextWorkout, verdict=verdict), said)


def _known(rows: list[RawEvent], sport: str | None = None, *, is_off: bool) -> Workouts:
    steps, thresholds = steps_by_event(rows), settings().thresholds
    return Workouts(steps=steps, thresholds=thresholds, sport=sport, is_off=is_off)


def read_ahead() -> tuple[list[RawEvent], Mapping[str, str]]:
    """Return the calendar of the coming weeks, and what of it was done."""
    upstream, first, last = client(), today(), today() + _AHEAD
    rows, paired = together(
        lambda: upstream.events(first, last),
        lambda: read_pairs(upstream, first, last, until=first),
    )
    return rows, paired


def read_ahead_with_signs() -> tuple[list[RawEvent], Mapping[str, str], bool]:
    """Return the coming weeks, and whether today's signs ask for an easy day."""
    upstream, first, last = client(), today(), today() + _AHEAD
    rows, paired, mornings = together(
        lambda: upstream.events(first, last),
        lambda: read_pairs(upstream, first, last, until=first),
        lambda: read_signs(upstream, first),
    )
    return rows, paired, is_off(mornings, rows, paired, first)


def next_of(
    rows: list[RawEvent], paired: Mapping[str, str], sport: str | None = None
) -> Event | None:
    """Return the next workout or race that is not done, of a sport if one is given."""
    events = of_sport(flatten_events(rows, paired), sport)
    return next_session(events, now_local().replace(tzinfo=None))


def plan() -> Response:
    """Put a workout into the calendar, and tell what upstream understood of it."""
    sent = fields()
    if "text" in sent:
        return plan_sentence(sent)
    if "workout_text" not in sent:
        raise MissingField("text", name="text", example=_IN_ANY_LANGUAGE)
    text = sent.pop("workout_text")
    return make(
        read_event(
            {**sent, "description": text, "category": "workout"},
            today(),
            day_first=is_day_first(),
        )
    )


def move(workout: str) -> Response:
    """Move a workout to another day; it keeps its time of day and its length."""
    events = calendar_events()
    target, now = _chosen(events, workout)
    wanted = moved(now, _new_start(now))
    outcome = write(events, Change.of(target, now, wanted), source="events")
    written = _written(events, outcome)
    before = None if outcome.already else read_day(now.get("start_local"))
    beside = [] if before is None else _beside(written)
    said = say_moved(written, voice(), today(), before=before, beside=beside)
    return _reply(written, said, outcome)


def skip(workout: str) -> Response:
    """Turn a workout into a note, which does not count; it can be taken back."""
    events = calendar_events()
    target, now = _chosen(events, workout)
    event = _event(events, target)
    event = msgspec.structs.replace(event, name=str(now.get("name") or "") or None)
    name = say_event_name(event, voice())
    called = voice().say("event.skipped_name", name=event.name or name)
    wanted = {"category": "NOTE", "name": called}
    outcome = write(events, Change.of(target, now, wanted), source="events")
    written = _written(events, outcome)
    key = "event.would_skip" if outcome.preview else "event.skipped"
    said = voice().say(key, name=name, day=_say_day(written))
    return _reply(written, said, outcome)


def done(workout: str) -> Response:
    """Mark a workout as done: upstream makes an activity of it."""
    events = calendar_events()
    earlier = earlier_try(DoneWorkouts.name)
    if earlier is not None and earlier.after is not None:
        workout = str(earlier.after["event_id"])
    target, _ = _chosen(events, workout, even_done=True)
    event = _event(events, target)
    name = say_event_name(event, voice())
    if event.done:
        made = event.paired_activity_id
        known = event_written(events.seen(target), activity_id=made)
        known = msgspec.structs.replace(known, done=True, paired_activity_id=made)
        return reply(known, voice().say("event.done_already", name=name))
    _refuse_ahead(event, name)
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


def _refuse_ahead(event: Event, name: str) -> None:
    """Refuse to mark as done what lies ahead, unless somebody means it.

    Upstream would make an activity of a day to come, the latest one from then on.
    """
    confirm = fields().get("confirm", "no")
    if confirm not in ("yes", "no"):
        raise BadField("confirm", name="confirm", example="yes")
    day = read_day(event.date)
    if day is not None and day > today() and confirm != "yes":
        words = {"workout": name, "day": voice().day(day, today())}
        raise WorkoutAhead(f"event {event.event_id}", **words)


def _new_start(now: Values) -> datetime:
    """Return the new start; it may not lie before today."""
    sent = fields()
    if "day" in sent and "start_local" in sent:
        raise FieldsClash("day", name="day", other="start_local")
    name = "start_local" if "start_local" in sent else "day"
    if name not in sent:
        raise MissingField("day", name="day", example="tomorrow, or Saturday")
    if name == "start_local":
        start = read_start(sent[name], today(), day_first=is_day_first())
    else:
        start = _start_said(sent[name], now)
    if start.date() < today():
        speaker, day = stranger_voice(), start.date()
        said = speaker.past_day(day, today())
        raise DayIsPast("before today", name=name, day=said)
    return start


def _start_said(value: object, now: Values) -> datetime:
    """Return the start that was said; without a clock time it keeps its own."""
    said = read_time_ahead(
        value, now_local(), after=day_of(now), day_first=is_day_first()
    )
    if said.day.choose:
        raise which_day((said.day.day, *said.day.others), "day")
    if said.clock is None:
        return start_on(said.day.day, now)
    return datetime.combine(said.day.day, said.clock.time)


def _beside(moved: Event) -> list[Event]:
    """Return what else is to be done on the day a workout was moved to.

    The workout is moved already: where upstream is silent now, nothing is told.
    """
    day = read_day(moved.date)
    if day is None:
        return []
    try:
        events = flatten_all(flatten_event, client().events(day, day))
    except UpstreamError:
        return []
    return [
        event
        for event in events
        if event.category in SESSIONS
        and not event.done
        and event.event_id != moved.event_id
        and read_day(event.date) == day
    ]


def _chosen(
    events: CalendarEvents, workout: str, *, even_done: bool = False
) -> tuple[str, Values]:
    """Return the workout that is meant and its fields.

    ``today`` is the first one of today that is not done, ``next`` that of the coming
    four weeks. To be moved or skipped, a race has to be named by its id.

    Raises
    ------
    NothingPlanned, NoEvent
        If there is none.
    BadParameter
        If the id can be none, or is that of a note or the like.
    AlreadyDone
        If it was done, unless ``even_done``.
    """
    earlier = earlier_try(events.name)
    if earlier is not None and earlier.target:
        # as it was before the try that was cut off
        now = events.named(earlier.target)
        return earlier.target, {**now, **(earlier.before or {})}
    if workout in ("today", "next"):
        target = _first(workout, even_done=even_done)
    elif workout.isdecimal():
        target = workout
    else:
        raise BadParameter("workout", name="workout", example="today or next")
    now = events.named(target)
    if now.get("category") not in SESSIONS:
        raise BadParameter(f"event {target}", name="workout", example="next")
    if not even_done and _event(events, target).done:
        raise AlreadyDone(f"event {target}", event=target)
    return target, now


def _first(which: str, *, even_done: bool) -> str:
    first, last = today(), today() + (_AHEAD if which == "next" else timedelta())
    upstream = writer().client
    rows = upstream.events(first, last)
    events = flatten_events(rows, read_pairs(upstream, first, last, until=today()))
    if which == "today":
        events = [event for event in events if covers(event, first)]
    if not even_done:  # a race is nobody's to move or to skip, unless it is named
        events = [event for event in events if event.category not in RACES]
    event = next_session(events, now_local().replace(tzinfo=None))
    if event is None and even_done:
        past = [event for event in events if event.done and covers(event, first)]
        event = past[-1] if past else None
    if event is None:
        day = stranger_voice().say("day.today" if which == "today" else "day.soon")
        raise NothingPlanned(which, day=day)
    return event.event_id


def _event(events: CalendarEvents, target: str) -> Event:
    """Return a workout as it was read last, done or not from either side."""
    row = record_of(events.seen(target), RawEvent)
    event = flatten_event(row)
    day = read_day(event.date)
    if event.done or day is None:
        return event
    return flatten_event(
        row, paired=read_pairs(writer().client, day, day, until=today())
    )


def _written(events: CalendarEvents, outcome: Outcome) -> EventWritten:
    return event_written(
        events.row(outcome), preview=outcome.preview, not_kept=outcome.not_kept
    )


def _say_day(event: Event) -> str:
    day = read_day(event.date)
    return "" if day is None else voice().day(day, today())


def _reply(written: EventWritten, said: str, outcome: Outcome) -> Response:
    return reply(written, " ".join([*say_troubles(outcome, voice()), said]))
