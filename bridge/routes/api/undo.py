"""Undo: take back the last write of this device."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from flask import Response

from bridge.domain.calendar.values import PAIRED
from bridge.domain.speech.breath import short
from bridge.domain.speech.trim import begin
from bridge.domain.undo import Step, Values, same
from bridge.domain.undone import Told, Undone, say_undo_preview, say_undone
from bridge.routes.auth import device
from bridge.routes.replies import reply
from bridge.routes.route import Body
from bridge.routes.writing import is_preview
from bridge.services import services, today, voice, writer
from bridge.store.journal import Entry
from bridge.upstream.writer import Writer
from bridge.writes.activities import ActivityKind, UploadKind
from bridge.writes.events import DoneKind, EventKind
from bridge.writes.kind import Kind
from bridge.writes.undo import TakenBack, plan, take_back
from bridge.writes.wellness import WellnessKind
from bridge.writes.zones import AppliedKind, ZonesKind

UNDO_BODY = Body(fields=())


def kinds_of(writing: Writer) -> Mapping[str, Kind]:
    """Return what can be taken back, under the names in the journal."""
    kinds: tuple[Kind, ...] = (
        WellnessKind(writing),
        ZonesKind(writing),
        AppliedKind(writing),
        EventKind(writing, today()),
        DoneKind(writing),
        ActivityKind(writing),
        UploadKind(writing),
    )
    return {kind.name: kind for kind in kinds}


def last() -> Response:
    """Take back the last write of this device within an hour."""
    known, speaker = services(), voice()
    entries = known.store.journal.last_write(device().device_id, known.clock())
    if not entries:
        return reply(Undone(undone=False), speaker.say("undo.nothing"))
    if any(entry.undone_at is not None for entry in entries):
        return reply(Undone(undone=False), speaker.say("undo.already"))
    kind = kinds_of(writer())[entries[0].kind]
    if kind.lasting:
        told = Undone(undone=False, kind=kind.name, target=entries[0].target)
        return reply(told, kind.tell(entries[0].target, {}, speaker))
    planned = plan(kind, entries)
    if is_preview():
        return _preview(kind, planned)
    done = take_back(kind, planned, known.store.journal, known.clock())
    return reply(_undone(done), say_undone(_all_told(kind, done), speaker))


def _preview(kind: Kind, planned: Sequence[tuple[Entry, Step]]) -> Response:
    likely = [
        TakenBack(
            entry=entry,
            step=step,
            restored=step.restore or {},
            stuck={},
            target=entry.target,
        )
        for entry, step in planned
    ]
    told = [replace(each, made=False) for each in _all_told(kind, likely)]
    return reply(Undone(undone=False, preview=True), say_undo_preview(told, voice()))


def _all_told(kind: Kind, done: Sequence[TakenBack]) -> list[Told]:
    """Tell each; of several days of wellness, which one it is."""
    told = [_told(kind, each) for each in done]
    if len(done) == 1 or not isinstance(kind, WellnessKind):
        return told
    return [
        replace(each, restored=_of_day(each.restored, back.target))
        for each, back in zip(told, done, strict=True)
    ]


def _of_day(said: str, target: str) -> str:
    day = voice().calendar_day(date.fromisoformat(target), today())
    return begin(voice().say("events.day", day=day, names=said)) if said else ""


def _told(kind: Kind, done: TakenBack) -> Told:
    target = done.entry.target
    return Told(
        restored=_tell(kind, target, done.restored),
        stuck=_tell(kind, target, _without_link(done.stuck)),
        changed=tuple(done.step.changed),
        changed_by=_changed_by(done),
        gone=done.step.gone,
        removed=done.step.restore is None and not done.stuck,
        made=done.step.make and bool(done.restored),
        unlinked=_is_unlinked(done),
    )


def _is_unlinked(done: TakenBack) -> bool:
    """Tell whether an entry that was made again lost its activity."""
    return done.step.make and PAIRED in done.stuck


def _without_link(values: Values) -> Values:
    return {name: values[name] for name in values if name != PAIRED}


def _tell(kind: Kind, target: str, values: Values) -> str:
    return kind.tell(target, values, voice()) if values else ""


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
            return short(later.device_name)
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
