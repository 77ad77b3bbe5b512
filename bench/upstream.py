"""A stand-in for upstream: real bodies from the simulator, a fixed delay, no work.

``python -m bench.upstream PORT DELAY_MS KEY [CERTIFICATE]`` serves it. The simulator
computes its answers, which would be measured with the bridge; here each is computed
once and sent as it is from then on, as long after the question as was asked for. One
loop, no threads: fifty at once wait no longer than one.

It also tells what it was asked: ``/bench/seen`` (and forgets it), ``/bench/kept``.
"""

from __future__ import annotations

import asyncio
import json
import ssl
import sys
from datetime import UTC, datetime
from typing import ClassVar

from flask.testing import FlaskClient

from bridge.simulator.app import create_simulator
from bridge.simulator.world import World

OWN = "/bench/"
_END = b"\r\n\r\n"


class StandIn(asyncio.Protocol):
    """One connection of a client."""

    client: ClassVar[FlaskClient]
    delay_s: ClassVar[float] = 0.0
    kept: ClassVar[dict[str, tuple[int, bytes]]] = {}
    seen: ClassVar[list[tuple[float, str]]] = []  # seconds of the loop, and what

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where to answer."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._read = b""

    def data_received(self, data: bytes) -> None:
        """Answer each question that is whole; they have no bodies."""
        self._read += data
        while _END in self._read:
            head, _, self._read = self._read.partition(_END)
            self._take(head.decode("latin-1"))

    def _take(self, head: str) -> None:
        loop = asyncio.get_running_loop()
        begun_s, target = loop.time(), head.split(" ", 2)[1]
        is_last = "\r\nconnection: close" in head.lower()
        if target.startswith(OWN):
            self._send(200, self._own(target), is_last)
            return
        self.seen.append((begun_s, target))
        if target not in self.kept:
            headers = dict(line.split(": ", 1) for line in head.split("\r\n")[1:])
            key = headers.get("Authorization", headers.get("authorization", ""))
            answer = self.client.get(target, headers={"Authorization": key})
            self.kept[target] = (answer.status_code, answer.data)
        left_s = self.delay_s - (loop.time() - begun_s)
        if left_s > 0:
            loop.call_later(left_s, self._send, *self.kept[target], is_last)
        else:
            self._send(*self.kept[target], is_last)

    def _own(self, target: str) -> bytes:
        if target == f"{OWN}kept":
            return json.dumps({k: v[1].decode() for k, v in self.kept.items()}).encode()
        said = json.dumps(self.seen).encode()
        self.seen.clear()
        return said

    def _send(self, status: int, body: bytes, is_last: bool) -> None:
        if self._transport.is_closing():
            return
        lines = [f"HTTP/1.1 {status} Said", "Content-Type: application/json"]
        lines += [f"Content-Length: {len(body)}", "", ""]
        self._transport.write("\r\n".join(lines).encode() + body)
        if is_last:
            self._transport.close()


async def serve(port: int, certificate: str) -> None:
    """Serve on a port of loopback, over TLS where there is a certificate."""
    context = None
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        StandIn, "127.0.0.1", port, ssl=context, backlog=1024
    )
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await server.serve_forever()


def main() -> None:
    """Serve as the command line says."""
    port, delay_ms, key, *certificate = sys.argv[1:]
    world = World(now=lambda: datetime.now(UTC), api_key=key)
    world.switches.gzip = False
    StandIn.client = create_simulator(world).test_client()
    StandIn.delay_s = float(delay_ms) / 1000
    asyncio.run(serve(int(port), certificate[0] if certificate else ""))


if __name__ == "__main__":
    main()
