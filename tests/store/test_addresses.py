"""``DATABASE_URL``: what is understood, what is refused, and what is never shown."""

from __future__ import annotations

import stat
import subprocess
import sys
import traceback
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bridge.errors import ConfigError
from bridge.store.backends import describe, read_address
from bridge.store.engine import open_store

ROOT = Path(__file__).parents[2]
PASSWORD = "hunter2"


@pytest.mark.parametrize(
    ("database_url", "database"),
    [
        ("sqlite:///data/bridge.db", "data/bridge.db"),
        ("sqlite:////var/lib/bridge.db", "/var/lib/bridge.db"),
        (" sqlite:///data/bridge.db\n", "data/bridge.db"),
    ],
)
def test_an_sqlite_address_names_a_file(database_url: str, database: str) -> None:
    address = read_address(database_url)
    assert (address.drivername, address.database) == ("sqlite", database)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_is_understood(scheme: str) -> None:
    address = read_address(
        f"{scheme}://ana:p%40ss@db.example:6432/bridge?sslmode=require"
    )
    assert address.drivername == "postgresql+psycopg"
    assert (address.host, address.port, address.database) == (
        "db.example",
        6432,
        "bridge",
    )
    assert (address.username, address.password) == ("ana", "p@ss")
    assert address.query == {"sslmode": "require"}


@pytest.mark.parametrize(
    "database_url",
    [
        *("", "bridge.db", "/var/lib/bridge.db", "://", "sqlite", "sqlite://"),
        *("sqlite:///", "sqlite:///:memory:", "sqlite://host/file.db"),
        *("sqlite:///file:x?uri=true", "sqlite:///x.db?timeout=1"),
        *("sqlite+aiosqlite:///x.db", "mysql://ana:hunter2@db/bridge"),
        *("postgresql+psycopg2://ana:hunter2@db/bridge", "postgres://ana:hunter2@db"),
        *("postgres://ana:hunter2", "postgres://ana:hunter2@db:port/bridge"),
        *("postgres://ana:x@hunter2@db/bridge", "postgres://ana:x@/hunter2@db/bridge"),
        *("postgres://ana:x@?hunter2@db/bridge", "postgres:/ana:hunter2@db/bridge"),
        *("sqlite:///nul\x00.db", "postgres://ana:hunter2@d\nb/bridge"),
    ],
)
def test_another_address_is_refused_without_showing_it(database_url: str) -> None:
    with pytest.raises(ConfigError) as refused:
        open_store(database_url)
    assert "DATABASE_URL" in refused.value.detail
    assert PASSWORD not in "".join(traceback.format_exception(refused.value))


@given(st.text(max_size=80))
@example("postgres://[::1/x")
@example("postgres://u:p@h:99999999999999999999/x")
def test_any_text_is_an_address_or_a_configuration_error(text: str) -> None:
    try:
        address = read_address(text)
    except ConfigError:
        return
    assert address.drivername in {"sqlite", "postgresql+psycopg"}


def test_a_description_shows_neither_user_nor_password_nor_options() -> None:
    address = read_address(
        f"postgres://ana:{PASSWORD}@db.example/bridge?password={PASSWORD}"
    )
    assert describe(address) == "PostgreSQL database bridge on db.example"
    socket = read_address("postgresql:///bridge?host=/run/postgresql")
    assert describe(socket) == "PostgreSQL database bridge on a socket"


def test_folder_and_file_are_made_for_their_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "data" / "bridge.db"
    store = open_store(f"sqlite:///{path}")
    with store.database.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE something (x)")
    modes = {
        stat.S_IMODE(each.stat().st_mode)
        for each in (path, *path.parent.glob("bridge.db-*"))
    }
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert modes == {0o600}
    store.close()


def test_a_file_that_is_there_keeps_its_content(tmp_path: Path) -> None:
    database_url = f"sqlite:///{tmp_path}/bridge.db"
    for _ in range(2):
        store = open_store(database_url)
        with store.database.writing() as connection:
            connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS kept (x)")
            connection.exec_driver_sql("INSERT INTO kept VALUES (1)")
            rows = connection.exec_driver_sql("SELECT count(*) FROM kept").scalar()
        store.close()
    assert rows == 2


def test_a_path_that_cannot_be_written_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path, tmp_path / "file" / "bridge.db"):
        with pytest.raises(ConfigError, match="Choose another folder"):
            open_store(f"sqlite:///{path}")


def test_sqlite_waits_for_the_disk_and_for_the_lock(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/bridge.db")
    with store.database.connecting() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,  # FULL
        "foreign_keys": 1,
        "busy_timeout": 5000,
    }
    store.close()


def test_without_its_driver_postgresql_is_refused_by_the_name_of_the_extra() -> None:
    code = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from bridge.errors import ConfigError\n"
        "from bridge.store.engine import open_store\n"
        "try: open_store('postgres://ana:hunter2@db/bridge')\n"
        "except ConfigError as error: sys.stdout.write(error.detail)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert done.stderr == ""
    assert "make install" in done.stdout
    assert PASSWORD not in done.stdout


def test_importing_the_package_costs_no_sqlalchemy() -> None:
    code = "import sys, bridge.store; sys.exit('sqlalchemy' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
