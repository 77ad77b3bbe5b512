"""How tests write as a phone would."""

from __future__ import annotations

import json
from typing import Any
from urllib.request import Request, urlopen

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bridge.simulator.state import RecordedRequest
from bridge.simulator.world import World
from tests.conftest import let_in

Told = dict[str, Any]


@pytest.fixture
def writer(app: Flask) -> FlaskClient:
    """A phone that may write."""
    return let_in(app, "write")


def writes(world: World) -> list[RecordedRequest]:
    """Return what was sent upstream to change something."""
    return [asked for asked in world.requests if asked.method != "GET"]


def done(answer: TestResponse, status: int = 200) -> Told:
    """Return an answer that says it is done."""
    assert answer.status_code == status, answer.text
    told: Told = answer.get_json()
    assert told["status"] == "ok"
    assert 0 < len(told["speech"]) <= 255
    return told


def refused(answer: TestResponse, status: int, code: str) -> Told:
    """Return a refusal."""
    told: Told = answer.get_json()
    assert (answer.status_code, told.get("code")) == (status, code), answer.text
    assert 0 < len(told["speech"]) <= 255
    assert told["hint"]
    return told


def undo(phone: FlaskClient) -> Told:
    """Take the last write back."""
    return done(phone.post("/v1/undo"))


def undo_at(address: str, token: str) -> Told:
    """Take the last write of a phone on the network back."""
    headers = {"Authorization": f"Bearer {token}"}
    request = Request(f"{address}/v1/undo", headers=headers, method="POST")
    with urlopen(request) as response:
        told: Told = json.load(response)
    return told
