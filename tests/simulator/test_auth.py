"""The simulator lets in and refuses exactly as upstream does."""

from __future__ import annotations

from typing import Any

import pytest

from bridge.simulator.world import World
from tests.simulator.api import Api, api

__all__ = ["api"]

DENIED = {"status": 403, "error": "Access denied"}


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_the_key_as_basic_password_of_api_key_opens_the_athlete(api: Api) -> None:
    assert api.get("/athlete/i424242")["id"] == "i424242"


def test_zero_is_the_owner_of_the_key(api: Api) -> None:
    assert api.get("/athlete/0") == api.get("/athlete/i424242")


def test_no_header_is_refused_with_401(api: Api) -> None:
    status, _ = api.refused("GET", "/athlete/0", auth=None)
    assert status == 401


@pytest.mark.parametrize(
    "login",
    [
        ("api_key", "{key}"),
        ("{key}", "API_KEY"),
        ("API_KEY", ""),
        ("API_KEY", '"{key}"'),
        ("API_KEY", "something-else"),
    ],
)
def test_a_wrong_login_is_refused_with_401(api: Api, login: tuple[str, str]) -> None:
    key = api.world.api_key
    filled = (login[0].format(key=key), login[1].format(key=key))
    assert api.refused("GET", "/athlete/0", auth=filled)[0] == 401


def test_the_key_as_bearer_is_refused_with_403(api: Api) -> None:
    headers = bearer(api.world.api_key)
    answer = api.refused("GET", "/athlete/0", auth=None, headers=headers)
    assert answer == (403, DENIED)


def test_an_oauth_token_as_bearer_opens_the_athlete(api: Api) -> None:
    api.world.oauth_tokens.add("granted")
    headers = bearer("granted")
    assert api.refused("GET", "/athlete/0", auth=None, headers=headers)[0] == 200


def test_a_disconnected_token_is_dead(api: Api) -> None:
    api.world.oauth_tokens.add("granted")
    asked = {"auth": None, "headers": bearer("granted")}
    assert api.refused("DELETE", "/disconnect-app", **asked)[0] == 200
    assert api.refused("GET", "/athlete/0", **asked)[0] == 403


@pytest.mark.parametrize("athlete", ["i424243", "424242", "1"])
def test_another_athlete_is_refused_with_403(api: Api, athlete: str) -> None:
    assert api.refused("GET", f"/athlete/{athlete}/events") == (403, DENIED)


def test_me_is_no_athlete(api: Api) -> None:
    assert api.refused("GET", "/athlete/me")[0] == 401


def test_a_rotated_key_kills_the_old_one(api: Api) -> None:
    old = api.world.api_key
    api.world.api_key = "sim-rotated-key"
    assert api.refused("GET", "/athlete/0", auth=("API_KEY", old))[0] == 401
    assert api.get("/athlete/0")["id"] == "i424242"


def test_a_bad_key_may_be_switched_to_403(api: Api) -> None:
    api.world.switches.bad_key_status = 403
    assert api.refused("GET", "/athlete/0", auth=("API_KEY", "x")) == (403, DENIED)


def test_an_unknown_path_has_springs_404_body(api: Api) -> None:
    status, body = api.refused("GET", "/athlete/0/event")
    assert status == 404
    assert body["path"] == "/api/v1/athlete/0/event"
    assert set(body) == {"timestamp", "status", "error", "path"}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("DELETE", "/athlete/0/folders"),
        ("POST", "/athlete/0/sport-settings/Ride/apply"),
        ("DELETE", "/athlete/0/wellness/2026-11-20"),
    ],
)
def test_a_wrong_method_has_springs_405_body(api: Api, method: str, path: str) -> None:
    status, body = api.refused(method, path)
    assert (status, body["error"]) == (405, "Method Not Allowed")


@pytest.mark.parametrize(
    "path",
    [
        "/athlete/0/events/abc",
        "/athlete/0/activities?oldest=2026-11-01&limit=ten",
        "/athlete/0/events?resolve=maybe",
        "/athlete/0/events?category=Note",
    ],
)
def test_a_path_or_query_of_the_wrong_type_is_a_500(api: Api, path: str) -> None:
    status, body = api.refused("GET", path)
    assert status == 500
    assert "MethodArgumentTypeMismatchException" in body["error"]


@pytest.mark.parametrize("data", ["{", "", "[1,", '{"weight": NaN}'])
def test_a_body_that_does_not_parse_is_a_400(api: Api, data: str) -> None:
    path = "/athlete/0/wellness/2026-11-20"
    status, body = api.refused("PUT", path, data=data, content_type="application/json")
    assert status == 400
    assert body["error"].startswith("JSON parse error")


def test_a_body_of_the_wrong_type_is_a_400(api: Api) -> None:
    newest = next(iter(api.get("/athlete/0/activities", oldest="2026-11-20")))
    bodies: list[Any] = [[], {"moving_time": "long"}, {"name": {}}, {"race": 1}]
    for body in bodies:
        status, answer = api.refused("PUT", f"/activity/{newest['id']}", json=body)
        assert (status, answer["error"][:16]) == (400, "JSON parse error")


def test_requests_are_recorded_with_method_path_query_and_body(api: Api) -> None:
    api.put("/athlete/0/wellness/2026-11-20", {"mood": 2}, x="1")
    last = api.world.requests[-1]
    assert (last.method, last.body) == ("PUT", {"mood": 2})
    assert (last.path, last.query) == (
        "/api/v1/athlete/0/wellness/2026-11-20",
        {"x": "1"},
    )
    assert last.headers["Authorization"].startswith("Basic ")


def test_a_beginner_has_an_account_and_nothing_else(world: World) -> None:
    api = Api(World.empty(now=world.now))
    assert api.get("/athlete/0")["sportSettings"]
    for path in ("activities?oldest=2020-01-01", "events", "wellness", "gear"):
        assert api.get(f"/athlete/0/{path}") == []
    day = api.get("/athlete/0/wellness/2026-11-23")
    assert (day["ctl"], day["atl"], day["weight"]) == (0.0, 0.0, None)
