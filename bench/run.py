"""Measure the bridge beside naive Flask and write bench/RESULTS.md.

Everything is a ratio against something real in the same run: machines differ, and
this one is noisy.
"""

from __future__ import annotations

import json
import os
import platform
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bench import side

HERE = Path(__file__).parent
ROUNDS = 15
STARTS = 9
DELAY_MS = 150
KEPT_ASKED = 25  # in each round
PICTURES = (
    "/wallpaper.png?device=iphone-15&theme=dark",
    "/form.png?size=large",
    "/recovery.png?size=medium",
    "/week.png?size=eink",
)

Ask = Callable[[str], bytes]
SECRET = "bench-only-9xKq2Lw8Zp4Vt6Rm3Yh7Nc5J"


@dataclass(frozen=True)
class Row:
    """One line of the results."""

    what: str
    value: str
    beside: str
    ratio: float
    aim: str


def main() -> None:
    """Run all measurements and write them down."""
    lacking = side.lacking()
    if lacking:
        sys.exit(f"These come with Debian: sudo apt-get install {' '.join(lacking)}")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        port = free_port()
        key = stack.enter_context(upstream(port))
        env = settings(folder, port, key)
        token = add_device(env)
        rows = [*measure(env, token, f"http://127.0.0.1:{port}", key)]
    text = report(rows) + beside()
    (HERE / "RESULTS.md").write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def beside() -> str:
    """Return the bridge side by side with its peers, on an upstream of their own."""
    with tempfile.TemporaryDirectory() as folder:
        port, key = free_port(), "bench-key-4711"
        env = settings(Path(folder), port, key)
        env |= {"BENCH_KEY": key, "BENCH_UPSTREAM": f"http://127.0.0.1:{port}"}
        return side.measure(env, add_device(env), port)


def measure(env: dict[str, str], token: str, base: str, key: str) -> Iterator[Row]:
    """Yield every measurement."""
    naive_env = env | {"BENCH_UPSTREAM": base, "BENCH_KEY": key}
    yield cold_start(env, naive_env)
    with serving("bridge.wsgi:app", env) as (bridge, process):
        ask = asker(f"{bridge}/v1", {"Authorization": f"Bearer {token}"})
        ask("/fitness")
        direct = asker(f"{base}/api/v1/athlete/0", basic(key))
        one = median_ms(lambda: direct("/profile"))
        with serving("bench.naive:app", naive_env) as (naive, _):
            naive_ask = asker(naive, {})
            yield brief(ask, naive_ask, one)
            yield latest(ask, one)
            yield cached(ask, one)
            yield size(ask, naive_ask)
        yield drawing(ask, partial(picture, f"{bridge}/w", token))
        yield memory(process)


def cold_start(env: dict[str, str], naive_env: dict[str, str]) -> Row:
    """From starting gunicorn to the first answer, by turns: a machine has moods."""
    starts = [
        (
            start_ms("bridge.wsgi:app", "/healthz", env),
            start_ms("bench.naive:app", "/hello", naive_env),
        )
        for _ in range(STARTS)
    ]
    ours, bare = (statistics.median(each) for each in zip(*starts, strict=True))
    return Row(
        "cold start to the first answer",
        f"{ours:.0f} ms",
        f"Flask + requests {bare:.0f} ms",
        ours / bare,
        "at most 1.8",
    )


def brief(ask: Ask, naive_ask: Ask, one: float) -> Row:
    """Return the morning brief: four questions upstream, asked at once."""
    ours = median_ms(lambda: ask("/today?refresh=yes"))
    naive = median_ms(lambda: naive_ask("/brief"), rounds=5)
    return Row(
        "morning brief, nothing kept",
        f"{ours:.0f} ms",
        f"one upstream call {one:.0f} ms (naive, one after another: {naive:.0f} ms)",
        ours / one,
        "at most 1.05",
    )


def latest(ask: Ask, one: float) -> Row:
    """Return the latest activity: one question upstream."""
    ours = median_ms(lambda: ask("/activities/latest?refresh=yes"))
    return Row(
        "latest activity, nothing kept",
        f"{ours:.0f} ms",
        f"one upstream call {one:.0f} ms",
        ours / one,
        "",
    )


def cached(ask: Ask, one: float) -> Row:
    """Return the brief asked again within a minute."""
    ours = median_ms(lambda: ask("/today"))
    return Row(
        "morning brief, asked again within a minute",
        f"{ours:.1f} ms",
        f"one upstream call {one:.0f} ms",
        ours / one,
        "",
    )


def size(ask: Ask, naive_ask: Ask) -> Row:
    """Return bytes to the phone for the latest activity."""
    ours, listed = len(ask("/activities/latest")), len(naive_ask("/activities"))
    return Row(
        "bytes to the phone, latest activity",
        f"{ours} bytes",
        f"upstream's list of 50: {listed} bytes",
        ours / listed,
        "at most 0.01",
    )


def drawing(ask: Ask, draw: Ask) -> Row:
    """Return how long a kept answer takes while four pictures are drawn.

    Those who ask for pictures are processes: they take no time of who measures.
    """
    quiet, busy = [], []
    with ProcessPoolExecutor(len(PICTURES)) as pool:
        list(pool.map(draw, PICTURES))
        for _ in range(ROUNDS):  # by turns: a machine has moods
            quiet += times_ms(lambda: ask("/today"), count=KEPT_ASKED)
            drawn = [pool.submit(draw, path) for path in PICTURES]
            while not all(one.done() for one in drawn):
                busy += times_ms(lambda: ask("/today"), count=1)
            for one in drawn:
                one.result()
    slow, usual = p95(busy), p95(quiet)
    return Row(
        "a kept brief while four pictures are drawn, 95th percentile",
        f"{slow:.1f} ms",
        f"nothing drawn {usual:.1f} ms",
        slow / usual,
        "at most 1.5",
    )


def picture(base: str, token: str, path: str) -> bytes:
    """Ask for a picture."""
    return asker(base, {"Authorization": f"Bearer {token}"})(path)


def memory(process: subprocess.Popen[bytes]) -> Row:
    """Return what a worker holds after the measurements."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
    sizes = [resident_mb(int(pid)) for pid in children.split()]
    return Row(
        "memory of a worker that has drawn",
        f"{max(sizes):.0f} MB",
        "130 MB",
        max(sizes) / 130,
        "at most 1",
    )


def asker(base: str, headers: dict[str, str]) -> Ask:
    """Return a function that asks and returns the body."""

    def ask(path: str) -> bytes:
        request = urllib.request.Request(base + path, headers=headers)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return bytes(answer.read())

    return ask


def basic(key: str) -> dict[str, str]:
    """Return the header upstream wants."""
    from base64 import b64encode

    return {"Authorization": "Basic " + b64encode(f"API_KEY:{key}".encode()).decode()}


def median_ms(call: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the median of several calls, the first not counted."""
    call()
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        call()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def times_ms(call: Callable[[], object], count: int) -> list[float]:
    """Return how long each of several calls took."""
    times = []
    for _ in range(count):
        begun = time.perf_counter()
        call()
        times.append((time.perf_counter() - begun) * 1000)
    return times


def p95(times: list[float]) -> float:
    """Return the time that 95 of 100 calls stay below."""
    return statistics.quantiles(times, n=20)[-1]


def start_ms(app: str, path: str, env: dict[str, str]) -> float:
    """Return how long starting took."""
    begun = time.perf_counter()
    with serving(app, env, path):
        return (time.perf_counter() - begun) * 1000


@contextmanager
def serving(
    app: str, env: dict[str, str], path: str = ""
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Serve an app with gunicorn until the block ends."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--worker-class", "gthread"]
    command += ["--threads", "32", "--bind", f"127.0.0.1:{port}", app]
    process = subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL)
    try:
        ping = path or ("/healthz" if app.startswith("bridge") else "/hello")
        wait_for(f"http://127.0.0.1:{port}{ping}")
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.terminate()
        process.wait()


@contextmanager
def upstream(port: int) -> Iterator[str]:
    """Run the stand-in for upstream; give its API key."""
    command = [sys.executable, "-m", "bench.upstream", str(port), str(DELAY_MS)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        yield process.stdout.readline().decode().strip()
    finally:
        process.terminate()
        process.wait()


def wait_for(url: str) -> None:
    """Wait until something answers."""
    for _ in range(2000):
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.005)
    raise TimeoutError(url)


def settings(folder: Path, port: int, key: str) -> dict[str, str]:
    """Return the environment of the bridge under measurement."""
    return os.environ | {
        "INTERVALS_API_KEY": key,
        "BRIDGE_SECRET_KEY": SECRET,
        "BRIDGE_UPSTREAM_URL": f"http://127.0.0.1:{port}",
        "DATABASE_URL": f"sqlite:///{folder / 'bridge.db'}",
        "BRIDGE_UPSTREAM_PER_SECOND": "0",  # the budget is not what is measured
        "BENCH_DAY": f"{datetime.now(UTC):%Y-%m-%d}",
    }


def add_device(env: dict[str, str]) -> str:
    """Return a fresh device token."""
    command = [sys.executable, "-m", "bridge.cli", "devices", "add", "Bench", "--json"]
    found = subprocess.run(command, env=env, check=True, capture_output=True)
    token: str = json.loads(found.stdout)["token"]
    return token


def resident_mb(pid: int) -> float:
    """Return the resident memory of a process."""
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def report(rows: list[Row]) -> str:
    """Return the results as Markdown."""
    made = (
        f"Made by `make bench`: medians of one run on {os.cpu_count()} cores, Python "
        f"{platform.python_version()}, loopback, upstream {DELAY_MS} ms away. "
        "Only the ratios carry over to another machine."
    )
    lines = [
        "# What was measured",
        "",
        made,
        "",
        "| what | bridge | beside it, in the same run | ratio | aim |",
        "| --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {row.what} | {row.value} | {row.beside} | {row.ratio:.3g} | {row.aim} |"
        for row in rows
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
