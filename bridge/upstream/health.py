"""Remembers that upstream is ill, so that nobody waits to find it out again.

After a failure of the wire, or of a gateway, few questions go upstream, each after a
longer pause than the last one; the first answer ends it. Whoever has an old answer at
hand gives that at once, also while a call takes longer than calls usually do.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from typing import Literal

from bridge.errors import UpstreamDown, UpstreamError, UpstreamSlow
from bridge.steady import steady_s
from bridge.upstream.memory import Memory, Note

Advice = Literal["ask", "probe", "wait"]

FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 15.0
# Short patience is ours, not upstream's illness.
_SLOW_S = 3.0
_LONGEST_CALL_S = 8.5
# How long others wait for a running call, with an old answer at hand. It is said to a
# person who waits: what comes of it is there within 300 ms, unless upstream is slower
# than that on good days.
_LEAST_PATIENCE_S, _ENOUGH_S, _MOST_PATIENCE_S = 0.1, 0.15, 1.0


class Health:
    """How upstream does, as far as the workers of this machine saw.

    Parameters
    ----------
    memory
        Where it is noted, for all workers.
    steady
        Returns seconds that nobody sets, the same in all processes.
    host
        Which upstream this is.
    """

    def __init__(
        self, memory: Memory, steady: Callable[[], float] = steady_s, host: str = ""
    ) -> None:
        self._memory = memory
        self._steady = steady
        self._note = f"health {host}"
        # What calls take, and by how much they differ: as TCP keeps it.
        self._usual_s, self._spread_s = _LEAST_PATIENCE_S, 0.0
        self._lock = threading.Lock()

    @property
    def patience_s(self) -> float:
        """Return how long a call may take before it is longer than calls usually do."""
        longest_s = min(max(1.25 * self._usual_s, _ENOUGH_S), _MOST_PATIENCE_S)
        wanted_s = self._usual_s + 2 * self._spread_s
        return min(max(wanted_s, _LEAST_PATIENCE_S), longest_s)

    def advice(self, *, has_stopgap: bool) -> Advice:
        """Return what to do with a question.

        ``ask`` while upstream is well; ``wait`` while it is ill: nothing is asked.
        ``probe`` is for one question after each pause.
        """
        note, now_s = self._memory.read(self._note), self._steady()
        if not note.get("failures"):
            late_s = note.get("late_until_s", now_s) - now_s
            return "wait" if has_stopgap and 0 < late_s <= _LONGEST_CALL_S else "ask"
        if not _is_due(note, now_s):
            return "wait"
        is_mine = self._memory.change(self._note, self._take_probe)
        return "probe" if is_mine else "wait"

    def failure(self) -> UpstreamError:
        """Return the failure to tell while nothing is asked."""
        if self._memory.read(self._note).get("is_slow"):
            return UpstreamSlow("upstream is ill: it did not answer in time just now")
        return UpstreamDown("upstream is ill: it failed just now")

    def answered(self, took_s: float) -> None:
        """Note that upstream answered a call within ``took_s``."""
        with self._lock:
            gap_s = abs(took_s - self._usual_s)
            self._spread_s += (gap_s - self._spread_s) / 4
            self._usual_s += (took_s - self._usual_s) / 8
        now_s, note = self._steady(), self._memory.read(self._note)
        is_noted = note.get("failures") or note.get("late_until_s")
        # One note a second is enough to know who failed since.
        if is_noted or now_s - note.get("answered_s", -math.inf) > 1:
            self._memory.change(self._note, lambda note: _mend(note, now_s))

    def failed(self, took_s: float, error: UpstreamError) -> None:
        """Note a failure of the wire, unless upstream answered somebody meanwhile.

        A call that was given little time fails for want of it, not of health.
        """
        now_s, is_slow = self._steady(), isinstance(error, UpstreamSlow)
        if is_slow and took_s < _SLOW_S:
            return

        def change(note: Note) -> None:
            if note.get("answered_s", -math.inf) > now_s - took_s:
                return
            failures = note.get("failures", 0) + 1
            probe_s = now_s + _pause_s(failures)
            note.update(failures=failures, is_slow=is_slow, probe_s=probe_s)

        self._memory.change(self._note, change)

    def is_late(self) -> None:
        """Note that a call takes longer than calls do: no second one has to wait."""
        now_s = self._steady()

        def change(note: Note) -> None:
            note["late_until_s"] = now_s + _LONGEST_CALL_S

        self._memory.change(self._note, change)

    def _take_probe(self, note: Note) -> bool:
        now_s = self._steady()
        if not note.get("failures") or not _is_due(note, now_s):
            return False
        note["probe_s"] = now_s + _pause_s(note["failures"])
        return True


def _pause_s(failures: int) -> float:
    return float(min(FIRST_PAUSE_S * 2 ** min(failures - 1, 10), LONGEST_PAUSE_S))


def _is_due(note: Note, now_s: float) -> bool:
    """Tell whether a probe is due; one that is far ahead is of an earlier start."""
    return not 0 < note["probe_s"] - now_s <= LONGEST_PAUSE_S


def _mend(note: Note, now_s: float) -> None:
    note.clear()
    note["answered_s"] = now_s
