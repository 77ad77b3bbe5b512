"""Take a write back, as far as it still stands as it was written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bridge.domain.undo import Step, Values, step_back
from bridge.errors import WriteLost
from bridge.store.journal import Entry, Journal
from bridge.writes.carry import Outcome, read_back, send
from bridge.writes.kind import Change, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """What became of taking back one change of one thing.

    ``restored`` are the fields that hold again what they held before; ``stuck`` are
    those that upstream does not empty; ``step.changed`` are left alone. What was
    made again has another ``target`` than before.
    """

    entry: Entry
    step: Step
    restored: Values
    stuck: Values
    target: str

    @property
    def is_done(self) -> bool:
        """Tell whether anything is as it was before."""
        removed = self.step.restore is None and not self.stuck
        return bool(self.restored) or removed


def plan(kind: Kind, entries: Sequence[Entry]) -> list[tuple[Entry, Step]]:
    """Read what there is now and decide what to do with each entry of a write.

    A thing whose making was cut off is noted without an id, and looked for.
    """
    located = _each_once([_located(kind, entry) for entry in entries])
    now = kind.read([entry.target for entry in located])
    return [
        (entry, step_back(entry.before, entry.after, now.get(entry.target)))
        for entry in located
    ]


def _each_once(entries: Sequence[Entry]) -> list[Entry]:
    """Return one entry for each thing: two tries of a write are one change."""
    found: dict[str, Entry] = {}
    for entry in entries:
        first = found.get(entry.target, entry)
        found[entry.target] = replace(first, after=entry.after)
    return list(found.values())


def _located(kind: Kind, entry: Entry) -> Entry:
    if entry.target or entry.after is None:
        return entry
    return replace(entry, target=kind.find(entry.after) or "")


def take_back(
    kind: Kind,
    planned: Sequence[tuple[Entry, Step]],
    journal: Journal,
    now: datetime,
) -> list[TakenBack]:
    """Carry out what was planned, read back, and mark what is done.

    Raises
    ------
    WriteLost, WriteUnknown
        If the answer was lost and nothing was taken back, or nobody knows.
    """
    needed = [(entry, step) for entry, step in planned if step.is_needed]
    outcomes = _carried_out(kind, needed)
    done = [
        _taken_back(entry, step, outcomes.get(entry.number)) for entry, step in planned
    ]
    lost = any(outcome.lost for outcome in outcomes.values())
    if lost and not any(each.is_done for each in done):
        raise WriteLost("read back: nothing was taken back")
    for each in done:
        if each.is_done:
            journal.mark_undone(each.entry, now)
    return done


def _carried_out(
    kind: Kind, needed: Sequence[tuple[Entry, Step]]
) -> dict[int, Outcome]:
    if not needed:
        return {}
    changes = [_change(entry, step) for entry, step in needed]
    targets, lost = send(kind, changes)
    outcomes = read_back(kind, changes, targets, lost=lost)
    numbers = [entry.number for entry, _ in needed]
    return dict(zip(numbers, outcomes, strict=True))


def _change(entry: Entry, step: Step) -> Change:
    """Turn a step into a change: of fields, or making or removing the thing."""
    target = "" if step.make else entry.target
    before = None if step.make else entry.after
    return Change(target=target, before=before, wanted=step.restore)


def _taken_back(entry: Entry, step: Step, outcome: Outcome | None) -> TakenBack:
    target = entry.target if outcome is None else outcome.target
    if outcome is None:
        return TakenBack(entry=entry, step=step, restored={}, stuck={}, target=target)
    if step.restore is None:  # it was to be removed
        still = outcome.after or {}
        return TakenBack(
            entry=entry, step=step, restored={}, stuck=still, target=target
        )
    stuck = {name: (outcome.after or {}).get(name) for name in outcome.not_kept}
    restored = {name: step.restore[name] for name in step.restore if name not in stuck}
    if outcome.after is None:
        restored = {}
    return TakenBack(
        entry=entry, step=step, restored=restored, stuck=stuck, target=target
    )
