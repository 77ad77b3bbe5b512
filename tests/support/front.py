"""The front in this process: a worker on a socket, whose turns the test counts."""

from __future__ import annotations

import os
import selectors
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import closing, contextmanager
from typing import Any

from flask import Flask
from gunicorn.config import Config as GunicornConfig

from bridge.cli import serving
from bridge.server.log import FrontLog
from bridge.server.worker import FrontWorker


class Busy(Executor):
    """Threads that all wait: whoever comes here is not answered."""

    def __init__(self) -> None:
        self.waiting: list[Any] = []

    def submit(self, _: Any, /, *args: Any, **__: Any) -> Future[Any]:
        self.waiting.append(args[0])
        return Future()


class Inline(Executor):
    """Threads that answer at once, each counted."""

    def __init__(self) -> None:
        self.taken = 0

    def submit(self, call: Any, /, *args: Any, **how: Any) -> Future[Any]:
        self.taken += 1
        done: Future[Any] = Future()
        done.set_result(call(*args, **how))
        return done


class Front:
    """A worker and its socket."""

    def __init__(self, worker: FrontWorker, address: Any) -> None:
        self.worker, self.address = worker, address
        self.opened: list[socket.socket] = []

    def connect(self, said: bytes = b"") -> socket.socket:
        """Return a connection, with something said on it already."""
        sock = socket.create_connection(self.address, 10)
        self.opened.append(sock)
        sock.sendall(said)
        return sock

    def turn(self, turns: int = 10) -> None:
        """Let the event loop go round, so that all that waits is done."""
        for _ in range(turns):
            self.worker.wait_for_and_dispatch_events(timeout=0.001)
            self.worker.murder_pending()

    def until(self, is_done: Callable[[], bool]) -> None:
        """Go round until something is so."""
        end_s = time.monotonic() + 20
        while not is_done():
            if time.monotonic() > end_s:
                raise TimeoutError
            self.turn(1)

    def ask(self, said: bytes, sock: socket.socket | None = None) -> bytes:
        """Say something, let it be answered, and return all that came."""
        if sock is None:
            sock = self.connect(said)
        else:
            sock.sendall(said)
        sock.setblocking(False)
        came = bytearray()

        def is_whole() -> bool:
            try:
                piece = sock.recv(1 << 20)
            except BlockingIOError:
                return bool(came)
            came.extend(piece)
            return not piece

        self.until(is_whole)
        return bytes(came)


@contextmanager
def serving_here(app: Flask, pool: Executor, **settings: object) -> Iterator[Front]:
    """Serve an app on a socket for the length of the block; nothing runs by itself."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        config = GunicornConfig()
        config.set("access_log_format", serving.access_log_format)
        for name, value in settings.items():
            config.set(name, value)
        log = FrontLog(config)
        worker = FrontWorker(1, os.getppid(), [listener], None, 30, config, log)
        worker.wsgi = app
        worker.tpool = worker.strangers = pool
        worker.poller = selectors.DefaultSelector()
        worker.method_queue.init()
        queue = worker.method_queue
        read = queue.fileno(), selectors.EVENT_READ, queue.run_callbacks
        worker.poller.register(*read)
        worker.set_accept_enabled(True)
        front = Front(worker, listener.getsockname())
        try:
            yield front
        finally:
            waiting = pool.waiting if isinstance(pool, Busy) else []
            for conn in [*worker.connections, *waiting]:
                conn.wire.close()
            for sock in front.opened:
                sock.close()
            worker.poller.close()
            queue.close()
            worker.tmp.close()
