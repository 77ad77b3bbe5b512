"""Remembers how long Intervals.icu asked a credential to stay away.

A worker never sleeps for ``Retry-After``: until the time is over, calls with the
same credential are answered at once with what upstream said.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

LONGEST_S = 900  # a daily quota ends at 00:00 UTC; ask again now and then before


class Gate:
    """Closed for a credential from a 429 until its ``Retry-After`` is over."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._closed_until: dict[str, tuple[float, float]] = {}  # and what was told
        self._lock = threading.Lock()

    def close(self, credential: str, seconds: int) -> None:
        """Keep ``credential`` away for ``seconds``, at most :data:`LONGEST_S`."""
        with self._lock:
            now, asked_s = self._clock(), max(seconds, 1)
            told = now + asked_s
            self._closed_until[credential] = now + min(asked_s, LONGEST_S), told

    def remaining_s(self, credential: str) -> int:
        """Return how many more seconds upstream wants; 0 when the gate is open.

        It opens for another try before a long wait is over; until then the wait that
        was told stays the same.
        """
        with self._lock:
            now = self._clock()
            closed, told = self._closed_until.get(credential, (0.0, 0.0))
            if closed <= now:
                self._closed_until.pop(credential, None)
                return 0
            return int(told - now) + 1
