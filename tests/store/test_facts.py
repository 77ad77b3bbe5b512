"""What the bridge knows of itself, on both databases, and who it says it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from bridge.store.engine import Store, open_store
from tests.conftest import services_of


@pytest.fixture
def store(ready_url: str) -> Iterator[Store]:
    store = open_store(ready_url)
    yield store
    store.close()


def test_a_fact_is_kept_changed_and_forgotten(store: Store) -> None:
    assert store.facts.get("colour") is None
    store.facts.keep("colour", "blue")
    store.facts.keep("colour", "grün")
    assert store.facts.get("colour") == "grün"
    store.facts.forget("colour")
    store.facts.forget("colour")
    assert store.facts.get("colour") is None


def test_a_bridge_has_one_name_however_many_ask_first(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        names = set(pool.map(lambda _: store.facts.instance_id(), range(16)))
    assert len(names) == 1
    assert re.fullmatch(r"[0-9a-f]{16}", names.pop())


def test_readyz_says_which_bridge_it_is(make_app: Callable[..., Flask]) -> None:
    first, again = make_app(), make_app()  # on one database
    names = {
        app.test_client().get("/readyz").get_json()["instance_id"]
        for app in (first, again)
    }
    assert names == {services_of(first).store.facts.instance_id()}


def test_two_bridges_have_two_names(
    make_app: Callable[..., Flask],
    tmp_path_factory: pytest.TempPathFactory,
    migrated: bytes,
) -> None:
    other = tmp_path_factory.mktemp("other") / "bridge.db"
    other.write_bytes(migrated)
    apps = make_app(), make_app(database_url=f"sqlite:///{other}")
    assert len({services_of(app).store.facts.instance_id() for app in apps}) == 2


def test_calls_of_the_background_are_counted_for_all_machines_and_each_day(
    store: Store, ready_url: str
) -> None:
    other_machine = open_store(ready_url)
    counts = [
        each.facts.count_unasked("key", "2026-11-23")
        for each in (store, other_machine, store)
    ]
    other_machine.close()
    assert counts == [1, 2, 3]
    assert store.facts.unasked("key", "2026-11-23") == 3
    assert store.facts.count_unasked("another", "2026-11-23") == 1
    assert store.facts.count_unasked("key", "2026-11-24") == 1
    assert store.facts.unasked("key", "2026-11-23") == 0  # that day is over
