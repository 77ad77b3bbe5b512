"""The calendar: workouts, races, notes, holidays and phases, read and written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from flask import Response

from bridge.domain.activity.activity import pairs_of
from bridge.domain.calendar.event import Event, flatten_events, say_category
from bridge.domain.calendar.input import COMPUTED, EVENT_INPUTS, MEANT, read_event
from bridge.domain.calendar.plan import say_events
from bridge.domain.calendar.values import TECHNICAL
from bridge.domain.calendar.workout import WorkoutStep
from bridge.domain.calendar.written import (
    event_as_wanted,
    event_written,
    say_changed,
    say_made,
    say_removed,
    say_unchanged,
    steps_of,
)
from bridge.domain.values import Values
from bridge.errors import NoEvent
from bridge.routes.params import (
    CATEGORY,
    DAY_AHEAD,
    NEWEST_AHEAD,
    OLDEST_AHEAD,
    checked_range,
)
from bridge.routes.replies import reply, reply_items
from bridge.routes.route import Body, Field
from bridge.routes.writing import (
    earlier_try,
    fields,
    is_retry,
    say_troubles,
    write,
    write_id,
)
from bridge.services import client, is_day_first, state, today, together, voice, writer
from bridge.upstream.client import Client
from bridge.writes.carry import Outcome
from bridge.writes.events import CalendarEvents, new_event
from bridge.writes.writable import Change

EVENT_BODY = Body(
    fields=tuple(Field(*row) for row in EVENT_INPUTS), computed=COMPUTED, meant=MEANT
)
REMOVE_BODY = Body(fields=())
_AHEAD = timedelta(days=6)
_NEAR = timedelta(days=1)  # a workout may be done the evening before
_PAIRED = "id,paired_event_id"


def index() -> Response:
    """List the calendar of a range, by default the week to come."""
    events = read_events()
    return reply_items(events, say_events(events, voice(), today()))


def read_events() -> list[Event]:
    """Return the calendar of the range that is asked for."""
    day = DAY_AHEAD.get()
    oldest = day or OLDEST_AHEAD.get() or today()
    newest = day or NEWEST_AHEAD.get() or oldest + _AHEAD
    checked_range(oldest, newest)
    category = CATEGORY.get()
    categories = (category,) if category else ()
    upstream, until = client(), today()
    rows, paired = together(
        lambda: upstream.events(oldest, newest, categories=categories),
        lambda: read_pairs(upstream, oldest, newest, until=until),
    )
    return flatten_events(rows, paired)


def create() -> Response:
    """Put an entry into the calendar."""

    def name_of(category: str) -> str:
        return say_category(category, voice())

    return make(
        read_event(fields(), today(), name_of=name_of, day_first=is_day_first())
    )


def change(event: str) -> Response:
    """Change fields of an entry; the rest stays as it is."""
    events = calendar_events()
    now = events.named(event)
    wanted = read_event(fields(), today(), now, day_first=is_day_first())
    outcome = write(events, Change.of(event, now, wanted), source="events")
    return answer_written(events.row(outcome), outcome)


def remove(event: str) -> Response:
    """Remove an entry from the calendar."""
    events = calendar_events()
    try:
        now = events.named(event)
    except NoEvent:
        earlier = earlier_try("event")
        if earlier is None or earlier.target != event or earlier.before is None:
            raise
        # It is gone because the try that was cut off removed it.
        row = {**event_as_wanted(earlier.before), "id": event}
        gone = event_written(row, removed=True)
        return reply(gone, say_removed(gone, voice(), today()))
    outcome = write(events, Change.removing(event, now), source="events")
    preview = outcome.preview
    written = event_written(events.row(outcome), preview=preview, removed=not preview)
    return reply(written, say_removed(written, voice(), today()))


def read_pairs(
    upstream: Client, oldest: date, newest: date, *, until: date
) -> dict[str, str]:
    """Return what was done by the plan it fulfilled, on some days and around them.

    ``until`` is the athlete's day: nothing is done ahead of it, so that a range to
    come costs no call.
    """
    last = min(newest, until)
    if oldest > until:
        return {}
    return pairs_of(upstream.activities(oldest - _NEAR, last, fields=_PAIRED))


def make(wanted: Values, *, notes: Sequence[str] = ()) -> Response:
    """Make an entry and answer with it."""
    events = calendar_events()
    outcome = write_new(events, wanted)
    return answer_written(events.row(outcome), outcome, notes=notes)


def write_new(events: CalendarEvents, wanted: Values) -> Outcome:
    """Make an entry; what a sentence asks for may be there already."""
    alike = events.alike(wanted) if state().is_asked else None
    if alike is None:
        return write(events, new_event(wanted, write_id()), source="events")
    return Outcome(
        target=alike, before=wanted, wanted=wanted, after=wanted, already=True
    )


def calendar_events() -> CalendarEvents:
    """Return what writes calendar entries for this request."""
    return CalendarEvents(writer(), today(), look_first=is_retry())


def answer_written(
    row: Mapping[str, object],
    outcome: Outcome,
    *,
    steps: Sequence[WorkoutStep] | None = None,
    notes: Sequence[str] = (),
) -> Response:
    """Answer with an entry as upstream has it, and what became of the write.

    ``steps`` are those of a workout where upstream has not read them yet; ``notes``
    say what of a dictated sentence had to be assumed.
    """
    written = event_written(row, preview=outcome.preview, not_kept=outcome.not_kept)
    if steps is None:
        steps = steps_of(row)
    if outcome.already:
        said = say_unchanged(written, voice(), today(), steps)
        return reply(written, " ".join([said, *notes]))
    troubles = say_troubles(outcome, voice(), unsaid=TECHNICAL)
    say = say_made if outcome.before is None else say_changed
    said = say(written, voice(), today(), steps=steps, troubles=troubles)
    return reply(written, " ".join([said, *notes]))
