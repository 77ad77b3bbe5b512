"""What every fault is held to, whatever it is.

An answer within 8.5 seconds, one flat error or an older answer that says so, the same
worker alive, memory grown by less than 64 MB, no secret in the log, and the next
healthy request fine.
"""

from __future__ import annotations

import gzip
import itertools
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from bridge.simulator.world import World
from tests.support.live import Served, Upstream, serving
from tests.upstream.servers import (
    Handler,
    RawServer,
    head,
    read_request,
    trickle,
    wait_for_the_end,
)

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pass_line")]
LIMIT_S = 8.5
GROWTH_MB = 64
JSON = "Content-Type: application/json"
# Days that nobody asked for yet.
DAYS = (f"2026-10-{day:02d}" for day in itertools.count(1))


def said(body: bytes, *headers: str, status: str = "200 OK") -> Handler:
    """Answer with these bytes, then hang up."""
    whole = head(f"Content-Length: {len(body)}", "Connection: close", *headers)
    whole = whole.replace(b"200 OK", status.encode(), 1) + body

    def handler(connection: socket.socket) -> None:
        connection.sendall(whole)

    return handler


def raw(*pieces: bytes) -> Handler:
    """Send these bytes, then hang up."""

    def handler(connection: socket.socket) -> None:
        connection.sendall(b"".join(pieces))

    return handler


@cache
def bomb() -> bytes:
    """64 MB of blanks, in 65 kB."""
    return gzip.compress(b" " * (64 << 20), 9)


def trickling(connection: socket.socket) -> None:
    """Send a byte a second of an answer that would be right."""
    trickle(connection, head("Content-Length: 100", JSON) + b" " * 100, 1)


FAULTS: dict[str, Callable[[], Handler]] = {
    # upstream answers badly
    "a challenge": lambda: said(b"<!DOCTYPE html><title>Just a moment", "CF-RAY: 1"),
    "cut JSON": lambda: said(b'[{"id":"2026-11-23","ctl":5', JSON),
    "an error as a success": lambda: said(b'{"status":500,"error":"x"}', JSON),
    "four hundred thousand rows": lambda: said(
        b"[" + b",".join([b'{"id":"2026-01-01"}'] * 400_000) + b"]", JSON
    ),
    "a call for a pause": lambda: said(b"", "Retry-After: 0", status="429 No"),
    # the wire
    "silence": lambda: wait_for_the_end,
    "a byte a second": lambda: trickling,
    "cut off in the body": lambda: raw(head("Content-Length: 5000", JSON), b"[{"),
    "a gzip bomb": lambda: said(bomb(), JSON, "Content-Encoding: gzip"),
    "no HTTP": lambda: raw(b"SSH-2.0-OpenSSH_9.2\r\n"),
}


@dataclass
class Between:
    """A wire between bridge and simulator, with a fault on it or none."""

    upstream: Upstream
    fault: Handler | None = None

    @contextmanager
    def broken(self, fault: Handler) -> Iterator[None]:
        """Have this fault for a while."""
        self.fault = fault
        try:
            yield
        finally:
            self.fault = None

    def __call__(self, connection: socket.socket) -> None:
        """Pass one request on, and its answer back."""
        asked = read_request(connection)
        if self.fault is not None:
            self.fault(connection)
            return
        there = urlsplit(self.upstream.url)
        with socket.create_connection((there.hostname, there.port), 10) as beyond:
            beyond.sendall(asked.replace(b"\r\n", b"\r\nConnection: close\r\n", 1))
            while piece := beyond.recv(65536):
                connection.sendall(piece)


@dataclass
class Watched:
    """A bridge that is served to one phone, and what becomes of its worker."""

    served: Served
    wire: Between
    token: str

    def ask(self, path: str) -> requests.Response:
        """Ask; no answer may take longer than the limit."""
        began_s = time.monotonic()
        answer = self.served.get(path, self.token)
        assert time.monotonic() - began_s < LIMIT_S
        return answer

    def worker(self) -> int:
        """Return the process that answers."""
        master = self.served.started.process.pid
        (worker,) = (p for p in self.served.started.left_behind() if p != master)
        return worker

    def memory_mb(self) -> float:
        """Return what the worker holds."""
        status = Path(f"/proc/{self.worker()}/status").read_text("utf-8")
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    folder = tmp_path_factory.mktemp("watched")
    with Upstream(World()).running() as upstream:
        wire = Between(upstream)
        with (
            RawServer(wire) as server,
            serving(
                upstream, folder, BRIDGE_UPSTREAM_URL=server.url.rstrip("/")
            ) as served,
        ):
            yield Watched(served, wire, served.let_in()["token"])


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_fault_on_the_way_to_upstream_passes(
    watched: Watched, fault: Callable[[], Handler]
) -> None:
    assert "stale" not in watched.ask("/v1/fitness?refresh=yes").json()
    worker, held_mb = watched.worker(), watched.memory_mb()
    with watched.wire.broken(fault()):
        cold = watched.ask(f"/v1/wellness?day={next(DAYS)}")
        covered = watched.ask("/v1/fitness?refresh=yes")
    assert cold.status_code in {502, 503, 504}
    assert {"speech", "code", "hint"} <= cold.json().keys()
    assert (covered.status_code, covered.json()["stale"]) == (200, "yes")
    until_s = time.monotonic() + 30
    while "stale" in watched.ask("/v1/fitness?refresh=yes").json():
        assert time.monotonic() < until_s
        time.sleep(0.2)
    assert watched.worker() == worker
    assert watched.memory_mb() - held_mb < GROWTH_MB
    log = watched.served.started.output()
    assert watched.wire.upstream.world.api_key not in log
    assert watched.token not in log
    assert "Traceback" not in log


def test_the_worker_holds_no_more_after_five_thousand_requests(
    watched: Watched,
) -> None:
    writer = watched.served.let_in("write", "Writer")["token"]
    reads = [
        *("/v1/fitness", "/v1/today", "/v1/week", "/v1/activities", "/v1/wellness"),
        *("/v1/race", "/v1/nowhere", "/v1/fitness?day=x", "/v1/fitness?format=text"),
        *("/openapi.json", "/v1/activities/latest/laps", "/healthz", "/w/form.svg"),
        *("/v1/menu?lang=de", "/v1/wellness?day={}", "/v1/fitness?lang=fr&day={}"),
    ]
    days = [f"2026-{month:02d}-{day:02d}" for month in (7, 8) for day in range(1, 29)]

    def ask(many: int) -> None:
        with requests.Session() as session:
            session.headers["Authorization"] = f"Bearer {watched.token}"
            pairs = zip(itertools.cycle(reads), itertools.cycle(days), strict=False)
            for path, day in itertools.islice(pairs, many):
                session.get(watched.served.url + path.format(day), timeout=30)
            for number in range(many // 400):
                session.post(
                    f"{watched.served.url}/v1/wellness",
                    headers={"Authorization": f"Bearer {writer}"},
                    json={"weight_kg": 70 + number / 10},
                    timeout=30,
                )
                session.get(watched.served.url + "/v1/activities.csv", timeout=30)

    ask(100)  # what is made once is there then
    worker, held_mb = watched.worker(), watched.memory_mb()
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(ask, 1200) for _ in range(4)]:
            done.result()
    assert watched.worker() == worker
    assert watched.memory_mb() - held_mb < GROWTH_MB
