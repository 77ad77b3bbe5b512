"""Real servers and real commands: what only processes and sockets can prove.

A plugin, as ``tests/conftest.py`` names it. Fixtures, one of each for a module:
``upstream`` (the simulator, served over HTTP from this process) and ``served``
(``bridge serve`` in a process of its own, asking that simulator). PYTEST_DONT_REWRITE:
there are no assertions here, and so the module can be imported for its functions
before it is a plugin.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import requests
from werkzeug.serving import WSGIRequestHandler, make_server

from bridge.simulator.app import create_simulator
from bridge.simulator.world import World
from tests.support.commands import run_command
from tests.support.services import free_port, stop

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PROGRAM = Path(sys.executable).with_name("bridge")
START_S = 60  # two cores, and a whole test run beside us


class Upstream:
    """The simulator behind a real socket; its world can be exchanged."""

    def __init__(self, world: World) -> None:
        self.show(world)
        self._server = make_server(
            "127.0.0.1",
            0,
            self._answer,
            threaded=True,
            request_handler=_Silent,
        )
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def show(self, world: World) -> None:
        """Be this world from now on."""
        self.world, self._app = world, create_simulator(world)

    def _answer(
        self, environ: WSGIEnvironment, start: StartResponse
    ) -> Iterable[bytes]:
        return self._app(environ, start)

    @contextmanager
    def running(self) -> Iterator[Upstream]:
        """Serve until the end of the block."""
        thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            thread.join()
            self._server.server_close()


class _Silent(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002  # its name upstairs
        """Say nothing: a test that fails shows what matters."""


@dataclass(kw_only=True)
class Operator:
    """A folder with settings, and somebody who types commands there."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict, repr=False)

    def environ(self) -> dict[str, str]:
        """Return the environment of a command: nothing of ours, only the settings."""
        plain = {"PATH": os.environ["PATH"], "HOME": str(self.folder)}
        return plain | self.settings

    def run(self, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        """Run ``bridge`` to its end."""
        return run_command(arguments, self.folder, self.environ(), typed)

    def let_in(self, scope: str = "read", name: str = "Test phone") -> dict[str, str]:
        """Return the line ``bridge devices add --json`` prints."""
        added = self.run("devices", "add", name, "--scope", scope, "--json")
        if added.returncode:
            raise RuntimeError(added.stderr)
        row: dict[str, str] = json.loads(added.stdout)
        return row

    @contextmanager
    def starting(self, *command: str) -> Iterator[Started]:
        """Start a program, and see at the end that nothing of it is left."""
        started = Started(list(command), self.folder, self.environ())
        try:
            yield started
        finally:
            started.end()


class Started:
    """A program that runs until it is stopped; it dies with us."""

    def __init__(
        self, command: list[str], folder: Path, environ: Mapping[str, str]
    ) -> None:
        name = f"{len(list(folder.glob('*.out')))}"
        self.out, self.log = folder / f"{name}.out", folder / f"{name}.log"
        setpriv = shutil.which("setpriv")
        guard = [setpriv, "--pdeathsig=TERM"] if setpriv else []
        with self.out.open("wb") as out, self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*guard, *command],
                cwd=folder,
                env=environ,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=log,
                start_new_session=True,
            )

    def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Stop it, kill what it left behind, and return its exit status."""
        stop(self.process, how)
        for left in self.left_behind():
            os.kill(left, signal.SIGKILL)
        return self.process.returncode

    def left_behind(self) -> list[int]:
        """Return the ids of processes that are still in its group."""
        return [pid for pid in _processes() if _group_of(pid) == self.process.pid]

    def output(self) -> str:
        """Return everything it ever said."""
        return self.out.read_text("utf-8") + self.log.read_text("utf-8")

    def wait_for(self, ready: Callable[[], bool]) -> None:
        """Wait until it is ready.

        Raises
        ------
        RuntimeError
            If it ends, or takes too long; with what it said.
        """
        deadline = time.monotonic() + START_S
        while not ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(self.output()[-2000:])
            time.sleep(0.05)

    def wait_for_address(self, url: str) -> None:
        """Wait until ``/healthz`` answers below ``url``."""
        self.wait_for(lambda: _is_alive(url))


@dataclass(kw_only=True)
class Served(Operator):
    """A bridge that is being served to phones."""

    port: int
    started: Started

    @property
    def url(self) -> str:
        """Return its address."""
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, token: str = "") -> requests.Response:
        """Ask as a phone does, on a connection of its own."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return requests.get(self.url + path, headers=headers, timeout=30)


def settings_for(upstream: Upstream, folder: Path) -> dict[str, str]:
    """Return what a bridge on the simulator needs to know."""
    return {
        "INTERVALS_API_KEY": upstream.world.api_key,
        "BRIDGE_SECRET_KEY": secrets.token_urlsafe(48),
        "BRIDGE_UPSTREAM_URL": upstream.url,
        "DATABASE_URL": f"sqlite:///{folder / 'bridge.db'}",
        "BRIDGE_UPSTREAM_PER_SECOND": "500",  # no test waits but those about it
    }


@contextmanager
def serving(
    upstream: Upstream, folder: Path, *options: str, **more: str
) -> Iterator[Served]:
    """Run ``bridge serve`` until the end of the block."""
    port = free_port()
    settings = settings_for(upstream, folder) | {"PORT": str(port)} | more
    operator = Operator(folder=folder, settings=settings)
    with operator.starting(str(PROGRAM), "serve", *options) as started:
        served = Served(folder=folder, settings=settings, port=port, started=started)
        started.wait_for_address(served.url)
        yield served


@pytest.fixture(scope="module")
def upstream() -> Iterator[Upstream]:
    """Serve the simulator over HTTP, at the present time."""
    with Upstream(World()).running() as running:
        yield running


@pytest.fixture(scope="module")
def served(
    upstream: Upstream, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """Serve the bridge on that simulator."""
    with serving(upstream, tmp_path_factory.mktemp("served")) as running:
        yield running


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    """Sit in an empty folder, with nothing set."""
    return Operator(folder=tmp_path)


def _is_alive(url: str) -> bool:
    try:
        return requests.get(f"{url}/healthz", timeout=5).ok
    except requests.RequestException:
        return False


def _processes() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def _group_of(pid: int) -> int:
    """Return the process group of a process that runs, 0 for the dead."""
    try:
        # the name before the last bracket may hold anything
        told = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return 0
    state, group = told[0], told[2]
    return 0 if state == "Z" else int(group)
