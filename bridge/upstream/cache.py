"""What Intervals.icu answered lately: fresh for a minute, a stopgap for a day.

**Not fresh is not useless.** A write ends the freshness of everything its athlete was
answered; as a stopgap it stays, for when upstream is away. Only an answer that was
read and made sense comes in here. Bodies are sealed before they reach the memory.
"""

from __future__ import annotations

import hashlib
import math
import struct
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Protocol

from bridge.upstream.memory import Memory, Note

FRESH_S = 60
STALE_S = 24 * 3600
# wall instant, steady seconds, generation, digest of the machine's start
_HEAD = struct.Struct(">ddq8s")


class Seals(Protocol):
    """Seals bodies at rest, each for its own place."""

    def seal(self, data: bytes, place: bytes) -> bytes:
        """Return ``data`` sealed."""

    def open(self, sealed: bytes, place: bytes) -> bytes | None:
        """Return what was sealed for ``place``; None for everything else."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose answers: an athlete, under one key, with what was written by now."""

    athlete_id: str
    key_name: str
    generation: int = 0  # goes up with each write
    looks: int = 0  # and this where somebody wanted nothing that was kept

    @property
    def name(self) -> str:
        """Return the owner's name in the memory."""
        return f"{self.athlete_id} {self.key_name}"


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer, and how it stands; it is opened when it is wanted."""

    at: datetime  # when upstream gave it
    is_fresh: bool
    _open: Callable[[], bytes | None]

    @property
    def body(self) -> bytes | None:
        """Return the body; None if it was sealed under another key."""
        return self._open()


class Cache:
    """Answers of upstream, for all athletes and all workers of a machine.

    Parameters
    ----------
    memory
        Where they lie.
    seals
        Seals them.
    clock
        Returns the instant, in UTC.
    steady
        Returns seconds that nobody sets, the same in all processes.
    boot
        Names the start of the machine from which ``steady`` counts.
    """

    def __init__(
        self,
        memory: Memory,
        seals: Seals,
        clock: Callable[[], datetime],
        steady: Callable[[], float],
        boot: str = "",
    ) -> None:
        self._memory = memory
        self._seals = seals
        self._clock = clock
        self._steady = steady
        self._boot = hashlib.sha256(boot.encode()).digest()[:8]

    def glance(self) -> bytes | None:
        """Return what is another one after each change of an owner, without waiting.

        None where that is not told.
        """
        return self._memory.glance()

    def keep(self, owner: Owner, target: str, body: bytes) -> None:
        """Keep an answer that made sense.

        ``owner`` is as it was when the question was asked: what was written since
        then makes the answer a stopgap from the start.
        """
        if owner.generation < self._note(owner).get("least", 0):
            return  # of a key that went meanwhile
        name, now = _name(owner, target), self._clock().timestamp()
        head = _HEAD.pack(now, self._steady(), owner.generation, self._boot)
        sealed = head + self._seals.seal(body, head + name.encode())
        self._memory.put(name, owner.key_name, sealed)

    def find(self, owner: Owner, target: str) -> Kept | None:
        """Return the last answer of a day, fresh or not."""
        name = _name(owner, target)
        row = self._memory.get(name)
        if row is None or len(row) < _HEAD.size:
            return None
        head, sealed = row[: _HEAD.size], row[_HEAD.size :]
        at_s, steady_s, generation, boot = _HEAD.unpack(head)
        age_s = self._age_s(at_s, steady_s if boot == self._boot else None)
        if age_s >= STALE_S:
            return None
        at = self._clock() - timedelta(seconds=age_s)
        is_fresh = age_s < FRESH_S and generation == owner.generation
        opened = partial(self._seals.open, sealed, head + name.encode())
        return Kept(at.astimezone(UTC), is_fresh, opened)

    def seen(self, owner: Owner, writes: int | None = None) -> Owner:
        """Return the owner as things stand.

        ``writes`` counts how often this athlete was written for, by all workers
        together. Where it is another number than the last time, freshness is over.
        """
        note = self._note(owner)
        if writes is not None and note.get("writes") != writes:
            note = self._memory.change(f"owner {owner.name}", _outdated(writes))
        generation, looks = note.get("generation", 0), note.get("looks", 0)
        return Owner(owner.athlete_id, owner.key_name, generation, looks)

    def end_freshness(self, owner: Owner) -> Owner:
        """Take what was answered for a stopgap from now on: something was written."""
        self._memory.change(f"owner {owner.name}", _outdated())
        return self.seen(owner)

    def note_look(self, owner: Owner) -> None:
        """Note that somebody looked at upstream and wanted nothing that was kept."""
        self._memory.change(f"owner {owner.name}", _looked)

    def drop(self, owner: Owner) -> None:
        """Throw away all of one key, and what is under way with it: it is gone."""
        self._memory.change(f"owner {owner.name}", _ended)
        self._memory.drop(owner.key_name)

    def drop_others(self, key_name: str) -> None:
        """Throw away all of other keys."""
        self._memory.drop(key_name, others=True)

    def _note(self, owner: Owner) -> Note:
        return self._memory.read(f"owner {owner.name}")

    def _age_s(self, at_s: float, steady_s: float | None) -> float:
        """Return how old an answer is; infinite where no clock can tell.

        The older of two clocks counts. One that goes backwards is no witness: the
        wall's was set, or the machine was started since.
        """
        ages_s = [self._clock().timestamp() - at_s]
        if steady_s is not None:
            ages_s.append(self._steady() - steady_s)
        return max((age_s for age_s in ages_s if age_s >= 0), default=math.inf)


def _name(owner: Owner, target: str) -> str:
    """Return what an answer is called: no id and no day is read from it."""
    return hashlib.sha256(f"{owner.name} {target}".encode()).hexdigest()


def _outdated(writes: int | None = None) -> Callable[[Note], Note]:
    def change(note: Note) -> Note:
        # The first count that is seen says nothing about what was before.
        if writes is None or note.get("writes", writes) != writes:
            note["generation"] = note.get("generation", 0) + 1
        if writes is not None:
            note["writes"] = writes
        return dict(note)

    return change


def _looked(note: Note) -> None:
    note["looks"] = note.get("looks", 0) + 1


def _ended(note: Note) -> None:
    note["generation"] = note["least"] = note.get("generation", 0) + 1
