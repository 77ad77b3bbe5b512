"""One real answer of every route, asked in a world that is always the same."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bridge.app import create_app
from bridge.config import Config
from bridge.domain.speech.phrases import LANGUAGES
from bridge.routes.route import Route
from bridge.routes.table import ROUTES
from bridge.simulator.app import create_simulator
from bridge.simulator.world import World
from bridge.store.athletes import OWNER
from bridge.upstream.wsgi_adapter import WSGIAdapter
from tests.conftest import SECRET_KEY, Clock, let_in, services_of
from tests.support.internet import Internet
from tests.support.routes import some_activity
from tests.support.services import migrated_database

Example = dict[str, Any]

ITEMS_SHOWN = 2
LINES_SHOWN = 3
QUERIES = {
    "/v1/ask": "?q=form",
    "/v1/activities": "?limit=5",
    "/v1/activities/latest/laps": "?type=Run",
    "/v1/activities/latest/laps.csv": "?type=Run",
    "/v1/activities/latest/streams.csv": "?types=time,heartrate",
    "/v1/activities/search": "?q=lake",
    "/v1/activities.csv": "?columns=date,name,distance_km",
    "/v1/events": "?oldest=today&newest=%2B14d",
    "/v1/zones": "?type=Ride",
}
PLACES = {
    "<path:path>": "athlete/0/profile",
    "<sport>": "Ride",
    "<workout>": "next",
    "/w/<name>": "/w/form",
    "<card>": "form",
    "<key>": "your-view-key",
}
BODIES: dict[str, dict[str, object]] = {
    "POST /v1/ask": {"text": "How was my last run?"},
    "PUT /v1/wellness": {"weight_kg": 72.5, "mood": "good"},
    "POST /v1/wellness": {"weight_kg": 72.5},
    "POST /v1/health": {
        "resting_hr": "2026-11-23T06:00:00;2026-11-23T06:00:00;48 bpm",
        "overwrite": "yes",
    },
    "POST /v1/events": {"category": "note", "name": "New shoes", "day": "today"},
    "POST /v1/activities/manual": {"type": "WeightTraining", "moving_s": "45 min"},
    "PATCH /v1/activities/<activity>": {"name": "Five times a kilometre"},
    "POST /v1/activities/<activity>/rating": {"rpe": 7, "feel": "good"},
    "PATCH /v1/events/<event>": {"name": "Long ride, easy"},
    "POST /v1/workouts": {"text": "Saturday 90 minutes easy ride"},
    "POST /v1/workouts/<workout>/move": {"day": "Saturday"},
    "PATCH /v1/zones/<sport>": {"ftp_w": 288},
    "PATCH /v1/messages": {"on": "streak_at_risk", "off": "week"},
}
_POINTS = "\n".join(
    f'<trkpt lat="{52.5 + seconds / 1e5:.5f}" lon="13.4">'
    f"<time>2026-11-23T05:{seconds // 60:02}:{seconds % 60:02}Z</time></trkpt>"
    for seconds in range(1200)
)
FILE = f"""<?xml version="1.0"?>
<gpx version="1.1" creator="docs" xmlns="http://www.topografix.com/GPX/1/1"><trk>
<name>To the bakery</name><type>walking</type><trkseg>{_POINTS}</trkseg></trk></gpx>
"""
FIRST: dict[str, tuple[str, dict[str, object]]] = {
    "POST /v1/undo": ("/v1/wellness", {"weight_kg": 72.5}),
}
FAILING: tuple[tuple[str, str, dict[str, object] | None], ...] = (
    ("GET", "/v1/fitness?day=someday", None),
    ("GET", "/v1/fitness?dya=today", None),
    ("GET", "/v1/activities/i999", None),
    ("PUT", "/v1/wellness", {"mood": "purple"}),
    ("PUT", "/v1/wellness", {"weigth_kg": 72.5}),
    ("PUT", "/v1/wellness", {"weight_kg": 725}),
    ("POST", "/v1/workouts", {"text": "run tomorrow"}),
    ("PATCH", "/v1/zones/Ride", {"power_zones_percent": "55,75,60,105,120,150,999"}),
)
DOWN = 503


def all_failures() -> list[Example]:
    """Return requests that fail, and what is said; the last while upstream is down."""
    with (
        tempfile.TemporaryDirectory() as folder,
        _bridge(Path(folder) / "failing.db") as (app, world),
    ):
        phone = let_in(app, "write", "Ana’s iPhone")
        found = [_failure(phone, *asked) for asked in FAILING]
        reader = let_in(app, "read", "Ana’s watch")
        found.append(_failure(reader, "PUT", "/v1/wellness", {"weight_kg": 72.5}))
        world.switches.fail_status = DOWN
        found.append(_failure(phone, "GET", "/v1/gear"))
    return found


def _failure(
    phone: FlaskClient, method: str, path: str, body: dict[str, object] | None = None
) -> Example:
    speech = {}
    for language in LANGUAGES:
        headers = {"Accept-Language": language}
        answer = phone.open(path, method=method, json=body, headers=headers)
        if answer.get_json()["status"] != "error":
            raise RuntimeError(f"{method} {path} did not fail")
        speech[language] = answer.get_json()["speech"]
    example: Example = {"request": f"{method} {path}", "speech": speech}
    return example if body is None else example | {"body": body}


def all_examples() -> dict[str, Example]:
    """Return an example of every route, by its method and path."""
    with tempfile.TemporaryDirectory() as folder:
        with _bridge(Path(folder) / "reading.db") as (app, world):
            phone = let_in(app, "raw", "Ana’s iPhone")
            found = {
                route.endpoint: _example(route, phone, world)
                for route in ROUTES
                if route.method == "GET"
            }
        written = {
            route.endpoint: _written(route, Path(folder))
            for route in ROUTES
            if route.method != "GET" and route.body is not None
        }
    everything = found | written
    return {route.endpoint: everything.get(route.endpoint, {}) for route in ROUTES}


@contextmanager
def _bridge(database: Path) -> Iterator[tuple[Flask, World]]:
    clock = Clock()
    world = World(now=clock)
    database.write_bytes(migrated_database())
    config = Config(
        secret_keys=(SECRET_KEY,),
        api_key=world.api_key,
        upstream_url="https://upstream.test",
        database_url=f"sqlite:///{database}",
        public_url="https://bridge.example",
    )
    net = Internet(WSGIAdapter(create_simulator(world)))
    app = create_app(config, transport=net, clock=clock)
    net.give_address(app, config.public_url)
    services_of(app).store.facts.keep("instance_id", "9f3c21d07b6ae854")
    # The doctor looks at the settings alone; a file in a temporary folder is none.
    known = replace(config, database_url="postgresql://database.example/bridge")
    app.extensions["bridge"] = replace(services_of(app), config=known)
    try:
        yield app, world
    finally:
        services_of(app).close()


def _written(route: Route, folder: Path) -> Example:
    """Write once in each language, each time in a new world."""
    answers: dict[str, Example] = {}
    for language in LANGUAGES:
        name = f"{route.method}{route.path}{language}".replace("/", "-")
        with _bridge(folder / f"{name}.db") as (app, world):
            phone = let_in(app, "write", "Ana’s iPhone")
            if route.endpoint in FIRST:
                path, body = FIRST[route.endpoint]
                phone.put(path, json=body)
            answers[language] = _example(route, phone, world, (language,))
    first = answers[LANGUAGES[0]]
    speech = {name: answers[name]["speech"][name] for name in LANGUAGES}
    return first | {"speech": speech}


def _example(
    route: Route,
    phone: FlaskClient,
    world: World,
    languages: tuple[str, ...] = LANGUAGES,
) -> Example:
    path = _path(route, world)
    if route.method == "GET":
        path += QUERIES.get(route.path, "")
    example: Example = {"request": f"{route.method} {path}"}
    if route.body is not None and not route.body.raw:
        example["body"] = BODIES.get(route.endpoint, {})
    if route.produces != "application/json" or route.scope == "view":
        answer = _ask(route, phone, path, example)
        kind = answer.content_type.partition(";")[0]
        text = kind.startswith("text/")
        return (
            example | {"type": kind} | ({"text": _lines(answer.text)} if text else {})
        )
    if route.path == "/openapi.json":
        return example
    mark = "&" if "?" in path else "?"
    speech = {}
    for language in reversed(languages):
        asked = f"{path}{mark}lang={language}"
        body = _ask(route, phone, asked, example).get_json()
        speech[language] = body["speech"]
    ordered = {language: speech[language] for language in languages}
    return example | {"speech": ordered, "answer": _cut(body)}


def _ask(route: Route, phone: FlaskClient, path: str, example: Example) -> TestResponse:
    raw = route.body is not None and route.body.raw
    if "<key>" in route.path:
        known = services_of(phone.application)
        _, key = known.store.views.add("Calendar", OWNER, known.clock())
        path = path.replace(PLACES["<key>"], key)
    sent = {"data": FILE.encode()} if raw else {"json": example.get("body")}
    answer = phone.open(path, method=route.method, **sent)
    if answer.status_code >= 300:
        raise RuntimeError(
            f"{route.endpoint}: {answer.status_code} {answer.text[:300]}"
        )
    return answer


def _path(route: Route, world: World) -> str:
    path = route.path
    for place, value in PLACES.items():
        path = path.replace(place, value)
    events = [key for key, row in world.events.items() if row["category"] == "WORKOUT"]
    path = path.replace("<event>", str(max(events)))
    return path.replace("<activity>", some_activity(world))


def _cut(body: Example) -> Example:
    items = body.get("items")
    return body if items is None else body | {"items": items[:ITEMS_SHOWN]}


def _lines(text: str) -> str:
    return "\n".join(text.splitlines()[:LINES_SHOWN])
