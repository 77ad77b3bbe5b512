"""What a small machine gives: time to start, memory, a picture beside an answer."""

from __future__ import annotations

import http.client
import itertools
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial

from bench.peers.flat import ATHLETE
from bench.report import Figure
from bench.serve import (
    HERE,
    ROUNDS,
    Bridge,
    Headers,
    Upstream,
    bridge,
    bridge_command,
    flask_command,
    free_port,
    get,
    let_in,
    new_folder,
    p95,
    resident_mb,
    serving,
    settings,
    took_ms,
    upstream,
)

MOST_MB, MOST_DRAWN_MB = 80, 130
MOST_SUITE_S = 300
MIXED, CLIENTS = 10_000, 8
KEPT_ASKED = 100  # in each round
PICTURES = (
    "/w/wallpaper.png?device=iphone-15&theme=dark",
    "/w/form.png?size=large",
    "/w/recovery.png?size=medium",
    "/w/week.png?size=eink",
)
LIST = f"{ATHLETE}/activities?oldest=2000-01-01&limit=50"
LANGUAGES = ("en", "de", "fr", "es")
KEPT = (
    "/v1/today",
    "/v1/fitness",
    "/v1/wellness",
    "/v1/activities",
    "/v1/activities/latest",
    "/v1/activities/latest/laps",
    "/v1/athlete",
    "/v1/events",
    "/v1/workouts/next",
    "/v1/race",
    "/v1/gear",
    "/v1/streak",
    "/v1/bests",
    "/v1/week",
    "/v1/zones",
)
ANEW = (
    "/v1/today?refresh=yes",
    "/v1/activities/latest?refresh=yes",
    "/v1/fitness?refresh=yes",
    "/v1/activities.csv",
    "/v1/wellness.csv",
    "/v1/activities/i999999",
    "/v1/fitness?nonsense=1",
    "/v1/nothing",
    "/healthz",
)
# One after another, three kept ones for each that is worked out.
MIX = tuple(
    path
    for number, (lang, anew) in enumerate(itertools.product(LANGUAGES, ANEW))
    for path in (
        *(f"{KEPT[(3 * number + n) % len(KEPT)]}?lang={lang}" for n in range(3)),
        anew,
    )
)


def measure(*, with_suite: bool = False) -> tuple[list[Figure], str]:
    """Return the figures of this section; nothing stands beneath them."""
    figures: list[Figure] = []
    with upstream(0) as source, new_folder() as folder:
        env = settings(folder, source.url)
        token = let_in(env)
        figures += _cold(env, token)
        with bridge(env, token=token) as ours:
            figures += _mixed(ours)
            figures += [_drawing(ours), _memory_drawn(ours), _bytes(ours, source)]
    return [*figures, _suite(with_suite=with_suite)], ""


def _cold(env: Mapping[str, str], token: str) -> Iterator[Figure]:
    """Start both again and again, by turns: a machine has moods."""
    bearer = {"Authorization": f"Bearer {token}"}
    latest = "/v1/activities/latest?refresh=yes"
    for name, ours, bare in (
        ("cold start", "/healthz", "/hello"),
        ("cold answer", latest, "/latest"),
    ):
        _start_ms(bridge_command, ours, env, bearer)  # upstream makes its bodies once
        _start_ms(flask_command, bare, env, {})
        starts = [
            (
                _start_ms(bridge_command, ours, env, bearer),
                _start_ms(flask_command, bare, env, {}),
            )
            for _ in range(ROUNDS)
        ]
        ms, bare_ms = (statistics.median(times) for times in zip(*starts, strict=True))
        yield Figure(
            name,
            f"{ms:,.0f} ms",
            f"Flask + requests {bare_ms:,.0f} ms",
            ms / bare_ms,
        )


def _start_ms(
    command: Callable[[int], list[str]],
    path: str,
    env: Mapping[str, str],
    headers: Headers,
) -> float:
    port, begun_s = free_port(), time.perf_counter()
    with serving(command(port), env, f":{port}{path}", headers):
        return (time.perf_counter() - begun_s) * 1000


def _mixed(ours: Bridge) -> Iterator[Figure]:
    """Ask ten thousand things from eight phones, and look half-way."""
    paths = itertools.islice(itertools.cycle(MIX), MIXED)
    half = list(itertools.islice(paths, MIXED // 2))
    _ask_all(ours, half)
    before_mb = resident_mb(ours.pid)
    _ask_all(ours, list(paths))
    after_mb = resident_mb(ours.pid)
    yield Figure("memory", f"{after_mb:.0f} MB", f"{MOST_MB} MB", after_mb / MOST_MB)
    yield Figure(
        "growth",
        f"{after_mb - before_mb:+.1f} MB",
        f"{before_mb:.1f} MB",
        after_mb / before_mb,
    )


def _ask_all(ours: Bridge, paths: list[str]) -> None:
    """Ask for everything, over connections that are kept.

    Raises
    ------
    RuntimeError
        If the bridge fails at any.
    """

    def ask(mine: list[str]) -> None:
        address = ours.url.removeprefix("http://")
        connection = http.client.HTTPConnection(address, timeout=30)
        for path in mine:
            connection.request("GET", path, headers=dict(ours.headers))
            answer = connection.getresponse()
            answer.read()
            if answer.status >= 429:
                raise RuntimeError(f"{path}: {answer.status}")
        connection.close()

    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(ask, [paths[first::CLIENTS] for first in range(CLIENTS)]))


def _drawing(ours: Bridge) -> Figure:
    """Ask for what is kept while four pictures are drawn.

    Those who ask for pictures are processes: they take no time of who measures.
    """
    quiet, busy = [], []
    ask, draw = partial(ours.get, "/v1/today"), partial(_picture, ours)
    with ProcessPoolExecutor(len(PICTURES)) as pool:
        list(pool.map(draw, PICTURES))
        for _ in range(ROUNDS):  # by turns: a machine has moods
            quiet.append(p95([took_ms(ask) for _ in range(KEPT_ASKED)]))
            drawn = [pool.submit(draw, path) for path in PICTURES]
            times = [took_ms(ask)]
            while not all(one.done() for one in drawn):
                times.append(took_ms(ask))
            for one in drawn:
                one.result()
            busy.append(p95(times))
    slow_ms, usual_ms = statistics.median(busy), statistics.median(quiet)
    return Figure(
        "drawing",
        f"{slow_ms:.1f} ms",
        f"nothing drawn {usual_ms:.1f} ms",
        slow_ms / usual_ms,
    )


def _picture(ours: Bridge, path: str) -> bytes:
    return get(ours.url + path, ours.headers)


def _memory_drawn(ours: Bridge) -> Figure:
    drawn_mb = resident_mb(ours.pid)
    ratio = drawn_mb / MOST_DRAWN_MB
    return Figure("memory drawn", f"{drawn_mb:.0f} MB", f"{MOST_DRAWN_MB} MB", ratio)


def _bytes(ours: Bridge, source: Upstream) -> Figure:
    sent, listed = len(ours.get("/v1/activities/latest")), len(source.get(LIST))
    return Figure(
        "bytes",
        f"{sent:,} bytes",
        f"upstream's list of 50: {listed:,} bytes",
        sent / listed,
    )


def _suite(*, with_suite: bool) -> Figure:
    """Run the everyday tests where that is wanted: it takes minutes."""
    if not with_suite:
        return Figure("suite", "`make bench SUITE=yes` runs it too")
    # Nothing of what this make was told is for that one.
    ours = {"MAKEFLAGS", "MFLAGS", "MAKEOVERRIDES", "ARGS", "CI"}
    env = {name: value for name, value in os.environ.items() if name not in ours}
    begun_s = time.monotonic()
    ended = subprocess.run(
        ["make", "test"], cwd=HERE.parent, env=env, stdout=sys.stderr, check=False
    )
    took_s = time.monotonic() - begun_s
    if ended.returncode:
        return Figure("suite", f"it failed after {took_s:.0f} s")
    ratio = took_s / MOST_SUITE_S
    return Figure("suite", f"{took_s:.0f} s", f"{MOST_SUITE_S} s", ratio)
