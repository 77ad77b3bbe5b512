"""A database that is away for a moment ends no server."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from contextlib import suppress
from pathlib import Path

import pytest
import requests
from sqlalchemy import func, select

from bridge.errors import StoreDown
from bridge.store.engine import open_store
from bridge.store.migrations import migrate, migrating
from tests.support.live import (
    PROGRAM,
    Operator,
    Started,
    Upstream,
    serving,
    settings_for,
)
from tests.support.services import Postgres, free_port

pytestmark = pytest.mark.xdist_group("live_http")


def status_of(url: str) -> int:
    try:
        return requests.get(url, timeout=10).status_code
    except requests.ConnectionError:
        return 0


def wait_until(url: str, status: int, started: Started) -> None:
    deadline = time.monotonic() + 40
    while (seen := status_of(url)) != status:
        assert time.monotonic() < deadline, f"{seen}: {started.output()[-2000:]}"
        time.sleep(0.2)


@pytest.mark.slow
def test_a_bridge_starts_before_its_database_and_finds_it(
    upstream: Upstream, tmp_path: Path
) -> None:
    late = tmp_path / "late"
    late.touch()  # a disk that is not mounted: no folder can be made here
    settings = settings_for(upstream, tmp_path) | {
        "DATABASE_URL": f"sqlite:///{late}/bridge.db",
        "PORT": str(free_port()),
    }
    operator = Operator(folder=tmp_path, settings=settings)
    url = f"http://127.0.0.1:{settings['PORT']}"
    with operator.starting(str(PROGRAM), "serve") as started:
        started.wait_for_address(url)
        assert status_of(f"{url}/readyz") == 503
        assert requests.get(f"{url}/v1/fitness", timeout=10).json()["status"] == "error"
        late.unlink()
        late.mkdir()
        wait_until(f"{url}/readyz", 200, started)
        token = operator.let_in()["token"]
        answer = requests.get(
            f"{url}/v1/fitness",
            headers={"Authorization": f"Bearer {token}"},
            timeout=10,
        )
        assert answer.status_code == 200
        assert "Traceback" not in started.output()


@pytest.mark.slow
def test_a_worker_that_starts_meanwhile_waits_and_the_others_live(
    upstream: Upstream, tmp_path: Path
) -> None:
    with serving(upstream, tmp_path, "--workers", "2") as served:
        path, aside = tmp_path / "bridge.db", tmp_path / "aside.db"
        path.rename(aside)
        workers = [
            pid
            for pid in served.started.left_behind()
            if pid != served.started.process.pid
        ]
        os.kill(workers[0], signal.SIGKILL)
        time.sleep(2)
        assert served.started.process.poll() is None
        assert status_of(f"{served.url}/readyz") == 503
        assert status_of(f"{served.url}/healthz") == 200
        assert not path.exists()  # the new worker makes no empty one
        aside.rename(path)
        wait_until(f"{served.url}/readyz", 200, served.started)


def test_a_file_that_was_replaced_is_opened_anew(tmp_path: Path) -> None:
    path = tmp_path / "bridge.db"
    store = open_store(f"sqlite:///{path}")
    migrate(store)
    store.ping()
    other = open_store(f"sqlite:///{tmp_path}/other.db")
    other.close()
    (tmp_path / "other.db").replace(path)
    with pytest.raises(StoreDown):  # the other one is empty
        store.ping()
    path.unlink()
    with pytest.raises(StoreDown, match="gone"):
        store.ping()
    assert not path.exists()  # nobody makes an empty one
    store.close()


@pytest.mark.slow
def test_a_locked_table_is_given_up_in_time(postgres: Postgres) -> None:
    import psycopg

    url = postgres.empty_database()
    store = open_store(url)
    migrate(store)
    with psycopg.connect(url) as operator:
        operator.execute("LOCK TABLE devices IN ACCESS EXCLUSIVE MODE")
        began = time.monotonic()
        with pytest.raises(StoreDown, match="canceling statement"):
            store.devices.find("0" * 16)
        assert time.monotonic() - began < 8
        operator.rollback()
    assert store.devices.find("0" * 16) is None
    store.close()


@pytest.mark.slow
def test_a_long_statement_is_given_up_in_time(postgres: Postgres) -> None:
    store = open_store(postgres.empty_database())
    with pytest.raises(StoreDown, match="statement timeout"):
        store.database.first(select(func.pg_sleep(7)))
    store.close()


@pytest.mark.slow
def test_a_frozen_server_is_given_up_in_time(postgres: Postgres) -> None:
    import psycopg

    url = postgres.empty_database()
    store = open_store(url)
    migrate(store)
    store.ping()
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as operator:
        rows = operator.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = %s",
            [url.rpartition("/")[2]],
        ).fetchall()
    backends = [int(row[0]) for row in rows]
    parent = Path(f"/proc/{backends[0]}/stat").read_text("utf-8")
    server = int(parent.rpartition(")")[2].split()[1])
    frozen = [server, *backends]
    for pid in frozen:
        os.kill(pid, signal.SIGSTOP)
    try:
        began = time.monotonic()
        with pytest.raises(StoreDown):
            store.ping()
        assert time.monotonic() - began < 8.5
    finally:
        for pid in frozen:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)
    store.ping()
    store.close()


@pytest.mark.slow
def test_a_migration_may_take_longer_than_a_question(postgres: Postgres) -> None:
    store = open_store(postgres.empty_database())
    migrate(store)
    with migrating(store) as connection:
        connection.exec_driver_sql("SELECT pg_sleep(7)")
    store.close()


def test_a_worker_never_makes_a_database(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/none.db", create=False)
    with pytest.raises(StoreDown):
        store.ping()
    assert not list(tmp_path.iterdir())
    sqlite3.connect(tmp_path / "none.db").close()
    store.close()


@pytest.mark.slow
def test_readyz_tells_a_locked_file_a_full_disk_and_a_broken_page(
    tmp_path: Path,
) -> None:
    path = tmp_path / "bridge.db"
    store = open_store(f"sqlite:///{path}")
    migrate(store)
    store.check()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreDown, match="locked"):
        store.check()
    other.execute("ROLLBACK")
    store.check()
    other.close()
    store.close()
    with path.open("r+b") as file:  # WAL is in the file now
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096)
    broken = open_store(f"sqlite:///{path}")
    with pytest.raises(StoreDown):
        broken.check()
    broken.close()


@pytest.mark.slow
def test_no_answer_waits_for_the_note_of_its_use(
    upstream: Upstream, tmp_path: Path
) -> None:
    with serving(upstream, tmp_path) as served:
        token = served.let_in()["token"]
        served.get("/v1/fitness", token)
        other = sqlite3.connect(tmp_path / "bridge.db", isolation_level=None)
        other.execute("UPDATE devices SET last_used_at = NULL")
        other.execute("BEGIN IMMEDIATE")  # nobody else may write now
        for _ in range(3):
            began = time.monotonic()
            assert served.get("/v1/fitness", token).status_code == 200
            assert time.monotonic() - began < 3  # before: 5 s, each
        other.execute("ROLLBACK")
        other.close()
