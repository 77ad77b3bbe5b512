"""Where a request comes from, as far as that can be believed."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request

from bridge.addresses import address_of, is_private_name, is_within
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


def is_known_host() -> bool:
    """Tell whether the bridge was opened under a name of its own.

    A stranger's name that leads to this machine (DNS rebinding) is none: its pages
    would count as ours in the browser.
    """
    known, host = services(), _host()
    ours = {urlsplit(known.public_url).hostname, known.config.host}
    return bool(host) and (host in ours or is_private_name(host))


def is_secure(chosen_url: str) -> bool:
    """Tell whether a browser reaches this page over TLS, so far as the bridge knows.

    Where the operator set the address, it is that one. An address the owner chose on
    the page counts under its own name: the computer beside may still use another.
    """
    config = services().config
    if config.public_url:
        return config.is_https
    chosen = urlsplit(chosen_url)
    return chosen.scheme == "https" and chosen.hostname == _host()


def _host() -> str:
    try:
        return urlsplit(f"//{request.host}").hostname or ""
    except ValueError:
        return ""


def _plain(text: str) -> str:
    """Return an address in its one form; what is none stays as it is."""
    known = address_of(text)
    return text if known is None else str(known)
