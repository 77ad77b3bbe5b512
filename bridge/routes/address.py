"""Where a request comes from, as far as that can be believed."""

from __future__ import annotations

from flask import request

from bridge.addresses import address_of, is_within
from bridge.services import services


def client_address() -> str:
    """Return the address of the client behind the trusted proxies.

    ``X-Forwarded-For`` is read from its end: each hop is believed only while the
    one that named it is a trusted proxy.
    """
    trusted = services().config.trusted_proxies
    address = _plain(request.remote_addr or "")
    hops = ",".join(request.headers.getlist("X-Forwarded-For")).split(",")
    for hop in reversed([hop.strip() for hop in hops if hop.strip()]):
        if not is_within(address_of(address), trusted) or address_of(hop) is None:
            break
        address = _plain(hop)
    return address


def _plain(text: str) -> str:
    """Return an address in its one form; what is none stays as it is."""
    known = address_of(text)
    return text if known is None else str(known)
