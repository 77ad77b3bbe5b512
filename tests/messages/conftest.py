"""A bridge that tells: three channels, each with a receiver of our own behind it."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from flask import Flask

from bridge.config import NEARBY
from bridge.domain.messages.topics import NAMES, Choices
from bridge.errors import BridgeError
from bridge.ledger.due import Ledger, look_now
from bridge.notify.channels import Channels
from bridge.notify.ntfy import NtfyTarget
from bridge.notify.outside import Outside
from bridge.notify.sending import Sender
from bridge.notify.webhook import WebhookTarget, make_secret
from bridge.routes.api.messages.telling import Teller
from bridge.simulator.world import World
from bridge.store.athletes import OWNER
from bridge.store.outbox import Outbox
from bridge.upstream.call import Credentials
from bridge.upstream.client import Client
from bridge.upstream.deadline import Deadline
from tests.conftest import Clock, services_of
from tests.notify.receivers import Phone, Receiver, receiving
from tests.upstream.servers import Certificates, make_certificates


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("tls"))


@dataclass
class Told:
    """What arrived: by which way, under which title, with which sentence."""

    way: str
    title: str
    speech: str
    message_id: str


@dataclass
class Bridge:
    """All that tells, and all that is told."""

    world: World
    clock: Clock
    outbox: Outbox
    teller: Teller
    ledger: Ledger
    channels: Channels
    ntfy: Receiver
    hook: Receiver
    push: Receiver
    phone: Phone

    def choose(self, *on: str, language: str = "", **changes: Any) -> None:
        """Switch exactly these on."""
        chosen = Choices(on=frozenset(on or NAMES), **changes)
        self.outbox.choose(OWNER, chosen, language=language)

    def look(self, *, refresh: bool = True) -> None:
        """Look as a worker would; what fails is told of."""
        self.clock.advance(minutes=1)
        self.ledger.changes.ensure(OWNER)
        try:
            look_now(self.ledger, OWNER, self.clock.now, refresh=refresh)
        except BridgeError as error:
            self.teller.failed(OWNER, error)

    def send(self) -> list[Told]:
        """Send what is due, and return what arrived of it."""
        before = [len(each.received) for each in (self.push, self.ntfy, self.hook)]
        Sender(self.channels, self.clock).send_due()
        push, ntfy, hook = before
        return [
            *(self._pushed(got) for got in self.push.received[push:]),
            *(
                Told(
                    "ntfy",
                    got.json["title"],
                    got.json["message"],
                    got.headers["webhook-id"],
                )
                for got in self.ntfy.received[ntfy:]
            ),
            *(
                Told(
                    "webhook",
                    got.json["title"],
                    got.json["text"],
                    got.headers["webhook-id"],
                )
                for got in self.hook.received[hook:]
            ),
        ]

    def _pushed(self, got: Any) -> Told:
        said = self.phone.open(got.body)["notification"]
        return Told("push", said["title"], said["body"], got.headers["topic"])

    def tell_due(self) -> int:
        """Let everything be due that has an appointment by now."""
        self.outbox.tell_at(OWNER, self.clock.now)
        return self.teller.tell_due()


@pytest.fixture
def telling(
    app: Flask, world: World, clock: Clock, certificates: Certificates
) -> Iterator[Bridge]:
    services = services_of(app)
    config = replace(
        services.config, notify_private=NEARBY, public_url="https://bridge.example"
    )
    context = ssl.create_default_context(cafile=certificates.authority)
    outside = Outside(NEARBY, context=context)
    channels = Channels(services.store.outbox, lambda: config, outside)
    teller, wire = Teller(app), replace(services.wire, cache=None)

    def client_of(_athlete: str) -> Client:
        return Client(wire, Credentials(services.config.api_key), Deadline.after(60))

    ledger = Ledger(
        changes=services.store.changes,
        client_of=client_of,
        calls_of=lambda _: 0,
        tell=teller.after_look,
        failed=teller.failed,
    )
    phone = Phone()
    with (
        receiving() as ntfy,
        receiving() as hook,
        receiving(certificates.server_context()) as push,
    ):
        before = clock()
        channels.add(OWNER, phone.target(push.url("/p")), "iPhone", before)
        channels.add(OWNER, NtfyTarget(url=ntfy.url("/topic")), "ntfy", before)
        target = WebhookTarget(url=hook.url("/hook"), secret=make_secret())
        channels.add(OWNER, target, "Hook", before)
        yield Bridge(
            world=world,
            clock=clock,
            outbox=services.store.outbox,
            teller=teller,
            ledger=ledger,
            channels=channels,
            ntfy=ntfy,
            hook=hook,
            push=push,
            phone=phone,
        )
        outside.close()
