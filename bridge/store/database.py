"""Reading and writing rows; the database's own failures end here."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, Row, Select, Table, Update
from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
)
from sqlalchemy.exc import (
    TimeoutError as PoolTimeout,
)

from bridge.errors import StoreDown
from bridge.store.backends import WRITES
from bridge.store.file import Glance, Spare, Watch

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite

_LOOK_EVERY_S = 60.0  # at every page of SQLite's file
_TRANSACTION = {"isolation_level": "READ COMMITTED"}


class Database:
    """One engine, seen as two: reads are single statements, writes transactions."""

    def __init__(self, engine: Engine) -> None:
        self.is_sqlite = engine.dialect.name == "sqlite"
        self.reader = engine
        self.spare = Spare(engine.url)
        self._watch = Watch(engine.url.database or "") if self.is_sqlite else None
        self.glance = Glance(engine.url.database or "") if self.is_sqlite else None
        self._next_look_s = 0.0
        options: dict[str, object] = {
            "preserve_rowcount": True,  # else PostgreSQL says -1 after an INSERT
            **({WRITES: True} if self.is_sqlite else _TRANSACTION),
        }
        self.writer = engine.execution_options(**options)

    def first(self, statement: Select[Any], **values: object) -> Row[Any] | None:
        """Return the first row, read without a transaction, or None."""
        with _named_failures(), self.reader.connect() as connection:
            return connection.execute(statement, values).first()

    def all(self, statement: Select[Any], **values: object) -> Sequence[Row[Any]]:
        """Return every row, read without a transaction."""
        with _named_failures(), self.reader.connect() as connection:
            return connection.execute(statement, values).all()

    def state(self) -> object:
        """Return what is another one as soon as anybody has written anything.

        None for PostgreSQL, which does not tell.

        Raises
        ------
        StoreDown
            If the file does not answer.
        """
        return None if self._watch is None else self._watch.state()

    @contextmanager
    def connecting(self) -> Iterator[Connection]:
        """Lend a connection that has begun nothing, for the work on the schema."""
        with _named_failures(), self.reader.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Hold one transaction: committed at the end, undone by an exception."""
        with _named_failures(), self.writer.begin() as connection:
            yield connection

    def insist(self, statement: Update) -> int:
        """Run one statement, on a full disk too; return how many rows it changed."""

        def write() -> int:
            with self.writing() as connection:
                return connection.execute(statement).rowcount

        return self.spare.insist(write)

    def check(self) -> None:
        """Return if a transaction that writes can begin, and SQLite's file is whole.

        Raises
        ------
        StoreDown
            If it cannot: locked, read-only, a full disk, a broken page.
        """
        with self.writing() as connection:
            if not self.is_sqlite:
                return
            # Writing a setting that is there already takes the way of every write.
            version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
            connection.exec_driver_sql(f"PRAGMA user_version = {int(version)}")
        if time.monotonic() >= self._next_look_s:
            with self.connecting() as connection:
                whole = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
            if whole != "ok":
                raise StoreDown(f"the file is damaged: {whole}")
            self._next_look_s = time.monotonic() + _LOOK_EVERY_S

    def insert(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        """Return this backend's INSERT, which knows ``on_conflict_do_…``."""
        # Only the dialect in use is imported: the other costs 20 ms at the start.
        if self.is_sqlite:
            from sqlalchemy.dialects import sqlite

            return sqlite.insert(table)
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table)

    def close(self) -> None:
        """Close every pooled connection; one in use closes when it is returned."""
        self.reader.dispose()
        if self._watch is not None:
            self._watch.close()


@contextmanager
def _named_failures() -> Iterator[None]:
    try:
        yield
    except (IntegrityError, DataError):
        raise  # the values are wrong, not the database
    except (DBAPIError, PoolTimeout) as error:
        reason = error.orig if isinstance(error, DBAPIError) else error
        raise StoreDown(f"{type(error).__name__}: {reason}") from error
