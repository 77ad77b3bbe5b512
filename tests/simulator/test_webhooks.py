"""Webhooks: bodies, tries, duplicates, a wrong secret."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from bridge.simulator.webhooks import WebhookSender, post_to
from bridge.simulator.world import World
from tests.conftest import Clock


class Receiver:
    """A receiver that answers as a test likes."""

    def __init__(self) -> None:
        self.answers: list[int] = []
        self.bodies: list[Any] = []
        self.headers: Mapping[str, str] = {}

    def __call__(self, body: bytes, headers: Mapping[str, str]) -> int:
        self.bodies.append(json.loads(body))
        self.headers = headers
        return self.answers.pop(0) if self.answers else 200


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
def sender(world: World, receiver: Receiver) -> WebhookSender:
    return WebhookSender(world, receiver, secret="hush", authorization="app-header")


def newest(world: World) -> str:
    return next(reversed(world.sessions))


def test_an_activity_arrives_without_nulls_and_with_the_secret(
    world: World, sender: WebhookSender, receiver: Receiver
) -> None:
    sender.activity("ACTIVITY_UPLOADED", newest(world))
    assert sender.send_due() == [200]
    body = receiver.bodies[0]
    event = body["events"][0]
    assert (body["secret"], event["type"]) == ("hush", "ACTIVITY_UPLOADED")
    assert event["athlete_id"] == world.athlete_id
    assert event["activity"]["id"] == newest(world)
    assert None not in event["activity"].values()
    assert receiver.headers["Authorization"] == "app-header"
    assert receiver.headers["User-Agent"].startswith("Java-http-client")


@pytest.mark.parametrize("answer", [204, 500, 302, 0])
def test_anything_but_200_is_tried_again_later(
    sender: WebhookSender, receiver: Receiver, clock: Clock, answer: int
) -> None:
    receiver.answers = [answer]
    sender.signal("CALENDAR_UPDATED")
    assert sender.send_due() == [answer]
    assert sender.send_due() == []
    clock.advance(seconds=5)
    assert sender.send_due() == [200]
    clock.advance(days=1)
    assert sender.send_due() == []
    assert receiver.bodies[0] == receiver.bodies[1]


def test_pauses_double_and_end(
    sender: WebhookSender, receiver: Receiver, clock: Clock
) -> None:
    receiver.answers = [500] * 20
    sender.signal("CALENDAR_UPDATED")
    tried = []
    for second in range(400):
        if sender.send_due():
            tried.append(second)
        clock.advance(seconds=1)
    assert tried == [0, 5, 15, 35, 75, 155]


def test_a_delivered_body_may_come_again(
    sender: WebhookSender, receiver: Receiver
) -> None:
    delivery = sender.wellness_updated(date(2026, 11, 22))
    sender.send_due()
    sender.duplicates = 2
    assert sender.repeat(delivery) == [200, 200]
    assert receiver.bodies[0] == receiver.bodies[2]
    assert receiver.bodies[0]["events"][0]["records"][0]["id"] == "2026-11-22"


def test_fitness_comes_with_its_projection(
    sender: WebhookSender, receiver: Receiver
) -> None:
    sender.fitness_updated(days=3)
    sender.activity_deleted("i1")
    sender.send_due()
    days = [row["id"] for row in receiver.bodies[0]["events"][0]["records"]]
    assert days == ["2026-11-23", "2026-11-24", "2026-11-25"]
    assert receiver.bodies[1]["events"][0]["activity"]["id"] == "i1"


def test_settings_and_scopes_are_told(
    sender: WebhookSender, receiver: Receiver
) -> None:
    sender.sport_settings_updated()
    sender.scope_changed("ACTIVITY:READ", deauthorized=True)
    sender.send_due()
    events = [body["events"][0] for body in receiver.bodies]
    assert len(events[0]["sportSettings"]) == 4
    assert (events[1]["type"], events[1]["deauthorized"]) == ("APP_SCOPE_CHANGED", True)


def test_the_secret_may_be_wrong(sender: WebhookSender, receiver: Receiver) -> None:
    sender.secret = "guess"
    sender.signal("CHAT_UPDATE")
    sender.send_due()
    assert receiver.bodies[0]["secret"] == "guess"


class Api(BaseHTTPRequestHandler):
    """A small HTTP server that answers with the status in its path."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(int(self.path.strip("/")))
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - theirs
        """Keep quiet."""


@pytest.fixture
def address() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Api)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_posting_gives_the_status_and_nought_for_no_answer(address: str) -> None:
    assert [
        post_to(f"{address}/{status}")(b"{}", {}) for status in (200, 204, 500)
    ] == [
        200,
        204,
        500,
    ]
    assert post_to("http://127.0.0.1:9")(b"{}", {}) == 0
