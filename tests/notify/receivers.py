"""Receivers of our own: ntfy, a webhook, a push service with a phone behind it."""

from __future__ import annotations

import json
import os
import ssl
import threading
import time
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bridge.notify.push import PushTarget, encoded


@dataclass
class Received:
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found


@dataclass
class Receiver:
    """A server on loopback that keeps what it is sent and answers as it is told."""

    scheme: str
    port: int = 0
    received: list[Received] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)  # of the next answers; then 200
    location: str = ""
    behave: Callable[[BaseHTTPRequestHandler], None] | None = None

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"


@contextmanager
def receiving(tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    receiver = Receiver(scheme="https" if tls else "http")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            received = Received(self.path, headers, self.rfile.read(length))
            receiver.received.append(received)
            if receiver.behave is not None:
                receiver.behave(self)
                return
            self.send_response(receiver.statuses.pop(0) if receiver.statuses else 200)
            if receiver.location:
                self.send_header("Location", receiver.location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    receiver.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def answers_ten_megabytes(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(10 * 1024 * 1024))
    handler.end_headers()
    try:
        for _ in range(10):
            handler.wfile.write(b"x" * 1024 * 1024)
    except OSError:
        handler.close_connection = True


def hangs(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(1.5)
    handler.close_connection = True


@dataclass
class Phone:
    """The keys of a subscription, and what opens a message with them."""

    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    auth: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def point(self) -> bytes:
        return self.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )

    def target(self, endpoint: str) -> PushTarget:
        return PushTarget(
            endpoint=endpoint, p256dh=encoded(self.point), auth=encoded(self.auth)
        )

    def open(self, body: bytes) -> dict[str, Any]:
        """Decrypt as RFC 8188 and 8291 say, read from the receiver's side."""
        salt, size = body[:16], int.from_bytes(body[16:20], "big")
        assert body[20] == 65
        assert len(body) <= size == 4096
        sender, sealed = body[21:86], body[86:]
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
        shared = self.key.exchange(ec.ECDH(), theirs)

        def derive(length: int, salt: bytes, info: bytes, secret: bytes) -> bytes:
            return HKDF(hashes.SHA256(), length, salt, info).derive(secret)

        info = b"WebPush: info\x00" + self.point + sender
        secret = derive(32, self.auth, info, shared)
        key = derive(16, salt, b"Content-Encoding: aes128gcm\x00", secret)
        nonce = derive(12, salt, b"Content-Encoding: nonce\x00", secret)
        plain = AESGCM(key).decrypt(nonce, sealed, None)
        assert plain.endswith(b"\x02")  # the last record, not padded
        found: dict[str, Any] = json.loads(plain[:-1])
        return found


def verified(authorization: str) -> dict[str, Any]:
    """Verify a VAPID header as a push service does; return what it claims, and who."""
    scheme, _, rest = authorization.partition(" ")
    assert scheme == "vapid"
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    head, claims, signature = parts["t"].split(".")
    assert json.loads(_decoded(head)) == {"typ": "JWT", "alg": "ES256"}
    pair = _decoded(signature)
    assert len(pair) == 64
    number = [int.from_bytes(half, "big") for half in (pair[:32], pair[32:])]
    key = ec.EllipticCurvePublicKey.from_encoded_point(
        ec.SECP256R1(), _decoded(parts["k"])
    )
    key.verify(
        encode_dss_signature(*number),
        f"{head}.{claims}".encode(),
        ec.ECDSA(hashes.SHA256()),
    )
    return {**json.loads(_decoded(claims)), "k": parts["k"]}


def _decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
