"""Servers that are not Intervals.icu, and not believed: shared files, our own address.

It may be slow, endless, or point elsewhere: into our own network, at another host. The
addresses are looked at before a socket is opened, and the ones looked at are the ones
connected to: a name that answers otherwise a moment later changes nothing.
"""

from __future__ import annotations

import ipaddress
import json
import socket
import ssl
from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from typing import Literal
from urllib.parse import quote, urljoin, urlsplit

import requests
from requests.adapters import BaseAdapter

from bridge.addresses import address_of
from bridge.errors import BridgeError, UpstreamGarbage, UpstreamSlow
from bridge.upstream.deadline import Deadline, within
from bridge.upstream.resolver import Address, Resolve, resolve_by_system
from bridge.upstream.transport import BoundedAdapter, read_bounded

Failure = Literal["missing", "address", "redirect", "large", "down"]
"""Not there · no public address · leads to another host · too large · all else."""

Reach = Literal["ours", "unknown", "down", "silent", "untrusted", "redirect", "other"]
"""It is this bridge · no such name · refused · no answer in time · no valid
certificate · leads elsewhere · something else answers, or another bridge."""

REACH_S = 3.0
_LARGEST_PROBE = 4096
MAX_BYTES = 4 * 1024 * 1024
FILE_S = 20.0
ALL_S = 300.0
_MOST_REDIRECTS = 3
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")  # IPv4 behind NAT64
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_HEADERS = {"User-Agent": "intervals-bridge", "Accept-Encoding": "identity"}


def try_address(base_url: str, instance_id: str, adapter: BaseAdapter) -> Reach:
    """Ask ``<base_url>/readyz`` whether it is this bridge; raise nothing.

    Parameters
    ----------
    base_url
        Scheme, host and port, as the settings take it. It may be a private address:
        only its owner may name one.
    instance_id
        What this bridge says of itself, from the store's facts.
    adapter
        Carries the request. Three seconds, no redirect, 4 KiB.
    """
    asked = requests.Request("GET", f"{base_url}/readyz", headers=_HEADERS).prepare()
    try:
        with within(Deadline.after(REACH_S)):
            answer = adapter.send(asked, stream=True, timeout=REACH_S)
            if answer.status_code in _REDIRECTS:
                answer.close()
                return "redirect"
            body = read_bounded(answer, _LARGEST_PROBE)
    except BridgeError as error:
        return _why(error)
    return "ours" if _instance_in(body) == instance_id else "other"


def _why(error: BridgeError) -> Reach:
    match error:
        case UpstreamGarbage():
            return "other"
        case UpstreamSlow():
            return "silent"
        case _ if "TLS" in error.detail:
            return "untrusted"
    return "unknown" if _was_caused_by(error, socket.gaierror) else "down"


def _instance_in(body: bytes) -> object:
    try:
        said = json.loads(body)
    except ValueError:
        return None
    return said.get("instance_id") if isinstance(said, dict) else None


class NotPublic(socket.gaierror):
    """A name that leads to an address nobody may be sent to."""


def is_public(text: str) -> bool:
    """Tell whether an address is one of the open internet, also in IPv6 wrapping."""
    known = address_of(text)
    if known is None or known.is_multicast or not known.is_global:
        return False
    if isinstance(known, ipaddress.IPv4Address):
        return True
    if known in _TRANSLATED:
        return is_public(str(ipaddress.IPv4Address(int(known) & 0xFFFFFFFF)))
    return known.sixtofour is None and known.teredo is None


@dataclass
class PublicFiles:
    """The files under one https address; 20 seconds a file, 5 minutes altogether.

    Attributes
    ----------
    base_url
        Such as ``https://host.example/signed``, without the last slash; checked by
        the settings.
    context
        Whom to trust; None: the authorities of the system.
    resolve
        Finds the addresses of a host and port.
    is_allowed
        Tells which addresses may be connected to.
    file_s, all_s
        Seconds for one file with its redirects, and from now on for all.
    """

    base_url: str
    _: KW_ONLY
    context: ssl.SSLContext | None = None
    resolve: Resolve = resolve_by_system
    is_allowed: Callable[[str], bool] = is_public
    file_s: float = FILE_S
    all_s: float = ALL_S

    def __post_init__(self) -> None:
        self._end = Deadline.after(self.all_s)
        self._adapter = BoundedAdapter(
            context=self.context, resolve=self._public_addresses
        )

    def close(self) -> None:
        """Let go of the connections."""
        self._adapter.close()

    def read(self, path: str) -> bytes | Failure:
        """Return a file of at most 4 MiB, or why there is none; raise nothing."""
        with within(self._end), within(Deadline.after(self.file_s)):
            try:
                return self._follow(f"{self.base_url}/{quote(path)}")
            except UpstreamGarbage:
                return "large"
            except BridgeError as error:
                return "address" if was_refused(error) else "down"

    def _follow(self, url: str) -> bytes | Failure:
        for _ in range(_MOST_REDIRECTS + 1):
            asked = requests.Request("GET", url, headers=_HEADERS).prepare()
            answer = self._adapter.send(asked, timeout=self.file_s)
            if answer.status_code == 200:
                return read_bounded(answer, MAX_BYTES)
            answer.close()
            if answer.status_code in {404, 410}:
                return "missing"
            if answer.status_code not in _REDIRECTS:
                return "down"
            onward = _same_host(url, answer.headers.get("Location", ""))
            if onward is None:
                return "redirect"
            url = onward
        return "down"

    def _public_addresses(self, host: str, port: int) -> tuple[Address, ...]:
        addresses = tuple(self.resolve(host, port))
        if not all(self.is_allowed(str(one.sockaddr[0])) for one in addresses):
            raise NotPublic(socket.EAI_NONAME, "not a public address")
        return addresses


def _same_host(url: str, location: str) -> str | None:
    """Return where a redirect leads, if that is the same host, port and https."""
    try:
        onward = urljoin(url, location)
        before, after = urlsplit(url), urlsplit(onward)
        same = (after.hostname, after.port or 443) == (
            before.hostname,
            before.port or 443,
        )
    except ValueError:
        return None
    return onward if same and after.scheme == "https" and "@" not in onward else None


def was_refused(error: BaseException) -> bool:
    """Tell whether a failure came of an address that nobody may be sent to."""
    return _was_caused_by(error, NotPublic)


def _was_caused_by(error: BaseException, cause: type[BaseException]) -> bool:
    link: BaseException | None = error
    while link is not None:
        if isinstance(link, cause):
            return True
        link = link.__cause__ or link.__context__
    return False
