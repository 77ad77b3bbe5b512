"""What Intervals.icu answered lately: fresh for a minute, a stopgap for a day.

Bodies are kept in memory, by credential and by what was asked, bounded in bytes, the
least recently used first out. Who asks what somebody is asking already waits for that
answer: however many phones wake at six, upstream is asked once.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from cachetools import LRUCache

FRESH_S = 60
STALE_S = 24 * 3600
MOST_BYTES = 24 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Kept:
    """A body, and when upstream gave it."""

    body: bytes
    at: datetime

    def age_s(self, now: datetime) -> float:
        """Return how old it is."""
        return (now - self.at).total_seconds()


class Cache:
    """Bodies of answers, for all athletes of one process.

    Parameters
    ----------
    clock
        Returns the instant, in UTC.
    most_bytes
        How much may be kept in all.
    """

    def __init__(
        self,
        clock: Callable[[], datetime],
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self._clock = clock
        self._most_bytes = most_bytes
        self._rows: LRUCache[tuple[str, str], Kept] = LRUCache(
            most_bytes, getsizeof=lambda kept: len(kept.body)
        )
        self._writes: dict[str, int] = {}
        self._seen: dict[str, int] = {}
        self._answered: dict[tuple[str, str, int], threading.Event] = {}
        self._lock = threading.RLock()

    def body(
        self, owner: str, target: str, ask: Callable[[], bytes], *, wait_s: float
    ) -> bytes:
        """Return a body of the last minute, else what upstream answers now.

        Parameters
        ----------
        owner, target
            Whose answer, and what is asked.
        ask
            Asks upstream. Of several threads at once only the first one does; if it
            fails, or somebody writes meanwhile, each of the others asks by itself.
        wait_s
            How long to wait for another thread's answer, at most.
        """
        with self._lock:
            kept = self.fresh(owner, target)
            if kept is not None:
                return kept.body
            question = owner, target, self._writes.get(owner, 0)
            answered = self._answered.get(question)
            if answered is None:
                self._answered[question] = threading.Event()
        if answered is None:
            try:
                return self.ask_anew(owner, target, ask)
            finally:
                with self._lock:
                    self._answered.pop(question).set()
        answered.wait(wait_s)
        kept = self.fresh(owner, target)
        return self.ask_anew(owner, target, ask) if kept is None else kept.body

    def ask_anew(self, owner: str, target: str, ask: Callable[[], bytes]) -> bytes:
        """Return what upstream answers; keep it unless somebody wrote meanwhile."""
        writes = self._writes.get(owner, 0)
        body = ask()
        with self._lock:
            is_current = self._writes.get(owner, 0) == writes
            if is_current and len(body) <= self._most_bytes:
                self._rows[owner, target] = Kept(body, self._clock())
        return body

    def fresh(self, owner: str, target: str) -> Kept | None:
        """Return an answer of the last minute."""
        return self._younger(owner, target, FRESH_S)

    def stale(self, owner: str, target: str) -> Kept | None:
        """Return an answer of the last day, for when there is no other."""
        return self._younger(owner, target, STALE_S)

    def forget(self, owner: str) -> None:
        """Forget everything of one credential: something was written with it."""
        with self._lock:
            self._writes[owner] = self._writes.get(owner, 0) + 1
            for key in [key for key in self._rows if key[0] == owner]:
                del self._rows[key]

    def catch_up(self, owner: str, writes: int) -> None:
        """Forget everything of one credential if others wrote since the last time.

        ``writes`` counts the athlete's writes, of all workers together.
        """
        with self._lock:
            if self._seen.setdefault(owner, writes) != writes:
                self._seen[owner] = writes
                self.forget(owner)

    def _younger(self, owner: str, target: str, seconds: float) -> Kept | None:
        with self._lock:
            kept = self._rows.get((owner, target))
        if kept is None or kept.age_s(self._clock()) >= seconds:
            return None
        return kept
