"""What every backend does alike: one suite, run on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from bridge.errors import BadField, StoreDown
from bridge.store.athletes import OWNER
from bridge.store.devices import Scope, new_id
from bridge.store.engine import Store, open_store
from bridge.store.migrations import migrate
from bridge.store.tables import athletes, devices, metadata
from tests.support.services import SINCE as NOW


@pytest.fixture
def doomed(database_url: str) -> Iterator[Store]:
    """A store whose tables a test may break: its database is nobody else's."""
    store = open_store(database_url)
    migrate(store)
    store.athletes.ensure("0", NOW, OWNER)
    yield store
    store.close()


@pytest.fixture
def other_worker(store: Store, ready_url: str) -> Iterator[Store]:
    """A second process would see the database through connections of its own."""
    other = open_store(ready_url)
    yield other
    other.close()


def test_a_device_is_found_as_it_was_added(store: Store) -> None:
    expires_at = NOW + timedelta(days=30)
    added = store.devices.add(" Ana’s iPhone 17 🚴\n", "write", OWNER, NOW, expires_at)
    assert (added.name, added.scope, added.athlete) == (
        "Ana’s iPhone 17 🚴",
        "write",
        OWNER,
    )
    assert (added.created_at, added.expires_at) == (NOW, expires_at)
    assert (added.last_used_at, added.revoked_at) == (None, None)
    assert store.devices.find(added.device_id) == added


def test_instants_come_back_in_utc_and_whole_seconds(store: Store) -> None:
    berlin = timezone(timedelta(hours=1))
    local = datetime(2026, 11, 23, 8, 5, 30, 999_999, tzinfo=berlin)
    added = store.devices.add("Watch", "read", OWNER, local, local)
    found = store.devices.find(added.device_id)
    assert found == added
    assert found.created_at == found.expires_at == NOW
    assert found.created_at.tzinfo is UTC


def test_an_instant_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match="time zone"):
        store.devices.add("Watch", "read", OWNER, NOW.replace(tzinfo=None))
    assert store.devices.of_athlete(OWNER) == []


def test_an_id_that_was_set_aside_makes_one_device(store: Store) -> None:
    once = new_id()
    made = [
        store.devices.add(name, "read", OWNER, NOW, device_id=once)
        for name in ("iPhone", "iPhone 2")
    ]
    assert made[0] == made[1]
    assert store.devices.of_athlete(OWNER) == made[:1]


def test_every_device_gets_an_id_of_its_own(store: Store) -> None:
    ids = {store.devices.add("Same", "read", OWNER, NOW).device_id for _ in range(20)}
    assert len(ids) == 20
    assert all(len(device_id) == 16 and device_id.isalnum() for device_id in ids)


@pytest.mark.parametrize(
    "device_id", ["", "0" * 16, "x\x00y", "\udcff", "' OR 1=1 --", "é" * 16, "1" * 17]
)
def test_an_unknown_id_is_no_device_whatever_it_holds(
    store: Store, device_id: str
) -> None:
    assert store.devices.find(device_id) is None
    assert store.devices.revoke(device_id, NOW) is False


def test_devices_are_listed_oldest_first_and_for_one_athlete(store: Store) -> None:
    store.athletes.ensure("i7", NOW, "another")
    late = store.devices.add("Late", "read", OWNER, NOW + timedelta(hours=1))
    early = store.devices.add("Early", "read", OWNER, NOW)
    store.devices.add("Foreign", "read", "another", NOW)
    assert store.devices.of_athlete(OWNER) == [early, late]


def test_a_revocation_is_seen_by_another_worker_at_once(
    store: Store, other_worker: Store
) -> None:
    device = store.devices.add("Lost phone", "read", OWNER, NOW)
    before = other_worker.devices.find(device.device_id)
    assert before is not None
    assert before.revoked_at is None
    assert store.devices.revoke(device.device_id, NOW) is True
    after = other_worker.devices.find(device.device_id)
    assert after is not None
    assert after.revoked_at == NOW


def test_the_first_revocation_counts(store: Store) -> None:
    device = store.devices.add("Lost phone", "read", OWNER, NOW)
    assert store.devices.revoke(device.device_id, NOW) is True
    assert store.devices.revoke(device.device_id, NOW + timedelta(days=1)) is False
    assert store.devices.of_athlete(OWNER)[0].revoked_at == NOW


def test_use_is_written_at_most_once_a_minute(store: Store) -> None:
    device = store.devices.add("iPhone", "read", OWNER, NOW)
    assert store.devices.touch(device, NOW) is True
    touched = store.devices.of_athlete(OWNER)[0]
    assert touched.last_used_at == NOW
    assert store.devices.touch(touched, NOW + timedelta(seconds=59)) is False
    assert store.devices.of_athlete(OWNER)[0] == touched
    assert store.devices.touch(touched, NOW + timedelta(seconds=60)) is True


def test_two_workers_that_read_the_same_row_write_its_use_once(store: Store) -> None:
    device = store.devices.add("iPhone", "read", OWNER, NOW)
    written = [store.devices.touch(device, NOW) for _ in range(2)]
    assert written == [True, False]


def test_a_use_that_cannot_be_noted_is_logged_and_fails_nothing(
    doomed: Store, caplog: pytest.LogCaptureFixture
) -> None:
    device = doomed.devices.add("iPhone", "read", OWNER, NOW)
    with doomed.database.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE devices RENAME last_used_at TO gone")
    assert doomed.devices.touch(device, NOW) is False
    assert f"use of {device.device_id} not noted" in caplog.text
    caplog.clear()
    assert doomed.devices.touch(device, NOW) is False
    assert caplog.text == ""  # nobody waits for a lock with every question


@pytest.mark.parametrize(
    "name",
    [
        *("", " \t\n", "x" * 61, "two\nlines", "nul\x00", "bell\x07", "\x7f", "\x9b"),
        *("\u200b", "\u200d\ufe0f", "\u3164", "\u2800", "\u00ad", "e\u2028f"),
        *("half \ud83d", "abc\u202egnp.exe", "\u2066x\u2069", "\u0301"),
    ],
)
def test_a_name_that_a_list_cannot_show_is_refused(store: Store, name: str) -> None:
    with pytest.raises(BadField) as refused:
        store.devices.add(name, "read", OWNER, NOW)
    assert refused.value.words == {"name": "name", "example": "My iPhone"}
    assert store.devices.of_athlete(OWNER) == []


@pytest.mark.parametrize(
    "name", ["x", "x" * 60, "手机", "\uf8ff Watch", "👨\u200d👩\u200d👧", "a'b\"; DROP"]
)
def test_a_name_that_people_use_is_kept(store: Store, name: str) -> None:
    device = store.devices.add(name, "read", OWNER, NOW)
    found = store.devices.find(device.device_id)
    assert found is not None
    assert found.name == name


def test_one_letter_is_one_letter_however_it_was_typed(store: Store) -> None:
    assert store.devices.add("u\u0308" * 60, "read", OWNER, NOW).name == "ü" * 60


@pytest.mark.parametrize("scope", ["", "admin", "READ", "read,write"])
def test_an_unknown_scope_is_refused_and_the_database_agrees(
    store: Store, scope: str
) -> None:
    with pytest.raises(BadField, match="scope"):
        store.devices.add("iPhone", scope, OWNER, NOW)
    row = {"device_id": "1", "athlete": OWNER, "name": "x", "created_at": NOW}
    with pytest.raises(IntegrityError), store.database.writing() as connection:
        connection.execute(insert(devices).values(scope=scope, **row))


@pytest.mark.parametrize(
    ("has", "allowed"),
    [
        ("read", ["read"]),
        ("write", ["read", "write"]),
        ("raw", ["read", "write", "raw"]),
    ],
)
def test_scopes_are_a_ladder(store: Store, has: str, allowed: list[Scope]) -> None:
    device = store.devices.add("iPhone", has, OWNER, NOW)
    needs: tuple[Scope, ...] = ("read", "write", "raw")
    assert [scope for scope in needs if device.allows(scope)] == allowed


def test_a_printed_device_does_not_show_its_name(store: Store) -> None:
    assert "Ana" not in repr(store.devices.add("Ana’s phone", "read", OWNER, NOW))


def test_a_device_needs_an_athlete(store: Store) -> None:
    with pytest.raises(IntegrityError):
        store.devices.add("iPhone", "read", "nobody", NOW)


def test_deleting_an_athlete_deletes_only_their_devices(store: Store) -> None:
    store.athletes.ensure("i7", NOW, "another")
    gone = store.devices.add("Theirs", "read", "another", NOW)
    kept = store.devices.add("Ours", "read", OWNER, NOW)
    assert store.athletes.delete("another") is True
    assert store.athletes.delete("another") is False
    assert store.athletes.intervals_id("another") is None
    assert store.devices.find(gone.device_id) is None
    assert store.devices.find(kept.device_id) == kept


def test_an_athlete_keeps_devices_when_the_upstream_id_is_corrected(
    store: Store,
) -> None:
    device = store.devices.add("iPhone", "read", OWNER, NOW)
    store.athletes.ensure("i12345", NOW + timedelta(days=1), OWNER)
    assert store.athletes.intervals_id(OWNER) == "i12345"
    assert store.devices.find(device.device_id) == device


def test_processes_that_start_together_make_one_athlete(
    store: Store, other_worker: Store
) -> None:
    store.athletes.delete(OWNER)
    stores = [store, other_worker] * 8
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda each: each.athletes.ensure("i1", NOW, OWNER), stores))
    assert store.athletes.intervals_id(OWNER) == "i1"


def test_many_threads_write_and_read_at_once(store: Store) -> None:
    def add_and_find(number: int) -> bool:
        device = store.devices.add(f"Phone {number}", "read", OWNER, NOW)
        return store.devices.find(device.device_id) == device

    with ThreadPoolExecutor(32) as pool:
        assert all(pool.map(add_and_find, range(128)))
    assert len(store.devices.of_athlete(OWNER)) == 128


def test_a_failed_transaction_leaves_nothing_behind(
    store: Store, other_worker: Store
) -> None:
    row = {"intervals_athlete_id": "0", "created_at": NOW}

    def write_and_fail() -> None:
        with store.database.writing() as connection:
            connection.execute(insert(athletes).values(athlete="half", **row))
            assert other_worker.athletes.intervals_id("half") is None
            raise RuntimeError("upstream said no")

    with pytest.raises(RuntimeError, match="upstream said no"):
        write_and_fail()
    assert store.athletes.intervals_id("half") is None
    store.athletes.ensure("i1", NOW, "half")  # and the lock is free again


def test_a_transaction_may_read_before_it_writes_while_others_write(
    store: Store,
) -> None:
    """SQLite refuses that at once in a transaction that began by reading."""
    device = store.devices.add("iPhone", "read", OWNER, NOW)
    row = {"athlete": OWNER, "scope": "read", "created_at": NOW}

    def read_then_write(number: int) -> None:
        with store.database.writing() as connection:
            name = connection.execute(select(devices.c.name)).scalars().first()
            values = {"device_id": str(number), "name": name, **row}
            connection.execute(insert(devices).values(values))

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(read_then_write, range(64)))
    kept = store.devices.of_athlete(OWNER)
    assert {each.name for each in kept} == {device.name}
    assert len(kept) == 65


def test_a_row_is_reserved_once_by_however_many_ask(store: Store) -> None:
    row = {"athlete": "new", "intervals_athlete_id": "0", "created_at": NOW}
    statement = store.database.insert(athletes).on_conflict_do_nothing()

    def reserve(_: int) -> int:
        with store.database.writing() as connection:
            return connection.execute(statement, row).rowcount

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(reserve, range(8))) == [0] * 7 + [1]


def test_a_migrated_store_answers_a_ping(store: Store) -> None:
    store.ping()


def test_an_emptied_database_is_the_store_that_is_down(doomed: Store) -> None:
    with doomed.database.writing() as connection:
        metadata.drop_all(connection)
        connection.exec_driver_sql("DROP TABLE alembic_version")
    with pytest.raises(StoreDown) as down:
        doomed.ping()
    assert (down.value.status, down.value.code) == (503, "store_down")
    with pytest.raises(StoreDown, match="athletes"):
        doomed.athletes.intervals_id(OWNER)


def test_no_message_of_the_database_shows_the_values(store: Store) -> None:
    row = {"device_id": "1", "athlete": OWNER, "scope": "?", "created_at": NOW}
    with pytest.raises(IntegrityError) as refused, store.database.writing() as write:
        write.execute(insert(devices).values(name="canary-7781", **row))
    # PostgreSQL itself quotes the failing row; SQLAlchemy must not add to it.
    assert "hidden" in str(refused.value)
    assert "canary-7781" not in repr(refused.value.statement)


def test_a_closed_store_opens_again_when_asked(store: Store) -> None:
    device = store.devices.add("iPhone", "read", OWNER, NOW)
    store.close()
    assert store.devices.find(device.device_id) == device
    with store.database.writing() as connection:
        connection.execute(delete(devices))
    assert store.devices.find(device.device_id) is None
