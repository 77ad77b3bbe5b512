"""Whether the bridge is alive is told by the event loop, which waits for no thread."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from flask import Flask

from bridge.server.worker import PROBES_IN_A_TURN
from tests.conftest import Clock, in_front
from tests.support.front import Busy, Front, serving_here

PROBE = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.fixture
def busy() -> Busy:
    return Busy()


@pytest.fixture
def front(app: Flask, busy: Busy) -> Iterator[Front]:
    """A worker without a free thread."""
    with serving_here(app, busy) as front:
        yield front


def test_it_is_told_where_no_thread_is_free(front: Front, busy: Busy) -> None:
    waiting = front.connect(b"GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n")
    probe = front.connect()
    head, _, body = front.ask(PROBE, probe).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 ")
    assert json.loads(body)["status"] == "ok"
    assert front.ask(PROBE, probe).startswith(b"HTTP/1.1 200 ")  # it is kept
    waiting.setblocking(False)
    with pytest.raises(BlockingIOError):
        waiting.recv(1)
    assert len(busy.waiting) == 1


def test_it_is_told_in_the_language_of_who_asks(front: Front) -> None:
    asked = PROBE.replace(b"\r\n\r\n", b"\r\nAccept-Language: de\r\n\r\n")
    body = json.loads(front.ask(asked).partition(b"\r\n\r\n")[2])
    assert "läuft" in body["speech"]


def test_a_turn_of_the_event_loop_tells_it_to_a_few(front: Front, busy: Busy) -> None:
    worker = front.worker
    for _ in range(PROBES_IN_A_TURN * 3):
        front.connect(PROBE)
    while worker.nr_conns < PROBES_IN_A_TURN * 3:
        worker.wait_for_and_dispatch_events(timeout=1)  # accepts; one to a turn
    worker.probes_answered = 0
    worker.wait_for_and_dispatch_events(timeout=1)
    assert worker.probes_answered <= PROBES_IN_A_TURN
    front.turn(30)
    assert busy.waiting  # the others stand in the strangers' queue


def test_what_was_told_is_told_again_for_a_second_without_being_made(
    app: Flask, busy: Busy, clock: Clock
) -> None:
    with serving_here(in_front(app, clock), busy) as front:
        made = app.wsgi_app
        first = front.ask(PROBE)
        app.wsgi_app = None  # type: ignore[assignment,method-assign]  # nobody is there
        again = front.ask(PROBE)
        assert again.partition(b"Date:")[0] == first.partition(b"Date:")[0]
        assert again.partition(b"\r\n\r\n")[2] == first.partition(b"\r\n\r\n")[2]
        clock.advance(seconds=1)
        app.wsgi_app = made  # type: ignore[method-assign]  # and back
        assert front.ask(PROBE).startswith(b"HTTP/1.1 200 ")
    assert not busy.waiting
