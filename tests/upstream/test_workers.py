"""Several processes as one: a budget, a flight, a memory, an illness."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import signal
import sqlite3
import stat
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import requests

from bridge.simulator.world import World
from bridge.store.shared import NOTES_HOLD_S
from tests.support.live import Served, Upstream, serving

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

pytestmark = pytest.mark.slow
SLOW_S = 0.15  # as far as Intervals.icu is from most phones


class Counted(Upstream):
    """The simulator behind a socket: counts who asks what, and hangs when told to."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.times: list[float] = []
        self.questions: Counter[str] = Counter()
        self.well = threading.Event()
        self.well.set()
        self.lock = threading.Lock()

    def _answer(
        self, environ: WSGIEnvironment, start: StartResponse
    ) -> Iterable[bytes]:
        with self.lock:
            self.times.append(time.monotonic())
            query = environ.get("QUERY_STRING")
            self.questions[f"{environ['PATH_INFO']}?{query}"] += 1
        self.well.wait(60)
        time.sleep(SLOW_S)
        return super()._answer(environ, start)

    def forget(self) -> None:
        self.times.clear()
        self.questions.clear()

    def most_in_a_second(self) -> int:
        times = sorted(self.times)
        return max(
            sum(first <= other < first + 1 for other in times) for first in times
        )


@pytest.fixture
def upstream() -> Iterator[Counted]:
    counted = Counted(World())
    with counted.running():
        yield counted
        counted.well.set()


@dataclass
class Crowd:
    """Phones that ask at the same moment, each with a token of its own."""

    served: Served
    tokens: list[str] = field(default_factory=list)

    def let_in(self, many: int) -> None:
        for number in range(many):
            row = self.served.let_in("read", f"Phone {number}")
            self.tokens.append(row["token"])

    def ask(self, paths: list[str]) -> list[tuple[float, requests.Response]]:
        start = threading.Barrier(len(paths))

        def one(number: int) -> tuple[float, requests.Response]:
            token = self.tokens[number % len(self.tokens)]
            start.wait(30)
            began_s = time.monotonic()
            answer = self.served.get(paths[number], token)
            return time.monotonic() - began_s, answer

        with ThreadPoolExecutor(len(paths)) as pool:
            return list(pool.map(one, range(len(paths))))


LIMITED = {"BRIDGE_UPSTREAM_PER_SECOND": "10"}


def test_two_hundred_identical_cold_requests_are_one_call_for_each_question(
    upstream: Counted, tmp_path: Path
) -> None:
    with serving(upstream, tmp_path, "--workers", "4", **LIMITED) as served:
        crowd = Crowd(served)
        crowd.let_in(2)
        answers = crowd.ask(["/v1/fitness"] * 200)
    assert {answer.status_code for _, answer in answers} == {200}
    assert set(upstream.questions.values()) == {1}
    assert len(upstream.questions) == 4


def test_four_shortcuts_at_seven_oclock_keep_to_ten_calls_a_second(
    upstream: Counted, tmp_path: Path
) -> None:
    paths = ["/v1/today", "/v1/week", "/v1/race", "/v1/activities/latest/laps"] * 2
    with serving(upstream, tmp_path, "--workers", "2", **LIMITED) as served:
        crowd = Crowd(served)
        crowd.let_in(1)
        for _ in range(2):
            asked = [f"{path}?refresh=yes" for path in paths]
            answers = crowd.ask(asked)
            assert {answer.status_code for _, answer in answers} <= {200, 503}
    assert upstream.most_in_a_second() <= 10
    assert len(upstream.times) > 20


def test_a_token_that_refreshes_without_end_is_no_trouble_for_others(
    upstream: Counted, tmp_path: Path
) -> None:
    with serving(upstream, tmp_path, "--workers", "2", **LIMITED) as served:
        crowd = Crowd(served)
        crowd.let_in(2)
        until_s = time.monotonic() + 15

        def refresh(_: int) -> None:
            while time.monotonic() < until_s:
                served.get("/v1/fitness?refresh=yes", crowd.tokens[0])

        with ThreadPoolExecutor(9) as pool:
            running = [pool.submit(refresh, number) for number in range(8)]
            time.sleep(5)
            calm = served.get("/v1/race", crowd.tokens[1])
            assert calm.status_code == 200
            assert "stale" not in calm.json()
            for future in running:
                future.result()
    # Who asked within the 15 s may wait two more for a place.
    assert len(upstream.times) <= 40 + (15 + 2) * 2.5 + 10
    assert upstream.most_in_a_second() <= 10


def test_what_is_kept_survives_a_restart_and_is_sealed(
    upstream: Counted, tmp_path: Path
) -> None:
    secret = secrets.token_urlsafe(48)
    with serving(upstream, tmp_path, BRIDGE_SECRET_KEY=secret) as served:
        token = served.let_in()["token"]
        before = served.get("/v1/athlete", token).json()
    for file in tmp_path.glob("bridge.upstream.db*"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
        assert before["name"].encode() not in file.read_bytes()
    asked = len(upstream.times)
    with serving(upstream, tmp_path, BRIDGE_SECRET_KEY=secret) as served:
        after = served.get("/v1/athlete", token).json()
    assert after == before
    assert len(upstream.times) == asked


def test_a_worker_that_dies_while_it_asks_leaves_nobody_waiting(
    upstream: Counted, tmp_path: Path
) -> None:
    with serving(upstream, tmp_path, "--workers", "2", **LIMITED) as served:
        token = served.let_in()["token"]
        served.get("/v1/athlete", token)
        upstream.well.clear()
        with ThreadPoolExecutor(6) as pool:
            asked = [pool.submit(quietly, served, token) for _ in range(6)]
            time.sleep(1)
            upstream.well.set()
            for worker in workers_of(served):
                os.kill(worker, signal.SIGKILL)
            for future in asked:
                future.result()
        served.started.wait_for_address(served.url)
        began_s = time.monotonic()
        assert served.get("/v1/gear", token).status_code == 200
        assert time.monotonic() - began_s < 5


def quietly(served: Served, token: str) -> None:
    with contextlib.suppress(requests.RequestException):
        served.get("/v1/gear", token)


def workers_of(served: Served) -> list[int]:
    master = served.started.process.pid
    return [pid for pid in served.started.left_behind() if pid != master]


def test_fifty_phones_on_a_hanging_upstream_have_the_stopgap_at_once(
    upstream: Counted, tmp_path: Path
) -> None:
    with serving(upstream, tmp_path, "--workers", "2", **LIMITED) as served:
        crowd = Crowd(served)
        crowd.let_in(2)
        crowd.ask(["/v1/fitness"] * 4)
        age(tmp_path)
        upstream.forget()
        upstream.well.clear()
        with probed(served) as probes_s:
            first = crowd.ask(["/v1/fitness"] * 50)
            then = crowd.ask(["/v1/fitness"] * 50)
    for _, answer in (*first, *then):
        assert answer.json()["stale"] == "yes"
    times = sorted(took_s for took_s, _ in first)
    assert times[-3] < 2  # quiet: under 0.3 s; but the first one of each worker
    assert times[-1] < 6
    assert max(took_s for took_s, _ in then) < 2
    assert max(upstream.questions.values()) <= 2
    assert max(probes_s) < 1  # quiet: under 0.05 s


@contextlib.contextmanager
def probed(served: Served) -> Iterator[list[float]]:
    """Ask all the time whether the bridge is alive; gather how long that took."""
    probes_s: list[float] = []
    ended = threading.Event()

    def probe() -> None:
        while not ended.wait(0.02):
            began_s = time.monotonic()
            assert served.get("/healthz").ok
            probes_s.append(time.monotonic() - began_s)

    with ThreadPoolExecutor(1) as pool:
        probing = pool.submit(probe)
        try:
            yield probes_s
        finally:
            ended.set()
            probing.result()


def age(folder: Path) -> None:
    """End the freshness of all that is kept, as a write does."""
    with sqlite3.connect(folder / "bridge.upstream.db") as connection:
        asked = "SELECT name, value FROM notes WHERE name LIKE 'owner %'"
        rows = connection.execute(asked).fetchall()
        for name, value in rows:
            note = json.loads(value)
            aged = json.dumps(note | {"generation": note.get("generation", 0) + 1})
            connection.execute(
                "UPDATE notes SET value = ? WHERE name = ?", (aged, name)
            )
    assert rows
    time.sleep(NOTES_HOLD_S)  # the workers were not told
