"""The client: what it sends, what it makes of answers, when it asks again."""

from __future__ import annotations

import base64
import io
import json
import logging
import socket
import traceback
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from urllib3 import HTTPResponse

from bridge import __version__
from bridge.errors import (
    BadRequest,
    BridgeError,
    NotFound,
    StravaOnly,
    UpstreamBusy,
    UpstreamDown,
    UpstreamError,
    UpstreamForbidden,
    UpstreamGarbage,
    UpstreamRefused,
    UpstreamRejected,
    UpstreamSlow,
)
from bridge.upstream.call import LARGEST_ANSWER, Credentials, Wire
from bridge.upstream.client import Client
from bridge.upstream.deadline import Deadline
from bridge.upstream.gate import LONGEST_S, Gate
from bridge.upstream.transport import BoundedAdapter, ConnectionDropped
from tests.servers import RawServer, head, read_request

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
    wire = Wire(script, "https://upstream.test", gate or Gate())
    return Client(wire, Credentials(key, "i7"), Deadline.after(5))


def query_of(request: requests.PreparedRequest) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(str(request.url)).query))


# what is sent


def test_a_call_carries_basic_auth_with_the_user_api_key() -> None:
    script = Script(ok({"id": "i7"}))
    client_on(script).athlete()
    expected = base64.b64encode(f"API_KEY:{KEY}".encode()).decode()
    assert script.sent[0].headers["Authorization"] == f"Basic {expected}"
    assert script.sent[0].url == "https://upstream.test/api/v1/athlete/i7"


def test_a_call_names_the_bridge_and_its_version() -> None:
    script = Script(ok({"id": "i7"}))
    client_on(script).athlete()
    agent = str(script.sent[0].headers["User-Agent"])
    assert agent.startswith(f"intervals-bridge/{__version__}")
    assert "python" not in agent.lower()
    assert script.sent[0].headers["Accept-Encoding"] == "gzip"


def test_a_caller_cannot_replace_the_authorization() -> None:
    script = Script(ok())
    client_on(script).send("GET", "/x", headers={"Authorization": "Bearer other"})
    assert str(script.sent[0].headers["Authorization"]).startswith("Basic ")


@pytest.mark.parametrize(
    ("method", "names"),
    [
        ("fitness", {"id", "ctl", "atl", "ctlLoad", "atlLoad", "rampRate"}),
        ("wellness", {"id", "sleepSecs", "hrv", "restingHR", "tempWeight", "locked"}),
        ("activities", {"id", "source", "_note", "moving_time", "icu_training_load"}),
    ],
)
def test_a_list_is_asked_only_for_the_fields_that_are_read(
    method: str, names: set[str]
) -> None:
    script = Script(ok([]))
    assert getattr(client_on(script), method)(DAY, DAY) == []
    query = query_of(script.sent[0])
    asked = set(query["fields"].split(","))
    assert names <= asked
    assert asked.isdisjoint({"icu_api_key", "sportInfo", "skyline_chart_bytes"})
    assert query["oldest"] == "2026-11-23"
    assert query["newest"].startswith("2026-11-23")


def test_the_last_day_of_activities_is_asked_for_to_its_end() -> None:
    script = Script(ok([]))
    client_on(script).activities(DAY, DAY, limit=3)
    query = query_of(script.sent[0])
    assert (query["newest"], query["limit"]) == ("2026-11-23T23:59:59", "3")


def test_a_query_goes_out_as_it_came() -> None:
    script = Script(ok())
    client_on(script).send("GET", "/athlete/0/eventsjson?a=%7C|b,c&x=%2f")
    assert str(script.sent[0].url).endswith("/athlete/0/eventsjson?a=%7C|b,c&x=%2f")


def test_a_header_that_cannot_be_sent_is_refused() -> None:
    script = Script(ok())
    with pytest.raises(BadRequest):
        client_on(script).send("GET", "/x", headers={"Accept": "\xa0text"})
    assert script.sent == []


# what comes back


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (refusal(401), UpstreamRefused),
        (refusal(403, "Access denied"), UpstreamForbidden),
        (refusal(404), NotFound),
        (refusal(400, "JSON parse error"), UpstreamRejected),
        (refusal(405), UpstreamRejected),
        (refusal(422, "Missing type"), UpstreamRejected),
        (refusal(422, "Cannot read Strava activities via the API"), StravaOnly),
        (refusal(429), UpstreamBusy),
        (refusal(500), UpstreamDown),
        (refusal(503), UpstreamDown),
        ((418, {}, b""), UpstreamDown),
        ((301, {"Location": "https://elsewhere.test/"}, b""), UpstreamDown),
        ((200, {}, b"<html>Sign in</html>"), UpstreamGarbage),
        ((200, {}, b""), UpstreamGarbage),
        ((200, {}, b'{"id": "i7"'), UpstreamGarbage),
        ((200, {}, b"\xff\xfe"), UpstreamGarbage),
        ((200, {}, b"[" * 100_000), UpstreamGarbage),
        ((200, {}, b"[1, 2]"), UpstreamGarbage),
        ((200, {"Content-Encoding": "gzip"}, b"no gzip"), UpstreamGarbage),
        ((204, {}, b""), UpstreamDown),
    ],
)
def test_every_answer_that_is_none_has_its_error(
    answer: Answer, error: type[BridgeError]
) -> None:
    with pytest.raises(BridgeError) as caught:
        client_on(Script(answer)).athlete()
    assert type(caught.value) is error


def test_a_redirect_is_not_followed() -> None:
    script = Script((302, {"Location": "https://elsewhere.test/"}, b""))
    with pytest.raises(UpstreamError):
        client_on(script).athlete()
    assert len(script.sent) == 1


def test_nan_and_infinity_are_read_as_unknown() -> None:
    body = b'[{"id": "2026-11-23", "ctl": NaN, "atl": -Infinity, "rampRate": 1.5}]'
    (row,) = client_on(Script((200, {}, body))).fitness(DAY, DAY)
    assert (row.id, row.ctl, row.atl, row.ramp_rate) == ("2026-11-23", None, None, 1.5)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'[{"status": 422, "error": "Missing type"}]', "Missing type"),
        (b'{"error": {"deep": 1}}', "no reason given"),
        (b'{"error": null}', "no reason given"),
        (b"[]", "no reason given"),
        (b"<html>", "no reason given"),
        (json.dumps({"error": "x" * 5000}).encode(), "x" * 119 + "…"),
    ],
)
def test_the_reason_is_found_in_any_shape_of_error(body: bytes, reason: str) -> None:
    with pytest.raises(UpstreamRejected) as caught:
        client_on(Script((422, {}, body))).athlete()
    assert caught.value.words["reason"] == reason


class Endless(io.RawIOBase):
    """A body without an end, which counts what was taken of it."""

    taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.taken += len(buffer)
        buffer[:] = b" " * len(buffer)
        return len(buffer)


@pytest.mark.parametrize("status", [200, 500])
def test_a_body_without_an_end_is_left(status: int) -> None:
    body = Endless()

    class Flood(BaseAdapter):
        def send(self, *_: Any, **__: Any) -> requests.Response:
            return response_of(status, {}, body)

        def close(self) -> None:
            """There is no connection."""

    with pytest.raises(UpstreamGarbage):
        client_on(Flood()).athlete()
    assert body.taken < LARGEST_ANSWER + 1024 * 1024


def test_upstreams_clock_is_read_from_its_answer() -> None:
    date_header = {"Date": "Mon, 23 Nov 2026 06:05:00 GMT"}
    told = client_on(Script((200, date_header, b"{}"))).server_time()
    assert told == datetime(2026, 11, 23, 6, 5, tzinfo=UTC)
    assert client_on(Script((200, {"Date": "soon"}, b"{}"))).server_time() is None


# no secret anywhere


@pytest.mark.parametrize("padding", [0, 60, 105, 119, 300])
def test_a_key_that_upstream_repeats_is_cut_out_even_at_the_cut(padding: int) -> None:
    said = "x" * padding + f" key {KEY} is odd"
    with pytest.raises(UpstreamRejected) as caught:
        client_on(Script(refusal(422, said))).athlete()
    shown = f"{caught.value!r} {caught.value} {caught.value.words}"
    for length in range(6, len(KEY) + 1):
        assert KEY[:length] not in shown


@pytest.mark.parametrize(
    "step",
    [
        requests.ConnectionError(f"https://API_KEY:{KEY}@upstream.test"),
        ConnectionDropped("upstream.test: RemoteDisconnected"),
        refusal(401, KEY),
        (200, {}, KEY.encode()),
        (200, {}, json.dumps([KEY]).encode()),
    ],
)
def test_no_failure_shows_the_key(step: Step, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    client = client_on(Script(step))
    with pytest.raises((BridgeError, requests.RequestException)) as caught:
        client.athlete()
    if isinstance(caught.value, BridgeError):
        shown = "".join(traceback.format_exception(caught.value))
        assert KEY not in shown
    assert KEY not in caplog.text
    assert KEY not in repr(client)


def test_credentials_show_neither_key_nor_header() -> None:
    credentials = Credentials(KEY, "i7")
    shown = f"{credentials!r} {credentials} {credentials.name}"
    assert KEY not in shown
    assert base64.b64encode(KEY.encode()).decode()[:12] not in shown
    assert credentials.name != Credentials(KEY + "x").name


# when it asks again


DROPPED = ConnectionDropped("upstream.test: RemoteDisconnected")
FOUND = ok({"id": "i7"})


@pytest.mark.parametrize("first", [502, 503, 504])
def test_a_gateway_in_trouble_is_asked_again(first: int) -> None:
    script = Script(refusal(first), FOUND)
    assert client_on(script).athlete().id == "i7"
    assert len(script.sent) == 2


def test_a_wire_that_broke_is_asked_again() -> None:
    script = Script(DROPPED, UpstreamDown("upstream.test: NewConnectionError"), FOUND)
    assert client_on(script).athlete().id == "i7"
    assert len(script.sent) == 3


def test_after_three_tries_it_gives_up() -> None:
    for step in (DROPPED, refusal(503)):
        script = Script(step)
        with pytest.raises(UpstreamDown):
            client_on(script).athlete()
        assert len(script.sent) == 3


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 405, 422, 429, 500, 501])
def test_what_will_not_change_is_asked_once(status: int) -> None:
    script = Script(refusal(status), FOUND)
    with pytest.raises(BridgeError):
        client_on(script).athlete()
    assert len(script.sent) == 1


def test_a_time_out_is_not_asked_again() -> None:
    script = Script(UpstreamSlow("out of time"), FOUND)
    with pytest.raises(UpstreamSlow):
        client_on(script).athlete()
    assert len(script.sent) == 1


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_write_is_never_sent_twice(method: str) -> None:
    for step in (DROPPED, UpstreamDown("wire"), UpstreamSlow("late")):
        script = Script(step, ok())
        with pytest.raises(UpstreamError):
            client_on(script).send(method, "/athlete/0/events", body=b"{}")
        assert len(script.sent) == 1
    script = Script(refusal(503), ok())
    answer = client_on(script).send(method, "/athlete/0/events", body=b"{}")
    assert (answer.status_code, len(script.sent)) == (503, 1)


def test_a_file_is_asked_again_too() -> None:
    script = Script(DROPPED, refusal(502), (200, {}, b"id,name\n"))
    assert client_on(script).activities_csv().raw.read() == b"id,name\n"


def test_a_connection_dropped_under_the_question_is_replaced() -> None:
    def handler(connection: socket.socket) -> None:
        if not read_request(connection):
            return
        connection.sendall(head("Content-Length: 11") + b'{"id":"i7"}')
        read_request(connection)  # and hang up: the second question has no answer

    with RawServer(handler) as server:
        adapter = BoundedAdapter()
        wire = Wire(adapter, server.url.rstrip("/"))
        client = Client(wire, Credentials(KEY), Deadline.after(5))
        assert [client.athlete().id for _ in range(3)] == ["i7"] * 3
        assert server.connections >= 2
        adapter.close()


# Retry-After


class Hand:
    """A clock moved by hand."""

    seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def paused(script: Script, gate: Gate) -> UpstreamBusy:
    with pytest.raises(UpstreamBusy) as caught:
        client_on(script, gate=gate).athlete()
    return caught.value


@pytest.mark.parametrize("status", [429, 503])
def test_after_a_call_for_a_pause_nothing_is_sent_until_it_is_over(
    status: int,
) -> None:
    hand = Hand()
    gate, script = Gate(hand), Script(refusal(status, Retry_After="120"), FOUND)
    with pytest.raises(UpstreamError):
        client_on(script, gate=gate).athlete()
    hand.seconds += 119
    assert paused(script, gate).retry_after_s == 2
    assert len(script.sent) == 1
    hand.seconds += 2
    assert client_on(script, gate=gate).athlete().id == "i7"


def test_a_pause_of_one_key_is_not_that_of_another() -> None:
    gate, script = Gate(), Script(refusal(429, Retry_After="120"), FOUND)
    paused(script, gate)
    assert client_on(script, key="another-key", gate=gate).athlete().id == "i7"


@pytest.mark.parametrize(
    ("header", "told_s", "closed_s"),
    [
        ("120", 120, 120),
        ("0", 0, 1),
        ("86400", 86400, LONGEST_S),
        ("Mon, 23 Nov 2026 07:00:00 GMT", 60, 60),
        ("9" * 400, 60, 60),
        ("-5", 60, 60),
        ("1.5", 60, 60),
        ("", 60, 60),
    ],
)
def test_any_retry_after_is_understood_or_taken_for_a_minute(
    header: str, told_s: int, closed_s: int
) -> None:
    hand = Hand()
    gate, script = Gate(hand), Script(refusal(429, Retry_After=header))
    assert paused(script, gate).retry_after_s == told_s
    hand.seconds += closed_s - 0.5
    assert paused(script, gate).retry_after_s == 1
    hand.seconds += 0.5
    assert gate.remaining_s(Credentials(KEY).name) == 0


def test_a_pause_holds_for_writes_and_files_too() -> None:
    gate, script = Gate(), Script(refusal(429, Retry_After="120"))
    paused(script, gate)
    client = client_on(script, gate=gate)
    for call in (client.activities_csv, lambda: client.send("PUT", "/x", body=b"{}")):
        with pytest.raises(UpstreamBusy):
            call()
    assert len(script.sent) == 1
