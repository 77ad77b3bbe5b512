"""Counters in Prometheus' text format, of all workers together. Off by default.

The counters lie in memory that all processes of one server share: made before the
first worker is forked, a row for each. A process of its own tells them on a loopback
port, so that no thread of a worker does. No label holds an id, an address or a path.
"""

from __future__ import annotations

import mmap
import os
import struct
import threading
from collections.abc import Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

from bridge import __version__

BUCKETS_S = (0.005, 0.025, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 8.0)
_CLASSES = ("2xx", "3xx", "4xx", "5xx")
_RESULTS = ("answered", "failed")
_NAMES = (
    *(f'bridge_requests_total{{status="{name}"}}' for name in _CLASSES),
    *(f'bridge_request_seconds_bucket{{le="{upto:g}"}}' for upto in BUCKETS_S),
    "bridge_request_seconds_sum",
    *(f'bridge_upstream_calls_total{{result="{name}"}}' for name in _RESULTS),
    "bridge_upstream_seconds_total",
)
_HELP = {
    "bridge_requests_total": ("counter", "Requests answered."),
    "bridge_request_seconds": ("histogram", "Seconds from a whole request to its end."),
    "bridge_upstream_calls_total": ("counter", "Calls to Intervals.icu."),
    "bridge_upstream_seconds_total": ("counter", "Seconds that these took."),
}
_ROWS = 64  # workers; a later one goes on in the row of one long gone
_PLACES = {name: place for place, name in enumerate(_NAMES)}
_NUMBER = struct.Struct("d")


class Counters:
    """Numbers that only grow, shared by processes forked from this one."""

    def __init__(self, started_at: datetime) -> None:
        self._memory = mmap.mmap(-1, _ROWS * len(_NAMES) * _NUMBER.size)
        self._row = 0
        self._adding = threading.Lock()
        self._started_at = started_at

    def take_row(self, worker: int) -> None:
        """Count in a row of one's own from now on: called in each worker."""
        self._row = worker % _ROWS
        self._adding = threading.Lock()  # the one before the fork may be held

    def add(self, name: str, number: float = 1.0) -> None:
        """Add to one of the counters."""
        place = (self._row * len(_NAMES) + _PLACES[name]) * _NUMBER.size
        with self._adding:
            (before,) = _NUMBER.unpack_from(self._memory, place)
            _NUMBER.pack_into(self._memory, place, before + number)

    def note_request(self, status: int, seconds: float) -> None:
        """Count a request that was answered."""
        self.add(f'bridge_requests_total{{status="{min(max(status // 100, 2), 5)}xx"}}')
        self.add("bridge_request_seconds_sum", seconds)
        for upto in BUCKETS_S:
            if seconds <= upto:
                self.add(f'bridge_request_seconds_bucket{{le="{upto:g}"}}')
                break

    def note_call(self, seconds: float, failed: bool) -> None:
        """Count a call to Intervals.icu."""
        result = _RESULTS[failed]
        self.add(f'bridge_upstream_calls_total{{result="{result}"}}')
        self.add("bridge_upstream_seconds_total", seconds)

    def text(self) -> str:
        """Return all counters, of all workers together."""
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        sums = self._sums()
        yield "# HELP bridge_info The version that runs."
        yield "# TYPE bridge_info gauge"
        yield f'bridge_info{{version="{__version__}"}} 1'
        yield "# HELP bridge_start_time_seconds When it was started."
        yield "# TYPE bridge_start_time_seconds gauge"
        yield f"bridge_start_time_seconds {self._started_at.timestamp():.0f}"
        requests_in_all = sum(
            sums[name] for name in _NAMES if name.startswith("bridge_requests_total")
        )
        so_far = 0.0
        told = ""
        for name in _NAMES:
            family = name.partition("{")[0].removesuffix("_bucket").removesuffix("_sum")
            if family != told:
                told, (sort, about) = family, _HELP[family]
                yield f"# HELP {family} {about}"
                yield f"# TYPE {family} {sort}"
            if name.endswith("_sum"):
                yield f'{family}_bucket{{le="+Inf"}} {requests_in_all:g}'
                yield f"{name} {sums[name]:.6f}"
                yield f"{family}_count {requests_in_all:g}"
            elif "_bucket" in name:
                so_far += sums[name]
                yield f"{name} {so_far:.0f}"
            else:
                yield f"{name} {sums[name]:.15g}"

    def _sums(self) -> dict[str, float]:
        width = len(_NAMES)
        numbers = struct.unpack(f"{_ROWS * width}d", self._memory)
        return {name: sum(numbers[place::width]) for name, place in _PLACES.items()}


_shared: list[Counters] = []  # one at most: of this server


def counters() -> Counters | None:
    """Return the counters of this server, where they are switched on."""
    return _shared[0] if _shared else None


def start(port: int, now: datetime) -> None:
    """Make the counters, and a process that tells them on ``127.0.0.1:port``.

    It is forked before there is a worker, and ends with the one that forked it.

    Raises
    ------
    OSError
        If the port is taken.
    """
    made = Counters(now)
    server = HTTPServer(("127.0.0.1", port), _handler(made))
    parent = os.getpid()
    if os.fork():
        server.socket.close()
        _shared.append(made)
        return
    try:
        server.timeout = 0.5
        while os.getppid() == parent:
            server.handle_request()
    finally:
        os._exit(0)


def _handler(made: Counters) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 2  # nobody holds it up
        server_version, sys_version = "bridge", ""

        def do_GET(self) -> None:
            is_known = self.path == "/metrics"
            body = made.text().encode() if is_known else b"/metrics\n"
            self.send_response(200 if is_known else 404)
            self.send_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing: it is asked every few seconds."""

    return Handler
