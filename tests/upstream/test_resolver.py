"""Names become addresses once a minute, and a dead address is passed over."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from bridge.errors import UpstreamDown, UpstreamSlow
from bridge.upstream.deadline import Deadline
from bridge.upstream.resolver import (
    Address,
    Resolver,
    open_socket,
    resolve_by_system,
)
from bridge.upstream.transport import BoundedAdapter, read_bounded
from tests.upstream.servers import RawServer, answering, full_backlog, wait_for_the_end


class Directory:
    """A resolver that counts, and can hang or fail."""

    def __init__(self, *addresses: Address) -> None:
        self.addresses: Sequence[Address] = addresses
        self.asked = 0
        self.failure: Exception | None = None
        self.released = threading.Event()
        self.released.set()

    def __call__(self, _host: str, _port: int) -> Sequence[Address]:
        self.asked += 1
        self.released.wait()
        if self.failure:
            raise self.failure
        return self.addresses


def loopback(port: int) -> Address:
    return Address(socket.AF_INET, ("127.0.0.1", port))


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def soon() -> Deadline:
    return Deadline.after(2)


def test_a_name_is_looked_up_once_a_minute() -> None:
    now_s = [0.0]
    directory = Directory(loopback(80))
    resolver = Resolver(directory, clock=lambda: now_s[0])
    for now_s[0] in (0.0, 59.0, 61.0, 100.0):
        assert resolver.addresses("a", 80, soon()) == (loopback(80),)
    assert directory.asked == 2


def test_many_callers_share_one_lookup_that_hangs() -> None:
    directory = Directory(loopback(80))
    directory.released.clear()
    resolver = Resolver(directory)
    before = threading.active_count()
    with ThreadPoolExecutor(8) as threads:
        calls = [
            threads.submit(resolver.addresses, "a", 80, Deadline.after(0.2))
            for _ in range(8)
        ]
        assert all(isinstance(call.exception(), UpstreamSlow) for call in calls)
    assert (directory.asked, threading.active_count()) == (1, before + 1)
    directory.released.set()
    assert resolver.addresses("a", 80, soon()) == (loopback(80),)
    assert directory.asked == 1


def test_a_lookup_that_hangs_for_a_minute_is_given_up_for_a_new_one() -> None:
    now_s = [0.0]
    directory = Directory(loopback(80))
    directory.released.clear()
    resolver = Resolver(directory, clock=lambda: now_s[0])
    for now_s[0] in (0.0, 59.0, 61.0, 62.0):
        with pytest.raises(UpstreamSlow):
            resolver.addresses("a", 80, Deadline.after(0.05))
    directory.released.set()
    assert directory.asked == 2


def test_a_failed_lookup_is_not_remembered() -> None:
    directory = Directory(loopback(80))
    directory.failure = socket.gaierror(socket.EAI_AGAIN, "try again")
    resolver = Resolver(directory)
    with pytest.raises(socket.gaierror):
        resolver.addresses("a", 80, soon())
    directory.failure = None
    assert resolver.addresses("a", 80, soon()) == (loopback(80),)


def test_a_name_without_addresses_is_unknown() -> None:
    with pytest.raises(socket.gaierror):
        Resolver(Directory()).addresses("a", 80, soon())


@pytest.mark.parametrize("host", ["nowhere.invalid", "a" * 70 + ".example", "a..b"])
def test_a_name_that_cannot_be_resolved_is_upstream_down(host: str) -> None:
    request = requests.PreparedRequest()
    request.prepare_method("GET")
    request.prepare_headers({})
    request.url = f"http://{host}/"
    with pytest.raises(UpstreamDown, match=host):
        BoundedAdapter().send(request, timeout=5)


def test_the_system_knows_localhost() -> None:
    found = {address.sockaddr[0] for address in resolve_by_system("localhost", 80)}
    assert found & {"127.0.0.1", "::1"}


def test_a_refused_address_is_passed_over() -> None:
    with RawServer(wait_for_the_end) as server:
        addresses = [loopback(closed_port()), loopback(server.port)]
        with open_socket(addresses, soon()) as opened:
            assert opened.getpeername()[1] == server.port


@pytest.mark.slow
def test_a_silent_address_leaves_time_for_the_next() -> None:
    with full_backlog() as silent_port, RawServer(wait_for_the_end) as server:
        begun_s = time.monotonic()
        addresses = [loopback(silent_port), loopback(server.port)]
        with open_socket(addresses, soon()) as opened:
            assert opened.getpeername()[1] == server.port
        assert 0.9 < time.monotonic() - begun_s < 1.5


def test_an_address_that_went_away_is_asked_for_anew() -> None:
    directory = Directory(loopback(closed_port()))
    adapter = BoundedAdapter(resolve=directory)
    request = requests.Request("GET", "http://intervals.invalid/").prepare()
    with pytest.raises(UpstreamDown):
        adapter.send(request)
    with RawServer(answering(b"moved")) as server:
        directory.addresses = [loopback(server.port)]
        assert read_bounded(adapter.send(request), 100) == b"moved"
        adapter.close()
