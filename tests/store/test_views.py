"""View keys in the store: made once, found by their digest alone, shut out at once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import select

from bridge.errors import BadField
from bridge.store.athletes import OWNER
from bridge.store.engine import Store, open_store
from bridge.store.migrations import _alembic_config, migrate, migrating, version
from bridge.store.tables import HEAD, views
from bridge.store.views import View
from tests.support.services import SINCE as NOW

OLDER = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009")


@pytest.fixture
def other_worker(store: Store, ready_url: str) -> Iterator[Store]:
    """A second process would see the database through connections of its own."""
    other = open_store(ready_url)
    yield other
    other.close()


def only(store: Store) -> View:
    (view,) = store.views.of_athlete(OWNER)
    return view


def test_a_view_is_found_by_its_key(store: Store) -> None:
    added, key = store.views.add(" Kitchen tablet\n", OWNER, NOW)
    assert (added.name, added.athlete, added.created_at) == (
        "Kitchen tablet",
        OWNER,
        NOW,
    )
    assert added.private_cards == frozenset()
    assert (added.last_used_at, added.revoked_at) == (None, None)
    assert store.views.find(key) == added == only(store)


def test_a_key_has_130_random_bits_and_fits_an_address(store: Store) -> None:
    keys = {store.views.add("Same", OWNER, NOW)[1] for _ in range(20)}
    assert len(keys) == 20
    assert all(re.fullmatch("v_[a-z2-7]{26}", key) for key in keys)


def test_only_the_digest_of_a_key_is_kept(store: Store) -> None:
    _, key = store.views.add("Frame", OWNER, NOW)
    with store.database.connecting() as connection:
        row = connection.execute(select(views)).one()
    assert row.key_hash == hashlib.sha256(key.encode()).hexdigest()
    assert key not in str(row)
    assert key[2:] not in str(row)


def test_the_file_holds_no_key(tmp_path: Path, migrated: bytes) -> None:
    (tmp_path / "bridge.db").write_bytes(migrated)
    store = open_store(f"sqlite:///{tmp_path}/bridge.db")
    store.athletes.ensure("0", NOW, OWNER)
    _, key = store.views.add("Frame", OWNER, NOW)
    store.close()
    for file in tmp_path.iterdir():
        assert key[2:].encode() not in file.read_bytes()


@pytest.mark.parametrize(
    "key", ["", "v_", "v_" + "a" * 26, "x\x00y", "\udcff", "' OR 1=1 --", "é" * 99_999]
)
def test_an_unknown_key_opens_nothing_whatever_it_holds(store: Store, key: str) -> None:
    store.views.add("Frame", OWNER, NOW)
    assert store.views.find(key) is None


def test_a_key_is_taken_letter_by_letter(store: Store) -> None:
    _, key = store.views.add("Frame", OWNER, NOW)
    for near in (key.upper(), key[:-1], f"{key}a", f" {key}", key[2:]):
        assert store.views.find(near) is None


def test_a_revocation_is_seen_by_another_worker_at_once(
    store: Store, other_worker: Store
) -> None:
    view, key = store.views.add("Old frame", OWNER, NOW)
    assert store.views.revoke(view.view_id, NOW) is True
    assert store.views.revoke(view.view_id, NOW + timedelta(days=1)) is False
    found = other_worker.views.find(key)
    assert found is not None
    assert found.revoked_at == NOW


@pytest.mark.parametrize("view_id", ["", "0" * 16, "\udcff", "' OR 1=1 --", "é" * 16])
def test_an_unknown_view_is_neither_revoked_nor_changed(
    store: Store, view_id: str
) -> None:
    assert store.views.revoke(view_id, NOW) is False
    assert store.views.show_private(view_id, {"recovery"}) is False


def test_private_cards_are_switched_on_and_off_while_it_counts(store: Store) -> None:
    view, _ = store.views.add("Frame", OWNER, NOW)
    assert store.views.show_private(view.view_id, {"recovery", "today"}) is True
    assert only(store).private_cards == {"recovery", "today"}
    assert store.views.show_private(view.view_id, ()) is True
    assert only(store).private_cards == frozenset()
    store.views.revoke(view.view_id, NOW)
    assert store.views.show_private(view.view_id, {"recovery"}) is False


def test_use_is_written_at_most_once_a_minute(store: Store) -> None:
    view, _ = store.views.add("Frame", OWNER, NOW)
    assert [store.views.touch(view, NOW) for _ in range(2)] == [True, False]
    used = only(store)
    assert used.last_used_at == NOW
    assert store.views.touch(used, NOW + timedelta(seconds=59)) is False
    assert store.views.touch(used, NOW + timedelta(seconds=60)) is True


@pytest.mark.parametrize("name", ["", " \t\n", "x" * 61, "two\nlines", "abc\u202egnp"])
def test_a_name_that_a_list_cannot_show_is_refused(store: Store, name: str) -> None:
    with pytest.raises(BadField):
        store.views.add(name, OWNER, NOW)
    assert store.views.of_athlete(OWNER) == []


def test_a_printed_view_does_not_show_its_name(store: Store) -> None:
    assert "Ana" not in repr(store.views.add("Ana’s frame", OWNER, NOW)[0])


def test_views_are_listed_for_one_athlete_and_go_with_them(store: Store) -> None:
    store.athletes.ensure("i7", NOW, "another")
    late, _ = store.views.add("Late", OWNER, NOW + timedelta(hours=1))
    early, _ = store.views.add("Early", OWNER, NOW)
    _, theirs = store.views.add("Theirs", "another", NOW)
    assert store.views.of_athlete(OWNER) == [early, late]
    store.athletes.delete("another")
    assert store.views.find(theirs) is None


def test_a_view_knows_the_writes_of_its_athlete(store: Store) -> None:
    _, key = store.views.add("Frame", OWNER, NOW)
    store.journal.outdate(OWNER)
    found = store.views.find(key)
    assert found is not None
    assert found.writes == 1


@pytest.mark.parametrize("revision", OLDER)
def test_every_older_database_gets_its_views(database_url: str, revision: str) -> None:
    store = open_store(database_url)
    with migrating(store) as connection:
        command.upgrade(_alembic_config(connection), revision)
        connection.exec_driver_sql(
            "INSERT INTO athletes (athlete, intervals_athlete_id, created_at)"
            " VALUES ('owner', '0', 1)"
        )
        connection.exec_driver_sql(
            "INSERT INTO devices (device_id, athlete, name, scope, created_at)"
            " VALUES ('0123456789abcdef', 'owner', 'iPhone', 'read', 1)"
        )
    assert version(store) == revision
    assert migrate(store) is True
    assert version(store) == HEAD
    assert store.devices.find("0123456789abcdef") is not None
    view, key = store.views.add("Frame", OWNER, NOW)
    assert store.views.find(key) == view
    store.close()
