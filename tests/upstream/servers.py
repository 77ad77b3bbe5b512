"""Servers on raw sockets, for all the ways in which a wire can fail."""

from __future__ import annotations

import contextlib
import datetime as dt
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from requests.adapters import BaseAdapter

from bridge.upstream.deadline import Deadline, within
from bridge.upstream.transport import read_bounded

MEGABYTE = 1 << 20

Handler = Callable[[socket.socket], None]


class RawServer:
    """Listens on loopback; ``handler`` owns each connection, in its own thread."""

    def __init__(self, handler: Handler, tls: ssl.SSLContext | None = None) -> None:
        self._handler = handler
        self._tls = tls
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._threads: list[threading.Thread] = []
        self._open: list[socket.socket] = []
        self.port: int = self._listener.getsockname()[1]
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}/"
        self.connections = 0

    def __enter__(self) -> Self:
        self._accepting = threading.Thread(target=self._accept)
        self._accepting.start()
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._accepting.join()
        self._listener.close()
        for connection in self._open:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.connections += 1
            self._open.append(connection)
            thread = threading.Thread(target=self._serve, args=(connection,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            if self._tls is None:
                self._handler(connection)
                return
            with self._tls.wrap_socket(connection, server_side=True) as secured:
                self._open.append(secured)
                self._handler(secured)


def ask(url: str, method: str = "GET") -> requests.PreparedRequest:
    """Return a request that is ready to be sent."""
    return requests.Request(method, url).prepare()


def get(adapter: BaseAdapter, url: str, max_bytes: int = MEGABYTE) -> bytes:
    """Return the body at ``url``, within five seconds."""
    with within(Deadline.after(5)):
        return read_bounded(adapter.send(ask(url), stream=True), max_bytes)


def read_request(connection: socket.socket) -> bytes:
    """Read up to the end of the headers; empty when the client is gone."""
    request = b""
    while not request.endswith(b"\r\n\r\n"):
        piece = connection.recv(4096)
        if not piece:
            return b""
        request += piece
    return request


def trickle(connection: socket.socket, data: bytes, every_s: float) -> None:
    """Send one byte every ``every_s`` seconds."""
    for number in data:
        connection.sendall(bytes([number]))
        time.sleep(every_s)


def wait_for_the_end(connection: socket.socket) -> None:
    """Say nothing until the client hangs up."""
    while connection.recv(65_536):
        pass


def head(*headers: str, status: str = "200 OK") -> bytes:
    """Return a response head."""
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, "", ""]).encode()


def answering(body: bytes, *headers: str) -> Handler:
    """Answer every request on a connection with ``body``."""
    answer = head(f"Content-Length: {len(body)}", *headers) + body

    def handler(connection: socket.socket) -> None:
        while read_request(connection):
            connection.sendall(answer)

    return handler


def chunked(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Frame pieces as HTTP/1.1 chunks."""
    for piece in pieces:
        yield b"%x\r\n%b\r\n" % (len(piece), piece)
    yield b"0\r\n\r\n"


def sending(*headers: str, pieces: Callable[[], Iterator[bytes]]) -> Handler:
    """Answer one request with pieces, then close."""

    def handler(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(head(*headers))
        for piece in pieces():
            connection.sendall(piece)

    return handler


@contextlib.contextmanager
def full_backlog() -> Iterator[int]:
    """Give a port on which the kernel drops every further SYN."""
    with contextlib.ExitStack() as held:
        listener = held.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for _ in range(8):
            caller = held.enter_context(socket.socket())
            caller.setblocking(False)
            caller.connect_ex(listener.getsockname())
        yield listener.getsockname()[1]


@dataclass(frozen=True)
class Certificates:
    """An authority nobody knows, and a server it vouches for."""

    authority: Path
    server: Path

    def server_context(self) -> ssl.SSLContext:
        """Return what the server needs."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.server)
        return context


def make_certificates(folder: Path, *, host: str = "127.0.0.1") -> Certificates:
    """Make a private authority and a certificate for ``host``, an IP address."""
    authority_key, server_key = (
        ec.generate_private_key(ec.SECP256R1()) for _ in range(2)
    )
    authority = _certificate("Private CA", authority_key, "Private CA", authority_key)
    server = _certificate("server", server_key, "Private CA", authority_key, host)
    files = Certificates(folder / "authority.pem", folder / "server.pem")
    files.authority.write_bytes(authority.public_bytes(serialization.Encoding.PEM))
    files.server.write_bytes(
        server_key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + server.public_bytes(serialization.Encoding.PEM)
    )
    return files


def _certificate(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    issuer_key: ec.EllipticCurvePrivateKey,
    host: str = "",
) -> x509.Certificate:
    now = dt.datetime.now(dt.UTC)
    known_by = x509.AuthorityKeyIdentifier.from_issuer_public_key(
        issuer_key.public_key()
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(_named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(hours=1))
        .add_extension(x509.BasicConstraints(ca=not host, path_length=None), True)
        .add_extension(_usage(signs=not host), True)
        .add_extension(
            x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False
        )
        .add_extension(known_by, False)
    )
    if host:
        address = x509.IPAddress(ipaddress.ip_address(host))
        builder = builder.add_extension(x509.SubjectAlternativeName([address]), False)
    return builder.sign(issuer_key, hashes.SHA256())


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        key_cert_sign=signs,
        crl_sign=signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
