"""Bringing a database to the state that ``tables`` describes. Forward only.

A migration is written by hand in ``versions``, named ``v0002_what_it_does.py``;
``bridge.store.HEAD`` names the newest, and tests compare the outcome with ``tables``.
On SQLite a table is changed by ``op.batch_alter_table``, which rebuilds it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from bridge.config import Config
from bridge.errors import ConfigError, DatabaseAway, StoreDown
from bridge.store.backends import PATIENCE_S, be_patient
from bridge.store.engine import Store, open_store
from bridge.store.tables import HEAD, VERSION

if TYPE_CHECKING:
    from alembic.config import Config as AlembicConfig

LOCK_KEY = 4_871_236_550_917  # PostgreSQL's advisory locks have numbers, not names


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


def migrate(store: Store) -> bool:
    """Bring an empty or older database up to date; tell if there was work to do.

    Several processes may start at once: one works, the others wait and find it done.
    At the newest state already it costs one SELECT, and Alembic is not imported.

    Raises
    ------
    DatabaseAway
        If the database cannot be opened, which may pass.
    ConfigError
        If it is newer than this code.
    """
    if version(store) == HEAD:
        return False
    try:
        with migrating(store) as connection:
            return _upgrade(connection)
    except StoreDown as error:
        raise DatabaseAway(
            f"DATABASE_URL: cannot open the {store.description} ({error.detail})"
        ) from error


def version(store: Store) -> str | None:
    """Return the revision that the database says it has; None for an empty one."""
    try:
        row = store.database.first(VERSION)
    except StoreDown:
        return None  # no such table; if it is something worse, migrating finds out
    return None if row is None else str(row.version_num)


@contextmanager
def migrating(store: Store) -> Iterator[Connection]:
    """Hold the one transaction in which the schema may change."""
    if store.database.is_sqlite:
        with store.database.connecting() as connection, _alone_in_file(connection):
            yield connection
        return
    with store.database.writing() as connection:
        be_patient(connection)
        # Held to the end of the transaction, so that it works through a pooler too.
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK_KEY})")
        yield connection


@contextmanager
def _alone_in_file(connection: Connection) -> Iterator[None]:
    connection.detach()  # closed at the end, and its pragmas with it
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {PATIENCE_S * 1000}")
    # Rebuilding a table drops the old one, and with foreign keys on that deletes
    # every row that points to it. Inside a transaction the pragma has no effect.
    connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    yield
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if orphans:
        raise ConfigError(f"the migration would leave {len(orphans)} rows orphaned")
    connection.commit()


def _upgrade(connection: Connection) -> bool:
    # Alembic costs 0.1 s: only a database that needs it pays.
    from alembic.migration import MigrationContext

    current = MigrationContext.configure(connection).get_current_revision()
    if current is not None and current not in _known():
        raise ConfigError(
            f"The database is newer than this bridge: it has revision {current}, and "
            f"this bridge knows them up to {HEAD}. Install the newer bridge again, or "
            "restore the backup that was made before it."
        )
    if current == HEAD:
        return False  # another process was faster
    upgrade(connection, "head")
    return True


def upgrade(connection: Connection, revision: str) -> None:
    """Bring the database of this transaction to ``revision``, or to ``head``."""
    from alembic import command

    command.upgrade(_alembic_config(connection), revision)


def require_known(revision: str) -> None:
    """Return if this code knows the revision of a backup.

    Raises
    ------
    ConfigError
        If it does not: the backup is newer.
    """
    if revision not in _known():
        raise ConfigError(
            f"The backup is newer than this bridge: it has revision {revision}, and "
            f"this bridge knows them up to {HEAD}. Update the bridge, then restore."
        )


def _known() -> set[str]:
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory.from_config(_alembic_config(None))
    return {script.revision for script in scripts.walk_revisions()}


def _alembic_config(connection: Connection | None) -> AlembicConfig:
    from alembic.config import Config as AlembicConfig

    config = AlembicConfig()
    config.set_main_option("script_location", "bridge.store:migrations")
    config.attributes["connection"] = connection
    return config
