"""Any GET of upstream made flat."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bridge.simulator.world import World
from bridge.upstream.wsgi_adapter import WSGIAdapter
from tests.conftest import Clock, let_in
from tests.contracts.test_shape import assert_flat
from tests.support.asking import Told, items, refused, told
from tests.upstream.canned import Canned


@pytest.fixture
def canned() -> Canned:
    return Canned()


@pytest.fixture
def device(make_app: Callable[..., Flask], canned: Canned) -> FlaskClient:
    """A raw device before an upstream that says what it is told."""
    return let_in(make_app(transport=WSGIAdapter(canned)), "raw")


def answer_to(device: FlaskClient, canned: Canned, value: object) -> Told:
    canned.body = json.dumps(value).encode()
    response = device.get("/v1/flat/odd?refresh=yes")
    assert response.status_code == 200, response.text
    assert_flat(response, "ok")
    body: Told = response.get_json()
    return body


def test_an_object_keeps_its_values_under_flat_names(
    raw_phone: FlaskClient, world: World
) -> None:
    body = told(raw_phone, "/v1/flat/athlete/0")
    assert body["upstream_status"] == "ACTIVE"
    assert body["status"] == "ok"
    assert (body["id"], body["icu_weight"]) == (world.athlete_id, 71.6)
    assert body["icu_effort_secs"] == "5, 60, 300, 1200"
    assert body["sport_settings_count"] == 4
    assert body["icu_coach"] == "no"
    assert body["speech"] == "Here's what Intervals has there."


def test_a_list_comes_as_items(raw_phone: FlaskClient, world: World) -> None:
    body = told(raw_phone, "/v1/flat/athlete/0/gear")
    assert body["count"] == len(world.gear)
    assert {row["id"] for row in body["items"]} == set(world.gear)
    assert_flat(raw_phone.get("/v1/flat/athlete/0/gear"), "ok")


def test_a_long_list_is_paged(raw_phone: FlaskClient) -> None:
    path = "/v1/flat/athlete/0/wellness?oldest=2026-06-01&newest=2026-09-08"
    first, last = told(raw_phone, path), told(raw_phone, f"{path}&from=51")
    assert (first["count"], len(first["items"]), len(last["items"])) == (100, 50, 50)
    assert first["items"][0]["id"] == "2026-06-01"
    assert (last["from"], last["items"][-1]["id"]) == (51, "2026-09-08")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (7, {"value": 7}),
        ("text", {"value": "text"}),
        (True, {"value": "yes"}),
        (None, {}),
        ({}, {}),
        ({"a": {"b": [1, 2]}}, {"a_b": "1, 2"}),
        ({"items": [1]}, {"upstream_items": "1"}),
        (
            {"speech": "mine", "count": 3},
            {"upstream_speech": "mine", "upstream_count": 3},
        ),
    ],
)
def test_whatever_upstream_says_becomes_flat(
    device: FlaskClient, canned: Canned, value: object, expected: Told
) -> None:
    body = answer_to(device, canned, value)
    assert {k: v for k, v in body.items() if k not in {"status", "speech"}} == expected


@pytest.mark.parametrize("value", [[], [1, "a"], [None], [[1], [2]], [{"a": 1}, 2]])
def test_every_list_has_a_count(
    device: FlaskClient, canned: Canned, value: list[object]
) -> None:
    body = answer_to(device, canned, value)
    assert (body["count"], len(body["items"])) == (len(value), len(value))


def test_the_query_goes_on_as_it_came_without_our_own_parameters(
    device: FlaskClient, canned: Canned
) -> None:
    query = "types=a,b&x=%7C1&y=a+b&y=2&&format=json&z&lang=en&from=1&refresh=no&q=%ff"
    device.get(f"/v1/flat/activity/i1/streams.json?{query}")
    assert [heard.target for heard in canned.heard] == [
        "/api/v1/activity/i1/streams.json?types=a,b&x=%7C1&y=a+b&y=2&&z&q=%ff"
    ]


def test_only_our_own_parameters_leave_no_query(
    device: FlaskClient, canned: Canned
) -> None:
    device.get("/v1/flat/athlete/0/gear?format=json")
    assert canned.heard[0].target == "/api/v1/athlete/0/gear"


def test_the_sentence_alone_can_be_had(raw_phone: FlaskClient) -> None:
    answer = raw_phone.get("/v1/flat/athlete/0/profile?format=text")
    assert answer.content_type == "text/plain; charset=utf-8"
    assert answer.text.startswith("Here's what Intervals has")


@pytest.mark.parametrize(
    "query", ["from=0", "from=x", "format=xml", "lang=xx", "refresh=1"]
)
def test_our_own_parameters_are_checked_before_upstream_is_asked(
    device: FlaskClient, canned: Canned, query: str
) -> None:
    refused(device, f"/v1/flat/athlete/0/gear?{query}", 400, "bad_parameter")
    assert canned.heard == []


@pytest.mark.parametrize(
    "path",
    [
        "athlete/0/wellness.csv?oldest=2026-11-20",
        "athlete/0/activities.csv",
        "activity/{run}/fit-file",
        "activity/{run}/gpx-file",
        "activity/{run}/file",
    ],
)
def test_a_file_is_refused_with_the_way_to_have_it(
    raw_phone: FlaskClient, world: World, path: str
) -> None:
    runs = [key for key, row in world.activities.items() if row.get("type") == "Run"]
    body = refused(raw_phone, f"/v1/flat/{path.format(run=runs[-1])}", 422, "not_flat")
    assert "Ask for the file itself." in body["speech"]
    assert "/api/v1" in body["hint"]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[1,", b"<!DOCTYPE html>", b"<html>", b"[" * 5000]
)
def test_garbage_is_called_garbage(
    device: FlaskClient, canned: Canned, body: bytes
) -> None:
    canned.body = body
    refused(device, "/v1/flat/odd", 502, "upstream_garbage")


@pytest.mark.parametrize("depth", [50, 300, 900])
def test_deep_nesting_is_flattened_or_refused_never_a_crash(
    device: FlaskClient, canned: Canned, depth: int
) -> None:
    canned.body = b'{"a":' * depth + b"1" + b"}" * depth
    answer = device.get("/v1/flat/odd")
    assert answer.status_code in {200, 502}
    assert_flat(answer, "ok" if answer.status_code == 200 else "error")


def test_upstreams_failures_are_told_in_words(
    raw_phone: FlaskClient, world: World
) -> None:
    for path in ("activity/i99999999", "nothing/here"):
        body = refused(raw_phone, f"/v1/flat/{path}", 404, "unknown_upstream_path")
        assert (
            body["speech"]
            == "Intervals has no such address. Check it, and the id in it."
        )
        assert body["hint"].startswith(f"No {path}.")
    body = refused(raw_phone, "/v1/flat/athlete/0/activities", 422, "upstream_rejected")
    assert "oldest" in body["hint"]
    stub = next(key for key, row in world.activities.items() if row.get("_stub"))
    refused(raw_phone, f"/v1/flat/activity/{stub}/streams.json", 422, "strava_only")
    world.switches.fail_status = 400
    refused(raw_phone, "/v1/flat/athlete/0/gear", 400, "upstream_rejected")
    world.switches.fail_status = 405
    refused(raw_phone, "/v1/flat/athlete/0/gear", 502, "upstream_rejected")


def test_credentials_are_taken_out_at_any_depth(
    device: FlaskClient, canned: Canned
) -> None:
    secrets = dict.fromkeys(
        ("icu_api_key", "icu_friend_invite_token", "shareToken", "password"), "canary"
    )
    deep = {"a": 1, **secrets, "b": {**secrets, "c": {**secrets, "d": 2}}}
    body = answer_to(device, canned, deep)
    assert "canary" not in str(body)
    assert (body["a"], body["b_c_d"]) == (1, 2)
    (row,) = answer_to(device, canned, [deep])["items"]
    assert "canary" not in str(row)


def test_a_reading_device_may_not_look_behind_the_curtain(
    phone: FlaskClient, world: World
) -> None:
    refused(phone, "/v1/flat/athlete/0/profile", 403, "scope_too_small")
    assert world.requests == []


def test_not_found_items_are_an_empty_list(raw_phone: FlaskClient) -> None:
    assert items(raw_phone, "/v1/flat/athlete/0/activities/i99999999") == []


def test_an_old_answer_is_marked_here_too(
    raw_phone: FlaskClient, world: World, clock: Clock
) -> None:
    raw_phone.get("/v1/flat/athlete/0/profile")
    clock.advance(minutes=5)
    world.switches.fail_status = 503
    body = raw_phone.get("/v1/flat/athlete/0/profile").get_json()
    assert (body["stale"], body["as_of"]) == ("yes", "2026-11-23T06:05:00Z")
    assert "isn't answering" in body["speech"]
