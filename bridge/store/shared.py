"""What the workers of a machine know together of upstream, in a file of its own.

It lies beside the database, for the owner alone, and may be deleted at any time:
nothing in it is more than a memory. Whatever goes wrong with it, the bridge goes on
without. The answers come here sealed.

- Answers are written a moment after they were kept, several in one transaction, so
  that no phone waits for it. This process has them at once; who waits for one in
  another process has it when ``alone`` is over.
- Notes are read far more often than they change. A number in memory that all processes
  map tells whether what was read last still holds: see :class:`_Changes`.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import logging
import math
import mmap
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from bridge.store.beside import file_of

logger = logging.getLogger(__name__)

Note = dict[str, Any]  # JSON
T = TypeVar("T")

MOST_BYTES = 24 * 1024 * 1024
ROW_BYTES = 512  # what an answer costs beside its body
LIVES_S = 24 * 3600
LOCK_WAIT_S = 0.5  # a memory is not worth more
WRITTEN_AFTER_S = 0.05  # an answer, after it was kept
NOTES_HOLD_S = 1.0  # at most, should the file be deleted under us
_OLD_GO_EVERY_S = 60.0
_LOOK_EVERY_S = 0.01
_ELSEWHERE = Path("data/bridge.db")  # the database is on a server
_FORMAT = 1
_LARGEST_FILE = 2 * MOST_BYTES
_PAGE_BYTES = 4096
_SCHEMA = (
    """CREATE TABLE IF NOT EXISTS answers (
    number INTEGER PRIMARY KEY AUTOINCREMENT,  -- the oldest has the lowest
    name TEXT NOT NULL UNIQUE,
    owner TEXT NOT NULL,
    put_at INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    value BLOB NOT NULL
)""",
    "CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
)
_NOW = "CAST(strftime('%s', 'now') AS INTEGER)"


class _Changes:
    """A number that is another one after each change of a note, for all processes.

    It is odd from before a change is committed until after it: what is read meanwhile,
    or after a process that died in between, is not remembered. The next change makes
    it even again.
    """

    def __init__(self, descriptor: int) -> None:
        if os.fstat(descriptor).st_size < mmap.PAGESIZE:
            # Room is taken now: to write to memory that a full disk has none for
            # would end the process.
            os.pwrite(descriptor, bytes(mmap.PAGESIZE), 0)
        self._map = mmap.mmap(descriptor, mmap.PAGESIZE)
        self._numbers = memoryview(self._map).cast("Q")

    @property
    def number(self) -> int:
        """Return the number as it stands."""
        return self._numbers[0]

    def begin(self) -> None:
        """Tell that a note is about to change."""
        self._numbers[0] |= 1

    def end(self) -> None:
        """Tell that it has changed, or has not after all."""
        self._numbers[0] = ((self._numbers[0] | 1) + 1) % 2**64

    def close(self) -> None:
        """Let go of the memory."""
        self._numbers.release()
        self._map.close()


class SharedFile:
    """Answers and notes in an SQLite file, shared by threads and processes.

    Parameters
    ----------
    path
        The file; it is made with the first use, and made anew where it is no such
        file.
    boot
        Names this start of the machine: notes of an earlier one count for nothing,
        since their seconds were counted from there.
    """

    def __init__(self, path: Path, boot: str, most_bytes: int = MOST_BYTES) -> None:
        self._path = path
        self._boot = boot
        self._most_bytes = most_bytes
        self._connections: tuple[sqlite3.Connection, sqlite3.Connection] | None = None
        self._is_closed = False
        self._warned = ""
        self._locks: int | None = None  # the file of locks, open
        self._changes: _Changes | None = None  # in that file
        # One for reading, one for writing: a reader never waits for a writer.
        self._reading, self._writing = threading.Lock(), threading.RLock()
        self._unwritten: dict[str, tuple[str, bytes]] = {}
        self._keeping = threading.Lock()
        self._old_go_s = -math.inf
        # as of which number, until when, and what was read since
        self._notes_read: tuple[int, float, dict[str, Note]] = (1, -math.inf, {})

    def get(self, name: str) -> bytes | None:
        """Return an answer."""
        unwritten = self._unwritten.get(name)
        if unwritten is not None:
            return unwritten[1]
        row = None
        with self._forgiving():
            reader = self._opened()[0]
            asked = "SELECT value FROM answers WHERE name = ?"
            with self._reading:
                row = reader.execute(asked, (name,)).fetchone()
        return None if row is None else bytes(row[0])

    def put(self, name: str, owner: str, value: bytes) -> None:
        """Keep an answer; the oldest ones go where there is no room for it."""
        if len(value) + ROW_BYTES > self._most_bytes:
            return
        with self._keeping:
            is_first = not self._unwritten
            self._unwritten[name] = owner, value
            held = sum(len(kept) + ROW_BYTES for _, kept in self._unwritten.values())
        if held > self._most_bytes // 4:
            self._write()
        elif is_first:
            self._write_soon()

    def _write_soon(self) -> None:
        def wait_and_write() -> None:
            time.sleep(WRITTEN_AFTER_S)
            self._write()

        threading.Thread(target=wait_and_write, name="keeping", daemon=True).start()

    def _write(self) -> None:
        """Write what was kept since the last time; the oldest go where it is much."""
        with self._writing:
            with self._keeping:
                batch = dict(self._unwritten)
            if batch:
                with self._forgiving(), self._transaction() as connection:
                    self._put_all(connection, batch)
            with self._keeping:
                for name, row in batch.items():
                    if self._unwritten.get(name) is row:
                        del self._unwritten[name]
                is_more = bool(self._unwritten)
        if is_more:
            self._write_soon()

    def _put_all(
        self, connection: sqlite3.Connection, batch: dict[str, tuple[str, bytes]]
    ) -> None:
        if time.monotonic() >= self._old_go_s:
            connection.execute(
                f"DELETE FROM answers WHERE put_at NOT BETWEEN {_NOW} - ? AND {_NOW}",  # noqa: S608  # our own words
                (LIVES_S,),
            )
            self._old_go_s = time.monotonic() + _OLD_GO_EVERY_S
        connection.executemany(
            "INSERT OR REPLACE INTO answers (name, owner, put_at, bytes, value)"  # noqa: S608
            f" VALUES (?, ?, {_NOW}, ?, ?)",
            [
                (name, owner, len(value) + ROW_BYTES, value)
                for name, (owner, value) in batch.items()
            ],
        )
        (held,) = connection.execute("SELECT sum(bytes) FROM answers").fetchone()
        # No cursor outlives its line: one that is half read holds an old view of
        # the file, and with that nobody here can write.
        oldest = "SELECT number, bytes FROM answers ORDER BY 1 LIMIT 1"
        while held > self._most_bytes:
            number, gone = connection.execute(oldest).fetchone()
            connection.execute("DELETE FROM answers WHERE number = ?", (number,))
            held -= gone

    def drop(self, owner: str, *, others: bool = False) -> None:
        """Throw away every answer of an owner, or of all ``others``."""
        with self._writing:
            with self._keeping:
                for name, (whose, _) in list(self._unwritten.items()):
                    if (whose == owner) != others:
                        del self._unwritten[name]
            with self._forgiving(), self._transaction() as connection:
                which = "owner <> ?" if others else "owner = ?"
                connection.execute(f"DELETE FROM answers WHERE {which}", (owner,))  # noqa: S608

    def read(self, name: str) -> Note:
        """Return a note; an empty one where there is none."""
        number = self._changes.number if self._changes is not None else 1
        known_at, until_s, notes = self._notes_read
        if number % 2 or number != known_at or time.monotonic() > until_s:
            notes = {}
            self._notes_read = number, time.monotonic() + NOTES_HOLD_S, notes
        note = notes.get(name)
        if note is None:
            note = {}
            with self._forgiving():
                reader = self._opened()[0]
                with self._reading:
                    note = _note(reader, name)
                if number % 2 == 0:
                    notes[name] = note
        return dict(note)

    def glance(self) -> bytes | None:
        """Return what is another one after each change of a note; it waits for nobody.

        None while one changes, or where that is not told.
        """
        number = 1
        with suppress(ValueError):  # it is closed
            number = self._changes.number if self._changes is not None else 1
        return None if number % 2 else number.to_bytes(8, "big")

    def change(self, name: str, change: Callable[[Note], T]) -> T:
        """Let ``change`` read and alter a note while nobody else does."""
        results: list[T] = []
        with self._forgiving(), self._noted(), self._transaction() as connection:
            note = _note(connection, name)
            results.append(change(note))
            connection.execute(
                "INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, json.dumps(note))
            )
        return results[0] if results else change({})

    @contextmanager
    def _noted(self) -> Iterator[None]:
        """Tell every process that a note changes."""
        with self._writing:
            self._opened()
            if self._changes is None:
                yield
                return
            self._changes.begin()
            try:
                yield
            finally:
                self._changes.end()

    @contextmanager
    def alone(self, name: str) -> Iterator[bool]:
        """Tell whether no other process is inside; one that dies is out.

        Threads of this process are not told apart.
        """
        digest = hashlib.sha256(name.encode()).digest()
        place = int.from_bytes(digest[:7], "big")
        try:
            locks = self._lock_file()
            fcntl.lockf(locks, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
        except (BlockingIOError, PermissionError):
            yield False
            return
        except OSError:  # no such file, or no locks on it: everybody is alone
            yield True
            return
        try:
            yield True
        finally:
            self._write()  # who waits outside looks for it now
            with suppress(OSError):
                fcntl.lockf(locks, fcntl.LOCK_UN, 1, place)

    def close(self) -> None:
        """Let go of the file."""
        self._write()
        with self._writing, self._reading:
            self._is_closed = True
            self._close_connections()
            if self._changes is not None:
                self._changes.close()
                self._changes = None
            if self._locks is not None:
                os.close(self._locks)
                self._locks = None

    def _close_connections(self) -> None:
        for connection in self._connections or ():
            connection.close()
        self._connections = None

    def _opened(self) -> tuple[sqlite3.Connection, sqlite3.Connection]:
        if self._connections is None:
            with self._writing:
                self._connections = self._connections or self._open()
        return self._connections

    def _open(self) -> tuple[sqlite3.Connection, sqlite3.Connection]:
        if self._is_closed:
            raise sqlite3.OperationalError("closed")
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _one_opens(self._path.parent):
            return self._open_alone()

    def _open_alone(self) -> tuple[sqlite3.Connection, sqlite3.Connection]:
        flags = os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW
        made = os.open(self._path, flags, 0o600)
        os.fchmod(made, 0o600)
        os.close(made)
        connections = _connection(self._path), _connection(self._path)
        writer = connections[1]
        if writer.execute("PRAGMA user_version").fetchone()[0] not in (0, _FORMAT):
            raise sqlite3.DatabaseError("of another version of the bridge")
        with _at_once(writer):
            for statement in _SCHEMA:
                writer.execute(statement)
            writer.execute(f"PRAGMA user_version = {_FORMAT}")
            if _note(writer, "boot") != {"boot": self._boot}:
                writer.execute("DELETE FROM notes")
                boot = json.dumps({"boot": self._boot})
                writer.execute("INSERT INTO notes VALUES ('boot', ?)", (boot,))
        if self._changes is None:
            with suppress(OSError, ValueError):  # without, notes are read each time
                self._changes = _Changes(self._lock_file())
        return connections

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._writing:
            connection = self._opened()[1]
            with _at_once(connection):
                yield connection

    @contextmanager
    def _forgiving(self) -> Iterator[None]:
        """Go on without the file; make it anew where it is none."""
        try:
            yield
        # locked, full, gone; or closed by another thread just now
        except (sqlite3.OperationalError, sqlite3.ProgrammingError, OSError) as error:
            self._warn(f"what upstream answers is not kept: {error}")
        except sqlite3.DatabaseError as error:
            self._warn(f"{self._path.name} is made anew: {error}")
            with self._writing, self._reading, suppress(OSError):
                self._close_connections()
                for ending in ("", "-wal", "-shm"):
                    Path(f"{self._path}{ending}").unlink(missing_ok=True)

    def _warn(self, trouble: str) -> None:
        if trouble != self._warned and not self._is_closed:  # once is enough
            logger.warning("%s", trouble)
        self._warned = trouble

    def _lock_file(self) -> int:
        # A file of its own: who closes SQLite's file loses SQLite's locks.
        if self._locks is None:
            with self._writing:
                flags = os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW
                path = f"{self._path}-locks"
                self._locks = self._locks or os.open(path, flags, 0o600)
        return self._locks


def open_shared(database_url: str, boot: str) -> SharedFile:
    """Return the file beside an SQLite database, or where one would be by default."""
    file = file_of(database_url) or _ELSEWHERE
    return SharedFile(file.with_suffix(".upstream.db"), boot)


def _connection(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=LOCK_WAIT_S, isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(f"PRAGMA max_page_count = {_LARGEST_FILE // _PAGE_BYTES}")
    connection.execute("PRAGMA journal_size_limit = 4194304")
    return connection


@contextmanager
def _one_opens(folder: Path) -> Iterator[None]:
    """Let workers that start at once open their files one after the other.

    SQLite does not wait for another one that switches to write-ahead logging too.
    """
    opening = os.open(folder, os.O_RDONLY)
    until_s = time.monotonic() + LOCK_WAIT_S
    try:
        while True:
            try:
                fcntl.flock(opening, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until_s:
                    raise
                time.sleep(_LOOK_EVERY_S)
        yield
    finally:
        os.close(opening)


@contextmanager
def _at_once(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _note(connection: sqlite3.Connection, name: str) -> Note:
    asked = "SELECT value FROM notes WHERE name = ?"
    with closing(connection.execute(asked, (name,))) as rows:
        row = rows.fetchone()
    try:
        note = json.loads(row[0]) if row else {}
    except ValueError:
        return {}
    return note if isinstance(note, dict) else {}
