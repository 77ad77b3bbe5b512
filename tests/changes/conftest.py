"""A ledger on the pretend athlete, looked at as a worker would."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from flask import Flask

from bridge.ledger.due import Ledger, look_now
from bridge.ledger.look import Look
from bridge.simulator.world import World
from bridge.store.athletes import OWNER
from bridge.store.changes import Changes, Item
from bridge.upstream.call import Credentials
from bridge.upstream.client import Client
from bridge.upstream.deadline import Deadline
from tests.conftest import Clock, services_of


@dataclass
class Looker:
    """Looks, a minute after the last time, and says what came new into the feed."""

    ledger: Ledger
    clock: Clock
    world: World

    @property
    def changes(self) -> Changes:
        return self.ledger.changes

    def look(self, *, refresh: bool = False) -> Look:
        """Look once."""
        self.clock.advance(minutes=1)
        self.changes.ensure(OWNER)
        seen = look_now(self.ledger, OWNER, self.clock.now, refresh=refresh)
        assert seen is not None
        return seen

    def news(
        self, *, refresh: bool = False, of: str = ""
    ) -> list[tuple[str, str, str]]:
        """Look once; return kind, change and fields of what is new, all or of one."""
        before = self.changes.head(OWNER)
        self.look(refresh=refresh)
        return [
            (item.change.kind, item.change.change, ",".join(item.change.fields))
            for item in self.after(before)
            if of in ("", item.change.id)
        ]

    def after(self, cursor: int = 0) -> list[Item]:
        """Return the feed after a cursor."""
        return list(self.changes.page(OWNER, cursor, (), 1_000_000).items)

    def calls(self) -> int:
        """Return how many calls upstream has had."""
        return len(self.world.requests)


@pytest.fixture
def looker(app: Flask, world: World, clock: Clock) -> Looker:
    """A ledger that nobody has looked at yet."""
    services = services_of(app)
    wire = replace(services.wire, cache=None)

    def client_of(athlete: str) -> Client:
        assert athlete == OWNER
        return Client(wire, Credentials(world.api_key), Deadline.after(60))

    ledger = Ledger(
        changes=services.store.changes, client_of=client_of, calls_of=lambda _: 0
    )
    return Looker(ledger, clock, world)
