"""Addresses of machines, in one form: what is compared or counted goes through here.

The same phone is ``203.0.113.7``, ``::ffff:203.0.113.7`` on a socket for both families,
``203.0.113.7:4711`` or ``"[2001:db8::1]:4711"`` in what a proxy writes down, and
``fe80::1%eth0`` on its own link.
"""

from __future__ import annotations

import ipaddress
import re

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_WITH_PORT = re.compile(
    r"\[(?P<six>[^\]]*)\](?::[0-9]{1,5})?|(?P<four>[0-9.]+):[0-9]{1,5}"
)
_SHARED = ipaddress.IPv4Network("100.64.0.0/10")
_NEARBY = (".localhost", ".local", ".lan", ".home.arpa", ".internal")
_MAPPED = ipaddress.IPv6Network("::ffff:0:0/96")


def address_of(text: str) -> Address | None:
    """Return an address without port, brackets, zone and IPv6 wrapping; else None."""
    bare = text.strip().strip('"').removeprefix("for=").strip('"')
    with_port = _WITH_PORT.fullmatch(bare)
    if with_port is not None:
        bare = with_port["six"] or with_port["four"] or ""
    try:
        known = ipaddress.ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    if isinstance(known, ipaddress.IPv6Address) and known.ipv4_mapped is not None:
        return known.ipv4_mapped
    return known


def network_of(text: str) -> Network:
    """Return a network, one of wrapped IPv4 addresses as what it wraps.

    Raises
    ------
    ValueError
        If it is none, or has bits beyond its length.
    """
    known = ipaddress.ip_network(text.strip())
    if isinstance(known, ipaddress.IPv6Network) and known.subnet_of(_MAPPED):
        inside = known.network_address.ipv4_mapped
        return ipaddress.IPv4Network(f"{inside}/{known.prefixlen - _MAPPED.prefixlen}")
    return known


def is_private_name(host: str) -> bool:
    """Tell whether a host name or address can only mean a machine nearby.

    Loopback, private and link-local addresses, those of a carrier's or Tailscale's
    network, and names that nobody can register.
    """
    known = address_of(host)
    if known is not None:
        return known.is_loopback or known.is_private or known in _SHARED
    name = host.lower().rstrip(".")
    return "." not in name or name.endswith(_NEARBY)


def is_within(address: Address | None, networks: tuple[Network, ...]) -> bool:
    """Tell whether an address lies in one of some networks."""
    return address is not None and any(address in network for network in networks)
