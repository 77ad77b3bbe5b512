"""Where a request comes from, as far as that can be believed."""

from __future__ import annotations

import ipaddress

from flask import request

from bridge.config import Network
from bridge.services import services


def client_address() -> str:
    """Return the address of the client behind the trusted proxies.

    ``X-Forwarded-For`` is read from its end: each hop is believed only while the
    one that named it is a trusted proxy.
    """
    trusted = services().config.trusted_proxies
    address = request.remote_addr or ""
    hops = ",".join(request.headers.getlist("X-Forwarded-For")).split(",")
    for hop in reversed([hop.strip() for hop in hops if hop.strip()]):
        if not _is_within(address, trusted):
            break
        if not _is_address(hop):
            break
        address = hop
    return address


def _is_within(address: str, networks: tuple[Network, ...]) -> bool:
    if not _is_address(address):
        return False
    return any(ipaddress.ip_address(address) in network for network in networks)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
