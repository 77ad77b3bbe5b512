"""What became of taking a write back, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from bridge.domain.speech.breath import Part, in_one_breath
from bridge.domain.speech.trim import LONGEST
from bridge.domain.speech.voice import Voice

_MOST_SAID = (LONGEST, 240, 200, 100)  # characters: something stands before it


class Undone(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was taken back: names of fields, joined by commas."""

    undone: bool
    preview: bool | None = None  # nothing was written
    kind: str | None = None  # "wellness", "event" …
    target: str | None = None  # the day or the id, several joined by commas
    restored: str | None = None
    not_emptied: str | None = None  # Intervals.icu does not let them be emptied
    unlinked: bool | None = None  # from the activity that a workout had become
    changed_since: str | None = None  # left alone: they hold something else now


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One thing of a write that was to be taken back, each part said already.

    ``gone`` and ``removed`` tell that it was away before, and that it is now;
    ``made`` that it was made again, and ``unlinked`` that this did not link it to its
    activity.
    """

    restored: str = ""
    stuck: str = ""
    changed: Sequence[str] = ()  # names of fields
    changed_by: str = ""  # a device; "": nobody of ours
    gone: bool = False
    removed: bool = False
    made: bool = False
    unlinked: bool = False

    @property
    def is_idle(self) -> bool:
        """Tell whether there was nothing to do."""
        said = (self.restored, self.stuck, self.changed, self.gone, self.removed)
        return not any(said)


def say_undone(told: Sequence[Told], voice: Voice) -> str:
    """Say what is as before, what could not be, and what was left alone."""
    if all(each.is_idle for each in told):
        return voice.say("undo.never_arrived")
    kept = _each_once(_kept(each, voice) for each in told)
    done = any(each.restored or each.removed for each in told)
    head = voice.say("undo.done") if done and not kept else None
    again = [voice.say("undo.restored", values=values) for values in _restored(told)]
    return in_one_breath([head, *kept, *_again(told, voice), again])


def say_undo_preview(told: Sequence[Told], voice: Voice) -> str:
    """Say what would be as before."""
    if all(each.is_idle for each in told):
        return voice.say("undo.never_arrived")
    kept = _each_once(_kept(each, voice) for each in told)
    parts: list[Part] = [*kept]
    again, restored = _again(told, voice), _restored(told)
    head = voice.say("undo.preview" if again or restored else "change.preview")
    if again or not restored:
        return in_one_breath([*parts, " ".join([head, *again]), restored])
    return in_one_breath([*parts, [f"{head} {values}" for values in restored]])


def _each_once(parts: Iterable[Iterable[str | None]]) -> list[str]:
    return list(dict.fromkeys(part for each in parts for part in each if part))


def _restored(told: Sequence[Told]) -> list[str]:
    """Return what is as before, longer and shorter; nothing where nothing is."""
    values = list(dict.fromkeys(each.restored for each in told if each.restored))
    return [in_one_breath(values, most) for most in _MOST_SAID] if values else []


def _kept(told: Told, voice: Voice) -> list[str | None]:
    return [
        _left(told, voice),
        voice.say("undo.stuck", value=told.stuck) if told.stuck else None,
        voice.say("undo.gone") if told.gone else None,
    ]


def _again(told: Sequence[Told], voice: Voice) -> list[str]:
    return _each_once(
        [
            voice.say("undo.removed") if each.removed else None,
            voice.say("undo.made") if each.made else None,
            voice.say("undo.unlinked") if each.unlinked else None,
        ]
        for each in told
    )


def _left(told: Told, voice: Voice) -> str | None:
    if not told.changed:
        return None
    names = voice.listed([voice.field(name) for name in told.changed])
    if told.changed_by:
        return voice.say("undo.changed_by", names=names, device=told.changed_by)
    return voice.say("undo.changed", names=names)
