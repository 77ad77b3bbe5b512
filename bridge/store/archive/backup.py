"""Making a backup of a database that others write to meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, column, select, table

from bridge.errors import StoreDown
from bridge.store.archive.lines import Head, Rows, check_whole, write_backup
from bridge.store.database import Database
from bridge.store.engine import Store
from bridge.store.tables import HEAD, metadata

# Of no use without the secret key, or opens something by itself.
_SECRET_TABLES = frozenset({"codes", "channels", "outbox"})
_SECRET_COLUMNS = frozenset({"sealed_key", "sealed_vapid_key", "vapid_public"})
_AT_ONCE = 500  # rows


def back_up(store: Store, path: Path, head: Head) -> int:
    """Write all tables to ``path`` as they are at one moment; return the rows' number.

    Nobody waits for it: it reads in one transaction, and others go on writing. What was
    written is read again at the end.

    Raises
    ------
    StoreDown
        If the database does not answer, or its file is damaged.
    """
    with _one_moment(store.database) as connection:
        head = replace(head, schema=HEAD)
        tables = (
            _rows_of(connection, each, with_secrets=head.with_secrets)
            for each in metadata.sorted_tables
            if head.with_secrets or each.name not in _SECRET_TABLES
        )
        count = write_backup(path, head, tables)
    check_whole(path)
    return count


@contextmanager
def _one_moment(database: Database) -> Iterator[Connection]:
    with database.connecting() as connection:
        if database.is_sqlite:
            connection.exec_driver_sql("BEGIN")
            found = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one()
            if found != "ok":
                raise StoreDown(f"the file is damaged: {found}. Restore a backup")
        else:
            connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection
        connection.rollback()


def _rows_of(connection: Connection, source: Table, *, with_secrets: bool) -> Rows:
    names = [each.name for each in source.columns]
    # without types: instants stay the numbers that they are in the database
    asked: Any = select(*map(column, names)).select_from(table(source.name))
    found = connection.execution_options(yield_per=_AT_ONCE).execute(asked)
    hidden = set() if with_secrets else _SECRET_COLUMNS & set(names)
    places = [names.index(name) for name in hidden]
    return Rows(
        table=source.name,
        columns=names,
        rows=(_without(row, places) for row in found),
    )


def _without(row: Sequence[Any], places: Sequence[int]) -> list[Any]:
    values = list(row)
    for place in places:
        values[place] = None
    return values
