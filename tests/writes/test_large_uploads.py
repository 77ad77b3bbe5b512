"""A large file goes through the bridge in pieces: memory does not grow by it."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import requests

from bridge.routes.api.activity.files import LARGEST_FILE
from bridge.simulator.world import World
from tests.support.live import Served, Upstream, serving

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

pytestmark = [pytest.mark.xdist_group("live_http"), pytest.mark.slow]
MB = 1024 * 1024
# A FIT file by its first bytes; what is in it is Intervals.icu's to judge.
FILE = b"\x0e\x10\xd9\x07\x00\x00\x00\x00.FIT" + bytes(range(256)) * (24 * MB // 256)


class Swallowing(Upstream):
    """Takes uploads in pieces and refuses them; keeps their digests."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.digests: list[str] = []
        self.together = threading.Barrier(1)

    def _answer(
        self, environ: WSGIEnvironment, start: StartResponse
    ) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "POST":
            return super()._answer(environ, start)
        digest, left = hashlib.sha256(), int(environ["CONTENT_LENGTH"])
        self.together.wait(60)
        while left:
            piece = environ["wsgi.input"].read(min(left, 65536))
            left -= len(piece)
            digest.update(piece)
        self.digests.append(digest.hexdigest())
        start("422 Odd", [("Content-Type", "application/json")])
        return [b'{"status": 422, "error": "Invalid fit file"}']


@pytest.fixture
def upstream() -> Iterator[Swallowing]:
    swallowing = Swallowing(World())
    with swallowing.running():
        yield swallowing


@pytest.fixture
def served(upstream: Swallowing, tmp_path: Path) -> Iterator[Served]:
    with serving(upstream, tmp_path) as running:
        yield running


def peak_bytes(served: Served) -> int:
    """Return the most that a process of the bridge ever had in memory of its own."""
    peaks = []
    for pid in served.started.left_behind():
        status = Path(f"/proc/{pid}/status").read_text("ascii")
        (peak_kb,) = re.findall(r"VmHWM:\s+(\d+) kB", status)
        peaks.append(int(peak_kb) * 1024)
    return max(peaks)


def upload(served: Served, path: str, token: str, data: bytes) -> int:
    headers = {"Authorization": f"Bearer {token}"}
    if path.startswith("/api/"):
        headers["Content-Type"] = "application/octet-stream"
    url = f"{served.url}{path}"
    return requests.post(url, data=data, headers=headers, timeout=60).status_code


@pytest.mark.parametrize(
    "path", ["/v1/activities?filename=a.fit", "/api/v1/athlete/0/activities"]
)
def test_eight_large_files_at_once_stay_out_of_memory(
    served: Served, upstream: Swallowing, path: str
) -> None:
    token = served.let_in("raw")["token"]
    assert len(FILE) <= LARGEST_FILE
    assert upload(served, path, token, FILE[: 100 * 1024]) == 422
    before = peak_bytes(served)
    assert upload(served, path, token, FILE) == 422
    assert peak_bytes(served) - before < 12 * MB, "of one of 24"
    half = FILE[: 12 * MB]
    upstream.together = threading.Barrier(8)
    with ThreadPoolExecutor(8) as pool:
        sent = [
            pool.submit(upload, served, path, token, half + bytes([number]))
            for number in range(8)
        ]
        assert [future.result() for future in sent] == [422] * 8
    assert peak_bytes(served) - before < 48 * MB  # of 96
    assert len(set(upstream.digests)) == 10
