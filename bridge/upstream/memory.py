"""What all workers of a machine know together of Intervals.icu.

A :class:`Memory` keeps bytes by name and nothing else: answers, which may be thrown
away, and small notes, which change atomically. The one here lives in one process;
``bridge.store.shared`` has one in a file. A server such as Redis can be a third.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

import msgspec

MOST_BYTES = 24 * 1024 * 1024
ROW_BYTES = 512  # what an answer costs beside its body

Note = dict[str, Any]  # JSON
T = TypeVar("T")


class Memory(Protocol):
    """What is known together. None of its methods raises: it forgets instead."""

    def get(self, name: str) -> bytes | None:
        """Return an answer."""

    def put(self, name: str, owner: str, value: bytes) -> None:
        """Keep an answer; the oldest ones go where there is no room for it."""

    def drop(self, owner: str, *, others: bool = False) -> None:
        """Throw away every answer of an owner, or of all ``others``."""

    def read(self, name: str) -> Note:
        """Return a note; an empty one where there is none."""

    def change(self, name: str, change: Callable[[Note], T]) -> T:
        """Let ``change`` read and alter a note while nobody else does."""

    def glance(self) -> bytes | None:
        """Return what is another one after each change of a note, without waiting.

        None where that is not told.
        """

    def alone(self, name: str) -> Any:
        """Return a context manager that tells whether no other process is inside.

        Threads of this process are not told apart.
        """


class OwnMemory:
    """The memory of one process."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._answers: OrderedDict[str, tuple[str, bytes]] = OrderedDict()
        self._notes: dict[str, bytes] = {}
        self._lock = threading.Lock()

    def get(self, name: str) -> bytes | None:
        """Return an answer."""
        return self._answers.get(name, ("", None))[1]

    def put(self, name: str, owner: str, value: bytes) -> None:
        """Keep an answer; the oldest ones go where there is no room for it."""
        if len(value) + ROW_BYTES > self._most_bytes:
            return
        with self._lock:
            self._answers.pop(name, None)
            self._answers[name] = owner, value
            held = sum(len(kept) + ROW_BYTES for _, kept in self._answers.values())
            while held > self._most_bytes:
                _, (_, gone) = self._answers.popitem(last=False)
                held -= len(gone) + ROW_BYTES

    def drop(self, owner: str, *, others: bool = False) -> None:
        """Throw away every answer of an owner, or of all ``others``."""
        with self._lock:
            for name, (whose, _) in list(self._answers.items()):
                if (whose == owner) != others:
                    del self._answers[name]

    def read(self, name: str) -> Note:
        """Return a note; an empty one where there is none."""
        return read_note(self._notes.get(name))

    def change(self, name: str, change: Callable[[Note], T]) -> T:
        """Let ``change`` read and alter a note while nobody else does."""
        with self._lock:
            note = read_note(self._notes.get(name))
            result = change(note)
            self._notes[name] = msgspec.json.encode(note)
        return result

    def glance(self) -> bytes | None:
        """Return None: nobody asks so often here."""
        return None

    @contextmanager
    def alone(self, name: str) -> Iterator[bool]:
        """Tell that no other process is inside: there is none."""
        del name
        yield True


def read_note(written: bytes | None) -> Note:
    """Return a note as it was written; what cannot be read is empty."""
    try:
        return msgspec.json.decode(written or b"{}", type=Note)
    except msgspec.MsgspecError:
        return {}
