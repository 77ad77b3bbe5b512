"""One shape for every answer and every failure."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bridge.simulator.app import create_simulator
from bridge.simulator.faults import Garbage
from bridge.simulator.world import World
from bridge.upstream.wsgi_adapter import WSGIAdapter
from tests.conftest import Clock, let_in
from tests.support.routes import CLOSED, JSON, open_route, path_of, text_only
from tests.upstream.canned import Broken

KEY = re.compile(r"[a-z][a-z0-9_]*")


ANSWERS = [route for route in JSON if route.path != "/openapi.json"]


def assert_flat(answer: TestResponse, status: str) -> dict[str, Any]:
    """Hold an answer to the rules for JSON that Shortcuts can live with."""
    assert answer.content_type == "application/json"
    # which route's are kept is told by the table, and held in test_kept
    is_kept = status == "ok" and "ETag" in answer.headers
    kept = "private, no-cache" if is_kept else "no-store"
    assert answer.headers["Cache-Control"] == kept
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.data.endswith(b"}\n")
    body: dict[str, Any] = answer.get_json()
    assert list(body)[:2] == ["status", "speech"]
    assert body["status"] == status
    assert 0 < len(body["speech"]) < 280
    assert "None" not in body["speech"]
    assert "{" not in body["speech"]
    items = body.pop("items", None)
    assert_scalars(body)
    if items is not None:
        most = 60 if "card" in body else 50  # a card's are for the eye, all at once
        assert len(items) <= most <= max(body["count"], most)
        for item in items:
            assert_scalars(item)
    return body


def assert_scalars(row: dict[str, Any]) -> None:
    for key, value in row.items():
        assert KEY.fullmatch(key), key
        assert isinstance(value, str | int | float), key
        assert not isinstance(value, bool), key
        assert value != "", key
        if key == "id" or key.endswith("_id"):
            assert isinstance(value, str), key


def test_every_answer_is_flat(raw_phone: FlaskClient, world: World) -> None:
    for route in ANSWERS:
        answer = open_route(raw_phone, route, path_of(route, world))
        assert answer.status_code in {200, 201}, answer.text
        assert_flat(answer, "ok")


def test_every_answer_of_a_beginner_is_flat(
    make_app: Callable[..., Flask], world: World, clock: Clock
) -> None:
    beginner = World.empty(now=clock, api_key=world.api_key)
    phone = let_in(make_app(transport=WSGIAdapter(create_simulator(beginner))), "raw")
    for route in ANSWERS:
        if "<" in route.path:  # there is nothing to change yet
            continue
        answer = open_route(phone, route, path_of(route, beginner))
        assert answer.status_code in {200, 201}, answer.text
        assert_flat(answer, "ok")


def test_every_answer_can_be_the_sentence_alone(
    raw_phone: FlaskClient, world: World
) -> None:
    for route in ANSWERS:
        if route.path == "/v1/menu":
            continue  # a line for each sentence, to choose from
        path = path_of(route, world)
        whole = open_route(raw_phone, route, path).get_json()
        alone = open_route(raw_phone, route, text_only(path))
        assert alone.content_type == "text/plain; charset=utf-8"
        assert alone.text == whole["speech"] + "\n"


@pytest.mark.parametrize("status", [401, 403, 404, 405, 422, 429, 500, 503])
def test_every_failure_of_upstream_is_told_in_one_shape(
    raw_phone: FlaskClient, world: World, status: int
) -> None:
    world.switches.fail_status = status
    for route in CLOSED:
        answer = open_route(raw_phone, route, path_of(route, world))
        if route.path.startswith("/api/"):
            assert answer.status_code in {status, 503}  # passed on, or the gate
        elif route.path == "/v1/doctor":
            assert_flat(answer, "ok")
        else:
            # A file that upstream refuses is the phone's to change.
            is_file = (route.method, route.path) == ("POST", "/v1/activities")
            passed_on = {422} if is_file or route.path[:9] == "/v1/flat/" else set()
            assert answer.status_code in {404, 502, 503} | passed_on, route.endpoint
            assert_flat(answer, "error")


@pytest.mark.parametrize("garbage", ["html", "truncated", "empty"])
def test_garbage_from_upstream_is_told_in_one_shape(
    raw_phone: FlaskClient, world: World, garbage: Garbage
) -> None:
    world.switches.garbage = garbage
    for route in ANSWERS:
        answer = open_route(raw_phone, route, path_of(route, world))
        told = route.path != "/v1/doctor" and route.scope is not None
        assert answer.status_code == (502 if told else 200), route.endpoint
        assert_flat(answer, "error" if told else "ok")


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, "unknown_path"),
        ("GET", "/v1/fitness/", 404, "unknown_path"),
        ("POST", "/v1/fitness", 405, "wrong_method"),
        ("OPTIONS", "/v1/fitness", 405, "wrong_method"),
        ("TRACE", "/v1/fitness", 405, "wrong_method"),
        ("GET", "/v1/fitness?day=yesterdayish", 400, "bad_parameter"),
        ("GET", "/v1/fitness?dya=today", 400, "unknown_parameter"),
        ("GET", "/v1/fitness?day=today&day=today", 400, "repeated_parameter"),
        ("GET", "/v1/fitness?lang=xx", 400, "bad_parameter"),
        ("GET", "/v1/fitness?format=xml", 400, "bad_parameter"),
        ("GET", "/v1/activities?limit=0", 400, "bad_parameter"),
        ("GET", "/v1/activities?oldest=2024-01-01", 400, "range_too_long"),
        ("GET", "/v1/wellness?oldest=2026-02-02&newest=2026-02-01", 400, "bad_range"),
        ("GET", "/v1/activities.csv?columns=name,name", 400, "repeated_column"),
        ("GET", "/v1/events?day=friday&newest=sunday", 400, "parameters_clash"),
        ("GET", "/v1/activities.csv?columns=nme", 400, "unknown_column"),
        ("GET", "/v1/activities/i0001", 404, "bad_id"),
        ("GET", "/v1/activities/i99999999", 404, "not_found"),
    ],
)
def test_every_mistake_is_told_in_one_shape(
    phone: FlaskClient, method: str, path: str, status: int, code: str
) -> None:
    answer = phone.open(path, method=method)
    assert answer.status_code == status
    body = assert_flat(answer, "error")
    assert body["code"] == code
    assert body["hint"]
    if status == 405:
        assert answer.headers["Allow"]


def test_an_unexpected_failure_is_told_in_the_same_shape(
    make_app: Callable[..., Flask],
) -> None:
    answer = let_in(make_app(transport=Broken())).get("/v1/fitness")
    assert answer.status_code == 500
    assert assert_flat(answer, "error")["code"] == "bridge_error"
    assert "secret detail" not in answer.text
