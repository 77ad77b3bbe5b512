"""The wire to Intervals.icu: bounded in total seconds and in bytes.

One adapter for one process. What goes wrong on the wire leaves this module as
UpstreamSlow (out of time), UpstreamDown (everything else on the wire; its child
ConnectionDropped may be asked again) or UpstreamGarbage (too big, cannot be
decoded). No redirects, no proxies, no cookies, nothing from the environment.
"""

from __future__ import annotations

import functools
import ssl
import time
from collections.abc import Callable, Generator, Iterator
from http.client import RemoteDisconnected
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
import urllib3
from requests.adapters import BaseAdapter, HTTPAdapter
from requests.utils import DEFAULT_CA_BUNDLE_PATH
from urllib3.exceptions import DecodeError

from bridge.errors import BridgeError, UpstreamDown, UpstreamGarbage, UpstreamSlow
from bridge.upstream.connection import HTTPPool, HTTPSPool
from bridge.upstream.deadline import BoundedSSLSocket, Deadline, within
from bridge.upstream.resolver import Resolve, Resolver, resolve_by_system

TOTAL_S = 8.0
IDLE_S = 60.0  # routers forget idle connections, silently; a new one costs 2 ms
POOL_SIZE = 16
CHUNK_BYTES = 65_536
_LONGEST_LENGTH = 18  # digits; int() raises on thousands of them

_WIRE_ERRORS = (requests.RequestException, urllib3.exceptions.HTTPError, OSError)
_DROPPED = (
    RemoteDisconnected,
    ConnectionResetError,
    BrokenPipeError,
    ssl.SSLEOFError,
)


class ConnectionDropped(UpstreamDown):
    """The server closed the connection before it began to answer.

    Often it had closed an idle one just then: a GET may be sent again.
    """


def trusting_context(directory: str | None = None) -> ssl.SSLContext:
    """Return a context that verifies, made in a quarter of a millisecond.

    OpenSSL reads a hashed directory (None: the system's) only when it needs an
    authority; certifi's whole bundle is parsed at once (27 ms).
    """
    directory = directory or ssl.get_default_verify_paths().capath
    if directory and next(Path(directory).glob("*.0"), None):
        return ssl.create_default_context(capath=directory)
    return ssl.create_default_context(cafile=DEFAULT_CA_BUNDLE_PATH)


class BoundedAdapter(HTTPAdapter):
    """Send prepared requests; keep connections; never wait past the deadline.

    Parameters
    ----------
    total_s
        Seconds for a call that brings neither a deadline nor a time-out.
    context
        Whom to trust; made once and used for every connection. It is made to
        verify, whatever it did before. None: the authorities of the system.
    resolve
        Finds the addresses of a host and port.
    idle_s
        Seconds after which an unused connection is not used again.
    """

    def __init__(
        self,
        *,
        total_s: float = TOTAL_S,
        context: ssl.SSLContext | None = None,
        resolve: Resolve = resolve_by_system,
        idle_s: float = IDLE_S,
    ) -> None:
        self._total_s = total_s
        self._context = context or trusting_context()
        self._context.verify_mode = ssl.CERT_REQUIRED
        self._context.check_hostname = True
        self._context.sslsocket_class = BoundedSSLSocket
        self._connection_options: dict[str, Any] = {
            "resolver": Resolver(resolve),
            "idle_s": idle_s,
        }
        super().__init__(pool_maxsize=POOL_SIZE)

    def init_poolmanager(
        self, connections: int, maxsize: int, block: bool = False, **pool_kwargs: Any
    ) -> None:
        """Make pools whose connections obey the deadline and share the context."""
        super().init_poolmanager(
            connections, maxsize, block, ssl_context=self._context, **pool_kwargs
        )
        options = self._connection_options
        self.poolmanager.pool_classes_by_scheme = {
            "http": functools.partial(HTTPPool, **options),
            "https": functools.partial(HTTPSPool, **options),
        }

    def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:
        """Do nothing: the shared context already knows whom to trust.

        requests would name its own bundle here, and urllib3 would parse it
        again for each connection.
        """

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: float | tuple[float, float] | tuple[float, None] | None = None,
        *_unused: Any,
        **_neither: Any,
    ) -> requests.Response:
        """Send ``request`` and return the answer's head; its body waits on the wire.

        Parameters
        ----------
        request
            Sent as it is.
        stream
            Without meaning here: the caller reads the body.
        timeout
            Total seconds, until the last byte of the body; an earlier current
            deadline holds. A pair, or None, means the adapter's own limit.
        verify, cert, proxies
            Ignored: always verified, no client certificate, no proxy.

        Raises
        ------
        UpstreamSlow, UpstreamDown
            As the module says; ConnectionDropped if a GET may be sent again.
        """
        total_s = timeout if isinstance(timeout, (int, float)) else self._total_s
        try:
            with within(Deadline.after(total_s)) as deadline:
                deadline.check(f"before {request.method}")
                return super().send(request, stream=stream)
        except _WIRE_ERRORS as exc:
            failure = map_exception(exc, _host(request.url))
            if type(failure) is UpstreamDown and _seen(exc, _DROPPED):
                failure = ConnectionDropped(failure.detail)
            raise failure from exc


class TimedAdapter(BaseAdapter):
    """Tells how long each call of another adapter took, and whether it failed.

    Parameters
    ----------
    inner
        The one that carries the calls.
    note
        Is told the seconds, and ``failed``: what raises, or a status of 500 and more.
    """

    def __init__(self, inner: BaseAdapter, note: Callable[[float, bool], None]) -> None:
        super().__init__()
        self._inner, self._note = inner, note

    def send(
        self, request: requests.PreparedRequest, *options: Any, **more: Any
    ) -> requests.Response:
        """Send as the other one does."""
        began_s, failed = time.monotonic(), True
        try:
            answer = self._inner.send(request, *options, **more)
            failed = answer.status_code >= 500
            return answer
        finally:
            self._note(time.monotonic() - began_s, failed)

    def close(self) -> None:
        """Close the other one."""
        self._inner.close()


def read_bounded(response: requests.Response, max_bytes: int) -> bytes:
    """Return the decoded body and give the connection back.

    Raises
    ------
    UpstreamGarbage
        If the decoded body is larger than ``max_bytes``, or is no gzip.
    UpstreamSlow, UpstreamDown
        If the wire fails before the last byte.
    """
    return b"".join(stream_bounded(response, max_bytes))


def stream_bounded(
    response: requests.Response, max_bytes: int, *, decode: bool = True
) -> Generator[bytes, None, None]:
    """Return the body in pieces of at most 64 KiB; close it when done or left.

    Parameters
    ----------
    response
        As the adapter returned it, body unread.
    max_bytes
        The most that may come out, after decoding. What announces more is
        refused before the first piece, what turns out larger after a few.
    decode
        False: pieces as they came, for who passes Content-Encoding on.

    Raises
    ------
    UpstreamGarbage, UpstreamSlow, UpstreamDown
        As ``read_bounded``, while it is iterated.
    """
    announced = response.headers.get("Content-Length", "")
    known = announced.isascii() and announced.isdigit()
    if known and (len(announced) > _LONGEST_LENGTH or int(announced) > max_bytes):
        response.close()
        raise _too_large(response, max_bytes)
    return _pieces(response, max_bytes, decode=decode)


def _pieces(
    response: requests.Response, max_bytes: int, *, decode: bool
) -> Generator[bytes, None, None]:
    size = 0
    try:
        for piece in response.raw.stream(CHUNK_BYTES, decode_content=decode):
            size += len(piece)
            if size > max_bytes:
                raise _too_large(response, max_bytes)
            yield piece
    except _WIRE_ERRORS as exc:
        raise map_exception(exc, _host(response.url)) from exc
    finally:
        response.close()


def _too_large(response: requests.Response, max_bytes: int) -> UpstreamGarbage:
    return UpstreamGarbage(f"{_host(response.url)}: more than {max_bytes} bytes")


def map_exception(exc: Exception, host: str = "upstream") -> BridgeError:
    """Return the failure to tell for what requests, urllib3, ssl or a socket raised.

    The detail names the host and the kinds of exceptions, outermost first, never
    their texts: those quote addresses and headers. What TLS found is added.
    """
    if isinstance(exc, BridgeError):
        return exc
    chain = list(_chain(exc))
    detail = f"{host}: {' from '.join(type(link).__name__ for link in chain)}"
    if _seen(exc, (TimeoutError, requests.Timeout)):
        return UpstreamSlow(detail)
    if _seen(exc, (DecodeError,)):
        return UpstreamGarbage(detail)
    for link in chain:
        if isinstance(link, ssl.SSLError):
            found = getattr(link, "verify_message", "") or getattr(link, "reason", "")
            return UpstreamDown(f"{detail}: TLS: {found}")
    return UpstreamDown(detail)


def _chain(exc: BaseException) -> Iterator[BaseException]:
    """Yield ``exc`` and what led to it."""
    link: BaseException | None = exc
    while link is not None:
        yield link
        link = link.__cause__ or link.__context__


def _seen(exc: BaseException, kinds: tuple[type[BaseException], ...]) -> bool:
    return any(isinstance(link, kinds) for link in _chain(exc))


def _host(url: str | None) -> str:
    return urlsplit(url or "").hostname or "no host"
