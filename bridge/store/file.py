"""What SQLite's file needs beside SQL: a look whether it changed, room on a full disk.

SQLite needs new pages even to change one row: of its log, and of the index beside it
where nobody has the database open. So somebody whose phone was stolen could not shut it
out while the disk is full. A small file beside the database holds the room, and goes
for the moment of that one write.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote

from bridge.errors import DatabaseAway, StoreDown
from bridge.store import HEAD

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

LOCK_WAIT_S = 5  # less than the 8 s an answer has
SPARE_BYTES = 256 * 1024  # a log's index takes 32 KiB, a revocation some pages of 4
_PIECE = bytes(4096)
_INDEX_HEAD = 96  # bytes: it stands there twice
MOST_INDEXES = 8  # a file is not replaced more often in the life of a process

T = TypeVar("T")


def open_file(path: Path) -> sqlite3.Connection:
    """Open a file that is there, for use by one thread at a time."""
    uri = f"file:{quote(str(path))}?mode=rw"
    return sqlite3.connect(uri, uri=True, timeout=LOCK_WAIT_S, check_same_thread=False)


def is_current(file: Path) -> bool:
    """Tell whether a file needs no work before it is used, without SQLAlchemy.

    It has this code's schema, may be written, and the room lies beside it. Where that
    cannot be told it is False, and who opens the database finds out.
    """
    try:
        if not os.access(file, os.W_OK) or _spare_of(file).stat().st_size < SPARE_BYTES:
            return False
        with closing(open_file(file)) as connection:
            asked = connection.execute("SELECT version_num FROM alembic_version")
            return asked.fetchall() == [(HEAD,)]
    except (OSError, sqlite3.Error):
        return False


def _spare_of(file: Path) -> Path:
    return file.with_name(f"{file.name}-spare")


class Watch:
    """One connection that never writes: every write is somebody else's."""

    def __init__(self, path: str) -> None:
        self._path = str(Path(path).absolute())
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None
        self._opened = 0

    def state(self) -> object:
        """Return what is another one after each write, and for another file.

        Raises
        ------
        StoreDown
            If the file is gone, or does not answer.
        """
        try:
            with self._lock:
                file = _identity(os.stat(self._path))  # noqa: PTH116  # each time
                if self._connection is None or file != self._file:
                    self._close()
                    self._connection = open_file(Path(self._path))
                    self._file = file
                    self._opened += 1  # a new connection counts from one again
                asked = self._connection.execute("PRAGMA data_version")
                return (*file, self._opened, *asked.fetchone())
        except (OSError, sqlite3.Error) as error:
            with self._lock:
                self._close()
            raise StoreDown(f"{type(error).__name__}: {error}") from error

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None


class Glance:
    """What is another one after each commit, without a question to SQLite.

    In write-ahead mode every commit, of whichever process, writes a new head of the
    index beside the log (``-shm``); it is what SQLite itself looks at to see whether
    its pages are old. To read these bytes takes no lock and no disk, so that the event
    loop may. Who waits for nobody does not hear everything: of a file that was put in
    the place of this one only ``find`` knows.
    """

    def __init__(self, path: str | Path) -> None:
        self._path = str(Path(f"{path}-shm").absolute())
        self._file: tuple[int, int] | None = None
        # Never closed: with any descriptor of this file that a process closes, the
        # system takes back all locks that SQLite has on it there.
        self._opened: list[int] = []
        self._lock = threading.Lock()

    def find(self) -> None:
        """See that the index that is read is the one that is in use."""
        try:
            if _identity(os.stat(self._path)) != self._file:  # noqa: PTH116  # each time
                with self._lock:
                    self._open()
        except OSError:
            self._file = None

    def _open(self) -> None:
        if _identity(os.stat(self._path)) == self._file:  # noqa: PTH116  # by another thread
            return
        self._file = None
        if len(self._opened) < MOST_INDEXES:
            self._opened.append(os.open(self._path, os.O_RDONLY))
            self._file = _identity(os.fstat(self._opened[-1]))

    def read(self) -> bytes | None:
        """Return the head of the index; None where there is none to be read."""
        try:
            head = os.pread(self._opened[-1], _INDEX_HEAD, 0) if self._file else b""
        except OSError:
            return None
        return head if len(head) == _INDEX_HEAD and any(head) else None


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


class Spare:
    """The file of room beside an SQLite database; None elsewhere does nothing."""

    def __init__(self, address: URL) -> None:
        path = address.database if address.drivername == "sqlite" else None
        self._path = _spare_of(Path(path)) if path else None

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
