"""A relay signs: JSON there, a signed file back."""

from __future__ import annotations

import json
import plistlib
import socket
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.shortcuts.signing.refusals import Refused, SigningFailed
from bridge.shortcuts.signing.sign_relay import read_url, sign_relay
from bridge.upstream.transport import BoundedAdapter
from tests.relays import Relay
from tests.servers import Handler, RawServer, head, trickle
from tests.signed_files import WORKFLOW, unsigned_file

UNSIGNED = unsigned_file()


def sign(url: str, *, timeout_s: float = 5, unsigned: bytes = UNSIGNED) -> bytes:
    """Have a file signed by the relay at ``url``."""
    adapter = BoundedAdapter(total_s=timeout_s)
    return sign_relay(
        "Bridge prüfen", unsigned, url=url, adapter=adapter, timeout_s=timeout_s
    )


def failure(handler: Handler, timeout_s: float = 5) -> str:
    """Return how it fails with a server that does this to a connection."""
    with RawServer(handler) as server, pytest.raises(SigningFailed) as failed:
        sign(server.url, timeout_s=timeout_s)
    return str(failed.value)


def test_the_relay_gets_name_and_xml_and_nothing_else() -> None:
    binary = plistlib.dumps(WORKFLOW, fmt=plistlib.FMT_BINARY)
    with Relay(lambda _: b"AEA1 signed") as relay:
        assert sign(relay.url, unsigned=binary) == b"AEA1 signed"
    (asked,) = relay.requests
    body = json.loads(asked.body)
    assert (asked.method, asked.path) == ("POST", "/sign")
    assert body.keys() == {"shortcutName", "shortcut"}
    assert body["shortcutName"] == "Bridge prüfen"
    assert body["shortcut"].startswith("<?xml")
    assert plistlib.loads(body["shortcut"].encode()) == WORKFLOW
    assert not {"authorization", "cookie"} & {key.lower() for key in asked.headers}


def test_passwords_of_this_machine_stay_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password hunter2\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with Relay(lambda _: b"AEA1 signed") as relay:
        assert sign(relay.url)
    assert "Authorization" not in relay.requests[0].headers


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://relay.test", "https://relay.test/sign"),
        ("https://relay.test/", "https://relay.test/sign"),
        ("https://relay.test/sign", "https://relay.test/sign"),
        ("https://relay.test:8443/mac/", "https://relay.test:8443/mac/sign"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/sign"),
        ("http://[::1]:8080/sign", "http://[::1]:8080/sign"),
        ("http://localhost/", "http://localhost/sign"),
    ],
)
def test_an_address_leads_to_sign(url: str, target: str) -> None:
    assert read_url(url) == target


@pytest.mark.parametrize(
    "url",
    [
        "",
        "relay.test",
        "http://relay.test",
        "http://127.0.0.1.relay.test",
        "http://localhost.relay.test",
        "http://192.168.1.2",
        "ftp://relay.test",
        "file:///etc/passwd",
        "https://",
        "https:///sign",
        "https://me:secret@relay.test",
        "https://relay.test/sign?key=secret",
        "https://relay.test/#x",
        "https://relay.test:port",
        "https://[::1",
    ],
)
def test_an_address_that_is_not_safe_is_refused(url: str) -> None:
    with pytest.raises(SigningFailed, match="a relay's address") as refusal:
        read_url(url)
    assert "secret" not in str(refusal.value)


@given(st.text(max_size=40))
def test_any_text_as_an_address_is_an_address_or_refused(url: str) -> None:
    try:
        target = read_url(url)
    except SigningFailed:
        return
    assert target.startswith(("https://", "http://"))


@pytest.mark.parametrize("status", [201, 204, 301, 302, 307, 400, 401, 402, 404, 500])
def test_any_other_answer_than_200_is_a_refusal(status: int) -> None:
    other: list[str] = []

    def handler(_: socket.socket) -> None:
        other.append("asked")

    with (
        RawServer(handler) as elsewhere,
        Relay(lambda _: b"AEA1 signed", status=status, location=elsewhere.url) as relay,
        pytest.raises(SigningFailed, match=f"refused with {status}"),
    ):
        sign(relay.url)
    assert len(relay.requests) == 1
    assert other == []


def test_a_relay_that_is_not_there_is_named() -> None:
    with RawServer(lambda _: None) as server:
        url = server.url
    with pytest.raises(SigningFailed, match="did not answer"):
        sign(url)


def test_a_relay_that_hangs_up_is_named() -> None:
    assert "did not answer" in failure(lambda connection: connection.close())


def test_a_relay_that_says_nothing_is_left_in_time() -> None:
    started_s = time.monotonic()
    assert "in time" in failure(lambda _: time.sleep(2), timeout_s=0.5)
    assert time.monotonic() - started_s < 4


@pytest.mark.parametrize("begin", [b"", head("Content-Length: 5000")])
def test_a_relay_that_trickles_is_left_in_time(begin: bytes) -> None:
    def handler(connection: socket.socket) -> None:
        connection.sendall(begin)
        trickle(connection, b"HTTP/1.1 200 OK and more" * 9, 0.1)

    started_s = time.monotonic()
    assert "in time" in failure(handler, timeout_s=1)
    assert time.monotonic() - started_s < 5


def test_a_relay_that_sends_without_end_is_left() -> None:
    with (
        Relay(lambda _: b"AEA1" + bytes(5 << 20)) as relay,
        pytest.raises(SigningFailed, match="more than a shortcut can have"),
    ):
        sign(relay.url)


def test_what_is_no_shortcut_is_not_sent() -> None:
    with Relay(lambda _: b"AEA1") as relay, pytest.raises(Refused, match="no readable"):
        sign(relay.url, unsigned=b"hello")
    assert relay.requests == []


def test_an_answer_cut_short_is_a_failure() -> None:
    def handler(connection: socket.socket) -> None:
        connection.recv(65_536)
        connection.sendall(head("Content-Length: 5000") + b"AEA1")

    assert "did not answer" in failure(handler)
