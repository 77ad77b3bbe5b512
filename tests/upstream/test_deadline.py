"""Total seconds: whatever trickles, hangs or stalls, the thread comes back."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from bridge.errors import UpstreamSlow
from bridge.upstream.deadline import Deadline, current_deadline, within
from bridge.upstream.resolver import Address
from bridge.upstream.transport import BoundedAdapter, read_bounded
from tests.upstream.servers import (
    Handler,
    RawServer,
    full_backlog,
    head,
    make_certificates,
    read_request,
    trickle,
    wait_for_the_end,
)

LIMIT_S = 1.0
GRACE_S = 0.5
LARGE = 1 << 20
SLOW_HEAD = head(*(f"X-Filler-{number}: 1" for number in range(40)))

Wire = Callable[[float], contextlib.AbstractContextManager[str]]


@pytest.fixture(autouse=True)
def _nobody_left_behind() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    until = Deadline.after(2)
    while set(threading.enumerate()) - before and until.remaining_s() > 0:
        time.sleep(0.01)
    assert set(threading.enumerate()) <= before


def get(url: str, limit_s: float, adapter: BoundedAdapter | None = None) -> bytes:
    adapter = adapter or BoundedAdapter()
    request = requests.Request("GET", url).prepare()
    try:
        with within(Deadline.after(limit_s)):
            return read_bounded(adapter.send(request, stream=True), LARGE)
    finally:
        adapter.close()


def seconds_until_slow(
    url: str, limit_s: float, adapter: BoundedAdapter | None = None
) -> float:
    begun_s = time.monotonic()
    with pytest.raises(UpstreamSlow):
        get(url, limit_s, adapter)
    return time.monotonic() - begun_s


def trickled_head(every_s: float) -> Handler:
    def handler(connection: socket.socket) -> None:
        read_request(connection)
        trickle(connection, SLOW_HEAD, every_s)

    return handler


def trickled_body(every_s: float) -> Handler:
    def handler(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(head("Content-Length: 1000"))
        trickle(connection, b"x" * 1000, every_s)

    return handler


def trickled_chunks(every_s: float) -> Handler:
    def handler(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(head("Transfer-Encoding: chunked"))
        trickle(connection, b"1\r\nx\r\n" * 200, every_s)

    return handler


def endless_continue(every_s: float) -> Handler:
    def handler(connection: socket.socket) -> None:
        read_request(connection)
        for _ in range(1000):
            connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
            time.sleep(every_s)

    return handler


def silence(_every_s: float) -> Handler:
    return wait_for_the_end


HANDLERS = {
    "one header byte at a time": trickled_head,
    "one body byte at a time": trickled_body,
    "one byte of chunks at a time": trickled_chunks,
    "100 Continue without end": endless_continue,
    "accepts and never answers": silence,
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", HANDLERS)
def test_a_wire_that_never_ends_ends_at_the_deadline(kind: str) -> None:
    with RawServer(HANDLERS[kind](0.1)) as server:
        took_s = seconds_until_slow(server.url, LIMIT_S)
    assert LIMIT_S - 0.1 < took_s < LIMIT_S + GRACE_S


@pytest.mark.slow
def test_a_tls_handshake_that_trickles_ends_at_the_deadline() -> None:
    def handler(connection: socket.socket) -> None:
        trickle(connection, b"\x16\x03\x03\x40\x00" + bytes(500), 0.1)

    with RawServer(handler) as server:
        took_s = seconds_until_slow(f"https://127.0.0.1:{server.port}/", LIMIT_S)
    assert took_s < LIMIT_S + GRACE_S


@pytest.mark.slow
@pytest.mark.parametrize("slow", [trickled_head, trickled_body])
def test_a_trickle_inside_tls_ends_at_the_deadline(
    slow: Callable[[float], Handler], tmp_path: Path
) -> None:
    files = make_certificates(tmp_path)
    trusting = ssl.create_default_context(cafile=files.authority)
    with RawServer(slow(0.1), files.server_context()) as server:
        adapter = BoundedAdapter(context=trusting)
        took_s = seconds_until_slow(server.url, LIMIT_S, adapter)
    assert took_s < LIMIT_S + GRACE_S


@pytest.mark.slow
def test_a_connection_nobody_accepts_ends_at_the_deadline() -> None:
    with full_backlog() as port:
        took_s = seconds_until_slow(f"http://127.0.0.1:{port}/", LIMIT_S)
    assert took_s < LIMIT_S + GRACE_S


@pytest.mark.slow
def test_a_body_nobody_reads_ends_at_the_deadline() -> None:
    def handler(connection: socket.socket) -> None:
        read_request(connection)
        time.sleep(LIMIT_S + GRACE_S)

    with RawServer(handler) as server:
        adapter = BoundedAdapter(total_s=LIMIT_S)
        body = b"x" * (16 << 20)
        request = requests.Request("POST", server.url, data=body).prepare()
        begun_s = time.monotonic()
        with pytest.raises(UpstreamSlow):
            adapter.send(request)
        took_s = time.monotonic() - begun_s
    assert took_s < LIMIT_S + GRACE_S


@contextlib.contextmanager
def hanging_adapter() -> Iterator[BoundedAdapter]:
    released = threading.Event()

    def hang(_host: str, _port: int) -> list[Address]:
        released.wait()
        return []

    yield BoundedAdapter(resolve=hang)
    released.set()


def test_a_resolver_that_hangs_is_left_alone_at_the_deadline() -> None:
    with hanging_adapter() as adapter:
        took_s = seconds_until_slow("http://intervals.invalid/", LIMIT_S, adapter)
    assert took_s < LIMIT_S + GRACE_S


@pytest.mark.slow
def test_a_body_read_outside_the_deadline_still_ends_with_it() -> None:
    with RawServer(trickled_body(0.1)) as server:
        adapter = BoundedAdapter()
        request = requests.Request("GET", server.url).prepare()
        begun_s = time.monotonic()
        with within(Deadline.after(LIMIT_S)):
            response = adapter.send(request, stream=True)
        with pytest.raises(UpstreamSlow):
            read_bounded(response, LARGE)
        assert time.monotonic() - begun_s < LIMIT_S + GRACE_S


def test_a_timeout_of_the_call_counts_total_seconds() -> None:
    with RawServer(trickled_head(0.1)) as server:
        adapter = BoundedAdapter()
        request = requests.Request("GET", server.url).prepare()
        begun_s = time.monotonic()
        with pytest.raises(UpstreamSlow):
            adapter.send(request, timeout=0.5)
        assert time.monotonic() - begun_s < 0.5 + GRACE_S


def test_a_spent_deadline_opens_no_connection() -> None:
    with RawServer(silence(0)) as server:
        with pytest.raises(UpstreamSlow):
            get(server.url, 0)
        assert server.connections == 0


def test_an_inner_deadline_cannot_outlast_the_outer_one() -> None:
    with within(Deadline.after(1)) as outer:
        with within(Deadline.after(5)) as inner:
            assert inner is outer
        with within(Deadline.after(0.1)) as inner:
            assert current_deadline() is inner
        assert current_deadline() is outer
    assert current_deadline() is None


def test_a_deadline_follows_its_clock() -> None:
    now_s = [100.0]
    deadline = Deadline.after(8, clock=lambda: now_s[0])
    assert deadline.check() == 8
    now_s[0] += 8
    with pytest.raises(UpstreamSlow, match="out of time while counting"):
        deadline.check("while counting")


@contextlib.contextmanager
def served(kind: str) -> Iterator[tuple[str, BoundedAdapter]]:
    with RawServer(HANDLERS[kind](1.0)) as server:
        yield server.url, BoundedAdapter()


@pytest.mark.slow
def test_in_real_life_every_bad_wire_is_over_within_eight_and_a_half_seconds() -> None:
    with contextlib.ExitStack() as stack, ThreadPoolExecutor() as threads:
        calls = [stack.enter_context(served(kind)) for kind in HANDLERS]
        hanging = stack.enter_context(hanging_adapter())
        calls.append(("http://intervals.invalid/", hanging))
        took_s = [
            threads.submit(seconds_until_slow, url, 8.0, adapter)
            for url, adapter in calls
        ]
        assert all(7.9 < future.result() < 8.5 for future in took_s)
