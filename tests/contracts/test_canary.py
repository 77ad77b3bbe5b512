"""No credential shows, wherever one looks: answers, logs, files of the bridge."""

from __future__ import annotations

import base64
import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bridge.routes.table import ROUTES
from bridge.simulator.app import create_simulator
from bridge.simulator.faults import Garbage
from bridge.simulator.world import World
from bridge.upstream.transport import BoundedAdapter
from bridge.upstream.wsgi_adapter import WSGIAdapter
from tests.conftest import SECRET_KEY, Clock, in_front, let_in, token_for
from tests.site.pages import HTML
from tests.support.routes import path_of
from tests.upstream.canned import Broken

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
GARBAGE: tuple[Garbage, ...] = ("html", "truncated", "empty", "nan")
ODD_PATHS = (
    "/api/v1/athlete/0",
    "/api/v1/athletes",
    "/api/v1/athlete/0/athlete-summary.json",
    "/v1/flat/athlete/0",
    "/v1/flat/athletes",
    "/v1/nowhere",
    "/v1/fitness?day=never",
    "/v1/activities/i99999999",
    "/",
    "/doctor",
    "/sign-in",
)


@pytest.fixture
def leaky(world: World) -> World:
    """An account whose record holds every kind of credential."""
    world.switches.leak_password = True
    return world


@pytest.fixture
def secrets(leaky: World) -> list[bytes]:
    """What must never show, also half of it or encoded."""
    account = leaky.athlete
    canaries = [account[key] for key in account if "canary" in str(account[key])]
    assert len(canaries) == 3
    pair = base64.b64encode(f"API_KEY:{leaky.api_key}".encode()).decode()
    plain = [*canaries, leaky.api_key, leaky.api_key[:12], pair, pair[12:], SECRET_KEY]
    return [value.encode() for value in plain]


def assert_clean(data: bytes, secrets: list[bytes], where: object) -> None:
    for secret in secrets:
        assert secret not in data, where


def session(client: FlaskClient, world: World) -> Iterator[TestResponse]:
    """Try every method at every route and at a few that are none."""
    for route in ROUTES:
        for method in METHODS:
            yield client.open(path_of(route, world), method=method, data=b"{}")
    for path in ODD_PATHS:
        for method in METHODS:
            yield client.open(path, method=method, json={"icu_weight": 70.0})


def shown(answer: TestResponse) -> bytes:
    head = str(answer.headers).encode()
    return head + answer.get_data()


@pytest.mark.parametrize(
    "layer", ["in front", pytest.param("behind", marks=pytest.mark.slow)]
)
def test_no_answer_shows_a_credential(
    app: Flask, leaky: World, secrets: list[bytes], layer: str, clock: Clock
) -> None:
    if layer == "in front":
        reader = let_in(in_front(app, clock))
        for route in ROUTES:
            for _ in range(3):  # made, kept, given again
                answer = reader.get(path_of(route, leaky))
                assert_clean(shown(answer), secrets, route.path)
    for scope in ("raw", "read"):
        for answer in session(let_in(app, scope), leaky):
            assert_clean(shown(answer), secrets, answer.request.path)
    browser = app.test_client()
    browser.environ_base["HTTP_ACCEPT"] = HTML
    for answer in session(browser, leaky):
        assert_clean(shown(answer), secrets, answer.request.path)


def break_upstream(world: World) -> Iterator[None]:
    """Let upstream fail in every way, one after another."""
    switches = world.switches
    for status in (401, 403, 404, 422, 500, 503):
        switches.fail_status = status
        yield
    switches.fail_status = None
    for garbage in GARBAGE:
        switches.garbage = garbage
        yield
    switches.garbage = ""
    switches.retry_after_s = 5
    yield


@pytest.mark.slow
def test_neither_answers_nor_logs_show_a_credential_when_upstream_fails(
    make_app: Callable[..., Flask],
    leaky: World,
    secrets: list[bytes],
    caplog: pytest.LogCaptureFixture,
    clock: Clock,
) -> None:
    caplog.set_level(logging.DEBUG)
    device = let_in(make_app(), "raw")
    token = device.environ_base["HTTP_AUTHORIZATION"].removeprefix("Bearer ").encode()
    for _ in break_upstream(leaky):
        clock.advance(days=2)  # what was kept is too old to help
        for route in ROUTES:
            answer = device.open(path_of(route, leaky), method=route.method)
            assert_clean(shown(answer), [*secrets, token], route.endpoint)
    assert "upstream_down" in caplog.text
    assert_clean(caplog.text.encode(), [*secrets, token], "the log")


def test_a_wire_that_fails_shows_no_credential(
    make_app: Callable[..., Flask],
    leaky: World,
    secrets: list[bytes],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    app = make_app(transport=BoundedAdapter(), upstream_url="http://127.0.0.1:1")
    device = let_in(app, "raw")
    for path in (
        "/v1/fitness",
        "/api/v1/athlete/0",
        "/v1/flat/athlete/0",
        "/v1/doctor",
    ):
        assert_clean(shown(device.get(path)), secrets, path)
    assert "upstream_down" in caplog.text
    assert_clean(caplog.text.encode(), secrets, "the log")


class Echo:
    """An upstream that repeats every credential it sees in its refusals."""

    def __init__(self, world: World) -> None:
        self.world, self.app = world, create_simulator(world)

    def __call__(
        self, environ: dict[str, object], start: Callable[..., object]
    ) -> object:
        if environ["REQUEST_METHOD"] == "GET" and "profile" not in str(
            environ["PATH_INFO"]
        ):
            return self.app(environ, start)  # type: ignore[arg-type]  # WSGI, loosely
        sent = environ["HTTP_AUTHORIZATION"]
        start("422 Unprocessable Entity", [("Content-Type", "application/json")])
        said = f"{'x' * 90} key {self.world.api_key} {sent}"
        return [f'{{"status": 422, "error": "{said}"}}'.encode()]


def test_a_key_that_upstream_repeats_goes_no_further(
    make_app: Callable[..., Flask],
    leaky: World,
    secrets: list[bytes],
    caplog: pytest.LogCaptureFixture,
) -> None:
    echo = WSGIAdapter(Echo(leaky))  # type: ignore[arg-type]  # WSGI, loosely
    device = let_in(make_app(transport=echo), "raw")
    for path in ("/v1/flat/athlete/0/profile", "/v1/doctor"):
        assert_clean(shown(device.get(path)), secrets, path)
    for method in ("GET", "PUT", "POST"):
        answer = device.open("/api/v1/athlete/0/profile", method=method, data=b"{}")
        assert answer.status_code == 422
        assert_clean(shown(answer), secrets, method)
    assert_clean(caplog.text.encode(), secrets, "the log")


def test_an_unexpected_failure_logs_no_credential(
    make_app: Callable[..., Flask],
    leaky: World,
    secrets: list[bytes],
    caplog: pytest.LogCaptureFixture,
) -> None:
    app = make_app(transport=Broken())
    token = token_for(app)
    headers = {"Authorization": f"Bearer {token}"}
    answer = app.test_client().get("/v1/fitness", headers=headers)
    assert answer.status_code == 500
    assert "ZeroDivisionError" in caplog.text
    assert_clean(caplog.text.encode(), [*secrets, token.encode()], "the log")


@pytest.mark.parametrize("place", ["/v1/{}", "/v1/fitness?day={}", "/v1/activities/{}"])
def test_a_credential_in_the_wrong_place_is_not_written_down(
    app: Flask,
    phone: FlaskClient,
    leaky: World,
    caplog: pytest.LogCaptureFixture,
    place: str,
) -> None:
    for secret in (token_for(app), leaky.api_key):
        answer = phone.get(place.format(secret))
        assert answer.status_code in {400, 404}
        assert_clean(shown(answer), [secret.encode()], place)
        assert_clean(caplog.text.encode(), [secret.encode()], place)


def test_no_file_of_the_bridge_holds_a_credential(
    app: Flask, leaky: World, secrets: list[bytes], tmp_path: Path
) -> None:
    token = token_for(app, "raw")
    for answer in session(let_in(app, "raw"), leaky):
        answer.close()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(path.name == "bridge.db" for path in files)
    signature = token.partition(".")[2].encode()
    for path in files:
        assert_clean(path.read_bytes(), [*secrets, token.encode(), signature], path)
