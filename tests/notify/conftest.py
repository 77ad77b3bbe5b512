"""A store with its owner, channels that open, and receivers on loopback."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bridge.config import NEARBY, Config
from bridge.notify.channels import Channels
from bridge.notify.outside import Outside
from bridge.notify.sending import Sender
from bridge.store.athletes import OWNER
from bridge.store.engine import Store, open_store
from bridge.upstream.resolver import Resolve, resolve_by_system
from tests.conftest import SECRET_KEY, Clock
from tests.notify.receivers import Receiver, receiving
from tests.upstream.servers import Certificates, make_certificates


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


@pytest.fixture
def push_service(certificates: Certificates) -> Iterator[Receiver]:
    with receiving(certificates.server_context()) as found:
        yield found


@pytest.fixture
def kept(migrated: bytes, tmp_path: Path, clock: Clock) -> Iterator[Store]:
    (tmp_path / "bridge.db").write_bytes(migrated)
    store = open_store(f"sqlite:///{tmp_path}/bridge.db")
    store.athletes.ensure("0", clock(), OWNER)
    yield store
    store.close()


@pytest.fixture
def settings() -> Config:
    return Config(
        secret_keys=(SECRET_KEY,),
        public_url="https://bridge.example",
        notify_private=NEARBY,
    )


@pytest.fixture
def make_channels(
    kept: Store, settings: Config, certificates: Certificates
) -> Iterator[Callable[..., Channels]]:
    made: list[Outside] = []

    def make(*, resolve: Resolve = resolve_by_system, **changes: object) -> Channels:
        config = replace(settings, **changes)  # type: ignore[arg-type]  # by name
        outside = Outside(
            config.notify_private,
            context=ssl.create_default_context(cafile=certificates.authority),
            resolve=resolve,
            post_s=1.0,
        )
        made.append(outside)
        return Channels(kept.outbox, lambda: config, outside)

    yield make
    for outside in made:
        outside.close()


@pytest.fixture
def channels(make_channels: Callable[..., Channels]) -> Channels:
    return make_channels()


@pytest.fixture
def sender(channels: Channels, clock: Clock) -> Sender:
    return Sender(channels, clock)
