"""A few threads of a process compute at once, whoever waits lets others on.

Python runs one thread at a time and hands over in the order in which the system wakes
them. Where thirty threads compute, the event loop gets every thirtieth turn, for each
step of its own. So a thread that answers holds a place, of which there are few, and
gives it back for as long as it waits: for upstream, or for another thread.

It is manners, never a lock: who got no place in ``LONGEST_WAIT_S`` goes on without.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from queue import Empty, SimpleQueue

AT_ONCE = 2
LONGEST_WAIT_S = 0.1  # for a place

# In C: a semaphore of Python's own makes a lock, a list entry and four changes of
# threads for each wait, half of what an answer takes where many ask at once.
_places: SimpleQueue[None] = SimpleQueue()
for _ in range(AT_ONCE):
    _places.put(None)


class _Thread(threading.local):
    """What is known of one thread.

    Attributes
    ----------
    waiting
        Around whatever waits: gives the place back meanwhile, where there is one.
    """

    waiting: AbstractContextManager[object] = nullcontext()


this_thread = _Thread()


@contextmanager
def computing() -> Iterator[None]:
    """Hold a place while the block runs, but for what it runs in ``waiting``."""
    place = _Place()
    place.take()
    this_thread.waiting = place
    try:
        yield
    finally:
        this_thread.waiting = nullcontext()
        place.give_back()


def is_quiet() -> bool:
    """Tell whether nobody computes at this moment."""
    return _places.qsize() == AT_ONCE


class _Place:
    def __init__(self) -> None:
        self._is_mine = False
        self._depth = 0

    def take(self) -> None:
        with suppress(Empty):
            _places.get(timeout=LONGEST_WAIT_S)
            self._is_mine = True

    def give_back(self) -> None:
        if self._is_mine:
            self._is_mine = False
            _places.put(None)

    def __enter__(self) -> None:
        self._depth += 1
        self.give_back()

    def __exit__(self, *_: object) -> None:
        self._depth -= 1
        if not self._depth:
            self.take()
