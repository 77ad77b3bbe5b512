"""The wire to upstream: what TLS costs, and how many calls go over it."""

from __future__ import annotations

import ssl
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import certifi
import requests

from bench.far import DELAY_MS, DIRECT
from bench.report import Figure
from bench.serve import (
    KEY,
    ROUNDS,
    Upstream,
    bridge,
    new_folder,
    settings,
    status_of,
    upstream,
    volley,
)
from bridge.upstream.deadline import Deadline, within
from bridge.upstream.transport import BoundedAdapter, read_bounded
from tests.upstream.servers import make_certificates

LIMIT_PER_SECOND = 10
AIM_MS = 5
WITHOUT_END_S = 10
REFRESHED = ("today", "week", "race", "activities/latest/laps")
IDENTICAL = 200
_PAUSE_S = 0.05  # in place of the minute after which a connection is not used again


def measure() -> tuple[list[Figure], str]:
    """Return the figures of this section; nothing stands beneath them."""
    figures = [_first_call_after_a_pause()]
    with upstream(DELAY_MS) as source:
        figures.append(_most_in_a_second(source))
        figures += [_most_for_one(source, workers) for workers in (1, 4)]
    return figures, ""


def _first_call_after_a_pause() -> Figure:
    with new_folder() as folder:
        certificates = make_certificates(folder)
        trusted = folder / "trusted.pem"
        authorities = (Path(certifi.where()), certificates.authority)
        trusted.write_text("\n".join(path.read_text() for path in authorities))
        context = ssl.create_default_context(cafile=str(trusted))
        adapter = BoundedAdapter(context=context, idle_s=_PAUSE_S)
        with upstream(0, certificates.server) as source:
            url, auth = source.url + DIRECT, ("API_KEY", KEY)
            question = requests.Request("GET", url, auth=auth).prepare()

            def ours() -> None:
                with within(Deadline.after(5)):
                    read_bounded(adapter.send(question, stream=True), 1 << 20)

            def naive() -> None:
                requests.get(url, auth=auth, verify=str(trusted), timeout=5).json()

            ours()
            ms, naive_ms = (_cpu_after_pauses(call) for call in (ours, naive))
        adapter.close()
    return Figure(
        "tls",
        f"{ms:.1f} ms",
        f"{AIM_MS} ms (requests.get: {naive_ms:.0f} ms)",
        ms / AIM_MS,
    )


def _cpu_after_pauses(call: Callable[[], None]) -> float:
    times = []
    for _ in range(ROUNDS):
        time.sleep(2 * _PAUSE_S)
        begun_s = time.process_time()
        call()
        times.append((time.process_time() - begun_s) * 1000)
    return statistics.median(times)


def _most_in_a_second(source: Upstream) -> Figure:
    """Refresh four shortcuts twice over, again and again, through two processes."""
    source.seen()
    with (
        new_folder() as folder,
        bridge(
            settings(folder, source.url, LIMIT_PER_SECOND), "--workers", "2"
        ) as ours,
    ):
        until_s = time.monotonic() + WITHOUT_END_S

        def refresh(number: int) -> int:
            path = REFRESHED[number % len(REFRESHED)]
            answers = 0
            while time.monotonic() < until_s:
                status = status_of(f"{ours.url}/v1/{path}?refresh=yes", ours.headers)
                answers += status == 200
            return answers

        with ThreadPoolExecutor(8) as pool:
            answers = sum(pool.map(refresh, range(8)))
    times = [at_s for at_s, _ in source.seen()]
    most = most_in_a_second(times)
    return Figure(
        "limit",
        f"{most}",
        f"{LIMIT_PER_SECOND} ({len(times)} calls and {answers} answers "
        f"in {WITHOUT_END_S} s)",
        most / LIMIT_PER_SECOND,
    )


def most_in_a_second(times_s: Iterable[float]) -> int:
    """Return how many of some instants lie within one second, at most."""
    most, first, instants = 0, 0, sorted(times_s)
    for last, at_s in enumerate(instants):
        while at_s - instants[first] >= 1:
            first += 1
        most = max(most, last - first + 1)
    return most


def _most_for_one(source: Upstream, workers: int) -> Figure:
    """Ask the same 200 times of a bridge that knows nothing yet."""
    most, calls, refused = 0, [], 0
    for _ in range(ROUNDS):
        with (
            new_folder() as folder,
            bridge(
                settings(folder, source.url, LIMIT_PER_SECOND),
                "--workers",
                str(workers),
            ) as ours,
        ):
            source.seen()
            answers = volley(f"{ours.url}/v1/fitness", [ours.headers] * IDENTICAL)
        questions = Counter(path for _, path in source.seen())
        most = max(most, *questions.values())
        calls.append(questions.total())
        refused += sum(answer.status != 200 for answer in answers)
    return Figure(
        f"identical {workers}",
        f"{most}",
        f"1 (the worst of {ROUNDS} runs; {max(calls)} calls for "
        f"{len(questions)} questions, {refused} of {ROUNDS * IDENTICAL:,} refused)",
        float(most),
    )
