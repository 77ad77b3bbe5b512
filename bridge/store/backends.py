"""SQLite and PostgreSQL: which address means which, and how each is opened."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from bridge.errors import ConfigError, DatabaseAway, StoreDown
from bridge.store.file import LOCK_WAIT_S, open_file

STATEMENT_S = 3  # of PostgreSQL; ours are single rows
SILENCE_S = 4  # after which a PostgreSQL that says nothing at all is given up
PATIENCE_S = 60  # of a migration
WRITES = "bridge_writes"  # the execution option of a writing connection

POSTGRES_DRIVERS = {"postgres", "postgresql", "postgresql+psycopg"}
_SHAPES = "sqlite:///folder/bridge.db or postgresql://user:password@host:5432/name"


def read_address(database_url: str) -> URL:
    """Understand ``DATABASE_URL``.

    Returns
    -------
    URL
        With the driver name ``sqlite`` or ``postgresql+psycopg``.

    Raises
    ------
    ConfigError
        For anything else; the message never repeats the address, since a
        misplaced ``@`` or ``:`` can make any part of it the password.
    """
    text = database_url.strip()
    try:
        address = make_url(text if text.isprintable() else "")
    except (ArgumentError, ValueError):
        raise ConfigError(f"DATABASE_URL is malformed; write {_SHAPES}") from None
    if address.drivername in POSTGRES_DRIVERS:
        return _postgres_address(address, database_url)
    if address.drivername == "sqlite":
        return _sqlite_address(address)
    raise ConfigError(f"DATABASE_URL names an unknown database; write {_SHAPES}")


def describe(address: URL) -> str:
    """Name a database for people: no user, no password, no query."""
    if address.drivername == "sqlite":
        return f"SQLite file {address.database}"
    return f"PostgreSQL database {address.database} on {address.host or 'a socket'}"


def build_engine(address: URL) -> Engine:
    """Return an engine with a thread-safe pool; PostgreSQL is not connected yet."""
    if address.drivername == "sqlite":
        return _build_sqlite(address)
    return _build_postgres(address)


def _postgres_address(address: URL, database_url: str) -> URL:
    if database_url.count("@") > 1:
        raise ConfigError("DATABASE_URL: write an @ inside the password as %40")
    if not address.database:
        raise ConfigError("DATABASE_URL names no database: it ends with /name")
    return address.set(drivername="postgresql+psycopg")


def _sqlite_address(address: URL) -> URL:
    path = address.database or ""
    if address.host or address.query or path.startswith("file:"):
        raise ConfigError(f"DATABASE_URL is malformed; write {_SHAPES}")
    if path in ("", ":memory:"):
        raise ConfigError("DATABASE_URL: SQLite needs a file, memory forgets")
    return address


def _build_sqlite(address: URL) -> Engine:
    path = Path(address.database or "").absolute()
    # A connection is only a file handle: one for each of 64 threads, and a reader
    # never queues behind writers that wait for the lock.
    engine = create_engine(
        address,
        hide_parameters=True,
        pool_size=8,
        max_overflow=56,
        pool_timeout=LOCK_WAIT_S,
        creator=_sqlite_opener(path),
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "checkout", _sqlite_guard(path))
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _sqlite_opener(path: Path) -> Callable[[], sqlite3.Connection]:
    # mode=rw: a file that is not there (a disk that is mounted late, a restore that
    # is under way) is a failure that passes, and no reason for an empty database.
    return lambda: open_file(path)


def _sqlite_guard(path: Path) -> Callable[..., None]:
    """Refuse a connection to a file that was replaced or deleted since.

    Such a connection would go on reading and writing a file that nobody sees.
    """

    def check(_connection: Any, entry: ConnectionPoolEntry, _proxy: Any) -> None:
        try:
            status = path.stat()
        except OSError as error:
            entry.invalidate()
            raise StoreDown(f"{path} is gone: {error.strerror}") from error
        identity = (status.st_dev, status.st_ino)
        if entry.info.setdefault("identity", identity) != identity:
            raise DisconnectionError(f"{path} was replaced")

    return check


def make_file(address: URL) -> None:
    """Create SQLite's folder and file, for the owner alone; nothing for PostgreSQL.

    Raises
    ------
    DatabaseAway
        If this user may not write there, or the disk is not mounted yet.
    """
    if address.drivername == "sqlite":
        _make_file(Path(address.database or ""))


def _make_file(path: Path) -> None:
    """Create folder and file for the owner alone: tokens' rows and keys live here."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        with path.open("r+b"):
            pass
    except OSError as error:
        raise DatabaseAway(
            f"DATABASE_URL: cannot write {path} ({error.strerror}). "
            "Choose another folder, or give this user the right to write there."
        ) from error


def _prepare_sqlite(connection: Any, _entry: ConnectionPoolEntry) -> None:
    # The driver would begin by itself, deferred, and only before some statements.
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    # FULL waits for the disk at each commit. NORMAL outlives a killed process as
    # well, but not a power cut, and a revocation must. Writes are few.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    # IMMEDIATE takes the lock first and waits for it; a deferred transaction that
    # turns from reading to writing fails at once when another one wrote meanwhile.
    if connection.get_execution_options().get(WRITES):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _build_postgres(address: URL) -> Engine:
    # Two workers stay below the 20 connections of the smallest hosted databases.
    try:
        engine = create_engine(
            address,
            hide_parameters=True,
            isolation_level="AUTOCOMMIT",  # reads; a write asks for its transaction
            skip_autocommit_rollback=True,
            pool_size=4,
            max_overflow=4,
            pool_timeout=LOCK_WAIT_S,
            pool_pre_ping=True,  # hosted databases restart; no request should notice
            pool_use_lifo=True,
            connect_args=_postgres_options(address),
        )
    except ImportError:
        raise ConfigError(
            "DATABASE_URL names PostgreSQL, whose driver is missing. "
            "In the folder of the bridge, run: make install"
        ) from None
    event.listen(engine, "connect", _prepare_postgres)
    event.listen(engine, "do_connect", _connect_bounded)
    event.listen(engine, "checkin", _forget_patience)
    return engine


def _prepare_postgres(connection: Any, _entry: ConnectionPoolEntry) -> None:
    # Not in the startup packet: poolers refuse parameters they do not know.
    with connection.cursor() as cursor:
        cursor.execute(f"SET statement_timeout = {STATEMENT_S * 1000}")
        cursor.execute(f"SET lock_timeout = {STATEMENT_S * 1000}")
    connection.commit()


def _connect_bounded(
    _dialect: Any, _entry: ConnectionPoolEntry, arguments: Any, options: Any
) -> Any:
    """Open a connection that gives a silent server up.

    The server's own time-outs need a server that runs, and TCP's see nothing while its
    kernel still acknowledges: frozen, or behind a dead link.
    """
    import psycopg

    class Bounded(psycopg.Connection[Any]):
        silence_s = SILENCE_S

        def wait(
            self, gen: Any, interval: float = 0.1, timeout: float | None = None
        ) -> Any:
            try:
                return super().wait(gen, interval, timeout or self.silence_s)
            except psycopg.OperationalError:
                status = self.pgconn.transaction_status
                if status == psycopg.pq.TransactionStatus.ACTIVE:  # it says nothing
                    self.pgconn.finish()
                raise

    return Bounded.connect(*arguments, **options)


def _forget_patience(connection: Any, _entry: ConnectionPoolEntry) -> None:
    if connection is not None:
        connection.silence_s = SILENCE_S


def be_patient(connection: Connection) -> None:
    """Let this transaction's statements take as long as a migration may."""
    driver: Any = connection.connection.driver_connection
    driver.silence_s = PATIENCE_S
    connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = {PATIENCE_S * 1000}")


def _postgres_options(address: URL) -> dict[str, int | None]:
    options: dict[str, int | None] = {
        "prepare_threshold": None,  # poolers hand a connection from client to client
        "connect_timeout": STATEMENT_S,
        "keepalives_idle": LOCK_WAIT_S,  # a server that vanished is noticed
        "keepalives_interval": 2,
        "keepalives_count": 2,
        "tcp_user_timeout": 1000 * LOCK_WAIT_S,
    }
    return {name: value for name, value in options.items() if name not in address.query}
