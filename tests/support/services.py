"""Real services for tests, started here and stopped at the end.

A plugin, as ``tests/conftest.py`` names it. Fixtures: ``postgres`` (one server for each
process of the test run); of each backend in turn ``database_url`` (an empty database),
``ready_url`` (one at the newest migration, nobody in it) and ``store`` (that one
opened, with the owner in it). PYTEST_DONT_REWRITE: there are no assertions here, and
so the module can be imported for its functions before it is a plugin.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from bridge.store.athletes import OWNER
from bridge.store.engine import Store, open_store
from bridge.store.migrations import migrate
from bridge.store.tables import metadata
from tests.support.lacking import require_binary

SINCE = datetime(2026, 11, 23, 7, 5, 30, tzinfo=UTC)
START_S = 60  # two cores, and a whole test run beside us


def free_port() -> int:
    """Return a loopback port that nobody listens on at this moment."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def stop(process: subprocess.Popen[bytes], how: signal.Signals) -> None:
    """Ask a process of ours to end, and see that it does."""
    if process.poll() is None:
        process.send_signal(how)
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@dataclass(kw_only=True)
class Postgres:
    """A running server with an empty database for whoever asks."""

    port: int
    password: str = field(repr=False)
    made: int = 0

    def url(self, database: str) -> str:
        """Return the address as an operator would set it, password escaped."""
        password = quote(self.password, safe="")
        return f"postgres://postgres:{password}@127.0.0.1:{self.port}/{database}"

    def empty_database(self) -> str:
        """Make a database and return its address."""
        self.made += 1
        name = f"bridge_{self.made}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        return self.url(name)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Start PostgreSQL; each worker of a parallel run has its own."""
    initdb = require_binary("initdb", "postgresql")
    # Not pytest's folder: it is closed to the user postgres, whom the server needs
    # where we are root.
    folder = Path(tempfile.mkdtemp(prefix="bridge-postgres-"))
    try:
        with _running(initdb.resolve().parent, folder) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of an empty database, of each backend in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/bridge.db"
    server: Postgres = request.getfixturevalue("postgres")
    return server.empty_database()


@cache
def migrated_database() -> bytes:
    """Return an SQLite database at the newest migration, made once and then copied."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "bridge.db")
        _migrate(f"sqlite:///{file}")
        return file.read_bytes()


@pytest.fixture(scope="session")
def migrated() -> bytes:
    """Return the bytes of a database at the newest migration, nobody in it."""
    return migrated_database()


@pytest.fixture(scope="session")
def migrated_postgres(postgres: Postgres) -> str:
    """Return the address of a database that is emptied for one test after another."""
    address = postgres.empty_database()
    _migrate(address)
    return address


@pytest.fixture(params=["sqlite", "postgres"])
def ready_url(request: pytest.FixtureRequest, migrated: bytes, tmp_path: Path) -> str:
    """Return the address of a migrated database, of each backend in turn."""
    if request.param == "sqlite":
        (tmp_path / "bridge.db").write_bytes(migrated)
        return f"sqlite:///{tmp_path}/bridge.db"
    address: str = request.getfixturevalue("migrated_postgres")
    tables = ", ".join(table.name for table in metadata.sorted_tables)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"TRUNCATE {tables} RESTART IDENTITY CASCADE".encode())
    return address


@pytest.fixture
def store(ready_url: str) -> Iterator[Store]:
    """Open a store of each backend in turn, with the owner in it since ``SINCE``."""
    store = open_store(ready_url)
    store.athletes.ensure("0", SINCE, OWNER)
    yield store
    store.close()


def _migrate(address: str) -> None:
    store = open_store(address)
    migrate(store)
    store.close()


@contextmanager
def _running(programs: Path, folder: Path) -> Iterator[Postgres]:
    password = f"p@ss/w:rd%{secrets.token_hex(8)}"
    _initialise(programs, folder, password)
    server = Postgres(port=free_port(), password=password)
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [
                *_as_postgres(),
                str(programs / "postgres"),
                *("-D", str(folder / "data"), "-k", str(folder)),
                *("-h", "127.0.0.1", "-p", str(server.port)),
                *("-c", "fsync=off", "-c", "shared_buffers=16MB"),
            ],
            stdout=log,
            stderr=log,
            cwd=folder,
        )
    try:
        _wait_until_ready(server, process, folder / "log")
        yield server
    finally:
        stop(process, signal.SIGINT)  # disconnects everybody, unlike SIGTERM


def _initialise(programs: Path, folder: Path, password: str) -> None:
    secret = folder / "password"
    secret.write_text(password)
    if os.geteuid() == 0:
        for path in (folder, secret):
            shutil.chown(path, "postgres", "postgres")
    subprocess.run(
        [
            *_as_postgres(),
            str(programs / "initdb"),
            *("-D", str(folder / "data"), "-U", "postgres", "--pwfile", str(secret)),
            *("--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C"),
            "--no-sync",
        ],
        check=True,
        capture_output=True,
        cwd=folder,
    )


def _as_postgres() -> list[str]:
    """Return a prefix: PostgreSQL refuses root, and must not outlive a killed run."""
    user = "--reuid=postgres --regid=postgres --clear-groups" if _is_root() else ""
    return ["setpriv", "--pdeathsig=INT", *user.split()]


def _is_root() -> bool:
    return os.geteuid() == 0


def _wait_until_ready(
    server: Postgres, process: subprocess.Popen[bytes], log: Path
) -> None:
    deadline = time.monotonic() + START_S
    while True:
        try:
            psycopg.connect(server.url("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError as error:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(log.read_text()[-2000:]) from error
            time.sleep(0.05)
        else:
            return
