"""The same, asked by several at once, is worked out once: request coalescing.

The first one works it out, the others share what comes of it. Where the first one
takes longer than they have patience (it may be the one who waits for upstream), a
second one tries, and they share that. Nothing is kept: who comes later asks anew.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from bridge.turns import this_thread

T = TypeVar("T")


class _TooLong(Exception):
    """Whoever works it out is not ready yet."""


@dataclass(slots=True)
class _Work(Generic[T]):
    began_s: float = field(default_factory=time.monotonic)
    ended: threading.Event = field(default_factory=threading.Event)
    results: list[T] = field(default_factory=list)
    error: Exception | None = None


class Coalescer(Generic[T]):
    """What is being worked out at this moment."""

    def __init__(self) -> None:
        self._works: dict[tuple[str, Hashable], _Work[T]] = {}
        self._lock = threading.Lock()

    def share(
        self,
        question: Hashable,
        work_out: Callable[[], T],
        *,
        patience_s: float,
        wait_s: float,
    ) -> T:
        """Return what comes of ``work_out``, by whomever of those who ask the same.

        Parameters
        ----------
        question
            Equal for those to whom the same may be given.
        work_out
            Works it out, in the thread of whoever is the first or the second.
        patience_s
            How long the first one may take before a second one tries.
        wait_s
            How long to wait in all before working it out oneself.

        Raises
        ------
        Exception
            What it raised, in every thread that shares it.
        """
        try:
            try:
                return self._join(("first", question), work_out, patience_s)
            except _TooLong:
                return self._join(("second", question), work_out, wait_s)
        except _TooLong:
            return work_out()

    def _join(
        self, key: tuple[str, Hashable], work_out: Callable[[], T], patience_s: float
    ) -> T:
        with self._lock:
            work = self._works.get(key)
            is_mine = work is None
            if work is None:
                work = self._works[key] = _Work()
        if is_mine:
            return self._work(key, work, work_out)
        left_s = work.began_s + patience_s - time.monotonic()
        with this_thread.waiting:
            has_ended = work.ended.wait(max(0.0, left_s))
        if not has_ended:
            raise _TooLong
        if work.error is not None:
            raise work.error.with_traceback(None)
        return work.results[0]

    def _work(
        self, key: tuple[str, Hashable], work: _Work[T], work_out: Callable[[], T]
    ) -> T:
        try:
            work.results.append(work_out())
        except Exception as error:
            work.error = error
            raise
        finally:
            with self._lock:
                del self._works[key]
            work.ended.set()
        return work.results[0]
