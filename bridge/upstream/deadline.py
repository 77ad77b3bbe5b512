"""Total seconds: one moment after which nothing waits any longer.

A time-out of requests starts afresh with each byte, so one byte a second holds
a thread for ever. Here the sockets themselves look at the deadline, before each
step that may wait: connecting, the TLS handshake, sending and receiving.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from bridge.errors import UpstreamSlow

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A moment on a monotonic clock."""

    at_s: float
    clock: Callable[[], float] = time.monotonic

    @classmethod
    def after(cls, seconds: float, clock: Callable[[], float] = time.monotonic) -> Self:
        """Return the moment that is ``seconds`` from now."""
        return cls(at_s=clock() + seconds, clock=clock)

    def remaining_s(self) -> float:
        """Return the seconds left; zero or less when the time is over."""
        return self.at_s - self.clock()

    def check(self, doing: str = "") -> float:
        """Return the seconds left; raise UpstreamSlow (``doing`` what) if none are."""
        remaining_s = self.remaining_s()
        if remaining_s <= 0:
            raise UpstreamSlow(f"out of time {doing}".rstrip())
        return remaining_s


_current: ContextVar[Deadline | None] = ContextVar("deadline", default=None)


def current_deadline() -> Deadline | None:
    """Return the deadline that binds this thread now, if there is one."""
    return _current.get()


@contextlib.contextmanager
def within(deadline: Deadline) -> Iterator[Deadline]:
    """Bind what this thread does inside to ``deadline``, or an earlier outer one.

    A deadline does not follow work into another thread: each thread enters it.

    Parameters
    ----------
    deadline
        The latest moment; an outer one that comes first still holds.

    Returns
    -------
    Iterator[Deadline]
        A context manager that gives the deadline which holds inside.
    """
    outer = _current.get()
    inner = deadline
    if outer is not None and outer.remaining_s() < deadline.remaining_s():
        inner = outer
    token = _current.set(inner)
    try:
        yield inner
    finally:
        _current.reset(token)


class BoundedSocket(socket.socket):
    """A socket that waits no longer than the current deadline.

    Outside any deadline it keeps to the last one it saw, so that a body which
    is read later, by whomever, still ends in time.
    """

    _deadline: Deadline | None = None

    def _hurry(self) -> None:
        """Wait at most for the time that is left.

        Not UpstreamSlow but TimeoutError: ssl and urllib3 clean up after an
        OSError only.
        """
        deadline = current_deadline() or self._deadline
        if deadline is None:
            return
        self._deadline = deadline
        remaining_s = deadline.remaining_s()
        if remaining_s <= 0:
            raise TimeoutError("the deadline has passed")
        self.settimeout(remaining_s)

    def connect(self, address: Any) -> None:
        """Connect before the deadline."""
        self._hurry()
        super().connect(address)

    def recv(self, bufsize: int = 1024, flags: int = 0) -> bytes:
        """Receive before the deadline."""
        self._hurry()
        return super().recv(bufsize, flags)

    def recv_into(
        self, buffer: WriteableBuffer, nbytes: int | None = None, flags: int = 0
    ) -> int:
        """Receive into ``buffer`` before the deadline."""
        self._hurry()
        return super().recv_into(buffer, nbytes or 0, flags)

    def send(self, data: ReadableBuffer, flags: int = 0) -> int:
        """Send a part before the deadline."""
        self._hurry()
        return super().send(data, flags)

    def sendall(self, data: ReadableBuffer, flags: int = 0) -> None:
        """Send everything before the deadline."""
        self._hurry()
        super().sendall(data, flags)


class BoundedSSLSocket(BoundedSocket, ssl.SSLSocket):
    """A TLS socket that waits no longer than the current deadline."""

    def do_handshake(self, block: bool = False) -> None:
        """Agree on keys before the deadline."""
        self._hurry()
        super().do_handshake(block)
