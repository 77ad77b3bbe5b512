"""Count what one request walks through: files entered, calls, crossings between files.

``python -m bench.walk`` prints a table of three requests. Each is asked twice, in
words that differ, and the second time is counted: caches are warm, nothing is
imported any more. Counted are calls into this project's files in the thread that
answers; the simulator stands for the network and is left out. A crossing is a call
into another file than the call before it. No wall clock is read, so that the same
tree always gives the same figures.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from flask.testing import FlaskClient

import bridge
from bridge.app import create_app
from bridge.config import Config
from bridge.services import Services
from bridge.simulator.app import create_simulator
from bridge.simulator.world import World
from bridge.store.athletes import OWNER
from bridge.store.engine import open_store
from bridge.store.migrations import migrate
from bridge.upstream.wsgi_adapter import WSGIAdapter

SOURCE = str(Path(bridge.__file__).parent)
SIMULATOR = str(Path(SOURCE, "simulator"))
MORNING = datetime(2026, 11, 23, 6, 5, tzinfo=UTC)
SECRET = "bench-only-9xKq2Lw8Zp4Vt6Rm3Yh7Nc5J"

Body = dict[str, object] | None


@dataclass(frozen=True)
class Request:
    """One request, in two wordings: the first warms, the second is counted."""

    method: str
    path: str
    warming: Body = None
    counted: Body = None


REQUESTS = (
    Request("GET", "/v1/fitness"),
    Request(
        "PATCH",
        "/v1/zones/Ride",
        warming={"zone": 2, "to_percent": 77},
        counted={"zone": 2, "to_percent": 78},
    ),
    Request(
        "POST",
        "/v1/workouts",
        warming={"text": "Tomorrow 5 times 4 minutes hard ride"},
        counted={
            "text": "Tomorrow 5 times 4 minutes hard ride with 3 minutes rest",
        },
    ),
)


@dataclass
class Walk:
    """The way of one request."""

    request: Request
    entered: list[str]  # the file of each call, in the order of the calls

    @property
    def files(self) -> int:
        """Return how many files were entered."""
        return len(set(self.entered))

    @property
    def calls(self) -> int:
        """Return how many calls there were."""
        return len(self.entered)

    @property
    def crossings(self) -> int:
        """Return how many calls went into another file than the one before."""
        pairs = zip(self.entered, self.entered[1:], strict=False)
        return sum(before != after for before, after in pairs)


def main() -> None:
    """Walk all three and print the table."""
    with phone() as client:
        walks = [walk(client, request) for request in REQUESTS]
    sys.stdout.write(table(walks))


def walk(client: FlaskClient, request: Request) -> Walk:
    """Send a request twice and follow it the second time.

    Raises
    ------
    RuntimeError
        If it was refused: then the way is not the one to be counted.
    """
    send(client, request, request.warming)
    entered: list[str] = []

    def follow(frame: FrameType, event: str, _: object) -> None:
        file = frame.f_code.co_filename
        ours = file.startswith(SOURCE) and not file.startswith(SIMULATOR)
        if event == "call" and ours:
            entered.append(file)

    sys.setprofile(follow)
    try:
        send(client, request, request.counted)
    finally:
        sys.setprofile(None)
    return Walk(request, entered)


def send(client: FlaskClient, request: Request, body: Body) -> None:
    """Send a request; see that it was answered with a yes."""
    answer = client.open(request.path, method=request.method, json=body)
    if answer.status_code != 200:
        raise RuntimeError(f"{request.method} {request.path}: {answer.text}")


@contextmanager
def phone() -> Iterator[FlaskClient]:
    """Let a phone in to a bridge on a pretend athlete, where the clock stands still."""
    with tempfile.TemporaryDirectory() as folder:
        world = World(now=lambda: MORNING)
        config = Config(
            secret_keys=(SECRET,),
            api_key=world.api_key,
            upstream_url="https://upstream.test",
            database_url=f"sqlite:///{Path(folder, 'bridge.db')}",
        )
        store = open_store(config.database_url)
        migrate(store)
        store.close()
        app = create_app(
            config,
            transport=WSGIAdapter(create_simulator(world)),
            clock=lambda: MORNING,
        )
        services: Services = app.extensions["bridge"]
        device = services.store.devices.add("Bench", "write", OWNER, MORNING)
        client = app.test_client()
        token = services.tokens.issue(device.device_id)
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
        yield client
        services.close()


def table(walks: list[Walk]) -> str:
    """Return the walks, one a line."""
    lines = [f"{'request':<22}{'files':>8}{'calls':>8}{'crossings':>11}"]
    lines += [
        f"{f'{each.request.method} {each.request.path}':<22}"
        f"{each.files:>8}{each.calls:>8}{each.crossings:>11}"
        for each in walks
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
