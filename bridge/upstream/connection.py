"""Connections of urllib3 that obey the deadline."""

from __future__ import annotations

import socket
from typing import Any

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import (
    ConnectTimeoutError,
    NameResolutionError,
    NewConnectionError,
)

from bridge.upstream.deadline import Deadline, current_deadline
from bridge.upstream.resolver import Resolver, open_socket

_ALONE_S = 8.0  # for a connection opened outside any deadline


class BoundedConnection(HTTPConnection):
    """A connection that obeys the deadline from the name to the last byte."""

    def __init__(
        self,
        *args: Any,
        resolver: Resolver,
        idle_s: float,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._resolver = resolver
        self._idle_s = idle_s
        self._idle_until = Deadline.after(idle_s)

    @property
    def is_connected(self) -> bool:
        """Say whether it can be used again: still open, and not idle for long."""
        return self._idle_until.remaining_s() > 0 and super().is_connected

    def request(self, *args: Any, **kwargs: Any) -> None:
        """Send a request and note when."""
        self._idle_until = Deadline.after(self._idle_s)
        super().request(*args, **kwargs)

    def _new_conn(self) -> socket.socket:
        """Resolve and connect; raise what urllib3 expects here."""
        try:
            return self._open()
        except (socket.gaierror, UnicodeError) as exc:
            reason = socket.gaierror(*exc.args[:2])
            raise NameResolutionError(self.host, self, reason) from exc
        except TimeoutError as exc:
            raise ConnectTimeoutError(self, "no connection in time") from exc
        except OSError as exc:
            raise NewConnectionError(self, "no connection") from exc

    def _open(self) -> socket.socket:
        host, port = self._dns_host.strip("[]"), self.port or self.default_port
        deadline = current_deadline() or Deadline.after(_ALONE_S)
        addresses = self._resolver.addresses(host, port, deadline)
        try:
            return open_socket(addresses, deadline, self.socket_options or ())
        except OSError:
            self._resolver.forget(host, port)
            raise


class BoundedHTTPSConnection(BoundedConnection, HTTPSConnection):
    """The same over TLS."""


class HTTPPool(urllib3.HTTPConnectionPool):
    """A pool of bounded connections."""

    ConnectionCls = BoundedConnection


class HTTPSPool(urllib3.HTTPSConnectionPool):
    """A pool of bounded connections over TLS."""

    ConnectionCls = BoundedHTTPSConnection
