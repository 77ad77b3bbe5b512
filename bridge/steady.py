"""A clock that nobody sets: seconds since this machine started, sleep included.

The wall's clock is set: by hand, by the network, by a mobile provider. What has to be
a minute long is measured by this one; all processes of a machine read the same.
"""

from __future__ import annotations

import time
from pathlib import Path

# The monotonic clock of Linux stands still while a laptop sleeps; of macOS it does not.
_CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
_BOOT = Path("/proc/sys/kernel/random/boot_id")


def steady_s() -> float:
    """Return the seconds since the machine started."""
    return time.clock_gettime(_CLOCK)


def boot_id() -> str:
    """Return a name for this start of the machine; empty where it has none."""
    try:
        return _BOOT.read_text(encoding="ascii").strip()
    except OSError:
        return ""
