"""``bridge worker``: does what is due, and ends when it is told to."""

from __future__ import annotations

import sqlite3

import pytest

from bridge.simulator.world import World
from tests.support.live import Operator, Upstream, settings_for


@pytest.mark.slow
def test_a_worker_looks_at_what_is_due_and_ends(
    operator: Operator, upstream: Upstream
) -> None:
    upstream.show(World.empty())
    upstream.world.add_activity(name="Lake run")
    operator.settings |= settings_for(upstream, operator.folder)
    assert operator.run("worker", "--once").returncode == 0
    assert upstream.world.requests == []  # nobody asked for changes yet
    with sqlite3.connect(operator.folder / "bridge.db") as connection:
        connection.execute(
            "INSERT INTO looks (athlete, cursor, looks, timezone, read_kinds,"
            " empty_chunks, lease_by) VALUES ('owner', 0, 0, '', '', 0, '')"
        )
    connection.close()
    done = operator.run("worker", "--once")
    assert (done.returncode, done.stderr) == (0, "")
    with sqlite3.connect(operator.folder / "bridge.db") as connection:
        rows = connection.execute("SELECT kind, change FROM changes").fetchall()
    connection.close()
    assert ("activity", "added") in rows
