"""Opening the store: one object with a small class for each thing kept."""

from __future__ import annotations

import threading
import time
from datetime import datetime

from bridge.errors import StoreDown
from bridge.store.asking.habits import Habits
from bridge.store.asking.questions import Questions
from bridge.store.athletes import OWNER, Athletes
from bridge.store.backends import build_engine, describe, make_file, read_address
from bridge.store.changes import Changes
from bridge.store.codes import Codes
from bridge.store.database import Database
from bridge.store.devices import Devices
from bridge.store.facts import Facts
from bridge.store.journal import Journal
from bridge.store.outbox import Outbox
from bridge.store.replays import Replays
from bridge.store.tables import HEAD, VERSION
from bridge.store.views import Views

_LOOK_EVERY_S = 1.0  # at a database that is not ready


class Store:
    """Everything the bridge remembers. Safe to share between threads, not forks."""

    def __init__(self, database: Database, description: str) -> None:
        self.database = database
        self.description = description  # for people; without user and password
        self.athletes = Athletes(database)
        self.devices = Devices(database)
        self.changes = Changes(database)
        self.codes = Codes(database)
        self.journal = Journal(database)
        self.replays = Replays(database)
        self.questions = Questions(database)
        self.habits = Habits(database)
        self.views = Views(database)
        self.facts = Facts(database)
        self.outbox = Outbox(database)
        self._is_ready = False
        self._next_look_s = 0.0
        self._looking = threading.Lock()

    def require_ready(self, athlete_id: str, now: datetime) -> None:
        """Return if the database has this code's schema and the owner's account.

        It costs nothing once it was so. A database that is away, or is migrated only
        now, fails this one request: the process lives and looks again.

        Raises
        ------
        StoreDown
            If it is not ready yet; it is asked at most once a second.
        """
        if not self._is_ready:
            with self._looking:  # who comes at the same moment waits for this look
                self._look(athlete_id, now)

    def _look(self, athlete_id: str, now: datetime) -> None:
        if self._is_ready:
            return
        if time.monotonic() < self._next_look_s:
            raise StoreDown("the database was not ready a moment ago")
        self._next_look_s = time.monotonic() + _LOOK_EVERY_S
        row = self.database.first(VERSION)
        if row is None or str(row.version_num) != HEAD:
            raise StoreDown("the database waits for its migration")
        self.athletes.ensure(athlete_id, now, OWNER)
        self._is_ready = True

    def ping(self) -> None:
        """Return if the database answers.

        Raises
        ------
        StoreDown
            If it does not.
        """
        # SELECT 1 is answered by SQLite without looking at the file.
        self.database.first(VERSION)

    def check(self) -> None:
        """Return if the database answers, can be written, and is whole.

        Raises
        ------
        StoreDown
            If it does not answer, is locked or read-only, its disk is full, or a page
            of its file is broken.
        """
        self.ping()
        self.database.check()

    def close(self) -> None:
        """Give all connections back."""
        self.database.close()


def open_store(database_url: str, *, create: bool = True) -> Store:
    """Open a store; ``migrate`` must have seen it once before it is used.

    PostgreSQL is not asked yet, and neither is a file of SQLite's.

    Parameters
    ----------
    database_url
        ``sqlite:///relative/path``, ``sqlite:////absolute/path`` or
        ``postgresql://…`` (also ``postgres://…``).
    create
        Whether folder and file of SQLite are made where there are none, for their
        owner alone.

    Raises
    ------
    ConfigError
        If the address cannot be used; never shows its password.
    """
    address = read_address(database_url)
    if create:
        make_file(address)
    return Store(Database(build_engine(address)), describe(address))
