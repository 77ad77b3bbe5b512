"""Whether a file of SQLite's was written is told without a question to SQLite."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bridge.store.file import MOST_INDEXES, Glance

WRITE = "INSERT INTO t VALUES (1)"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "some.db"


@pytest.fixture
def database(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(_opened(path)) as connection:
        yield connection


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, timeout=0.1)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE IF NOT EXISTS t (n)")
    return connection


@pytest.fixture
def glance(path: Path, database: sqlite3.Connection) -> Glance:
    del database
    glance = Glance(path)
    glance.find()
    return glance


def write_elsewhere(path: Path) -> subprocess.CompletedProcess[str]:
    """Write in a process of its own."""
    text = f"import sqlite3; c = sqlite3.connect({str(path)!r}, timeout=0.1);"
    text += f"c.execute({WRITE!r}); c.commit()"
    command = [sys.executable, "-c", text]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_it_is_another_one_after_each_commit(
    glance: Glance, database: sqlite3.Connection, path: Path
) -> None:
    writes: dict[str, Callable[[], object]] = {
        "here": lambda: database.execute(WRITE),
        "here again": lambda: database.execute(WRITE),
        "elsewhere": lambda: write_elsewhere(path).check_returncode(),
        "from the start of the log": lambda: (
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)"),
            database.execute(WRITE),
        ),
    }
    seen = {glance.read()}
    assert None not in seen
    for how, write in writes.items():
        assert glance.read() in seen
        write()
        assert glance.read() not in seen, how
        seen.add(glance.read())


def test_it_is_the_same_while_nobody_commits(
    glance: Glance, database: sqlite3.Connection
) -> None:
    before = glance.read()
    database.execute("SELECT * FROM t").fetchall()
    database.execute("BEGIN IMMEDIATE")
    database.execute(WRITE)
    assert glance.read() == before
    database.execute("ROLLBACK")
    assert glance.read() == before


def test_sqlite_keeps_its_locks_meanwhile(
    glance: Glance, database: sqlite3.Connection, path: Path
) -> None:
    database.execute("BEGIN IMMEDIATE")
    for _ in range(3):
        glance.find()
        glance.read()
    assert "locked" in write_elsewhere(path).stderr
    database.execute("COMMIT")
    assert write_elsewhere(path).returncode == 0


def test_a_file_in_the_place_of_this_one_is_found(
    glance: Glance, database: sqlite3.Connection, path: Path
) -> None:
    before = glance.read()
    for ending in ("", "-wal", "-shm"):
        Path(f"{path}{ending}").rename(f"{path}.old{ending}")
    with closing(_opened(path)) as other:
        glance.find()
        assert glance.read() != before
        seen = glance.read()
        database.execute(WRITE)  # of the old one
        assert glance.read() == seen
        other.execute(WRITE)
        assert glance.read() != seen


def test_without_an_index_nothing_is_told(path: Path) -> None:
    glance = Glance(path)
    glance.find()
    assert glance.read() is None
    Path(f"{path}-shm").write_bytes(bytes(32768))
    glance.find()
    assert glance.read() is None


def test_of_a_file_that_is_replaced_without_end_nothing_is_told(path: Path) -> None:
    glance, index = Glance(path), Path(f"{path}-shm")
    read = []
    for number in range(MOST_INDEXES + 2):
        other = index.with_suffix(f".{number}")
        other.write_bytes(bytes([number + 1]) * 200)
        other.replace(index)
        glance.find()
        read.append(glance.read())
    assert None not in read[:MOST_INDEXES]
    assert read[MOST_INDEXES:] == [None, None]
