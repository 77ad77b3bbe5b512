"""Whether an address leads to this bridge is tried, and each failure has its word."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bridge.upstream.public import Reach, try_address
from bridge.upstream.transport import BoundedAdapter
from tests.support.services import free_port
from tests.upstream.servers import (
    Handler,
    RawServer,
    answering,
    make_certificates,
    wait_for_the_end,
)

OURS = "9f3c21d07b6ae854"


@pytest.fixture
def adapter() -> Iterator[BoundedAdapter]:
    adapter = BoundedAdapter()
    yield adapter
    adapter.close()


def ready(instance_id: object) -> bytes:
    return json.dumps({"status": "ok", "instance_id": instance_id}).encode()


@pytest.mark.parametrize(
    ("handler", "reach"),
    [
        (answering(ready(OURS)), "ours"),
        (answering(ready("0000000000000000")), "other"),
        (answering(ready(None)), "other"),
        (answering(b'["9f3c21d07b6ae854"]'), "other"),
        (answering(b"<h1>My router</h1>"), "other"),
        (answering(ready(OURS) + b" " * 5000), "other"),
    ],
)
def test_who_answers_is_told_by_its_instance_id(
    adapter: BoundedAdapter, handler: Handler, reach: Reach
) -> None:
    with RawServer(handler) as server:
        assert try_address(server.url.rstrip("/"), OURS, adapter) == reach


def test_a_redirect_is_not_followed(adapter: BoundedAdapter) -> None:
    with RawServer(answering(ready(OURS))) as target:

        def lead(connection: object) -> None:
            connection.sendall(  # type: ignore[attr-defined]  # a socket
                f"HTTP/1.1 302 Found\r\nLocation: {target.url}readyz\r\n"
                "Content-Length: 0\r\n\r\n".encode()
            )

        with RawServer(lead) as server:
            assert try_address(server.url[:-1], OURS, adapter) == "redirect"
        assert target.connections == 0


def test_an_address_where_nobody_listens_is_down(adapter: BoundedAdapter) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    assert try_address(url, OURS, adapter) == "down"


def test_a_name_that_nobody_knows_is_unknown(adapter: BoundedAdapter) -> None:
    assert try_address("https://bridge.invalid", OURS, adapter) == "unknown"


def test_a_certificate_of_nobody_is_untrusted(
    adapter: BoundedAdapter, tmp_path: Path
) -> None:
    tls = make_certificates(tmp_path).server_context()
    with RawServer(answering(ready(OURS)), tls) as server:
        assert try_address(server.url[:-1], OURS, adapter) == "untrusted"


@pytest.mark.slow
def test_who_says_nothing_is_given_up_after_three_seconds(
    adapter: BoundedAdapter,
) -> None:
    with RawServer(wait_for_the_end) as server:
        assert try_address(server.url[:-1], OURS, adapter) == "silent"
