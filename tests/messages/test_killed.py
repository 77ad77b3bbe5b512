"""Killed while it tells and sends, again and again: nothing is lost."""

from __future__ import annotations

import random
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bridge.config import NEARBY, Config
from bridge.notify.channels import Channels
from bridge.notify.outside import Outside
from bridge.notify.sending import Sender
from bridge.notify.webhook import WebhookTarget, make_secret
from bridge.store.athletes import OWNER
from bridge.store.engine import Store
from bridge.store.outbox import LEASE
from tests.conftest import SECRET_KEY
from tests.notify.receivers import Receiver, receiving

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
KILLS = 20
START = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
WORKER = """
import sys
from datetime import datetime
from bridge.config import NEARBY, Config
from bridge.domain.messages.message import Message
from bridge.notify.channels import Channels
from bridge.notify.outside import Outside
from bridge.notify.sending import Sender
from bridge.store.athletes import OWNER
from bridge.store.engine import open_store
url, secret, now, first = sys.argv[1:]
now = datetime.fromisoformat(now)
store = open_store(url)
config = Config(secret_keys=(secret,), notify_private=NEARBY)
channels = Channels(store.outbox, lambda: config, Outside(NEARBY))
sender = Sender(channels, lambda: now)
for number in range(int(first), int(first) + 1000):
    message = Message(name="gear_due", subject=f"gear_due:{number}", day=now.date(),
                      speech=str(number), title="Gear")
    print("tells", number, flush=True)
    store.outbox.tell(OWNER, [message], now)
    print("told", number, flush=True)
    if number % 3 == 0:
        sender.send_due()
"""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


def test_killed_twenty_times_no_message_is_lost_and_none_has_two_ids(
    store: Store, ready_url: str, receiver: Receiver
) -> None:
    config = Config(secret_keys=(SECRET_KEY,), notify_private=NEARBY)
    outside, chance = Outside(NEARBY), random.Random(14)
    channels = Channels(store.outbox, lambda: config, outside)
    target = WebhookTarget(url=receiver.url("/hook"), secret=make_secret())
    channels.add(OWNER, target, "Hook", START)
    told: set[int] = set()
    now = START
    for kill in range(KILLS):
        now = START + kill * LEASE
        told |= told_before_the_kill(ready_url, now, kill * 1000, chance.random())
    ended = now + 2 * LEASE
    sender = Sender(channels, lambda: ended)
    while sender.send_due():
        pass
    outside.close()
    ids: dict[int, set[str]] = defaultdict(set)
    for got in receiver.received:
        ids[int(got.json["text"])].add(got.headers["webhook-id"])
    assert len(told) > KILLS
    assert told <= set(ids)
    assert {number: found for number, found in ids.items() if len(found) > 1} == {}
    assert store.outbox.waiting(OWNER) == 0
    assert ended - START < timedelta(hours=12)


def told_before_the_kill(
    url: str, now: datetime, first: int, chance: float
) -> set[int]:
    """Let a worker tell and send, and kill it somewhere; return what was committed."""
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, url, SECRET_KEY, now.isoformat(), str(first)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert worker.stdout is not None
    lines: list[str] = []
    wanted = 2 + int(chance * 12)
    for line in worker.stdout:
        lines.append(line)
        if len(lines) >= wanted:
            break
    worker.kill()
    lines += worker.stdout.readlines()
    worker.stdout.close()
    worker.wait()
    return {int(line.split()[1]) for line in lines if line.startswith("told")}
