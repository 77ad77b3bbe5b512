"""A tiny web server that answers what a test wants."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest


@dataclass
class Web:
    """One answer for every request, and a memory of what was asked."""

    address: str = ""
    status: int = 200
    media_type: str = "application/json"
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[tuple[str, str, Message, bytes]] = field(default_factory=list)

    def answer(self, content: Any, status: int = 200) -> None:
        self.body, self.status = json.dumps(content).encode(), status


@pytest.fixture
def web() -> Iterator[Web]:
    known = Web()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            body = self.rfile.read(length)
            known.asked.append((self.command, self.path, self.headers, body))
            self.send_response(known.status)
            self.send_header("Content-Type", known.media_type)
            self.send_header("Content-Length", str(len(known.body)))
            for key, value in known.headers.items():
                self.send_header(key, value)
            self.end_headers()
            self.wfile.write(known.body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Keep quiet; the base class names the argument."""

    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        setattr(Handler, f"do_{method}", Handler.answer)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    known.address = f"http://127.0.0.1:{server.server_port}"
    yield known
    server.shutdown()
    thread.join()
    server.server_close()
