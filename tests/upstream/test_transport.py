"""The wire in good and bad health: real sockets, real TLS, bounded memory."""

from __future__ import annotations

import gzip
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import requests

from bridge.errors import BridgeError, UpstreamDown, UpstreamGarbage, UpstreamSlow
from bridge.upstream.transport import (
    BoundedAdapter,
    ConnectionDropped,
    map_exception,
    read_bounded,
    trusting_context,
)
from tests.upstream.servers import (
    Certificates,
    RawServer,
    answering,
    ask,
    chunked,
    get,
    head,
    make_certificates,
    read_request,
)

BODY = b'{"form": -12.5}' * 1000


@pytest.fixture
def adapter() -> Iterator[BoundedAdapter]:
    adapter = BoundedAdapter()
    yield adapter
    adapter.close()


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("tls"))


# keep-alive


@pytest.mark.parametrize(
    ("headers", "pieces"),
    [
        ([f"Content-Length: {len(BODY)}"], [BODY]),
        (["Transfer-Encoding: chunked"], list(chunked(iter([BODY[:700], BODY[700:]])))),
        (
            ["Content-Encoding: gzip", f"Content-Length: {len(gzip.compress(BODY))}"],
            [gzip.compress(BODY)],
        ),
        (
            ["Content-Encoding: gzip", "Transfer-Encoding: chunked"],
            list(chunked(iter([gzip.compress(BODY)[:9], gzip.compress(BODY)[9:]]))),
        ),
    ],
    ids=["length", "chunks", "gzip", "gzip in chunks"],
)
def test_two_calls_use_one_connection(
    adapter: BoundedAdapter, headers: list[str], pieces: list[bytes]
) -> None:
    def handler(connection: socket.socket) -> None:
        while read_request(connection):
            connection.sendall(head(*headers) + b"".join(pieces))

    with RawServer(handler) as server:
        assert [get(adapter, server.url) for _ in range(3)] == [BODY] * 3
        assert server.connections == 1
        adapter.close()


def test_a_connection_that_was_idle_for_long_is_not_used_again() -> None:
    adapter = BoundedAdapter(idle_s=0.05)
    with RawServer(answering(b"ok")) as server:
        for _ in range(2):
            get(adapter, server.url)
            time.sleep(0.1)
        assert server.connections == 2
        adapter.close()


def test_a_connection_the_server_closed_while_idle_is_replaced(
    adapter: BoundedAdapter,
) -> None:
    def handler(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(head("Content-Length: 2") + b"ok")

    with RawServer(handler) as server:
        for _ in range(2):
            assert get(adapter, server.url) == b"ok"
            time.sleep(0.05)
        assert server.connections == 2


def test_four_parallel_calls_do_not_wait_for_each_other(
    adapter: BoundedAdapter,
) -> None:
    together = threading.Barrier(4)

    def handler(connection: socket.socket) -> None:
        while read_request(connection):
            together.wait(timeout=5)
            connection.sendall(head("Content-Length: 2") + b"ok")

    with RawServer(handler) as server, ThreadPoolExecutor(4) as threads:
        calls = [threads.submit(get, adapter, server.url) for _ in range(4)]
        assert [call.result() for call in calls] == [b"ok"] * 4
        adapter.close()


# the wire breaks


def drop(connection: socket.socket) -> None:
    read_request(connection)


def reset(connection: socket.socket) -> None:
    read_request(connection)
    no_goodbye = struct.pack("ii", 1, 0)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, no_goodbye)


@pytest.mark.parametrize("handler", [drop, reset])
def test_a_connection_dropped_before_an_answer_may_be_tried_again(
    adapter: BoundedAdapter, handler: Callable[[socket.socket], None]
) -> None:
    with RawServer(handler) as server, pytest.raises(ConnectionDropped):
        adapter.send(ask(server.url))


def test_a_pooled_connection_dropped_at_the_next_request_may_be_tried_again(
    adapter: BoundedAdapter,
) -> None:
    def handler(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(head("Content-Length: 2") + b"ok")
        read_request(connection)

    with RawServer(handler) as server:
        assert get(adapter, server.url) == b"ok"
        with pytest.raises(ConnectionDropped):
            get(adapter, server.url)
        assert get(adapter, server.url) == b"ok"
        adapter.close()


@pytest.mark.parametrize(
    "answer",
    [
        head("Content-Length: 20") + b"half a bod",
        head("Transfer-Encoding: chunked") + b"14\r\nhalf a bod",
        head("Transfer-Encoding: chunked") + b"a\r\nhalf a bod\r\n",
        head("Transfer-Encoding: chunked") + b"zz\r\nhalf a bod",
    ],
)
def test_half_a_body_is_upstream_down(adapter: BoundedAdapter, answer: bytes) -> None:
    def handler(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(answer)

    with RawServer(handler) as server, pytest.raises(UpstreamDown) as failure:
        get(adapter, server.url)
    assert not isinstance(failure.value, ConnectionDropped)


@pytest.mark.parametrize(
    "answer", [b"SSH-2.0-OpenSSH_9\r\n", b"HTTP/1.1 abc OK\r\n\r\n", b"\x00" * 70_000]
)
def test_what_does_not_speak_http_is_upstream_down(
    adapter: BoundedAdapter, answer: bytes
) -> None:
    def handler(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(answer)

    with RawServer(handler) as server, pytest.raises(UpstreamDown):
        get(adapter, server.url)


def test_a_refused_connection_is_upstream_down_and_names_the_host(
    adapter: BoundedAdapter,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(UpstreamDown, match=r"127.0.0.1: .*ConnectionRefusedError"):
        get(adapter, f"http://127.0.0.1:{port}/secret?token=canary")


def test_no_failure_quotes_the_address_or_the_key(adapter: BoundedAdapter) -> None:
    request = ask("http://127.0.0.1:1/athlete?token=canary")
    request.headers["Authorization"] = "Basic canary"
    with pytest.raises(UpstreamDown) as failure:
        adapter.send(request)
    assert "canary" not in failure.value.detail + str(failure.value)


def test_a_redirect_is_an_answer_like_any_other(adapter: BoundedAdapter) -> None:
    def handler(connection: socket.socket) -> None:
        read_request(connection)
        location = "Location: http://127.0.0.1:1/"
        connection.sendall(head(location, "Content-Length: 0", status="302 Found"))

    with RawServer(handler) as server:
        response = adapter.send(ask(server.url), stream=True)
        assert (response.status_code, read_bounded(response, 0)) == (302, b"")
        assert server.connections == 1


def test_a_proxy_in_the_environment_is_not_used(
    adapter: BoundedAdapter, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    with RawServer(answering(b"direct")) as server:
        assert get(adapter, server.url) == b"direct"
        adapter.close()


# TLS


class CountingContext(ssl.SSLContext):
    """Counts how often authorities are loaded."""

    loads = 0

    def load_verify_locations(self, *args: Any, **kwargs: Any) -> None:
        self.loads += 1
        super().load_verify_locations(*args, **kwargs)


def test_a_certificate_of_nobody_is_refused(
    adapter: BoundedAdapter, certificates: Certificates
) -> None:
    with RawServer(answering(b"trust me"), certificates.server_context()) as server:
        for verify in (True, False):
            with pytest.raises(UpstreamDown, match="TLS: unable to get local issuer"):
                adapter.send(ask(server.url), verify=verify)


def test_a_certificate_for_another_host_is_refused(tmp_path: Path) -> None:
    elsewhere = make_certificates(tmp_path, host="127.0.0.2")
    trusting = ssl.create_default_context(cafile=elsewhere.authority)
    adapter = BoundedAdapter(context=trusting)
    with (
        RawServer(answering(b"ok"), elsewhere.server_context()) as server,
        pytest.raises(UpstreamDown, match=r"TLS: .*not valid for '127.0.0.1'"),
    ):
        adapter.send(ask(server.url))


def test_a_context_that_trusts_everybody_is_made_to_verify(
    certificates: Certificates,
) -> None:
    careless = ssl.create_default_context()
    careless.check_hostname = False
    careless.verify_mode = ssl.CERT_NONE
    adapter = BoundedAdapter(context=careless)
    assert (careless.verify_mode, careless.check_hostname) == (ssl.CERT_REQUIRED, True)
    with (
        RawServer(answering(b"ok"), certificates.server_context()) as server,
        pytest.raises(UpstreamDown, match="TLS"),
    ):
        adapter.send(ask(server.url))


def test_five_tls_connections_load_the_authorities_once(
    certificates: Certificates,
) -> None:
    context = CountingContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cafile=certificates.authority)
    adapter = BoundedAdapter(context=context)
    handler = answering(b"private", "Connection: close")
    with RawServer(handler, certificates.server_context()) as server:
        assert [get(adapter, server.url) for _ in range(5)] == [b"private"] * 5
        assert (server.connections, context.loads) == (5, 1)


def test_a_connection_over_tls_is_kept_alive(certificates: Certificates) -> None:
    context = ssl.create_default_context(cafile=certificates.authority)
    adapter = BoundedAdapter(context=context)
    with RawServer(answering(BODY), certificates.server_context()) as server:
        assert [get(adapter, server.url) for _ in range(5)] == [BODY] * 5
        assert server.connections == 1
        adapter.close()


def test_a_machine_without_hashed_authorities_trusts_certifi(tmp_path: Path) -> None:
    context = trusting_context(str(tmp_path))
    assert context.cert_store_stats()["x509_ca"] > 50
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)


def test_hashed_authorities_are_not_parsed_beforehand(tmp_path: Path) -> None:
    (tmp_path / "0a1b2c3d.0").touch()
    context = trusting_context(str(tmp_path))
    assert context.cert_store_stats()["x509"] == 0
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)


# names of failures


@pytest.mark.parametrize(
    ("exception", "failure"),
    [
        (requests.ReadTimeout(), UpstreamSlow),
        (TimeoutError(), UpstreamSlow),
        (requests.ConnectionError(), UpstreamDown),
        (ssl.SSLError(1, "broken"), UpstreamDown),
        (OSError(), UpstreamDown),
    ],
)
def test_every_exception_has_its_failure(
    exception: Exception, failure: type[BridgeError]
) -> None:
    assert type(map_exception(exception, "intervals.icu")) is failure


def test_a_failure_of_ours_stays_what_it_is() -> None:
    failure = UpstreamGarbage("too big")
    assert map_exception(failure) is failure
