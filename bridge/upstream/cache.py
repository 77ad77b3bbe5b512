"""What Intervals.icu answered lately: fresh for a minute, a stopgap for a day.

Bodies are kept in memory, by credential and by what was asked, least recently used
first out. dogpile.cache keeps the time of each; the bound is ours, since its memory
backend has none.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, MutableMapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dogpile.cache import make_region
from dogpile.cache.api import NO_VALUE, CachedValue

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
        self._shelf = Shelf(most_bytes)
        self._writes: dict[str, int] = {}
        self._seen: dict[str, int] = {}
        self._region = make_region().configure(
            "dogpile.cache.memory", arguments={"cache_dict": self._shelf}
        )

    def fresh(self, owner: str, target: str) -> Kept | None:
        """Return an answer of the last minute."""
        return self._younger(owner, target, FRESH_S)

    def stale(self, owner: str, target: str) -> Kept | None:
        """Return an answer of the last day, for when there is no other."""
        return self._younger(owner, target, STALE_S)

    def writes(self, owner: str) -> int:
        """Return how often the owner's answers were forgotten so far."""
        return self._writes.get(owner, 0)

    def keep(self, owner: str, target: str, body: bytes, *, writes: int) -> None:
        """Keep what upstream answered, unless something was written meanwhile.

        ``writes`` is what :meth:`writes` said before upstream was asked.
        """
        if self.writes(owner) == writes:
            self._region.set(_key(owner, target), Kept(body, self._clock()))

    def forget(self, owner: str) -> None:
        """Forget everything of one credential: something was written with it."""
        self._writes[owner] = self.writes(owner) + 1
        self._shelf.drop(f"{owner} ")

    def catch_up(self, owner: str, writes: int) -> None:
        """Forget everything of one credential if others wrote since the last time.

        ``writes`` counts the athlete's writes, of all workers together.
        """
        if self._seen.setdefault(owner, writes) != writes:
            self._seen[owner] = writes
            self.forget(owner)

    def _younger(self, owner: str, target: str, seconds: float) -> Kept | None:
        found = self._region.get(_key(owner, target), ignore_expiration=True)
        if found is NO_VALUE or not isinstance(found, Kept):
            return None
        return found if found.age_s(self._clock()) < seconds else None


def _key(owner: str, target: str) -> str:
    return f"{owner} {target}"


class Shelf(MutableMapping[str, Any]):
    """A mapping that forgets the least recently used beyond so many bytes."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._rows: OrderedDict[str, Any] = OrderedDict()
        self._lock = threading.Lock()

    def __getitem__(self, key: str) -> Any:
        with self._lock:
            self._rows.move_to_end(key)
            return self._rows[key]

    def __setitem__(self, key: str, value: Any) -> None:
        with self._lock:
            self._remove(key)
            self._rows[key] = value
            self._bytes += _size(value)
            while self._bytes > self._most_bytes:
                self._remove(next(iter(self._rows)))

    def __delitem__(self, key: str) -> None:
        with self._lock:
            if key not in self._rows:
                raise KeyError(key)
            self._remove(key)

    def __iter__(self) -> Iterator[str]:
        with self._lock:
            return iter(list(self._rows))

    def __len__(self) -> int:
        return len(self._rows)

    def drop(self, prefix: str) -> None:
        """Remove every row whose key begins with ``prefix``."""
        with self._lock:
            for key in [key for key in self._rows if key.startswith(prefix)]:
                self._remove(key)

    def _remove(self, key: str) -> None:
        if key in self._rows:
            self._bytes -= _size(self._rows.pop(key))


def _size(value: Any) -> int:
    kept = value.payload if isinstance(value, CachedValue) else value
    return len(kept.body) if isinstance(kept, Kept) else 0
