"""Calendar entries, and the activities that planned workouts become by hand."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from bridge.domain.activity.activity import pairs_of
from bridge.domain.activity.input import values_of as activity_values
from bridge.domain.calendar.values import filled, recalled, upstream_row, values_of
from bridge.domain.calendar.written import (
    event_as_wanted,
    restored_sentence,
    say_title,
    say_values,
)
from bridge.domain.flat import ident
from bridge.domain.moment import read_day
from bridge.domain.speech.breath import short
from bridge.domain.speech.voice import Voice
from bridge.domain.values import Values, differing
from bridge.errors import BadParameter, NoEvent, NoRecord, UpstreamGarbage
from bridge.upstream.writer import RawMade, Writer
from bridge.writes.carry import Outcome
from bridge.writes.writable import Change, Changeable, Makeable

_ID = re.compile(r"[1-9][0-9]{0,14}", re.ASCII)


class CalendarEvents(Changeable, Makeable):
    """Calendar entries; the target is upstream's id.

    Parameters
    ----------
    writer
        Writes, and reads what upstream has now.
    today
        The athlete's day, to say when an entry is.
    look_first
        Whether an earlier try may have made the entry already: then it is looked
        for, by the ``uid`` that we gave it, before it is made.
    """

    name = "event"

    def __init__(
        self, writer: Writer, today: date, *, look_first: bool = False
    ) -> None:
        self._client, self._writer = writer.client, writer
        self._today = today
        self._look_first = look_first
        self._seen: dict[str, Mapping[str, object]] = {}

    def read(self, targets: Sequence[str]) -> Mapping[str, Values | None]:
        """Return the fields of each entry."""
        return {target: self._read(target) for target in targets}

    def named(self, target: str) -> Values:
        """Return the fields of an entry that has to be there.

        Raises
        ------
        BadParameter, NoEvent
            If there can be, or is, no such entry.
        """
        if not _ID.fullmatch(target):
            detail = f"event {target[:40]!r}"
            raise BadParameter(detail, name="event", example="70000010")
        now = self._read(target)
        if now is None:
            raise NoEvent(f"event {target}")
        return now

    def seen(self, target: str) -> Mapping[str, object]:
        """Return an entry as it was read last."""
        return self._seen[target]

    def row(self, outcome: Outcome) -> Mapping[str, object]:
        """Return an entry as upstream has it, or in a preview would show it."""
        target, wanted = outcome.target, outcome.wanted
        if not outcome.preview or wanted is None:
            return self._seen[target]
        row = {**self._seen.get(target, {}), **event_as_wanted(wanted)}
        if "description" in wanted:
            row["workout_doc"] = None  # nobody knows yet what upstream reads in it
        return {**row, "id": target or "0"}

    def change(self, wanted: Mapping[str, Values]) -> None:
        """Send the fields that change."""
        for target, values in wanted.items():
            self._writer.put_event(target, upstream_row(values))

    def make(self, values: Values) -> str:
        """Make an entry, unless an earlier try did."""
        known = self.find(values) if self._look_first else None
        return known or _id_of(self._writer.post_event(upstream_row(filled(values))))

    def remove(self, target: str) -> None:
        """Remove an entry."""
        self._writer.delete_event(target)

    def find(self, values: Values) -> str | None:
        """Return the id of the entry with our ``uid`` around its day."""
        day, uid = read_day(values.get("start_local")), values.get("uid")
        if day is None or uid is None:
            return None
        near = timedelta(days=1)
        rows = self._client.event_rows(day - near, day + near)
        return next(
            (ident(row.get("id")) for row in rows if row.get("uid") == uid), None
        )

    def alike(self, wanted: Values) -> str | None:
        """Return the id of an entry that has all that is wanted already."""
        day = read_day(wanted.get("start_local"))
        if day is None:
            return None
        for row in self._client.event_rows(day, day):
            target = ident(row.get("id"))
            if target is not None and not differing(wanted, values_of(row)):
                self._seen[target] = row
                return target
        return None

    def recall(self, values: Values) -> Values:
        """Return values of the journal as they are noted now."""
        return recalled(values)

    def say(self, target: str, values: Values, voice: Voice) -> str:
        """Say an entry, or those of its fields that were written."""
        del target
        return say_values(values, voice, self._today)

    def say_title(self, target: str, values: Values, voice: Voice) -> str:
        """Say what the entry is called, and its day."""
        del target
        return say_title(values, voice, self._today)

    def say_back(
        self, target: str, values: Values, voice: Voice, *, preview: bool
    ) -> str | None:
        """Say that a workout is on its day again, or no note any more."""
        row = self._seen.get(target)
        if row is None:
            return None
        return restored_sentence(values, row, voice, self._today, preview=preview)

    def _read(self, target: str) -> Values | None:
        if not target:
            return None
        try:
            self._seen[target] = self._client.event(target)
        except NoRecord:
            return None
        return values_of(self._seen[target])


def new_event(values: Values, write_id: str) -> Change:
    """Return the change that makes an entry, with a ``uid`` by which it is found."""
    return Change.making({**values, "uid": str(uuid.UUID(hex=write_id))})


class DoneWorkouts(Makeable):
    """Activities made by hand of planned workouts; the target is the activity.

    Its values are the plan it belongs to, and what the athlete may have written
    since: an activity with a rating is not removed again.
    """

    name = "done"
    removed = ("undo.not_done", "undo.would_not_be_done")
    fields = ("event_id", "rpe", "feel")

    def __init__(self, writer: Writer) -> None:
        self._client, self._writer = writer.client, writer
        self._names: dict[str, str] = {}

    def read(self, targets: Sequence[str]) -> Mapping[str, Values | None]:
        """Return the values of each activity."""
        return {target: self._read(target) for target in targets}

    def make(self, values: Values) -> str:
        """Mark the plan as done."""
        return _id_of(self._writer.mark_done(str(values["event_id"])))

    def remove(self, target: str) -> None:
        """Remove the activity; the plan is to be done again."""
        self._writer.delete_activity(target)

    def find(self, values: Values) -> str | None:
        """Return the activity that the plan is paired with."""
        event_id = str(values["event_id"])
        event = self._client.event(event_id)
        known = ident(event.get("paired_activity_id"))
        day = read_day(event.get("start_date_local"))
        if known is not None or day is None:
            return known
        near = timedelta(days=1)
        return pairs_of(self._client.activities(day - near, day + near)).get(event_id)

    def say(self, target: str, values: Values, voice: Voice) -> str:
        """Say that the workout is done."""
        del target, values
        return voice.say("change.done")

    def say_title(self, target: str, values: Values, voice: Voice) -> str:
        """Say what the workout is called."""
        del values
        return short(self._names.get(target) or voice.say("category.WORKOUT"), voice)

    def _read(self, target: str) -> Values | None:
        if not target:
            return None
        try:
            found = activity_values(self._client.writable_activity(target))
        except NoRecord:
            return None
        self._names[target] = str(found["name"] or "")
        return {name: found[name] for name in self.fields}


def _id_of(made: RawMade) -> str:
    """Return the id of what was made.

    Raises
    ------
    UpstreamGarbage
        If upstream does not tell it: then it has to be looked for.
    """
    found = ident(made.id)
    if found is None:
        raise UpstreamGarbage("made without an id")
    return found
