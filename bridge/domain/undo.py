"""Taking a write back: what may be restored, what others changed since, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from bridge.domain.speech.breath import in_one_breath
from bridge.domain.speech.trim import LONGEST, begin
from bridge.domain.speech.voice import Voice
from bridge.domain.values import Values, same

_MOST_SAID = (LONGEST, 160, 100, 80, 60)  # characters: something stands before it


@dataclass(frozen=True, slots=True, kw_only=True)
class StepBack:
    """What is to be done with one thing to take a write back.

    Attributes
    ----------
    restore
        The fields to be written, with the values from before; empty where there is
        nothing to do; None where the thing itself is to be removed.
    make
        Whether the thing was removed and is to be made again, from ``restore``.
    changed
        Fields that hold something else than what was written, with what they hold.
    gone
        Whether the thing is not there any more, so that nothing can be restored.
    """

    restore: Values | None
    make: bool = False
    changed: Values
    gone: bool = False

    @property
    def is_needed(self) -> bool:
        """Tell whether upstream has to be asked for anything."""
        return self.restore is None or bool(self.restore)


def step_back(
    before: Values | None, after: Values | None, now: Values | None
) -> StepBack:
    """Decide how to take one write back.

    Parameters
    ----------
    before
        The fields as they were; None if the write made the thing.
    after
        The fields as they were written; None if the write removed it.
    now
        The fields as they are; None if the thing is not there.

    Returns
    -------
    StepBack
        Only what still holds what was written is restored.
    """
    if after is None:
        is_back = now is not None
        return StepBack(
            restore={} if is_back else before or {}, make=not is_back, changed={}
        )
    if now is None:
        return StepBack(restore={}, changed={}, gone=True)
    changed = {
        name: now.get(name) for name in after if not same(after[name], now.get(name))
    }
    if before is None:
        return StepBack(restore={} if changed else None, changed=changed)
    restore = {
        name: before.get(name)
        for name in after
        if name not in changed and not same(before.get(name), after[name])
    }
    others = {
        name: value
        for name, value in changed.items()
        if not same(before.get(name), value)  # then there is nothing to take back
    }
    return StepBack(restore=restore, changed=others)


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
class Reverted:
    """One thing of a write that was to be taken back, each part said already.

    ``restored`` are values, ``sentence`` is what says by itself what became of the
    thing: that it is on its day again, removed, or there again. ``unlinked`` tells
    that making it again did not link it to its activity.
    """

    restored: str = ""
    sentence: str = ""
    stuck: str = ""
    emptied: Sequence[str] = ()  # names of fields, in a preview: it may not be allowed
    changed: Sequence[str] = ()  # what fields are called: "the weight"
    changed_by: str = ""  # a device; "": nobody of ours
    gone: bool = False  # it was away before
    unlinked: bool = False

    @property
    def is_idle(self) -> bool:
        """Tell whether there was nothing to do."""
        said = (self.restored, self.sentence, self.stuck, self.changed, self.gone)
        return not any(said) and not self.emptied


def say_undone(reverted: Sequence[Reverted], voice: Voice) -> str:
    """Say what is as before, what could not be, and what was left alone."""
    return _say("undo.restored", reverted, voice)


def say_undo_preview(reverted: Sequence[Reverted], voice: Voice) -> str:
    """Say what would be as before."""
    return _say("undo.preview", reverted, voice)


def _say(key: str, reverted: Sequence[Reverted], voice: Voice) -> str:
    if all(one.is_idle for one in reverted):
        return voice.say("undo.never_arrived")
    again = [voice.say(key, values=values) for values in _restored(reverted, voice)]
    own = _distinct(one.sentence for one in reverted)
    unlinked = any(one.unlinked for one in reverted)
    is_waiting = key == "undo.preview" and not own and not again
    return in_one_breath(
        voice,
        [
            *_distinct(_left(one, voice) for one in reverted),
            voice.say("undo.gone") if any(one.gone for one in reverted) else None,
            *own,
            voice.say("undo.unlinked") if unlinked else None,
            again,
            _say_stuck(reverted, voice, in_part=bool(own or again)),
            voice.say("change.preview") if is_waiting else None,
            _say_emptied(reverted, voice),
        ],
    )


def _distinct(parts: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(part for part in parts if part))


def _restored(reverted: Sequence[Reverted], voice: Voice) -> list[str]:
    """Return what is as before, longer and shorter; nothing where nothing is."""
    values = _distinct(one.restored for one in reverted)
    said = [in_one_breath(voice, values, longest=most) for most in _MOST_SAID]
    return said if values else []


def _say_stuck(
    reverted: Sequence[Reverted], voice: Voice, *, in_part: bool
) -> list[str]:
    """Say what stays as it was written, each time with what can be done about it.

    ``in_part`` tells that the rest is as before.
    """
    values = _distinct(one.stuck for one in reverted)
    if not values:
        return []
    key = "undo.stuck_part" if in_part else "undo.stuck"
    said = [in_one_breath(voice, values, longest=most) for most in _MOST_SAID[-3:]]
    return [voice.say(key, value=value) for value in said]


def _say_emptied(reverted: Sequence[Reverted], voice: Voice) -> str | None:
    """Say what would be emptied, without a promise: it shows when it is tried."""
    names = _distinct(voice.field(name) for one in reverted for name in one.emptied)
    if not names:
        return None
    return begin(voice.say("undo.would_clear", names=voice.listed(names)))


def _left(reverted: Reverted, voice: Voice) -> str | None:
    if not reverted.changed:
        return None
    names = voice.listed(list(reverted.changed))
    if reverted.changed_by:
        return voice.say("undo.changed_by", names=names, device=reverted.changed_by)
    return voice.say("undo.changed", names=names)
