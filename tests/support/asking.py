"""How tests ask as a phone would, and in which world."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bridge.simulator.app import create_simulator
from bridge.simulator.world import World
from bridge.upstream.wsgi_adapter import WSGIAdapter
from tests.conftest import Clock, let_in

Told = dict[str, Any]

# Half past eleven in the evening in Auckland, while half the world has another day;
# and both nights on which its clocks are changed (5 April and 27 September 2026).
AUCKLAND = "Pacific/Auckland"
AUCKLAND_MOMENTS = [
    ("2026-11-23", datetime(2026, 11, 23, 10, 30, tzinfo=UTC)),  # 23:30, +13
    ("2026-11-24", datetime(2026, 11, 23, 11, 1, tzinfo=UTC)),  # 00:01, +13
    ("2026-04-05", datetime(2026, 4, 4, 13, 30, tzinfo=UTC)),  # 02:30, the first time
    ("2026-04-05", datetime(2026, 4, 5, 11, 30, tzinfo=UTC)),  # 23:30, +12
    ("2026-09-27", datetime(2026, 9, 26, 14, 30, tzinfo=UTC)),  # 03:30, an hour lost
    ("2026-09-27", datetime(2026, 9, 27, 10, 30, tzinfo=UTC)),  # 23:30, +13
]


def told(phone: FlaskClient, path: str) -> Told:
    """Return a good answer."""
    answer = phone.get(path)
    assert answer.status_code == 200, answer.text
    body: Told = answer.get_json()
    assert body["status"] == "ok"
    return body


def items(phone: FlaskClient, path: str) -> list[Told]:
    """Return the items of a good answer."""
    rows: list[Told] = told(phone, path)["items"]
    return rows


def refused(phone: FlaskClient, path: str, status: int, code: str) -> Told:
    """Return a refusal."""
    answer: TestResponse = phone.get(path)
    body: Told = answer.get_json()
    assert (answer.status_code, body.get("code")) == (status, code), answer.text
    assert body["status"] == "error"
    assert body["hint"]
    return body


def phone_of(make_app: Callable[..., Flask], world: World) -> FlaskClient:
    """Return a phone whose athlete lives in ``world``."""
    app = make_app(transport=WSGIAdapter(create_simulator(world)))
    return let_in(app, "raw")


def auckland(clock: Clock, now: datetime, world: World) -> World:
    """Return the world of an athlete in Auckland at an instant."""
    clock.now = now
    return World(now=clock, api_key=world.api_key, timezone=AUCKLAND)
