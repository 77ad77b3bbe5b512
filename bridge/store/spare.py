"""Room for what has to be written on a full disk: a file that is given up for it.

SQLite needs new pages even to change one row: of its log, and of the index beside it
where nobody has the database open. So somebody whose phone was stolen could not shut it
out while the disk is full. A small file beside the database holds the room, and goes
for the moment of that one write.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from sqlalchemy.engine import URL

from bridge.errors import DatabaseAway, StoreDown

SPARE_BYTES = 256 * 1024  # a log's index takes 32 KiB, a revocation some pages of 4
_PIECE = bytes(4096)

T = TypeVar("T")


class Spare:
    """The file of room beside an SQLite database; None elsewhere does nothing."""

    def __init__(self, address: URL) -> None:
        path = address.database if address.drivername == "sqlite" else None
        self._path = Path(f"{path}-spare") if path else None

    def keep(self) -> None:
        """Hold the room, as much of it as there is."""
        if self._path is None:
            return
        flags = os.O_CREAT | os.O_WRONLY | os.O_APPEND | os.O_NOFOLLOW
        with suppress(OSError):
            held = os.open(self._path, flags, 0o600)
            try:
                while os.fstat(held).st_size < SPARE_BYTES:
                    os.write(held, _PIECE)
            finally:
                os.close(held)

    def insist(self, write: Callable[[], T]) -> T:
        """Return what ``write`` returns; where it fails, again with the room freed.

        Raises
        ------
        StoreDown, DatabaseAway
            If it fails then too, or there was no room to free.
        """
        try:
            return write()
        except (StoreDown, DatabaseAway):
            if not self._give_up():
                raise
        try:
            return write()
        finally:
            self.keep()

    def _give_up(self) -> bool:
        if self._path is None:
            return False
        try:
            self._path.unlink()
        except OSError:
            return False
        return True
