"""Every route is closed, to everybody who has no business there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import Signer

from bridge.routes.route import Route
from bridge.routes.table import ROUTES
from bridge.simulator.world import World
from bridge.store.athletes import OWNER
from bridge.tokens import PREFIX, Purpose, Tokens
from tests.conftest import SECRET_KEY, Clock, let_in, services_of, token_for
from tests.support.routes import CLOSED, open_route, path_of

PUBLIC = {"/widgets/scriptable.js", "/openapi.json", "/healthz", "/readyz"}


def knock(app: Flask, route: Route, world: World, token: str | None) -> int:
    """Knock at one route; hold a refusal to its shape."""
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    client = app.test_client()
    answer = open_route(client, route, path_of(route, world), headers=headers)
    if answer.status_code in {401, 403}:
        body = answer.get_json()
        assert body.get("code") or body["error"], route.endpoint
    if answer.status_code == 401:
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    return answer.status_code


def assert_all_refuse(app: Flask, world: World, token: str | None) -> None:
    """No route opens, and upstream is not asked."""
    for route in CLOSED:
        assert knock(app, route, world, token) == 401, route.endpoint
    assert world.requests == []


def test_only_a_short_list_is_public() -> None:
    assert {route.path for route in ROUTES if route.scope is None} == PUBLIC


def test_every_route_is_closed_without_a_token(app: Flask, world: World) -> None:
    assert_all_refuse(app, world, None)


def test_every_route_is_closed_to_a_forged_token(app: Flask, world: World) -> None:
    token = token_for(app, "raw")
    other = "A" if token[-5] != "A" else "B"
    assert_all_refuse(app, world, token[:-5] + other + token[-4:])


def test_every_route_is_closed_to_an_expired_token(
    app: Flask, world: World, clock: Clock
) -> None:
    services = services_of(app)
    device = services.store.devices.add(
        "Old phone", "raw", OWNER, clock(), clock() + timedelta(days=1)
    )
    clock.advance(days=2)
    assert_all_refuse(app, world, services.tokens.issue(device.device_id))


def test_every_route_is_closed_to_a_revoked_device(
    app: Flask, world: World, clock: Clock
) -> None:
    services = services_of(app)
    device = services.store.devices.add("Lost phone", "raw", OWNER, clock())
    services.store.devices.revoke(device.device_id, clock())
    assert_all_refuse(app, world, services.tokens.issue(device.device_id))


def test_a_read_only_device_passes_read_routes_only(app: Flask, world: World) -> None:
    token = token_for(app, "read")
    for route in CLOSED:
        asked = len(world.requests)
        status = knock(app, route, world, token)
        if route.scope in {"read", "view"}:
            assert status == 200, route.endpoint
        else:
            assert status == 403, route.endpoint
            assert len(world.requests) == asked, route.endpoint


def test_a_token_for_another_purpose_opens_nothing(app: Flask, world: World) -> None:
    services = services_of(app)
    device = services.store.devices.add("Phone", "raw", OWNER, services.clock())
    link = Tokens((SECRET_KEY,), purpose=Purpose.DOWNLOAD).issue(device.device_id)
    assert (
        app.test_client()
        .get("/v1/fitness", headers={"Authorization": f"Bearer {link}"})
        .status_code
        == 401
    )


def test_a_sha1_signature_of_the_right_key_opens_nothing(app: Flask) -> None:
    services = services_of(app)
    device = services.store.devices.add("Phone", "raw", OWNER, services.clock())
    signed = Signer(SECRET_KEY, salt=Purpose.DEVICE).sign(device.device_id).decode()
    answer = app.test_client().get(
        "/v1/fitness", headers={"Authorization": f"Bearer {PREFIX}{signed}"}
    )
    assert answer.status_code == 401


def test_a_token_signed_before_a_key_change_still_opens(
    make_app: Callable[..., Flask], world: World
) -> None:
    old = make_app()
    token = token_for(old)
    new_key = "another-key-for-the-suite-8Hq2Lw5Zp"
    rotated = make_app(secret_keys=(SECRET_KEY, new_key))
    headers = {"Authorization": f"Bearer {token}"}
    assert rotated.test_client().get("/v1/fitness", headers=headers).status_code == 200
    fresh = token_for(rotated)
    assert Tokens((new_key,)).read(fresh)


def test_a_token_is_taken_as_the_basic_password_too(app: Flask) -> None:
    client = app.test_client()
    answer = client.get("/v1/fitness", auth=("API_KEY", token_for(app)))
    assert answer.status_code == 200
    assert client.get("/v1/fitness", auth=("me", token_for(app))).status_code == 401


@pytest.mark.parametrize("place", ["query", "cookie"])
def test_a_token_elsewhere_than_in_the_header_is_no_token(
    app: Flask, place: str
) -> None:
    client, token = app.test_client(), token_for(app)
    if place == "cookie":
        client.set_cookie("session", token)
    query = {"token": token} if place == "query" else {}
    assert client.get("/v1/fitness", query_string=query).status_code == 401


def test_a_deleted_athletes_device_is_refused_and_nothing_comes_back(
    app: Flask, phone: FlaskClient
) -> None:
    store = services_of(app).store
    store.athletes.delete(OWNER)
    assert phone.get("/v1/fitness").status_code == 401
    assert store.athletes.intervals_id(OWNER) is None


def test_the_last_use_of_a_device_is_noted(app: Flask, clock: Clock) -> None:
    phone = let_in(app, name="Kitchen phone")
    answer = phone.get("/v1/fitness")
    assert answer.status_code == 200
    answer.close()  # as a server does when the last byte is out
    (device,) = services_of(app).store.devices.of_athlete(OWNER)
    assert device.last_used_at == clock()
