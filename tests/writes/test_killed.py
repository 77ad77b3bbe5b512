"""Workers die in the middle of writes, again and again: nothing is lost or doubled."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from bridge.simulator.world import World
from tests.support.live import Served, Upstream, serving

pytestmark = pytest.mark.slow
KILLS = 20
WRITERS = 4
LEFT_BEHIND_S = 30  # what a dead worker had in hand is taken over by then


def test_of_writes_under_twenty_kills_none_is_lost_and_none_is_done_twice(
    tmp_path: Path,
) -> None:
    world = World.empty()
    over = threading.Event()
    acknowledged: list[str] = []

    def write(served: Served, number: int, token: str) -> None:
        """Plan notes, each under a key of its own, and ask again until it is told."""
        for count in range(10_000):
            if over.is_set():
                return
            name = f"Note {number}-{count}"
            body = {"category": "note", "name": name, "day": "tomorrow"}
            headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": name}
            while not over.is_set():
                with contextlib.suppress(requests.RequestException):
                    answer = requests.post(
                        f"{served.url}/v1/events",
                        json=body,
                        headers=headers,
                        timeout=20,
                    )
                    assert answer.status_code < 504, answer.text
                    if answer.status_code < 300:
                        acknowledged.append(name)
                        break
                time.sleep(0.05)

    with (
        Upstream(world).running() as upstream,
        serving(upstream, tmp_path, "--workers", "2") as served,
        ThreadPoolExecutor(WRITERS) as pool,
    ):
        writers = [
            pool.submit(write, served, n, served.let_in("write", f"Phone {n}")["token"])
            for n in range(WRITERS)
        ]
        for _ in range(KILLS):
            wait_for_more(acknowledged)
            time.sleep(random.uniform(0.1, 0.8))  # no secret
            os.kill(random.choice(workers_of(served)), signal.SIGKILL)
        wait_for_more(acknowledged)
        over.set()
        for writer in writers:
            writer.result()
        assert served.get("/healthz").status_code == 200
    made = [row["name"] for row in world.events.values()]
    assert len(acknowledged) > KILLS
    assert set(acknowledged) <= set(made)
    assert len(made) == len(set(made))
    with sqlite3.connect(tmp_path / "bridge.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        rows = connection.execute("SELECT target FROM journal").fetchall()
    ids = {
        str(row["id"]) for row in world.events.values() if row["name"] in acknowledged
    }
    assert ids <= {target for (target,) in rows}


def wait_for_more(acknowledged: list[str]) -> None:
    """Wait until another note is planned: a kill may have caught all writers at it."""
    known, until_s = len(acknowledged), time.monotonic() + LEFT_BEHIND_S
    while len(acknowledged) == known:
        assert time.monotonic() < until_s, "nobody writes any more"
        time.sleep(0.05)


def workers_of(served: Served) -> list[int]:
    """Return the processes that answer, once there are any."""
    master = served.started.process.pid
    until_s = time.monotonic() + 30
    while True:
        found = [pid for pid in served.started.left_behind() if pid != master]
        if found:
            return found
        assert time.monotonic() < until_s
        time.sleep(0.05)
