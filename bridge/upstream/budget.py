"""How much may be asked of Intervals.icu: kept before the fact, by all workers.

Upstream allows ten calls a second for each address and 5,000 a day for each key; who
goes beyond is locked out, with every other app of the athlete.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from bridge.errors import UpstreamBusy
from bridge.upstream.memory import Memory, Note

PER_SECOND = 10
PER_DAY = 5000  # of one key; the day ends at 00:00 UTC
BACKGROUND = "background"  # who asks when nobody does
PER_DAY_UNASKED = 1500  # of one key, in the background
LONGEST_WAIT_S = 2.0  # for a place
_NOTE = "budget"
# Calls that go out a second apart arrive closer together: the first ones may open
# connections (three ways there and back with TLS) and wait for a busy machine, while
# the next one finds both ready.
_SECOND_S = 1.25
# A device may come with this many seconds' worth of calls at once, and has this share
# of each second from then on.
_BURST_S = 4
_SHARE = 0.25


class CountsUnasked(Protocol):
    """Where the calls of the background are counted for several machines."""

    def count_unasked(self, key_name: str, day: str) -> int:
        """Count a call; return how many there were that day with it."""

    def unasked(self, key_name: str, day: str) -> int:
        """Return how many were counted."""


class Budget:
    """Places for calls, handed out to devices.

    Parameters
    ----------
    memory
        Where the calls are counted, for all workers.
    clock, steady
        The instant, for the day of the key; seconds that nobody sets, for the rest.
    per_second
        How many calls of this machine upstream gets in a second, at most.
    sleep
        Waits for a place.
    unasked
        Returns where all machines that share a key count the background's calls; None
        where there is one machine.
    """

    def __init__(  # noqa: PLR0913 - it keeps to all of these
        self,
        memory: Memory,
        clock: Callable[[], datetime],
        steady: Callable[[], float],
        per_second: int = PER_SECOND,
        sleep: Callable[[float], None] = time.sleep,
        *,
        unasked: Callable[[], CountsUnasked] | None = None,
    ) -> None:
        self._memory = memory
        self._clock = clock
        self._steady = steady
        self._per_second = per_second
        self._sleep = sleep
        self._unasked = unasked

    def wait_for_turn(
        self, key_name: str, device_id: str, longest_wait_s: float
    ) -> None:
        """Return when one call may go out; it is counted.

        Parameters
        ----------
        key_name
            Whose day is spent.
        device_id
            Who asks; empty for the owner at the setup page.
        longest_wait_s
            Seconds to wait at most; never more than :data:`LONGEST_WAIT_S`.

        Raises
        ------
        UpstreamBusy
            If there is no place until then. It says when to come again.
        """
        left_s = min(longest_wait_s, LONGEST_WAIT_S)
        if device_id == BACKGROUND and self._unasked is not None:
            count = self._unasked().count_unasked(key_name, self._day())
            if count > PER_DAY_UNASKED:
                raise _busy("all machines together", self._to_midnight_s())

        def take(note: Note) -> tuple[float, bool]:
            wait_s = self._pace(note, device_id)
            if wait_s > 0:  # is not due yet: takes no place of others meanwhile
                return wait_s, False
            self._count_in_day(note, key_name, device_id)
            wait_s = self._reserve(note)
            if wait_s > left_s:
                raise _busy("no place", wait_s)
            return wait_s, True

        while True:
            wait_s, has_place = self._memory.change(_NOTE, take)
            if wait_s > left_s:
                raise _busy(f"device {device_id} had its share", wait_s)
            if wait_s > 0:
                self._sleep(wait_s)
            if has_place:
                return
            left_s -= wait_s

    def _pace(self, note: Note, device_id: str) -> float:
        """Return how long a device has to wait for its next call; count it if not."""
        if not device_id:
            return 0.0
        paces, now_s = note.setdefault("paces", {}), self._steady()
        every_s = 1 / (_SHARE * self._per_second)
        ahead_s = _BURST_S * self._per_second * every_s
        due_s = max(paces.get(device_id, 0.0), now_s)
        if due_s > now_s + ahead_s:  # counted before this machine was started
            due_s = now_s
        due_s += every_s
        wait_s = float(due_s - ahead_s - now_s)
        if wait_s <= 0:
            paces[device_id] = due_s
            for other in [name for name, due in paces.items() if due < now_s]:
                del paces[other]
        return wait_s

    def _count_in_day(self, note: Note, key_name: str, device_id: str) -> None:
        """Count a call in the day of its key.

        A device may have as much as is left for all others: one alone half of the
        day, two a third each. So there is always a share for one more.
        """
        today = self._day()
        if note.get("day") != today:
            note.update(day=today, keys={})
        devices = note["keys"].setdefault(key_name, {})
        mine, all_calls = devices.get(device_id, 0), sum(devices.values())
        left = PER_DAY - all_calls
        is_over = device_id == BACKGROUND and mine >= PER_DAY_UNASKED
        if left <= 0 or (device_id and mine >= left) or is_over:
            why = f"device {device_id}: {mine} of {all_calls} calls of the day"
            raise _busy(why, self._to_midnight_s())
        devices[device_id] = mine + 1

    def spent(self, key_name: str, device_id: str | None = None) -> int:
        """Return how many calls of its day a key has spent, of one device or in all.

        Those of the background are of all machines, the others of this one.
        """
        note = self._memory.read(_NOTE)
        is_today = note.get("day") == self._day()
        devices = note.get("keys", {}).get(key_name, {}) if is_today else {}
        if self._unasked is not None and device_id in (None, BACKGROUND):
            spent = self._unasked().unasked(key_name, self._day())
            devices = devices | {BACKGROUND: min(spent, PER_DAY_UNASKED)}
        if device_id is not None:
            return int(devices.get(device_id, 0))
        return sum(devices.values())

    def _day(self) -> str:
        return f"{self._clock():%Y-%m-%d}"

    def _to_midnight_s(self) -> float:
        now = self._clock()
        midnight = now.replace(hour=0, minute=0, second=0) + timedelta(days=1)
        return (midnight - now).total_seconds()

    def _reserve(self, note: Note) -> float:
        """Return how many seconds from now the next free place is, and take it."""
        places, now_s = note.get("places", []), self._steady()
        at_s = now_s
        if len(places) >= self._per_second:
            at_s = max(now_s, places[-self._per_second] + _SECOND_S)
        if at_s > now_s + LONGEST_WAIT_S + _SECOND_S:
            places, at_s = [], now_s  # counted before this machine was started
        note["places"] = [*places, at_s][-self._per_second :]
        return float(at_s - now_s)


def _busy(why: str, wait_s: float) -> UpstreamBusy:
    return UpstreamBusy(f"our own budget: {why}", retry_after_s=math.ceil(wait_s))
