"""Few threads compute at once, so that the event loop soon has a turn of its own."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from bridge.turns import AT_ONCE, LONGEST_WAIT_S, computing, this_thread

MANY = 16


class Counter:
    """Counts how many are inside, and remembers the most."""

    def __init__(self) -> None:
        self.inside = self.most = 0
        self.lock = threading.Lock()

    def __enter__(self) -> None:
        with self.lock:
            self.inside += 1
            self.most = max(self.most, self.inside)

    def __exit__(self, *_: object) -> None:
        with self.lock:
            self.inside -= 1


def test_of_many_threads_a_few_compute_at_once() -> None:
    inside = Counter()

    def answer(_: int) -> None:
        with computing(), inside:
            time.sleep(0.002)

    with ThreadPoolExecutor(MANY) as pool:
        list(pool.map(answer, range(MANY)))
    assert inside.most <= AT_ONCE


def test_who_waits_lets_others_on() -> None:
    all_wait = threading.Barrier(MANY)
    inside = Counter()

    def answer(_: int) -> None:
        with computing():
            with this_thread.waiting:
                all_wait.wait(LONGEST_WAIT_S * 10)  # more than there are places
            with inside:
                time.sleep(0.002)

    with ThreadPoolExecutor(MANY) as pool:
        list(pool.map(answer, range(MANY)))
    assert inside.most <= AT_ONCE


def test_nobody_waits_long_for_those_who_do_not_let_on() -> None:
    all_in = threading.Barrier(AT_ONCE + 1)

    def hold() -> None:
        with computing():
            all_in.wait(LONGEST_WAIT_S * 50)

    with ThreadPoolExecutor(AT_ONCE + 1) as pool:
        for done in [pool.submit(hold) for _ in range(AT_ONCE + 1)]:
            done.result()


def test_a_thread_of_nobodys_waits_as_it_always_did() -> None:
    with this_thread.waiting:
        pass
    with computing(), this_thread.waiting, this_thread.waiting:
        pass
