"""An upstream that gives one answer after another, in the place of the wire."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from urllib3 import HTTPResponse

from bridge.upstream.call import Credentials, Wire
from bridge.upstream.client import Client
from bridge.upstream.deadline import Deadline
from bridge.upstream.gate import Gate
from tests.conftest import MORNING

KEY = "sim-key-7Qm2-very-secret-9Zt4"
DAY = date(2026, 11, 23)

Answer = tuple[int, dict[str, str], bytes]
Step = Answer | Exception


class Script(BaseAdapter):
    """Stands where the wire is: gives one answer after another, keeps what was sent."""

    def __init__(self, *steps: Step) -> None:
        super().__init__()
        self.steps = list(steps)
        self.sent: list[requests.PreparedRequest] = []

    def send(
        self, request: requests.PreparedRequest, *_: Any, **__: Any
    ) -> requests.Response:
        self.sent.append(request)
        step = self.steps.pop(0) if len(self.steps) > 1 else self.steps[0]
        if isinstance(step, Exception):
            raise step
        return response_of(*step)

    def close(self) -> None:
        """There is no connection."""


def response_of(
    status: int, headers: dict[str, str], body: bytes | io.RawIOBase
) -> requests.Response:
    response = requests.Response()
    response.status_code = status
    response.headers = CaseInsensitiveDict(headers)
    stream = io.BytesIO(body) if isinstance(body, bytes) else body
    response.raw = HTTPResponse(
        stream, headers=headers, status=status, preload_content=False
    )
    response.url = "https://upstream.test/api/v1/odd"
    return response


def ok(body: object = ()) -> Answer:
    return 200, {}, json.dumps(body).encode()


def refusal(status: int, error: str = "no", **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return status, named, json.dumps({"status": status, "error": error}).encode()


def client_on(
    script: BaseAdapter, *, key: str = KEY, gate: Gate | None = None
) -> Client:
    wire = Wire(script, "https://upstream.test", lambda: MORNING, gate or Gate())
    return Client(wire, Credentials(key, "i7"), Deadline.after(5))


def query_of(request: requests.PreparedRequest) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(str(request.url)).query))
