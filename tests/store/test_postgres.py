"""What only a server can do to us."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import psycopg
import pytest

from bridge.store.athletes import OWNER
from bridge.store.engine import Store, open_store
from bridge.store.migrations import migrate
from tests.support.services import Postgres

NOW = datetime(2026, 11, 23, 7, 5, 30, tzinfo=UTC)


@pytest.fixture
def store(postgres: Postgres) -> Iterator[Store]:
    store = open_store(postgres.empty_database())
    migrate(store)
    store.athletes.ensure("0", NOW, OWNER)
    yield store
    store.close()


def test_connections_that_the_server_closed_are_replaced_unnoticed(
    store: Store, postgres: Postgres
) -> None:
    device = store.devices.add("iPhone", "read", OWNER, NOW)
    for _ in range(2):
        with psycopg.connect(postgres.url("postgres"), autocommit=True) as operator:
            closed = operator.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE pid <> pg_backend_pid() AND datname LIKE 'bridge_%'"
            ).fetchall()
        assert closed
        assert store.devices.find(device.device_id) == device
    assert store.devices.revoke(device.device_id, NOW) is True
