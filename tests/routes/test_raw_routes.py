"""The raw route: any call passed through to Intervals.icu as it is."""

from __future__ import annotations

import io
import json
import socket
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bridge.simulator.app import create_simulator
from bridge.simulator.world import World
from bridge.upstream.transport import BoundedAdapter
from bridge.upstream.wsgi_adapter import WSGIAdapter
from tests.conftest import let_in, token_for
from tests.support.asking import told
from tests.upstream.canned import Canned
from tests.upstream.servers import RawServer

API = "/api/v1"


@pytest.fixture
def canned() -> Canned:
    return Canned()


@pytest.fixture
def device(make_app: Callable[..., Flask], canned: Canned) -> FlaskClient:
    """A raw device before an upstream that says what it is told."""
    return let_in(make_app(transport=WSGIAdapter(canned)), "raw")


def straight(world: World, path: str, method: str = "GET") -> TestResponse:
    """Ask upstream itself."""
    client = create_simulator(world).test_client()
    return client.open(f"{API}{path}", method=method, auth=("API_KEY", world.api_key))


def newest_run(world: World) -> str:
    runs = [key for key, row in world.activities.items() if row.get("type") == "Run"]
    return max(runs)


def assert_ours(answer: TestResponse, status: int) -> None:
    """Hold a failure of ours to upstream's own shape."""
    assert answer.status_code == status
    assert answer.content_type == "application/json"
    body = answer.get_json()
    assert set(body) == {"status", "error"}
    assert body["status"] == status
    assert body["error"]


# answers pass as they are


@pytest.mark.parametrize(
    "path",
    [
        "/athlete/0/profile",
        "/athlete/i424242/sport-settings",
        "/athlete/0/activities?oldest=2026-11-01&fields=id,name",
        "/athlete/0/events?oldest=2026-11-20&newest=2026-11-25",
        "/athlete/0/eventsjson?oldest=2026-11-20&newest=2026-11-25",
        "/athlete/0/events.json?oldest=2026-11-20&newest=2026-11-25",
        "/athlete/0/wellness.csv?oldest=2026-11-01",
        "/athlete/0/wellnesscsv?oldest=2026-11-01",
        "/athlete/0/activities.csv",
        "/activity/{run}?intervals=true",
        "/activity/{run}/streams.csv?types=time,heartrate",
        "/activity/{run}/fit-file",
        "/activity/{run}/gpx-file",
        "/activity/{run}/file",
        # upstream's own refusals
        "/athlete/0/activities",
        "/athlete/i1/profile",
        "/activity/i99999999",
        "/nothing/here",
        "/athlete/0/folders/1/workouts",
        "/athlete/0/activities?oldest=2026-11-01&limit=many",
    ],
)
def test_an_answer_passes_byte_for_byte(
    raw_phone: FlaskClient, world: World, path: str
) -> None:
    asked = path.format(run=newest_run(world))
    expected, answer = straight(world, asked), raw_phone.get(f"{API}{asked}")
    assert answer.status_code == expected.status_code
    assert answer.data == expected.data
    for name in ("Content-Type", "Content-Disposition", "Content-Encoding"):
        assert answer.headers.get(name) == expected.headers.get(name), name


def test_the_original_file_stays_packed(raw_phone: FlaskClient, world: World) -> None:
    answer = raw_phone.get(f"{API}/activity/{newest_run(world)}/file")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.data[:2] == b"\x1f\x8b"


def test_json_is_unpacked_whatever_the_client_reads(
    raw_phone: FlaskClient, world: World
) -> None:
    path = f"{API}/athlete/0/activities?oldest=2026-11-01"
    plain = raw_phone.get(path)
    packed = raw_phone.get(path, headers={"Accept-Encoding": "gzip, br"})
    assert plain.data == packed.data
    assert "Content-Encoding" not in packed.headers
    sent = [seen.headers["Accept-Encoding"] for seen in world.requests]
    assert sent == ["identity", "gzip"]


@pytest.mark.parametrize("kind", ["", "text/plain", "application/x-odd"])
def test_the_kind_of_an_answer_is_upstreams(
    device: FlaskClient, canned: Canned, kind: str
) -> None:
    canned.headers = {"Content-Type": kind} if kind else {}
    canned.body = b"anything"
    answer = device.get(f"{API}/odd")
    assert answer.data == b"anything"
    assert answer.headers.get("Content-Type", "") == kind
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_cookies_and_odd_headers_of_upstream_stay_there(
    device: FlaskClient, canned: Canned
) -> None:
    canned.headers |= {
        "Set-Cookie": "session=1",
        "ETag": '"abc"',
        "X-RateLimit-Remaining": "2400,4900",
        "Access-Control-Allow-Origin": "*",
        "Connection": "close",
    }
    answer = device.get(f"{API}/odd")
    assert (answer.headers["ETag"], answer.headers["X-RateLimit-Remaining"]) == (
        '"abc"',
        "2400,4900",
    )
    assert not {"Set-Cookie", "Access-Control-Allow-Origin"} & set(
        answer.headers.keys()
    )


@pytest.mark.parametrize("status", ["204 No Content", "304 Not Modified"])
def test_an_answer_without_a_body_has_none(
    device: FlaskClient, canned: Canned, status: str
) -> None:
    canned.status, canned.body, canned.headers = status, b"", {}
    answer = device.get(f"{API}/odd", headers={"If-None-Match": '"abc"'})
    assert (answer.status_code, answer.data) == (int(status[:3]), b"")
    assert canned.heard[0].headers["HTTP_IF_NONE_MATCH"] == '"abc"'


def test_a_head_has_the_head_of_the_get(raw_phone: FlaskClient) -> None:
    answer = raw_phone.head(f"{API}/athlete/0/profile")
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.content_type == "application/json"


def test_html_of_a_broken_upstream_passes_too(
    raw_phone: FlaskClient, world: World
) -> None:
    world.switches.garbage, world.switches.fail_status = "html", 502
    answer = raw_phone.get(f"{API}/athlete/0/profile")
    assert (answer.status_code, answer.mimetype) == (502, "text/html")
    assert b"<html>" in answer.data
    assert len(world.requests) == 3


# what is sent


def test_the_query_goes_on_untouched(device: FlaskClient, canned: Canned) -> None:
    query = "a=%7C&b=1&b=2&c=a+b&format=text&lang=xx&from=0&refresh=7&&=&%41=%ff"
    device.get(f"{API}/athlete/0/eventsjson?{query}")
    device.post(f"{API}/athlete/0/events?{query}", data=b"{}")
    assert [heard.query for heard in canned.heard] == [query, query]


def test_only_known_headers_go_on(device: FlaskClient, canned: Canned) -> None:
    device.post(
        f"{API}/odd",
        data=b"{}",
        headers={
            "Content-Type": "application/json; charset=utf-8",
            "Cookie": "session=1",
            "X-Forwarded-For": "10.0.0.1",
            "Origin": "https://evil.example",
            "User-Agent": "somebody",
        },
    )
    headers = canned.heard[0].headers
    assert headers["CONTENT_TYPE"] == "application/json; charset=utf-8"
    assert headers["HTTP_AUTHORIZATION"].startswith("Basic ")
    assert headers["HTTP_USER_AGENT"].startswith("intervals-bridge/")
    assert headers["HTTP_HOST"] == "upstream.test"
    assert not {"HTTP_COOKIE", "HTTP_X_FORWARDED_FOR", "HTTP_ORIGIN"} & set(headers)


def test_every_method_is_passed_on_with_its_body(
    device: FlaskClient, canned: Canned
) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        device.open(f"{API}/odd", method=method, data=b'{"a": [1, 2.50]}')
    assert [heard.method for heard in canned.heard] == [
        "POST",
        "PUT",
        "PATCH",
        "DELETE",
    ]
    assert {heard.body for heard in canned.heard} == {b'{"a": [1, 2.50]}'}


def test_a_write_is_seen_by_the_next_answer(
    raw_phone: FlaskClient, world: World
) -> None:
    assert told(raw_phone, "/v1/wellness")["weight_kg"] != 70.5
    answer = raw_phone.put(
        f"{API}/athlete/0/wellness/2026-11-23", json={"weight": 70.5}
    )
    assert answer.get_json()["weight"] == 70.5
    assert told(raw_phone, "/v1/wellness")["weight_kg"] == 70.5
    raw_phone.put(f"{API}/athlete/0", json={"timezone": "Pacific/Auckland"})
    assert told(raw_phone, "/v1/athlete")["timezone"] == "Pacific/Auckland"
    created = raw_phone.post(
        f"{API}/athlete/0/events",
        json={
            "category": "NOTE",
            "name": "Hello",
            "start_date_local": "2026-11-23T00:00:00",
        },
    ).get_json()
    gone = raw_phone.delete(f"{API}/athlete/0/events/{created['id']}")
    assert gone.status_code == 200
    assert created["id"] not in world.events


def test_an_upload_arrives_as_it_was_sent(raw_phone: FlaskClient, world: World) -> None:
    source = World(now=world.now, seed=2)
    fit = straight(source, f"/activity/{newest_run(source)}/fit-file").data

    def upload() -> TestResponse:
        form = {"file": (io.BytesIO(fit), "Läufe & mehr.fit")}
        return raw_phone.post(f"{API}/athlete/0/activities?name=Taken", data=form)

    first, second = upload(), upload()
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.get_json()["id"] == second.get_json()["id"]
    added = world.activities[first.get_json()["id"]]
    assert (added["name"], added["source"]) == ("Taken", "UPLOAD")
    assert world.files[added["id"]] == fit


def test_the_token_is_taken_as_the_password_of_the_user_api_key(
    app: Flask, world: World
) -> None:
    token = token_for(app, "raw")
    stranger = app.test_client()
    path = f"{API}/athlete/0/profile"
    assert stranger.get(path, auth=("API_KEY", token)).status_code == 200
    assert stranger.get(path, auth=("api_key", token)).status_code == 401
    assert stranger.get(path, auth=("API_KEY", world.api_key)).status_code == 401


# our own failures have upstream's shape


def test_every_failure_of_ours_has_upstreams_shape(
    app: Flask, world: World, raw_phone: FlaskClient, make_app: Callable[..., Flask]
) -> None:
    path = f"{API}/athlete/0/profile"
    assert_ours(app.test_client().get(path), 401)
    assert_ours(let_in(app, "read").get(path), 403)
    assert_ours(let_in(app, "write").put(path, json={}), 403)
    assert_ours(raw_phone.get("/api/v2/athlete/0"), 404)
    assert_ours(raw_phone.options(path), 405)
    assert_ours(raw_phone.open(path, method="TRACE"), 405)
    assert_ours(raw_phone.put(path, data=b" " * (2 * 1024 * 1024 + 1)), 413)
    assert_ours(let_in(make_app(api_key=""), "raw").get(path), 503)
    world.switches.retry_after_s = 120
    passed = raw_phone.get(path)
    assert (passed.status_code, passed.headers["Retry-After"]) == (429, "120")
    assert passed.get_json()["retry_after_seconds"] == 120
    closed = raw_phone.get(path)
    assert_ours(closed, 503)
    assert int(closed.headers["Retry-After"]) in {119, 120, 121}


def test_no_pause_of_upstreams_is_passed_on_longer_than_a_quarter_of_an_hour(
    raw_phone: FlaskClient, world: World
) -> None:
    raw_phone.get("/v1/athlete")
    world.switches.retry_after_s = 999_999_999
    passed = raw_phone.get(f"{API}/athlete/0/profile")
    assert (passed.status_code, passed.headers["Retry-After"]) == (429, "900")


def test_a_wire_that_fails_is_told_in_upstreams_shape_and_a_write_is_sent_once(
    make_app: Callable[..., Flask],
) -> None:
    asked: list[bytes] = []

    def handler(connection: socket.socket) -> None:
        request = connection.recv(65_536)
        while b"\r\n\r\n" not in request:
            request += connection.recv(65_536)
        asked.append(request.partition(b" ")[0])

    with RawServer(handler) as server:
        app = make_app(transport=BoundedAdapter(), upstream_url=server.url.rstrip("/"))
        device = let_in(app, "raw")
        for method in ("POST", "PUT", "PATCH", "DELETE", "GET"):
            assert_ours(device.open(f"{API}/odd", method=method, data=b"{}"), 502)
    once = {method: asked.count(method) for method in set(asked)}
    assert once == {b"POST": 1, b"PUT": 1, b"PATCH": 1, b"DELETE": 1, b"GET": 3}


@pytest.mark.parametrize(
    "tail",
    [
        "/../../x",
        "/athlete/0/../../../settings",
        "/athlete/./0",
        "//evil.example/x",
        "/athlete//0",
        "/%2e%2e/x",
        "/athlete%2f..%2f..%2fx",
        "/%252e%252e/x",
        "/athlete\\..\\x",
        "/athlete%5c0",
        "/athlete/0%00",
        "/athlete/0%0d%0aX-Evil:%201",
        "/athlete/0;jsessionid=1",
        "/athlete/0%3fx=1",
        "/athlete/0%23x",
        "/athlete/%E2%80%AE0",
        "/@evil.example/%40x/..",
    ],
)
def test_a_path_that_may_mean_another_place_is_refused(
    device: FlaskClient, canned: Canned, tail: str
) -> None:
    for method in ("GET", "POST"):
        answer = device.open(f"{API}{tail}", method=method)
        assert answer.status_code in {400, 404}
        assert_ours(answer, answer.status_code)
    flat = device.get(f"/v1/flat{tail}").get_json()
    assert flat["code"] in {"bad_request", "unknown_path"}
    assert canned.heard == []


@pytest.mark.parametrize(
    "target", ["http://evil.example{}", "https://evil.example:1{}"]
)
def test_the_host_of_an_absolute_address_means_nothing(
    device: FlaskClient, canned: Canned, target: str
) -> None:
    path = f"{API}/athlete/0/gear?a=1"
    environ: Any = {"RAW_URI": target.format(path), "REQUEST_URI": target.format(path)}
    assert device.get(path, environ_overrides=environ).status_code == 200
    assert canned.heard[0].target == path
    assert canned.heard[0].headers["HTTP_HOST"] == "upstream.test"


def test_a_query_that_is_not_ascii_is_refused(
    device: FlaskClient, canned: Canned
) -> None:
    target = f"{API}/athlete/0/gear?name=ä"
    environ: Any = {"RAW_URI": target, "REQUEST_URI": target}
    assert_ours(device.get(f"{API}/athlete/0/gear", environ_overrides=environ), 400)
    assert canned.heard == []


def test_an_odd_header_is_refused_not_a_crash(device: FlaskClient) -> None:
    assert_ours(device.get(f"{API}/odd", headers={"Accept": "\xa0text"}), 400)


def test_numbers_pass_with_every_digit(device: FlaskClient, canned: Canned) -> None:
    canned.body = b'{"a": 1.50, "b": 12345678901234567890123, "c": NaN, "d": 1e5}'
    assert device.get(f"{API}/odd").data == canned.body
    assert json.loads(canned.body)["a"] == 1.5
