"""Backups: whole while others write, one format for both databases, all or nothing."""

from __future__ import annotations

import gzip
import json
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bridge.errors import ConfigError, StoreDown
from bridge.store.archive.backup import back_up
from bridge.store.archive.lines import Head, Rows, check_whole, write_backup
from bridge.store.archive.restore import has_database, restore
from bridge.store.athletes import OWNER
from bridge.store.engine import Store, open_store
from bridge.store.migrations import migrate
from bridge.store.tables import metadata
from tests.support.services import Postgres

NOW = datetime(2026, 11, 23, 7, 5, 30, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
SEALED = "v1.sealed-and-not-to-be-seen"


def head(**changes: Any) -> Head:
    told = Head(
        schema="", made_by="0.1.0", made_at="2026-11-23T07:05:30Z", with_secrets=True
    )
    return replace(told, **changes)


@pytest.fixture
def store(ready_url: str) -> Iterator[Store]:
    """Keep an athlete with a sealed key and devices, in each database in turn."""
    store = open_store(ready_url)
    fill(store)
    yield store
    store.close()


@pytest.fixture
def file_store(migrated: bytes, tmp_path: Path) -> Iterator[Store]:
    """Keep the same in a file."""
    (tmp_path / "bridge.db").write_bytes(migrated)
    store = open_store(f"sqlite:///{tmp_path}/bridge.db")
    fill(store)
    yield store
    store.close()


def fill(store: Store) -> None:
    store.athletes.ensure("0", NOW, OWNER)
    account = store.athletes.find(OWNER)
    assert account
    store.athletes.keep_key(account, SEALED)
    for name in ("Jürgens iPhone 🏃", "Script"):
        store.devices.add(name, "write", OWNER, NOW)
    store.codes.add("digest-of-a-code", "login", OWNER, NOW)
    store.facts.instance_id()


def contents(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table."""
    with store.database.connecting() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(table.select())), key=repr)
            for table in metadata.sorted_tables
        }


def restored(path: Path, url: str) -> Store:
    restore(path, url, NOW)
    return open_store(url, create=False)


def test_everything_comes_back_in_either_database(
    store: Store, tmp_path: Path, postgres: Postgres
) -> None:
    path = tmp_path / "bridge.backup"
    assert back_up(store, path, head()) > 4
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = contents(store)
    for url in (f"sqlite:///{tmp_path}/new.db", postgres.empty_database()):
        assert not has_database(url)
        elsewhere = restored(path, url)
        assert contents(elsewhere) == before
        assert has_database(url)
        elsewhere.close()


def test_a_backup_without_secrets_opens_nothing(
    file_store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "plain.backup"
    back_up(file_store, path, head(with_secrets=False))
    told = gzip.decompress(path.read_bytes()).decode()
    assert SEALED not in told
    assert "digest-of-a-code" not in told
    assert "iPhone" in told
    elsewhere = restored(path, f"sqlite:///{tmp_path}/new.db")
    account = elsewhere.athletes.find(OWNER)
    assert account
    assert account.sealed_key is None
    assert len(elsewhere.devices.of_athlete(OWNER)) == 2
    elsewhere.close()


def test_every_column_that_is_sealed_is_left_out_without_secrets() -> None:
    from bridge.store.archive import backup

    sealed = {
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if column.name.startswith("sealed")
        and table.name not in backup._SECRET_TABLES
        and column.name not in backup._SECRET_COLUMNS
    }
    assert not sealed


def test_it_is_whole_while_others_write(store: Store, tmp_path: Path) -> None:
    done, names = threading.Event(), []

    def write() -> None:
        while not done.is_set():
            names.append(store.devices.add("Phone", "read", OWNER, NOW).device_id)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while len(names) < 5:
            time.sleep(0.01)
        for number in range(3):
            known = set(names)
            path = tmp_path / f"{number}.backup"
            back_up(store, path, head())
            elsewhere = restored(path, f"sqlite:///{tmp_path}/{number}.db")
            kept = {each.device_id for each in elsewhere.devices.of_athlete(OWNER)}
            assert known <= kept
            elsewhere.close()
    finally:
        done.set()
        writer.join()


@pytest.mark.parametrize("damage", ["cut", "flip", "none of ours", "empty", "newer"])
def test_what_is_not_whole_is_refused_before_anything_is_touched(
    file_store: Store, tmp_path: Path, damage: str
) -> None:
    path = tmp_path / "bridge.backup"
    back_up(file_store, path, head())
    lines = gzip.decompress(path.read_bytes())
    match damage:
        case "cut":
            path.write_bytes(path.read_bytes()[:-40])
        case "flip":
            path.write_bytes(gzip.compress(lines.replace(b"Script", b"Skript")))
        case "none of ours":
            path.write_bytes(gzip.compress(b'{"format": "another"}\n'))
        case "empty":
            path.write_bytes(b"")
        case _:
            path.write_bytes(
                gzip.compress(lines.replace(b'"version":1', b'"version":2'))
            )
    target = tmp_path / "old.db"
    target.write_bytes(b"what was there")
    with pytest.raises(ConfigError):
        restore(path, f"sqlite:///{target}", NOW)
    assert target.read_bytes() == b"what was there"
    assert not list(tmp_path.glob("*.restoring*"))


def test_a_backup_of_a_newer_schema_is_refused(
    file_store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "bridge.backup"
    back_up(file_store, path, head())
    first, _, rest = gzip.decompress(path.read_bytes()).partition(b"\n")
    newer = json.dumps(json.loads(first) | {"schema": "9999"}).encode()
    body = (newer + b"\n" + rest).splitlines()
    import hashlib

    last = json.loads(body[-1]) | {
        "sha256": hashlib.sha256(b"".join(body[:-1])).hexdigest()
    }
    path.write_bytes(gzip.compress(b"\n".join([*body[:-1], json.dumps(last).encode()])))
    with pytest.raises(ConfigError, match="newer than this bridge"):
        restore(path, f"sqlite:///{tmp_path}/new.db", NOW)
    assert not (tmp_path / "new.db").exists()


def test_a_backup_of_an_older_schema_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "old.backup"
    athletes = Rows(
        table="athletes",
        columns=["athlete", "intervals_athlete_id", "created_at"],
        rows=[["owner", "i7", 1795000000]],
    )
    assert write_backup(path, head(schema="0006"), [athletes]) == 1
    new = restored(path, f"sqlite:///{tmp_path}/new.db")
    assert migrate(new) is False
    assert new.athletes.intervals_id(OWNER) == "i7"
    new.close()


def test_what_is_replaced_is_kept_and_nobody_may_be_at_it(
    file_store: Store, tmp_path: Path, migrated: bytes
) -> None:
    path, target = tmp_path / "bridge.backup", tmp_path / "used.db"
    back_up(file_store, path, head())
    target.write_bytes(migrated)
    url = f"sqlite:///{target}"
    other = open_store(url)
    other.athletes.ensure("i99", NOW, OWNER)
    with pytest.raises(ConfigError, match="still runs"):
        restore(path, url, NOW)
    assert other.athletes.intervals_id(OWNER) == "i99"
    other.close()
    kept = restore(path, url, NOW).kept
    assert kept
    with sqlite3.connect(kept) as connection:
        rows = connection.execute(
            "SELECT intervals_athlete_id FROM athletes"
        ).fetchall()
    connection.close()
    assert rows == [("i99",)]
    new = open_store(url)
    assert new.athletes.intervals_id(OWNER) == "0"
    new.close()


def test_a_damaged_database_is_not_backed_up(tmp_path: Path, migrated: bytes) -> None:
    file = tmp_path / "bridge.db"
    file.write_bytes(migrated)
    store = open_store(f"sqlite:///{file}")
    store.athletes.ensure("0", NOW, OWNER)
    for number in range(400):
        store.devices.add(f"Phone {number}", "read", OWNER, NOW)
    store.close()
    with file.open("r+b") as opened:
        opened.seek(len(migrated) + 4096)
        opened.write(b"\xff" * 8192)
    path = tmp_path / "bridge.backup"
    store = open_store(f"sqlite:///{file}")
    with pytest.raises(StoreDown):
        back_up(store, path, head())
    store.close()
    assert not list(tmp_path.glob("bridge.backup*"))


KILLED = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from bridge.store.archive.backup import back_up
from bridge.store.archive.lines import Head
from bridge.store.archive.restore import restore
from bridge.store.engine import open_store

path, url, now = Path(sys.argv[1]), sys.argv[2], datetime.now(UTC)
told = Head(schema="", made_by="", made_at="", with_secrets=True)
print("ready", flush=True)
while True:
    if sys.argv[3] == "backup":
        store = open_store(url)
        back_up(store, path, told)
        store.close()
    else:
        restore(path, url, now).kept.unlink()
"""


@pytest.mark.slow
@pytest.mark.parametrize("work", ["backup", "restore"])
def test_killed_at_any_moment_it_leaves_the_old_one_or_the_new_one_whole(
    tmp_path: Path, migrated: bytes, work: str
) -> None:
    url, path = f"sqlite:///{tmp_path}/bridge.db", tmp_path / "bridge.backup"
    (tmp_path / "bridge.db").write_bytes(migrated)
    store = open_store(url)
    store.athletes.ensure("0", NOW, OWNER)
    for number in range(50):
        store.devices.add(f"Phone {number}", "read", OWNER, NOW)
    rows = back_up(store, path, head())
    store.close()
    spare = Path(shutil.copy(path, tmp_path / "spare.backup"))
    for kill in range(6):
        command = [sys.executable, "-c", KILLED, str(path), url, work]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as process:
            assert process.stdout
            process.stdout.readline()
            time.sleep(0.05 + 0.07 * kill)
            process.send_signal(signal.SIGKILL)
        assert check_whole(path)[1] == rows
        with sqlite3.connect(tmp_path / "bridge.db") as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            (count,) = connection.execute("SELECT count(*) FROM devices").fetchone()
        connection.close()
        assert count == 50
    restore(spare, url, datetime.now(UTC))  # what was left over is in nobody's way
