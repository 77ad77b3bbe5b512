"""Two workers give answers again while somebody writes: nobody reads what was."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.support.live import Served, Upstream, serving

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("live_http")]
READERS = 4
WRITES = 25
PATH = "/v1/wellness"


@pytest.fixture
def served(upstream: Upstream, tmp_path: Path) -> Iterator[Served]:
    with serving(upstream, tmp_path, "--workers", "2") as running:
        yield running


def test_who_wrote_reads_it_and_who_is_out_is_out(served: Served) -> None:
    reads, writes = served.let_in("read", "Reader"), served.let_in("write", "Writer")
    ended, counts = threading.Event(), [0] * READERS
    sessions = [requests.Session() for _ in range(READERS)]
    for session in sessions:
        session.headers["Authorization"] = f"Bearer {reads['token']}"

    def read(number: int) -> None:
        while not ended.is_set():
            answer = sessions[number].get(served.url + PATH, timeout=30)
            assert answer.status_code == 200
            counts[number] += 1

    readers = [threading.Thread(target=read, args=[n]) for n in range(READERS)]
    for reader in readers:
        reader.start()
    wrong = []
    for number in range(WRITES):
        weight_kg = 60 + number / 10
        sent = requests.post(
            served.url + PATH,
            json={"weight_kg": weight_kg},
            headers={"Authorization": f"Bearer {writes['token']}"},
            timeout=30,
        )
        assert sent.status_code == 200, sent.text
        for _ in range(6):  # of either worker
            seen = served.get(PATH, reads["token"]).json()["weight_kg"]
            wrong += [(weight_kg, seen)] if seen != weight_kg else []
        time.sleep(0.05)
    ended.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert min(counts) > WRITES
    out = served.run("devices", "revoke", reads["id"])
    assert out.returncode == 0, out.stderr
    for session in sessions:
        assert session.get(served.url + PATH, timeout=30).status_code == 401
        session.close()
    asked = sum(counts) + WRITES * 7 + READERS
    assert served.started.output().count(f" {PATH} ") == asked
