"""Take a write back, as far as it still stands as it was written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bridge.domain.undo import StepBack, step_back
from bridge.domain.values import Values
from bridge.errors import WriteLost
from bridge.store.journal import Entry, Journal
from bridge.writes.carry import Outcome, read_back, send
from bridge.writes.writable import Change, Makeable, Writable


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """What became of taking back one change of one thing.

    ``restored`` are the fields that hold again what they held before; ``stuck`` are
    those that upstream does not empty; ``step.changed`` are left alone. What was
    made again has another ``target`` than before.
    """

    entry: Entry
    step: StepBack
    restored: Values
    stuck: Values
    target: str
    preview: bool = False  # nothing was written

    @property
    def is_done(self) -> bool:
        """Tell whether anything is as it was before."""
        removed = self.step.restore is None and not self.stuck
        return bool(self.restored) or removed


def plan(writable: Writable, entries: Sequence[Entry]) -> list[tuple[Entry, StepBack]]:
    """Read what there is now and decide what to do with each entry of a write.

    A thing whose making was cut off is noted without an id, and looked for.
    """
    recalled = [_recalled(writable, entry) for entry in entries]
    located = _merged([_located(writable, entry) for entry in recalled])
    now = writable.read([entry.target for entry in located])
    return [
        (entry, step_back(entry.before, entry.after, now.get(entry.target)))
        for entry in located
    ]


def _merged(entries: Sequence[Entry]) -> list[Entry]:
    """Return one entry for each thing: two tries of a write are one change."""
    by_target: dict[str, Entry] = {}
    for entry in entries:
        first = by_target.get(entry.target, entry)
        by_target[entry.target] = replace(first, after=entry.after)
    return list(by_target.values())


def _recalled(writable: Writable, entry: Entry) -> Entry:
    before, after = entry.before, entry.after
    return replace(
        entry,
        before=None if before is None else writable.recall(before),
        after=None if after is None else writable.recall(after),
    )


def _located(writable: Writable, entry: Entry) -> Entry:
    if entry.target or entry.after is None or not isinstance(writable, Makeable):
        return entry
    return replace(entry, target=writable.find(entry.after) or "")


def foresee_back(planned: Sequence[tuple[Entry, StepBack]]) -> list[TakenBack]:
    """Return what would become of what was planned, for a preview."""
    return [
        TakenBack(
            entry=entry,
            step=step,
            restored=step.restore or {},
            stuck={},
            target=entry.target,
            preview=True,
        )
        for entry, step in planned
    ]


def take_back(
    writable: Writable,
    planned: Sequence[tuple[Entry, StepBack]],
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
    outcomes = _carried_out(writable, needed)
    done = [
        _taken_back(entry, step, outcomes.get(entry.number)) for entry, step in planned
    ]
    lost = any(outcome.lost for outcome in outcomes.values())
    if lost and not any(back.is_done for back in done):
        raise WriteLost("read back: nothing was taken back")
    for back in done:
        if back.is_done:
            journal.mark_undone(back.entry, now)
    return done


def _carried_out(
    writable: Writable, needed: Sequence[tuple[Entry, StepBack]]
) -> dict[int, Outcome]:
    if not needed:
        return {}
    changes = [_change(entry, step) for entry, step in needed]
    targets, lost = send(writable, changes)
    outcomes = read_back(writable, changes, targets, lost=lost)
    numbers = [entry.number for entry, _ in needed]
    return dict(zip(numbers, outcomes, strict=True))


def _change(entry: Entry, step: StepBack) -> Change:
    """Turn a step into a change: of fields, or making or removing the thing."""
    target = "" if step.make else entry.target
    before = None if step.make else entry.after
    return Change(target=target, before=before, wanted=step.restore)


def _taken_back(entry: Entry, step: StepBack, outcome: Outcome | None) -> TakenBack:
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
