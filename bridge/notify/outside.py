"""A POST to an address that an athlete typed: bounded, and not into our own network.

The addresses of a name are looked at before a socket is opened, and the ones looked at
are the ones connected to, also behind a redirect. An answer counts by its status: of
its body nothing is read.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import requests

from bridge.addresses import Network, address_of, is_within
from bridge.errors import BridgeError, UpstreamSlow
from bridge.store.outbox import Trouble
from bridge.upstream.deadline import Deadline, within
from bridge.upstream.public import NotPublic, is_public, was_refused
from bridge.upstream.resolver import Address, Resolve, resolve_by_system
from bridge.upstream.transport import BoundedAdapter

POST_S = 10.0  # with all redirects
_MOST_REDIRECTS = 2
_KEEPS_THE_BODY = frozenset({307, 308})
_HEADERS = {"User-Agent": "intervals-bridge", "Accept-Encoding": "identity"}
# What clouds tell their machines under; nobody is notified there.
_METADATA = frozenset({"169.254.169.254", "fd00:ec2::254", "100.100.100.200"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """What is sent to one channel."""

    url: str = field(repr=False)  # it may hold a secret
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


class Outside:
    """Sends, to public addresses and to those that the operator allows.

    Parameters
    ----------
    private
        Networks that are allowed although they are not public: the operator's choice.
        Plain http is for these alone.
    context
        Whom to trust; None: the authorities of the system.
    resolve
        Finds the addresses of a host and port.
    post_s
        Seconds for one POST with all its redirects.
    """

    def __init__(
        self,
        private: tuple[Network, ...] = (),
        *,
        context: ssl.SSLContext | None = None,
        resolve: Resolve = resolve_by_system,
        post_s: float = POST_S,
    ) -> None:
        self._private = private
        self._resolve = resolve
        self._post_s = post_s
        self._context = context
        self._made: dict[str, BoundedAdapter] = {}

    def close(self) -> None:
        """Let go of the connections."""
        for adapter in self._made.values():
            adapter.close()

    def is_allowed(self, address: str) -> bool:
        """Tell whether something may be sent to an address."""
        return is_public(address) or self._is_private(address)

    def post(self, outgoing: Outgoing) -> int | Trouble:
        """Send, and return the status of the answer, or what was wrong on the way."""
        with within(Deadline.after(self._post_s)):
            try:
                return self._follow(outgoing)
            except UpstreamSlow as error:
                return "address" if was_refused(error) else "slow"
            except BridgeError as error:
                return "address" if was_refused(error) else "down"

    def _follow(self, outgoing: Outgoing) -> int | Trouble:
        url, headers = outgoing.url, {**_HEADERS, **outgoing.headers}
        for _ in range(_MOST_REDIRECTS + 1):
            adapter = self._adapter(urlsplit(url).scheme)
            asked = _prepared(url, headers, outgoing.body)
            if asked is None:
                return "address"
            answer = adapter.send(asked, timeout=self._post_s)
            answer.close()
            if answer.status_code not in _KEEPS_THE_BODY:
                return int(answer.status_code)
            onward = _onward(url, answer.headers.get("Location", ""))
            if onward is None:
                return "redirect"
            if _origin(onward) != _origin(url):
                headers.pop("Authorization", None)
            url = onward
        return "redirect"

    def _adapter(self, scheme: str) -> BoundedAdapter:
        """Return what carries a scheme; made when something is sent."""
        resolve = self._any_allowed if scheme == "https" else self._private_ones
        if scheme not in self._made:
            made = BoundedAdapter(context=self._context, resolve=resolve)
            self._made.setdefault(scheme, made)
        return self._made[scheme]

    def _any_allowed(self, host: str, port: int) -> tuple[Address, ...]:
        addresses = tuple(self._resolve(host, port))
        if not all(self.is_allowed(_text(one)) for one in addresses):
            raise NotPublic(socket.EAI_NONAME, "not an address that is allowed")
        return addresses

    def _private_ones(self, host: str, port: int) -> tuple[Address, ...]:
        addresses = tuple(self._resolve(host, port))
        if not all(self._is_private(_text(one)) for one in addresses):
            raise NotPublic(socket.EAI_NONAME, "plain http, and not nearby")
        return addresses

    def _is_private(self, text: str) -> bool:
        address = address_of(text)
        if str(address) in _METADATA:
            return any(
                network.num_addresses == 1 and address in network
                for network in self._private
            )
        return is_within(address, self._private)


def _text(address: Address) -> str:
    return str(address.sockaddr[0])


def _prepared(
    url: str, headers: Mapping[str, str], body: bytes
) -> requests.PreparedRequest | None:
    try:
        return requests.Request("POST", url, headers=dict(headers), data=body).prepare()
    except (requests.RequestException, ValueError, UnicodeError):
        return None


def _onward(url: str, location: str) -> str | None:
    """Return where a redirect leads; never from https to http."""
    try:
        onward = urljoin(url, location)
        before, after = urlsplit(url), urlsplit(onward)
        _ = after.port
    except ValueError:
        return None
    is_weaker = before.scheme == "https" and after.scheme != "https"
    if after.scheme not in ("https", "http") or is_weaker:
        return None
    if not after.hostname or "@" in after.netloc:
        return None
    return onward


def _origin(url: str) -> tuple[str, str, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port
