"""Speak like upstream below /api/v1: auth, errors, faults, and all routes."""

from __future__ import annotations

import gzip
import hmac
import json
import time
from datetime import timedelta
from functools import cache
from typing import Any

from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException
from werkzeug.http import http_date

from bridge.simulator.activities.records import apply_due
from bridge.simulator.exchange import reply
from bridge.simulator.faults import Fault
from bridge.simulator.refusals import Refusal, access_denied, spring_body
from bridge.simulator.routes import (
    activities,
    athlete,
    calendar,
    curves,
    files,
    gear,
    laps,
    library,
    sports,
    wellness,
)
from bridge.simulator.state import RecordedRequest, State

PREFIX = "/api/v1"
FAMILIES = (
    athlete,
    sports,
    activities,
    laps,
    files,
    curves,
    wellness,
    calendar,
    library,
    gear,
)
HTML = "<!DOCTYPE html><html><title>502</title><body>Bad gateway</body></html>"
SMALLEST_GZIP = 860
QUOTA_15_MIN, QUOTA_DAY = 2500, 5000


def create_simulator(world: State) -> Flask:
    """Return the application that shows a world as upstream would."""
    app, routes = Flask(__name__, static_folder=None), _routes()
    app.url_map, app.view_functions = routes.url_map, routes.view_functions
    app.blueprints = routes.blueprints
    app.extensions["world"] = world
    app.before_request(lambda: _open(world))
    app.url_value_preprocessor(_take_athlete)
    app.after_request(lambda response: _finish(world, response))
    app.teardown_request(lambda _: _close(world))
    app.register_error_handler(Refusal, _refuse)
    app.register_error_handler(HTTPException, lambda error: _spring(world, error))
    return app


@cache
def _routes() -> Flask:
    """Compile the routes once: they are alike for every world, and slow to make."""
    app = Flask(__name__, static_folder=None)
    app.url_map.strict_slashes = False
    for family in FAMILIES:
        app.register_blueprint(family.bp, url_prefix=PREFIX)
    app.url_map.update()
    return app


def _take_athlete(_: str | None, values: dict[str, Any] | None) -> None:
    g.athlete_id = (values or {}).pop("athlete_id", None)


def _open(world: State) -> Response | None:
    with world.lock:
        _record(world)
        asked, switches = (request.method, request.path), world.switches
        fault = switches.next_fault(*asked) or switches.standing_fault(*asked)
        g.fault, pause_s = fault, switches.pause_s(request.path)
    # Nobody waits for a slow answer but the one who asked.
    if pause_s := pause_s + (fault.delay_s if fault else 0):
        time.sleep(pause_s)
    if fault is not None and fault.breaks:
        return _broken(world, fault)
    world.lock.acquire()
    g.locked = True
    _let_in(world)
    apply_due(world)
    return None


def _record(world: State) -> None:
    world.requests.append(
        RecordedRequest(
            request.method,
            request.path,
            request.args.to_dict(),
            dict(request.headers),
            _readable_body(),
        )
    )


def _readable_body() -> Any:
    data = request.get_data(parse_form_data=False)
    if request.is_json and data:
        try:
            return json.loads(data)
        except ValueError:
            return data
    return data or None


def _broken(world: State, fault: Fault) -> Response:
    if fault.garbage == "html":
        return Response(HTML, status=fault.status, mimetype="text/html")
    if fault.garbage == "empty":
        return Response(b"", status=fault.status, mimetype="application/json")
    if fault.garbage == "nan":
        return Response('{"id": NaN}', fault.status, mimetype="application/json")
    if fault.status != 429:
        return reply({"status": fault.status, "error": fault.error}, fault.status)
    seconds = fault.retry_after_s if fault.retry_after_s is not None else 60
    body = {"status": 429, "error": "Rate limit exceeded"}
    response = reply(body | {"retry_after_seconds": seconds}, 429)
    match world.switches.retry_after_as:
        case "seconds":
            response.headers["Retry-After"] = str(seconds)
        case "date":
            until = world.now() + timedelta(seconds=seconds)
            response.headers["Retry-After"] = http_date(until)
        case "body":
            pass
    return response


def _let_in(world: State) -> None:
    _check_key(world)
    athlete_id = g.get("athlete_id")
    if athlete_id == "me":
        raise Refusal(401, "Unauthorized")
    if athlete_id is not None and athlete_id not in ("0", world.athlete_id):
        raise access_denied()


def _check_key(world: State) -> None:
    header = request.headers.get("Authorization", "")
    if header.startswith("Bearer "):
        if header.removeprefix("Bearer ").strip() in world.oauth_tokens:
            return
        raise access_denied()
    login = request.authorization
    if login is None or login.username != "API_KEY" or not login.password:
        raise Refusal(401, "Unauthorized")
    keys = (world.api_key, world.switches.sibling_key or world.api_key)
    if not any(
        hmac.compare_digest(login.password.encode(), key.encode()) for key in keys
    ):
        status = world.switches.bad_key_status
        raise access_denied() if status == 403 else Refusal(status, "Unauthorized")


def _refuse(error: Refusal) -> Response:
    response = reply(error.body, error.status)
    response.headers.update(error.headers)
    return response


def _spring(world: State, error: HTTPException) -> Response:
    status = error.code or 500
    return reply(spring_body(status, request.path, world.stamp()), status)


def _finish(world: State, response: Response) -> Response:
    switches = world.switches
    wrote = request.method in ("POST", "PUT", "DELETE") and response.status_code < 300
    if wrote:
        world.touch()
    if wrote and switches.drop_connection_after_write:
        return Response(HTML, status=502, mimetype="text/html")
    fault: Fault | None = g.get("fault")
    if fault is not None and fault.garbage == "truncated":
        response.set_data(response.get_data()[: len(response.get_data()) // 2])
    if fault is not None and fault.garbage == "odd_rows" and response.is_json:
        rows = response.get_json()
        if isinstance(rows, list) and rows:
            response.set_data(json.dumps([None, *rows, "odd", {}]))
    if switches.rate_limit_headers:
        used = len(world.requests)
        response.headers["X-RateLimit-Limit"] = f"{QUOTA_15_MIN},{QUOTA_DAY}"
        left = f"{QUOTA_15_MIN - used},{QUOTA_DAY - used}"
        response.headers["X-RateLimit-Remaining"] = left
    return _squeeze(response) if switches.gzip else response


def _squeeze(response: Response) -> Response:
    asked = "gzip" in request.headers.get("Accept-Encoding", "")
    plain = "Content-Encoding" not in response.headers
    if asked and plain and len(response.get_data()) > SMALLEST_GZIP:
        response.set_data(gzip.compress(response.get_data(), 1, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Vary"] = "Accept-Encoding"
    return response


def _close(world: State) -> None:
    if g.pop("locked", False):
        world.lock.release()
