"""What arrives on a real socket: odd, forged and malformed HTTP."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.http import HTTP_STATUS_CODES

from tests.support.live import Served, Upstream

pytestmark = pytest.mark.xdist_group("live_http")

_STATUS = re.compile(rb"^HTTP/1\.[01] ([0-9]{3}) ", re.MULTILINE)
ON_THE_WIRE = ("raw:http", "raw:target", "http:method", "http:get-me", "query:url")


class Line:
    """Speaks bytes to the bridge, with the token of a device."""

    def __init__(self, served: Served, token: str) -> None:
        self.served, self.token = served, token
        self.auth = f"Authorization: Bearer {token}\r\n"

    def say(self, request: str) -> bytes:
        """Send a request as it is; return everything that is answered."""
        address = ("127.0.0.1", self.served.port)
        with socket.create_connection(address, timeout=20) as connection:
            connection.sendall(request.encode("latin-1"))
            connection.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: connection.recv(65536), b""))

    def ask(self, target: str, *headers: str, method: str = "GET") -> bytes:
        """Send a well-formed request with an odd target, method or header."""
        given = "".join(f"{header}\r\n" for header in headers)
        host = "" if given.startswith("Host:") else "Host: x\r\n"
        return self.say(f"{method} {target} HTTP/1.1\r\n{host}{self.auth}{given}\r\n")


def statuses(answer: bytes) -> list[int]:
    return [int(found) for found in _STATUS.findall(answer)]


def body_of(answer: bytes) -> Any:
    return json.loads(answer.partition(b"\r\n\r\n")[2])


@pytest.fixture(scope="module")
def line(served: Served) -> Line:
    return Line(served, served.let_in("raw")["token"])


@pytest.fixture(autouse=True)
def alive_and_discreet(line: Line) -> Iterator[None]:
    """Whatever was said: the same process goes on, and no secret is in its log."""
    before = line.served.started.left_behind()
    yield
    assert line.served.get("/v1/athlete", line.token).json()["status"] == "ok"
    assert line.served.started.left_behind() == before
    told = line.served.started.output()
    assert line.token not in told
    assert line.served.settings["INTERVALS_API_KEY"] not in told
    assert "Traceback" not in told


def test_two_lengths_are_one_refusal_and_the_end_of_the_connection(
    line: Line, upstream: Upstream
) -> None:
    asked = len(upstream.world.requests)
    answer = line.say(
        "PUT /api/v1/athlete/0/wellness/2026-02-03 HTTP/1.1\r\nHost: x\r\n"
        f"{line.auth}Content-Type: application/json\r\nContent-Length: 15\r\n"
        "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        f"GET /v1/athlete HTTP/1.1\r\nHost: x\r\n{line.auth}\r\n"
    )
    assert statuses(answer) == [400]
    assert len(upstream.world.requests) == asked


@pytest.mark.parametrize(
    "header",
    [
        "Content-Length: -1",
        "Content-Length: 1e3",
        "Content-Length: 3\r\nContent-Length: 4",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: chunked, identity",
        "Host: y",
        "X: a\r\n b",
        "X : a",
        "no colon at all",
    ],
)
def test_a_malformed_header_is_refused(line: Line, header: str) -> None:
    answer = line.ask("/v1/athlete", "Accept: */*", header)
    assert statuses(answer) in ([400], [501])


@pytest.mark.parametrize("version", ["HTTP/9.9", "HTTP/0.9", "http/1.1", "HTTP/1.1x"])
def test_an_unknown_version_is_refused(line: Line, version: str) -> None:
    answer = line.say(f"GET /v1/athlete {version}\r\nHost: x\r\n{line.auth}\r\n")
    assert statuses(answer) == [400]


def test_five_hundred_headers_are_too_many(line: Line) -> None:
    many = [f"X-{number}: 1" for number in range(500)]
    assert statuses(line.ask("/v1/athlete", *many)) in ([400], [431])


def test_a_huge_range_is_ignored(line: Line) -> None:
    answer = line.ask("/v1/athlete", f"Range: bytes={','.join(['0-'] * 400)}")
    assert statuses(answer) == [200]


@pytest.mark.parametrize("method", ["FOO", "TRACE", "CONNECT", "OPTIONS", "DELETE"])
def test_another_method_is_refused_and_nothing_is_echoed(
    line: Line, method: str
) -> None:
    answer = line.ask("/v1/athlete", "X-Marker: say-it-again", method=method)
    assert statuses(answer) in ([400], [405])
    assert b"say-it-again" not in answer
    assert line.token.encode() not in answer


def test_two_slashes_lead_nowhere_else(line: Line) -> None:
    answer = line.ask("//evil.example/v1/fitness")
    assert statuses(answer) in ([400], [404])
    assert b"\r\nLocation:" not in answer


def test_the_host_of_an_absolute_target_means_nothing(line: Line) -> None:
    for target in ("/v1/athlete", "/api/v1/athlete/0/profile"):
        answer = line.ask(f"http://evil.example{target}")
        assert statuses(answer) == [200]
        assert b"evil.example" not in answer


@pytest.mark.parametrize(
    "target",
    [
        "/v1/activities?oldest=%",
        "/v1/activities?%ff=%ff",
        "/v1/activities/%00",
        "/v1/activities?limit=1&limit=2",
        "/v1/activities?" + "&".join(["a=1"] * 1000),
    ],
    ids=["percent", "not text", "zero byte", "twice", "a thousand"],
)
def test_an_odd_query_is_told_in_our_shape(line: Line, target: str) -> None:
    answer = line.ask(target)
    (status,) = statuses(answer)
    assert status in {400, 404}
    assert body_of(answer)["status"] == "error"


@pytest.mark.parametrize(
    "header",
    [
        "SCRIPT_NAME: /v1",
        "PATH_INFO: /healthz",
        "X-Original-URL: /healthz",
        "X-Forwarded-Proto: http",
        "X-Forwarded-For: 127.0.0.1",
        "X-Forwarded-Host: evil.example",
        "X-HTTP-Method-Override: PUT",
        "Forwarded: for=127.0.0.1;host=evil.example",
    ],
)
def test_a_header_cannot_lead_to_another_place(line: Line, header: str) -> None:
    answer = line.ask("/v1/athlete", header)
    assert statuses(answer) == [200]
    assert (
        body_of(answer)["athlete_id"]
        == line.served.get("/v1/athlete", line.token).json()["athlete_id"]
    )
    assert b"evil.example" not in answer


@pytest.mark.parametrize(
    "request_text",
    [
        "GET /v1/athlete?token={token} HTTP/9\r\nHost: x\r\n\r\n",
        "GET /v1/athlete HTTP/1.1\r\nHost: x\r\nAuthorization Bearer {token}\r\n\r\n",
        "GET /v1/athlete?token={token} HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /v1/{token} HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /v1/fitness {token} HTTP/1.1\r\nHost: x\r\n\r\n",
        "{token} /v1/fitness HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /v1/fitness HTTP/1.1\r\nHost: x\r\nAuthorization: {token}\r\n\r\n",
        "GET /v1/fitness HTTP/1.1\r\nHost: x\r\nAuthorization: {token} x\r\n\r\n",
    ],
)
def test_a_secret_in_the_wrong_place_stays_out_of_the_log(
    line: Line, upstream: Upstream, request_text: str
) -> None:
    for secret in (line.token, upstream.world.api_key):
        (status,) = statuses(line.say(request_text.format(token=secret)))
        assert status in {400, 401, 404}


def test_every_recorded_bad_request_is_answered_as_expected(
    line: Line, shared: Path
) -> None:
    text = (shared / "reference" / "bad_inputs.json").read_text("utf-8")
    cases = [case for case in json.loads(text) if case["where"] in ON_THE_WIRE]
    assert cases
    wrong = {}
    for case in cases:
        answer = send_case(line, case["where"], case["value"])
        found = statuses(answer)
        if len(found) != 1 or found[0] not in case["expect"]["status"]:
            wrong[case["id"]] = (found, case["expect"])
        assert b"Access-Control-Allow-Origin" not in answer
        assert found[0] in HTTP_STATUS_CODES
    assert not wrong


def send_case(line: Line, where: str, value: Any) -> bytes:
    """Send one recorded case; its placeholders become places we have."""
    match where:
        case "raw:target":
            return line.ask(value)
        case "http:method":
            return line.ask("/v1/athlete", method=value)
        case "http:get-me":
            return line.ask("/v1/athlete", *map(": ".join, value["headers"].items()))
        case "query:url":
            return line.ask(f"/v1/athlete?url={value}")
        case _ if isinstance(value, dict):
            return line.ask("/v1/athlete", *(f"X-{n}: 1" for n in range(value["n"])))
        case _:
            ours = value.replace("/v1/me", "/v1/athlete").replace(
                "POST /v1/wellness/", "PUT /api/v1/athlete/0/wellness/"
            )
            return line.say(ours.replace("{auth}", line.auth))
