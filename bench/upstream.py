"""A stand-in for upstream: real bodies from the simulator, a fixed delay, no work.

The simulator computes its answers, which would be measured with the bridge; here
they are computed once and sent as they are, 150 ms after they were asked for.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

from flask.testing import FlaskClient

from bridge.simulator.app import create_simulator
from bridge.simulator.world import World


class KeptAnswers(BaseHTTPRequestHandler):
    """Answers each request from what the simulator said the first time."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    kept: ClassVar[dict[str, tuple[int, bytes]]] = {}
    client: ClassVar[FlaskClient]
    delay_s: ClassVar[float] = 0.0

    def do_GET(self) -> None:
        """Wait as upstream would, then send."""
        begun = time.perf_counter()
        status, body = self._answer()
        time.sleep(max(0.0, self.delay_s - (time.perf_counter() - begun)))
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _answer(self) -> tuple[int, bytes]:
        if self.path not in self.kept:
            key = self.headers.get("Authorization", "")
            answer = self.client.get(self.path, headers={"Authorization": key})
            self.kept[self.path] = (answer.status_code, answer.data)
        return self.kept[self.path]

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def main() -> None:
    """Serve on the port given, with the delay in milliseconds given."""
    port, delay_ms = int(sys.argv[1]), float(sys.argv[2])
    world = World(now=lambda: datetime.now(UTC))
    world.switches.gzip = False
    KeptAnswers.client = create_simulator(world).test_client()
    KeptAnswers.delay_s = delay_ms / 1000
    server = ThreadingHTTPServer(("127.0.0.1", port), KeptAnswers)
    server.daemon_threads = True
    sys.stdout.write(f"{world.api_key}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main()
