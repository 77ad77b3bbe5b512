"""kill -9 during looks, and two workers at once: nothing lost, nothing doubled."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from bridge.simulator.world import World
from bridge.store.athletes import OWNER
from bridge.store.changes import Item
from bridge.store.engine import Store
from tests.support.live import Upstream

ROOT = Path(__file__).parents[2]
KILLS = 20
LEASE_S = 61  # each round begins when the leases of the killed are over
LOOK_FOREVER = """
import sys
from datetime import UTC, datetime, timedelta
from bridge.errors import BridgeError
from bridge.ledger.due import Ledger, look_now
from bridge.store.athletes import OWNER
from bridge.store.engine import open_store
from bridge.upstream.call import Credentials, Wire
from bridge.upstream.client import Client
from bridge.upstream.deadline import Deadline
from bridge.upstream.transport import BoundedAdapter

database, upstream, key, ahead_s, most = sys.argv[1:]
clock = lambda: datetime.now(UTC) + timedelta(seconds=int(ahead_s))
wire, store = Wire(BoundedAdapter(), upstream, clock), open_store(database)
ledger = Ledger(
    changes=store.changes,
    client_of=lambda _: Client(wire, Credentials(key), Deadline.after(20)),
    calls_of=lambda _: 0,
)
for _ in range(int(most)):
    try:
        seen = look_now(ledger, OWNER, clock(), refresh=True)
    except BridgeError as error:
        sys.stderr.write(f"{error.code} {error.detail}\\n")
        continue
    if seen is not None:
        sys.stdout.write(f"{seen.cursor}\\n")
        sys.stdout.flush()
"""


def looking(
    address: str, upstream: Upstream, round_: int, most: int
) -> subprocess.Popen[str]:
    key, ahead_s = upstream.world.api_key, str(round_ * LEASE_S)
    arguments = [address, upstream.url, key, ahead_s, str(most)]
    return subprocess.Popen(
        [sys.executable, "-c", LOOK_FOREVER, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
    )


def some_life(world: World, number: int) -> None:
    """Add an activity, rename another, delete a third."""
    with world.lock:
        day = world.today() - timedelta(days=number % 5)
        start = f"{day}T{number % 12:02}:00:00"
        world.add_activity(name=f"New {number}", start_date_local=start)
        ids = list(world.activities)
        world.activities[ids[number % len(ids)]]["name"] = f"Renamed {number}"
        if number % 3 == 2:
            del world.activities[ids[-2]]
        world.touch()


@pytest.mark.slow
def test_no_change_is_lost_or_doubled_when_workers_are_killed(
    store: Store, ready_url: str, upstream: Upstream
) -> None:
    world = World.empty()
    upstream.show(world)
    for number in range(5):
        world.add_activity(name=f"Old {number}")
    store.changes.ensure(OWNER)
    existed = set(world.activities)
    for round_ in range(KILLS):
        workers = [looking(ready_url, upstream, round_, 10_000) for _ in range(2)]
        some_life(world, round_)
        for worker in workers[:1]:
            assert worker.stdout is not None
            if round_ % 2:  # else it may die in its first look
                worker.stdout.readline()
        existed |= set(world.activities)
        time.sleep(random.uniform(0.4, 0.9) if not round_ % 2 else 0.1)
        for worker in workers:
            worker.send_signal(signal.SIGKILL)
            worker.communicate()
    last = looking(ready_url, upstream, KILLS, 2)
    last.communicate(timeout=60)
    assert last.returncode == 0
    items = store.changes.page(OWNER, 0, (), 1_000_000).items
    assert [item.cursor for item in items] == list(range(1, len(items) + 1))
    activities = [item for item in items if item.change.kind == "activity"]
    counts = Counter((item.change.id, item.change.change) for item in activities)
    for activity_id in existed:
        assert counts[activity_id, "added"] == 1 or (
            activity_id not in world.activities  # gone before anybody looked
            and counts[activity_id, "added"] == 0
        )
        is_gone = activity_id not in world.activities
        told_of = counts[activity_id, "added"]
        assert counts[activity_id, "deleted"] == (told_of if is_gone else 0)
    things = store.changes.things(OWNER, "activity", existed)
    assert {key: thing.values["name"] for key, thing in things.items()} == {
        key: row["name"] for key, row in world.activities.items()
    }
    assert no_name_is_told_twice(activities)


def no_name_is_told_twice(items: list[Item]) -> bool:
    """Tell whether no rename stands in the feed twice: each has a name of its own."""
    names = [
        (item.change.id, item.change.summary["name"])
        for item in items
        if item.change.change == "edited" and item.change.fields == ("name",)
    ]
    return len(names) == len(set(names))


@pytest.mark.slow
def test_workers_that_run_at_once_do_each_look_once(
    store: Store, ready_url: str, upstream: Upstream
) -> None:
    world = World.empty()
    upstream.show(world)
    world.add_activity(name="Lake run")
    store.changes.ensure(OWNER)
    workers = [looking(ready_url, upstream, 0, 15) for _ in range(3)]
    said = [worker.communicate(timeout=120)[0].split() for worker in workers]
    state = store.changes.state(OWNER)
    assert state is not None
    assert state.looks == sum(map(len, said)) > 0
    items = store.changes.page(OWNER, 0, ("activity",), 100).items
    assert [item.change.change for item in items] == ["added"]
