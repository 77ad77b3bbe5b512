"""Whatever is asked, in whatever words: no crash, one shape."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from bridge.routes.route import Route
from bridge.simulator.world import World
from tests.contracts.test_shape import assert_flat
from tests.support.routes import CLOSED, FLAT, path_of

# The bridge may serve many examples: it remembers nothing that matters here.
often = settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
METHODS = st.sampled_from(
    ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"]
)
NAMES = st.sampled_from(
    [
        "day",
        "oldest",
        "newest",
        "limit",
        "type",
        "from",
        "fields",
        "columns",
        "format",
        "lang",
        "refresh",
        "category",
        "period",
        "q",
        "types",
        "as",
        "tz",
        "",
        "a",
    ]
)
VALUES = (
    st.text(max_size=30)
    | st.binary(max_size=20)
    | st.integers(-(10**20), 10**20).map(str)
    | st.sampled_from(
        [
            "today",
            "-3d",
            "2026-11-23",
            "0001-01-01",
            "9999-12-31",
            "2026-02-30",
            "json",
            "text",
            "en",
            "de",
            "Run",
            "50",
            "51",
            "1e9",
            "yes",
            "%",
            "\0",
            "٣",
            "+999999999d",
            "-999999999w",
            "in 99999999 days",
            "{0}",
            "{name}",
            "%(x)s",
        ]
    )
)
QUERIES = st.lists(st.tuples(NAMES | st.text(max_size=8), VALUES), max_size=4)
SEGMENTS = st.lists(
    st.sampled_from(
        [
            "v1",
            "flat",
            "api",
            "activities",
            "latest",
            "laps",
            "laps.csv",
            "fitness",
            "..",
            ".",
            "",
            "i1",
            "athlete",
            "0",
            "healthz",
            "openapi.json",
            "%2e%2e",
        ]
    )
    | st.text(max_size=12),
    max_size=6,
)
HEADER_NAMES = st.sampled_from(
    [
        "Accept",
        "Accept-Language",
        "Accept-Encoding",
        "Authorization",
        "Content-Type",
        "Content-Length",
        "Cookie",
        "Host",
        "If-None-Match",
        "If-Modified-Since",
        "Range",
        "Expect",
        "Origin",
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "Forwarded",
        "Transfer-Encoding",
        "X-Shortcut",
        "Idempotency-Key",
        "User-Agent",
        "Via",
    ]
)
HEADER_VALUES = st.binary(max_size=40).map(
    lambda value: value.decode("latin-1").translate({10: None, 13: None})
)


def query_of(pairs: list[tuple[str, str | bytes]]) -> str:
    return "&".join(f"{quote(name, errors='ignore')}={spelled(v)}" for name, v in pairs)


def spelled(value: str | bytes) -> str:
    return quote(
        value if isinstance(value, bytes) else value.encode("utf-8", "replace")
    )


def assert_sound(answer: TestResponse, path: str) -> None:
    """Hold any answer to what every answer has to be."""
    assert answer.status_code < 500, answer.text
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    if answer.status_code < 400 or not answer.data:
        return
    if path.startswith("/api/"):
        body = json.loads(answer.data)
        assert body["status"] == answer.status_code or "timestamp" in body
    elif answer.mimetype == "text/plain":
        assert 0 < len(answer.text) <= 255
    elif path.startswith("/v1/"):
        assert_flat(answer, "error")


@pytest.fixture
def paths(world: World) -> list[tuple[Route, str]]:
    return [(route, path_of(route, world)) for route in FLAT]


@often
@given(pairs=QUERIES, data=st.data())
def test_any_query_to_any_route(
    raw_phone: FlaskClient,
    paths: list[tuple[Route, str]],
    pairs: list[tuple[str, str | bytes]],
    data: st.DataObject,
) -> None:
    route, path = data.draw(st.sampled_from(paths))
    joint = "&" if "?" in path else "?"
    answer = raw_phone.open(f"{path}{joint}{query_of(pairs)}", method=route.method)
    assert_sound(answer, path)


@often
@given(segments=SEGMENTS, method=METHODS)
def test_any_path_by_any_method(
    raw_phone: FlaskClient, segments: list[str], method: str
) -> None:
    path = "/" + "/".join(map(spelled, segments)).lstrip("/")  # or it names a host
    answer = raw_phone.open(path, method=method)
    assert_sound(answer, answer.request.path)


@often
@given(headers=st.dictionaries(HEADER_NAMES, HEADER_VALUES, max_size=4), data=st.data())
def test_any_header_to_any_route(
    app: Flask,
    raw_phone: FlaskClient,
    paths: list[tuple[Route, str]],
    headers: dict[str, str],
    data: st.DataObject,
) -> None:
    route, path = data.draw(st.sampled_from(paths))
    client = data.draw(st.sampled_from([raw_phone, app.test_client()]))
    answer = client.open(path, method=route.method, headers=headers)
    if answer.status_code != 401:
        assert_sound(answer, path)
    if "Authorization" in headers and route in CLOSED:
        assert answer.status_code in {400, 401}


@often
@given(
    headers=st.dictionaries(HEADER_NAMES, HEADER_VALUES, max_size=3),
    body=st.binary(max_size=200),
    method=st.sampled_from(["POST", "PUT", "PATCH", "DELETE", "GET", "HEAD"]),
    pairs=QUERIES,
)
def test_anything_through_the_raw_route(
    raw_phone: FlaskClient,
    headers: dict[str, str],
    body: bytes,
    method: str,
    pairs: list[tuple[str, str | bytes]],
) -> None:
    path = f"/api/v1/nowhere?{query_of(pairs)}"
    sent = {name: value for name, value in headers.items() if name != "Authorization"}
    answer = raw_phone.open(path, method=method, data=body, headers=sent)
    assert answer.status_code in {400, 404, 405, 413, 422}, answer.text
    assert_sound(answer, "/api/v1/nowhere")


def test_headers_that_mean_nothing_change_nothing(
    raw_phone: FlaskClient, paths: list[tuple[Route, str]]
) -> None:
    odd = {
        "Host": "evil.example",
        "X-Forwarded-For": "127.0.0.1",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Prefix": "/evil",
        "X-Original-URL": "/healthz",
        "X-HTTP-Method-Override": "DELETE",
        "Forwarded": "for=127.0.0.1;host=evil.example",
        "Origin": "https://evil.example",
        "If-None-Match": "*",
        "Range": "bytes=0-1",
        "Accept": "application/xml",
    }
    for route, path in ((r, p) for r, p in paths if r.method == "GET"):
        plain = raw_phone.open(path, method=route.method)
        answer = raw_phone.open(path, method=route.method, headers=odd)
        assert answer.status_code == plain.status_code, path
        assert _uncounted(path, answer) == _uncounted(path, plain), path
        assert dict(answer.headers) == dict(plain.headers), path


def _uncounted(path: str, answer: TestResponse) -> bytes:
    """Return the body; the doctor counts the calls of today, its own among them."""
    body = answer.get_data()
    return re.sub(rb"\d+", b"0", body) if path == "/v1/doctor" else body
