"""A planned workout as a file, for trainers and watches."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response

from bridge.domain.calendar.event import (
    SESSIONS,
    Event,
    RawEvent,
    flatten_event,
    flatten_events,
    in_order,
)
from bridge.domain.calendar.files import (
    WORKOUT_FORMATS,
    is_workout_file,
    workout_file_name,
)
from bridge.domain.calendar.plan import next_session
from bridge.domain.raw import record_of
from bridge.errors import (
    BadParameter,
    NoEvent,
    NoRecord,
    NoSteps,
    NothingPlanned,
    NoWorkoutFile,
    UpstreamGarbage,
    UpstreamRejected,
)
from bridge.routes.api.calendar.workouts import read_ahead
from bridge.routes.params import WORKOUT_FORMAT
from bridge.routes.replies import send_file
from bridge.services import client, now_local, stranger_voice, today


def show(workout: str) -> Response:
    """Send a workout's steps as a file: ``zwo``, ``mrc``, ``erg`` or ``fit``.

    ``today`` is the first workout of today that has steps, ``next`` that of the coming
    four weeks; one that is not done comes first.
    """
    ending = WORKOUT_FORMAT.get() or "zwo"
    event = _event(workout)
    if event.workout_steps is None:
        raise NoSteps(f"event {event.event_id}")
    try:
        data = client().workout_file(event.event_id, ending)
    except UpstreamRejected as error:
        raise NoWorkoutFile(error.detail, format=ending.upper()) from error
    if not is_workout_file(data, ending):
        raise UpstreamGarbage(f"event {event.event_id}: no {ending}")
    name = workout_file_name(event, ending)
    return send_file(data, WORKOUT_FORMATS[ending], name)


def _event(workout: str) -> Event:
    """Return the workout that is meant, with steps where one has them.

    Raises
    ------
    BadParameter, NoEvent, NothingPlanned
        If there can be, or is, none.
    """
    if workout.isdecimal():
        try:
            row = client().event(workout)
        except NoRecord as error:
            raise NoEvent(f"event {workout}") from error
        event = flatten_event(record_of(row, RawEvent))
        if event.category not in SESSIONS:
            raise BadParameter(f"event {workout}", name="workout", example="next")
        return event
    if workout == "today":
        found = _chosen(flatten_events(client().events(today(), today())))
    elif workout == "next":
        found = _next(flatten_events(*read_ahead()))
    else:
        raise BadParameter("workout", name="workout", example="today or next")
    if found is None:
        day = stranger_voice().say("day.today" if workout == "today" else "day.soon")
        raise NothingPlanned(workout, day=day)
    return found


def _chosen(events: Sequence[Event]) -> Event | None:
    sessions = [event for event in in_order(events) if event.category in SESSIONS]
    ranked = sorted(
        sessions, key=lambda event: (event.workout_steps is None, event.done is True)
    )
    return ranked[0] if ranked else None


def _next(events: Sequence[Event]) -> Event | None:
    now = now_local().replace(tzinfo=None)
    with_steps = [event for event in events if event.workout_steps is not None]
    return next_session(with_steps, now) or next_session(events, now)
