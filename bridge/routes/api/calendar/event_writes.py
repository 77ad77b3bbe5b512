"""Writing the calendar: making, changing and removing entries."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping

from flask import Response

from bridge.domain.calendar.event import say_category
from bridge.domain.calendar.input import COMPUTED, EVENT_INPUTS, MEANT, read_event
from bridge.domain.calendar.values import TECHNICAL
from bridge.domain.calendar.written import (
    event_as_wanted,
    event_written,
    say_made,
    say_removed,
    say_unchanged,
    steps_of,
)
from bridge.domain.flat import Scalar
from bridge.domain.undo import Values
from bridge.errors import BadParameter, NoEvent
from bridge.routes.replies import reply
from bridge.routes.route import Body, Field
from bridge.routes.troubles import say_troubles
from bridge.routes.writing import author, fields, is_preview, is_retry
from bridge.services import services, today, voice, writer
from bridge.writes.carry import Outcome, carry_out
from bridge.writes.events import EventKind
from bridge.writes.kind import Change

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
    kind = event_kind()
    target, now = event_id(event), read_now(kind, event)
    wanted = read_event(fields(), today(), now)
    if is_preview():
        row = {**kind.seen(target), **event_as_wanted(wanted), "id": target}
        if "description" in wanted:
            row["workout_doc"] = None  # nobody knows yet what upstream reads in it
        return _told(row)
    outcome = write(kind, target, now, wanted)
    return _told(kind.seen(target), outcome)


def remove(event: str) -> Response:
    """Remove an entry from the calendar."""
    kind = event_kind()
    target, now = event_id(event), read_now(kind, event)
    row = kind.seen(target)
    if not is_preview():
        asked = Change(target=target, before=now, wanted=None)
        carry_out(kind, [asked], services().store.journal, author("events"))
    told = event_written(row, preview=is_preview(), removed=not is_preview())
    return reply(told, say_removed(told, voice(), today()))


def make(wanted: Mapping[str, Scalar | None]) -> Response:
    """Make an entry, under an id of ours by which it is found again."""
    if is_preview():
        return _told(event_as_wanted(wanted))
    kind = event_kind(look_first=is_retry())
    who = author("events")
    ours = {"uid": str(uuid.UUID(hex=who.write_id))}
    asked = Change(target="", before=None, wanted={**wanted, **ours})
    (outcome,) = carry_out(kind, [asked], services().store.journal, who)
    return _told(kind.seen(outcome.target), outcome)


def write(kind: EventKind, target: str, now: Values, wanted: Values) -> Outcome:
    """Change fields of an entry, and return what became of it."""
    before = {name: now.get(name) for name in wanted}
    asked = Change(target=target, before=before, wanted=wanted)
    (outcome,) = carry_out(kind, [asked], services().store.journal, author("events"))
    return outcome


def event_kind(*, look_first: bool = False) -> EventKind:
    """Return what writes calendar entries for this request."""
    return EventKind(writer(), today(), look_first=look_first)


def read_now(kind: EventKind, event: str) -> Values:
    """Return an entry as it is.

    Raises
    ------
    BadParameter, NoEvent
        If there can be, or is, no such entry.
    """
    target = event_id(event)
    found = kind.read([target])[target]
    if found is None:
        raise NoEvent(f"event {target}")
    return found


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


def _told(row: Mapping[str, object], outcome: Outcome | None = None) -> Response:
    lost = () if outcome is None else outcome.not_kept
    told = event_written(row, preview=outcome is None, not_kept=lost)
    troubles = (
        [] if outcome is None else say_troubles(outcome, voice(), unsaid=TECHNICAL)
    )
    steps = steps_of(row)
    if outcome is not None and outcome.already:
        return reply(told, say_unchanged(told, voice(), today(), steps))
    said = say_made(told, voice(), today(), steps=steps, troubles=troubles)
    return reply(told, said)
