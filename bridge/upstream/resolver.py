"""Names to addresses, without waiting for a resolver that hangs.

``getaddrinfo`` cannot be interrupted. It runs in a thread of its own, one for
each name at most, while the caller waits no longer than its deadline.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, NamedTuple

from bridge.errors import UpstreamSlow
from bridge.upstream.deadline import BoundedSocket, Deadline, within

KEEP_S = 60.0
PATIENCE_S = 1.5  # with one address while others are left; a SYN is resent after 1 s

SocketOptions = Sequence[tuple[int, int, int | bytes]]


class Address(NamedTuple):
    """Where a server listens."""

    family: int
    sockaddr: Any  # (host, port), for IPv6 also flow and scope


Resolve = Callable[[str, int], Sequence[Address]]


def resolve_by_system(host: str, port: int) -> tuple[Address, ...]:
    """Return the addresses the operating system knows, in its order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(Address(family, sockaddr) for family, _, _, _, sockaddr in found)


@dataclass(frozen=True, slots=True)
class _Lookup:
    addresses: Future[tuple[Address, ...]]
    started_s: float

    @property
    def failed(self) -> bool:
        done = self.addresses.done()
        return done and self.addresses.exception() is not None


class Resolver:
    """Find the addresses of a name; remember them for a minute.

    Parameters
    ----------
    resolve
        Finds the addresses of a host and port; may block, may raise OSError.
    keep_s
        Seconds for which an answer is good. A lookup that still hangs after
        them is given up for a new one, so threads cannot pile up.
    clock
        Monotonic seconds.
    """

    def __init__(
        self,
        resolve: Resolve = resolve_by_system,
        *,
        keep_s: float = KEEP_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._resolve = resolve
        self._keep_s = keep_s
        self._clock = clock
        self._lookups: dict[tuple[str, int], _Lookup] = {}
        self._lock = threading.Lock()

    def addresses(
        self, host: str, port: int, deadline: Deadline
    ) -> tuple[Address, ...]:
        """Return the addresses of ``host``, at least one.

        Raises
        ------
        UpstreamSlow
            If the deadline comes first.
        OSError, UnicodeError
            If the name is unknown, or is no name.
        """
        lookup = self._lookup(host, port)
        try:
            return lookup.addresses.result(timeout=max(deadline.remaining_s(), 0))
        except TimeoutError as exc:
            raise UpstreamSlow(f"{host}: no address in time") from exc

    def forget(self, host: str, port: int) -> None:
        """Ask anew next time: none of the addresses answered."""
        with self._lock:
            self._lookups.pop((host, port), None)

    def _lookup(self, host: str, port: int) -> _Lookup:
        with self._lock:
            known = self._lookups.get((host, port))
            now_s = self._clock()
            if known and not known.failed and now_s - known.started_s < self._keep_s:
                return known
            lookup = _Lookup(Future(), now_s)
            self._lookups[host, port] = lookup
        self._start(host, port, lookup.addresses)
        return lookup

    def _start(self, host: str, port: int, found: Future[tuple[Address, ...]]) -> None:
        # Daemon: a resolver that hangs must not keep the process from ending.
        thread = threading.Thread(
            target=self._run,
            args=(host, port, found),
            name=f"resolve {host}",
            daemon=True,
        )
        try:
            thread.start()
        except RuntimeError as exc:  # no more threads: let the next call try again
            found.set_exception(OSError(str(exc)))

    def _run(self, host: str, port: int, found: Future[tuple[Address, ...]]) -> None:
        try:
            found.set_result(self._ask(host, port))
        except Exception as exc:  # noqa: BLE001 - the waiting thread raises it
            found.set_exception(exc)

    def _ask(self, host: str, port: int) -> tuple[Address, ...]:
        addresses = tuple(self._resolve(host, port))
        if not addresses:
            raise socket.gaierror(socket.EAI_NONAME, "no address")
        return addresses


def open_socket(
    addresses: Sequence[Address], deadline: Deadline, options: SocketOptions = ()
) -> BoundedSocket:
    """Connect to the first address that answers.

    Parameters
    ----------
    addresses
        Tried in their order; a dead one leaves time for those behind it.
    deadline
        The end of all tries together.
    options
        Arguments of ``setsockopt``.

    Raises
    ------
    OSError
        What the last address answered; TimeoutError when the time is over.
    """
    *first, last = addresses
    for address in first:
        try:
            return _connect(address, _patience(deadline, len(addresses)), options)
        except OSError:
            continue
    return _connect(last, deadline, options)


def _patience(deadline: Deadline, addresses: int) -> Deadline:
    share_s = deadline.remaining_s() / addresses
    return Deadline.after(min(PATIENCE_S, share_s), deadline.clock)


def _connect(
    address: Address, deadline: Deadline, options: SocketOptions
) -> BoundedSocket:
    opened = BoundedSocket(address.family, socket.SOCK_STREAM)
    try:
        for option in options:
            opened.setsockopt(*option)
        with within(deadline):
            opened.connect(address.sockaddr)
    except BaseException:
        opened.close()
        raise
    return opened
