"""Writing the calendar: making, changing and removing entries."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence

from flask import Response

from bridge.domain.calendar.event import say_category
from bridge.domain.calendar.input import COMPUTED, EVENT_INPUTS, MEANT, read_event
from bridge.domain.calendar.values import TECHNICAL
from bridge.domain.calendar.workout import WorkoutStep
from bridge.domain.calendar.written import (
    event_written,
    say_made,
    say_removed,
    say_unchanged,
    steps_of,
)
from bridge.domain.values import Values
from bridge.errors import BadParameter, NoEvent
from bridge.routes.replies import reply
from bridge.routes.route import Body, Field
from bridge.routes.troubles import say_troubles
from bridge.routes.writing import fields, is_retry, write, write_id
from bridge.services import today, voice, writer
from bridge.writes.carry import Outcome
from bridge.writes.events import CalendarEvents
from bridge.writes.writable import Change

EVENT_BODY = Body(
    fields=tuple(Field(*each) for each in EVENT_INPUTS), computed=COMPUTED, meant=MEANT
)
REMOVE_BODY = Body(fields=())
_ID = re.compile(r"[1-9][0-9]{0,14}", re.ASCII)


def create() -> Response:
    """Put an entry into the calendar."""

    def name_of(category: str) -> str:
        return say_category(category, voice())

    return make(read_event(fields(), today(), name_of=name_of))


def change(event: str) -> Response:
    """Change fields of an entry; the rest stays as it is."""
    events = calendar_events()
    target, now = event_id(event), read_now(events, event)
    wanted = read_event(fields(), today(), now)
    outcome = write(events, Change.of(target, now, wanted), source="events")
    return answer_written(events.row(outcome), outcome)


def remove(event: str) -> Response:
    """Remove an entry from the calendar."""
    events = calendar_events()
    target, now = event_id(event), read_now(events, event)
    outcome = write(events, Change.removing(target, now), source="events")
    removed = not outcome.preview
    written = event_written(
        events.row(outcome), preview=outcome.preview, removed=removed
    )
    return reply(written, say_removed(written, voice(), today()))


def make(wanted: Values) -> Response:
    """Make an entry and answer with it."""
    events = calendar_events()
    outcome = write(events, new_event(wanted), source="events")
    return answer_written(events.row(outcome), outcome)


def new_event(wanted: Values) -> Change:
    """Return the change that makes an entry, under an id by which it is found again."""
    return Change.making({**wanted, "uid": str(uuid.UUID(hex=write_id()))})


def calendar_events() -> CalendarEvents:
    """Return what writes calendar entries for this request."""
    return CalendarEvents(writer(), today(), look_first=is_retry())


def read_now(events: CalendarEvents, event: str) -> Values:
    """Return an entry as it is.

    Raises
    ------
    BadParameter, NoEvent
        If there can be, or is, no such entry.
    """
    target = event_id(event)
    now = events.read([target])[target]
    if now is None:
        raise NoEvent(f"event {target}")
    return now


def event_id(text: str) -> str:
    """Return a well-formed id of a calendar entry.

    Raises
    ------
    BadParameter
        If it can be none.
    """
    if not _ID.fullmatch(text):
        raise BadParameter(f"event {text[:40]!r}", name="event", example="70000010")
    return text


def answer_written(
    row: Mapping[str, object],
    outcome: Outcome,
    *,
    steps: Sequence[WorkoutStep] | None = None,
) -> Response:
    """Answer with an entry as upstream has it, and what became of the write.

    ``steps`` are those of a workout where upstream has not read them yet.
    """
    written = event_written(row, preview=outcome.preview, not_kept=outcome.not_kept)
    if steps is None:
        steps = steps_of(row)
    if outcome.already:
        return reply(written, say_unchanged(written, voice(), today(), steps))
    troubles = say_troubles(outcome, voice(), unsaid=TECHNICAL)
    said = say_made(written, voice(), today(), steps=steps, troubles=troubles)
    return reply(written, said)
