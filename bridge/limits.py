"""How often one address may try a wrong code: a few times in ten minutes."""

from __future__ import annotations

import ipaddress
from collections import OrderedDict, deque
from datetime import datetime, timedelta
from threading import Lock

from bridge.addresses import address_of

MOST_TRIES = 20
WITHIN = timedelta(minutes=10)
_MOST_ADDRESSES = 4096  # a flood of addresses must not fill the memory


class Tries:
    """Counts tries for each address, in this process alone.

    No code is guessed in its time, and a right one is taken whatever this counts: the
    limit is there for the log, and for who tries without end.
    """

    def __init__(self, most: int = MOST_TRIES, within: timedelta = WITHIN) -> None:
        self._most = most
        self._within = within
        self._seen: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = Lock()

    def may(self, address: str, now: datetime) -> bool:
        """Count one try of ``address``; tell whether it is still within the limit."""
        with self._lock:
            tries = self._seen.setdefault(_network_of(address), deque())
            self._seen.move_to_end(_network_of(address))
            while len(self._seen) > _MOST_ADDRESSES:
                self._seen.popitem(last=False)
            while tries and tries[0] <= now - self._within:
                tries.popleft()
            if len(tries) >= self._most:
                return False
            tries.append(now)
            return True


def _network_of(address: str) -> str:
    """Return what one subscriber has: an address, or 64 bits of an IPv6 one."""
    known = address_of(address)
    if known is None:
        return "unknown"
    if known.version == 4:
        return str(known)
    return str(ipaddress.ip_network((known, 64), strict=False))
