"""Whether the bridge is alive is told by the event loop, which waits for no thread."""

from __future__ import annotations

import json
import os
import selectors
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import closing
from typing import Any

import pytest
from flask import Flask
from gunicorn.config import Config as GunicornConfig
from gunicorn.glogging import Logger

from bridge.server.worker import PROBES_IN_A_TURN, FrontWorker

PROBE = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"


class Busy(Executor):
    """Threads that all wait: whoever comes here is not answered."""

    def __init__(self) -> None:
        self.waiting: list[Any] = []

    def submit(self, _: Any, /, *args: Any, **__: Any) -> Future[Any]:
        self.waiting.append(args[0])
        return Future()


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        yield listening


@pytest.fixture
def busy() -> Busy:
    return Busy()


@pytest.fixture
def worker(app: Flask, listener: socket.socket, busy: Busy) -> Iterator[FrontWorker]:
    """A worker without a free thread, whose turns the test counts."""
    settings = GunicornConfig()
    log = Logger(settings)
    worker = FrontWorker(1, os.getppid(), [listener], None, 30, settings, log)
    worker.wsgi = app
    worker.tpool = worker.strangers = busy
    worker.poller = selectors.DefaultSelector()
    worker.method_queue.init()
    queue = worker.method_queue
    worker.poller.register(queue.fileno(), selectors.EVENT_READ, queue.run_callbacks)
    worker.set_accept_enabled(True)
    yield worker
    for conn in [*worker.connections, *busy.waiting]:
        conn.wire.close()
    worker.poller.close()
    queue.close()
    worker.tmp.close()


def turn(worker: FrontWorker, turns: int = 10) -> None:
    for _ in range(turns):
        worker.wait_for_and_dispatch_events(timeout=0.05)
        worker.murder_pending()


@pytest.fixture
def ask(listener: socket.socket) -> Iterator[Callable[[bytes], socket.socket]]:
    opened: list[socket.socket] = []

    def send(said: bytes) -> socket.socket:
        sock = socket.create_connection(listener.getsockname(), 10)
        opened.append(sock)
        sock.sendall(said)
        return sock

    yield send
    for sock in opened:
        sock.close()


def test_it_is_told_where_no_thread_is_free(
    worker: FrontWorker, busy: Busy, ask: Callable[[bytes], socket.socket]
) -> None:
    waiting = ask(b"GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n")
    probe = ask(PROBE)
    turn(worker)
    head, _, body = probe.recv(65536).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 ")
    assert json.loads(body)["status"] == "ok"
    probe.sendall(PROBE)  # the connection is kept
    turn(worker)
    assert probe.recv(65536).startswith(b"HTTP/1.1 200 ")
    waiting.setblocking(False)
    with pytest.raises(BlockingIOError):
        waiting.recv(1)
    assert len(busy.waiting) == 1


def test_it_is_told_in_the_language_of_who_asks(
    worker: FrontWorker, ask: Callable[[bytes], socket.socket]
) -> None:
    probe = ask(PROBE.replace(b"\r\n\r\n", b"\r\nAccept-Language: de\r\n\r\n"))
    turn(worker)
    body = json.loads(probe.recv(65536).partition(b"\r\n\r\n")[2])
    assert "läuft" in body["speech"]


def test_a_turn_of_the_event_loop_tells_it_to_a_few(
    worker: FrontWorker, busy: Busy, ask: Callable[[bytes], socket.socket]
) -> None:
    probes = [ask(PROBE) for _ in range(PROBES_IN_A_TURN * 3)]
    while worker.nr_conns < len(probes):
        worker.wait_for_and_dispatch_events(timeout=1)  # accepts; one to a turn
    worker.probes_answered = 0
    worker.wait_for_and_dispatch_events(timeout=1)
    assert worker.probes_answered <= PROBES_IN_A_TURN
    turn(worker, 30)
    assert busy.waiting  # the others stand in the strangers' queue
