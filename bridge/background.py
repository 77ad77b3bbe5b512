"""What goes on when nobody asks: looks, and whatever else is due as rows.

Any number of workers may run this, for what is due is held by leases. With SQLite each
server process does, in a thread; with PostgreSQL ``bridge worker`` does, on as many
machines as there are.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from flask import Flask

from bridge.ledger.due import Ledger, do_due
from bridge.notify.channels import Channels
from bridge.notify.outside import Outside
from bridge.notify.sending import Sender
from bridge.routes.api.messages.telling import Teller
from bridge.services import Services, api_key_of
from bridge.store.athletes import OWNER
from bridge.upstream.budget import BACKGROUND
from bridge.upstream.call import Credentials
from bridge.upstream.client import Client
from bridge.upstream.deadline import Deadline

_LOG = logging.getLogger("bridge")

LOOK_S = 30.0  # all calls of one look, or of one year of history; less than a lease
PAUSE_S = 5.0  # where nothing is due


def ledger_of(app: Flask) -> Ledger:
    """Return the ledger of a bridge, as its background looks into it."""
    services: Services = app.extensions["bridge"]
    teller, client_of = Teller(app), looking(services)
    outside = Outside(services.config.notify_private)
    channels = Channels(services.store.outbox, lambda: services.settings_now, outside)
    sender = Sender(channels, services.clock)

    def calls_of(athlete: str) -> int:
        budget = services.wire.budget
        if budget is None:
            return 0
        return budget.spent(_credentials(services, athlete).name, BACKGROUND)

    def begin_for_channels(_now: datetime) -> int:
        """Begin a ledger for who is told something, though nobody asked for it yet."""
        added = services.store.outbox.channels(OWNER)
        if any(channel.disabled_at is None for channel in added):
            services.store.changes.ensure(OWNER)
        return 0

    return Ledger(
        changes=services.store.changes,
        client_of=client_of,
        calls_of=calls_of,
        tell=teller.after_look,
        failed=teller.failed,
        also=(
            begin_for_channels,
            lambda _now: teller.tell_due(),
            lambda _now: sender.send_due(),
        ),
    )


def looking(services: Services, *, seconds: float = LOOK_S) -> Callable[[str], Client]:
    """Return what makes clients that ask for an athlete when nobody does.

    They keep nothing of what they read, and spend the calls of the background; each has
    so many ``seconds`` for all its calls.
    """
    wire = replace(services.wire, cache=None)

    def client_of(athlete: str) -> Client:
        used, deadline = _credentials(services, athlete), Deadline.after(seconds)
        return Client(wire, used, deadline, device_id=BACKGROUND)

    return client_of


def _credentials(services: Services, athlete: str) -> Credentials:
    key = api_key_of(services.config, services.store, athlete)
    services.keys.add(key)  # no log shows it
    return Credentials(key, services.config.athlete_id)


def work_for_ever(
    ledger: Ledger,
    clock: Callable[[], datetime],
    *,
    is_over: Callable[[], bool] = lambda: False,
    pause: Callable[[float], object] = time.sleep,
) -> None:
    """Do what is due, again and again; nothing that fails ends it."""
    while not is_over():
        done = 0
        try:
            done = do_due(ledger, clock())
        except Exception:  # noqa: BLE001  # the next round is another try
            _LOG.exception("what is due failed; it is tried again")
        if not done:
            pause(PAUSE_S)
