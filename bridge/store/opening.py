"""Opening the store ready for use: migrated, with the owner's account in it."""

from __future__ import annotations

from datetime import datetime

from bridge.config import Config
from bridge.store.engine import Store, open_store
from bridge.store.migrations import migrate


def ready_store(config: Config, now: datetime) -> Store:
    """Open, migrate and return the store the settings name.

    Raises
    ------
    DatabaseAway
        If the database cannot be opened, which may pass.
    ConfigError
        If it cannot be used at all.
    """
    store = open_store(config.database_url)
    migrate(store)
    store.require_ready(config.athlete_id, now)
    store.database.spare.keep()
    return store
