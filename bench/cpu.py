"""CPU time of one answer, in process: upstream's bodies are said again, not made.

``python -m bench.cpu`` prints it. The thread that asks and those that help it count.
"""

from __future__ import annotations

import io
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import requests
from flask.testing import FlaskClient
from requests.adapters import BaseAdapter
from urllib3.response import HTTPResponse

from bench.walk import phone
from bridge.services import Services

ASKED = {"latest": "/v1/activities/latest", "brief": "/v1/today"}
TIMES = 60


class Again(BaseAdapter):
    """Says again what another adapter said the first time."""

    def __init__(self, other: BaseAdapter) -> None:
        super().__init__()
        self._other = other
        self._said: dict[str, tuple[dict[str, str], bytes]] = {}

    def send(
        self, request: requests.PreparedRequest, *args: object, **kwargs: object
    ) -> requests.Response:
        """Return the answer to a GET."""
        url = str(request.url)
        if url not in self._said:
            answer = self._other.send(request, *args, **kwargs)  # type: ignore[arg-type]  # passed on
            self._said[url] = dict(answer.headers), answer.raw.read()
        headers, body = self._said[url]
        again = requests.Response()
        again.status_code, again.url, again.request = 200, url, request
        again.headers.update(headers)
        again.raw = HTTPResponse(
            io.BytesIO(body), headers=headers, status=200, preload_content=False
        )
        return again

    def close(self) -> None:
        """Let go of the other one."""
        self._other.close()


@contextmanager
def replayed() -> Iterator[FlaskClient]:
    """Lend a phone whose bridge has no budget, on bodies that are there already."""
    with phone() as client:
        services: Services = client.application.extensions["bridge"]
        wire = services.wire
        for name, value in (
            ("adapter", Again(wire.adapter)),
            ("budget", None),
            ("flights", None),
        ):
            object.__setattr__(wire, name, value)
        yield client


def cpu_ms() -> dict[str, float]:
    """Return the median CPU milliseconds of each answer, nothing of it kept."""
    found = {}
    with replayed() as client:
        for name, path in ASKED.items():
            times = []
            for _ in range(TIMES):
                begun = time.process_time()
                answer = client.get(f"{path}?refresh=yes")
                answer.get_data()
                times.append((time.process_time() - begun) * 1000)
                answer.close()
            found[name] = statistics.median(times[5:])
    return found


if __name__ == "__main__":
    sys.stdout.write(f"{cpu_ms()}\n")
