"""The client: what it sends, what it makes of answers, what it keeps to itself."""

from __future__ import annotations

import base64
import io
import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

import pytest
import requests
from requests.adapters import BaseAdapter

from bridge import __version__
from bridge.errors import (
    BadRequest,
    BridgeError,
    NoRecord,
    StravaOnly,
    UpstreamBusy,
    UpstreamDown,
    UpstreamError,
    UpstreamForbidden,
    UpstreamGarbage,
    UpstreamRefused,
    UpstreamRejected,
)
from bridge.upstream.call import LARGEST_ANSWER, Credentials
from bridge.upstream.transport import ConnectionDropped
from tests.upstream.scripted import (
    DAY,
    KEY,
    Answer,
    Script,
    Step,
    client_on,
    ok,
    query_of,
    refusal,
    response_of,
)

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
        (refusal(404), NoRecord),
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
