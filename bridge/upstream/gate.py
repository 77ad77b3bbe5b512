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
        self._closed_until: dict[str, float] = {}
        self._lock = threading.Lock()

    def close(self, credential: str, seconds: int) -> None:
        """Keep ``credential`` away for ``seconds``, at most :data:`LONGEST_S`."""
        with self._lock:
            until = self._clock() + min(max(seconds, 1), LONGEST_S)
            self._closed_until[credential] = until

    def remaining_s(self, credential: str) -> int:
        """Return for how many more seconds the gate is closed; 0 when open."""
        with self._lock:
            left = self._closed_until.get(credential, 0.0) - self._clock()
            if left <= 0:
                self._closed_until.pop(credential, None)
                return 0
            return int(left) + 1
