"""Carry a change out: journal, write once, read back, compare."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from bridge.domain.values import Values, differing
from bridge.errors import (
    BridgeError,
    NotKept,
    StoreDown,
    UpstreamDown,
    UpstreamGarbage,
    UpstreamSlow,
    WriteLost,
    WriteUnknown,
)
from bridge.store.journal import Author, Entry, Journal
from bridge.writes.writable import Change, Changeable, Makeable, Writable

LOST = (UpstreamDown, UpstreamSlow, UpstreamGarbage)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a change: as it was read back, or in a preview as it would be.

    ``before`` and ``wanted`` are those of the change.
    """

    target: str
    before: Values | None  # None: it was not there
    wanted: Values | None
    after: Values | None  # None: it is not there
    preview: bool = False  # nothing was written
    lost: bool = False  # the answer was lost, the write was not
    already: bool = False  # it was written, but was so before

    @property
    def now(self) -> Values:
        """Return what upstream has of the fields."""
        return (self.before if self.preview else self.after) or {}

    @property
    def heeded(self) -> Values:
        """Return what was wanted and is so now, or would be."""
        lacking, wanted = set(self.not_kept), self.wanted or {}
        return {name: wanted[name] for name in wanted if name not in lacking}

    @property
    def not_kept(self) -> tuple[str, ...]:
        """Return the fields that do not hold what was wanted."""
        if self.wanted is None or self.after is None:
            return ()
        return differing(self.wanted, self.after)

    @property
    def marks(self) -> dict[str, bool | str | None]:
        """Return ``preview`` and ``not_kept`` as an answer has them."""
        lost = ", ".join(self.not_kept)
        return {"preview": self.preview or None, "not_kept": lost or None}

    @property
    def kept(self) -> Values | None:
        """Return the fields that hold what was wanted; None: it is not there."""
        if self.after is None:
            return None
        lacking = set(self.not_kept)
        return {name: self.after[name] for name in self.after if name not in lacking}

    @property
    def happened(self) -> bool:
        """Tell whether anything is as it was wanted."""
        if self.wanted is None or self.after is None:
            return self.wanted is self.after
        return len(self.not_kept) < len(self.wanted)


def foresee(changes: Sequence[Change]) -> list[Outcome]:
    """Return what would become of changes, for a preview."""
    return [
        Outcome(
            target=change.target,
            before=change.before,
            wanted=change.wanted,
            after=change.wanted,
            preview=True,
        )
        for change in changes
    ]


def carry_out(
    writable: Writable, changes: Sequence[Change], journal: Journal, author: Author
) -> list[Outcome]:
    """Write changes of one kind in one call, and read back what was kept.

    Parameters
    ----------
    writable
        What is written.
    changes
        All of the same sort: fields of one or more things, or one thing to be made,
        or one to be removed.
    journal, author
        Where it is noted, and for whom. The notes come first, so that a write which
        is cut off is known too. What is so already is sent, but not noted: undo
        shall find the write before it.

    Returns
    -------
    list[Outcome]
        One for each change, in order. Parts may not have been kept.

    Raises
    ------
    NotKept, WriteLost
        If nothing at all was kept: taken without an error, or the answer lost.
    WriteUnknown
        If the answer was lost and upstream cannot be asked either.
    """
    entries = [_begin(writable, each, journal, author) for each in changes]
    try:
        targets, lost = send(writable, changes)
        outcomes = read_back(writable, changes, targets, lost=lost)
    except WriteUnknown:
        _outdate(journal, author)
        raise
    except BridgeError:
        _forget(journal, entries)
        raise
    if not any(outcome.happened for outcome in outcomes):
        _forget(journal, entries)
        _outdate(journal, author)
        raise _nothing_kept(outcomes, lost=lost)
    _finish(journal, entries, outcomes)
    if not any(entries):
        _outdate(journal, author)
    return outcomes


def send(writable: Writable, changes: Sequence[Change]) -> tuple[list[str], bool]:
    """Ask upstream once; return the targets, and whether the answer was lost."""
    first = changes[0]
    try:
        if first.wanted is None:
            _makeable(writable).remove(first.target)
        elif first.before is None:
            return [_makeable(writable).make(first.wanted)], False
        else:
            _changeable(writable).change(_wanted(changes))
    except LOST as error:
        logger.warning("answer to a write lost: %s", ascii(error.detail))
        return [each.target for each in changes], True
    return [each.target for each in changes], False


def read_back(
    writable: Writable, changes: Sequence[Change], targets: list[str], *, lost: bool
) -> list[Outcome]:
    """Return what upstream has now of what was asked to change.

    Raises
    ------
    WriteUnknown
        If it does not answer.
    """
    try:
        if targets == [""]:
            targets = [_makeable(writable).find(changes[0].wanted or {}) or ""]
        now = writable.read(targets) if targets != [""] else {}
    except BridgeError as error:
        raise WriteUnknown(f"reading back: {error.code} {error.detail}") from error
    return [
        Outcome(
            target=target,
            before=each.before,
            wanted=each.wanted,
            after=_only(each, now.get(target)),
            lost=lost,
            already=each.is_idle,
        )
        for each, target in zip(changes, targets, strict=True)
    ]


def _makeable(writable: Writable) -> Makeable:
    if not isinstance(writable, Makeable):
        raise TypeError(f"{writable.name} cannot be made or removed")
    return writable


def _changeable(writable: Writable) -> Changeable:
    if not isinstance(writable, Changeable):
        raise TypeError(f"{writable.name} cannot be changed")
    return writable


def _wanted(changes: Sequence[Change]) -> dict[str, Values]:
    return {each.target: each.wanted for each in changes if each.wanted is not None}


def _only(change: Change, now: Values | None) -> Values | None:
    if now is None:
        return None
    return {name: now.get(name) for name in change.wanted or change.before or {}}


def _nothing_kept(outcomes: Sequence[Outcome], *, lost: bool) -> BridgeError:
    if lost:
        return WriteLost("read back: nothing was stored")
    names = dict.fromkeys(name for each in outcomes for name in each.not_kept)
    return NotKept(f"not kept: {list(names)}", names=", ".join(names) or "it")


def _begin(
    writable: Writable, change: Change, journal: Journal, author: Author
) -> Entry | None:
    """Note a change before it is written; one that is so already is not noted."""
    if change.is_idle:
        return None
    return journal.begin(
        author, writable.name, change.target, change.before, change.wanted
    )


def _finish(
    journal: Journal, entries: Sequence[Entry | None], outcomes: Sequence[Outcome]
) -> None:
    """Correct the notes. The write is done: a failing database cannot change that."""
    try:
        for entry, outcome in zip(entries, outcomes, strict=True):
            if entry is not None:
                journal.finish(entry, outcome.target, outcome.kept)
    except StoreDown as error:
        logger.warning("a write is noted as it was asked only: %s", error.detail)


def _forget(journal: Journal, entries: Sequence[Entry | None]) -> None:
    try:
        for entry in filter(None, entries):
            journal.forget(entry)
    except StoreDown as error:
        logger.warning("a write that did not happen stays noted: %s", error.detail)


def _outdate(journal: Journal, author: Author) -> None:
    try:
        journal.outdate(author.athlete)
    except StoreDown as error:
        logger.warning("other workers may answer an old minute: %s", error.detail)
