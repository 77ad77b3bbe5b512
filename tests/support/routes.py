"""Every route of the bridge with a path that leads somewhere."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bridge.routes.route import Route
from bridge.routes.table import ROUTES
from bridge.simulator.world import World

# A key in the path opens it and nothing else does: tests of its own.
CLOSED = [
    route for route in ROUTES if route.scope is not None and "<key>" not in route.path
]
FLAT = [route for route in ROUTES if not route.path.startswith("/api/")]
JSON = [
    route
    for route in FLAT
    if route.produces == "application/json" and route.scope not in {"view", "webhook"}
]

NOTHING: Mapping[str, str] = MappingProxyType({})
BODIES: dict[str, dict[str, object]] = {
    "/v1/ask": {"text": "How is my form?"},
    "/v1/wellness": {"weight_kg": "72,5"},
    "/v1/zones/<sport>": {"ftp_w": "288"},
    "/v1/messages": {"off": "week"},
    "/v1/health": {"resting_hr": "2026-11-23T06:00:00;2026-11-23T06:00:00;48 bpm"},
    "/v1/activities/manual": {"type": "Yoga", "moving_s": "1 h"},
    "/v1/activities/<activity>": {"name": "Tempo"},
    "/v1/activities/<activity>/rating": {"rpe": "7", "feel": "good"},
    "/v1/events": {"category": "note", "name": "Rest", "day": "Saturday"},
    "/v1/workouts": {"text": "ride 90 minutes easy on Saturday"},
    "/v1/workouts/<workout>/move": {"day": "Saturday"},
}
TRACK = b"""<?xml version="1.0"?><gpx version="1.1"><trk><type>Ride</type><trkseg>
<trkpt lat="47.0" lon="8.0"><time>2026-11-22T08:00:00Z</time></trkpt>
<trkpt lat="47.1" lon="8.0"><time>2026-11-22T08:30:00Z</time></trkpt>
</trkseg></trk></gpx>"""


def path_of(route: Route, world: World) -> str:
    """Return the route's path with real values in its placeholders."""
    path = route.path.replace("<path:path>", "athlete/0/profile")
    path = path.replace("/search", "/search?q=lake").replace("<sport>", "Ride")
    path = path.replace("<workout>", "next").replace("/w/<name>", "/w/form")
    path = path.replace("<card>", "form").replace("<key>", f"v_{'a' * 26}")
    if route.endpoint == "GET /v1/ask":
        return f"{path}?q=form"
    if "<event>" in path:
        return path.replace("<event>", some_event(world))
    if "<activity>" in path:
        return path.replace("<activity>", some_activity(world))
    return path


def open_route(
    client: FlaskClient, route: Route, path: str, headers: Mapping[str, str] = NOTHING
) -> TestResponse:
    """Open a route; a writing one is sent the least that it takes."""
    if route.body is not None and route.body.raw:
        return client.open(path, method=route.method, data=TRACK, headers=dict(headers))
    body = BODIES.get(route.path, {}) if route.body else None
    if route.endpoint == "PATCH /v1/events/<event>":
        body = {"name": "Tempo"}
    return client.open(path, method=route.method, json=body, headers=dict(headers))


def text_only(path: str) -> str:
    """Return the path that answers with the sentence alone."""
    return f"{path}{'&' if '?' in path else '?'}format=text"


def some_activity(world: World) -> str:
    """Return the id of a native run, which has laps."""
    runs = [key for key, row in world.activities.items() if row.get("type") == "Run"]
    return max(run for run in runs if run.startswith("i"))


def some_event(world: World) -> str:
    """Return the id of an entry in the calendar."""
    return str(max(world.events))
