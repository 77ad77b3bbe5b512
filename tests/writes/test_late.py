"""Answers to writes that come late, or break off, on real sockets."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from bridge.simulator.app import create_simulator
from bridge.simulator.world import World
from bridge.upstream.transport import BoundedAdapter
from tests.conftest import let_in

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

TODAY = "2026-11-23"


class Late:
    """The simulator, whose answers to writes come late or never."""

    def __init__(self, world: World) -> None:
        self._app = create_simulator(world)
        self.wait_s, self.breaks = 0.0, False

    def __call__(
        self, environ: WSGIEnvironment, start: StartResponse
    ) -> Iterable[bytes]:
        answer = list(self._app(environ, start))
        if environ["REQUEST_METHOD"] != "GET":
            time.sleep(self.wait_s)
            if self.breaks:
                raise ConnectionAbortedError("the test cuts the wire")
        return answer


class Quiet(WSGIRequestHandler):
    def log(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def late(world: World) -> Iterator[tuple[Late, str]]:
    upstream = Late(world)
    server = make_server("127.0.0.1", 0, upstream, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield upstream, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def writes(world: World) -> int:
    return sum(asked.method != "GET" for asked in world.requests)


@pytest.mark.slow
def test_a_write_that_is_answered_too_late_is_read_back_in_time(
    make_app: Callable[..., Flask], late: tuple[Late, str], world: World
) -> None:
    upstream, url = late
    upstream.wait_s = 4.0
    app = make_app(transport=BoundedAdapter(), upstream_url=url, upstream_budget_s=3.0)
    began = time.monotonic()
    answer = let_in(app, "write").put("/v1/wellness", json={"weight_kg": 72.5})
    assert time.monotonic() - began < 4
    assert answer.status_code == 200, answer.text
    assert "I looked: it's saved" in answer.get_json()["speech"]
    assert (writes(world), world.wellness[TODAY]["weight"]) == (1, 72.5)


@pytest.mark.slow
def test_a_connection_cut_after_a_write_is_no_reason_to_send_it_again(
    make_app: Callable[..., Flask], late: tuple[Late, str], world: World
) -> None:
    upstream, url = late
    upstream.breaks = True
    app = make_app(transport=BoundedAdapter(), upstream_url=url)
    answer = let_in(app, "write").put("/v1/wellness", json={"weight_kg": 72.5})
    assert answer.status_code == 200, answer.text
    assert "I looked: it's saved" in answer.get_json()["speech"]
    assert writes(world) == 1
