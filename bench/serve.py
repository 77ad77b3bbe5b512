"""What all sections share: servers to start, questions to ask, clocks to read."""

from __future__ import annotations

import base64
import json
import os
import selectors
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from bridge.config import Config
from bridge.store.athletes import OWNER
from bridge.store.migrations import ready_store
from bridge.tokens import Tokens

HERE = Path(__file__).parent
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))  # fewer to try the bench itself
SECRET = "bench-only-9xKq2Lw8Zp4Vt6Rm3Yh7Nc5J"
KEY = "bench-key-4711"
NAIVE = "bench.peers.naive:app"
DEBIAN = {
    "nginx": "nginx-light",
    "wrk": "wrk",
    "node": "nodejs",
    "npm": "npm",
    "taskset": "util-linux",
}
START_S = 60.0
STOP_S = 20.0
_LOOK_EVERY_S = 0.005

Headers = Mapping[str, str]


def lacking(which: Callable[[str], str | None] = shutil.which) -> list[str]:
    """Return the packages of Debian that have to be installed first."""
    return [package for name, package in DEBIAN.items() if which(name) is None]


# Servers.


@dataclass(frozen=True)
class Upstream:
    """The stand-in that is being served."""

    url: str

    def get(self, path: str) -> bytes:
        """Ask as the bridge does."""
        key = base64.b64encode(f"API_KEY:{KEY}".encode()).decode()
        return get(self.url + path, {"Authorization": f"Basic {key}"})

    def seen(self) -> list[tuple[float, str]]:
        """Return when it was asked what, in seconds, since this was asked last."""
        return [(at_s, path) for at_s, path in json.loads(self.get("/bench/seen"))]

    def kept(self) -> dict[str, str]:
        """Return all bodies by what was asked."""
        bodies: dict[str, str] = json.loads(self.get("/bench/kept"))
        return bodies


@dataclass(frozen=True)
class Bridge:
    """A bridge that is being served, and a device it lets in."""

    url: str
    pid: int  # of gunicorn's master
    token: str

    @property
    def headers(self) -> Headers:
        """Return what a device sends."""
        return {"Authorization": f"Bearer {self.token}"}

    def get(self, path: str) -> bytes:
        """Ask as a device does."""
        return get(self.url + path, self.headers)


@contextmanager
def upstream(delay_ms: float, certificate: Path | None = None) -> Iterator[Upstream]:
    """Serve the stand-in until the block ends, each answer so much later."""
    port = free_port()
    command = [sys.executable, "-m", "bench.upstream", str(port), f"{delay_ms:g}", KEY]
    command += [str(certificate)] if certificate else []
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        process.stdout.readline()
        yield Upstream(f"{'https' if certificate else 'http'}://127.0.0.1:{port}")
    finally:
        end(process)


@contextmanager
def bridge(env: Mapping[str, str], *options: str, token: str = "") -> Iterator[Bridge]:
    """Serve the bridge as the Procfile does, but for the lines of its log."""
    port, token = free_port(), token or let_in(env)
    with serving(bridge_command(port, *options), env, f":{port}/healthz") as pid:
        yield Bridge(f"http://127.0.0.1:{port}", pid, token)


def bridge_command(port: int, *options: str) -> list[str]:
    """Return what serves the bridge on gunicorn."""
    command = [sys.executable, "-m", "gunicorn", "--access-logfile", "/dev/null"]
    command += ["--config", "python:bridge.cli.serving", *options]
    return [*command, "-b", f"127.0.0.1:{port}", "bridge.wsgi:app"]


def flask_command(port: int) -> list[str]:
    """Return what serves Flask and requests on gunicorn."""
    command = [sys.executable, "-m", "gunicorn", "-k", "gthread", "--threads", "32"]
    return [*command, "-b", f"127.0.0.1:{port}", NAIVE]


@contextmanager
def serving(
    command: Sequence[str],
    env: Mapping[str, str],
    ready: str,
    headers: Headers | None = None,
) -> Iterator[int]:
    """Serve until the block ends; give the process once ``:port/path`` answers.

    Raises
    ------
    TimeoutError
        If it ends, or takes too long.
    """
    process = subprocess.Popen(
        command,
        env=env,
        cwd=HERE.parent,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://127.0.0.1{ready}", process, headers or {})
        yield process.pid
    finally:
        end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask a process to end; kill the one that does not."""
    process.terminate()
    try:
        process.wait(STOP_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def wait_for(url: str, process: subprocess.Popen[bytes], headers: Headers) -> None:
    """Wait until a process answers well."""
    until_s = time.monotonic() + START_S
    while process.poll() is None and time.monotonic() < until_s:
        try:
            get(url, headers)
        except OSError:
            time.sleep(_LOOK_EVERY_S)
        else:
            return
    raise TimeoutError(f"{process.args!r} does not answer at {url}")


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


# Settings and devices.


@contextmanager
def new_folder() -> Iterator[Path]:
    """Lend an empty folder."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def settings(folder: Path, upstream_url: str, per_second: int = 0) -> dict[str, str]:
    """Return the environment of a bridge and of its peers.

    Without a limit (0) equal questions to upstream are not merged either.
    """
    return os.environ | {
        "INTERVALS_API_KEY": KEY,
        "BRIDGE_SECRET_KEY": SECRET,
        "BRIDGE_UPSTREAM_URL": upstream_url,
        "DATABASE_URL": f"sqlite:///{folder / 'bridge.db'}",
        "BRIDGE_UPSTREAM_PER_SECOND": str(per_second),
        "BENCH_UPSTREAM": upstream_url,
        "BENCH_KEY": KEY,
        "PYTHONPATH": str(HERE.parent),
        "PYTHONDONTWRITEBYTECODE": "",  # as `make install` leaves it: compiled
    }


def let_in(env: Mapping[str, str]) -> str:
    """Return the token of a new device; the database is there afterwards."""
    config, now = Config.from_env(env), datetime.now(UTC)
    store = ready_store(config, now)
    device = store.devices.add("Bench", "read", OWNER, now)
    store.close()
    return Tokens(config.secret_keys).issue(device.device_id)


# Questions.


def get(url: str, headers: Headers) -> bytes:
    """Ask once; whatever is not a yes is an ``OSError``."""
    request = urllib.request.Request(url, headers=dict(headers))
    with urllib.request.urlopen(request, timeout=60) as answer:
        return bytes(answer.read())


def status_of(url: str, headers: Headers) -> int:
    """Ask once and return the status, whatever it is."""
    try:
        get(url, headers)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code
    return 200


class Answer(NamedTuple):
    """What one phone was answered; the status is 0 where the connection broke."""

    took_ms: float
    status: int
    said: bytes  # head and body


@dataclass
class _Phone:
    question: bytes
    begun_s: float
    said: bytes = b""


def volley(url: str, questions: Sequence[Headers]) -> list[Answer]:
    """Ask the same of one address at the same moment, a connection each.

    Timed from connecting to the last byte; the quickest comes first.

    Raises
    ------
    TimeoutError
        If nobody is answered for a minute.
    """
    host, _, path = url.removeprefix("http://").partition("/")
    name, port = host.split(":")
    answers: list[Answer] = []
    with selectors.DefaultSelector() as selector:
        for headers in questions:
            lines = [f"GET /{path} HTTP/1.1", f"Host: {host}", "Connection: close"]
            lines += [f"{key}: {value}" for key, value in headers.items()]
            phone = _Phone("\r\n".join([*lines, "", ""]).encode(), time.perf_counter())
            connection = socket.socket()
            connection.setblocking(False)
            connection.connect_ex((name, int(port)))
            selector.register(connection, selectors.EVENT_WRITE, phone)
        while len(answers) < len(questions):
            ready = selector.select(60)
            if not ready:
                raise TimeoutError(f"{url}: {len(answers)} of {len(questions)} answers")
            for known, events in ready:
                if _go_on(selector, known, events):
                    phone = known.data
                    took = (time.perf_counter() - phone.begun_s) * 1000
                    status = phone.said[9:12]
                    code = int(status) if status.isdigit() else 0
                    answers.append(Answer(took, code, phone.said))
    return sorted(answers)


def _go_on(
    selector: selectors.BaseSelector, known: selectors.SelectorKey, events: int
) -> bool:
    """Send the question or read on; tell whether this phone has its answer."""
    connection, phone = known.fileobj, known.data
    assert isinstance(connection, socket.socket)
    try:
        if events & selectors.EVENT_WRITE:
            connection.sendall(phone.question)
            selector.modify(connection, selectors.EVENT_READ, phone)
            return False
        said = connection.recv(65_536)
    except BlockingIOError:
        return False
    except OSError:
        said = b""
    phone.said += said
    if said:
        return False
    selector.unregister(connection)
    connection.close()
    return True


# Clocks.


def took_ms(call: Callable[[], object]) -> float:
    """Return how long one call took."""
    begun_s = time.perf_counter()
    call()
    return (time.perf_counter() - begun_s) * 1000


def p95(times: Sequence[float]) -> float:
    """Return the time that 95 of 100 calls stay below."""
    return statistics.quantiles(times, n=20, method="inclusive")[-1]


def cpu_s(pid: int) -> float:
    """Return the CPU seconds of a process and of those it started."""
    stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    own_s: float = (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")
    return own_s + sum(map(cpu_s, children(pid)))


def resident_mb(pid: int) -> float:
    """Return the resident memory of the largest process that one started."""
    return max(map(_resident_mb, children(pid)))


def _resident_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def children(pid: int) -> list[int]:
    """Return the processes that one started."""
    return [
        int(child)
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    ]
