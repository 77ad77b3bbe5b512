"""Files on their way through: in pieces, at the phone's pace, never cut unnoticed."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient

from bridge.errors import BridgeError, UpstreamGarbage, UpstreamSlow
from bridge.upstream.deadline import Deadline, within
from bridge.upstream.files import stream_file
from bridge.upstream.transport import BoundedAdapter
from tests.conftest import let_in
from tests.upstream.servers import RawServer, ask, head, read_request

FILE = "Content-Type: application/octet-stream"
PIECE = b"0123456789abcdef" * 4096  # 64 KiB
PIECES = 16
PATIENCE_S = 20  # for what must come true on a machine however busy


@pytest.fixture
def adapter() -> Iterator[BoundedAdapter]:
    adapter = BoundedAdapter()
    yield adapter
    adapter.close()


def phone_at(
    make_app: Callable[..., Flask], server: RawServer, budget_s: float
) -> FlaskClient:
    app = make_app(
        transport=BoundedAdapter(),
        upstream_url=server.url.rstrip("/"),
        upstream_budget_s=budget_s,
    )
    return let_in(app, "raw")


def whole_file(connection: socket.socket) -> None:
    if read_request(connection):
        connection.sendall(head(FILE, f"Content-Length: {PIECES * len(PIECE)}"))
        for _ in range(PIECES):
            connection.sendall(PIECE)


def test_a_file_is_not_waited_for_to_its_end(make_app: Callable[..., Flask]) -> None:
    first_seen = threading.Event()

    def handler(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(head(FILE, f"Content-Length: {PIECES * len(PIECE)}"))
        connection.sendall(PIECE)
        assert first_seen.wait(PATIENCE_S)
        for _ in range(PIECES - 1):
            connection.sendall(PIECE)

    with RawServer(handler) as server:
        phone = phone_at(make_app, server, PATIENCE_S)
        answer = phone.get("/api/v1/activity/i1/file", buffered=False)
        pieces = answer.iter_encoded()
        got = next(pieces)
        first_seen.set()
        assert len(got) < PIECES * len(PIECE)
        assert got + b"".join(pieces) == PIECE * PIECES


def test_a_phone_slower_than_the_budget_still_gets_all(
    make_app: Callable[..., Flask],
) -> None:
    with RawServer(whole_file) as server:
        phone = phone_at(make_app, server, 0.5)
        answer = phone.get("/api/v1/activity/i1/file", buffered=False)
        began_s, got = time.monotonic(), b""
        for piece in answer.iter_encoded():
            got += piece
            time.sleep(0.06)
        assert time.monotonic() - began_s > 0.6
        assert got == PIECE * PIECES


def test_a_file_whose_body_never_begins_is_a_failure_in_time(
    make_app: Callable[..., Flask],
) -> None:
    def handler(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(head(FILE, "Content-Length: 100000"))
        connection.recv(1)

    with RawServer(handler) as server:
        phone = phone_at(make_app, server, 0.3)
        for path in ("/api/v1/activity/i1/file", "/api/v1/athlete/0/activities.csv"):
            answer = phone.get(path)
            assert answer.status_code == 504
            assert set(answer.get_json()) == {"status", "error"}


def test_a_packed_file_stays_packed(make_app: Callable[..., Flask]) -> None:
    packed = gzip.compress(PIECE)

    def handler(connection: socket.socket) -> None:
        while read_request(connection):
            start = head(
                FILE, "Content-Encoding: gzip", f"Content-Length: {len(packed)}"
            )
            connection.sendall(start + packed)

    with RawServer(handler) as server:
        answer = phone_at(make_app, server, PATIENCE_S).get("/api/v1/x")
        assert answer.headers["Content-Encoding"] == "gzip"
        assert answer.data == packed


# the stream itself


def fetch(adapter: BoundedAdapter, server: RawServer) -> requests.Response:
    with within(Deadline.after(PATIENCE_S)):
        return adapter.send(ask(server.url), stream=True)


def test_waiting_for_upstream_counts_and_the_phones_time_does_not(
    adapter: BoundedAdapter,
) -> None:
    seconds = iter([0.0, 1.0, 100.0, 101.0, 200.0, 201.5, 300.0, 300.0])

    def handler(connection: socket.socket) -> None:
        whole_file(connection)
        read_request(connection)

    with RawServer(handler) as server:
        pieces = stream_file(
            fetch(adapter, server), patience_s=3.0, clock=lambda: next(seconds)
        )
        assert [len(next(pieces)) for _ in range(3)] == [len(PIECE)] * 3
        next(pieces)  # 1 + 1 + 1.5 seconds of three are gone
        with pytest.raises(UpstreamSlow):
            next(pieces)


def test_upstream_that_stops_in_the_middle_is_a_failure_not_an_end(
    adapter: BoundedAdapter,
) -> None:
    def stops(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(head(FILE, f"Content-Length: {2 * len(PIECE)}") + PIECE)
        connection.recv(1)

    def hangs_up(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(head(FILE, f"Content-Length: {2 * len(PIECE)}") + PIECE)

    for handler in (stops, hangs_up):
        with RawServer(handler) as server:
            pieces = stream_file(fetch(adapter, server), patience_s=0.3)
            assert next(pieces) == PIECE
            with pytest.raises(BridgeError):
                b"".join(pieces)


def test_a_file_larger_than_any_should_be_is_left(adapter: BoundedAdapter) -> None:
    with RawServer(whole_file) as server, pytest.raises(UpstreamGarbage):
        stream_file(fetch(adapter, server), len(PIECE))


def test_an_empty_file_is_an_empty_file(adapter: BoundedAdapter) -> None:
    def handler(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(head(FILE, "Content-Length: 0"))

    with RawServer(handler) as server:
        assert b"".join(stream_file(fetch(adapter, server))) == b""


def test_a_phone_that_hangs_up_lets_upstream_go(adapter: BoundedAdapter) -> None:
    left = threading.Event()

    def handler(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(head(FILE, f"Content-Length: {len(PIECE) * 4096}"))
        try:
            for _ in range(4096):
                connection.sendall(PIECE)
        except OSError:
            left.set()

    with RawServer(handler) as server:
        pieces = stream_file(fetch(adapter, server), len(PIECE) * 5000)
        next(pieces)
        pieces.close()
        assert left.wait(PATIENCE_S)
