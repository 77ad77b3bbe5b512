"""Migrations: any older database becomes what ``tables`` describes, and only once."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from bridge.errors import ConfigError
from bridge.store.athletes import OWNER
from bridge.store.engine import Store, open_store
from bridge.store.journal import Author
from bridge.store.migrations import migrate, migrating, upgrade, version
from bridge.store.tables import HEAD, metadata
from tests.support.services import Postgres, free_port

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 23, 7, 5, 30, tzinfo=UTC)
MIGRATE = (
    "import sys\n"
    "from bridge.store.engine import open_store\n"
    "from bridge.store.migrations import migrate\n"
    "store = open_store(sys.argv[1])\n"
    "sys.stdout.write(str(migrate(store)) + ' ')\n"
    "store.close()\n"
    "sys.stdout.write(str('alembic' in sys.modules))\n"
)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = open_store(database_url)
    yield store
    store.close()


def test_an_empty_database_is_brought_to_the_newest_state(store: Store) -> None:
    assert version(store) is None
    assert migrate(store) is True
    assert version(store) == HEAD
    store.athletes.ensure("0", NOW, OWNER)
    store.ping()


def test_a_second_time_there_is_nothing_to_do(store: Store) -> None:
    migrate(store)
    store.athletes.ensure("0", NOW, OWNER)
    assert migrate(store) is False
    assert store.athletes.intervals_id(OWNER) == "0"


def test_the_head_in_the_code_is_the_newest_migration() -> None:
    config = AlembicConfig()
    config.set_main_option("script_location", "bridge.store:migrations")
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_migrations_end_where_the_tables_are(store: Store) -> None:
    migrate(store)
    with store.database.connecting() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata) == []


def test_constraints_and_their_names_agree_too(store: Store) -> None:
    """Alembic compares no CHECK and no name, on which a later migration relies."""
    migrate(store)
    migrated = described(store)
    with store.database.writing() as connection:
        metadata.drop_all(connection)
        metadata.create_all(connection)
    assert migrated == described(store)
    assert "ck_devices_scope" in str(migrated)


def described(store: Store) -> dict[str, Any]:
    with store.database.connecting() as connection:
        seen = inspect(connection)
        return {
            name: (
                [(c["name"], str(c["type"]), c["nullable"]) for c in columns],
                seen.get_pk_constraint(name),
                # in any order: a table that was rebuilt tells them in another
                sorted(seen.get_foreign_keys(name), key=lambda key: str(key["name"])),
                seen.get_indexes(name),
                seen.get_check_constraints(name),
                seen.get_unique_constraints(name),
            )
            for name in metadata.tables
            if (columns := seen.get_columns(name))
        }


@pytest.mark.slow
def test_processes_that_start_together_migrate_once(database_url: str) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", MIGRATE, database_url],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for _ in range(6)
    ]
    outcomes = [process.communicate(timeout=60) for process in processes]
    assert [stderr for _, stderr in outcomes] == [""] * 6
    worked = [stdout.split()[0] for stdout, _ in outcomes]
    assert sorted(worked) == ["False"] * 5 + ["True"]


def test_a_start_at_the_newest_state_does_not_import_alembic(store: Store) -> None:
    migrate(store)
    address = store.database.reader.url.render_as_string(hide_password=False)
    done = subprocess.run(
        [sys.executable, "-c", MIGRATE, address],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert (done.stdout, done.stderr) == ("False False", "")


def test_a_newer_database_is_refused_with_what_to_do(store: Store) -> None:
    migrate(store)
    with store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(
        ConfigError, match=r"newer than this bridge: .* 9999"
    ) as refused:
        migrate(store)
    assert "backup" in refused.value.detail
    assert version(store) == "9999"


def test_a_failed_migration_leaves_the_database_as_it_was(store: Store) -> None:
    def fail_half_way() -> None:
        with migrating(store) as connection:
            metadata.create_all(connection)
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        fail_half_way()
    with store.database.connecting() as connection:
        assert inspect(connection).get_table_names() == []
    assert migrate(store) is True


def test_rebuilding_a_table_keeps_the_rows_that_point_to_it(tmp_path: Path) -> None:
    """SQLite changes a table by dropping it, which would delete every device."""
    store = open_store(f"sqlite:///{tmp_path}/bridge.db")
    migrate(store)
    store.athletes.ensure("0", NOW, OWNER)
    device = store.devices.add("iPhone", "read", OWNER, NOW)
    with migrating(store) as connection:
        for statement in (
            (
                "CREATE TABLE fresh (athlete TEXT PRIMARY KEY,"
                " intervals_athlete_id TEXT, writes BIGINT)"
            ),
            (
                "INSERT INTO fresh SELECT athlete, intervals_athlete_id, writes"
                " FROM athletes"
            ),
            "DROP TABLE athletes",
            "ALTER TABLE fresh RENAME TO athletes",
        ):
            connection.exec_driver_sql(statement)
    assert store.devices.find(device.device_id) == device
    assert store.athletes.delete(OWNER) is True  # foreign keys are on again
    assert store.devices.find(device.device_id) is None
    store.close()


def test_a_migration_that_orphans_rows_is_undone(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/bridge.db")
    migrate(store)
    store.athletes.ensure("0", NOW, OWNER)
    store.devices.add("iPhone", "read", OWNER, NOW)
    with (
        pytest.raises(ConfigError, match="1 rows orphaned"),
        migrating(store) as connection,
    ):
        connection.exec_driver_sql("DELETE FROM athletes")
    assert store.athletes.intervals_id(OWNER) == "0"
    store.close()


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bridge.db"
    path.write_text("Dear diary, " * 1000)
    store = open_store(f"sqlite:///{path}")
    with pytest.raises(ConfigError, match="not a database"):
        migrate(store)
    assert path.read_text().startswith("Dear diary")
    store.close()


def test_a_server_that_is_not_there_is_refused_without_its_password() -> None:
    store = open_store(f"postgres://ana:hunter2@127.0.0.1:{free_port()}/bridge")
    with pytest.raises(ConfigError, match="PostgreSQL database bridge on") as refused:
        migrate(store)
    assert "hunter2" not in repr(refused.value) + repr(refused.value.__cause__)
    store.close()


def test_a_wrong_password_is_refused_without_showing_it(
    postgres: Postgres, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    wrong = Postgres(port=postgres.port, password="hunter2")
    store = open_store(wrong.url("postgres"))
    with pytest.raises(ConfigError, match="password authentication failed") as refused:
        migrate(store)
    assert "hunter2" not in refused.value.detail + caplog.text
    store.close()


def test_what_was_written_before_the_journal_had_the_owners_is_kept(
    store: Store,
) -> None:
    with migrating(store) as connection:
        upgrade(connection, "0013")
    store.athletes.ensure("0", NOW, OWNER)
    device = store.devices.add("iPhone", "write", OWNER, NOW)
    author = Author(
        athlete=OWNER,
        device_id=device.device_id,
        write_id="w1",
        source="wellness",
        now=NOW,
    )
    entry = store.journal.begin(author, "wellness", "2026-11-23", {"mood": 1}, {})
    migrate(store)
    assert store.journal.last_write(device.device_id, NOW) == [entry]
    owner = replace(author, device_id=None, write_id="w2")
    by_owner = store.journal.begin(owner, "messages", "messages", {"week": True}, {})
    assert store.journal.last_write(device.device_id, NOW) == [by_owner]
    assert store.journal.owners_last(OWNER, "messages", NOW) == by_owner
