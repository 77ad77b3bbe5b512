"""A bridge that is served sends what waits, without being asked."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bridge.config import NEARBY, Config
from bridge.domain.messages.message import Message
from bridge.notify.channels import Channels
from bridge.notify.ntfy import NtfyTarget
from bridge.notify.outside import Outside
from bridge.store.athletes import OWNER
from bridge.store.engine import open_store
from tests.notify.receivers import receiving
from tests.support.live import Upstream, serving

pytestmark = pytest.mark.slow
WAIT_S = 60


def test_the_server_sends_what_waits(upstream: Upstream, tmp_path: Path) -> None:
    private = {"BRIDGE_NOTIFY_PRIVATE": "127.0.0.0/8"}
    with receiving() as ntfy, serving(upstream, tmp_path, **private) as served:
        secret = served.settings["BRIDGE_SECRET_KEY"]
        config = Config(secret_keys=(secret,), notify_private=NEARBY)
        store = open_store(served.settings["DATABASE_URL"], create=False)
        channels = Channels(store.outbox, lambda: config, Outside(NEARBY))
        now = datetime.now(UTC)
        channels.add(OWNER, NtfyTarget(url=ntfy.url("/topic")), "ntfy", now)
        message = Message(
            name="gear_due",
            subject="gear_due:b1",
            day=now.date(),
            speech="Due for Road Bike: chain.",
            title="Your gear",
        )
        store.outbox.tell(OWNER, [message], now)
        end = time.monotonic() + WAIT_S
        while not ntfy.received and time.monotonic() < end:
            time.sleep(0.1)
        store.close()
    (got,) = ntfy.received
    assert got.json["message"] == "Due for Road Bike: chain."
    assert got.json["click"].startswith("http")
