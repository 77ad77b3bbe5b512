"""One form of each address, whoever wrote it down."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from bridge.addresses import address_of, is_within, network_of
from bridge.routes.address import client_address

PROXIES = (network_of("127.0.0.1/32"), network_of("10.0.0.0/8"), network_of("fd00::/8"))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("203.0.113.7", "203.0.113.7"),
        (" 203.0.113.7 ", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("::FFFF:cb00:7107", "203.0.113.7"),
        ("203.0.113.7:4711", "203.0.113.7"),
        ("[::ffff:203.0.113.7]:4711", "203.0.113.7"),
        ("[2001:db8::1]:4711", "2001:db8::1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ('"[2001:db8::1]:4711"', "2001:db8::1"),
        ("2001:DB8:0::1", "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
    ],
)
def test_every_way_to_write_an_address_means_it(written: str, meant: str) -> None:
    assert str(address_of(written)) == meant


@pytest.mark.parametrize(
    "text", ["", "unknown", "_hidden", "203.0.113.7:x", "[", "1.2.3"]
)
def test_what_is_no_address_is_none(text: str) -> None:
    assert address_of(text) is None


def test_a_network_of_wrapped_addresses_is_what_it_wraps() -> None:
    assert str(network_of("::ffff:10.0.0.0/104")) == "10.0.0.0/8"
    assert is_within(address_of("::ffff:10.1.2.3"), (network_of("10.0.0.0/8"),))
    assert not is_within(address_of("odd"), PROXIES)


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("::ffff:127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "203.0.113.7:4711", "203.0.113.7"),
        ("127.0.0.1", "[2001:db8::1]:4711", "2001:db8::1"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.7:80, ::ffff:10.0.0.2", "203.0.113.7"),
        ("127.0.0.1", "203.0.113.7, unknown", "127.0.0.1"),
        ("::ffff:198.51.100.9", "203.0.113.7", "198.51.100.9"),  # no proxy of ours
    ],
)
def test_the_client_is_found_behind_trusted_proxies_alone(
    make_app: Callable[..., Flask], peer: str, forwarded: str, client: str
) -> None:
    app = make_app(trusted_proxies=PROXIES)
    headers = {"X-Forwarded-For": forwarded}
    environ = {"REMOTE_ADDR": peer}
    with app.test_request_context(headers=headers, environ_base=environ):
        assert client_address() == client
