"""What tests stand on: a pretend athlete, the bridge on it, and a phone let in."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from requests.adapters import BaseAdapter

from bridge.app import create_app
from bridge.config import Config
from bridge.kept import KeptAnswers
from bridge.services import Services
from bridge.simulator.app import create_simulator
from bridge.simulator.world import World
from bridge.store.athletes import OWNER
from bridge.upstream.wsgi_adapter import WSGIAdapter
from tests.support.internet import Internet

pytest_plugins = [
    "pytester",
    "tests.support.lacking",
    "tests.support.services",
    "tests.support.live",
]

# A busy machine is no reason to fail.
settings.register_profile("bridge", deadline=None)
settings.load_profile("bridge")

# Each commit of a database waits for its disk; memory has nothing to wait for.
MEMORY = Path("/dev/shm")
if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > 1 << 30:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_collection_finish() -> None:
    """Look for garbage seldom: a fifth of the suite's time went into it.

    What was imported and collected stays to the end and is never gone through again.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


MORNING = datetime(2026, 11, 23, 6, 5, tzinfo=UTC)  # a Monday, 7:05 in Berlin
SECRET_KEY = "k3Jx9-a-key-for-the-suite-vQ7mZt0"


@dataclass
class Clock:
    """A clock that stands still until a test moves it."""

    now: datetime = MORNING

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **time: float) -> None:
        self.now += timedelta(**time)

    def steady(self) -> float:
        """The seconds that nobody sets go along; a test may set the other alone."""
        return (self.now - MORNING).total_seconds() + 100_000


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of recorded bodies beside the checkout, where there is one."""
    beside = Path(__file__).parents[2] / "shared"
    folder = Path(os.environ.get("BRIDGE_SHARED", beside))
    if not folder.is_dir():
        pytest.skip("the folder of recorded bodies is not beside this checkout")
    return folder


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world(clock: Clock) -> World:
    """A pretend athlete, changed by a test as it likes."""
    return World(now=clock)


@pytest.fixture
def config(world: World, migrated: bytes, tmp_path: Path) -> Config:
    (tmp_path / "bridge.db").write_bytes(migrated)
    (tmp_path / "bridge.db").chmod(0o600)  # as the bridge makes it
    return Config(
        secret_keys=(SECRET_KEY,),
        api_key=world.api_key,
        upstream_url="https://upstream.test",
        database_url=f"sqlite:///{tmp_path / 'bridge.db'}",
        upstream_per_second=500,  # no test waits for a place but those about places
    )


@pytest.fixture
def make_app(
    world: World, config: Config, clock: Clock
) -> Iterator[Callable[..., Flask]]:
    """Build bridges on the pretend athlete, with settings changed."""
    made: list[Flask] = []

    def make(*, transport: BaseAdapter | None = None, **changes: object) -> Flask:
        transport = transport or WSGIAdapter(create_simulator(world))
        changed = replace(config, **changes)  # type: ignore[arg-type]  # by name
        net = Internet(transport)
        app = create_app(changed, transport=net, clock=clock, steady=clock.steady)
        net.give_address(app, changed.public_url)
        made.append(app)
        return made[-1]

    yield make
    for app in made:
        services_of(app).close()


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    return make_app()


def in_front(app: Flask, clock: Clock) -> Flask:
    """Put the layer of kept answers in front of a bridge, as it is served."""
    layer = KeptAnswers(app.wsgi_app, services_of(app), clock.steady)
    app.wsgi_app = layer  # type: ignore[assignment,method-assign]  # as bridge.wsgi
    return app


def services_of(app: Flask) -> Services:
    found: Services = app.extensions["bridge"]
    return found


def let_in(app: Flask, scope: str = "read", name: str = "Test phone") -> FlaskClient:
    """Return a client that carries a fresh device token."""
    token = token_for(app, scope, name)
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client


def token_for(app: Flask, scope: str = "read", name: str = "Test phone") -> str:
    """Return the token of a new device."""
    services = services_of(app)
    device = services.store.devices.add(name, scope, OWNER, services.clock())
    return services.tokens.issue(device.device_id)


@pytest.fixture
def phone(app: Flask) -> FlaskClient:
    """A phone that was let in and may read."""
    return let_in(app)


@pytest.fixture
def raw_phone(app: Flask) -> FlaskClient:
    """A device that may do whatever the key may."""
    return let_in(app, "raw")
