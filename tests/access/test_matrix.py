"""Every route by every method by everybody: who may pass is what the table says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta

import pytest
from flask import Flask

from bridge.routes.route import Route
from bridge.routes.table import ROUTES
from bridge.simulator.world import World
from bridge.store.athletes import OWNER
from bridge.store.devices import SCOPES
from tests.conftest import Clock, in_front, let_in, services_of, token_for
from tests.support.routes import path_of

METHODS = (
    "GET",
    "HEAD",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "OPTIONS",
    "TRACE",
    "CONNECT",
    "PROPFIND",
)
OVERRIDES = ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")
KEYS_SENT = re.compile("view, (revoked|wrong|a token)")
PATHS = sorted({route.path for route in ROUTES})


@pytest.fixture(
    params=["in front", pytest.param("behind", marks=pytest.mark.slow)],
)
def app(app: Flask, clock: Clock, request: pytest.FixtureRequest) -> Flask:
    """The bridge with and without the answers that are kept in front of it."""
    return in_front(app, clock) if request.param == "in front" else app


@pytest.fixture
def tokens(app: Flask, clock: Clock) -> dict[str, str]:
    """A token of each sort that there is, and of those that are none."""
    services = services_of(app)
    devices = services.store.devices
    lost = devices.add("Lost", "raw", OWNER, clock())
    devices.revoke(lost.device_id, clock())
    old = devices.add("Old", "raw", OWNER, clock(), clock() + timedelta(seconds=1))
    clock.advance(seconds=2)
    issued = {
        "revoked": services.tokens.issue(lost.device_id),
        "expired": services.tokens.issue(old.device_id),
        "forged": services.tokens.issue("0" * 16),
    }
    view, key = services.store.views.add("Old frame", OWNER, clock())
    services.store.views.revoke(view.view_id, clock())
    return {
        "nobody": "",
        **issued,
        **{scope: token_for(app, scope) for scope in SCOPES},
        "view": f"key={services.store.views.add('Frame', OWNER, clock())[1]}",
        "view, revoked": f"key={key}",
        "view, wrong": "key=v_" + "a" * 26,
        "view, a token": f"key={token_for(app, 'raw')}",
        "view, as a token": services.store.views.add("Frame", OWNER, clock())[1],
    }


def pattern_of(route: Route) -> str:
    return re.sub("<path:[a-z]+>", ".+", re.sub("<[a-z]+>", "[^/]+", route.path))


def may(principal: str, needed: str | None) -> bool:
    ladder: tuple[str, ...] = SCOPES
    if needed is None or principal == "view":
        return needed in {None, "view"}
    needed = "read" if needed == "view" else needed
    return principal in ladder and ladder.index(principal) >= ladder.index(needed)


def expected(method: str, path: str, principal: str) -> set[int] | None:
    """Return the statuses that are right; None: any but those of a closed door."""
    asked = "GET" if method == "HEAD" else method
    scopes = [
        route.scope
        for route in ROUTES
        if route.method == asked and re.fullmatch(pattern_of(route), path)
    ]
    if not scopes:
        return {404, 405}
    if path.startswith(
        ("/calendar/", "/webhooks/")
    ):  # what stands in the path counts, and it opens nothing
        return {404, 429}
    if may(principal, scopes[0]):
        return None
    if scopes[0] == "view" and KEYS_SENT.fullmatch(principal):
        return {404}
    return {403} if principal in SCOPES else {401}


@pytest.mark.parametrize("path", PATHS)
def test_who_may_pass_is_what_the_table_says(
    app: Flask, world: World, tokens: Mapping[str, str], path: str
) -> None:
    route = next(route for route in ROUTES if route.path == path)
    address = path_of(route, world)
    warm = let_in(app)  # whoever comes then finds what may be kept
    for _ in range(3):
        warm.get(address)
    for principal, token in tokens.items():
        in_query = token.startswith("key=")
        headers = {"Authorization": f"Bearer {token}"} if token and not in_query else {}
        mark = "&" if "?" in address else "?"
        for method in METHODS:
            before = len(world.requests)
            # A body that no route takes: whoever may pass is told so, nothing is done.
            body = None if method in {"GET", "HEAD"} else {"nothing": 1}
            answer = app.test_client().open(
                f"{address}{mark}{token}" if in_query else address,
                method=method,
                headers=headers,
                json=body,
            )
            right = expected(method, path, principal)
            seen = f"{principal} {method} {path}: {answer.status_code}"
            if right is None:
                closed = {401, 403} if path.startswith("/api/") else {401, 403, 405}
                assert answer.status_code not in closed, seen
            else:
                assert answer.status_code in right, seen
                assert len(world.requests) == before, seen
            assert world.api_key.encode() not in answer.data, seen


@pytest.mark.parametrize("header", OVERRIDES)
@pytest.mark.parametrize("where", ["header", "query"])
def test_no_method_is_overridden(
    app: Flask, world: World, tokens: Mapping[str, str], header: str, where: str
) -> None:
    headers = {"Authorization": f"Bearer {tokens['raw']}"}
    if where == "header":
        headers[header] = "DELETE"
    query = "?_method=DELETE" if where == "query" else ""
    app.test_client().get(f"/api/v1/athlete/0/profile{query}", headers=headers)
    assert {asked.method for asked in world.requests} == {"GET"}
