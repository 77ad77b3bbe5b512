"""Opening the store: one object with a small class for each thing kept."""

from __future__ import annotations

from bridge.store.athletes import Athletes
from bridge.store.backends import build_engine, describe, read_address
from bridge.store.codes import Codes
from bridge.store.database import Database
from bridge.store.devices import Devices
from bridge.store.journal import Journal
from bridge.store.replays import Replays
from bridge.store.tables import VERSION


class Store:
    """Everything the bridge remembers. Safe to share between threads, not forks."""

    def __init__(self, database: Database, description: str) -> None:
        self.database = database
        self.description = description  # for people; without user and password
        self.athletes = Athletes(database)
        self.devices = Devices(database)
        self.codes = Codes(database)
        self.journal = Journal(database)
        self.replays = Replays(database)

    def ping(self) -> None:
        """Return if the database answers.

        Raises
        ------
        StoreDown
            If it does not.
        """
        # SELECT 1 is answered by SQLite without looking at the file.
        self.database.first(VERSION)

    def close(self) -> None:
        """Give all connections back."""
        self.database.close()


def open_store(database_url: str) -> Store:
    """Open a store; ``migrate`` must have seen it once before it is used.

    Parameters
    ----------
    database_url
        ``sqlite:///relative/path``, ``sqlite:////absolute/path`` or
        ``postgresql://…`` (also ``postgres://…``). Folder and file of SQLite are
        created, for their owner alone.

    Raises
    ------
    ConfigError
        If the address cannot be used; never shows its password.
    """
    address = read_address(database_url)
    return Store(Database(build_engine(address)), describe(address))
