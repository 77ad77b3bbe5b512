"""Remembers how long Intervals.icu asked a credential to stay away.

A worker never sleeps for ``Retry-After``: until the time is over, calls with the
same credential are answered at once, by every worker, with what upstream said.
"""

from __future__ import annotations

from collections.abc import Callable

from bridge.errors import LONGEST_RETRY_S
from bridge.steady import steady_s
from bridge.upstream.memory import Memory, OwnMemory


class Gate:
    """Closed for a credential from a 429 until its ``Retry-After`` is over."""

    def __init__(
        self,
        clock: Callable[[], float] = steady_s,
        memory: Memory | None = None,
    ) -> None:
        self._clock = clock
        self._memory = memory or OwnMemory()

    def close(self, credential: str, seconds: int) -> None:
        """Keep ``credential`` away for ``seconds``, at most 15 minutes."""
        now_s, asked_s = self._clock(), max(seconds, 1)
        told = {
            "opens_s": now_s + min(asked_s, LONGEST_RETRY_S),
            "until_s": now_s + asked_s,
        }
        self._memory.change(f"gate {credential}", lambda note: note.update(told))

    def remaining_s(self, credential: str) -> int:
        """Return how many more seconds upstream wants; 0 when the gate is open.

        It opens for another try before a long wait is over; until then the wait that
        was told stays the same.
        """
        note, now_s = self._memory.read(f"gate {credential}"), self._clock()
        # Seconds further ahead were counted before this machine was started.
        if not 0 < note.get("opens_s", now_s) - now_s <= LONGEST_RETRY_S:
            return 0
        return int(note["until_s"] - now_s) + 1
