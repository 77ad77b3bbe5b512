"""Where SQLite's file is: read without SQLAlchemy, and as SQLAlchemy reads it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bridge.config import Config
from bridge.errors import ConfigError
from bridge.store.backends import read_address
from bridge.store.beside import file_of, folder_of
from bridge.store.file import is_current
from bridge.store.migrations import ready_store

FILES = [
    "sqlite:///data/bridge.db",
    "sqlite:////srv/bridge/bridge.db",
    "sqlite:///bridge.db",
    "  sqlite:///data/bridge.db\n",
    "sqlite:////home/Zoë Groß/my bridge/bridge.db",
    "sqlite:///../bridge.v2.db",
    "sqlite:////srv/50%25/bridge.db",
    "sqlite:////srv/a+b@c/bridge.db",
]


@pytest.mark.parametrize("url", FILES)
def test_the_file_is_the_one_that_sqlalchemy_opens(url: str) -> None:
    assert file_of(url) == Path(read_address(url).database or "")


def test_a_server_has_no_file_and_leaves_things_in_the_folder_data() -> None:
    for url in ("postgres://ana:hunter2@db/bridge", "postgresql:///bridge?host=/run"):
        assert file_of(url) is None
        assert folder_of(url) == Path("data")
    assert folder_of("sqlite:////srv/bridge/bridge.db") == Path("/srv/bridge")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite:///file:bridge.db",
        "sqlite:///bridge.db?mode=ro",
        "sqlite://host/bridge.db",
        "mysql://ana:hunter2@db/bridge",
        "sqlite:///bridge\x00.db",
        "sqlite:///data/\nbridge.db",
    ],
)
def test_an_address_that_cannot_be_used_is_refused(url: str) -> None:
    with pytest.raises(ConfigError) as refused:
        file_of(url)
    assert "hunter2" not in str(refused.value)


@pytest.fixture
def ready(tmp_path: Path) -> Path:
    """Return a file that was made and migrated."""
    file = tmp_path / "bridge.db"
    secret = "Zq8vJx2mT4nR7wK1cB5yH9dL3fG6sP0a"
    config = Config(secret_keys=(secret,), database_url=f"sqlite:///{file}")
    ready_store(config, datetime(2026, 11, 29, tzinfo=UTC)).close()
    return file


def test_a_file_that_was_made_ready_needs_no_work(ready: Path) -> None:
    assert is_current(ready)
    assert is_current(ready), "a look changes nothing"


def test_a_file_of_an_older_bridge_needs_work(ready: Path) -> None:
    with closing(sqlite3.connect(ready)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    assert not is_current(ready)


def test_a_file_without_the_room_beside_it_needs_work(ready: Path) -> None:
    ready.with_name("bridge.db-spare").write_bytes(b"")
    assert not is_current(ready)
    ready.with_name("bridge.db-spare").unlink()
    assert not is_current(ready)


def test_what_is_no_such_file_needs_work_and_is_not_made(ready: Path) -> None:
    ready.write_bytes(b"no database, and long enough to be one" * 100)
    assert not is_current(ready)
    other = ready.with_name("other.db")
    other.with_name("other.db-spare").write_bytes(bytes(300_000))
    assert not is_current(other)
    assert not other.exists()
