"""The ledger in the store: gapless, in the order of commits, held by one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from alembic import command

from bridge.domain.changes.change import Change, Comparison, Thing, compared
from bridge.domain.changes.schedule import LedgerState
from bridge.store.athletes import OWNER
from bridge.store.changes import LEASE, LookResult
from bridge.store.engine import Store, open_store
from bridge.store.migrations import _alembic_config, migrate, migrating, version
from bridge.store.tables import HEAD
from tests.support.services import SINCE as NOW

NO_JSON: Any = {"name": object()}


@pytest.fixture
def other_worker(store: Store, ready_url: str) -> Iterator[Store]:
    """A second process would see the database through connections of its own."""
    other = open_store(ready_url)
    yield other
    other.close()


def claimed(store: Store, lease_by: str = "me") -> LedgerState:
    store.changes.ensure(OWNER)
    state = store.changes.claim(OWNER, NOW, lease_by)
    assert state is not None
    return state


def result(state: LedgerState, *names: str) -> LookResult:
    """Return a look that found activities of these names."""
    things = [
        Thing(kind="activity", id=f"i{name}", day="2026-11-23", values={"name": name})
        for name in names
    ]
    after = replace(state, looks=state.looks + 1, last_look_at=NOW)
    return LookResult(
        before=state, after=after, at=NOW, comparison=compared(things, {})
    )


def cursors(store: Store) -> list[int]:
    return [item.cursor for item in store.changes.page(OWNER, 0, (), 10_000).items]


def test_a_look_is_written_whole_and_read_back(store: Store) -> None:
    assert store.changes.commit(result(claimed(store), "a", "b")) == 2
    page = store.changes.page(OWNER, 0, (), 10)
    assert [(row.cursor, row.at, row.change.id) for row in page.items] == [
        (1, NOW, "ia"),
        (2, NOW, "ib"),
    ]
    assert (page.cursor, page.head) == (2, 2)
    known = store.changes.known(OWNER, "activity")
    assert sorted(known) == ["ia", "ib"]
    things = store.changes.things(OWNER, "activity", known)
    assert things["ia"].values == {"name": "a"}
    assert things["ia"].digest == known["ia"].digest
    state = store.changes.state(OWNER)
    assert state is not None
    assert (state.cursor, state.looks, state.lease_by) == (2, 1, "")


def test_one_worker_holds_a_ledger_at_a_time(store: Store, other_worker: Store) -> None:
    claimed(store)
    assert other_worker.changes.claim(OWNER, NOW, "you") is None
    assert other_worker.changes.claim_due(NOW, "you") is None
    later = NOW + LEASE
    assert other_worker.changes.claim(OWNER, later, "you") is not None


def test_many_that_come_at_once_do_the_work_once(
    store: Store, other_worker: Store
) -> None:
    store.changes.ensure(OWNER)

    def claim(number: int) -> bool:
        changes = (store, other_worker)[number % 2].changes
        return changes.claim_due(NOW, f"worker {number}") is not None

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(claim, range(8))) == 1


def test_who_lost_the_lease_writes_nothing(store: Store, other_worker: Store) -> None:
    slow = claimed(store)
    fast = other_worker.changes.claim(OWNER, NOW + LEASE, "you")
    assert fast is not None
    assert store.changes.commit(result(slow, "slow")) is None
    assert other_worker.changes.commit(result(fast, "fast")) == 1
    assert sorted(store.changes.known(OWNER, "activity")) == ["ifast"]
    assert cursors(store) == [1]


def test_a_look_that_is_cut_off_leaves_no_gap(store: Store) -> None:
    store.changes.commit(result(claimed(store), "a"))
    state = claimed(store)
    broken = result(state, "b", "c")
    things = (*broken.comparison.things, Thing(kind="gear", id="g", values=NO_JSON))
    broken = replace(broken, comparison=replace(broken.comparison, things=things))
    with pytest.raises(TypeError):  # after the changes and their cursors
        store.changes.commit(broken)
    assert sorted(store.changes.known(OWNER, "activity")) == ["ia"]
    assert store.changes.commit(result(state, "d")) == 2
    assert cursors(store) == [1, 2]


def test_a_part_of_the_feed_says_where_the_next_begins(store: Store) -> None:
    store.changes.commit(result(claimed(store), *"abcdefg"))
    first = store.changes.page(OWNER, 0, (), 3)
    assert (first.cursor, len(first.items)) == (3, 3)
    rest = store.changes.page(OWNER, first.cursor, (), 100)
    assert [row.cursor for row in rest.items] == [4, 5, 6, 7]
    assert store.changes.page(OWNER, rest.cursor, (), 100).items == ()
    assert store.changes.page(OWNER, 0, ("gear",), 3).cursor == 7


def test_what_is_gone_is_forgotten(store: Store) -> None:
    store.changes.commit(result(claimed(store), "a"))
    state = claimed(store)
    gone = Comparison(
        changes=(Change(kind="activity", id="ia", change="deleted"),),
        gone=(("activity", "ia"),),
    )
    after = replace(state, looks=2)
    look = LookResult(before=state, after=after, at=NOW, comparison=gone)
    assert store.changes.commit(look) == 2
    assert store.changes.known(OWNER, "activity") == {}


def test_a_failed_look_gives_the_ledger_back(store: Store) -> None:
    later = NOW + timedelta(minutes=5)
    store.changes.release(claimed(store), later)
    assert store.changes.claim_due(NOW, "you") is None
    assert store.changes.claim_due(later, "you") is not None


def test_a_call_during_a_look_is_answered_by_the_next_and_no_other(
    store: Store,
) -> None:
    later = NOW + timedelta(minutes=5)
    state = claimed(store)
    store.changes.make_due(OWNER)
    after = replace(state, looks=1, last_look_at=NOW, next_look_at=later)
    assert store.changes.commit(LookResult(before=state, after=after, at=NOW)) == 0
    again = store.changes.claim_due(NOW, "again")  # at once
    assert again is not None
    assert (again.called, again.next_look_at) == ("repeated", None)
    store.changes.release(again, later)  # it failed, and goes on calling
    third = store.changes.claim_due(later, "later")
    assert third is not None
    assert (third.called, third.next_look_at) == ("taken", later)
    after = replace(third, looks=2, called="", next_look_at=later)
    store.changes.commit(LookResult(before=third, after=after, at=later))
    known = store.changes.state(OWNER)
    assert known is not None
    assert (known.called, known.next_look_at) == ("", later)


def test_a_clock_that_was_set_back_holds_nobody_up(store: Store) -> None:
    store.changes.ensure(OWNER)
    ahead = NOW + timedelta(days=9)
    assert store.changes.claim(OWNER, ahead, "me") is not None
    state = store.changes.claim_due(NOW, "you")
    assert state is not None
    store.changes.release(state, ahead)
    assert store.changes.claim_due(NOW, "you") is not None


def test_somebody_who_asks_is_noted_once_a_minute(store: Store) -> None:
    assert store.changes.ask(OWNER, NOW).asked_at == NOW
    soon = NOW + timedelta(seconds=30)
    assert store.changes.ask(OWNER, soon).asked_at == NOW
    later = NOW + timedelta(seconds=60)
    assert store.changes.ask(OWNER, later).asked_at == later


def test_a_device_goes_on_where_its_last_answer_ended(store: Store) -> None:
    device = store.devices.add("iPhone", "read", OWNER, NOW)
    assert store.changes.acknowledge(device.device_id) == 0
    store.changes.hand(device.device_id, 0, 7)
    assert store.changes.acknowledge(device.device_id) == 7
    store.changes.hand(device.device_id, 7, 9)
    assert store.changes.acknowledge(device.device_id) == 9


def test_an_account_that_goes_takes_its_ledger_along(store: Store) -> None:
    store.changes.commit(result(claimed(store), "a"))
    assert store.athletes.delete(OWNER) is True
    assert store.changes.state(OWNER) is None
    assert cursors(store) == []


@pytest.mark.parametrize("revision", ["0001", "0004", "0008"])
def test_every_older_database_gets_its_ledger(database_url: str, revision: str) -> None:
    store = open_store(database_url)
    with migrating(store) as connection:
        command.upgrade(_alembic_config(connection), revision)
    assert migrate(store) is True
    assert version(store) == HEAD
    store.athletes.ensure("0", NOW, OWNER)
    assert store.changes.commit(result(claimed(store), "a")) == 1
    store.close()
