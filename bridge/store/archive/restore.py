"""Putting a backup in the place of a database: all of it, or nothing."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, MetaData, inspect

from bridge.errors import ConfigError
from bridge.store.archive.lines import (
    Head,
    Rows,
    check_whole,
    read_tables,
    sync_folder,
)
from bridge.store.backends import read_address
from bridge.store.engine import open_store
from bridge.store.migrations import migrating, require_known, upgrade
from bridge.store.tables import metadata

_AT_ONCE = 500  # rows
_LOCK_WAIT_S = 5.0


@dataclass(frozen=True, kw_only=True)
class Restored:
    """What became of a restore; ``kept`` is the file that was replaced, if any."""

    head: Head
    rows: int
    kept: Path | None = None


def has_database(database_url: str) -> bool:
    """Tell whether something is there that a restore would replace."""
    address = read_address(database_url)
    if address.drivername == "sqlite":
        path = Path(address.database or "")
        return path.exists() and path.stat().st_size > 0
    store = open_store(database_url)
    try:
        with store.database.connecting() as connection:
            return inspect(connection).has_table("alembic_version")
    finally:
        store.close()


def restore(path: Path, database_url: str, now: datetime) -> Restored:
    """Replace the database with a backup, brought to the schema of this bridge.

    SQLite's old file stays beside the new one under another name. PostgreSQL is
    replaced in one transaction: who calls keeps a backup of it before.

    Raises
    ------
    ConfigError
        If the backup is not whole, or newer than this bridge, or the file is in use.
    """
    head, count = check_whole(path)
    require_known(head.schema)
    address = read_address(database_url)
    if address.drivername != "sqlite":
        _fill(database_url, path, head)
        return Restored(head=head, rows=count)
    kept = _replace_file(Path(address.database or "").absolute(), path, head, now)
    return Restored(head=head, rows=count, kept=kept)


def _replace_file(target: Path, path: Path, head: Head, now: datetime) -> Path | None:
    fresh = target.with_name(f"{target.name}.restoring")
    _remove(fresh)
    try:
        _fill(f"sqlite:///{fresh}", path, head)
        with closing(sqlite3.connect(fresh)) as connection:
            connection.execute(
                "PRAGMA journal_mode = DELETE"
            )  # one file, nothing beside
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if found != "ok":
            raise ConfigError(f"The restored file is damaged: {found}")
        with fresh.open("rb") as file:
            os.fsync(file.fileno())
        kept = _take_place(fresh, target, now)
    finally:
        _remove(fresh)
    sync_folder(target.parent)
    return kept


def _take_place(fresh: Path, target: Path, now: datetime) -> Path | None:
    """Move ``fresh`` over ``target`` while nobody has that open; keep the old one."""
    if not target.exists():
        fresh.replace(target)
        return None
    kept = target.with_name(f"{target.name}.before-{now:%Y%m%d-%H%M%S}")
    in_use = ConfigError(
        f"The bridge still runs on {target}. Stop it, then restore again."
    )
    with closing(
        sqlite3.connect(target, timeout=_LOCK_WAIT_S, isolation_level=None)
    ) as old:
        try:
            # Works only where nobody else is there; the log beside the file goes, which
            # would be taken for one of the new file's.
            mode = old.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
            old.execute("BEGIN EXCLUSIVE")  # whoever comes now waits
        except sqlite3.OperationalError as error:
            raise in_use from error
        except sqlite3.DatabaseError:
            mode = "delete"  # it is damaged: a reason to restore
        if mode != "delete":
            raise in_use
        os.link(target, kept)
        fresh.replace(target)
    with suppress(OSError):
        Path(f"{target}-journal").unlink()
    return kept


def _fill(database_url: str, path: Path, head: Head) -> None:
    store = open_store(database_url)
    try:
        with migrating(store) as connection:
            _drop_all(connection)
            upgrade(connection, head.schema)
            tables = MetaData()
            tables.reflect(connection)
            for rows in read_tables(path):
                _insert(connection, tables, rows)
            upgrade(connection, "head")
    finally:
        store.close()


def _drop_all(connection: Connection) -> None:
    """Drop our tables, and what hangs on them; others may live in the database too."""
    found = MetaData()
    found.reflect(connection)
    ours = {*metadata.tables, "alembic_version"}
    for table in found.sorted_tables:  # each after those it points to
        if any(key.column.table.name in ours for key in table.foreign_keys):
            ours.add(table.name)
    found.drop_all(connection, [t for t in found.sorted_tables if t.name in ours])


def _insert(connection: Connection, tables: MetaData, rows: Rows) -> None:
    table, columns = tables.tables[rows.table], list(rows.columns)
    each = iter(rows.rows)
    while some := list(islice(each, _AT_ONCE)):
        connection.execute(table.insert(), [_named(columns, row) for row in some])


def _named(columns: Sequence[str], row: Sequence[object]) -> dict[str, object]:
    return dict(zip(columns, row, strict=True))


def _remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        Path(f"{path}{ending}").unlink(missing_ok=True)
