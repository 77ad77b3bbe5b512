"""Undo: take back the last write of this device."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from flask import Response

from bridge.domain.calendar.values import PAIRED
from bridge.domain.speech.breath import short
from bridge.domain.speech.trim import begin
from bridge.domain.undo import Reverted, Undone, say_undo_preview, say_undone
from bridge.domain.values import Values, same
from bridge.routes.replies import reply
from bridge.routes.route import Body
from bridge.routes.writing import write_back
from bridge.services import device, services, today, voice, writer
from bridge.upstream.writer import Writer
from bridge.writes.activities import Activities, ManualActivities, Uploads
from bridge.writes.events import CalendarEvents, DoneWorkouts
from bridge.writes.messages import MessageChoices
from bridge.writes.undo import TakenBack, plan
from bridge.writes.wellness import WellnessDays
from bridge.writes.writable import Writable
from bridge.writes.zones import AppliedZones, SportZones

UNDO_BODY = Body(fields=())


def writables(through: Writer) -> Mapping[str, Writable]:
    """Return what can be taken back, under the names in the journal."""
    known: tuple[Writable, ...] = (
        WellnessDays(through),
        SportZones(through),
        AppliedZones(through),
        CalendarEvents(through, today()),
        DoneWorkouts(through),
        Activities(through),
        Uploads(through),
        ManualActivities(through),
        MessageChoices(services().store.outbox, device().athlete),
    )
    return {writable.name: writable for writable in known}


def last() -> Response:
    """Take back the last write of this device within an hour."""
    known, speaker = services(), voice()
    entries = known.store.journal.last_write(device().device_id, known.clock())
    if not entries:
        return reply(Undone(undone=False), speaker.say("undo.nothing"))
    if any(entry.undone_at is not None for entry in entries):
        return reply(Undone(undone=False), speaker.say("undo.already"))
    first = entries[0]
    writable = writables(writer())[first.kind]
    if writable.lasting:
        lasting = Undone(undone=False, kind=writable.name, target=first.target)
        return reply(lasting, writable.say(first.target, {}, speaker))
    done = write_back(writable, plan(writable, entries))
    reverted = _all_reverted(writable, done)
    if any(back.preview for back in done):
        said = say_undo_preview(reverted, speaker)
        return reply(Undone(undone=False, preview=True), said)
    return reply(_undone(done), say_undone(reverted, speaker))


def _all_reverted(writable: Writable, done: Sequence[TakenBack]) -> list[Reverted]:
    """Say every part; of several days of wellness, which one it is."""
    reverted = [_reverted(writable, back) for back in done]
    if len(done) == 1 or not isinstance(writable, WellnessDays):
        return reverted
    return [
        replace(one, restored=_of_day(one.restored, back.target))
        for one, back in zip(reverted, done, strict=True)
    ]


def _of_day(said: str, target: str) -> str:
    day = voice().calendar_day(date.fromisoformat(target), today())
    return begin(voice().say("events.day", day=day, names=said)) if said else ""


def _reverted(writable: Writable, done: TakenBack) -> Reverted:
    target, sentence = done.entry.target, _sentence(writable, done)
    emptied = _emptied(writable, done)
    values = {
        name: done.restored[name] for name in done.restored if name not in emptied
    }
    return Reverted(
        restored="" if sentence else _say(writable, target, values),
        sentence=sentence,
        stuck=_say(writable, target, _without_link(done.stuck)),
        emptied=() if sentence else emptied,
        changed=tuple(writable.say_field(name, voice()) for name in done.step.changed),
        changed_by=_changed_by(done),
        gone=done.step.gone,
        unlinked=_is_unlinked(done),
    )


def _emptied(writable: Writable, done: TakenBack) -> tuple[str, ...]:
    """Return the fields that a preview cannot promise to be empty again."""
    if not done.preview or writable.empties:
        return ()
    return tuple(name for name in done.restored if done.restored[name] is None)


def _sentence(writable: Writable, done: TakenBack) -> str:
    """Say that a thing is removed, there again or as it was; "" for bare values."""
    speaker, target, preview = voice(), done.entry.target, done.preview
    if done.step.restore is None:
        title = writable.say_title(target, done.entry.after or {}, speaker)
        key = writable.removed[1 if preview else 0]
        return "" if done.stuck else begin(speaker.say(key, name=title))
    if not done.restored:
        return ""
    if done.step.make:
        title = writable.say_title(target, done.restored, speaker)
        key = "undo.would_make" if preview else "undo.made"
        return begin(speaker.say(key, name=title))
    said = writable.say_back(target, done.restored, speaker, preview=preview)
    return said or ""


def _is_unlinked(done: TakenBack) -> bool:
    """Tell whether an entry that was made again lost its activity."""
    return done.step.make and PAIRED in done.stuck


def _without_link(values: Values) -> Values:
    return {name: values[name] for name in values if name != PAIRED}


def _say(writable: Writable, target: str, values: Values) -> str:
    return writable.say(target, values, voice()) if values else ""


def _changed_by(done: TakenBack) -> str:
    """Return the device of ours that wrote what is there now, if one did."""
    entry, changed = done.entry, done.step.changed
    if not changed:
        return ""
    journal = services().store.journal
    for later in reversed(journal.about(entry.athlete, entry.kind, entry.target)):
        after = later.after or {}
        if later.number > entry.number and all(
            name in after and same(after[name], changed[name]) for name in changed
        ):
            by_owner = later.device_id is None
            name = voice().say("message.page") if by_owner else later.device_name
            return short(name, voice())
    return ""


def _undone(done: Sequence[TakenBack]) -> Undone:
    entry = done[0].entry
    return Undone(
        undone=any(each.is_done for each in done),
        kind=entry.kind,
        target=", ".join(each.target for each in done),
        restored=_names(each.restored for each in done),
        not_emptied=_names(_without_link(each.stuck) for each in done),
        unlinked=any(map(_is_unlinked, done)) or None,
        changed_since=_names(each.step.changed for each in done),
    )


def _names(values: Iterable[Values]) -> str | None:
    names = dict.fromkeys(name for each in values for name in each)
    return ", ".join(names) or None
